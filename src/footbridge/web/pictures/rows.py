"""Two rows of people who face each other: who is there on each side, and where a side hangs on
one person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from footbridge.web.pictures.sectors import gettext_noop
from footbridge.web.pictures.svg import Say, Svg, as_written, element, lines_that_fit, printable

WIDTH, TOP, GAP, ROW, RADIUS = 560, 62, 230, 34, 7
MOST = 8
HEAD_SIZE, NAME_SIZE = 15, 14


@dataclass(frozen=True)
class Side:
    """One side: what it is called, and the people who stand for it."""

    name: str
    people: tuple[str, ...]


def facing_rows(one: Side, other: Side, say: Say = as_written) -> Svg:
    """Each row with a dot and a name for everybody, and a line from side to side: broad where two
    or more hold each end, thin where one does, broken where nobody does.

    >>> drawn = facing_rows(Side("Bakery", ("Ana", "Ben")), Side("Pantry", ("Cy",)))
    >>> drawn.count("facing-dot"), "facing-thin" in drawn
    (3, True)
    """
    most = max(1, min(MOST, max(len(one.people), len(other.people))))
    height = TOP + ROW * most + 12
    title = describe(one, other, say)
    left, right = (WIDTH - GAP) / 2, (WIDTH + GAP) / 2
    drawn = [
        element("title", escape(title)),
        _bond(one, other, left, right, most),
        *_row(one, left, "end", -1),
        *_row(other, right, "start", 1),
    ]
    return Svg(
        element(
            "svg",
            *drawn,
            viewBox=f"0 0 {WIDTH} {height}",
            class_="facing",
            role="img",
            aria_label=title,
        )
    )


def describe(one: Side, other: Side, say: Say = as_written) -> str:
    """The same in words."""
    return " ".join(_said(side, say) for side in (one, other))


def _said(side: Side, say: Say) -> str:
    names = ", ".join(map(printable, side.people))
    if not side.people:
        words = say(gettext_noop("Nobody stands for %(side)s."))
    elif len(side.people) == 1:
        words = say(gettext_noop("%(names)s alone stands for %(side)s."))
    else:
        words = say(gettext_noop("For %(side)s: %(names)s."))
    return words % {"side": printable(side.name), "names": names}


def _bond(one: Side, other: Side, left: float, right: float, most: int) -> str:
    fewest = min(len(one.people), len(other.people))
    kind = "broken" if fewest == 0 else "thin" if fewest == 1 else "broad"
    y = TOP + ROW * (most - 1) / 2
    path = f"M{left + 16:g} {y:g}Q{WIDTH / 2:g} {y - 26:g} {right - 16:g} {y:g}"
    return element("path", d=path, class_=f"facing-bond facing-{kind}")


def _row(side: Side, x: float, anchor: str, way: int) -> Iterable[str]:
    head = lines_that_fit(side.name, room=(WIDTH - GAP) / 2 / HEAD_SIZE, most=2)
    for place, line in enumerate(head):
        yield _text(line, x, 18 + 18 * place, "facing-head", anchor, HEAD_SIZE)
    shown = side.people[:MOST]
    for place, name in enumerate(shown):
        y = TOP + ROW * place
        yield element("circle", cx=x, cy=y, r=RADIUS, class_="facing-dot")
        fitted = lines_that_fit(name, room=(WIDTH - GAP - 40) / 2 / NAME_SIZE, most=1)
        yield _text(
            fitted[0] if fitted else "", x + way * 14, y + 5, "facing-name", anchor, NAME_SIZE
        )


def _text(words: str, x: float, y: float, kind: str, anchor: str, size: int) -> str:
    return element("text", escape(words), x=x, y=y, class_=kind, text_anchor=anchor, font_size=size)
