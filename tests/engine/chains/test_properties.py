"""Chains on random networks, against a judge that tries everything and against networkx."""

import math

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footbridge.engine.chains import warmest
from footbridge.engine.checks.chains import every_chain, faults
from footbridge.engine.ties import Ties

WORDS = (1.0, 0.9, 0.75, 0.5, 0.25)


@st.composite
def networks(draw: st.DrawFn, most: int = 11) -> Ties:
    """Small, often dense networks, with equal strengths often enough to make order matter."""
    n = draw(st.integers(2, most))
    member = st.integers(0, n - 1)
    strength = st.one_of(st.sampled_from(WORDS), st.floats(0.001, 1.0))
    pairs = draw(st.lists(st.tuples(member, member, strength), max_size=4 * n))
    a, b, s = zip(*pairs) if pairs else ((), (), ())
    willing = draw(st.lists(st.booleans() | st.just(True), min_size=n, max_size=n))
    vouched = draw(st.lists(st.sampled_from(WORDS), min_size=n, max_size=n))
    return Ties.build(n, a, b, s, np.array(willing), vouched)


@settings(max_examples=400, deadline=None)
@given(networks(), st.data())
def test_the_answer_is_what_trying_everything_gives(ties: Ties, data: st.DataObject) -> None:
    member = st.integers(0, ties.members - 1)
    source = data.draw(member)
    targets = data.draw(st.lists(member, min_size=1, max_size=4, unique=True))
    avoid = data.draw(st.lists(member, max_size=3, unique=True))
    k, longest = data.draw(st.integers(1, 12)), data.draw(st.integers(1, 4))
    answer = warmest(ties, source, targets, k=k, max_ties=longest, avoid=avoid)
    known = [one for one in targets if one != source]
    assert faults(ties, source, known, answer, k=k, max_ties=longest, avoid=avoid) == []


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from([0.3, 0.5, 1.0]), st.integers(1, 6))
def test_equally_warm_chains_come_in_the_stated_order(seed: int, level: float, k: int) -> None:
    rng = np.random.default_rng(seed)
    a, b = rng.integers(0, 14, (2, 60))
    ties = Ties.build(14, a, b, np.full(60, level))
    targets = rng.choice(np.arange(1, 14), 3, replace=False).tolist()
    answer = warmest(ties, 0, targets, k=k)
    assert faults(ties, 0, targets, answer, k=k) == []


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_warmest_chain_is_the_shortest_path_that_networkx_finds(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n, m = 60, 150
    a, b = rng.integers(0, n, (2, m))
    ties = Ties.build(n, a, b, rng.uniform(0.05, 1, m))
    graph = nx.Graph()
    graph.add_nodes_from(range(n))
    for one in range(n):
        neighbours, strengths = ties.of(one)
        for other, strength in zip(neighbours.tolist(), strengths.tolist()):
            graph.add_edge(one, other, weight=-math.log(strength))
    chains = warmest(ties, 0, 1, k=3)
    paths = [
        (nx.path_weight(graph, path, "weight"), path)
        for path in nx.all_simple_paths(graph, 0, 1, cutoff=4)
    ]
    best = sorted(paths)[:3]
    assert [list(chain.members) for chain in chains] == [path for _, path in best]
    assert [chain.strength for chain in chains] == pytest.approx(
        [math.exp(-cost) for cost, _ in best], rel=1e-5
    )


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_networks_with_hubs_are_answered_exactly(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n, m = 400, 1200
    a = np.minimum((rng.pareto(1.0, m) * 3).astype(int), n - 1)
    b = rng.integers(0, n, m)
    ties = Ties.build(n, a, b, rng.choice(WORDS, m), rng.random(n) < 0.8, rng.choice(WORDS, n))
    for source, target in ((0, 1), (int(rng.integers(n)), int(rng.integers(n)))):
        if source != target:
            assert faults(ties, source, [target], warmest(ties, source, target)) == []


def test_the_judge_counts_every_chain_of_a_complete_network() -> None:
    a, b = np.triu_indices(6, 1)
    ties = Ties.build(6, a, b, np.full(len(a), 0.5))
    chains = every_chain(ties, 0, [5], 4)
    assert [sum(length == ties_ for _, length, _ in chains) for ties_ in (1, 2, 3, 4)] == [
        1,
        4,
        12,
        24,
    ]
