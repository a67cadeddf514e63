"""The warmest introduction chains, beside what one would otherwise pick.

    python -m benchmarks.chains EDGES.csv.gz    (columns a, b, strength)
    python -m benchmarks.chains --people 1000000

Every answer is compared before anything is timed, and the programs then take turns pair by pair.
They do not all do the same work: SQLite answers the same question (five best, at most four ties);
SciPy, igraph and networkx find one warmest path of any length, which is less. Slow ones are asked
about fewer pairs, and the table says how many. Times are CPU time.
"""

from __future__ import annotations

import argparse
import importlib.util
import math
import pathlib
import resource
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from footbridge.engine.chains import LONGEST, Chain, warmest
from footbridge.engine.ties import Ties

Row = dict[str, Any]
Answer = list[float]
Ask = Callable[[int, int], Answer]


@dataclass
class Peer:
    """Another way to ask, of how many pairs, and what it and ours took in turns, in ms."""

    name: str
    ask: Ask
    pairs: int
    same_question: bool = False
    took: list[float] = field(default_factory=list)
    ours: list[float] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("edges", nargs="?", type=pathlib.Path)
    parser.add_argument("--people", type=int, default=100_000, help="where no file is given")
    parser.add_argument("--pairs", type=int, default=1000)
    asked = parser.parse_args()
    people, a, b, strength = read(asked.edges) if asked.edges else synthetic(asked.people)
    began = time.perf_counter()
    ties = Ties.build(people, a, b, strength)
    built = time.perf_counter() - began
    print(
        f"{people:,} people, {ties.count:,} ties: built in {built:.2f} s, {held(ties):.0f} MB held,"
    )
    print(f"peak memory of the process {peak():.0f} MB")
    for row in measure(ties, asked.pairs):
        print(as_line(row))


def run(quick: bool) -> list[Row]:
    """Rows for `python -m benchmarks`: 100,000 people and a million ties, or ten times that."""
    people = 100_000 if quick else 1_000_000
    ties = Ties.build(*synthetic(people))
    return measure(ties, 300 if quick else 1000)


def measure(ties: Ties, pairs: int) -> list[Row]:
    """Uniform pairs beside the peers; pairs by degree and hub to hub for ours and SQLite."""
    peers = peers_for(ties)
    rows = []
    for work, drawn in pair_sets(ties, pairs).items():
        against = peers if work == "uniform" else [p for p in peers if p.same_question]
        rows.append(_row(ties, work, *take_turns(ties, drawn, against)))
    return rows


