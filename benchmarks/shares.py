"""Exact and drawn shares, temptations, stable splits and voting power beside plain programs.

    python -m benchmarks.shares

What one would otherwise write: Shapley's sum over groups with itertools, or the same with NumPy one
party at a time. Libraries that compute it take a function and call it 2**n times. Answers are
compared before anything is timed; times are CPU time of all threads.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from itertools import combinations
from math import comb
from typing import Any

import numpy as np

from footbridge.engine.power import power
from footbridge.engine.shares import (
    Game,
    Pieces,
    better_alone,
    sampled,
    shapley,
    stable_split,
)

Row = dict[str, Any]
TURNS = 5


def made_up(n: int, seed: int = 1) -> Game:
    rng = np.random.default_rng(seed)
    return Game(np.append(0.0, rng.random(2**n - 1) * 1000))


def with_itertools(game: Game) -> list[float]:
    """The sum as it stands in the books."""
    n, values = game.parties, game.values.tolist()
    shares = []
    for one in range(n):
        others = [1 << other for other in range(n) if other != one]
        mine, total = 1 << one, 0.0
        for size in range(n):
            weight = 1 / (n * comb(n - 1, size))
            for group in combinations(others, size):
                at = sum(group)
                total += weight * (values[at | mine] - values[at])
        shares.append(total)
    return shares


def one_at_a_time(game: Game) -> list[float]:
    """NumPy, one party after the other: halves of the list of values, weighed and subtracted."""
    n, values = game.parties, game.values
    size = np.bitwise_count(np.arange(len(values), dtype=np.uint32))
    weight = np.array([1 / (n * comb(n - 1, k)) for k in range(n)])
    shares = []
    for one in range(n):
        halves, sizes = values.reshape(-1, 2, 1 << one), size.reshape(-1, 2, 1 << one)
        added = (halves[:, 1] - halves[:, 0]) * weight[sizes[:, 0]]
        shares.append(float(added.sum()))
    return shares


def exact(n: int, limit: float) -> Row:
    game = made_up(n)
    ours = shapley(game).shares
    assert np.allclose(ours, one_at_a_time(game))
    work: dict[str, Callable[[], object]] = {
        "ours": lambda: shapley(game),
        "NumPy, one party at a time": lambda: one_at_a_time(game),
    }
    if n <= 15:
        assert np.allclose(ours, with_itertools(game))
        work["itertools"] = lambda: with_itertools(game)
    return row("Shapley, exact, every group", f"{n} parties", work, limit)


def drawn(n: int = 40, orders: int = 10_000) -> Row:
    """Forty parties under a ceiling, with an interval; beside drawing one order at a time."""
    rng = np.random.default_rng(2)
    pairs = {(i, j): float(rng.random()) for i in range(n) for j in range(i)}
    pieces = Pieces.of(rng.random(n).tolist(), pairs, ceiling=200.0)
    free = Pieces.of(pieces.alone, pairs)
    found = sampled(free.worth, n, orders=1000, seed=1)
    assert np.abs(np.array(found.shares) - shapley(free).shares).max() <= 3 * max(found.margin)
    said = max(sampled(pieces.worth, n, orders=orders).margin)
    work: dict[str, Callable[[], object]] = {
        "ours": lambda: sampled(pieces.worth, n, orders=orders),
        "Python, one order at a time (from 20)": lambda: one_order_at_a_time(pieces, 20),
    }
    told = row(
        f"Shapley, {orders:,} orders drawn, margin at most {said:.2f} of a mean share of 5",
        f"{n} parties",
        work,
        2000.0,
    )
    told["peers"] = {name: ms * orders / 20 for name, ms in told["peers"].items()}
    return told


def one_order_at_a_time(pieces: Pieces, orders: int) -> np.ndarray:
    rng = np.random.default_rng(0)
    added = np.zeros(pieces.parties)
    for _ in range(orders):
        there: list[int] = []
        before = 0.0
        for one in rng.permutation(pieces.parties).tolist():
            there.append(one)
            now = pieces.value(there)
            added[one] += now - before
            before = now
    return added / orders


def temptations(n: int = 20) -> Row:
    game = made_up(n, seed=3)
    split = [game.total / n] * n
    return row(
        "who would do better alone, every group looked at",
        f"{n} parties",
        {"ours": lambda: better_alone(game, split)},
        200.0,
    )


def stable(n: int = 15) -> Row:
    game = made_up(n, seed=4)
    found, whole = stable_split(game), with_every_group(game)
    assert abs(found.strain - whole) < 1e-5 * abs(whole)
    work: dict[str, Callable[[], object]] = {
        "ours": lambda: stable_split(game),
        "SciPy, all groups at once": lambda: with_every_group(game),
    }
    return row("a stable split, or the proof that there is none", f"{n} parties", work, 500.0)


def with_every_group(game: Game) -> float:
    """The same linear program with a row for each of the 2**n groups."""
    from scipy import optimize, sparse

    n = game.parties
    groups = np.arange(1, len(game.values) - 1)
    inside = (groups[:, None] >> np.arange(n) & 1).astype(float)
    solved = optimize.linprog(
        np.append(np.zeros(n), 1.0),
        A_ub=sparse.csr_matrix(-np.column_stack((inside, np.ones(len(groups))))),
        b_ub=-game.values[1:-1],
        A_eq=np.append(np.ones(n), 0.0)[None, :],
        b_eq=[game.total],
        bounds=(None, None),
        method="highs",
    )
    return float(solved.x[-1])


def votes(n: int = 30) -> Row:
    weights = np.random.default_rng(5).integers(1, 200, n).tolist()
    quota = sum(weights) // 2 + 1
    assert sum(power(weights, quota).shapley_shubik) == 1
    return row(
        "Shapley-Shubik and Banzhaf, exact",
        f"{n} parties, {sum(weights):,} votes",
        {"ours": lambda: power(weights, quota)},
        1000.0,
    )


def row(what: str, size: str, work: dict[str, Callable[[], object]], limit: float) -> Row:
    took = in_turns(work)
    ours = took.pop("ours")
    return {
        "work": what,
        "size": size,
        "ours_ms": round(ours, 3),
        "peers": {name: round(ms, 2) for name, ms in took.items()},
        "goal": f"<= {limit:g} ms",
        "met": ours <= limit,
    }


def in_turns(work: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Median CPU milliseconds of each, A B A B, after one turn that does not count."""
    took: dict[str, list[float]] = {name: [] for name in work}
    for turn in range(TURNS + 1):
        for name, one in work.items():
            began = time.process_time()
            one()
            if turn:
                took[name].append((time.process_time() - began) * 1000)
    return {name: statistics.median(ms) for name, ms in took.items()}


def run(quick: bool) -> list[Row]:
    """Rows for `python -m benchmarks`."""
    few = [exact(15, 2.0), exact(20, 80.0), temptations(), votes()]
    return few if quick else [*few, drawn(), stable()]


def main() -> None:
    for told in run(quick=False):
        print(told)


if __name__ == "__main__":
    main()
