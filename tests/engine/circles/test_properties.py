"""Circles on random people, against judges that read only input and answer."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footbridge.engine.checks.circles import (
    best_builders,
    builder_faults,
    circle_faults,
    most_seated,
    reach_faults,
    team_faults,
)
from footbridge.engine.circles import People, builders, form, reach, team
from footbridge.engine.ties import Ties

seeds = st.integers(0, 2**32 - 1)


def crowd(rng: np.random.Generator, n: int, kinds: int) -> People:
    """People with up to three causes, some without; a few large employers; places for some."""
    causes = [
        rng.choice(kinds, min(kinds, int(rng.integers(0, 4))), replace=False) for _ in range(n)
    ]
    places = np.where(rng.random((n, 1)) < 0.8, rng.normal((50, 4), 3, (n, 2)), np.nan)
    return People.of(
        [set(one.tolist()) for one in causes],
        rng.integers(-1, 4, n),
        rng.integers(-1, max(1, n // 3), n),
        places if rng.random() < 0.5 else None,
    )


@settings(max_examples=120, deadline=None)
@given(seeds, st.integers(0, 40), st.integers(1, 6), st.integers(4, 8))
def test_circles_obey_every_rule(seed: int, n: int, kinds: int, size: int) -> None:
    rng = np.random.default_rng(seed)
    people = crowd(rng, n, kinds)
    never = (
        [tuple(pair) for pair in rng.integers(0, n, (int(rng.integers(0, 9)), 2)).tolist()]
        if n
        else []
    )
    assert circle_faults(people, form(people, size=size, never=never, seed=seed), never) == []


@settings(max_examples=40, deadline=None)
@given(seeds, st.integers(4, 24))
def test_a_crowd_full_of_grudges_is_seated_as_far_as_it_can_be(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    people = crowd(rng, n, 2)
    pairs = [pair for pair in itertools.combinations(range(n), 2) if rng.random() < 0.3]
    assert circle_faults(people, form(people, never=pairs, seed=seed), pairs) == []


@settings(max_examples=60, deadline=None)
@given(seeds, st.integers(1, 8))
def test_nearly_as_many_are_seated_as_can_be(seed: int, n: int) -> None:
    people = crowd(np.random.default_rng(seed), n, 3)
    seated = n - len(form(people).left)
    assert most_seated(people) - 4 <= seated <= most_seated(people)


def test_nineteen_crowds_in_twenty_are_seated_as_fully_as_can_be() -> None:
    full = []
    for seed in range(80):
        rng = np.random.default_rng(seed)
        people = crowd(rng, int(rng.integers(5, 9)), int(rng.integers(2, 4)))
        full.append(len(people) - len(form(people).left) == most_seated(people))
    assert np.mean(full) >= 0.95


@settings(max_examples=60, deadline=None)
@given(seeds, st.integers(4, 60), st.integers(4, 8))
def test_a_sector_is_spread_as_evenly_as_can_be(seed: int, n: int, size: int) -> None:
    rng = np.random.default_rng(seed)
    people = People.of([{0}] * n, rng.integers(0, 4, n))
    formed = form(people, size=size, seed=seed)
    for sector in range(4):
        met = [
            sum(int(people.sector[one]) == sector for one in circle.members)
            for circle in formed.circles
        ]
        assert max(met) - min(met) <= 1


@settings(max_examples=40, deadline=None)
@given(seeds, st.integers(3, 10), st.integers(3, 5))
def test_builders_obey_every_rule_and_are_close_to_the_best(seed: int, n: int, size: int) -> None:
    rng = np.random.default_rng(seed)
    ties = Ties.build(n, *rng.integers(0, n, (2, 3 * n)), rng.choice([0.25, 0.5, 0.9], 3 * n))
    roles = [set(rng.choice(4, int(rng.integers(0, 3)), replace=False).tolist()) for _ in range(n)]
    wanted = [0, 1, 2]
    found = builders(ties, roles, size=size, wanted=wanted, count=2)
    assert builder_faults(ties, roles, found, size=size, wanted=wanted) == []
    best = best_builders(ties, roles, size=size, wanted=wanted)
    if best is not None:
        assert found[0].score >= 0.95 * best - 1e-6
    out, apart = [0], [(1, 2)]
    rest = builders(ties, roles, size=size, leave_out=out, never=apart, around=n - 1)
    rules = {"leave_out": out, "never": apart, "around": n - 1}
    assert builder_faults(ties, roles, rest, size=size, **rules) == []  # type: ignore[arg-type]


@settings(max_examples=80, deadline=None)
@given(seeds, st.integers(0, 9), st.integers(1, 6))
def test_a_team_is_the_best_there_is(seed: int, n: int, kinds: int) -> None:
    rng = np.random.default_rng(seed)
    skills = [
        set(rng.choice(kinds, int(rng.integers(0, kinds + 1)), replace=False).tolist())
        for _ in range(n)
    ]
    columns = {
        "available": (rng.random(n) < 0.8).tolist(),
        "organisation": rng.integers(-1, 3, n).tolist(),
        "hours": rng.integers(0, 3, n).tolist(),
    }
    answer = team(range(kinds), skills, **columns)  # type: ignore[arg-type]
    assert answer.proven
    assert team_faults(range(kinds), skills, answer, **columns) == []  # type: ignore[arg-type]


@settings(max_examples=30, deadline=None)
@given(seeds, st.integers(0, 200))
def test_a_team_that_was_cut_short_still_covers_all_that_can_be_had(seed: int, nodes: int) -> None:
    rng = np.random.default_rng(seed)
    skills = [set(rng.choice(14, 3, replace=False).tolist()) for _ in range(60)]
    answer = team(range(14), skills, nodes=nodes)
    assert team_faults(range(14), skills, answer, exhaustive=False) == []
    assert answer.least <= len(team(range(14), skills).members)


def test_a_team_agrees_with_a_general_solver() -> None:
    optimize = pytest.importorskip("scipy.optimize")
    rng = np.random.default_rng(7)
    for _ in range(15):
        people, kinds = 40, 12
        has = rng.random((people, kinds)) < 0.2
        has[rng.integers(0, people, kinds), np.arange(kinds)] = True
        skills = [set(np.flatnonzero(row).tolist()) for row in has]
        solved = optimize.milp(
            np.ones(people),
            constraints=optimize.LinearConstraint(has.T.astype(float), lb=1),
            integrality=np.ones(people),
            bounds=optimize.Bounds(0, 1),
        )
        answer = team(range(kinds), skills)
        assert len(answer.members) == round(solved.fun)
        assert answer.proven


@settings(max_examples=60, deadline=None)
@given(seeds, st.integers(1, 20))
def test_reach_is_what_the_ties_say(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    ties = Ties.build(n, *rng.integers(0, n, (2, 2 * n)), rng.choice([0.25, 0.5, 0.9], 2 * n))
    circle = rng.choice(n, int(rng.integers(0, min(n, 6) + 1)), replace=False).tolist()
    out = rng.choice(n, min(n, 2), replace=False).tolist()
    sector, staff = rng.integers(-1, 3, n).tolist(), rng.integers(-1, 5, n).tolist()
    answer = reach(circle, ties, sector=sector, organisation=staff, leave_out=out, top=4)
    faults = reach_faults(
        circle, ties, answer, sector=sector, organisation=staff, leave_out=out, top=4
    )
    assert faults == []
