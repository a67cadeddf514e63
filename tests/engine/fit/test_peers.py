"""The same ranking from a plain loop and from one SQL statement, on a realistic network."""

import pytest

from benchmarks import rank as bench
from benchmarks import rank_peers as peers
from benchmarks.network import synthetic
from footbridge.engine import fit
from footbridge.engine.checks.fit import complaints
from footbridge.engine.fit import Query
from footbridge.engine.snapshot import Snapshot


@pytest.fixture(scope="module")
def network() -> tuple[Snapshot, list[peers.Peer]]:
    drawn = synthetic(1500, seed=3)
    snapshot, prepared = drawn.snapshot(), peers.Prepared(drawn)
    return snapshot, [
        peers.NumPy(snapshot),
        peers.PlainPython(prepared),
        peers.SQLite(prepared),
    ]


def test_loop_and_sql_find_the_same_ten(network: tuple) -> None:
    snapshot, others = network
    bench.assert_equal(snapshot, others, list(range(0, 1500, 75)))
    for seeker in range(0, 1500, 75):
        ranking = fit.rank(snapshot, seeker)
        assert len(ranking) == 10
        assert not any(suggestion.near_miss for suggestion in ranking)


def test_a_peer_that_answers_otherwise_is_not_measured(network: tuple) -> None:
    class Wrong(peers.NumPy):
        name = "wrong"

        def top(self, seeker: int, k: int) -> peers.Top:
            return [(member, score + 0.01) for member, score in super().top(seeker, k)]

    with pytest.raises(AssertionError, match="wrong"):
        bench.assert_equal(network[0], [Wrong(network[0])], [0])


def test_the_judge_agrees_on_a_realistic_network(network: tuple) -> None:
    snapshot, _ = network
    for seeker in (1, 700):
        query = Query.of_member(snapshot, seeker)
        assert complaints(snapshot, fit.rank(snapshot, seeker), query, k=10) == ()
