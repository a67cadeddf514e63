"""What hangs on whom, in worked numbers, and wrong answers that the judge must catch."""

import doctest
import importlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from footbridge.engine import bridges
from footbridge.engine.bridges import Light, TruckFactor
from footbridge.engine.checks.bridges import (
    bridging_faults,
    bus_factor_faults,
    constraint_faults,
    cut_faults,
    thread_faults,
    truck_faults,
)
from footbridge.engine.ties import Ties

ANA, BEN, CY = range(3)
ITEMS = [[ANA], [ANA, BEN], [ANA], [BEN, CY], [CY], [ANA, CY]]
A1, A2, A3, B1, B2, B3 = 1, 2, 3, 11, 12, 13
TWO_STARS = [(A1, B1), (A1, B2), (A1, B3), (A2, B1), (A3, B1)]
PARALLEL = [(A1, B1), (A2, B2), (A3, B3)]


def tied(n: int, pairs: list[tuple[int, int]], strength: float = 0.5) -> Ties:
    a, b = zip(*pairs) if pairs else ((), ())
    return Ties.build(n, list(a), list(b), [strength] * len(pairs))


@pytest.mark.parametrize("part", ["", ".partnership", ".holding", ".network"])
def test_the_examples_hold(part: str) -> None:
    result = doctest.testmod(importlib.import_module(f"footbridge.engine.bridges{part}"))
    assert result.attempted > 0
    assert result.failed == 0


def test_the_judge_s_examples_hold() -> None:
    result = doctest.testmod(importlib.import_module("footbridge.engine.checks.bridges"))
    assert result.attempted > 0
    assert result.failed == 0


def test_the_page_says_what_is() -> None:
    page = Path(__file__).parents[3] / "docs/engine/bridges.md"
    result = doctest.testfile(str(page), module_relative=False)
    assert result.attempted > 0
    assert result.failed == 0


# Between two partners.


def test_one_person_tied_to_three_is_all_there_is() -> None:
    found = bridges.bus_factor([(A1, B1), (A1, B2), (A1, B3)])
    assert (found.factor, found.people, found.light) == (1, (A1,), Light.RED)


def test_two_stars_hang_on_their_two_centres() -> None:
    found = bridges.bus_factor(TWO_STARS)
    assert (found.factor, found.people, found.light) == (2, (A1, B1), Light.AMBER)


def test_three_parallel_pairs_are_safe() -> None:
    found = bridges.bus_factor(PARALLEL)
    assert (found.factor, found.light) == (3, Light.GREEN)
    assert found.lasting == tuple(PARALLEL)


def test_without_a_live_tie_a_partnership_is_dormant() -> None:
    found = bridges.bus_factor([])
    assert (found.factor, found.people, found.lasting, found.light) == (0, (), (), Light.DORMANT)


def test_the_centres_of_two_stars_are_the_people_who_hold_it_together() -> None:
    people = sorted({one for tie in TWO_STARS for one in tie})
    number = {one: at for at, one in enumerate(people)}
    ties = tied(6, [(number[a], number[b]) for a, b in TWO_STARS])
    assert [people[at] for at in bridges.cut_people(ties)] == [A1, B1]


def test_every_two_of_several_parties_are_looked_at() -> None:
    party = [0, 0, 1, 1, 2, -1]
    ties = [(0, 2), (1, 3), (4, 0), (0, 1), (5, 2)]
    found = dict(bridges.bus_factors(ties, party))
    assert {pair: one.factor for pair, one in found.items()} == {(0, 1): 2, (0, 2): 1, (1, 2): 0}
    assert found[0, 2].people == (0,)


def test_the_judge_sees_a_bus_factor_without_proof() -> None:
    right = bridges.bus_factor(TWO_STARS)
    assert bus_factor_faults(TWO_STARS, right) == []
    assert bus_factor_faults(TWO_STARS, replace(right, people=(A1, A2)))
    assert bus_factor_faults(TWO_STARS, replace(right, lasting=((A1, B1), (A1, B2))))
    assert bus_factor_faults(TWO_STARS, replace(right, factor=3))


# Among items.


def test_two_of_three_people_hold_most_of_six_items() -> None:
    found = bridges.truck_factor(ITEMS)
    assert found == TruckFactor(2, (ANA, CY), (0, 2, 4, 5), True)
    assert truck_faults(ITEMS, found) == []
    assert truck_faults(ITEMS, replace(found, people=(ANA, BEN)))


def test_half_of_the_items_hang_on_one_person() -> None:
    found = bridges.single_holders(ITEMS)
    assert (found.share, found.items, found.nobody) == (0.5, ((0, ANA), (2, ANA), (4, CY)), ())


def test_items_of_nobody_are_undone_already() -> None:
    found = bridges.truck_factor([[], [], [ANA]])
    assert (found.factor, found.people, found.undone) == (0, (), (0, 1))
    assert bridges.single_holders([[], [ANA], [ANA, BEN]]).nobody == (0,)
    assert bridges.truck_factor([]) == TruckFactor(None, (), (), True)
    assert bridges.single_holders([]).share is None


def test_among_many_people_one_after_the_other_is_taken() -> None:
    items = [[at, at + 1] for at in range(0, 40, 2)]
    found = bridges.truck_factor(items)
    assert (found.exact, found.factor, len(found.undone)) == (False, 22, 11)
    key_people = [[0], [0], [0, 1], *[[at] for at in range(2, 16)]]
    taken = bridges.truck_factor(key_people)
    assert (taken.exact, taken.people[:2], taken.factor) == (False, (0, 1), 8)


def test_dealings_that_run_through_one_person_are_concentrated() -> None:
    found = bridges.concentration([30, 10, 5, 5])
    assert (round(found.hhi, 2), round(found.effective, 2)) == (0.42, 2.38)
    assert bridges.concentration([7]).effective == 1
    assert bridges.concentration([0, 0]).hhi == bridges.concentration([]).effective == 0


