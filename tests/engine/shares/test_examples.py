"""Shares told in worked numbers, and wrong answers that the judge must catch."""

import doctest
import importlib
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from footbridge.engine import shares
from footbridge.engine.checks.shares import (
    share_faults,
    stability_faults,
    temptation_faults,
)
from footbridge.engine.shares import (
    Game,
    How,
    Odd,
    Pieces,
)

PUBLISHED = Game.listed([2, 4, 5, 18, 14, 9, 24])


def gloves(left: int, right: int) -> Game:
    """Each left glove and each right one make a pair worth 1."""
    n = left + right
    size = {
        group: min(sum(one < left for one in group), sum(one >= left for one in group))
        for count in range(1, n + 1)
        for group in combinations(range(n), count)
    }
    return Game.of(n, size)


def printed(amounts: object) -> list[str]:
    return [str(one) for one in amounts]  # type: ignore[attr-defined]


PARTS = ["", ".money", ".game", ".shapley", ".core", ".faults", ".bargain", ".burdens", ".upside"]


@pytest.mark.parametrize("part", PARTS)
def test_the_examples_hold(part: str) -> None:
    result = doctest.testmod(importlib.import_module(f"footbridge.engine.shares{part}"))
    assert result.attempted > 0
    assert result.failed == 0


def test_the_judge_s_examples_hold() -> None:
    result = doctest.testmod(importlib.import_module("footbridge.engine.checks.shares"))
    assert result.attempted > 0
    assert result.failed == 0


def test_the_page_says_what_is() -> None:
    page = Path(__file__).parents[3] / "docs/engine/shares.md"
    result = doctest.testfile(str(page), module_relative=False)
    assert result.attempted > 0
    assert result.failed == 0


# What each adds.


def test_a_published_game_of_three() -> None:
    assert printed(shares.shapley(PUBLISHED).in_cents()) == ["9.50", "8.00", "6.50"]


@pytest.mark.parametrize(
    ("replaceable", "scarce"), [(2, 2 / 3), (3, 3 / 4), (4, 4 / 5), (9, 9 / 10)]
)
def test_who_is_scarce_among_gloves_adds_nearly_all(replaceable: int, scarce: float) -> None:
    found = shares.shapley(gloves(1, replaceable))
    assert found.shares == pytest.approx([scarce, *[(1 - scarce) / replaceable] * replaceable])
    split = shares.stable_split(gloves(1, replaceable))
    assert split.shares == pytest.approx([1, *[0] * replaceable])
    assert not shares.better_alone(gloves(1, replaceable), found.shares).stable


def test_shares_are_printed_to_the_cent_and_add_up() -> None:
    found = shares.shapley(Pieces.of([0, 0, 0], {(0, 1, 2): 100})).in_cents()
    assert printed(found) == ["33.34", "33.33", "33.33"]
    assert sum(found) == Decimal("100.00")


def test_forty_parties_in_pieces_are_divided_exactly() -> None:
    pieces = Pieces.of([1.5] * 40, {(0, 1): 3, (0, 1, 2): -1, tuple(range(40)): 80, (38, 39): 0.5})
    found = shares.shapley(pieces)
    assert found.how is How.EXACT
    assert found.shares[0] == pytest.approx(1.5 + 1.5 - 1 / 3 + 2)
    assert found.shares[5] == pytest.approx(3.5)
    assert sum(found.in_cents()) == Decimal("142.50")


@pytest.mark.parametrize("parties", [4, 12])
def test_four_and_twelve_parties_are_exact(parties: int) -> None:
    values = {
        group: float(len(group) ** 2)
        for size in range(1, parties + 1)
        for group in combinations(range(parties), size)
    }
    found = shares.shapley(Game.of(parties, values))
    assert found.how is How.EXACT
    assert found.shares == pytest.approx([float(parties)] * parties)


