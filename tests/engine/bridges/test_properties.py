"""What holds of bridges whatever the network; the judge takes people away one by one."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footbridge.engine import bridges
from footbridge.engine.checks.bridges import (
    bridging_faults,
    bus_factor_faults,
    constraint_faults,
    cut_faults,
    thread_faults,
    truck_faults,
)
from footbridge.engine.ties import Ties

seeds = st.integers(0, 2**32 - 1)


def network(rng: np.random.Generator, n: int, many: int) -> Ties:
    return Ties.build(n, *rng.integers(0, n, (2, many)), rng.choice([0.25, 0.5, 0.9], many))


@settings(max_examples=100, deadline=None)
@given(st.sets(st.tuples(st.integers(0, 7), st.integers(10, 17)), max_size=30))
def test_a_bus_factor_always_brings_its_two_proofs(ties: set[tuple[int, int]]) -> None:
    assert bus_factor_faults(ties, bridges.bus_factor(ties)) == []


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 99), st.integers(100, 199)), max_size=400))
def test_a_bus_factor_among_two_hundred_is_what_networkx_finds(ties: list[tuple[int, int]]) -> None:
    graph = nx.Graph(ties)
    first = [one for one in graph if one < 100]
    matched = nx.bipartite.maximum_matching(graph, first) if ties else {}
    assert bridges.bus_factor(ties).factor == len(matched) // 2


@settings(max_examples=80, deadline=None)
@given(seeds, st.integers(1, 14), st.integers(0, 20))
def test_networks_hang_on_whom_the_judge_says(seed: int, n: int, many: int) -> None:
    rng = np.random.default_rng(seed)
    ties, group = network(rng, n, many), rng.integers(-1, 4, n).tolist()
    assert cut_faults(ties, bridges.cut_people(ties)) == []
    assert constraint_faults(ties, bridges.constraint(ties)) == []
    assert thread_faults(ties, group, bridges.single_threads(ties, group)) == []
    assert bridging_faults(ties, group, bridges.bridging(ties, group)) == []


def test_three_thousand_people_hang_on_whom_networkx_says() -> None:
    ties = network(np.random.default_rng(2), 3000, 4000)
    graph = nx.Graph()
    graph.add_nodes_from(range(3000))
    for one in range(3000):
        others, strength = ties.of(one)
        graph.add_weighted_edges_from(
            (one, other, how) for other, how in zip(others.tolist(), strength.tolist())
        )
    assert bridges.cut_people(ties).tolist() == sorted(set(nx.articulation_points(graph)))
    some = range(0, 3000, 60)
    theirs = nx.constraint(graph, nodes=some, weight="weight")
    ours = bridges.constraint(ties)
    assert [ours[one] for one in some] == pytest.approx([theirs[one] for one in some], nan_ok=True)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sets(st.integers(0, 6), max_size=3), max_size=9))
def test_a_truck_factor_is_the_fewest_there_are(holders: list[set[int]]) -> None:
    assert truck_faults(holders, bridges.truck_factor(holders)) == []


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sets(st.integers(0, 13), min_size=1, max_size=3), min_size=12, max_size=16))
def test_among_many_people_enough_are_named_and_each_is_needed(holders: list[set[int]]) -> None:
    found = bridges.truck_factor(holders)
    assert truck_faults(holders, found) == []
    for one in found.people if not found.exact else ():
        rest = set(found.people) - {one}
        assert 2 * sum(some <= rest for some in holders) <= len(holders)
