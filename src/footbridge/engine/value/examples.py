"""Two published maps, for documentation, tests and rehearsals.

Their sources name no displacement; it is nought here, and says so.
"""

from __future__ import annotations

from footbridge.engine.value.figures import Figure, Numeral, Share
from footbridge.engine.value.maps import (
    Input,
    InputKind,
    Outcome,
    Stakeholders,
    Timing,
    ValueMap,
)
from footbridge.engine.value.prices import Price

NOT_NAMED = "the source names none"
Given = Numeral | tuple[Numeral, Numeral, Numeral]


def employment(
    *, start: Timing = Timing.DURING, quantity: Given = 60, deadweight: Given = "0.4"
) -> ValueMap:
    """60 people find work worth 8,500 a year, for two years; 250,000 were put in.

    Its ratio is published as 1.44, which takes the first year as undiscounted.
    """
    row = Outcome(
        "work",
        "people",
        _figure(quantity),
        Price("year of work", Figure.of(8500), source="published example"),
        deadweight=Share(_figure(deadweight), reason="would have found work anyway"),
        displacement=Share.of(0, reason=NOT_NAMED),
        attribution=Share.of("0.3", reason="the job centre's part"),
        drop_off=Share.of("0.3", reason="some lose it again"),
        start=start,
        years=2,
    )
    return _map(row, 250_000)


def befriending() -> ValueMap:
    """80 people less lonely, worth 1,100 each, for one year; 60,000 were put in: 0.81."""
    row = Outcome(
        "friends",
        "people",
        Figure.of(80),
        Price("less lonely", Figure.of(1100), source="published example"),
        deadweight=Share.of("0.35", reason="would have met others"),
        displacement=Share.of(0, reason=NOT_NAMED),
        attribution=Share.of("0.15", reason="the parish's part"),
    )
    return _map(row, 60_000)


def _figure(given: Given) -> Figure:
    return Figure.of(*given) if isinstance(given, tuple) else Figure.of(given)


def _map(row: Outcome, money: int) -> ValueMap:
    grant = Input("grant", "funder", InputKind.CASH, Figure.of(1), Price("grant", Figure.of(money)))
    groups = (Stakeholders("people", size=100, asked=12), Stakeholders("funder", asked=1))
    return ValueMap((row,), (grant,), groups)
