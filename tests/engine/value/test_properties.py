"""Value maps on random input, against a judge that adds up fractions and tries everything."""

from dataclasses import replace
from decimal import Decimal, getcontext
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from footbridge.engine.checks.value import (
    break_even_faults,
    draws_faults,
    payback_faults,
    scenario_faults,
    tornado_faults,
    worth_faults,
)
from footbridge.engine.value import (
    ValueMap,
    again,
    break_evens,
    divide,
    draw,
    from_snapshot,
    payback,
    printed,
    printed_parts,
    run,
    scenario,
    snapshot,
    steps,
    tornado,
    waterfall,
    worth,
)
from tests.engine.value.maps import maps

calm = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@calm
@given(maps())
def test_what_a_map_comes_to_is_what_fractions_give(of: ValueMap) -> None:
    assert worth_faults(of, worth(of)) == []


@calm
@given(maps())
def test_every_bar_of_a_tornado_is_the_ratio_with_one_figure_moved(of: ValueMap) -> None:
    assert tornado_faults(of, tornado(of)) == []


@settings(calm, max_examples=60)
@given(maps(uncertain=9))
def test_a_scenario_is_the_lowest_and_the_highest_of_all_corners(of: ValueMap) -> None:
    assert scenario_faults(of, scenario(of)) == []


@calm
@given(maps())
def test_a_break_even_put_back_gives_a_ratio_of_one(of: ValueMap) -> None:
    assert break_even_faults(of, break_evens(of)) == []


@calm
@given(maps())
def test_paybacks_are_what_counting_months_gives(of: ValueMap) -> None:
    assert payback_faults(of, payback(of)) == []


@settings(calm, max_examples=25)
@given(maps(sharing=False, certain_years=True), st.integers(0, 9))
def test_draws_have_the_mean_and_the_spread_of_their_triangles(of: ValueMap, seed: int) -> None:
    found = draw(of, number=20_000, seed=seed)
    assert found is not None
    assert draws_faults(of, found) == []


@calm
@given(maps())
def test_the_range_holds_the_ratio_every_bar_and_every_draw(of: ValueMap) -> None:
    found, drawn = scenario(of), draw(of, number=200, seed=1)
    assert found is not None
    assert drawn is not None
    assert found.low <= found.best <= found.high
    for bar in tornado(of):
        assert found.low <= min(bar.at_low, bar.at_high)
        assert max(bar.at_low, bar.at_high) <= found.high
    slack = 1e-9 * (1 + abs(float(found.high)) + abs(float(found.low)))
    assert float(found.low) - slack <= drawn.ends[0]
    assert drawn.ends[1] <= float(found.high) + slack


@calm
@given(maps())
def test_a_snapshot_tells_the_whole_map_and_a_run_reproduces(of: ValueMap) -> None:
    assert from_snapshot(snapshot(of)) == of
    kept = run(of, draws=200, seed=3)
    assert again(kept) == (kept, ())


@calm
@given(maps())
def test_the_steps_and_the_waterfall_arrive_where_the_ratio_does(of: ValueMap) -> None:
    found = worth(of)
    told = steps(of)
    assert (told[-1].act, told[-1].result) == ("ratio", found.ratio)
    fallen = waterfall(of)
    assert printed(fallen[-1].left, 20) == printed(found.net_present, 20)
    assert printed(fallen[-2].left, 20) == printed(found.present, 20)


@calm
@given(maps(), st.integers(4, 60))
def test_the_callers_decimal_context_changes_nothing(of: ValueMap, digits: int) -> None:
    before, precise = worth(of), getcontext().prec
    try:
        getcontext().prec = digits
        assert worth(of) == before
    finally:
        getcontext().prec = precise


@calm
@given(maps(), st.sampled_from([Decimal(2), Decimal("0.1"), Decimal(1000)]))
def test_the_ratio_does_not_change_with_the_unit_of_money(of: ValueMap, factor: Decimal) -> None:
    def moved(one):  # type: ignore[no-untyped-def]
        figure = one.price.value
        scaled = replace(
            figure, best=figure.best * factor, low=figure.low * factor, high=figure.high * factor
        )
        return replace(one, price=replace(one.price, value=scaled))

    other = replace(
        of,
        outcomes=tuple(moved(row) for row in of.outcomes),
        inputs=tuple(moved(given) for given in of.inputs),
    )
    was, now = worth(of).ratio, worth(other).ratio
    assert was is not None
    assert now is not None
    assert printed(was, 30) == printed(now, 30)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.integers(1, 97), min_size=1, max_size=6),
    st.integers(-(10**9), 10**9),
    st.integers(0, 3),
)
def test_partners_parts_sum_to_the_whole_also_when_printed(
    weights: list[int], cents: int, places: int
) -> None:
    whole = Decimal(cents) / 7
    shares = {str(at): Decimal(weight) / 100 for at, weight in enumerate(weights)}
    shares["rest"] = 1 - sum(shares.values())
    if not 0 <= shares["rest"] <= 1:
        with pytest.raises(ValueError, match="between 0 and 1"):
            divide(whole, shares)
        return
    parts = divide(whole, shares)
    assert abs(sum(Fraction(part) for part in parts.values()) - Fraction(whole)) < 1
    told = printed_parts(parts, places)
    total = sum(parts.values())
    assert sum(told.values()) == printed(total, places)
    for key, value in told.items():
        assert abs(value - parts[key]) <= Decimal(1).scaleb(-places) * Decimal("1.0001")
