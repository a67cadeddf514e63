"""Address-book cards (vCard 2.1, 3.0, 4.0): one card is one row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TextIO

from footbridge.intake.reading.encoding import Encoding
from footbridge.intake.reading.limits import CELL_LIMIT
from footbridge.intake.reading.said import said
from footbridge.intake.reading.sheet import Record
from footbridge.intake.reading.source import Source

TITLES = (
    "Name",
    "Given name",
    "Family name",
    "Email",
    "Phone",
    "Organisation",
    "Role",
    "Website",
    "City",
    "Region",
    "Postcode",
    "Country",
    "Languages",
    "Note",
)

_BEGIN = re.compile(r"^\ufeff?\s*BEGIN:VCARD\s*$", re.IGNORECASE)
_END = re.compile(r"^\s*END:VCARD\s*$", re.IGNORECASE)
_PICTURE = re.compile(r"^(?:\w+\.)?(PHOTO|LOGO|SOUND|KEY)\b", re.IGNORECASE)
_CONTINUED = re.compile(r"^[ \t]")


def vcard_records(source: Source, encoding: Encoding) -> Iterator[Record]:
    """Each card as a row; a card that cannot be understood is a refused row."""
    with encoding.open(source) as text:
        for number, card in _cards(text):
            yield _record(number, card)


def _cards(text: TextIO) -> Iterator[tuple[int, list[str]]]:
    """Each card's lines with the line it begins on, pictures left away."""
    started, in_picture = 0, False
    card: list[str] = []
    for number, line in enumerate(text, 1):
        if _BEGIN.match(line):
            if card:
                yield started, card
            started, card, in_picture = number, ["BEGIN:VCARD\r\n"], False
        elif card:
            in_picture = bool(_PICTURE.match(line) or (in_picture and _CONTINUED.match(line)))
            if not in_picture:
                card.append(line)
            if _END.match(line):
                yield started, card
                card = []
    if card:
        yield started, card


def _record(number: int, card: list[str]) -> Record:
    import vobject

    text = "".join(card)
    # The parser's time grows with the square of a card's length; pictures are left away already.
    if len(text) > CELL_LIMIT:
        return Record(number, [], refusal=said("This card is too long to be read."))
    if not _END.match(card[-1]):  # the parser takes its time to say so, and for each card anew
        return Record(number, [_name_in(card)], refusal=said("This card could not be understood."))
    try:
        return Record(number, _cells(vobject.readOne(text, allowQP=True)))
    except Exception:  # the parser raises whatever it stumbles over, in words for programmers
        return Record(number, [_name_in(card)], refusal=said("This card could not be understood."))


def _name_in(card: list[str]) -> str:
    lines = (line for line in card if line.upper().startswith("FN"))
    return next(lines, "").partition(":")[2].strip()


def _cells(card: Any) -> list[str]:
    name, address = _first(card, "n"), _first(card, "adr")
    organisation = _first(card, "org")
    parts = organisation if isinstance(organisation, list) else [organisation]
    return [
        _text(_first(card, "fn")),
        _text(getattr(name, "given", "")),
        _text(getattr(name, "family", "")),
        _all(card, "email"),
        _all(card, "tel"),
        _text(parts[0] if parts else ""),
        _text(_first(card, "title") or _first(card, "role")),
        _all(card, "url"),
        _text(getattr(address, "city", "")),
        _text(getattr(address, "region", "")),
        _text(getattr(address, "code", "")),
        _text(getattr(address, "country", "")),
        _all(card, "lang"),
        _text(_first(card, "note")),
    ]


def _first(card: Any, key: str) -> Any:
    lines = card.contents.get(key)
    return lines[0].value if lines else ""


def _all(card: Any, key: str) -> str:
    values = [_text(line.value) for line in card.contents.get(key, ())]
    return ";".join(dict.fromkeys(filter(None, values)))


def _text(value: Any) -> str:
    if isinstance(value, list | tuple):
        return " ".join(filter(None, map(_text, value)))
    return str(value or "").strip()
