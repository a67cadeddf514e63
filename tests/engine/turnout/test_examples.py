"""Turnout told in worked numbers, and wrong answers that the judge must catch."""

import doctest
import importlib
from dataclasses import replace

import numpy as np
import pytest

from footbridge.engine.checks.turnout import (
    band_faults,
    forecast_faults,
    plan_faults,
    rate_faults,
    walk_in_faults,
)
from footbridge.engine.turnout import (
    HARD_RISK,
    Because,
    Date,
    Distribution,
    Expected,
    Guests,
    Past,
    ShowRate,
    Standing,
    Step,
    WalkIns,
    accept_limit,
    advise,
    even_out,
    forecast,
    kept,
    learn,
    room_for,
)

CAFÉ, WALK = "café", "walk"
NEW, BACK, SURE = Standing.FIRST_TIMER, Standing.RETURNER, Standing.CONFIRMED


@pytest.mark.parametrize("part", ["", ".rates", ".distribution", ".limits", ".evening", ".weather"])
def test_the_examples_hold(part: str) -> None:
    result = doctest.testmod(importlib.import_module(f"footbridge.engine.turnout{part}"))
    assert result.attempted > 0
    assert result.failed == 0


def test_thirty_of_forty_with_the_prior_is_seventy_two_per_cent() -> None:
    rates = learn([Past(1, CAFÉ, BACK, 40, 30, 20)])
    assert rates.of(CAFÉ, BACK).mean == pytest.approx(0.72)


def test_a_host_without_sessions_is_presumed_to_see_six_in_ten() -> None:
    rates = learn([])
    assert rates.of(CAFÉ, NEW) == ShowRate(0.6, 10)
    assert rates.of(CAFÉ, SURE) == ShowRate(0.85, 10)
    assert rates.sway == pytest.approx(0.4, abs=0.01)


def test_who_confirmed_teaches_how_often_the_confirmed_come() -> None:
    said = [Past(day, CAFÉ, BACK, 10, 6, 7) for day in range(6)]
    sure = [Past(day, CAFÉ, SURE, 5, 3, 7) for day in range(6)]
    rates = learn(said, confirmed=sure)
    assert rates.of(CAFÉ, SURE).mean == pytest.approx((8.5 + 18) / 40)
    assert rates.of(CAFÉ, BACK) == learn(said).of(CAFÉ, BACK)
    assert rates.sway == learn(said).sway
    with pytest.raises(ValueError, match="a second time"):
        learn(said, confirmed=said)


def test_the_judge_sees_rates_and_walk_ins_that_were_not_learnt() -> None:
    past = [Past(1, CAFÉ, BACK, 40, 30, 20)]
    right = learn(past).of(CAFÉ, BACK)
    assert rate_faults(past, (), CAFÉ, BACK, 0.6, right) == []
    assert rate_faults(past, (), CAFÉ, BACK, 0.6, replace(right, mean=0.75))
    assert rate_faults(past, (), CAFÉ, BACK, 0.6, replace(right, weight=51))
    assert walk_in_faults([(2, 7), (4, 14)], 0.5, WalkIns.learn([(2, 7), (4, 14)])) == []
    assert walk_in_faults([(2, 7), (4, 14)], 0.5, WalkIns(3.0, 1.0))
    assert walk_in_faults([(2, 7), (4, 14)], 0.5, WalkIns(6.5 / 3, 100.0))


def test_walk_ins_lean_on_what_is_presumed_until_there_are_sessions() -> None:
    assert WalkIns.learn([], presumed=3).mean == 3
    assert WalkIns.learn([(0, 7)] * 9, presumed=3).mean == pytest.approx(0.3)
    with pytest.raises(ValueError, match="above 0"):
        WalkIns.learn([], presumed=0)


def test_new_ones_and_returners_are_counted_apart() -> None:
    rates = learn([Past(1, CAFÉ, NEW, 10, 2, 5), Past(1, CAFÉ, BACK, 10, 9, 5)])
    assert rates.of(CAFÉ, NEW).mean == pytest.approx((6 + 2) / 20)
    assert rates.of(CAFÉ, BACK).mean == pytest.approx((6 + 9) / 20)


def test_a_new_format_leans_on_the_others_and_then_on_itself() -> None:
    elsewhere = [Past(day, CAFÉ, BACK, 10, 9, 7 * day) for day in range(1, 10)]
    leaning = (6 + 81) / 100
    assert learn(elsewhere).of(WALK, BACK).mean == pytest.approx(leaning)
    own = [*elsewhere, Past(50, WALK, BACK, 40, 10, 3)]
    assert learn(own).of(WALK, BACK).mean == pytest.approx((10 * leaning + 10) / 50)
    assert learn(own).of(CAFÉ, BACK).mean == pytest.approx((10 * 16 / 50 + 81) / 100)


