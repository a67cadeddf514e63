"""Who could still reach the list: upper bounds by walking posting lists, block after block.

For a block of members the lists of the seeker's needs, offers and causes and the paths through
their acquaintances are added into small accumulators that stay in the cache. These parts of the
score are then known to float32; the others are bounded, coarsely at first by one number for the
whole block, then for those who remain by distance to their grid cell, language and capacity.
Whoever's bound stays below the k-th best score so far is never looked at again.
"""

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from footbridge.engine.fit.answer import Term
from footbridge.engine.fit.choices import GAINS
from footbridge.engine.fit.rows import Ints
from footbridge.engine.fit.score import Scorer, any_failed, closeness
from footbridge.engine.snapshot import EARTH_KM, Tags
from footbridge.engine.snapshot.places import FIRST_CELL, NOWHERE, SCATTERED, angle_between

BLOCK = 1 << 17
"""Members per block: three float32 accumulators of this length fit a second-level cache."""

SLACK = 1e-5
"""Added to every bound: far more than float32 can round away in a score of at most 1."""

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Lists:
    """Posting lists: members ascending, what each adds, and where each block begins."""

    lists: list[tuple[npt.NDArray[np.int32], Floats, list[int]]]

    @classmethod
    def of(
        cls, pairs: Iterable[tuple[npt.NDArray[np.int32], Floats]], edges: npt.NDArray[np.int32]
    ) -> "Lists":
        """Without the empty ones."""
        return cls(
            [(of, add, of.searchsorted(edges).tolist()) for of, add in pairs if len(of)],
        )

    def in_block(self, block: int) -> tuple[Ints, Floats]:
        """All entries of a block, list after list: places within the block, and what they add."""
        found = [
            (members[edges[block] : edges[block + 1]], added[edges[block] : edges[block + 1]])
            for members, added, edges in self.lists
            if edges[block] < edges[block + 1]
        ]
        if not found:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        places = np.concatenate([members for members, _ in found], dtype=np.int64)
        places -= block * BLOCK
        return places, np.concatenate([added for _, added in found])


