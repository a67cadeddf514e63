"""How fast ``fit.rank`` answers, beside the same score in other tools, in the same run.

    python -m benchmarks.rank [--quick]

CPU milliseconds (all threads), median over seekers. Ours and the peers alternate; before any time
counts, each peer's top ten must equal ours (scores within 1e-5, the room between coordinates in 32
and 64 bits).
"""

import gc
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from benchmarks import rank_peers as peers
from benchmarks.network import synthetic
from footbridge.engine import fit
from footbridge.engine.snapshot import Snapshot

K = 10
ALTERNATIONS = 5
SEEKERS_A_TURN = 8


def run(quick: bool) -> list[dict[str, Any]]:
    """Rows of the table; ``quick`` leaves out the million."""
    rows = hundred_thousand()
    if not quick:
        rows += million()
    return rows


def hundred_thousand() -> list[dict[str, Any]]:
    """One seeker against everyone, and the weekly suggestions, for 100,000 members."""
    network = synthetic(100_000)
    snapshot, prepared = network.snapshot(), peers.Prepared(network)
    beside: list[peers.Peer] = [
        peers.NumPy(snapshot),
        peers.Polars(prepared),
        peers.Pandas(prepared),
        peers.DuckDB(prepared),
        peers.SQLite(prepared),
        peers.PlainPython(prepared),
    ]
    with settled_memory():
        ours, theirs = alternate(snapshot, beside)
        all_of_them = everyone(snapshot, theirs)
    met = ours <= 4 and theirs["pandas"] >= 40 * ours and theirs["Polars"] >= 25 * ours
    goal = "<= 4 ms; >= 40 x pandas; >= 25 x Polars"
    return [
        row("rank one seeker, exact top 10 with reasons", snapshot.n, ours, theirs, goal, met),
        all_of_them,
    ]


def million() -> list[dict[str, Any]]:
    """One seeker against a million members."""
    network = synthetic(1_000_000)
    snapshot, prepared = network.snapshot(), peers.Prepared(network)
    beside: list[peers.Peer] = [peers.Polars(prepared), peers.DuckDB(prepared)]
    with settled_memory():
        ours, theirs = alternate(snapshot, beside)
    work = "rank one seeker, exact top 10 with reasons"
    return [row(work, snapshot.n, ours, theirs, "<= 25 ms", ours <= 25)]


def everyone(snapshot: Snapshot, alone: dict[str, float], sample: int = 400) -> dict[str, Any]:
    """Weekly suggestions for all, extrapolated from a sample of seekers drawn evenly."""
    seekers = np.random.default_rng(3).choice(snapshot.n, sample, replace=False).tolist()
    spent = cpu_ms(lambda: list(fit.rank_all(snapshot, K, seekers=seekers)))
    factor = snapshot.n / sample
    theirs = {name: ms * snapshot.n for name, ms in alone.items()}
    work = f"rank_all, top 10 for everyone (extrapolated from {sample} seekers)"
    return row(work, snapshot.n, spent * factor, theirs, "<= 6 min", spent * factor <= 360_000)


def alternate(snapshot: Snapshot, beside: Sequence[peers.Peer]) -> tuple[float, dict[str, float]]:
    """Median CPU time of ours and of each peer, turn by turn."""
    seekers = np.random.default_rng(2).choice(
        snapshot.n, (ALTERNATIONS + 1, SEEKERS_A_TURN), replace=False
    )
    assert_equal(snapshot, beside, seekers[0].tolist()[:2])
    ours: list[float] = []
    theirs: dict[str, list[float]] = {peer.name: [] for peer in beside}
    for turn in seekers[1:].tolist():
        for peer in beside:
            ours += [cpu_ms(lambda s=seeker: fit.rank(snapshot, s, k=K)) for seeker in turn]
            theirs[peer.name].append(cpu_ms(lambda p=peer, s=turn[0]: p.top(s, K)))
    return statistics.median(ours), {n: statistics.median(ms) for n, ms in theirs.items()}


def assert_equal(snapshot: Snapshot, beside: Sequence[peers.Peer], seekers: list[int]) -> None:
    """Nobody is measured who answers otherwise."""
    for seeker in seekers:
        ranking = fit.rank(snapshot, seeker, k=K)
        scores = {s.member: s.score for s in ranking}
        for peer in beside:
            found = peer.top(seeker, K)
            apart = [abs(s.score - score) for s, (_, score) in zip(ranking, found, strict=True)]
            assert max(apart) < 1e-5, (peer.name, seeker, ranking.members, found)
            for member, score in found:
                tied = abs(score - ranking[-1].score) < 1e-5
                assert member in scores or tied, (peer.name, seeker, member)


@contextmanager
def settled_memory() -> Iterator[None]:
    """The peers' millions of Python objects would slow every garbage collection, for all alike."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def cpu_ms(work: Callable[[], object]) -> float:
    """Processor time of one call, all threads together."""
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def row(
    work: str, size: int, ours: float, theirs: dict[str, float], goal: str, met: bool
) -> dict[str, Any]:
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
