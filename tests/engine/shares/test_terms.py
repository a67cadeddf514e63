"""Bargains, burdens and what success pays, in worked numbers; the judge must catch wrong ones."""

from dataclasses import replace
from decimal import Decimal

import pytest

from footbridge.engine import shares
from footbridge.engine.checks.shares import barter_faults, closing_faults, upside_faults
from footbridge.engine.shares import (
    Equity,
    Fee,
    Reinvestment,
    Royalty,
    Rule,
    Scenario,
    Step,
    SuccessBonus,
    Upside,
)


def printed(amounts: object) -> list[str]:
    return [str(one) for one in amounts]  # type: ignore[attr-defined]


# Bargains and burdens.


def test_two_sides_divide_what_is_beyond_walking_away() -> None:
    assert printed(shares.nash(100, [30, 10]).shares) == ["60.00", "40.00"]
    assert printed(shares.nash(100, [30, 10], [2, 1]).shares) == ["70.00", "30.00"]
    three = shares.nash(Decimal("100"), [0, 0, 0])
    assert printed(three.shares) == ["33.34", "33.33", "33.33"]


def test_no_deal_where_both_could_have_more_alone() -> None:
    found = shares.nash(30, [30, 10])
    assert (found.shares, found.surplus) == (None, Decimal("-10.00"))
    just = shares.nash(40, [30, 10])
    assert (printed(just.shares), just.surplus) == (["30.00", "10.00"], Decimal("0.00"))


def test_a_weaker_place_to_walk_away_to_lowers_the_share() -> None:
    strong, weak = shares.nash(100, [30, 30]).shares, shares.nash(100, [10, 30]).shares
    assert strong is not None
    assert weak is not None
    assert weak[0] < strong[0]


def test_bill_and_jack_swap_what_nash_says() -> None:
    worth = [(2, 4), (2, 2), (2, 1), (2, 2), (4, 1), (10, 1), (4, 1), (6, 2), (2, 2)]
    owner = [0] * 5 + [1] * 4
    best, second = shares.barter(worth, owner, top=2)
    assert best.gives == (0, 1, 2, 3, 5, 6, 7)
    assert printed(best.gains) == ["12", "5"]
    assert (str(best.product), str(second.product)) == ("60", "56")
    assert barter_faults(worth, owner, [best, second]) == []
    assert barter_faults(worth, owner, [second])


def test_nothing_is_swapped_that_one_side_would_lose_by() -> None:
    assert shares.barter([(5, 1), (1, 5)], [0, 1]) == ()
    assert shares.barter([], []) == ()
    with pytest.raises(ValueError, match="up to 20 things"):
        shares.barter([(1, 1)] * 21, [0] * 21)


def test_a_step_is_paid_by_those_who_need_it() -> None:
    steps = [Step(900, [0, 1, 2]), Step(500, [1, 2]), Step(Decimal("0.05"), [2])]
    assert printed(shares.by_need(steps, 3)) == ["300.00", "550.00", "550.05"]
    assert printed(shares.by_need([], 2)) == ["0.00", "0.00"]
    with pytest.raises(ValueError, match="nobody needs it"):
        shares.by_need([Step(1, [])], 2)
    with pytest.raises(ValueError, match="at most once"):
        shares.by_need([Step(1, [0, 0])], 2)


