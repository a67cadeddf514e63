"""Pairs with a proof, and tables over several rounds, beside what one would otherwise pick.

    python -m benchmarks.tables [--quick]

CPU milliseconds, all threads. Pairs are compared before they are timed: every program must find the
same worth. Tables have no known optimum, so their worth stands in the row: that of the best of two
seconds of shuffling, of a greedy script (fill each table with whoever adds most) and of CP-SAT with
a limit of wall time. Rules that ours keeps (nobody beside a colleague) are waived for shuffling
and, at the end of its list, for the greedy script: such a pair then gains nothing.

People are drawn like those of a session: each has two needs and three offers out of sixty skills,
one of six sectors, one of five stages, and two colleagues on average. Both ways, sectors and stages
count as `gain_of` has it by default.
"""

from __future__ import annotations

import importlib.util
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from footbridge.engine.checks.tables import faults, faults_of_pairs
from footbridge.engine.tables import Wanted, gain_of, pair, seat
from footbridge.engine.tables.annealing import Cooling, Rounds, settle_together
from footbridge.engine.tables.wanted import GRID

Row = dict[str, Any]
Seats = list[np.ndarray]
TURNS = 5
SHUFFLING = 2.0
GOLFERS = ((8, 4, 5), (8, 4, 6), (8, 4, 7), (5, 3, 7), (10, 10, 3))


def run(quick: bool) -> list[Row]:
    """Rows of the table; ``quick`` gives CP-SAT seconds instead of a minute and a half."""
    return [
        *(pairs(people, alike, quick) for people in (200, 1000) for alike in (True, False)),
        one_round(10 if quick else 90),
        many_rounds(),
        *(golf(*numbers, limit=2 if quick else 60) for numbers in GOLFERS),
    ]


def session(people: int, seed: int = 1, alike: bool = True) -> Wanted:
    """People as described above; with ``alike`` false, no two pairs gain quite the same."""
    rng = np.random.default_rng(seed)
    needs, offers = (_drawn(rng, people, count) for count in (2, 3))
    answers = (needs @ (offers & ~needs).T.astype(int)) * (1 - np.eye(people, dtype=int))
    sectors, stages = rng.integers(0, 6, people), rng.integers(0, 5, people)
    employer = rng.integers(0, people // 3, people)
    never = (employer[:, None] == employer) & ~np.eye(people, dtype=bool)
    gain = gain_of(answers, sectors, stages)
    if not alike:
        some = np.triu(rng.random((people, people)), 1)
        gain += some + some.T
    return Wanted.build(gain, never, answers=answers, sectors=sectors)


def _drawn(rng: np.random.Generator, people: int, count: int, skills: int = 60) -> np.ndarray:
    chosen = np.zeros((people, skills), bool)
    for row in chosen:
        row[rng.choice(skills, count, replace=False)] = True
    return chosen


def pairs(people: int, alike: bool, quick: bool) -> Row:
    """The best pairs and their proof, beside two libraries' matchings."""
    wanted = session(people, alike=alike)
    ours = pair(wanted)
    assert ours.is_optimal
    assert faults_of_pairs(wanted, ours) == []
    theirs = {}
    for name, match in _matchers(people, alike, quick).items():
        worth, spent = match(wanted)
        assert worth == ours.value, (name, worth, ours.value)
        theirs[name] = spent
    spent = median_ms(lambda: pair(wanted), TURNS)
    goal = 10 if people == 200 else 500
    kind = "answered needs, sectors, stages" if alike else "no two gains the same"
    work = f"pairs, proven optimum ({kind}): bound {ours.bound:,.6g} = worth {ours.value:,.6g}"
    return row(work, f"{people:,} people", spent, theirs, f"<= {goal} ms", spent <= goal)


def _matchers(
    people: int, alike: bool, quick: bool
) -> dict[str, Callable[[Wanted], tuple[float, float]]]:
    """Those that are installed and answer while one waits: networkx takes minutes for 1,000."""
    known = {"networkx": _networkx, "rustworkx": _rustworkx}
    slow = people > 200
    asked = [name for name in known if importlib.util.find_spec(name)]
    if slow:
        asked = [name for name in asked if name == "rustworkx" and (alike or not quick)]
    return {name: known[name] for name in asked}


def _edges(wanted: Wanted) -> list[tuple[int, int, int]]:
    worth = wanted.worth()
    a, b = np.nonzero(np.triu(~wanted.never, 1))
    return list(zip(a.tolist(), b.tolist(), worth[a, b].tolist()))


def _networkx(wanted: Wanted) -> tuple[float, float]:
    import networkx

    graph = networkx.Graph()
    graph.add_weighted_edges_from(_edges(wanted))
    return _matched(wanted, lambda: networkx.max_weight_matching(graph, maxcardinality=True))


def _rustworkx(wanted: Wanted) -> tuple[float, float]:
    import rustworkx

    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(wanted.n))
    graph.add_edges_from(_edges(wanted))
    return _matched(
        wanted,
        lambda: rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int),
    )


