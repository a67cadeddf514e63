"""An introduction chain as a footbridge: people are the stones, what joins them the planks.

Two drawings of the same chain come together, one running sideways and one downwards; the
stylesheet shows whichever fits the room (`static/css/pictures/stones.css`).
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import pairwise

from footbridge.web.pictures.sectors import gettext_noop, sign_at
from footbridge.web.pictures.strength import plank_width, strength_sentence, strength_words
from footbridge.web.pictures.svg import (
    Say,
    Svg,
    as_written,
    element,
    is_right_to_left,
    isolated,
    lines_that_fit,
    printable,
    width,
)

SOMEONE = gettext_noop("Someone who can reach them")
TITLE = gettext_noop("The way from {start} to {end}")

FAINT = 0.25
INK, MUTED, LINE, ACCENT, SHEET = "#1f1d1a", "#5f594f", "#ddd3c0", "#0b5563", "#fffdf8"

COLUMN, ARCH_TOP, WATER = 144, 50, 74
NAME_SIZE, NOTE_SIZE, LEADING = 14, 12, 17
NARROW_WIDTH, NARROW_X, NARROW_TEXT_X = 288, 32, 76
PEBBLE = "M-29 2C-29-10-15-17 2-17C19-17 29-9 29 2C29 13 16 17-1 17C-17 17-29 13-29 2Z"


@dataclass(frozen=True)
class Stone:
    """A person on the way; without a name, someone the reader may not know of yet."""

    name: str = ""
    note: str = ""
    sector: str = ""


@dataclass(frozen=True)
class Step:
    """What joins two stones: a strength from 0 to 1 and, where known, what makes it warm."""

    strength: float
    words: str = ""


@dataclass(frozen=True)
class Chain:
    """Stones in order and one step fewer, each joining a stone to the next.

    >>> Chain((Stone("Ana"), Stone("Ben")), ())
    Traceback (most recent call last):
        ...
    ValueError: A chain of 2 stones needs 1 steps, not 0.
    """

    stones: tuple[Stone, ...]
    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        if len(self.stones) < 2:
            raise ValueError("A chain joins at least two people.")
        needed = len(self.stones) - 1
        if len(self.steps) != needed:
            raise ValueError(
                f"A chain of {len(self.stones)} stones needs {needed} steps, not {len(self.steps)}."
            )


def stones(chain: Chain, say: Say = as_written) -> Svg:
    """The chain drawn twice, sideways and downwards, with title and description in each."""
    drawings = _sideways(chain, say) + _downwards(chain, say)
    many = min(len(chain.stones), 6)
    return Svg(element("div", drawings, class_=f"stones stones-{many}"))


def sentences(chain: Chain, say: Say = as_written) -> tuple[str, ...]:
    """The same chain in words, one sentence a step.

    >>> sentences(Chain((Stone("Ana"), Stone("Ben")), (Step(0.3),)))
    ('\\u2068Ana\\u2069 and \\u2068Ben\\u2069 know each other.',)
    """
    return tuple(
        _sentence(one, other, step, say)
        for (one, other), step in zip(pairwise(chain.stones), chain.steps, strict=True)
    )


def _sentence(one: Stone, other: Stone, step: Step, say: Say) -> str:
    known = strength_sentence(step.strength, _called(one, say), _called(other, say), say)
    return f"{known} {isolated(printable(step.words))}" if step.words else known


def _called(stone: Stone, say: Say) -> str:
    return isolated(printable(stone.name) or say(SOMEONE))


def _sideways(chain: Chain, say: Say) -> str:
    centres = [COLUMN * (place + 0.5) for place in range(len(chain.stones))]
    planks = [
        _arch(a, b, step, say) for (a, b), step in zip(pairwise(centres), chain.steps, strict=True)
    ]
    piers = [
        _pier(stone, x, say) + _words_below(stone, x, say)
        for stone, x in zip(chain.stones, centres, strict=True)
    ]
    left = centres[0] - _half_width(chain.stones[0], say)
    right = centres[-1] + _half_width(chain.stones[-1], say)
    height = WATER + 26 + LEADING * max(len(_words_of(stone, say)) for stone in chain.stones)
    return _drawing(chain, say, "stones-wide", (left, right - left, height), planks + piers)


def _half_width(stone: Stone, say: Say) -> float:
    """Half of what a stone and the words below it take, so that the drawing ends where they do."""
    words = (width(line) * size for line, _, size in _words_of(stone, say))
    return max(44.0, *(0.5 * taken for taken in words), 0.0)


def _words_of(stone: Stone, say: Say) -> list[tuple[str, str, int]]:
    return _lines(stone, COLUMN - 8, say)


def _arch(start: float, end: float, step: Step, say: Say) -> str:
    middle = (start + end) / 2
    path = f"M{start + 24:g} {WATER - 10}Q{middle:g} {ARCH_TOP - 12} {end - 24:g} {WATER - 10}"
    said = lines_that_fit(step.words or strength_words(step.strength, say), room=10.5, most=2)
    top = ARCH_TOP - 9 - 15 * (len(said) - 1)
    words = [
        _text(line, middle, top + 15 * row, "plank-words", NOTE_SIZE, anchor="middle")
        for row, line in enumerate(said)
    ]
    return _plank(path, step) + "".join(words)


def _pier(stone: Stone, x: float, say: Say) -> str:
    ripple = f"M{x - 40:g} {WATER + 13}h80M{x - 24:g} {WATER + 18}h34"
    water = element("path", class_="ripple", d=ripple, stroke=LINE, stroke_width=1.5, fill="none")
    return water + _stone(stone, x, WATER, say)


def _words_below(stone: Stone, x: float, say: Say) -> str:
    return "".join(
        _text(line, x, WATER + 38 + row * LEADING, kind, size, anchor="middle")
        for row, (line, kind, size) in enumerate(_words_of(stone, say))
    )


def _downwards(chain: Chain, say: Say) -> str:
    tops, y = [], 24.0
    for stone in chain.stones:
        tops.append(y)
        y += max(len(_lines(stone, NARROW_WIDTH - NARROW_TEXT_X, say)) * LEADING, 20) + 54
    planks = [
        _post(top, below, step, stone, say)
        for (top, below), step, stone in zip(
            pairwise(tops), chain.steps, chain.stones[:-1], strict=True
        )
    ]
    piers = [
        _stone(stone, NARROW_X, top, say) + _words_beside(stone, top, say)
        for stone, top in zip(chain.stones, tops, strict=True)
    ]
    return _drawing(chain, say, "stones-narrow", (0, NARROW_WIDTH, y - 46), planks + piers)


def _post(top: float, below: float, step: Step, stone: Stone, say: Say) -> str:
    path = f"M{NARROW_X} {top + 15:g}V{below - 15:g}"
    said = lines_that_fit(step.words or strength_words(step.strength, say), room=17, most=1)
    line = said[0] if said else ""
    words = _text(line, NARROW_TEXT_X, below - 27, "plank-words", NOTE_SIZE, anchor="start")
    return _plank(path, step) + words


def _words_beside(stone: Stone, top: float, say: Say) -> str:
    return "".join(
        _text(line, NARROW_TEXT_X, top + 5 + row * LEADING, kind, size, anchor="start")
        for row, (line, kind, size) in enumerate(_lines(stone, NARROW_WIDTH - NARROW_TEXT_X, say))
    )


def _lines(stone: Stone, room: float, say: Say) -> list[tuple[str, str, int]]:
    """The words that belong to a stone: the name, then what is worth knowing beside it."""
    kind = "stone-name" if stone.name else "stone-note"
    size = NAME_SIZE if stone.name else NOTE_SIZE
    name = lines_that_fit(stone.name or say(SOMEONE), room / size, most=3)
    note = lines_that_fit(stone.note, room / NOTE_SIZE, most=2)
    return [(line, kind, size) for line in name] + [
        (line, "stone-note", NOTE_SIZE) for line in note
    ]


def _plank(path: str, step: Step) -> str:
    faint = step.strength < FAINT
    return element(
        "path",
        class_="plank plank-faint" if faint else "plank",
        d=path,
        fill="none",
        stroke=ACCENT,
        stroke_width=plank_width(step.strength),
        stroke_dasharray="5 4" if faint else None,
    )


def _stone(stone: Stone, x: float, y: float, say: Say) -> str:
    unknown = not stone.name
    pebble = element(
        "path",
        class_="stone stone-unknown" if unknown else "stone",
        d=PEBBLE,
        transform=f"translate({x:g} {y:g})",
        fill=SHEET,
        stroke=MUTED if unknown else INK,
        stroke_width=1.5,
        stroke_dasharray="4 3" if unknown else None,
    )
    return pebble + sign_at(stone.sector, x, y, say)


def _text(words: str, x: float, y: float, kind: str, size: int, *, anchor: str) -> str:
    turned = is_right_to_left(words)
    return element(
        "text",
        escape(words),
        class_=kind,
        x=x,
        y=y,
        fill=INK if kind == "stone-name" else MUTED,
        font_size=size,
        # Text that runs leftwards "ends" where ours starts.
        text_anchor="end" if turned and anchor == "start" else anchor,
        direction="rtl" if turned else None,
    )


def _drawing(
    chain: Chain, say: Say, kind: str, frame: tuple[float, float, float], parts: list[str]
) -> str:
    """One of the two drawings; `frame` is where it begins, how wide and how high it is."""
    left, across, height = frame
    start, end = _called(chain.stones[0], say), _called(chain.stones[-1], say)
    title = say(TITLE).format(start=start, end=end)
    return element(
        "svg",
        element("title", escape(title)),
        element("desc", escape(" ".join(sentences(chain, say)))),
        *parts,
        class_=kind,
        role="img",
        viewBox=f"{left:g} 0 {across:g} {height:g}",
        width=f"{across / 16:g}rem",
        height=f"{height / 16:g}rem",
    )
