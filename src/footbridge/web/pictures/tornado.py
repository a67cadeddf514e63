"""What a ratio hangs on: one bar for each assumption, from where its low puts it to where its high
does, widest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from footbridge.web.pictures.chart import EDGE, WIDE, Scale, bar, framed, heading, upright, words
from footbridge.web.pictures.svg import Svg

ROW, THICK, TOP = 44.0, 14.0, 40.0


@dataclass(frozen=True)
class Swing:
    """One assumption: the ratio with its low and with its high, and both as they are printed."""

    label: str
    at_low: float
    at_high: float
    said: str


def tornado(
    title: str,
    swings: Sequence[Swing],
    middle: float,
    middle_said: str,
    mark: float = 1.0,
    mark_said: str = "",
) -> Svg:
    """The bars around the ratio one believes in, and a line at `mark`, where what was put in comes
    back. What the low does is solid, what the high does is hollow.

    >>> drawn = tornado("Ratio", [Swing("Deadweight", 1.9, 0.9, "1.9 to 0.9")], 1.4, "1.40")
    >>> drawn.count("chart-low"), drawn.count("chart-high")
    (1, 1)
    """
    ends = [end for swing in swings for end in (swing.at_low, swing.at_high)]
    scale = Scale.over([*ends, middle, mark], EDGE + 4, WIDE - EDGE - 4)
    height = TOP + ROW * len(swings) + 6
    parts = [
        upright("chart-mark", scale.at(mark), 22, height - 6, dashed=True),
        upright("chart-axis", scale.at(middle), 22, height - 6),
        _over(middle_said, scale.at(middle)),
    ]
    if mark_said and abs(scale.at(mark) - scale.at(middle)) > 90:
        parts.append(_over(mark_said, scale.at(mark)))
    for at, swing in enumerate(swings):
        top, here = TOP + ROW * at + 4, scale.at(middle)
        parts.append(heading(swing.label, swing.said, top))
        low, high = scale.at(swing.at_low), scale.at(swing.at_high)
        parts.append(bar("low", here, low, top + 7, THICK, hollow=False))
        parts.append(bar("high", here, high, top + 7, THICK, hollow=True))
    told = [f"{middle_said}.", *(f"{swing.label}: {swing.said}." for swing in swings)]
    return framed(title, told, height, parts)


def _over(said: str, x: float) -> str:
    """A label over an upright line, inside the drawing."""
    anchor = "start" if x < WIDE / 4 else "end" if x > 3 * WIDE / 4 else "middle"
    return words(said, x, 15, "chart-note", anchor=anchor, room=WIDE / 2)
