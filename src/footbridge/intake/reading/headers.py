"""Where the header is: above it may stand notes, beside it a second line, or there is none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from footbridge.intake.mapping.words import is_known_header
from footbridge.intake.reading.said import Said, said
from footbridge.intake.reading.sheet import Record
from footbridge.intake.reading.tidy import clean

LOOKED_AT = 40
HEADER_WITHIN = 20
LONGEST_TITLE = 80

_IS_DATA = re.compile(
    r"""^(
        [^@\s]+@[^@\s]+\.[^@\s]+ | https?://\S+ | www\.\S+
      | [-+]?[\d][\d\s.,:/'+()-]* | \d{4}-\d\d-\d\d.*
    )$""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """The header, the last line that belongs to it, and what there is to say about it."""

    titles: tuple[str, ...]
    last_line: int
    found: bool
    notes: tuple[Said, ...] = ()


def find_heading(first: Sequence[Record], *, expect: bool) -> Heading:
    """Find the header among the first records of a sheet.

    `expect` is true for files, which nearly always have one, and false for pasted cells, where a
    first line without a single known title is taken as the first row.
    """
    filled = [record for record in first[:LOOKED_AT] if any(map(str.strip, record.cells))]
    width = _usual_width(filled)
    at = _index_of_header(filled, width)
    below = [record.cells for record in filled[at + 1 :]]
    if not _is_header(filled[at].cells, below, expect=expect):
        return _nameless(width, filled[at].number - 1 if at else 0, _left_above(filled[:at]))
    titles, used = _joined_with_second_line(filled, at)
    notes = [*_left_above(filled[:at])]
    if used == 2:
        notes.append(said("The header stands on two lines; they were read as one."))
    return Heading(_distinct(titles), filled[at + used - 1].number, True, tuple(notes))


def _usual_width(records: Sequence[Record]) -> int:
    widths = [_width(record.cells) for record in records]
    commonest = Counter(widths).most_common()
    most = commonest[0][1]
    return max(width for width, count in commonest if count == most)


def _width(cells: Sequence[str]) -> int:
    """How far the row is filled."""
    return max((place for place, cell in enumerate(cells, 1) if cell.strip()), default=0)


def _index_of_header(records: Sequence[Record], width: int) -> int:
    """The first line with known titles; failing that the first that is as wide as the rest."""
    near = records[:HEADER_WITHIN]
    for index, record in enumerate(near):
        if _share_known(record.cells) >= 0.5 and _count_filled(record.cells) >= min(2, width):
            return index
    for index, record in enumerate(near):
        if _count_filled(record.cells) >= max(1, 0.6 * width):
            return index
    return 0


def _is_header(cells: Sequence[str], below: Sequence[Sequence[str]], *, expect: bool) -> bool:
    titles = [cell.strip() for cell in cells if cell.strip()]
    known = _share_known(titles)
    if known >= 0.5:
        return True
    if any(_IS_DATA.match(title) for title in titles):
        return False
    if known > 0 and known >= 0.25:
        return True
    if any(len(title) > LONGEST_TITLE for title in titles) or len(set(titles)) < len(titles):
        return False
    return expect or _differs_from_below(cells, below)


def _differs_from_below(cells: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Some column holds numbers, dates or addresses all the way down, but not in this line."""
    for place, title in enumerate(cells):
        column = [row[place].strip() for row in below if place < len(row) and row[place].strip()]
        if title.strip() and len(column) >= 2 and all(_IS_DATA.match(cell) for cell in column):
            return True
    return False


def _share_known(cells: Sequence[str]) -> float:
    titles = [cell for cell in cells if cell.strip()]
    return sum(map(is_known_header, titles)) / len(titles) if titles else 0.0


def _count_filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def _joined_with_second_line(records: Sequence[Record], at: int) -> tuple[list[str], int]:
    """Some headers have a line of groups (“Contact”) above the line of titles (“Name”)."""
    upper = [clean(cell) for cell in records[at].cells]
    if at + 1 >= len(records):
        return upper, 1
    lower = [clean(cell) for cell in records[at + 1].cells]
    has_gaps = upper.count("") + max(0, len(lower) - len(upper)) >= len(lower) / 3
    if not (has_gaps and _share_known(lower) >= 0.5 and lower != upper):
        return upper, 1
    return _under_their_groups(upper, lower), 2


def _under_their_groups(upper: list[str], lower: list[str]) -> list[str]:
    titles, group = [], ""
    for place, title in enumerate(lower):
        group = (upper[place] if place < len(upper) else "") or group
        titles.append(f"{group} {title}".strip() if title else group)
    return titles


def _distinct(titles: Sequence[str]) -> tuple[str, ...]:
    """Trailing emptiness goes; nameless columns in between get a name of their own."""
    kept = [clean(title) for title in titles[: _width(titles)]]
    return tuple(title or f"column {place}" for place, title in enumerate(kept, 1))


def _nameless(width: int, last_line: int, notes: list[Said]) -> Heading:
    titles = tuple(f"column {place}" for place in range(1, width + 1))
    return Heading(titles, last_line, False, (*notes, said("There is no header line.")))


def _left_above(records: Sequence[Record]) -> list[Said]:
    if not records:
        return []
    text = " / ".join(" ".join(filter(None, map(clean, record.cells))) for record in records)
    return [said("Above the header stood, and was left out: {text}", text=text[:300])]