class Bounds:
    """Upper bounds of one query, block by block."""

    def __init__(self, scorer: Scorer) -> None:
        self.scorer, self.snapshot = scorer, scorer.snapshot
        self._weight = {t: np.float32(w) for t, w in zip(GAINS, scorer.gains, strict=True)}
        snapshot, query, n = scorer.snapshot, scorer.query, scorer.snapshot.n
        edges = np.arange(0, n + BLOCK, BLOCK).astype(np.int32)
        needs, offers, causes = query.needs, query.offers, query.causes
        cause = causes.unit() * self._weight[Term.SHARED_CAUSE]
        shared = _postings(snapshot.causes, causes.terms, cause)
        self._sure = Lists.of([*shared, self._known()], edges)
        answers = _postings(snapshot.offers, needs.terms, needs.shares())
        self._answers = Lists.of(answers, edges)
        answered = _postings(snapshot.needs, offers.terms, offers.weights)
        self._answered = Lists.of(answered, edges)
        self._cells = self._cell_bounds()
        self._beside_place = self._most_beside_place()
        self._most = self._beside_place + float(self._cells.max())
        self._sums = _scratch(min(BLOCK, n))

    @property
    def blocks(self) -> int:
        """How many blocks there are."""
        return -(-self.snapshot.n // BLOCK)

    def reach(self, block: int, floor: float, *, fitting: bool) -> tuple[Ints, Floats]:
        """Members of a block who could score ``floor`` or more, with the bound of each.

        With ``fitting`` only those who could really fit: they pass the filters, speak a common
        language and share a need, a cause or an acquaintance.
        """
        sparse = self._accumulate(block)
        needed = np.float32(floor - self._most - SLACK)
        close = sparse > max(needed, np.float32(0)) if fitting else sparse >= needed
        places = np.flatnonzero(close)
        members, upper = places + block * BLOCK, sparse[places]
        upper += np.take(self._cells, self.snapshot.places.cell[members])
        near = upper >= floor - self._beside_place - SLACK
        members, upper = members[near], upper[near]
        upper += self._beside(members)
        upper *= 1 - self.scorer.exposure_share(members).astype(np.float32)
        upper += np.float32(SLACK)
        keep = (upper >= floor) & self.scorer.in_reach(members)
        members, upper = members[keep], upper[keep]
        if fitting:
            keep = ~(self.scorer.speechless(members) | any_failed(self.scorer, members))
            members, upper = members[keep], upper[keep]
        return members, upper

    def _accumulate(self, block: int) -> Floats:
        """Needs, causes and paths for every member of the block, exact but for rounding."""
        size = min(BLOCK, self.snapshot.n - block * BLOCK)
        sums = self._sums[:, :size]
        sums.fill(0)
        total: Floats = sums[0]
        answers, answered = sums[1], sums[2]
        np.add.at(total, *self._sure.in_block(block))
        they = self._cover(self._answers.in_block(block), answers, total, Term.ANSWERS_YOU)
        we = self._cover(self._answered.in_block(block), answered, total, Term.YOU_ANSWER)
        both = they if len(they) < len(we) else we
        one, other = answers[both], answered[both]
        # A member may stand here more than once; the value is the same and assigned, not added up.
        total[both] += 2 * self._weight[Term.BOTH_WAYS] * one * other / (one + other)
        return total

    def _cover(
        self, entries: tuple[Ints, Floats], coverage: Floats, total: Floats, term: Term
    ) -> Ints:
        """Add up coverage, and what it is worth; return the places it touched."""
        places, added = entries
        np.add.at(coverage, places, added)
        np.add.at(total, places, added * self._weight[term])
        return places

    def _beside(self, members: Ints) -> Floats:
        """Bound of what everyone may have, place apart, for members who came through so far."""
        scorer, weight = self.scorer, self._weight
        rest = (weight[Term.CAPACITY] * scorer.capacity(members)).astype(np.float32)
        if scorer.query.languages:
            rest += weight[Term.LANGUAGE] * (scorer.languages_in_common(members) != 0)
        if scorer.query.stage:
            rest += weight[Term.STAGE] * scorer.stage(members).astype(np.float32)
        if scorer.says_enough:
            rest += weight[Term.VALUES]
        rest += weight[Term.TRACK_RECORD]
        return rest

    def _most_beside_place(self) -> float:
        query, weight = self.scorer.query, self._weight
        most = weight[Term.CAPACITY] + weight[Term.TRACK_RECORD]
        most += weight[Term.LANGUAGE] * bool(query.languages)
        most += weight[Term.STAGE] * bool(query.stage)
        most += weight[Term.VALUES] * self.scorer.says_enough
        return float(most)

    def _cell_bounds(self) -> Floats:
        """The most that place can add in each cell: distance to its centre less its radius."""
        places, points = self.snapshot.places, self.scorer.query.places
        near = np.full(max(len(places.centre), FIRST_CELL), np.inf)
        for point in points:
            angle = angle_between(places.centre.astype(np.float64), point) - places.radius
            near[: len(angle)] = np.minimum(near[: len(angle)], np.maximum(angle, 0))
        near[SCATTERED] = 0.0 if len(points) else np.inf
        near[NOWHERE] = np.inf
        half = self.scorer.weights.half_distance_km
        bound = closeness(EARTH_KM * near, half) * self._weight[Term.PLACE]
        return bound.astype(np.float32)

    def _known(self) -> tuple[npt.NDArray[np.int32], Floats]:
        paths, weights = self.scorer.paths, self.scorer.weights
        adamic = paths.adamic / (paths.adamic + weights.acquaintances_half)
        adds = adamic * self._weight[Term.ACQUAINTANCES] + paths.warmth * self._weight[Term.WARMTH]
        return paths.members.astype(np.int32), adds.astype(np.float32)


_kept = threading.local()


def _scratch(size: int) -> Floats:
    """Three accumulators, kept per thread: fresh memory would cost more than the sums."""
    if getattr(_kept, "sums", None) is None or _kept.sums.shape[1] < size:
        _kept.sums = np.zeros((3, size), np.float32)
    sums: Floats = _kept.sums
    return sums


def _postings(
    tags: Tags, terms: Ints, weights: npt.NDArray[np.float64]
) -> Iterator[tuple[npt.NDArray[np.int32], Floats]]:
    """The posting lists of the terms, each entry times the term's weight."""
    for term, weight in zip(terms.tolist(), weights.tolist(), strict=True):
        yield tags.members_with(term), tags.post_weights_with(term) * np.float32(weight)