def _matched(wanted: Wanted, match: Callable[[], Any]) -> tuple[float, float]:
    began = time.process_time()
    found = match()
    spent = (time.process_time() - began) * 1000
    assert len(found) == wanted.n // 2
    return sum(int(wanted.worth()[a, b]) for a, b in found) / GRID, spent


def one_round(limit: float) -> Row:
    """A hundred people at ten tables, once."""
    wanted = session(100)
    seating = seat(wanted, 10, 1)
    assert faults(wanted, seating, 10, 1) == []
    worth = statistics.median(seat(wanted, 10, 1, seed=seed).value for seed in range(TURNS))
    spent = median_ms(lambda: seat(wanted, 10, 1), TURNS)
    pay = np.where(wanted.never, 0, wanted.gain)
    shuffled, _ = timed(lambda: shuffling(pay, 10))
    scripted, greedy_ms = timed(lambda: greedy(wanted, pay, 10))
    peers = {
        f"shuffling, worth {shuffled:.0f}": SHUFFLING * 1000,
        f"greedy script, worth {scripted:.0f}": greedy_ms,
    }
    if importlib.util.find_spec("ortools"):
        solved, solver_ms = timed(lambda: cp_sat_seats(wanted, 10, limit))
        told = f"worth {solved:.0f}" if solved else "nothing found"
        peers[f"CP-SAT {limit:g} s, {told}"] = solver_ms
    met = spent <= 10 and worth >= 1.4 * shuffled and worth >= scripted
    work = f"seat at tables of 10, one round: worth {worth:.0f}, {worth / shuffled:.2f} x shuffling"
    return row(work, "100 people", spent, peers, "<= 10 ms; >= 1.4 x shuffling, >= greedy", met)


def shuffling(pay: np.ndarray, size: int) -> float:
    """The best worth of random seats drawn for two seconds."""
    rng, best, began = np.random.default_rng(0), 0.0, time.process_time()
    while time.process_time() - began < SHUFFLING:
        seats = rng.permutation(len(pay)).reshape(-1, size)
        best = max(best, float(pay[seats[:, :, None], seats[:, None, :]].sum()) / 2)
    return best


def greedy(wanted: Wanted, pay: np.ndarray, size: int) -> float:
    """Table after table, always whoever adds most to it."""
    left, worth = list(range(len(pay))), 0.0
    while left:
        table = [left.pop(0)]
        while len(table) < size and left:
            allowed = [one for one in left if not wanted.never[one, table].any()]
            best = max(allowed or left, key=lambda one: pay[one, table].sum())
            table.append(best)
            left.remove(best)
        worth += float(pay[np.ix_(table, table)].sum()) / 2
    return worth


