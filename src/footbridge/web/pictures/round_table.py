"""A table as one sees it from above: its number, and a dot for each chair."""

from __future__ import annotations

from math import cos, pi, sin

from footbridge.web.pictures.svg import Svg, element

SIDE, TABLE, REACH, CHAIR = 80, 22, 33, 5.5


def round_table(number: int, chairs: int, title: str) -> Svg:
    """The table with its chairs, the first one at the top.

    >>> round_table(2, 4, "Table 2").count("round-table-chair")
    4
    """
    middle = SIDE / 2
    drawn = [_chair(middle, 2 * pi * place / chairs) for place in range(chairs)]
    label = element(
        "text", str(number), x=middle, y=middle, dy="0.36em", class_="round-table-number"
    )
    top = element("circle", cx=middle, cy=middle, r=TABLE, class_="round-table-top")
    return Svg(
        element(
            "svg",
            *drawn,
            top,
            label,
            viewBox=f"0 0 {SIDE} {SIDE}",
            class_="round-table",
            role="img",
            aria_label=title,
        )
    )


def _chair(middle: float, angle: float) -> str:
    x, y = middle + REACH * sin(angle), middle - REACH * cos(angle)
    return element("circle", cx=round(x, 1), cy=round(y, 1), r=CHAIR, class_="round-table-chair")
