"""Where a value went: what it began with, what was taken away step by step, what is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from footbridge.web.pictures.chart import EDGE, WIDE, Scale, bar, framed, heading, upright
from footbridge.web.pictures.svg import Svg

ROW, THICK, TOP = 42.0, 14.0, 18.0


@dataclass(frozen=True)
class Beam:
    """One step. `change` is what it adds or takes; a sum shows all that is there instead.

    said  the change, or the sum, as it is to be printed
    """

    label: str
    change: float
    said: str
    is_sum: bool = False


def waterfall(title: str, beams: Sequence[Beam]) -> Svg:
    """The steps from top to bottom, each beginning where the one before it ended.

    >>> drawn = waterfall("Value", [Beam("All", 5, "5"), Beam("Anyway", -2, "−2")])
    >>> drawn.count("chart-bar"), drawn.count("chart-less")
    (2, 1)
    """
    if not beams:
        raise ValueError("A waterfall needs a step.")
    ends, level = [], 0.0
    for beam in beams:
        start = 0.0 if beam.is_sum else level
        level = level if beam.is_sum else level + beam.change
        ends.append((start, level))
    scale = Scale.over([0.0, *(end for pair in ends for end in pair)], EDGE, WIDE - EDGE)
    height = TOP + ROW * len(beams)
    parts = [upright("chart-axis", scale.at(0), TOP - 12, height - 8)]
    for at, (beam, (start, end)) in enumerate(zip(beams, ends, strict=True)):
        top = TOP + ROW * at
        less = not beam.is_sum and beam.change < 0
        kind = "sum" if beam.is_sum else "less" if less else "more"
        parts.append(heading(beam.label, beam.said, top))
        parts.append(bar(kind, scale.at(start), scale.at(end), top + 6, THICK, hollow=less))
    told = [f"{beam.label}: {beam.said}." for beam in beams]
    return framed(title, told, height, parts)