def test_sessions_fade_after_twelve_months_and_are_forgotten_after_twenty_four() -> None:
    assert [kept(days) for days in (0, 365, 456.25, 730, 5000)] == [1, 1, 0.75, 0, 0]
    old = learn([Past(1, CAFÉ, BACK, 40, 40, 800)])
    assert old.of(CAFÉ, BACK) == ShowRate(0.6, 10)


def test_one_full_evening_is_less_evidence_than_ten_small_ones() -> None:
    one = learn([Past(1, CAFÉ, BACK, 40, 24, 5)]).of(CAFÉ, BACK)
    ten = learn([Past(day, CAFÉ, BACK, 4, 2 + day % 2, 5) for day in range(10)]).of(CAFÉ, BACK)
    assert one.weight < ten.weight < 50


def test_evenings_that_go_up_and_down_together_are_noticed() -> None:
    steady = learn([Past(day, CAFÉ, BACK, 20, 12, 7) for day in range(30)])
    moody = learn([Past(day, CAFÉ, BACK, 20, (4, 19)[day % 2], 7) for day in range(30)])
    assert steady.sway < 0.2
    assert moody.sway > 1.1


@pytest.mark.parametrize(
    ("share", "limit", "risk_of_fewer_than_four"),
    [(0.5, 15, 0.018), (0.6, 13, 0.008), (0.7, 12, 0.002), (0.8, 11, 0.000), (0.9, 10, 0.000)],
)
def test_accept_limits_for_ten_seats(
    share: float, limit: int, risk_of_fewer_than_four: float
) -> None:
    assert accept_limit(share, 10) == limit
    accepted = forecast([Expected(limit, ShowRate.known(share))], sway=0)
    assert accepted.p_below(4) == pytest.approx(risk_of_fewer_than_four, abs=0.0005)
    assert accepted.p_above(10) <= 0.10


def test_with_only_ten_accepted_and_half_of_them_coming_four_are_missed_one_time_in_six() -> None:
    accepted = forecast([Expected(10, ShowRate.known(0.5))], sway=0)
    assert accepted.p_below(4) == pytest.approx(0.17, abs=0.005)


def test_doubt_hard_rooms_and_weather_each_lower_the_limit() -> None:
    prior = ShowRate.of(0, 0)
    assert accept_limit(0.6, 10) == 13
    assert accept_limit(prior, 10) == 12
    assert accept_limit(prior, 10, sway=0.4) == 11
    assert accept_limit(prior, 10, HARD_RISK) == 10
    assert accept_limit(0.5, 10, HARD_RISK) == 12


def test_the_limit_is_the_cap_where_all_come_and_bounded_where_hardly_anybody_does() -> None:
    assert accept_limit(1.0, 10) == 10
    assert accept_limit(0.0, 10) == 100
    assert accept_limit(0.6, 0) == 0
    assert accept_limit(0.6, 10, alpha=1.0) == 100
    assert accept_limit(0.6, 10, alpha=0.0) == 10


def test_room_that_others_and_walk_ins_take_is_gone() -> None:
    rate = ShowRate.of(30, 40)
    alone = room_for([], rate, 10)
    assert room_for([Expected(alone, rate)], rate, 10) == 0
    assert room_for([Expected(6, rate)], rate, 10, walk_ins=WalkIns(2, 5)) < alone - 6


def test_nobody_accepted_is_nobody_for_certain() -> None:
    nobody = forecast([])
    assert nobody.chances.tolist() == [1.0]
    assert (nobody.mean, nobody.band(), nobody.p_below(1), nobody.p_above(0)) == (0, (0, 0), 1, 0)
    assert forecast([Expected(0, ShowRate.of(1, 2))]).chances.tolist() == [1.0]


def test_those_who_have_confirmed_make_an_evening_surer() -> None:
    rates = learn([])
    before = forecast([Expected(8, rates.of(CAFÉ, BACK))])
    after = forecast([Expected(8, rates.of(CAFÉ, SURE))])
    assert after.mean == pytest.approx(6.8)
    assert after.spread < before.spread
    assert after.p_below(4) < 0.05 < before.p_below(4)


def test_two_groups_share_one_weather() -> None:
    half = [Expected(10, ShowRate.known(0.5))] * 2
    whole = [Expected(20, ShowRate.known(0.5))]
    assert forecast(half, sway=0.6).chances == pytest.approx(forecast(whole, sway=0.6).chances)
    assert forecast(half, sway=0.6).spread > 1.4 * forecast(half, sway=0.0).spread


