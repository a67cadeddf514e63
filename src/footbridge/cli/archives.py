"""Archives that `footbridge export` wrote, on their way back through `footbridge import`."""

from __future__ import annotations

import argparse

from footbridge.cli.output import DONE, show


def are_wanted(options: argparse.Namespace) -> bool:
    """Whether any of the files is an archive of a whole installation."""
    from footbridge.export import is_archive

    return any(is_archive(path) for path in options.files)


def bring_back(options: argparse.Namespace) -> int:
    """Make this empty installation what the archive holds."""
    from footbridge.core.errors import DomainError
    from footbridge.export import restore

    if len(options.files) > 1:
        raise DomainError("an archive of a whole installation is imported alone")
    if options.dry_run or not options.yes:
        raise DomainError("an archive is brought in whole or not at all: say so with --yes")
    done = restore(options.files[0])
    counted = {"accepted": done["rows"], "repaired": 0, "refused": 0, "rows": []}
    data = counted | {"tables": done["tables"], "files": done["files"]}
    show(options, data, f"{done['rows']} rows of {len(done['tables'])} tables are back.")
    return DONE