def cp_sat_seats(wanted: Wanted, size: int, limit: float) -> float:
    """The model that its manual suggests: who sits where, and who sits together where."""
    from ortools.sat.python import cp_model

    model, n = cp_model.CpModel(), wanted.n
    tables = range(n // size)
    sits = [[model.new_bool_var("") for _ in tables] for _ in range(n)]
    for person in sits:
        model.add_exactly_one(person)
    for table in tables:
        model.add(sum(person[table] for person in sits) == size)
    terms = []
    for a, b in np.argwhere(np.triu(wanted.never | (wanted.gain > 0), 1)).tolist():
        for table in tables:
            if wanted.never[a, b]:
                model.add_at_most_one([sits[a][table], sits[b][table]])
                continue
            both = model.new_bool_var("")
            model.add_implication(both, sits[a][table])
            model.add_implication(both, sits[b][table])
            terms.append(round(wanted.gain[a, b] * 4) * both)
    model.maximize(sum(terms))
    solver = _solver(limit)
    solved = solver.solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return solver.objective_value / 4 if solved else 0.0


def _solver(limit: float) -> Any:
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = limit
    solver.parameters.num_workers = 2
    return solver


def many_rounds() -> Row:
    """Five hundred people at fifty tables, ten times."""
    wanted = session(500)
    (seating, spent) = timed(lambda: seat(wanted, 10, 10))
    assert faults(wanted, seating, 10, 10) == []
    fewest, pay = shuffled_rounds(wanted, 10, 10)
    work = (
        f"seat at tables of 10, ten rounds: {seating.repeats} repeats, gain {seating.gain:,.0f}"
        f" (shuffling: {fewest:,} repeats, gain {pay:,.0f})"
    )
    met = seating.repeats <= 3
    return row(work, "500 people", spent, {"shuffling": SHUFFLING * 1000}, "<= 3 repeats", met)


def shuffled_rounds(wanted: Wanted, size: int, rounds: int) -> tuple[int, float]:
    """Fewest repeats of random seats for two seconds, and what these gain."""
    rng, began = np.random.default_rng(0), time.process_time()
    best = (sys.maxsize, 0.0)
    while time.process_time() - began < SHUFFLING:
        drawn = [rng.permutation(wanted.n).reshape(-1, size) for _ in range(rounds)]
        times = np.zeros((wanted.n, wanted.n), int)
        for seats in drawn:
            times[seats[:, :, None], seats[:, None, :]] += 1
        times = np.triu(times, 1)
        repeats = int(np.maximum(times - 1, 0).sum())
        best = min(best, (repeats, float(wanted.gain[times > 0].sum())))
    return best


def golf(groups: int, size: int, weeks: int, limit: float) -> Row:
    """Social golfers: nobody plays with anybody twice."""
    n = groups * size
    nothing = Wanted.build(np.zeros((n, n)))
    seating = seat(nothing, size, weeks)
    assert faults(nothing, seating, size, weeks) == []
    spent = median_ms(lambda: seat(nothing, size, weeks), TURNS)
    repeats, searched = timed(lambda: golf_by_search(groups, size, weeks))
    peers = {f"our search without designs, {repeats} repeats": searched}
    if importlib.util.find_spec("ortools"):
        solved, solver_ms = timed(lambda: cp_sat_golf(groups, size, weeks, limit))
        told = "0 repeats" if solved else f"nothing in {limit:g} s"
        peers[f"CP-SAT, {told}"] = solver_ms
    work = f"social golfers {groups}-{size}-{weeks}: {seating.repeats} repeats"
    met = seating.repeats == repeats == 0 and max(spent, searched) <= 2000
    return row(work, f"{n} people", spent, peers, "0 repeats in <= 2 s", met)


def golf_by_search(groups: int, size: int, weeks: int, drafts: int = 8) -> int:
    """Fewest repeats from random seats by swapping alone."""
    n, rng = groups * size, np.random.default_rng(0)
    before = np.zeros((n, n), np.int64)
    seats = [
        np.array([rng.permutation(n).reshape(groups, size) for _ in range(drafts)])
        for _ in range(weeks)
    ]

    def again(rounds: Rounds) -> int:
        return int(np.maximum(rounds.times - 1, 0).sum(axis=(1, 2)).min()) // 2

    rounds = settle_together(
        np.zeros((n, n)),
        1.0,
        Rounds.of(seats, before),
        Cooling(6000, 0.3, 0.15),
        rng,
        lambda now: again(now) == 0,
    )
    return again(rounds)


def cp_sat_golf(groups: int, size: int, weeks: int, limit: float) -> bool:
    """Who plays in which group in which week; every two at most once; the first week is given."""
    from ortools.sat.python import cp_model

    model, n = cp_model.CpModel(), groups * size
    plays = [
        [[model.new_bool_var("") for _ in range(groups)] for _ in range(n)] for _ in range(weeks)
    ]
    for week in plays:
        for person in week:
            model.add_exactly_one(person)
        for group in range(groups):
            model.add(sum(person[group] for person in week) == size)
    for person in range(n):
        model.add(plays[0][person][person // size] == 1)
    for a in range(n):
        for b in range(a):
            met = []
            for week in plays:
                for group in range(groups):
                    both = model.new_bool_var("")
                    model.add_bool_or([week[a][group].negated(), week[b][group].negated(), both])
                    met.append(both)
            model.add_at_most_one(met)
    return _solver(limit).solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE)


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    began = time.process_time()
    found = work()
    return found, (time.process_time() - began) * 1000


def median_ms(work: Callable[[], object], turns: int) -> float:
    """Median CPU time, all threads together."""
    return statistics.median(timed(work)[1] for _ in range(turns))


def row(work: str, size: str, ours: float, theirs: dict[str, float], goal: str, met: bool) -> Row:
    """One line of the table."""
    return {
        "work": work,
        "size": size,
        "ours_ms": round(ours, 2),
        "peers": {name: round(ms, 1) for name, ms in theirs.items()},
        "goal": goal,
        "met": met,
    }


if __name__ == "__main__":
    for line in run("--quick" in sys.argv):
        print(line)