def test_forty_parties_under_a_ceiling_are_sampled_with_an_interval() -> None:
    pieces = Pieces.of([1.0] * 20 + [3.0] * 20, {(0, 39): 4}, ceiling=60)
    with pytest.raises(ValueError, match="1 to 20 parties"):
        shares.shapley(pieces)
    found = shares.sampled(pieces.worth, 40, orders=2000, seed=3)
    assert (found.how, found.orders) == (How.SAMPLED, 2000)
    assert sum(found.shares) == pytest.approx(60)
    alike = np.array(found.shares[1:20]), np.array(found.margin[1:20])
    assert (np.abs(alike[0] - alike[0].mean()) < 2 * alike[1]).all()
    assert sum(found.in_cents()) == 60
    assert found == shares.sampled(pieces.worth, 40, orders=2000, seed=3)
    assert found != shares.sampled(pieces.worth, 40, orders=2000, seed=4)


def test_ten_thousand_orders_are_within_a_hundredth_on_a_game_of_nought_and_one() -> None:
    game = gloves(1, 4)
    found = shares.sampled(game.worth, 5, orders=10_000, seed=1)
    assert max(found.margin) <= 0.011
    assert found.shares == pytest.approx([0.8, 0.05, 0.05, 0.05, 0.05], abs=0.01)


def test_costs_are_negative_values() -> None:
    """An airport with runways of 12, 24 and 36: every party pays for what it needs."""
    alone = [12, 24, 36]
    costs = {
        group: -max(alone[one] for one in group)
        for size in (1, 2, 3)
        for group in combinations(range(3), size)
    }
    game = Game.of(3, costs)
    assert shares.shapley(game).shares == pytest.approx([-4, -10, -22])
    assert shares.better_alone(game, [-4, -10, -22]).stable
    assert printed(shares.by_size(alone)) == ["4.00", "10.00", "22.00"]


def test_a_range_gives_an_interval_and_the_printed_middle_adds_up() -> None:
    found = shares.shapley_between(Game.listed([1, 2, 6]), Game.listed([1, 4, 8]))
    assert found.how is How.RANGES
    assert found.shares == (2.5, 4.5)
    assert found.margin == (1.0, 1.0)
    low = Pieces.of([1] * 30, {(0, 1): 2})
    high = Pieces.of([1] * 30, {(0, 1): 4, (2, 3): 1})
    wide = shares.shapley_between(low, high)
    assert wide.shares[:5] == (2.5, 2.5, 1.25, 1.25, 1.0)
    assert wide.margin[:5] == (0.5, 0.5, 0.25, 0.25, 0.0)
    with pytest.raises(ValueError, match="above its high"):
        shares.shapley_between(high, low)


def test_the_judge_sees_shares_that_are_not_what_each_adds() -> None:
    right = shares.shapley(PUBLISHED)
    assert share_faults(PUBLISHED, right) == []
    assert share_faults(PUBLISHED, replace(right, shares=(8.0, 8.0, 8.0)))
    assert share_faults(PUBLISHED, replace(right, total=25.0))
    assert share_faults(PUBLISHED, replace(right, margin=(1.0, 0.0, 0.0)))


# Who would do better alone.


def test_who_would_do_better_alone_is_listed_by_how_much() -> None:
    check = shares.better_alone(PUBLISHED, [8, 8, 8])
    assert [(one.group, one.could, one.given, one.gap) for one in check.tempted] == [
        ((0, 1), 18.0, 16.0, 2.0)
    ]
    assert (check.count, check.undivided, check.stable) == (1, 0.0, False)


def test_of_those_equally_tempted_smaller_groups_come_first_and_then_lower_numbers() -> None:
    check = shares.better_alone(Game.listed([1, 0, 1, 3, 3, 3, 6]), [0, 2, 4])
    assert [(one.group, one.gap) for one in check.tempted] == [((0,), 1.0), ((0, 1), 1.0)]
    alike = shares.better_alone(Game.listed([1, 1, 1, 0, 0, 0, 6]), [0, 0, 0])
    assert [one.group for one in alike.tempted] == [(0,), (1,), (2,)]


def test_an_equal_split_may_always_be_held_against_the_same_check() -> None:
    equal = [float(one) for one in shares.equal_split(24, 3)]
    assert shares.better_alone(PUBLISHED, equal).count == 1
    even = Game.listed([0, 0, 0, 4, 4, 4, 12])
    assert shares.better_alone(even, [4, 4, 4]).stable


