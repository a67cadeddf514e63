"""What holds of shares whatever the numbers; the judge goes through all orders and groups."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footbridge.engine import shares
from footbridge.engine.checks.shares import (
    bargain_faults,
    barter_faults,
    closing_faults,
    finding_faults,
    need_faults,
    oddities,
    range_faults,
    share_faults,
    stability_faults,
    temptation_faults,
    upside_faults,
)
from footbridge.engine.shares import Game, Pieces, Scenario, Step, Upside

seeds = st.integers(0, 2**32 - 1)
money = st.decimals(0, 10_000, places=2)


def random_game(rng: np.random.Generator, n: int) -> Game:
    """Whole values, some of them odd, so that equals are frequent."""
    values = np.append(0, rng.integers(-3, 9, 2**n - 1)).astype(float)
    return Game(values * rng.choice([1.0, 0.25, 1000.0]))


def random_pieces(rng: np.random.Generator, n: int, ceiling: bool = False) -> Pieces:
    together: dict[tuple[int, ...], float] = {}
    for _ in range(int(rng.integers(0, 6))):
        size = int(rng.integers(2, n + 1)) if n > 1 else 0
        if size:
            group = tuple(sorted(rng.choice(n, size, replace=False).tolist()))
            together[group] = float(rng.integers(-4, 9))
    top = float(rng.integers(0, 20)) if ceiling else None
    return Pieces.of(rng.integers(0, 6, n).tolist(), together, top)


@settings(max_examples=40, deadline=None)
@given(seeds, st.integers(1, 5))
def test_shares_are_what_each_adds_over_all_orders(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    for game in (random_game(rng, n), random_pieces(rng, n), random_pieces(rng, n, ceiling=True)):
        assert share_faults(game, shares.shapley(game)) == []


@settings(max_examples=40, deadline=None)
@given(seeds, st.integers(1, 9))
def test_pieces_divided_directly_and_through_every_group_agree(seed: int, n: int) -> None:
    pieces = random_pieces(np.random.default_rng(seed), n)
    assert shares.shapley(pieces).shares == pytest.approx(
        shares.shapley(pieces.game()).shares, abs=1e-9
    )


@settings(max_examples=40, deadline=None)
@given(seeds, st.integers(1, 8))
def test_asking_pieces_for_many_groups_gives_what_each_group_makes(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    pieces = random_pieces(rng, n, ceiling=bool(rng.integers(2)))
    rows = rng.random((12, n)) < 0.5
    told = [pieces.value(np.flatnonzero(row).tolist()) for row in rows]
    assert pieces.worth(rows).tolist() == pytest.approx(told)
    assert pieces.game().worth(rows).tolist() == pytest.approx(told)


@settings(max_examples=30, deadline=None)
@given(seeds, st.integers(2, 8))
def test_who_adds_nothing_gets_nothing_and_games_add_up(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    one, two = random_game(rng, n), random_game(rng, n)
    both = Game(one.values + two.values)
    apart = np.array(shares.shapley(one).shares) + np.array(shares.shapley(two).shares)
    assert shares.shapley(both).shares == pytest.approx(apart.tolist(), abs=1e-6)
    idle = Game(np.concatenate((one.values, one.values)))
    assert shares.shapley(idle).shares[-1] == pytest.approx(0, abs=1e-6)
    assert shares.shapley(idle).shares[:-1] == pytest.approx(shares.shapley(one).shares, abs=1e-6)


@settings(max_examples=10, deadline=None)
@given(seeds, st.integers(1, 2))
def test_ranges_reach_exactly_to_the_corners_of_what_is_possible(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    low = random_game(rng, n)
    high = Game(low.values + np.append(0, rng.integers(0, 5, 2**n - 1)))
    assert range_faults(low, high, shares.shapley_between(low, high)) == []


def test_ranges_of_three_parties_reach_to_the_corners_too() -> None:
    rng = np.random.default_rng(5)
    low = random_game(rng, 3)
    high = Game(low.values + np.append(0, rng.integers(0, 5, 7)))
    assert range_faults(low, high, shares.shapley_between(low, high)) == []


def test_intervals_of_drawn_orders_hold_the_truth_as_often_as_they_say() -> None:
    held = []
    for seed in range(60):
        game = random_game(np.random.default_rng(seed), 5)
        found, true = shares.sampled(game.worth, 5, orders=400, seed=seed), shares.shapley(game)
        assert sum(found.shares) == pytest.approx(game.total, abs=1e-6)
        held += [
            abs(a - b) <= margin + 1e-9
            for a, b, margin in zip(found.shares, true.shares, found.margin)
        ]
    assert 0.92 <= np.mean(held) <= 0.99


@settings(max_examples=60, deadline=None)
@given(seeds, st.integers(1, 6))
def test_everybody_who_would_do_better_alone_is_listed(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    game = random_game(rng, n)
    split = (rng.integers(-4, 9, n) * rng.choice([1.0, 0.25])).tolist()
    for given_out in (split, list(shares.shapley(game).shares)):
        check = shares.better_alone(game, given_out, most=5)
        assert temptation_faults(game, given_out, check, 5) == []


@settings(max_examples=25, deadline=None)
@given(seeds, st.integers(2, 6))
def test_a_stable_split_is_stable_and_the_lack_of_one_is_proven(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    for game in (random_game(rng, n), random_pieces(rng, n), random_pieces(rng, n, ceiling=True)):
        assert stability_faults(game, shares.stable_split(game)) == []


@settings(max_examples=12, deadline=None)
@given(seeds)
def test_a_small_game_among_many_idle_parties_is_checked_as_if_it_were_alone(seed: int) -> None:
    rng = np.random.default_rng(seed)
    small = random_pieces(rng, 6)
    given_out = rng.integers(0, 6, 6).astype(float).tolist()
    wide = Pieces.of([*small.alone, *[0.0] * 18], dict(small.together))
    check = shares.better_alone(small, given_out, most=1)
    inside = shares.better_alone(small, given_out, most=1).tempted
    whole_gap = small.total - sum(given_out)
    worst = max([one.gap for one in inside] + [whole_gap])
    found = shares.better_alone(wide, [*given_out, *[0.0] * 18], most=1)
    assert bool(found.tempted) == (worst > 1e-6)
    if found.tempted:
        assert found.tempted[0].gap == pytest.approx(worst)
    assert check.count is not None


@settings(max_examples=30, deadline=None)
@given(seeds, st.integers(1, 5))
def test_odd_values_are_found_wherever_they_are(seed: int, n: int) -> None:
    game = random_game(np.random.default_rng(seed), n)
    found = shares.findings(game, most=1000)
    assert {(one.what, one.group) for one in found} == oddities(game)
    assert finding_faults(game, found) == []


@settings(max_examples=100, deadline=None)
@given(money, st.lists(st.tuples(money, st.integers(1, 5)), min_size=1, max_size=5))
def test_a_bargain_gives_everybody_their_weight_of_the_gain(
    total: Decimal, sides: list[tuple[Decimal, int]]
) -> None:
    walk_away, weights = [one for one, _ in sides], [Decimal(weight) for _, weight in sides]
    found = shares.nash(total, walk_away, weights)
    assert bargain_faults(total, walk_away, weights, found) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 1)), max_size=8))
def test_no_swap_is_better_than_those_named(things: list[tuple[int, int, int]]) -> None:
    worth, owner = [(a, b) for a, b, _ in things], [has for *_, has in things]
    assert barter_faults(worth, owner, shares.barter(worth, owner)) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 900), st.sets(st.integers(0, 3), min_size=1)), max_size=5))
def test_a_shared_cost_is_what_each_adds_to_it(steps: list[tuple[int, set[int]]]) -> None:
    listed = [(cost, sorted(users)) for cost, users in steps]
    paid = shares.by_need([Step(cost, users) for cost, users in listed], 4)
    assert need_faults(listed, 4, paid) == []


@settings(max_examples=100, deadline=None)
@given(money, st.lists(money, max_size=6))
def test_each_rule_of_closing_treats_any_two_as_it_treats_two(
    estate: Decimal, claims: list[Decimal]
) -> None:
    found = shares.closing(estate, claims)
    assert closing_faults(estate, claims, found) == []
    for paid in found.paid.values():
        assert all(0 <= got <= claim for got, claim in zip(paid, claims, strict=True))


@settings(max_examples=150, deadline=None)
@given(st.lists(money, min_size=1, max_size=6), st.data())
def test_an_upside_clause_pays_to_the_cent_what_its_words_say(
    revenue: list[Decimal], data: st.DataObject
) -> None:
    year = st.none() | st.integers(0, len(revenue) - 1)
    clause = Upside(
        data.draw(st.decimals(0, 1, places=4)),
        hurdle=data.draw(money),
        base=data.draw(money),
        floor=data.draw(money),
        cap=data.draw(st.none() | money),
        start=data.draw(st.integers(0, 3)),
        tail=data.draw(st.none() | st.integers(0, 3)),
        on_sale=data.draw(money),
    )
    scenario = Scenario(revenue, ends=data.draw(year), sold=data.draw(year))
    paid = clause.paid(scenario)
    assert upside_faults(clause, scenario, paid) == []
    assert clause.cap is None or sum(paid) <= clause.cap


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=12), st.integers(1, 10**6))
def test_cents_add_up_and_nobody_is_a_whole_cent_off(weights: list[int], total: int) -> None:
    whole = sum(weights)
    parts = [total * weight / whole if whole else total / len(weights) for weight in weights]
    found = shares.in_cents(parts, total)
    assert sum(found) == total
    assert all(abs(float(got) - part) < 0.01 + 1e-6 for got, part in zip(found, parts))
