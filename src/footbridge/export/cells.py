"""Values as text and back, so that nothing is lost and no spreadsheet computes a cell."""

from __future__ import annotations

import base64
import binascii
import json
import re
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

# What a spreadsheet takes for the beginning of a formula, in plain and in full width.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
GUARD = "'"
# Where a comma is the decimal sign, spreadsheets cut at semicolons, whatever is quoted.
_FORMULA_WITHIN = re.compile("""(?<=[;\t\r\n])(?=["']*[=+\\-@＝＋－＠])""")
_GUARDED_WITHIN = re.compile("""(?<=[;\t\r\n])'(?=["']*[=+\\-@＝＋－＠])""")


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    ID = "uuid"
    WHOLE = "integer"
    NUMBER = "number"
    EXACT = "decimal"
    YES_NO = "boolean"
    DAY = "date"
    MOMENT = "datetime"
    NESTED = "json"
    SEALED = "base64"


def defused(text: str) -> str:
    """A text that a spreadsheet shows and does not compute.

    >>> defused("=1+1")
    "'=1+1"
    >>> defused("'t Hooft")
    "'t Hooft"
    >>> defused("soup;=1+1")
    "soup;'=1+1"
    """
    whole = GUARD + text if text.startswith(FORMULA) else text
    return _FORMULA_WITHIN.sub(GUARD, whole)


def guarded(text: str) -> str:
    """The same, in a way that `unguarded` undoes: a leading apostrophe is doubled."""
    within = _FORMULA_WITHIN.sub(GUARD, text)
    return GUARD + within if within.startswith((*FORMULA, GUARD)) else within


def unguarded(cell: str) -> str:
    """The text that `guarded` was given.

    >>> [unguarded(guarded(text)) for text in ("=1", "'t Hooft", "a;=1", "a;'=1")]
    ['=1', "'t Hooft", 'a;=1', "a;'=1"]
    """
    return _GUARDED_WITHIN.sub("", cell.removeprefix(GUARD))


def to_plain(kind: Kind, value: Any) -> Any:
    """A value from the database as JSON knows it."""
    if value is None:
        return None
    return _TO_PLAIN.get(kind, lambda same: same)(value)


def from_plain(kind: Kind, plain: Any) -> Any:
    """A value for the database from what JSON holds; ValueError where it cannot be one."""
    if plain is None:
        return None
    return _FROM_PLAIN[kind](plain)


def to_cell(kind: Kind, value: Any, *, may_be_missing: bool) -> str:
    """A value from the database as the text of a cell. A missing one is empty; an empty text
    where one may be missing is a lone apostrophe."""
    if value is None:
        return ""
    if kind == Kind.NESTED:
        return guarded(compact(value))
    if kind == Kind.TEXT:
        return GUARD if value == "" and may_be_missing else guarded(value)
    if kind == Kind.YES_NO:
        return "true" if value else "false"
    return str(to_plain(kind, value))


def from_cell(kind: Kind, cell: str, *, may_be_missing: bool) -> Any:
    """A value for the database from the text of a cell; ValueError where it cannot be one."""
    if cell == "" and (may_be_missing or kind not in (Kind.TEXT, Kind.SEALED)):
        if may_be_missing:
            return None
        raise ValueError("it is empty")
    if kind == Kind.NESTED:
        return json.loads(unguarded(cell))
    if kind == Kind.TEXT:
        return from_plain(kind, unguarded(cell))
    if kind == Kind.YES_NO:
        return from_plain(kind, {"true": True, "false": False}.get(cell, cell))
    if kind in (Kind.WHOLE, Kind.NUMBER):
        return (int if kind == Kind.WHOLE else float)(cell)
    return from_plain(kind, cell)


def compact(value: Any) -> str:
    """JSON in one way only: sorted, without spaces, the same from every database."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _base64(value: Any) -> str:
    return base64.b64encode(bytes(value)).decode()


def _text(plain: Any) -> str:
    if not isinstance(plain, str):
        raise ValueError("it is not a text")
    if "\x00" in plain:
        raise ValueError("it holds a NUL character")
    return plain


def _whole(plain: Any) -> int:
    if isinstance(plain, bool) or not isinstance(plain, int):
        raise ValueError("it is not a whole number")
    return plain


def _number(plain: Any) -> float:
    if isinstance(plain, bool) or not isinstance(plain, int | float):
        raise ValueError("it is not a number")
    return float(plain)


def _exact(plain: Any) -> Decimal:
    try:
        found = Decimal(_text(plain))
    except InvalidOperation as error:
        raise ValueError("it is not a number") from error
    if not found.is_finite():
        raise ValueError("it is not a number")
    return found


def _yes_no(plain: Any) -> bool:
    if not isinstance(plain, bool):
        raise ValueError("it is neither true nor false")
    return plain


def _moment(plain: Any) -> datetime:
    found = datetime.fromisoformat(_text(plain))
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _sealed(plain: Any) -> bytes:
    try:
        return base64.b64decode(_text(plain), validate=True)
    except binascii.Error as error:
        raise ValueError("it is not base64") from error


_TO_PLAIN: dict[Kind, Callable[[Any], Any]] = {
    Kind.ID: str,
    Kind.DAY: lambda day: day.isoformat(),
    Kind.MOMENT: lambda moment: moment.astimezone(UTC).isoformat(),
    Kind.SEALED: _base64,
    # As a text: a number of JSON would be read back as a binary fraction.
    Kind.EXACT: str,
}
_FROM_PLAIN: dict[Kind, Callable[[Any], Any]] = {
    Kind.TEXT: _text,
    Kind.ID: lambda plain: uuid.UUID(_text(plain)),
    Kind.WHOLE: _whole,
    Kind.NUMBER: _number,
    Kind.EXACT: _exact,
    Kind.YES_NO: _yes_no,
    Kind.DAY: lambda plain: date.fromisoformat(_text(plain)),
    Kind.MOMENT: _moment,
    Kind.NESTED: lambda plain: plain,
    Kind.SEALED: _sealed,
}
