"""Circles told as stories, and wrong answers that the judges must catch."""

import doctest
import importlib
from dataclasses import replace

import numpy as np
import pytest

from footbridge.engine.checks.circles import (
    builder_faults,
    circle_faults,
    reach_faults,
    team_faults,
)
from footbridge.engine.circles import (
    Circles,
    LeftOver,
    People,
    Team,
    Why,
    builders,
    form,
    reach,
    team,
)
from footbridge.engine.ties import Ties

FOOD, HOMES, SEA = 1, 2, 3


@pytest.mark.parametrize(
    "part", ["", ".people", ".deal", ".forming", ".building", ".teams", ".reaching"]
)
def test_the_examples_hold(part: str) -> None:
    result = doctest.testmod(importlib.import_module(f"footbridge.engine.circles{part}"))
    assert result.attempted > 0
    assert result.failed == 0


def seats(formed: Circles) -> list[tuple[int, ...]]:
    return [circle.members for circle in formed.circles]


def whys(formed: Circles) -> dict[int, str]:
    return {one.person: one.why.value for one in formed.left}


def test_every_sector_sits_in_every_circle_where_there_are_enough() -> None:
    people = People.of([{FOOD}] * 18, sector=[at % 3 for at in range(18)])
    formed = form(people, size=6)
    assert [circle.sectors for circle in formed.circles] == [(0, 1, 2)] * 3
    assert formed.sharing == 1.0


def test_a_large_employer_is_dealt_over_all_circles() -> None:
    people = People.of([{FOOD}] * 24, organisation=[7] * 4 + list(range(100, 120)))
    formed = form(people, size=6)
    assert [len(circle.members) for circle in formed.circles] == [6, 6, 6, 6]
    assert formed.mixed == 1.0
    assert [sum(one < 4 for one in circle.members) for circle in formed.circles] == [1, 1, 1, 1]


def test_colleagues_who_cannot_be_parted_within_one_cause_change_causes() -> None:
    causes = [{FOOD, HOMES}, {FOOD}] + [{FOOD}] * 4 + [{HOMES, FOOD}] + [{HOMES}] * 5
    people = People.of(causes, organisation=[5, 5, *range(10, 20)])
    formed = form(people, size=6)
    assert formed.mixed == 1.0
    assert circle_faults(people, formed) == []


def test_who_must_never_meet_never_does() -> None:
    people = People.of([{FOOD}] * 12, sector=[0, 1] * 6)
    never = [(0, other) for other in range(1, 6)]
    formed = form(people, size=6, never=never)
    assert formed.sharing == 1.0
    assert circle_faults(people, formed, never) == []


def test_who_cannot_sit_with_anybody_is_left_over_and_the_rest_are_seated() -> None:
    people = People.of([{FOOD}] * 7)
    formed = form(people, size=6, never=[(3, other) for other in range(7) if other != 3])
    assert seats(formed) == [(0, 1, 2, 4, 5, 6)]
    assert whys(formed) == {3: "apart"}


def test_a_small_cause_wins_back_those_who_can_be_spared() -> None:
    causes = [{FOOD}] * 6 + [{FOOD, SEA}] * 2 + [{SEA}] * 2
    formed = form(People.of(causes), size=6)
    assert [(circle.cause, len(circle.members)) for circle in formed.circles] == [(1, 6), (3, 4)]
    assert formed.left == ()


def test_a_small_cause_that_nobody_depends_on_is_let_go() -> None:
    causes = [{FOOD}] * 5 + [{FOOD, SEA}] * 3 + [{HOMES, SEA}] * 2 + [{HOMES}] * 3
    formed = form(People.of(causes), size=5)
    assert {circle.cause for circle in formed.circles} == {FOOD, HOMES}
    assert formed.sharing == 1.0


def test_all_that_everybody_shares_is_told() -> None:
    formed = form(People.of([{FOOD, SEA}] * 4 + [{SEA, FOOD, HOMES}]))
    assert [(circle.cause, circle.shared) for circle in formed.circles] == [(FOOD, (FOOD, SEA))]