def pair_sets(ties: Ties, pairs: int, seed: int = 1) -> dict[str, np.ndarray]:
    """Random pairs alone would hide the hubs, where joins take seconds."""
    rng = np.random.default_rng(seed)
    degree = np.diff(ties.indptr)
    ends = rng.integers(0, len(ties.neighbours), (pairs, 2))
    hubs = np.argsort(-degree, kind="stable")[: max(2, min(200, ties.members // 20))]
    drawn = {
        "uniform": rng.integers(0, ties.members, (pairs, 2)),
        "by degree": ties.neighbours[ends].astype(np.int64),
        "hub to hub": rng.choice(hubs, (pairs, 2)),
    }
    return {name: some[some[:, 0] != some[:, 1]] for name, some in drawn.items()}


def take_turns(ties: Ties, pairs: np.ndarray, peers: list[Peer]) -> tuple[list[float], list[Peer]]:
    """Compare answers on the first pairs; then time ours, and with each peer A B A B."""
    for source, target in pairs[:5].tolist():
        ours = warmest(ties, source, target)
        for peer in peers:
            assert_equal(peer, ours, peer.ask(source, target))
    took = [timed(lambda s=s, t=t: warmest(ties, s, t)) for s, t in pairs.tolist()]
    fresh = [Peer(p.name, p.ask, p.pairs, p.same_question) for p in peers]
    for peer in fresh:
        for source, target in pairs[: peer.pairs].tolist():
            peer.ours.append(timed(lambda s=source, t=target: warmest(ties, s, t)))
            peer.took.append(timed(lambda s=source, t=target, p=peer: p.ask(s, t)))
    return took, fresh


def assert_equal(peer: Peer, ours: tuple[Chain, ...], theirs: Answer) -> None:
    """The same strengths; a peer without a limit may find a longer and warmer path than ours."""
    strengths = [chain.strength for chain in ours]
    if peer.same_question:
        assert len(strengths) == len(theirs), (peer.name, strengths, theirs)
        assert np.allclose(strengths, theirs, rtol=1e-5), (peer.name, strengths, theirs)
    elif theirs and theirs[1] <= LONGEST:
        assert math.isclose(strengths[0], theirs[0], rel_tol=1e-5), (peer.name, strengths, theirs)
    elif strengths:
        assert theirs[0] >= strengths[0] * (1 - 1e-5), (peer.name, strengths, theirs)


def timed(work: Callable[[], object]) -> float:
    """CPU milliseconds of this thread: what else the machine does is not the program's doing."""
    began = time.thread_time()
    work()
    return (time.thread_time() - began) * 1000


def peers_for(ties: Ties) -> list[Peer]:
    """The peers that are installed and can hold a network of this size."""
    big = ties.count > 2_000_000
    peers = [Peer("SQLite join", sqlite_join(ties), 100, same_question=True)]
    if importlib.util.find_spec("scipy"):
        peers.append(Peer("SciPy dijkstra", scipy_dijkstra(ties), 3 if big else 10))
    if importlib.util.find_spec("igraph"):
        peers.append(Peer("igraph dijkstra", igraph_dijkstra(ties), 3 if big else 10))
    if importlib.util.find_spec("networkx") and not big:
        peers.append(Peer("networkx bidirectional", networkx_dijkstra(ties), 10))
    return peers


JOIN = """
WITH f1(n, c) AS MATERIALIZED (SELECT b, c FROM tie WHERE a = :s),
     b1(n, c) AS MATERIALIZED (SELECT b, c FROM tie WHERE a = :t),
     f2(v, n, c) AS MATERIALIZED (
       SELECT f1.n, tie.b, f1.c + tie.c FROM f1 JOIN tie ON tie.a = f1.n
       WHERE tie.b NOT IN (:s, :t) AND f1.n <> :t),
     b2(v, n, c) AS MATERIALIZED (
       SELECT b1.n, tie.b, b1.c + tie.c FROM b1 JOIN tie ON tie.a = b1.n
       WHERE tie.b NOT IN (:s, :t) AND b1.n <> :s)
SELECT c FROM f1 WHERE n = :t
UNION ALL SELECT f1.c + b1.c FROM f1 JOIN b1 ON b1.n = f1.n
UNION ALL SELECT f2.c + b1.c FROM b1 JOIN f2 ON f2.n = b1.n
UNION ALL SELECT f2.c + b2.c FROM f2 JOIN b2 ON b2.n = f2.n AND b2.v <> f2.v
ORDER BY 1 LIMIT 5
"""


def sqlite_join(ties: Ties) -> Ask:
    """The join that a developer would write, two steps from each end, over a covering index."""
    database = sqlite3.connect(":memory:")
    database.execute(
        "CREATE TABLE tie (a INTEGER, b INTEGER, c REAL, PRIMARY KEY (a, b)) WITHOUT ROWID"
    )
    source = np.repeat(np.arange(ties.members), np.diff(ties.indptr))
    order = np.lexsort((ties.neighbours, source))
    columns = (source[order], ties.neighbours[order], ties.cost[order].astype(float))
    for start in range(0, len(order), 500_000):
        part = slice(start, start + 500_000)
        database.executemany(
            "INSERT INTO tie VALUES (?, ?, ?)", zip(*(c[part].tolist() for c in columns))
        )

    def ask(source: int, target: int) -> Answer:
        rows = database.execute(JOIN, {"s": source, "t": target}).fetchall()
        return [math.exp(-cost) for (cost,) in rows]

    return ask


def scipy_dijkstra(ties: Ties) -> Ask:
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import dijkstra

    # A cost of zero would mean no tie in a sparse matrix.
    cost = np.maximum(ties.cost.astype(np.float64), 1e-12)
    matrix = csr_matrix((cost, ties.neighbours, ties.indptr), shape=(ties.members, ties.members))

    def ask(source: int, target: int) -> Answer:
        far, before = dijkstra(matrix, indices=source, return_predecessors=True)
        steps, at = 0, target
        while at != source and before[at] >= 0:
            steps, at = steps + 1, before[at]
        return [math.exp(-far[target]), steps] if steps else []

    return ask


def igraph_dijkstra(ties: Ties) -> Ask:
    import igraph

    a, b, cost = _once(ties)
    graph = igraph.Graph(n=ties.members, edges=np.column_stack((a, b)))
    graph.es["cost"] = cost

    def ask(source: int, target: int) -> Answer:
        path = graph.get_shortest_path(source, target, weights="cost", output="epath")
        return [math.exp(-sum(graph.es[edge]["cost"] for edge in path)), len(path)] if path else []

    return ask


def networkx_dijkstra(ties: Ties) -> Ask:
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(range(ties.members))
    graph.add_weighted_edges_from(zip(*(column.tolist() for column in _once(ties))))

    def ask(source: int, target: int) -> Answer:
        try:
            cost, path = networkx.bidirectional_dijkstra(graph, source, target)
        except networkx.NetworkXNoPath:
            return []
        return [math.exp(-cost), len(path) - 1]

    return ask


def _once(ties: Ties) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Each tie once, as a, b and cost."""
    source = np.repeat(np.arange(ties.members), np.diff(ties.indptr))
    once = source < ties.neighbours
    return source[once], ties.neighbours[once], ties.cost[once].astype(np.float64)


def _row(ties: Ties, work: str, took: list[float], peers: list[Peer]) -> Row:
    median, p95, worst = np.median(took), np.percentile(took, 95), max(took)
    against = {peer.name: float(np.median(peer.took)) for peer in peers}
    # Of the same pairs in turns, since a peer may have seen only the first few.
    ratio = {p.name: float(np.median(p.took) / np.median(p.ours)) for p in peers}
    worst_of = {peer.name: max(peer.took) for peer in peers}
    return {
        "work": f"five warmest chains, {work}",
        "size": f"{ties.members:,} people, {ties.count:,} ties",
        "ours_ms": float(median),
        "ours_p95_ms": float(p95),
        "ours_worst_ms": float(worst),
        "pairs": len(took),
        "peers": against,
        "peer_pairs": {peer.name: len(peer.took) for peer in peers},
        "peer_worst_ms": worst_of,
        "ratios": ratio,
        **_goal(work, float(median), float(worst), ratio),
    }


def _goal(work: str, median: float, worst: float, ratio: dict[str, float]) -> Row:
    if work == "hub to hub":
        return {"goal": "worst ≤ 20 ms", "met": worst <= 20}
    if work == "by degree":
        return {"goal": "median ≤ 1.1 ms", "met": median <= 1.1}
    beats = ratio.get("SQLite join", math.inf) >= 2.5
    return {"goal": "≤ 1.1 ms; ≥ 2.5 × the SQLite join", "met": median <= 1.1 and beats}


def as_line(row: Row) -> str:
    spread = f"p95 {row['ours_p95_ms']:.2f}, worst {row['ours_worst_ms']:.1f}"
    ours = f"{row['ours_ms']:.2f} ms ({spread}, {row['pairs']} pairs)"
    peers = "; ".join(
        f"{name} {ms:.1f} ms ({row['ratios'][name]:.1f} ×, {row['peer_pairs'][name]} pairs)"
        for name, ms in row["peers"].items()
    )
    return (
        f"{row['work']}: {ours}; {peers}; goal {row['goal']}: {'met' if row['met'] else 'not met'}"
    )


def read(path: pathlib.Path) -> tuple[int, np.ndarray, np.ndarray, np.ndarray]:
    """People numbered in the order of their names, which may be numbers or words."""
    import pandas

    table = pandas.read_csv(path, usecols=["a", "b", "strength"], dtype={"strength": np.float64})
    ends, names = pandas.factorize(pandas.concat([table["a"], table["b"]]).astype(str), sort=True)
    half = len(table)
    return len(names), ends[:half], ends[half:], table["strength"].to_numpy()


def synthetic(people: int, seed: int = 7) -> tuple[int, np.ndarray, np.ndarray, np.ndarray]:
    """Ten ties a head, ends drawn with weight rank^−0.6, so that a few know thousands."""
    rng = np.random.default_rng(seed)
    weight = np.cumsum((np.arange(people) + 10.0) ** -0.6)
    drawn = np.searchsorted(weight, rng.random((2, people * 11)) * weight[-1])
    pairs = drawn[:, drawn[0] != drawn[1]]
    key = np.unique(pairs.min(axis=0) * people + pairs.max(axis=0))
    key = rng.permutation(key)[: people * 10]
    strength = rng.choice([0.25, 0.5, 0.75, 0.9], len(key)) * rng.uniform(0.4, 1, len(key))
    return people, key // people, key % people, strength


def held(ties: Ties) -> float:
    """Megabytes in the arrays themselves."""
    arrays = (ties.indptr, ties.neighbours, ties.strength, ties.cost, ties.willing, ties.vouched)
    return sum(array.nbytes for array in arrays) / 1e6


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


if __name__ == "__main__":
    main()