def test_cents_of_rounding_are_no_temptation() -> None:
    game = Game.listed([0, 0, 0, 2 / 3, 2 / 3, 2 / 3, 1])
    printed_split = [0.33, 0.33, 0.34]
    assert shares.better_alone(game, printed_split).count == 1
    assert shares.better_alone(game, printed_split, within=0.01).stable


def test_what_is_not_given_out_is_told() -> None:
    check = shares.better_alone(Game.listed([0, 0, 10]), [4, 4])
    assert (check.tempted, check.undivided, check.stable) == ((), 2.0, False)
    over = shares.better_alone(Game.listed([0, 0, 10]), [6, 6])
    assert (over.tempted, over.undivided, over.stable) == ((), -2.0, False)


def test_three_pairs_that_each_make_nearly_all_leave_no_stable_split() -> None:
    found = shares.stable_split(Game.listed([0, 0, 0, 8, 8, 8, 9]))
    assert not found.exists
    assert found.strain == pytest.approx(2.0)
    assert found.shares == pytest.approx([3, 3, 3])
    assert found.proof == (((0, 1), 0.5), ((0, 2), 0.5), ((1, 2), 0.5))


def test_one_party_alone_and_two_who_add_nothing_are_stable() -> None:
    assert shares.stable_split(Game.listed([7])).shares == (7.0,)
    assert shares.better_alone(Game.listed([7]), [7]).stable
    assert shares.shapley(Game.listed([7])).shares == (7.0,)
    assert shares.stable_split(Game.listed([0, 0, 0])).shares == (0.0, 0.0)


def test_the_judge_sees_temptations_and_proofs_that_are_wrong() -> None:
    check = shares.better_alone(PUBLISHED, [8, 8, 8])
    assert temptation_faults(PUBLISHED, [8, 8, 8], check) == []
    assert temptation_faults(PUBLISHED, [8, 8, 8], replace(check, tempted=(), count=0, stable=True))
    assert temptation_faults(PUBLISHED, [9, 9, 6], check)
    three = Game.listed([0, 0, 0, 8, 8, 8, 9])
    right = shares.stable_split(three)
    assert stability_faults(three, right) == []
    assert stability_faults(three, replace(right, exists=True))
    assert stability_faults(three, replace(right, shares=(9.0, 0.0, 0.0)))
    assert stability_faults(three, replace(right, proof=(((0, 1), 1.0), ((2,), 1.0))))


def test_thirty_parties_in_pieces_are_checked_without_looking_at_every_group() -> None:
    pieces = Pieces.of([1.0] * 30, {(3, 4): 10, (3, 7): -2, (0, 1, 2): 5})
    unfair = [pieces.total / 30] * 30
    check = shares.better_alone(pieces, unfair, most=2)
    assert check.proven
    assert (check.count, len(check.tempted), check.stable) == (None, 2, False)
    worst = check.tempted[0]
    assert {0, 1, 2, 3, 4} == set(worst.group)
    assert worst.gap == pytest.approx(20 - 5 * pieces.total / 30)
    assert shares.better_alone(pieces, shares.shapley(pieces).shares).count is None


def test_thirty_parties_who_only_add_to_each_other_are_stable_with_what_each_adds() -> None:
    pieces = Pieces.of([2.0] * 30, {(one, one + 1): 1.0 for one in range(29)})
    check = shares.better_alone(pieces, shares.shapley(pieces).shares)
    assert (check.tempted, check.stable, check.proven) == ((), True, True)


def test_under_a_ceiling_temptations_of_thirty_are_found_and_nothing_is_proven() -> None:
    pieces = Pieces.of([1.0] * 30, {(0, 1): 10}, ceiling=25)
    check = shares.better_alone(pieces, [25 / 30] * 30, most=1)
    assert check.tempted[0].gap == pytest.approx(25 - 25 / 30 * 15)
    assert len(check.tempted[0].group) == 15
    assert not check.proven


def test_more_than_twenty_parties_are_refused_where_every_group_must_be_looked_at() -> None:
    pieces = Pieces.of([1.0] * 21)
    for ask in (pieces.game, lambda: shares.stable_split(pieces)):
        with pytest.raises(ValueError, match="1 to 20 parties, not 21"):
            ask()


# What people enter.


