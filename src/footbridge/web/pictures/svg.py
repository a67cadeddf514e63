"""The little that every picture needs: elements, escaped text, and lines that fit."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from html import escape

Say = Callable[[str], str]
"""From an English sentence to the reader's."""

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
ELLIPSIS = "…"
_NARROW = frozenset("iljtfrI.,:;'!|()[] ")
_BROAD = frozenset("mwMW@%")


class Svg(str):
    """Markup that is already escaped; templates print it as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        """What Django and Jinja ask of text that needs no escaping."""
        return str(self)


def as_written(message: str) -> str:
    """The English sentence itself, for readers of English and for tests."""
    return message


def element(name: str, *children: str, **attributes: object) -> str:
    """One element; `class_` becomes `class` and underscores become hyphens.

    >>> element("path", d="M0 0", stroke_width=2)
    '<path d="M0 0" stroke-width="2"/>'
    """
    written = "".join(
        f' {_attribute_name(key)}="{_attribute_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{''.join(children)}</{name}>" if children else f"<{name}{written}/>"


@lru_cache(maxsize=256)
def _attribute_name(key: str) -> str:
    return key.rstrip("_").replace("_", "-") if key != "viewBox" else key


def _attribute_value(value: object) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return escape(value) if isinstance(value, str) else str(value)


def isolated(text: str) -> str:
    """A name that keeps its own direction inside a sentence of the other one."""
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"


def is_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction runs from right to left.

    >>> is_right_to_left("ليلى"), is_right_to_left("3 Łódź")
    (True, False)
    """
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in {"R", "AL"}:
            return True
        if direction == "L":
            return False
    return False


def printable(text: str) -> str:
    """The text without control characters, which no XML reader accepts, and on one line."""
    if text.isprintable():
        return " ".join(text.split())
    kept = (" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in text)
    return " ".join("".join(c for c in kept if unicodedata.category(c) != "Cs").split())


def width(text: str) -> float:
    """About how wide the text is, in multiples of its type size; a little too wide rather than not.

    >>> width("Ana") < width("Anna Maria") < width("MMMMMMMMMM")
    True
    """
    return sum(map(_character_width, text))


@lru_cache(maxsize=4096)
def _character_width(character: str) -> float:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0.0
    if unicodedata.east_asian_width(character) in {"W", "F"}:
        return 1.05
    if character in _NARROW:
        return 0.36
    if character in _BROAD:
        return 0.95
    return 0.72 if character.isupper() else 0.57


@lru_cache(maxsize=4096)
def lines_that_fit(text: str, room: float, most: int) -> tuple[str, ...]:
    """The text in at most `most` lines, none wider than `room`; what is left out shows as "…".

    >>> lines_that_fit("Food bank of the old harbour", room=7, most=2)
    ('Food bank of', 'the old harbo…')
    """
    lines: list[str] = []
    for word in _words_that_fit(printable(text), room):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and width(joined) <= room:
            lines[-1] = joined
        else:
            lines.append(word)
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], _cut(" ".join(lines[most - 1 :]), room))


def _words_that_fit(text: str, room: float) -> Iterable[str]:
    """Words, the overlong ones in pieces."""
    for word in text.split():
        if width(word) <= room:
            yield word
            continue
        piece = ""
        for character in word:
            if piece and width(piece + character) > room:
                yield piece
                piece = ""
            piece += character
        yield piece


def _cut(text: str, room: float) -> str:
    while text and width(text + ELLIPSIS) > room:
        text = text[:-1]
    return text.rstrip() + ELLIPSIS