def test_walk_ins_come_on_top() -> None:
    with_walk_ins = forecast([Expected(5, ShowRate.known(1.0))], walk_ins=WalkIns(2.0, np.inf))
    assert with_walk_ins.p_below(5) == 0
    assert with_walk_ins.chances[5] == pytest.approx(np.exp(-2), abs=1e-6)
    assert with_walk_ins.mean == pytest.approx(7, abs=1e-6)


def test_walk_ins_are_learnt_with_their_unsteadiness() -> None:
    steady = WalkIns.learn([(2, day) for day in range(20)])
    unsteady = WalkIns.learn([((0, 8)[day % 5 == 0], day) for day in range(20)])
    assert steady.mean == pytest.approx(40.5 / 21)
    assert unsteady.shape < 2 < steady.shape
    assert WalkIns.learn([(9, 900)]) == WalkIns.learn([])


@pytest.mark.parametrize(
    ("accepted", "hours", "step"),
    [
        (4, 72, Step.INVITE_MORE),
        (4, 24, Step.CANCEL_OR_MERGE),
        (0, 0, Step.CANCEL_OR_MERGE),
        (9, 24, Step.GO_AHEAD),
        (20, 24, Step.ACCEPT_NO_MORE),
    ],
)
def test_what_to_do_depends_on_the_chance_and_on_the_time_left(
    accepted: int, hours: float, step: Step
) -> None:
    told = advise(forecast([Expected(accepted, ShowRate.known(0.7))], sway=0), 4, 10, hours)
    assert told.step is step
    assert (told.quorum, told.cap, told.hours_left) == (4, 10, hours)


def test_an_evening_that_may_be_either_asks_again() -> None:
    either = Distribution.of([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])
    assert advise(either, 4, 10, 48).step is Step.ASK_AGAIN


def test_a_fifth_is_not_yet_too_many() -> None:
    assert advise(Distribution.of([2, 0, 0, 0, 8]), 4, 10, 24).step is Step.GO_AHEAD
    assert advise(Distribution.of([2.1, 0, 0, 0, 7.9]), 4, 10, 24).step is Step.CANCEL_OR_MERGE


def test_a_date_far_below_its_quorum_is_filled_and_a_full_one_left_alone() -> None:
    rate = ShowRate.known(0.7)
    full = forecast([Expected(13, rate)])
    dates = [Date(4, 10, forecast([])), Date(4, 10, full)]
    plan = even_out(dates, Guests.of(np.ones((30, 2), bool), 0.5, 0.7))
    empty, crowded = plan.dates
    assert empty.before.within == 0
    assert empty.after.within > 0.85
    assert empty.because is Because.LIKELY
    assert crowded.people == ()
    assert crowded.because is Because.OVERFULL
    assert plan_faults(dates, Guests.of(np.ones((30, 2), bool), 0.5, 0.7), plan) == []


def test_who_can_come_on_one_date_only_is_kept_for_it() -> None:
    sure = Guests.of(np.array([[True, True]] * 2 + [[True, False]] * 2), 1.0, 1.0)
    dates = [Date(2, 2, forecast([])), Date(2, 2, forecast([]))]
    assert [one.people for one in even_out(dates, sure).dates] == [(2, 3), (0, 1)]


def test_too_few_for_two_dates_fill_one() -> None:
    guests = Guests.of(np.ones((5, 2), bool), 1.0, 0.9)
    dates = [Date(4, 10, forecast([]))] * 2
    first, second = even_out(dates, guests).dates
    assert len(first.people) == 5
    assert second.people == ()
    assert second.because is Because.NOBODY_LEFT


def test_who_has_been_away_longest_comes_first_among_those_alike() -> None:
    guests = Guests.of(np.ones((4, 1), bool), 1.0, 1.0, away=np.array([5.0, 90.0, 30.0, 400.0]))
    assert even_out([Date(2, 2, forecast([]))], guests).dates[0].people == (1, 3)


def test_where_acceptances_are_limited_too_many_are_no_harm() -> None:
    guests = Guests.of(np.ones((40, 1), bool), 0.4, 0.7)
    free = even_out([Date(4, 6, forecast([]))], guests).dates[0]
    limited = even_out([Date(4, 6, forecast([]), limited=True)], guests).dates[0]
    assert len(limited.people) > len(free.people)
    assert limited.after.below < free.after.below
    assert limited.after.above == pytest.approx(0, abs=1e-9)


def test_no_dates_and_no_people_are_no_invitations() -> None:
    assert even_out([], Guests.of(np.ones((3, 0), bool), 0.5, 0.5)).dates == ()
    empty = even_out([Date(4, 10, forecast([]))], Guests.of(np.ones((0, 1), bool), 0.5, 0.5))
    assert [one.people for one in empty.dates] == [()]
    assert empty.value == 0