def test_deputies_and_notes_are_counted_as_tended_or_not() -> None:
    deputies = bridges.lately([10, None, 181, 180], bridges.DEPUTY_DAYS)
    assert (deputies.share, deputies.late) == (0.5, (1, 2))
    notes = bridges.lately([365, 366, -1], bridges.MEMORY_DAYS)
    assert (round(notes.share or 0, 3), notes.late) == (0.667, (1,))
    assert bridges.lately([], 30).share is None


@pytest.mark.parametrize(
    ("years", "chances"), [(1, [0.39, 0.15, 0.06, 0.02]), (2, [0.63, 0.40, 0.25, 0.16])]
)
def test_how_likely_it_is_that_nobody_is_left(years: float, chances: list[float]) -> None:
    found = [bridges.chance_nobody_is_left(years, [2] * contacts) for contacts in (1, 2, 3, 4)]
    assert [round(chance, 2) for chance in found] == chances
    assert bridges.chance_nobody_is_left(0, [2]) == 0
    assert bridges.chance_nobody_is_left(5, []) == 1


def test_three_contacts_keep_the_risk_of_a_year_below_a_tenth() -> None:
    assert bridges.contacts_needed(1, 2, 0.1) == 3
    assert bridges.contacts_needed(1, 2, 0.4) == 1
    assert bridges.contacts_needed(0, 2, 0.4) == 1
    with pytest.raises(ValueError, match="nobody is left"):
        bridges.contacts_needed(1e6, 2, 0.1)


# In a whole network.


def test_a_bridge_between_two_circles_of_friends_hangs_on_its_two_ends() -> None:
    two = [(0, 1), (1, 2), (0, 2), (2, 3), (3, 4), (4, 5), (3, 5)]
    assert bridges.cut_people(tied(6, two)).tolist() == [2, 3]
    assert bridges.cut_people(tied(6, [*two, (0, 5)])).tolist() == []
    assert bridges.cut_people(tied(3, [])).tolist() == []
    assert bridges.cut_people(tied(3, [(0, 2)])).tolist() == []


def test_a_chain_of_two_thousand_hangs_on_everybody_between_its_ends() -> None:
    chain = tied(2000, [(at, at + 1) for at in range(1999)])
    assert bridges.cut_people(chain).tolist() == list(range(1, 1999))


def test_between_strangers_one_is_free_and_among_friends_closed() -> None:
    star = bridges.constraint(tied(5, [(0, 1), (0, 2), (0, 3), (0, 4)]))
    assert star[0] == pytest.approx(0.25)
    closed = bridges.constraint(tied(3, [(0, 1), (0, 2), (1, 2)]))
    assert closed == pytest.approx([1.125] * 3)
    assert np.isnan(bridges.constraint(tied(3, [(0, 1)]))[2])


def test_organisations_who_know_each_other_through_one_person_only_are_named() -> None:
    ties = tied(8, [(0, 2), (0, 3), (1, 4), (1, 5), (2, 6), (3, 7), (0, 1)])
    found = bridges.single_threads(ties, [0, 0, 1, 1, 2, 2, -1, -1])
    assert [(one.groups, one.person, one.ties) for one in found] == [((0, 1), 0, 2), ((0, 2), 1, 2)]
    assert list(bridges.single_threads(ties, [-1] * 8)) == []


def test_ties_across_sectors_are_counted_beside_what_chance_would_give() -> None:
    silo = tied(6, [(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (2, 3)])
    found = bridges.bridging(silo, [0, 0, 0, 1, 1, 1])
    assert (found.ties, found.across) == (6, 1)
    assert found.share == pytest.approx(1 / 6)
    assert found.expected == pytest.approx(1 - (7 / 12) ** 2 - (5 / 12) ** 2)
    assert found.between == ((0, 0, 3), (0, 1, 1), (1, 1, 2))
    assert bridges.bridging(silo, [-1] * 6).share is None


def test_the_judge_sees_wrong_answers_about_a_network() -> None:
    ties = tied(6, [(0, 1), (1, 2), (0, 2), (2, 3), (3, 4)], 0.5)
    group = [0, 0, 1, 1, 2, -1]
    assert cut_faults(ties, bridges.cut_people(ties)) == []
    assert cut_faults(ties, [2])
    right = bridges.constraint(ties)
    assert constraint_faults(ties, right) == []
    assert constraint_faults(ties, right + 0.001)
    threads = list(bridges.single_threads(ties, group))
    assert thread_faults(ties, group, threads) == []
    assert thread_faults(ties, group, threads[1:])
    share = bridges.bridging(ties, group)
    assert bridging_faults(ties, group, share) == []
    assert bridging_faults(ties, group, replace(share, across=0))


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: bridges.bus_factor([(1, 2), (2, 3)]), "2 stands on both sides"),
        (lambda: bridges.bus_factors([(0, 9)], [0, 1]), "people run from 0 to 1"),
        (lambda: bridges.concentration([-1]), "0 or more"),
        (lambda: bridges.lately([float("nan")], 30), "days must be numbers"),
        (lambda: bridges.chance_nobody_is_left(1, [0]), "above 0 years"),
        (lambda: bridges.chance_nobody_is_left(-1, [2]), "0 or more"),
        (lambda: bridges.contacts_needed(1, 2, 0), "between 0 and 1"),
        (lambda: bridges.single_threads(tied(2, [(0, 1)]), [0]), "1 of 2 people"),
        (lambda: bridges.bridging(tied(2, [(0, 1)]), [0]), "1 of 2 people"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(make: object, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        make()  # type: ignore[operator]
