"""The form in which names of places are compared, made quickly for hundreds of thousands."""

from __future__ import annotations

import unicodedata

from footbridge.core.words import fold


class _Letters(dict[int, str]):
    """Each character's plain form, worked out the first time it is met."""

    def __missing__(self, code: int) -> str:
        self[code] = plain = _plain(chr(code))
        return plain


def _plain(character: str) -> str:
    """Letters, digits and vowel signs folded; accents gone; all else is space."""
    if "\u0300" <= character <= "\u036f":
        return ""
    if character == "_" or unicodedata.category(character)[0] not in "LMN":
        return " "
    return fold(character)


_LETTERS = _Letters()


def key(name: str) -> str:
    """A name without case, accents or punctuation.

    >>> key("São Paulo"), key("St. John's"), key("Gießen"), key("İzmir")
    ('sao paulo', 'st john s', 'giessen', 'izmir')
    """
    return " ".join(unicodedata.normalize("NFC", name).translate(_LETTERS).split())
