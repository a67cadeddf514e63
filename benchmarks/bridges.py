"""What a network hangs on, beside networkx, rustworkx and pandas.

    python -m benchmarks.bridges [--people 10000]

Made-up people in circles of twenty-five, three ties a head, three in ten of them to anybody. Every
program starts from the same arrays of ties; what a library needs to build its own graph from them
is counted, and told apart where it is most of the time. Answers are compared before anything is
timed; times are CPU time of all threads.
"""

from __future__ import annotations

import argparse
import importlib.util
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.shares import in_turns
from footbridge.engine.bridges import bus_factor, constraint, cut_people, single_threads
from footbridge.engine.ties import Ties

Row = dict[str, Any]


def made_up(n: int, a_head: int = 3, seed: int = 1) -> Ties:
    rng = np.random.default_rng(seed)
    a = np.repeat(np.arange(n), a_head)
    near = np.minimum(a // 25 * 25 + rng.integers(0, 25, len(a)), n - 1)
    b = np.where(rng.random(len(a)) < 0.3, rng.integers(0, n, len(a)), near)
    return Ties.build(n, a, b, rng.choice([0.25, 0.5, 0.75, 0.9], len(a)))


def pairs_of(ties: Ties) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    owner = np.repeat(np.arange(ties.members), np.diff(ties.indptr))
    once = owner < ties.neighbours
    return owner[once], ties.neighbours[once].astype(np.int64), ties.strength[once]


def cut_points(n: int) -> Row:
    ties = made_up(n)
    work: dict[str, Callable[[], object]] = {"ours": lambda: cut_people(ties)}
    ours = set(cut_people(ties).tolist())
    if importlib.util.find_spec("rustworkx"):
        import rustworkx

        graph = rust_graph(ties)
        assert set(rustworkx.articulation_points(graph)) == ours
        work["rustworkx"] = lambda: rustworkx.articulation_points(rust_graph(ties))
        work["rustworkx, its graph ready"] = lambda: rustworkx.articulation_points(graph)
    if importlib.util.find_spec("networkx"):
        import networkx

        ready = networkx_graph(ties)
        assert set(networkx.articulation_points(ready)) == ours
        work["networkx, its graph ready"] = lambda: list(networkx.articulation_points(ready))
    what = f"people who hold others together: {len(ours):,}"
    return row(what, ties, work, 2.5)


def closed(n: int) -> Row:
    ties = made_up(n)
    work: dict[str, Callable[[], object]] = {"ours": lambda: constraint(ties)}
    hundred = 0
    if importlib.util.find_spec("networkx"):
        import networkx

        ready, some = networkx_graph(ties), range(0, n, max(n // 100, 1))
        hundred = len(some)
        theirs = networkx.constraint(ready, nodes=some, weight="weight")
        ours = constraint(ties)
        assert np.allclose(
            [ours[one] for one in some], [theirs[one] for one in some], equal_nan=True
        )
        work["networkx"] = lambda: networkx.constraint(ready, nodes=some, weight="weight")
    told = row("Burt's constraint, everybody (networkx: from a hundred)", ties, work, 12.0)
    told["peers"] = {name: ms * n / hundred for name, ms in told["peers"].items()}
    return told


def threads(n: int) -> Row:
    ties = made_up(n)
    organisation = np.random.default_rng(2).integers(0, max(n // 20, 1), n)
    ours = [(*one.groups, one.person) for one in single_threads(ties, organisation)]
    work: dict[str, Callable[[], object]] = {"ours": lambda: single_threads(ties, organisation)}
    if importlib.util.find_spec("pandas"):
        assert with_pandas(ties, organisation) == ours
        work["pandas"] = lambda: with_pandas(ties, organisation)
    what = f"organisations that know each other through one person: {len(ours):,} pairs"
    return row(what, ties, work, 4.5)


def with_pandas(ties: Ties, organisation: np.ndarray) -> list[tuple[int, int, int]]:
    import pandas

    a, b, _ = pairs_of(ties)
    frame = pandas.DataFrame({"a": a, "b": b, "of_a": organisation[a], "of_b": organisation[b]})
    frame = frame[frame.of_a != frame.of_b]
    turned = frame.of_a > frame.of_b
    frame.loc[turned, ["a", "b", "of_a", "of_b"]] = frame.loc[
        turned, ["b", "a", "of_b", "of_a"]
    ].to_numpy()
    per_pair = frame.groupby(["of_a", "of_b"]).agg(
        of_first=("a", "nunique"), of_second=("b", "nunique"), a=("a", "first"), b=("b", "first")
    )
    alone = per_pair[(per_pair.of_first == 1) | (per_pair.of_second == 1)]
    person = alone.a.where(alone.of_first == 1, alone.b)
    return [(int(x), int(y), int(who)) for (x, y), who in person.items()]


def factors() -> Row:
    """Bus factors of a thousand partnerships of eight people a side."""
    rng = np.random.default_rng(3)
    some = [[(a, 8 + b) for a, b in rng.integers(0, 8, (12, 2)).tolist()] for _ in range(1000)]
    work: dict[str, Callable[[], object]] = {"ours": lambda: [bus_factor(ties) for ties in some]}
    if importlib.util.find_spec("networkx"):
        assert [bus_factor(ties).factor for ties in some] == with_networkx(some)
        work["networkx, number only"] = lambda: with_networkx(some)
    told = row("bus factor with both proofs", made_up(10), work, 100.0)
    told["size"] = "1,000 partnerships of 16"
    return told


def with_networkx(some: list[list[tuple[int, int]]]) -> list[int]:
    import networkx

    found = []
    for ties in some:
        graph = networkx.Graph(ties)
        first = [one for one in graph if one < 8]
        found.append(len(networkx.bipartite.maximum_matching(graph, first)) // 2)
    return found


def rust_graph(ties: Ties) -> Any:
    import rustworkx

    a, b, _ = pairs_of(ties)
    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(ties.members))
    graph.extend_from_edge_list(list(zip(a.tolist(), b.tolist())))
    return graph


def networkx_graph(ties: Ties) -> Any:
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(range(ties.members))
    a, b, strength = (column.tolist() for column in pairs_of(ties))
    graph.add_weighted_edges_from(zip(a, b, strength))
    return graph


def row(what: str, ties: Ties, work: dict[str, Callable[[], object]], limit: float) -> Row:
    took = in_turns(work)
    ours = took.pop("ours")
    return {
        "work": what,
        "size": f"{ties.members:,} people, {ties.count:,} ties",
        "ours_ms": round(ours, 2),
        "peers": {name: round(ms, 1) for name, ms in took.items()},
        "goal": f"<= {limit:g} ms",
        "met": ours <= limit,
    }


def run(quick: bool) -> list[Row]:
    """Rows for `python -m benchmarks`."""
    n = 10_000
    return [cut_points(n), closed(n), threads(n), factors()]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--people", type=int, default=10_000)
    n = parser.parse_args().people
    for told in (cut_points(n), closed(n), threads(n), factors()):
        print(told)


if __name__ == "__main__":
    main()