def test_everybody_left_over_hears_why() -> None:
    people = People.of([{FOOD}] * 4 + [{SEA}] * 3 + [(), {HOMES}])
    formed = form(people)
    assert seats(formed) == [(0, 1, 2, 3)]
    assert whys(formed) == {4: "too_few", 5: "too_few", 6: "too_few", 7: "no_cause", 8: "too_few"}


def test_neighbours_sit_together_where_places_are_known() -> None:
    rng = np.random.default_rng(1)
    harbour, inland = (
        rng.normal((51.5, -0.1), 0.05, (48, 2)),
        rng.normal((53.5, -2.2), 0.05, (48, 2)),
    )
    order = rng.permutation(96)
    places = np.concatenate((harbour, inland))[order]
    formed = form(People.of([{FOOD}] * 96, sector=[at % 4 for at in range(96)], places=places))
    both = [len({int(order[one] < 48) for one in circle.members}) for circle in formed.circles]
    assert both == [1] * 16
    assert min(len(circle.sectors) for circle in formed.circles) >= 3


def test_people_without_a_place_are_seated_too() -> None:
    places = np.full((12, 2), np.nan)
    places[:6] = (51.5, -0.1)
    assert form(People.of([{FOOD}] * 12, places=places)).sharing == 1.0


@pytest.mark.parametrize(
    ("people", "sizes"),
    [(0, []), (1, []), (3, []), (4, [4]), (9, [5, 4]), (11, [6, 5]), (17, [6, 6, 5])],
)
def test_circles_come_out_even_whatever_the_number(people: int, sizes: list[int]) -> None:
    formed = form(People.of([{FOOD}] * people), size=6)
    assert sorted((len(one.members) for one in formed.circles), reverse=True) == sizes


def test_a_seed_gives_one_answer_and_another_seed_another() -> None:
    people = People.of([{FOOD}] * 60, sector=[at % 5 for at in range(60)])
    assert form(people, seed=4) == form(people, seed=4)
    assert form(people, seed=4) != form(people, seed=5)


def test_three_thousand_people_find_circles() -> None:
    rng = np.random.default_rng(0)
    causes = [set(rng.choice(40, rng.integers(1, 5), replace=False).tolist()) for _ in range(3000)]
    people = People.of(causes, rng.integers(0, 5, 3000), rng.integers(0, 900, 3000))
    formed = form(people)
    assert formed.sharing == 1.0
    assert formed.mixed == 1.0
    assert {len(circle.members) for circle in formed.circles} <= {4, 5, 6, 7, 8}


TRIO = Ties.build(
    7, [0, 0, 1, 3, 3, 4, 2], [1, 2, 2, 4, 5, 5, 3], [0.9, 0.9, 0.9, 0.5, 0.5, 0.5, 0.25]
)


def test_those_who_worked_together_most_build_together() -> None:
    first, second = builders(TRIO, size=3, count=5)
    assert (first.members, first.warmth) == ((0, 1, 2), 0.9)
    assert first.worked == ((0, 1, 0.9), (0, 2, 0.9), (1, 2, 0.9))
    assert (second.members, second.warmth) == ((3, 4, 5), 0.5)


def test_a_circle_is_formed_around_one_person() -> None:
    assert builders(TRIO, size=3, around=4)[0].members == (3, 4, 5)
    assert builders(TRIO, size=3, around=6) == ()


def test_a_role_that_nobody_near_has_is_told_to_be_missing() -> None:
    roles = [{10}, (), (), {11}, (), (), {12}]
    (circle,) = builders(TRIO, roles, size=4, wanted=[10, 11, 12])
    assert circle.roles == ((10, (0,)), (11, (3,)))
    assert circle.missing == (12,)


def test_builders_leave_out_whom_they_must_and_part_whom_they_must() -> None:
    assert builders(TRIO, size=3, leave_out=[0])[0].members == (3, 4, 5)
    assert builders(TRIO, size=3, never=[(3, 5), (1, 2)])[0].members == (0, 2, 3)
    assert builders(TRIO, size=3, leave_out=np.ones(7, bool)) == ()


