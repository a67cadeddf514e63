"""Maps to calculate with: plain ones by hand, strange ones by chance."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from footbridge.engine.value import (
    Adjustment,
    Figure,
    Input,
    InputKind,
    Move,
    Outcome,
    Price,
    Share,
    Stakeholders,
    Timing,
    ValueMap,
)

GROUPS = (Stakeholders("people", size=100, asked=9), Stakeholders("funder", asked=1))


def row(key: str = "work", **other: object) -> Outcome:
    """60 people, 8,500 each, 40 % anyway, 30 % others', nothing moved; one year."""
    told: dict[str, object] = {
        "stakeholders": "people",
        "quantity": Figure.of(60),
        "price": Price(f"price of {key}", Figure.of(8500), source="a survey"),
        "deadweight": Share.of("0.4"),
        "displacement": Share.of(0, reason="a growing town"),
        "attribution": Share.of("0.3"),
    }
    return Outcome(key, **(told | other))  # type: ignore[arg-type]


def money(amount: int | str = 250_000, key: str = "grant", **other: object) -> Input:
    told: dict[str, object] = {
        "stakeholders": "funder",
        "kind": InputKind.CASH,
        "quantity": Figure.of(1),
        "price": Price(f"money of {key}", Figure.of(amount), source="the ledger"),
    }
    return Input(key, **(told | other))  # type: ignore[arg-type]


def a_map(*rows: Outcome, inputs: tuple[Input, ...] | None = None, **other: object) -> ValueMap:
    put_in = (money(),) if inputs is None else inputs
    told: dict[str, object] = {"stakeholders": GROUPS}
    return ValueMap(rows, put_in, **(told | other))  # type: ignore[arg-type]


@st.composite
def figures(draw: st.DrawFn, least: int, most: int, certain: bool = False) -> Figure:
    """A figure between two hundredths, with or without a range."""
    three = sorted(Decimal(draw(st.integers(least, most))) / 100 for _ in range(3))
    if certain or draw(st.booleans()):
        return Figure(three[1], three[1], three[1])
    return Figure(three[1], three[0], three[2])


@st.composite
def shares(draw: st.DrawFn, certain: bool = False) -> Share:
    return Share(draw(figures(0, 100, certain)), reason="asked")


@st.composite
def maps(
    draw: st.DrawFn, *, sharing: bool = True, certain_years: bool = False, uncertain: int = 10
) -> ValueMap:
    """One to three rows, one or two inputs; prices sometimes shared; `uncertain` ranges at most."""
    prices = [
        Price(
            f"p{at}",
            draw(figures(1, 900)),
            adjusted=draw(
                st.sampled_from([(), (Adjustment(Move.PRICES, Decimal("1.07"), "2026"),)])
            ),
        )
        for at in range(3)
    ]
    rows = [
        _row(draw, f"o{at}", prices[draw(st.integers(0, at)) if sharing else at], certain_years)
        for at in range(draw(st.integers(1, 3)))
    ]
    inputs = [
        Input(
            f"i{at}",
            "funder",
            InputKind.CASH,
            draw(figures(1, 300, certain_years)),
            Price(f"m{at}", draw(figures(1, 900, certain_years))),
        )
        for at in range(draw(st.integers(1, 2)))
    ]
    if sharing and draw(st.booleans()):
        inputs[0] = Input("i0", "funder", InputKind.STAFF_TIME, Figure.of(2), prices[0])
    rate = draw(st.sampled_from(["0.035", "0", "-0.02", "0.1"]))
    found = ValueMap(tuple(rows), tuple(inputs), GROUPS, Figure.of(rate), price_year=2026)
    return found if len(found.uncertain) <= uncertain else _without_ranges(found)


def _row(draw: st.DrawFn, key: str, price: Price, certain_years: bool) -> Outcome:
    return Outcome(
        key,
        "people",
        draw(figures(-300, 900)),
        price,
        deadweight=draw(shares()),
        displacement=draw(shares(certain=True)),
        attribution=draw(shares()),
        drop_off=draw(shares(certain_years)),
        leakage=draw(st.none() | shares(certain=True)),
        start=draw(st.sampled_from(Timing)),
        years=draw(st.integers(1, 4)),
    )


def _without_ranges(of: ValueMap) -> ValueMap:
    """The same with the first row alone uncertain."""
    rows = [of.outcomes[0]]
    for one in of.outcomes[1:]:
        assert one.quantity is not None
        rows.append(
            replace(
                one,
                quantity=_certain(one.quantity),
                deadweight=Share(_certain(one.deadweight.figure), reason="asked"),
                attribution=Share(_certain(one.attribution.figure), reason="asked"),
                drop_off=Share(_certain(one.drop_off.figure), reason="asked"),
            )
        )
    return replace(of, outcomes=tuple(rows))


def _certain(figure: Figure) -> Figure:
    return Figure.of(figure.best)
