"""Mending a row: as wide as the header, without what cannot be seen, and everything said."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from footbridge.intake.reading.limits import CELL_LIMIT
from footbridge.intake.reading.said import Said, said
from footbridge.intake.reading.sheet import Record, Row, Tidy

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")

# Bytes of UTF-8 that were read as Windows-1252: a lead character and what may follow it.
_TRAIL = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_BROKEN = re.compile(
    f"(?:[ÂÃ]{_TRAIL}|â€{_TRAIL}|(?:[Ä-Ñ×-ß]{_TRAIL}){{2,}}|[à-ï]{_TRAIL}{_TRAIL})+"
)
_SUSPECT = re.compile("[Â-ï][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")

REPEATED_HEADER = said("This line repeats the header.")


def tidier(header: tuple[str, ...], joint: str) -> Tidy:
    """A function that mends each record against this header."""
    again = [cell.casefold() for cell in header]

    def tidy(record: Record) -> Row:
        if record.refusal is not None:
            return Row(record.number, _as_wide(record.cells, len(header)), refusal=record.refusal)
        repairs: list[Said] = list(record.repairs)
        cells = _cleaned(record.cells, repairs)
        cells = _fitted(cells, len(header), joint, repairs)
        if cells[0].casefold() == again[0] and [cell.casefold() for cell in cells] == again:
            return Row(record.number, tuple(cells), left_out=REPEATED_HEADER)
        return Row(record.number, tuple(cells), tuple(repairs), _too_long(cells, header))

    return tidy


def clean(cell: str) -> str:
    """One cell without unseen characters, broken letters or space around it.

    >>> clean(" a grant of Â£100 ")
    'a grant of £100'
    """
    return _cleaned([cell], [])[0]


def _cleaned(cells: list[str], repairs: list[Said]) -> list[str]:
    cells = [cell.strip() for cell in cells]
    together = "\t".join(cells)
    if together.isascii() and together.isprintable():
        return cells
    if _UNSEEN.search(together):
        repairs.append(_what_was_unseen(together))
        cells = [_UNSEEN.sub("", cell).strip() for cell in cells]
    if _SUSPECT.search(together):
        cells = [_letters_mended(cell, repairs) for cell in cells]
    return [unicodedata.normalize("NFC", cell) for cell in cells]


def _what_was_unseen(text: str) -> Said:
    if "\x00" in text:
        return said("Zero bytes (NUL) were taken out.")
    if _DIRECTION.search(text):
        return said("Hidden marks that turn the reading direction were taken out.")
    return said("Characters that cannot be seen were taken out.")


def _letters_mended(cell: str, repairs: list[Said]) -> str:
    mended = _BROKEN.sub(lambda found: _as_meant(found[0]), cell)
    if mended != cell:
        repairs.append(
            said(
                "Broken letters were mended: “{before}” became “{after}”.",
                before=_around_the_change(cell, mended),
                after=_around_the_change(mended, cell),
            )
        )
    return mended


@lru_cache(maxsize=4096)
def _as_meant(broken: str) -> str:
    try:
        return b"".join(map(_byte_of, broken)).decode("utf-8")
    except UnicodeError:
        return broken


def _byte_of(character: str) -> bytes:
    try:
        return character.encode("cp1252")
    except UnicodeError:
        return character.encode("latin-1")


def _around_the_change(text: str, other: str) -> str:
    start = next((i for i, pair in enumerate(zip(text, other)) if pair[0] != pair[1]), 0)
    return text[max(0, start - 8) : start + 12]


def _fitted(cells: list[str], width: int, joint: str, repairs: list[Said]) -> list[str]:
    if len(cells) == width:
        return cells
    if len(cells) < width:
        repairs.append(
            said(
                "{count} cells were missing at the end and are taken as empty.",
                count=width - len(cells),
            )
        )
        return cells + [""] * (width - len(cells))
    return _extra_cells_kept(cells, width, joint, repairs)


def _extra_cells_kept(cells: list[str], width: int, joint: str, repairs: list[Said]) -> list[str]:
    extra = [cell for cell in cells[width:] if cell]
    if not extra:
        return cells[:width]
    repairs.append(
        said(
            "{count} more cells than the header has; they were kept in the last column: {text}",
            count=len(extra),
            text=joint.join(extra)[:200],
        )
    )
    last = joint.join(cell for cell in [cells[width - 1], *extra] if cell)
    return [*cells[: width - 1], last]


def _as_wide(cells: list[str], width: int) -> tuple[str, ...]:
    padded = [clean(cell[:CELL_LIMIT]) for cell in cells[:width]]
    return tuple(padded + [""] * (width - len(padded)))


def _too_long(cells: list[str], header: tuple[str, ...]) -> Said | None:
    for title, cell in zip(header, cells):
        if len(cell) > CELL_LIMIT:
            return said(
                "The cell “{title}” has {length} characters; at most {limit} are taken.",
                title=title,
                length=f"{len(cell):,}",
                limit=f"{CELL_LIMIT:,}",
            )
    return None