def test_fewer_builders_are_still_a_circle_but_two_are_not() -> None:
    line = Ties.build(6, [0, 1, 4], [1, 2, 5], [0.5, 0.5, 1.0])
    circles = builders(line, size=5, count=3)
    assert [circle.members for circle in circles] == [(0, 1, 2)]
    assert circles[0].warmth == pytest.approx(1 / 3, abs=1e-6)


def test_the_fewest_cover_all_skills() -> None:
    skills = [{1, 2, 3}, {4, 5, 6}, {1, 4}, {2, 5}, {3, 6}]
    assert team(range(1, 7), skills) == Team((0, 1), ((1, 2, 3), (4, 5, 6)), (), 2, 2)


def test_the_greedy_choice_is_not_always_the_fewest() -> None:
    skills = [{1, 2, 3, 4}, {1, 2, 5}, {3, 4, 6}]
    chosen = team(range(1, 7), skills)
    assert chosen.members == (1, 2)
    assert chosen.proven


def test_different_organisations_come_first_then_hours_then_lower_numbers() -> None:
    skills = [{1}, {2}, {2}, {2}]
    assert team([1, 2], skills, organisation=[5, 5, 6, 7]).members == (0, 2)
    assert team([1, 2], skills, organisation=[5, 5, 6, 7], hours=[1, 9, 1, 2]).members == (0, 3)
    assert team([1, 2], skills).members == (0, 1)


def test_who_is_not_available_is_not_counted_on() -> None:
    chosen = team([1, 2], [{1, 2}, {1}], available=[False, True])
    assert (chosen.members, chosen.missing) == ((1,), (2,))
    assert team([1], []) == Team((), (), (1,), 0, 0)
    assert team([], [{1}]) == Team((), (), (), 0, 0)


def test_a_search_that_is_cut_short_says_what_is_certain() -> None:
    skills = [{1, 2, 3, 4}, {1, 2, 5}, {3, 4, 6}]
    chosen = team(range(1, 7), skills, nodes=0)
    assert len(chosen.members) == 3
    assert (chosen.least, chosen.proven) == (2, False)


def test_a_circle_sees_whom_it_can_reach_and_through_whom() -> None:
    ties = Ties.build(6, [0, 1, 1, 0, 4], [2, 2, 3, 1, 5], [0.5, 0.5, 0.5, 1.0, 1.0])
    found = reach([1, 0, 1], ties, sector=[0, 0, 2, 2, 1, 1], organisation=[0, 0, -1, 9, 1, 1])
    assert [one.person for one in found.people] == [2, 3]
    assert found.people[0].through == ((0, 0.5), (1, 0.5))
    assert found.sectors == ((2, 2),)
    assert found.organisations == ((9, 1),)
    assert found.only_through == ((1, 1),)


def test_reach_counts_all_and_names_the_first() -> None:
    ties = Ties.build(9, [0] * 8, range(1, 9), [0.1 * at for at in range(1, 9)])
    found = reach([0], ties, top=3, leave_out=[8])
    assert [one.person for one in found.people] == [7, 6, 5]
    assert found.count == 7
    assert reach([], ties).count == 0


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: form(People.of([{1}]), size=3), "4 to 8 people, not 3"),
        (lambda: form(People.of([{1}]), size=9), "4 to 8 people, not 9"),
        (lambda: form(People.of([{1}]), never=[(0, 1)]), "outside 0 to 0"),
        (lambda: form(People.of([{1}]), never=[0, 0]), "pairs"),
        (lambda: People.of([{-1}]), "0 or more"),
        (lambda: People.of([{1}], sector=[1, 2]), "each of 1 people"),
        (lambda: People.of([{1}], sector=[0.5]), "whole number"),
        (lambda: People.of([{1}], places=[(91, 0)]), "latitudes"),
        (lambda: People.of([{1}], places=[(float("inf"), 0)]), "latitudes"),
        (lambda: People.of([{1}], places=[1]), "latitude and longitude"),
        (lambda: People.of((np.array([0, 2]), np.array([1]))), "indptr"),
        (lambda: People.of((np.array([0, 2, 1, 2]), np.array([1, 2]))), "must not fall"),
        (lambda: People.of((np.array([0, 2]), np.array([2, 1]))), "ascend"),
        (lambda: builders(TRIO, size=2), "3 to 8 people, not 2"),
        (lambda: builders(TRIO, count=0), "at least one circle"),
        (lambda: builders(TRIO, around=7), "0 to 6"),
        (lambda: builders(TRIO, [{1}]), "each of 7 people"),
        (lambda: team([1], [{1}], hours=[float("nan")]), "0 or more"),
        (lambda: team([1], [{1}], hours=[-1]), "0 or more"),
        (lambda: team([1], [{1}], available=[True, True]), "each of 1 people"),
        (lambda: team([1], [{1}], nodes=-1), "0 or more"),
        (lambda: reach([7], TRIO), "0 to 6"),
        (lambda: reach([0], TRIO, top=-1), "0 or more"),
        (lambda: reach([0], TRIO, sector=[1]), "each of 7 people"),
    ],
)
def test_what_makes_no_sense_is_refused(wrong, message: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=message):
        wrong()


