"""Titles of columns, folded and looked up."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from footbridge.intake.mapping.fields import Field
from footbridge.intake.mapping.titles import TITLES


def fold(title: str) -> str:
    """A title as the word lists have it: no accents, no capitals, one space between words.

    >>> fold("Código Postal"), fold("recipientOrg:Name"), fold("E-mail 1 - Value")
    ('codigo postal', 'recipient org name', 'e mail value')
    """
    parted = _CAMEL.sub(" ", title)
    plain = unicodedata.normalize("NFKD", parted.casefold().replace("ß", "ss"))
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    words = [word for word in _NOT_LETTERS.split(letters) if word]
    kept = [word for word in words if not word.isdigit()] or words
    return " ".join(kept)


_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_NOT_LETTERS = re.compile(r"[\W_]+")


@lru_cache(maxsize=1)
def titles_by_field() -> dict[Field, frozenset[str]]:
    """Every known title of every field."""
    return {field: frozenset(_split(text)) for field, text in TITLES.items()}


@lru_cache(maxsize=1)
def fields_by_title() -> dict[str, tuple[Field, ...]]:
    """The fields a title may mean, the more usual one first."""
    found: dict[str, tuple[Field, ...]] = {}
    for field, titles in titles_by_field().items():
        for title in titles:
            found[title] = (*found.get(title, ()), field)
    return found


def _split(text: str) -> list[str]:
    parts = (" ".join(part.split()) for part in text.replace("\n", "|").split("|"))
    return [part for part in parts if part]


@lru_cache(maxsize=4096)
def is_known_header(title: str) -> bool:
    """Whether a cell reads like the title of a column."""
    folded = fold(title)
    if len(title) > 80 or not folded:
        return False
    return folded in fields_by_title() or _last_words(folded) in fields_by_title()


def _last_words(folded: str) -> str:
    """“sdgs sdgnumber” and “organization 1 name” are known by how they end, too."""
    return " ".join(folded.split()[-2:])