@pytest.mark.parametrize(
    ("estate", "talmud", "awards", "losses", "proportional"),
    [
        (100, ["33.34", "33.33", "33.33"], ["33.34", "33.33", "33.33"], ["0.00", "0.00", "100.00"],
         ["16.67", "33.33", "50.00"]),
        (200, ["50.00", "75.00", "75.00"], ["66.67", "66.67", "66.66"], ["0.00", "50.00", "150.00"],
         ["33.33", "66.67", "100.00"]),
        (300, ["50.00", "100.00", "150.00"], ["100.00", "100.00", "100.00"],
         ["0.00", "100.00", "200.00"], ["50.00", "100.00", "150.00"]),
    ],
)  # fmt: skip
def test_an_estate_too_small_for_100_200_and_300(
    estate: int, talmud: list[str], awards: list[str], losses: list[str], proportional: list[str]
) -> None:
    found = shares.closing(estate, [100, 200, 300])
    assert printed(found.paid[Rule.TALMUD]) == talmud
    assert printed(found.paid[Rule.EQUAL_AWARDS]) == awards
    assert printed(found.paid[Rule.EQUAL_LOSSES]) == losses
    assert printed(found.paid[Rule.PROPORTIONAL]) == proportional
    assert found.missing == 600 - estate
    claims = [Decimal(100), Decimal(200), Decimal(300)]
    assert closing_faults(Decimal(estate), claims, found) == []
    wrong = replace(found, paid=found.paid | {Rule.TALMUD: found.paid[Rule.EQUAL_LOSSES]})
    assert closing_faults(Decimal(estate), claims, wrong)


def test_enough_for_everybody_pays_every_claim_and_leaves_the_rest() -> None:
    found = shares.closing(1000, [100, 200])
    assert {tuple(printed(paid)) for paid in found.paid.values()} == {("100.00", "200.00")}
    assert found.missing == 0
    assert shares.closing(0, []).paid[Rule.TALMUD] == ()
    assert printed(shares.closing(0, [0, 5]).paid[Rule.PROPORTIONAL]) == ["0.00", "0.00"]


# What success pays.

LEAN = Scenario([1000, 2000, 3000], surplus=[-200, 100, 500], worth=10_000, chance=1)


@pytest.mark.parametrize(
    ("option", "paid"),
    [
        (Fee(100, once=50), ["150.00", "100.00", "100.00"]),
        (Royalty(Decimal("0.05")), ["50.00", "100.00", "150.00"]),
        (SuccessBonus(400, reached=3000), ["0.00", "400.00", "0.00"]),
        (SuccessBonus(400, reached=6001), ["0.00", "0.00", "0.00"]),
        (Equity(Decimal("0.1")), ["0.00", "0.00", "1000.00"]),
        (Reinvestment(Decimal("0.5")), ["0.00", "50.00", "250.00"]),
        (Upside(Decimal("0.1"), hurdle=1500), ["0.00", "50.00", "150.00"]),
        (Upside(Decimal("0.1"), hurdle=1500, base=20), ["20.00", "70.00", "170.00"]),
        (Upside(Decimal("0.1"), hurdle=1500, floor=60), ["60.00", "60.00", "150.00"]),
        (Upside(Decimal("0.1"), hurdle=1500, floor=60, cap=150), ["60.00", "60.00", "30.00"]),
        (Upside(Decimal("0.1"), hurdle=1500, floor=60, start=2), ["0.00", "0.00", "150.00"]),
        (Upside(Decimal("0.1"), cap=0), ["0.00", "0.00", "0.00"]),
    ],
)
def test_what_each_option_pays_year_by_year(option: shares.Option, paid: list[str]) -> None:
    assert printed(option.paid(LEAN)) == paid


@pytest.mark.parametrize(
    ("tail", "paid"),
    [
        (0, ["100.00", "100.00", "0.00", "0.00"]),
        (1, ["100.00", "100.00", "100.00", "0.00"]),
        (None, ["100.00", "100.00", "100.00", "100.00"]),
    ],
)
def test_a_tail_pays_on_after_the_partnership_has_ended(tail: int | None, paid: list[str]) -> None:
    gone = Scenario([1000] * 4, ends=1)
    assert printed(Upside(Decimal("0.1"), tail=tail).paid(gone)) == paid
    assert printed(Royalty(Decimal("0.1"), tail=tail).paid(gone)) == paid


def test_a_sale_pays_its_lump_within_the_cap() -> None:
    sold = Scenario([0, 0, 0], worth=900, sold=1)
    assert printed(Upside(0, on_sale=500).paid(sold)) == ["0.00", "500.00", "0.00"]
    assert printed(Upside(0, on_sale=500, cap=300).paid(sold)) == ["0.00", "300.00", "0.00"]
    assert printed(Upside(0, on_sale=500, start=2).paid(sold)) == ["0.00", "0.00", "0.00"]
    assert printed(Equity(0.5).paid(sold)) == ["0.00", "450.00", "0.00"]