def test_the_judge_of_circles_catches_planted_wrong_answers() -> None:
    people = People.of([{FOOD}] * 5 + [{SEA}, ()], [0, 1, 0, 1, 0, 0, 0], [1, 2, 3, 4, 5, 6, 7])
    right = form(people)
    assert circle_faults(people, right) == []
    (circle,) = right.circles
    left = right.left
    planted = {
        "not all care for": replace(right, circles=(replace(circle, cause=SEA),)),
        "sectors are": replace(right, circles=(replace(circle, sectors=(0,)),)),
        "5 organisations": replace(right, circles=(replace(circle, organisations=4),)),
        "3 people": replace(right, circles=(replace(circle, members=(0, 1, 2)),)),
        "neither in a circle": replace(right, left=left[:1]),
        "named twice": replace(right, left=(*left, left[0])),
        "could join": replace(
            right,
            circles=(replace(circle, members=(0, 1, 2, 3)),),
            left=(LeftOver(4, Why.TAKEN), *left),
        ),
        "four or more": replace(right, left=(LeftOver(5, Why.TAKEN), left[1])),
        "states 0 causes": replace(right, left=(left[0], LeftOver(6, Why.TOO_FEW))),
        "share a cause with all": replace(right, people=6),
    }
    for fault, wrong in planted.items():
        assert any(fault in line for line in circle_faults(people, wrong)), fault
    assert any("never meet" in line for line in circle_faults(people, right, [(0, 1)]))


def test_the_judges_of_builders_teams_and_reach_catch_planted_wrong_answers() -> None:
    roles = [{1}, (), (), (), (), (), ()]
    (circle,) = builders(TRIO, roles, size=3, wanted=[1, 2])

    def told(**changes: object) -> str:
        wrong = [replace(circle, **changes)]  # type: ignore[arg-type]
        return " ".join(builder_faults(TRIO, roles, wrong, size=3, wanted=[1, 2]))

    assert told() == ""
    assert "not all have worked together" in told(members=(0, 1, 5))
    assert "warmth is" in told(warmth=0.5)
    assert "roles are" in told(roles=())
    assert "other roles" in told(missing=())
    assert "two circles" in " ".join(builder_faults(TRIO, roles, [circle, circle], size=3))

    skills = [{1, 2}, {1}, {2}]
    right = team([1, 2], skills)
    assert team_faults([1, 2], skills, right) == []
    assert team_faults([1, 2], skills, replace(right, members=(1, 2))) != []
    assert team_faults([1, 2], skills, right, available=[False, True, True]) != []
    assert "the bound is above the team" in team_faults([1, 2], skills, replace(right, least=2))

    found = reach([0], TRIO)
    assert reach_faults([0], TRIO, found) == []
    assert reach_faults([0], TRIO, replace(found, people=found.people[::-1])) != []
    assert reach_faults([0], TRIO, replace(found, count=1)) == ["2 are reached"]
    assert reach_faults([1], TRIO, found) != []
