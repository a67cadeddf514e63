"""Everything that can be done with a list: read it, say what its columns mean, try it, import it;
and with two members who are one."""

from footbridge.intake.actions.merging import different, merge, undo
from footbridge.intake.actions.reading import (
    Given,
    check_readable,
    discard,
    read_file,
    read_files,
    read_paste,
    set_mapping,
)
from footbridge.intake.actions.running import (
    check,
    forget_old,
    run_due,
    run_now,
    start,
)
from footbridge.intake.sheets import KnownFrom

__all__ = [
    "Given",
    "KnownFrom",
    "check",
    "check_readable",
    "different",
    "discard",
    "forget_old",
    "merge",
    "read_file",
    "read_files",
    "read_paste",
    "run_due",
    "run_now",
    "set_mapping",
    "start",
    "undo",
]
