"""Turnout on random input, against a judge that adds up differently and tries every plan."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from footbridge.engine.checks.turnout import (
    band_faults,
    best_value,
    forecast_faults,
    limit_faults,
    plan_faults,
    rate_faults,
    walk_in_faults,
)
from footbridge.engine.turnout import (
    PRESUMED,
    PRESUMED_YES,
    Date,
    Distribution,
    Expected,
    Guests,
    Past,
    ShowRate,
    Standing,
    WalkIns,
    accept_limit,
    even_out,
    forecast,
    learn,
)

shares = st.sampled_from([0.0, 0.05, 0.4, 0.6, 0.93, 1.0])
weights = st.sampled_from([1.0, 10.0, 80.0, np.inf])
rates = st.builds(ShowRate, shares, weights)
groups = st.lists(st.builds(Expected, st.integers(0, 9), rates), max_size=3)
sways = st.sampled_from([0.0, 0.2, 0.5, 0.9])
walk_ins = st.none() | st.builds(WalkIns, st.sampled_from([0.0, 0.5, 2.0]), weights)


@settings(max_examples=60, deadline=None)
@given(groups, walk_ins, sways)
def test_a_forecast_is_what_plain_sums_give(
    some: list[Expected], walking: WalkIns | None, sway: float
) -> None:
    answer = forecast(some, walk_ins=walking, sway=sway)
    assert forecast_faults(some, walking, sway, answer) == []
    expected = sum(one.people * one.rate.mean for one in some)
    expected += walking.mean if walking else 0.0
    assert answer.mean == pytest.approx(expected, abs=1e-5)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=12), st.integers(1, 20))
def test_a_band_is_the_narrowest_and_quantiles_meet_it(chances: list[int], share: int) -> None:
    if not any(chances):
        chances[0] = 1
    given_ = Distribution.of(chances)
    assert band_faults(given_, share / 20) == []
    middle = given_.quantile(0.5)
    assert given_.p_below(middle) < 0.5 + 1e-9
    assert given_.p_above(middle) < 0.5 + 1e-9
    low, high = given_.band(share / 20)
    assert given_.p_within(low, high) == pytest.approx(
        1 - given_.p_below(low) - given_.p_above(high)
    )


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 40), st.floats(0.05, 0.95), st.sampled_from([2.0, 10.0, 60.0]))
def test_a_group_is_the_beta_binomial_of_scipy(n: int, share: float, weight: float) -> None:
    ours = forecast([Expected(n, ShowRate(share, weight))], sway=0.0).chances
    theirs = stats.betabinom.pmf(np.arange(n + 1), n, share * weight, (1 - share) * weight)
    assert ours == pytest.approx(theirs, abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(
    st.floats(0.2, 1.0),
    weights,
    st.integers(0, 12),
    st.sampled_from([0.01, 0.1, 0.3]),
    st.sampled_from([0.0, 0.5]),
)
def test_one_more_than_the_limit_would_overflow(
    share: float, weight: float, cap: int, alpha: float, sway: float
) -> None:
    rate = ShowRate(share, weight)
    answer = accept_limit(rate, cap, alpha, sway=sway)
    assert limit_faults(rate, cap, alpha, sway, answer) == []


@st.composite
def seasons(draw: st.DrawFn, most_people: int, most_dates: int) -> tuple[list[Date], Guests]:
    """A few dates, some limited or begun to fill, and people with chances of every size."""
    dates = []
    for _ in range(draw(st.integers(0, most_dates))):
        quorum = draw(st.integers(0, 3))
        accepted = [Expected(draw(st.integers(0, 4)), ShowRate.of(3, 5))]
        coming = forecast(accepted, sway=draw(st.sampled_from([0.0, 0.5])))
        dates.append(Date(quorum, quorum + draw(st.integers(0, 3)), coming, draw(st.booleans())))
    n = draw(st.integers(0, most_people))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return dates, Guests.of(
        rng.random((n, len(dates))) < 0.8,
        rng.choice([0.0, 0.3, 0.9, 1.0], n),
        rng.random(n),
        rng.integers(0, 3, n),
        rng.integers(0, 400, n).astype(float),
    )


@settings(max_examples=80, deadline=None)
@given(seasons(most_people=25, most_dates=4))
def test_a_plan_invites_only_who_may_come_and_tells_the_truth(
    season: tuple[list[Date], Guests],
) -> None:
    dates, guests = season
    assert plan_faults(dates, guests, even_out(dates, guests)) == []


@settings(max_examples=40, deadline=None)
@given(seasons(most_people=4, most_dates=3))
def test_a_plan_is_close_to_the_best_of_all_plans(season: tuple[list[Date], Guests]) -> None:
    dates, guests = season
    answer = even_out(dates, guests)
    best = best_value(dates, guests, answer.cost)
    assert answer.value <= best + 1e-9
    assert answer.value >= best - 0.5


def test_nine_plans_in_ten_are_the_best_there_is() -> None:
    rng = np.random.default_rng(8)
    short = []
    for _ in range(150):
        people, days = int(rng.integers(1, 6)), int(rng.integers(1, 4))
        dates = []
        for _ in range(days):
            quorum = int(rng.integers(0, 4))
            coming = forecast([Expected(int(rng.integers(0, 3)), ShowRate.of(3, 5))], sway=0.0)
            limited = bool(rng.random() < 0.4)
            dates.append(Date(quorum, quorum + int(rng.integers(0, 3)), coming, limited))
        guests = Guests.of(
            rng.random((people, days)) < 0.8,
            rng.random(people),
            rng.random(people),
            rng.integers(0, 3, people),
        )
        answer = even_out(dates, guests)
        short.append(best_value(dates, guests, answer.cost) - answer.value)
    assert np.mean(np.array(short) < 1e-3) > 0.9
    assert np.mean(short) < 0.01


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_order_in_which_sessions_are_told_does_not_matter(seed: int) -> None:
    rng = np.random.default_rng(seed)
    past = []
    for session in range(int(rng.integers(0, 15))):
        accepted = int(rng.integers(0, 20))
        came = int(rng.integers(0, accepted + 1))
        standing = list(Standing)[int(rng.integers(3))]
        past.append(Past(session, "ab"[session % 2], standing, accepted, came, 60.0 * session))
    shuffled = [past[at] for at in rng.permutation(len(past))]
    assert learn(past) == learn(shuffled)
    for standing in Standing:
        rate = learn(past).of("a", standing)
        assert 0 < rate.mean < 1
        assert rate.weight >= 10


def test_bands_of_hosts_whose_evenings_sway_hold_what_they_promise() -> None:
    """A hundred and twenty sessions of one host, each forecast from those before it."""
    rng = np.random.default_rng(3)
    past: list[Past] = []
    inside, promised = [], []
    for week in range(140):
        n = int(rng.integers(8, 22))
        odds = 0.6 + rng.normal(0, 0.5)
        came = int(rng.binomial(n, 1 / (1 + np.exp(-odds))))
        if week >= 20:
            rates_ = learn([one for one in past if week - one.session <= 60])
            told = forecast([Expected(n, rates_.of("a", Standing.RETURNER))], sway=rates_.sway)
            low, high = told.band(0.8)
            inside.append(low <= came <= high)
            promised.append(told.p_within(low, high))
        past.append(Past(week, "a", Standing.RETURNER, n, came, 0.0))
    assert np.mean(inside) == pytest.approx(np.mean(promised), abs=0.08)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_learnt_rates_are_what_a_count_by_hand_gives(seed: int) -> None:
    rng = np.random.default_rng(seed)
    past, again = _past(rng)
    for taken in (PRESUMED, PRESUMED_YES):
        learnt = learn(past, confirmed=again, presumed=taken)
        assert learnt.sway == learn(past, presumed=taken).sway
        for format in "abc":
            for standing in Standing:
                told = learnt.of(format, standing)
                assert not rate_faults(past, again, format, standing, taken[standing], told)


def _past(rng: np.random.Generator) -> tuple[list[Past], list[Past]]:
    """Sessions of three formats, and of those who said yes the ones who confirmed it."""
    past, again = [], []
    for session in range(int(rng.integers(0, 12))):
        accepted = int(rng.integers(0, 15))
        came = int(rng.integers(0, accepted + 1))
        sure = int(rng.integers(0, accepted + 1))
        there = int(rng.integers(max(0, sure - accepted + came), min(sure, came) + 1))
        days = float(rng.integers(0, 800))
        format, standing = "abc"[session % 3], list(Standing)[int(rng.integers(2))]
        past.append(Past(session, format, standing, accepted, came, days))
        again.append(Past(session, format, Standing.CONFIRMED, sure, there, days))
    return past, again


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 30), st.floats(0, 900)), max_size=12),
    st.floats(0.1, 5),
)
def test_learnt_walk_ins_are_what_a_count_by_hand_gives(
    seen: list[tuple[int, float]], presumed: float
) -> None:
    assert walk_in_faults(seen, presumed, WalkIns.learn(seen, presumed)) == []