def test_every_payment_is_rounded_to_the_cent_half_up() -> None:
    once = Scenario([Decimal("0.10")])
    assert printed(Royalty(Decimal("0.05")).paid(once)) == ["0.01"]
    assert printed(Royalty(0.05).paid(once)) == ["0.01"]
    assert printed(Royalty(Decimal("0.049")).paid(once)) == ["0.00"]
    assert printed(Royalty(0.5).paid(Scenario([3]), 0)) == ["2"]


def test_options_are_laid_side_by_side() -> None:
    good = Scenario([1000, 5000, 20_000], surplus=[0, 1000, 9000], worth=100_000, chance=3)
    fee, upside, back = shares.compare(
        [Fee(300), Upside(Decimal("0.05"), hurdle=2000, base=100), Reinvestment(Decimal("0.2"))],
        [LEAN, good],
        yearly_rate=Decimal("0.10"),
    )
    assert (fee.least, fee.most, fee.expected) == (900, 900, 900)
    assert (upside.least, upside.most, upside.expected) == (350, 1350, 1100)
    assert printed(one.today for one in fee.paid) == ["746.06", "746.06"]
    assert upside.expected_today == Decimal("858.19")
    assert (back.to_purpose, fee.to_purpose) == (True, False)
    assert printed(one.total for one in back.paid) == ["120.00", "2000.00"]


def test_without_chances_there_is_no_expectation() -> None:
    (found,) = shares.compare([Fee(1)], [Scenario([0]), Scenario([5])])
    assert (found.expected, found.expected_today) == (None, None)
    assert shares.compare([], [Scenario([0])]) == ()


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: Upside(1.5), "share must be between 0 and 1"),
        (lambda: Upside(-0.1), "share must be 0 or more"),
        (lambda: Upside(0.1, floor=-1), "floor must be 0 or more"),
        (lambda: Upside(0.1, cap=float("nan")), "cap must be a number"),
        (lambda: Upside(0.1, tail=-1), "tail must be a whole number of years"),
        (lambda: Upside("0.1"), "share must be a number"),  # type: ignore[arg-type]
        (lambda: Royalty(True), "share must be a number"),
        (lambda: Fee(Decimal("1e99")), "more digits"),
        (lambda: Scenario([]), "at least one year"),
        (lambda: Scenario([1, -1]), "revenue of year 1 must be 0 or more"),
        (lambda: Scenario([1], surplus=[1, 2]), "2 years"),
        (lambda: Scenario([1], ends=1), "ends is 1: years run from 0 to 0"),
        (lambda: shares.compare([Fee(1)], []), "at least one scenario"),
        (lambda: shares.compare([Fee(1)], [LEAN, Scenario([1])]), "or to none"),
        (lambda: shares.compare([Fee(1)], [Scenario([1], chance=0)]), "above 0"),
        (lambda: Reinvestment(0.1).paid(Scenario([1])), "does not tell it"),
        (lambda: shares.nash(1, []), "at least one side"),
        (lambda: shares.nash(1, [0, 0], [0, 0]), "above 0"),
        (lambda: shares.nash(1, [0, 0], [1]), "1 of 2 sides"),
        (lambda: shares.equal_split(1, 0), "at least one side"),
        (lambda: shares.closing(-1, [1]), "estate must be 0 or more"),
    ],
)
def test_terms_that_make_no_sense_are_refused_in_a_sentence(make: object, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        make()  # type: ignore[operator]


def test_the_judge_sees_a_payment_that_forgot_the_cap_or_the_floor() -> None:
    clause = Upside(Decimal("0.1"), hurdle=1500, floor=60, cap=150)
    assert upside_faults(clause, LEAN, clause.paid(LEAN)) == []
    assert upside_faults(clause, LEAN, replace(clause, cap=None).paid(LEAN))
    assert upside_faults(clause, LEAN, replace(clause, floor=0).paid(LEAN))
