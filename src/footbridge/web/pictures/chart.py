"""What the charts have in common: a scale, words over a bar, a frame that says what it shows.

Every chart is 400 units wide with words of 13, so that it can be read on a telephone; wider it
grows. Colour never stands alone: bars that take away are hollow, ends are labelled.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from math import isfinite

from footbridge.web.pictures.svg import (
    Svg,
    element,
    is_right_to_left,
    lines_that_fit,
    printable,
    width,
)

WIDE, EDGE, SIZE = 400.0, 8.0, 13
INK, MUTED, LINE, ACCENT, WRONG = "#1f1d1a", "#5f594f", "#ddd3c0", "#0b5563", "#9a2a1c"


@dataclass(frozen=True)
class Scale:
    """From a value to a place between two edges of the drawing."""

    low: float
    high: float
    start: float
    end: float

    @classmethod
    def over(cls, values: Iterable[float], start: float, end: float) -> Scale:
        """A scale that holds all values, with some room where all are the same.

        >>> Scale.over([0, 50], 0, 100).at(25)
        50.0
        """
        given = [value for value in values if isfinite(value)]
        if not given:
            raise ValueError("A chart needs a value.")
        low, high = min(given), max(given)
        if low == high:
            low, high = low - 1, high + 1
        return cls(low, high, start, end)

    def at(self, value: float) -> float:
        """Where a value stands, rounded to a tenth."""
        share = (value - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)


def words(
    text: str, x: float, y: float, kind: str, *, anchor: str = "start", room: float = WIDE
) -> str:
    """One line of text, cut where it would not fit."""
    line = next(iter(lines_that_fit(text, room / SIZE, 1)), "")
    if is_right_to_left(line):
        anchor = {"start": "end", "end": "start"}.get(anchor, anchor)
    return element(
        "text",
        escape(line),
        class_=kind,
        x=x,
        y=y,
        fill=MUTED if kind == "chart-note" else INK,
        font_size=SIZE,
        text_anchor=anchor,
        direction="rtl" if is_right_to_left(line) else None,
    )


def heading(label: str, said: str, y: float) -> str:
    """What a bar is, on the left over it; what it comes to, on the right."""
    taken = (width(said) + 1.5) * SIZE
    return words(label, EDGE, y, "chart-label", room=max(60.0, WIDE - 2 * EDGE - taken)) + words(
        said, WIDE - EDGE, y, "chart-said", anchor="end", room=WIDE / 2
    )


def bar(kind: str, start: float, end: float, y: float, height: float, *, hollow: bool) -> str:
    """A bar between two places, at least a hair wide; a hollow one takes away."""
    left, right = min(start, end), max(start, end)
    colour = WRONG if hollow else ACCENT
    return element(
        "rect",
        class_=f"chart-bar chart-{kind}",
        x=left,
        y=y,
        width=round(max(right - left, 1.5), 1),
        height=height,
        rx=1.5,
        fill="none" if hollow else colour,
        stroke=colour,
        stroke_width=1.5,
    )


def upright(kind: str, x: float, top: float, bottom: float, *, dashed: bool = False) -> str:
    """An upright line, such as the one at which what was put in comes back."""
    return element(
        "path",
        class_=kind,
        d=f"M{x:g} {top:g}V{bottom:g}",
        stroke=LINE if kind == "chart-grid" else MUTED,
        stroke_width=1,
        stroke_dasharray="4 3" if dashed else None,
        fill="none",
    )


def framed(title: str, told: Sequence[str], height: float, parts: Sequence[str]) -> Svg:
    """The drawing, with its title and all that is in it in words for people who listen."""
    said = " ".join(printable(line) for line in told)
    return Svg(
        element(
            "svg",
            element("title", escape(printable(title))),
            element("desc", escape(said)),
            *parts,
            class_="chart",
            role="img",
            viewBox=f"0 0 {WIDE:g} {height:g}",
        )
    )
