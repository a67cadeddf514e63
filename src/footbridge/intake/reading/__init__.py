"""Reading files: from whatever a person has to rows of text, with everything mended said.

    for sheet in open_sheets(path, "members.csv"):
        for row in sheet.rows():
            ...

Nothing here knows people or organisations; what the columns mean is found by `intake.mapping`.
"""

from __future__ import annotations

from footbridge.intake.reading.opening import open_pasted, open_sheets
from footbridge.intake.reading.said import Said, UnreadableFile, said
from footbridge.intake.reading.sheet import Row, Sheet

__all__ = ["Row", "Said", "Sheet", "UnreadableFile", "open_pasted", "open_sheets", "said"]
