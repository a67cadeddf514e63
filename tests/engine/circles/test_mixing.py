"""A team of the same size, better mixed; compared with every team of that size there is."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footbridge.engine.circles import mixed, team

SKILLS = [{1}, {2}, {1}, {2}, {1, 2}]


def test_another_sector_comes_before_who_worked_together_and_that_before_hours() -> None:
    skills = [{1}, {2}, {2}, {2}]
    first = team([1, 2], skills, hours=[1, 9, 1, 1])
    assert first.members == (0, 1)
    hours = [1, 9, 1, 1]
    assert mixed(first, skills, hours=hours, worked=[[0, 2]]).members == (0, 2)
    both = mixed(first, skills, hours=hours, worked=[[0, 2]], sector=[0, 0, 0, 1])
    assert both.members == (0, 3)


def test_those_who_must_never_meet_are_parted_before_anything_else() -> None:
    skills = [{1}, {2}, {2}]
    first = team([1, 2], skills)
    parted = mixed(first, skills, never=[[1, 0]], sector=[0, 1, 0], worked=[[0, 1]])
    assert parted.members == (0, 2)


def test_who_is_not_available_is_not_changed_for() -> None:
    skills = [{1}, {2}, {2}]
    found = mixed(
        team([1, 2], skills, available=[True, True, False]),
        skills,
        available=[True, True, False],
        sector=[0, 0, 1],
    )
    assert found.members == (0, 1)


def test_nobody_stays_nobody_and_what_is_missing_stays_so() -> None:
    assert mixed(team([9], [{1}]), [{1}]).missing == (9,)
    assert mixed(team([], []), []).members == ()


@pytest.mark.parametrize(
    "columns", [{"sector": [0]}, {"hours": [1]}, {"worked": [[0, 9]]}, {"never": [[0, 9]]}]
)
def test_columns_that_do_not_fit_are_refused(columns: dict[str, list[int]]) -> None:
    with pytest.raises(ValueError, match=r"must hold|names somebody"):
        mixed(team([1, 2], SKILLS), SKILLS, **columns)


@given(st.data())
def test_it_covers_as_much_with_as_few_and_is_never_worse(data: st.DataObject) -> None:
    n = data.draw(st.integers(1, 7))
    skills = [data.draw(st.sets(st.integers(0, 3))) for _ in range(n)]
    sector = [data.draw(st.integers(-1, 2)) for _ in range(n)]
    pairs = list(combinations(range(n), 2))
    worked = data.draw(st.lists(st.sampled_from(pairs), max_size=4)) if pairs else []
    first = team(range(4), skills)
    better = mixed(first, skills, sector=sector, worked=worked)
    assert len(better.members) == len(first.members)
    assert {s for own in better.covers for s in own} == {s for own in first.covers for s in own}
    sides = [len({sector[m] for m in one.members} - {-1}) for one in (better, first)]
    assert sides[0] >= sides[1]
    assert mixed(better, skills, sector=sector, worked=worked) == better
