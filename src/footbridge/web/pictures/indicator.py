"""One figure over time, between where it began and where it should be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from footbridge.web.pictures.chart import ACCENT, EDGE, LINE, MUTED, WIDE, Scale, framed, words
from footbridge.web.pictures.svg import Svg, element

TOP, BOTTOM, HIGH = 34.0, 184.0, 240.0


@dataclass(frozen=True)
class Point:
    """A day and its figure; no figure where it was not measured, which breaks the line."""

    on: date
    value: float | None
    said: str


@dataclass(frozen=True)
class Goal:
    """A value that is to be reached, or from which one began, as it is printed."""

    value: float
    said: str
    by: date | None = None


def indicator_line(
    title: str, points: Sequence[Point], baseline: Goal | None = None, target: Goal | None = None
) -> Svg:
    """The line through what was measured, the baseline dashed, the target with a ring at its day.

    ValueError where there is nothing to draw at all.

    >>> seen = [Point(date(2026, 1, 1), 3, "3"), Point(date(2026, 4, 1), 5, "5")]
    >>> indicator_line("Meals", seen, Goal(2, "began at 2")).count("chart-point")
    2
    """
    goals = [goal for goal in (baseline, target) if goal is not None]
    values = [point.value for point in points if point.value is not None]
    tall = Scale.over([*values, *(goal.value for goal in goals)], BOTTOM, TOP)
    days = [point.on for point in points] + [goal.by for goal in goals if goal.by]
    across = Scale.over([day.toordinal() for day in days] or [0], EDGE + 6, WIDE - EDGE - 6)
    rising = target is None or baseline is None or target.value >= baseline.value
    parts = [_level(goal, tall, goal is target, (goal is target) is rising) for goal in goals]
    parts += _target(target, tall, across)
    parts += _line(points, tall, across)
    parts += _days(days, across)
    parts += _last(points, tall, across)
    told = [f"{goal.said}." for goal in goals]
    told += [f"{point.on.isoformat()}: {point.said}." for point in points]
    return framed(title, told, HIGH, parts)


def _level(goal: Goal, tall: Scale, is_target: bool, above: bool) -> str:
    """A line across at a goal, and its words on the side where no figures are expected, the
    target's on the right."""
    y = tall.at(goal.value)
    kind = "chart-target" if is_target else "chart-baseline"
    line = element(
        "path",
        class_=kind,
        d=f"M{EDGE:g} {y:g}H{WIDE - EDGE:g}",
        stroke=MUTED,
        stroke_width=1.5 if is_target else 1,
        stroke_dasharray=None if is_target else "4 3",
        fill="none",
    )
    x, anchor = (WIDE - EDGE, "end") if is_target else (EDGE, "start")
    beside = y - 9 if above else y + 17
    return line + words(goal.said, x, beside, "chart-note", anchor=anchor, room=WIDE / 2)


def _target(target: Goal | None, tall: Scale, across: Scale) -> list[str]:
    if target is None or target.by is None:
        return []
    return [
        element(
            "circle",
            class_="chart-ring",
            cx=across.at(target.by.toordinal()),
            cy=tall.at(target.value),
            r=6,
            fill="none",
            stroke=ACCENT,
            stroke_width=2,
        )
    ]


def _line(points: Sequence[Point], tall: Scale, across: Scale) -> list[str]:
    """Dots, joined where one was measured after the other."""
    placed = [
        None if point.value is None else (across.at(point.on.toordinal()), tall.at(point.value))
        for point in sorted(points, key=lambda point: point.on)
    ]
    joined = "".join(
        f"M{one[0]:g} {one[1]:g}L{other[0]:g} {other[1]:g}"
        for one, other in pairwise(placed)
        if one and other
    )
    dots = [
        element("circle", class_="chart-point", cx=place[0], cy=place[1], r=4, fill=ACCENT)
        for place in placed
        if place
    ]
    if not joined:
        return dots
    path = element(
        "path", class_="chart-line", d=joined, stroke=ACCENT, stroke_width=2.5, fill="none"
    )
    return [path, *dots]


def _days(days: Sequence[date], across: Scale) -> list[str]:
    """The axis below, with its first day and its last."""
    y = BOTTOM + 26
    axis = element(
        "path", class_="chart-grid", d=f"M{EDGE:g} {y:g}H{WIDE - EDGE:g}", stroke=LINE, fill="none"
    )
    if not days:
        return [axis]
    first, last = min(days).isoformat(), max(days).isoformat()
    found = [axis, words(first, EDGE, y + 18, "chart-note")]
    if last != first:
        found.append(words(last, WIDE - EDGE, y + 18, "chart-note", anchor="end"))
    return found


def _last(points: Sequence[Point], tall: Scale, across: Scale) -> list[str]:
    """What was measured last, in words beside its dot."""
    measured = [point for point in points if point.value is not None]
    if not measured:
        return []
    last = max(measured, key=lambda point: point.on)
    assert last.value is not None
    x, y = across.at(last.on.toordinal()), tall.at(last.value)
    anchor = "end" if x > WIDE / 2 else "start"
    below = y < TOP + 26
    return [words(last.said, x, y + 20 if below else y - 10, "chart-said", anchor=anchor)]
