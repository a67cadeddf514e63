"""All that an installation holds, in one file, taken while people write; and back from it.

`write` takes a backup, `verify` reads one through to the last byte, `restore` makes this
installation what it holds. What opens the sealed parts of it, the keys, stays apart.
"""

from footbridge.backup.archive import verify
from footbridge.backup.restoring import Restored, nothing_in_the_way, restore
from footbridge.backup.taking import Taken, write

__all__ = ["Restored", "Taken", "nothing_in_the_way", "restore", "verify", "write"]