def test_five_thousand_people_and_twelve_dates_are_planned_well() -> None:
    rng = np.random.default_rng(1)
    guests = Guests.of(
        rng.random((5000, 12)) < 0.6, rng.beta(2, 5, 5000), rng.beta(6, 4, 5000), most=2
    )
    dates = [Date(4, 10, forecast([Expected(at % 5, ShowRate.of(3, 5))])) for at in range(12)]
    plan = even_out(dates, guests)
    assert min(one.after.within for one in plan.dates) > 0.9
    assert plan == even_out(dates, guests)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: ShowRate(1.2, 10), "between 0 and 1"),
        (lambda: ShowRate(float("nan"), 10), "between 0 and 1"),
        (lambda: ShowRate(0.5, 0), "weight of a rate"),
        (lambda: ShowRate.of(5, 4), "it must be 0 to 4"),
        (lambda: Past(1, CAFÉ, NEW, 4, 5, 1), "it must be 0 to 4"),
        (lambda: Past(1, CAFÉ, NEW, 4, 3, -1), "0 or more days back"),
        (lambda: Past(1, CAFÉ, NEW, 4, 3, float("nan")), "0 or more days back"),
        (lambda: Expected(-1, ShowRate(0.5, 1)), "0 or more people"),
        (lambda: WalkIns(-1, 1), "0 or more"),
        (lambda: WalkIns(1, 0), "above 0"),
        (lambda: WalkIns.learn([(-1, 3)]), "0 or more"),
        (lambda: forecast([], sway=-0.1), "sway"),
        (lambda: forecast([], sway=float("nan")), "sway"),
        (lambda: Distribution.of([]), "chances"),
        (lambda: Distribution.of([0.5, float("nan")]), "chances"),
        (lambda: Distribution.of([0, 0]), "more than 0"),
        (lambda: forecast([]).quantile(2), "between 0 and 1"),
        (lambda: forecast([]).band(0), "above 0"),
        (lambda: accept_limit(0.5, -1), "0 or more seats"),
        (lambda: accept_limit(0.5, 10, 1.5), "a risk"),
        (lambda: accept_limit(-0.5, 10), "between 0 and 1"),
        (lambda: advise(forecast([]), 5, 4, 24), "at most the cap"),
        (lambda: advise(forecast([]), 4, 5, -1), "0 or more hours"),
        (lambda: Date(-1, 4, forecast([])), "0 or more"),
        (lambda: Guests.of(np.ones((2, 1), bool), [0.5], 0.5), "each of 2 people"),
        (lambda: Guests.of(np.ones((2, 1), bool), 0.5, [0.5, float("nan")]), "0 to 1"),
        (lambda: Guests.of(np.ones((2, 1), bool), 0.5, 0.5, most=-1), "0 or more"),
        (lambda: Guests.of(np.ones((2, 1), bool), 0.5, 0.5, most=0.5), "whole number"),
        (lambda: Guests.of(np.ones((2, 1), bool), 0.5, 0.5, away=-1), "0 or more"),
        (lambda: Guests.of(np.ones((2, 1)), 0.5, 0.5), "truth values"),
        (lambda: even_out([], Guests.of(np.ones((2, 1), bool), 0.5, 0.5)), "1 dates, not 0"),
        (
            lambda: even_out(
                [Date(1, 2, forecast([]))], Guests.of(np.ones((2, 1), bool), 0.5, 0.5), cost=-1
            ),
            "costs 0 or more",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(wrong, message: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=message):
        wrong()


def test_the_judge_catches_planted_wrong_answers() -> None:
    groups = [Expected(6, ShowRate.of(3, 4))]
    right = forecast(groups, sway=0.3)
    assert forecast_faults(groups, None, 0.3, right) == []
    assert forecast_faults([Expected(6, ShowRate.of(0, 4))], None, 0.3, right) != []
    assert forecast_faults(groups, None, 1.0, right) != []
    assert band_faults(right, 0.8) == []

    guests = Guests.of(np.array([[True, False], [True, True]]), 0.9, 0.9)
    dates = [Date(1, 1, forecast([])), Date(1, 1, forecast([]))]
    plan = even_out(dates, guests)
    assert plan_faults(dates, guests, plan) == []
    one, two = plan.dates
    planted = {
        "cannot come": (one, replace(two, people=(0,), after=one.after)),
        "is invited 2 times": (replace(one, people=(1,)), replace(two, people=(1,))),
        "twice to date": (replace(one, people=(1, 1)), two),
        "lands well with": (replace(one, after=replace(one.after, within=0.99)), two),
        "in order": (two, one),
    }
    for fault, wrong in planted.items():
        told = plan_faults(dates, guests, replace(plan, dates=wrong))
        assert any(fault in line for line in told), fault
