"""The best few of everyone, exactly: bound, evaluate who remains, explain the winners."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from footbridge.engine import VERSION
from footbridge.engine.fit.answer import Ranking
from footbridge.engine.fit.bounds import Bounds, Floats
from footbridge.engine.fit.choices import NO_FILTERS, NOTHING_LEARNED, Filters, Learned
from footbridge.engine.fit.query import Query
from footbridge.engine.fit.reasons import explain
from footbridge.engine.fit.rows import Ints
from footbridge.engine.fit.score import Parts, Scorer
from footbridge.engine.snapshot import Snapshot

FIRST_BATCH = 256
"""How many are evaluated at first; each further batch is twice as large."""

TRIAL = 64
"""How many of the best acquaintances' acquaintances are scored to begin with a high floor."""


def rank(
    snapshot: Snapshot,
    seeker: int,
    *,
    k: int = 10,
    filters: Filters = NO_FILTERS,
    learned: Learned = NOTHING_LEARNED,
) -> Ranking:
    """Whom should this member meet, and why? The ``k`` best of everyone, exactly.

    Order: who really fits before near misses, then score, largest first, then member number.
    Never empty while somebody may be suggested at all. Raises ``ValueError`` for a member whom the
    snapshot does not hold or a ``k`` below 1.
    """
    return rank_query(
        snapshot, Query.of_member(snapshot, seeker), k=k, filters=filters, learned=learned
    )


def rank_for_text(
    snapshot: Snapshot,
    needs: Mapping[int, float],
    *,
    causes: Mapping[int, float] | None = None,
    offers: Mapping[int, float] | None = None,
    places: Sequence[tuple[float, float]] = (),
    languages: int = 0,
    sector: int = -1,
    asker: int | None = None,
    k: int = 10,
    filters: Filters = NO_FILTERS,
    learned: Learned = NOTHING_LEARNED,
) -> Ranking:
    """Who answers a brief or a call? Terms with their weights in, the ``k`` best out.

    ``places`` are (degrees north, degrees east). An ``asker`` adds the warm paths from them and
    keeps out themselves, their organisation and whom they already know.
    """
    query = Query.of_text(
        snapshot,
        needs,
        causes=causes,
        offers=offers,
        places=places,
        languages=languages,
        sector=sector,
        asker=asker,
    )
    return rank_query(snapshot, query, k=k, filters=filters, learned=learned)


def rank_all(
    snapshot: Snapshot,
    k: int = 10,
    *,
    seekers: Iterable[int] | None = None,
    filters: Filters = NO_FILTERS,
    learned: Learned = NOTHING_LEARNED,
    excluded: Mapping[int, Iterable[int]] | None = None,
) -> Iterator[tuple[int, Ranking]]:
    """The week's suggestions for everyone (or for a shard of seekers), one after the other.

    ``excluded`` adds, per seeker, whom they dismissed or avoid. Each answer is equal to that of
    :func:`rank`, however the seekers are divided among processes.
    """
    apart = excluded or {}
    for seeker in range(snapshot.n) if seekers is None else seekers:
        mine = filters
        if seeker in apart:
            mine = replace(filters, excluded=filters.excluded.union(apart[seeker]))
        yield seeker, rank(snapshot, seeker, k=k, filters=mine, learned=learned)


def rank_query(
    snapshot: Snapshot,
    query: Query,
    *,
    k: int = 10,
    filters: Filters = NO_FILTERS,
    learned: Learned = NOTHING_LEARNED,
) -> Ranking:
    """The same for a query made by hand."""
    if k < 1:
        raise ValueError("Ask for at least one suggestion.")
    scorer = Scorer(snapshot, query, filters, learned)
    bounds = Bounds(scorer)
    fitting = _best(scorer, bounds, k, fitting=True)
    suggestions = explain(scorer, fitting, near_miss=False)
    if len(suggestions) < k:
        nearly = _best(scorer, bounds, k - len(suggestions), fitting=False)
        suggestions += explain(scorer, nearly, near_miss=True)
    return Ranking(tuple(suggestions), snapshot.hash, VERSION)


@dataclass(slots=True)
class _Best:
    """The k best so far; ``floor`` is what a newcomer must reach."""

    k: int
    parts: Parts | None = None
    floor: float = -1.0

    def add(self, parts: Parts) -> None:
        if self.parts is not None:
            parts = self.parts.with_more(parts)
        order = np.lexsort((parts.members, -parts.score))[: self.k]
        self.parts = parts.take(order)
        if len(order) == self.k:
            self.floor = max(self.floor, float(self.parts.score[-1]))


def _best(scorer: Scorer, bounds: Bounds, k: int, *, fitting: bool) -> Parts | None:
    """The k best who really fit, or else the k best who nearly do."""
    best = _Best(k, floor=_first_floor(scorer, k) if fitting else -1.0)
    waiting: list[tuple[Ints, Floats]] = []
    for block in range(bounds.blocks):
        waiting.append(bounds.reach(block, best.floor, fitting=fitting))
        if block + 1 < bounds.blocks and sum(len(members) for members, _ in waiting) < FIRST_BATCH:
            continue
        members, upper = (np.concatenate(column) for column in zip(*waiting, strict=True))
        for batch in _best_bound_first(members, upper, best):
            _evaluate(scorer, batch, best, fitting=fitting)
        waiting.clear()
    return best.parts


def _first_floor(scorer: Scorer, k: int) -> float:
    """A score that k members surely reach: the k-th best among the warmest acquaintances'."""
    paths = scorer.paths
    if len(paths.members) < k:
        return -1.0
    known = paths.members
    if len(known) > TRIAL:
        known = known[np.argpartition(-paths.adamic, TRIAL)[:TRIAL]]
    trial = _Best(k)
    _evaluate(scorer, known, trial, fitting=True)
    return trial.floor


def _best_bound_first(members: Ints, upper: Floats, best: _Best) -> Iterator[Ints]:
    """Batches in falling order of bound until none reaches the floor, which rises meanwhile."""
    size = FIRST_BATCH
    while len(members):
        if len(members) <= size:
            yield members
            return
        order = np.argpartition(-upper, size)
        yield members[order[:size]]
        later = order[size:][upper[order[size:]] >= best.floor]
        members, upper = members[later], upper[later]
        size *= 2


def _evaluate(scorer: Scorer, members: Ints, best: _Best, *, fitting: bool) -> None:
    members = members[scorer.may_suggest(members)]
    parts = scorer.parts(members)
    best.add(parts.take(scorer.fits(parts) == fitting))
