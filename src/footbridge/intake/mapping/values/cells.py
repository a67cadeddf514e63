"""Cells with several values, and cells that a spreadsheet program would take for a formula."""

from __future__ import annotations

import re

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Where a comma is the decimal sign, spreadsheets cut at semicolons, whatever is quoted.
_FORMULA_WITHIN = re.compile("""(?<=[;\t\r\n])(?=["']*[=+\\-@＝＋－＠])""")
_GUARDED_WITHIN = re.compile("""(?<=[;\t\r\n])'(?=["']*[=+\\-@＝＋－＠])""")
_PLAIN_NUMBER = re.compile(r"[-+]?\d[\d.,\s]*%?")
_LINES = re.compile(r"[\r\n]+")
_BULLET = re.compile(r"^\s*(?:[-*•·–]|\d{1,2}[.)])\s+")
_AND = re.compile(r"\s+(?:and|und|et|y|e|en|&|\+)\s+", re.IGNORECASE)


def split_many(text: str, *, commas: bool = False) -> tuple[str, ...]:
    """The values in one cell: one per line, else parted by semicolons, else by bars.

    Commas part only where the caller says so (languages, countries, tags), since a sentence has
    commas of its own.

    >>> split_many("cold storage; a van on Mondays, mostly")
    ('cold storage', 'a van on Mondays, mostly')
    >>> split_many("English, French and Welsh", commas=True)
    ('English', 'French', 'Welsh')
    """
    parts = _parted(text.strip())
    if commas:
        parts = [piece for part in parts for piece in _AND.sub(",", part).split(",")]
    cleaned = (_BULLET.sub("", part).strip() for part in parts)
    return tuple(dict.fromkeys(part for part in cleaned if part))


def split_aligned(text: str) -> tuple[str, ...]:
    """The values of a cell whose places matter: the second name belongs to the second role.

    >>> split_aligned("owner;;funder")
    ('owner', '', 'funder')
    """
    return tuple(part.strip() for part in _parted(text)) if text.strip() else ()


def _parted(text: str) -> list[str]:
    if "\n" in text or "\r" in text:
        return _LINES.split(text)
    for sign in (";", "|"):
        if sign in text:
            return text.split(sign)
    return [text]


def escape_formula(cell: str) -> str:
    """A cell for an export, so that no spreadsheet program computes what a person typed.

    Plain numbers stay as they are; everything else that begins like a formula gets an apostrophe.

    >>> escape_formula("=HYPERLINK(1)"), escape_formula("-12.5"), escape_formula("+44 20 7946 0000")
    ("'=HYPERLINK(1)", '-12.5', '+44 20 7946 0000')
    >>> escape_formula("soup;=1+1")
    "soup;'=1+1"
    """
    within = _FORMULA_WITHIN.sub("'", cell)
    if cell.startswith(_FORMULA_SIGNS) and not _PLAIN_NUMBER.fullmatch(cell):
        return "'" + within
    return within


def unescape_formula(cell: str) -> str:
    """The same cell read back in: text stays text, and the apostrophe of our export goes.

    >>> unescape_formula("'=HYPERLINK(1)"), unescape_formula("'t Hooft")
    ('=HYPERLINK(1)', "'t Hooft")
    """
    within = _GUARDED_WITHIN.sub("", cell)
    return (
        within[1:] if within.startswith("'") and within[1:].startswith(_FORMULA_SIGNS) else within
    )


def word_set(text: str) -> frozenset[str]:
    """The words of a list that is written down as a text."""
    return frozenset(text.split())