def test_values_that_cannot_be_a_game_are_named_and_nothing_crashes() -> None:
    entries = [
        ((0,), 5.0),
        ((0,), 6.0),
        ((7,), 1.0),
        ((1,), float("nan")),
        ((0, 1), None),
        ((), 3.0),
    ]
    found = shares.read(3, entries)
    assert found.game is None
    assert [(one.what, one.group) for one in found.findings] == [
        (Odd.SAID_TWICE, (0,)),
        (Odd.UNKNOWN_PARTY, (7,)),
        (Odd.NOT_A_NUMBER, (1,)),
        (Odd.NOBODY_MAKES_SOMETHING, ()),
        (Odd.MISSING, (1,)),
        (Odd.MISSING, (2,)),
        (Odd.MISSING, (0, 1)),
        (Odd.MISSING, (0, 2)),
        (Odd.MISSING, (1, 2)),
        (Odd.MISSING, (0, 1, 2)),
    ]


def test_values_that_are_odd_are_told_beside_the_game() -> None:
    found = shares.read(3, [((0,), 5), ((1,), 4), ((2,), 0), ((0, 1), 8), ((0, 2), 4), ((1, 2), 4),
                            ((0, 1, 2), 12)])  # fmt: skip
    assert found.game is not None
    assert [(one.what, one.group, one.parts, one.gap) for one in found.findings] == [
        (Odd.LESS_WITH_ONE_MORE, (0, 2), ((0,),), 1.0),
        (Odd.BETTER_APART, (0, 1), ((0,), (1,)), 1.0),
        (Odd.BETTER_APART, (0, 2), ((0,), (2,)), 1.0),
    ]
    assert shares.shapley(found.game).total == 12


def test_fifteen_parties_are_searched_for_slips_in_part_and_say_so() -> None:
    groups = [g for size in range(1, 16) for g in combinations(range(15), size)]
    found = shares.read(15, [(group, float(len(group))) for group in groups])
    assert (found.complete, found.findings) == (False, ())
    slip = [(group, 0.0 if len(group) == 15 else float(len(group))) for group in groups]
    assert {one.what for one in shares.read(15, slip).findings} == {
        Odd.LESS_WITH_ONE_MORE,
        Odd.BETTER_APART,
    }


def test_of_fifteen_parties_a_pair_that_makes_less_than_both_alone_is_found() -> None:
    pieces = Pieces.of([1.0] * 15, {(0, 1): -0.5, tuple(range(15)): 3})
    found = shares.findings(pieces.game())
    assert (found[0].what, found[0].group, found[0].parts) == (
        Odd.BETTER_APART,
        (0, 1),
        ((0,), (1,)),
    )
    assert {one.gap for one in found} == {0.5}


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: Game.of(2, {(0,): 1, (0, 1): 2}), r"what \(1,\) could make is not said"),
        (lambda: Game.of(2, {(0, 2): 1}), "party 2 does not exist"),
        (lambda: Game.of(0, {}), "1 to 20 parties, not 0"),
        (lambda: Game.listed([1, 2]), "not 2"),
        (lambda: Game(np.array([1.0, 2.0])), "nobody makes nothing"),
        (lambda: Game(np.array([0.0, np.inf])), "not a number"),
        (lambda: Pieces.of([]), "at least one party"),
        (lambda: Pieces.of([1, 2], {(0,): 1}), "two or more of 2 parties"),
        (lambda: Pieces.of([1, 2], {(0, 2): 1}), "two or more of 2 parties"),
        (lambda: Pieces.of([1, float("inf")]), "must be a number"),
        (lambda: Pieces.of([1], ceiling=-1), "0 or more"),
        (lambda: shares.read(21, []), "1 to 20 parties, not 21"),
        (lambda: shares.better_alone(PUBLISHED, [1, 2]), "a number for each of 3"),
        (lambda: shares.sampled(PUBLISHED.worth, 3, orders=2), "four orders"),
        (lambda: shares.sampled(lambda rows: rows, 3), "a number for each"),
        (lambda: shares.in_cents([1, 2], 5), "do not add up"),
        (lambda: shares.in_cents([float("nan")]), "must be a number"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(make: object, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        make()  # type: ignore[operator]
