"""Everything that an installation holds, as plain files, and back into an empty one.

`write` makes an archive, `is_archive` recognises one, `restore` brings it into an empty
installation to the same state. `lists` is the smaller thing: a chapter's list for its host.
"""

from footbridge.export.reading import is_archive, restore
from footbridge.export.writing import write

__all__ = ["is_archive", "restore", "write"]
