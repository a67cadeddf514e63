"""The score itself, exactly, for any list of members: the definition everything else obeys."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from footbridge.engine.fit.answer import Term
from footbridge.engine.fit.choices import GAINS, Filters, Learned
from footbridge.engine.fit.paths import Paths
from footbridge.engine.fit.query import Query
from footbridge.engine.fit.rows import Ints, Mask, is_among, look_up, spread
from footbridge.engine.snapshot import EARTH_KM, MISSING, Snapshot, Tags, on_sphere
from footbridge.engine.snapshot.places import angle_between

Floats = npt.NDArray[np.float64]

DIGITS = 9
"""Scores are rounded to so many decimals: equal members are equal in any order of sums."""


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """Scored members: what each term adds ([terms, members]), what is lost, and the score."""

    members: Ints
    gains: Floats
    loss: Floats
    score: Floats
    kilometres: Floats

    def take(self, chosen: Ints | Mask) -> "Parts":
        """Some of them, or all in another order."""
        return Parts(
            self.members[chosen],
            self.gains[:, chosen],
            self.loss[chosen],
            self.score[chosen],
            self.kilometres[chosen],
        )

    def with_more(self, more: "Parts") -> "Parts":
        """These and then those."""
        return Parts(
            np.concatenate([self.members, more.members]),
            np.concatenate([self.gains, more.gains], axis=1),
            np.concatenate([self.loss, more.loss]),
            np.concatenate([self.score, more.score]),
            np.concatenate([self.kilometres, more.kilometres]),
        )


class Scorer:
    """One query against one snapshot: scores, who may be suggested, who really fits."""

    def __init__(
        self, snapshot: Snapshot, query: Query, filters: Filters, learned: Learned
    ) -> None:
        self.snapshot, self.query = snapshot, query
        self.filters, self.learned = filters, learned
        self.weights, self.gains = learned.weights, learned.gains
        self.paths = Paths.from_member(snapshot.ties, query.member)
        self._shares, self._unit = query.needs.shares(), query.causes.unit()
        self._never = np.array(sorted({*filters.excluded, query.member}), np.int64)
        self._tied = np.sort(snapshot.ties.of(query.member)[0]) if query.member >= 0 else None

    def parts(self, members: Ints) -> Parts:
        """Score the members: the sum of weight times term, less what exposure takes away."""
        answers, answered = self.answers_you(members), self.you_answer(members)
        adamic, warmth = self._known(members)
        kilometres = self.kilometres(members)
        gains = np.stack(
            [
                answers,
                answered,
                harmonic(answers, answered),
                self.shared_cause(members),
                adamic / (adamic + self.weights.acquaintances_half),
                warmth,
                closeness(kilometres, self.weights.half_distance_km),
                self.languages_in_common(members) != 0,
                self.alike(members),
                self.capacity(members),
                self.stage(members),
                self.track_record(members),
            ]
        )
        gains *= self.gains[:, None]
        total = gains.sum(axis=0)
        loss = total * self.exposure_share(members)
        return Parts(members, gains, loss, np.round(total - loss, DIGITS), kilometres)

    def answers_you(self, members: Ints) -> Floats:
        """C(seeker <- member) = sum of u_k min(1, offer_k) / sum of u_k over the seeker's needs."""
        return _sums(self.snapshot.offers, members, self.query.needs.terms, self._shares)[0]

    def you_answer(self, members: Ints) -> Floats:
        """C(member <- seeker): how much of their needs the seeker's offers cover."""
        offers = self.query.offers
        met, all_needs, _ = _sums(self.snapshot.needs, members, offers.terms, offers.weights)
        return _ratio(met, all_needs)

    def shared_cause(self, members: Ints) -> Floats:
        """Cosine of the two sides' causes, halved unless they come from different sectors."""
        met, _, squares = _sums(self.snapshot.causes, members, self.query.causes.terms, self._unit)
        sector = self.snapshot.sector[members]
        different = (sector >= 0) & (self.query.sector >= 0) & (sector != self.query.sector)
        return _ratio(met, np.sqrt(squares)) * np.where(different, 1.0, self.weights.same_sector)

    def _known(self, members: Ints) -> tuple[Floats, Floats]:
        paths = self.paths
        return (
            look_up(paths.members, paths.adamic, members),
            look_up(paths.members, paths.warmth, members),
        )

    def kilometres(self, members: Ints) -> Floats:
        """Between the nearest places of both; infinite where one is unknown."""
        return nearest_km(self.snapshot, members, self.query.places)

    def languages_in_common(self, members: Ints) -> npt.NDArray[np.uint64]:
        """Bits that both speak."""
        return self.snapshot.languages[members] & np.uint64(self.query.languages)

    def alike(self, members: Ints) -> Floats:
        """Likeness of values and working style: the low end of its range, c * S.

        s_i = 1 - |a - b| / span over questions answered by both; c is their share of all. Below
        ``values_coverage`` nothing is said.
        """
        if not self.says_enough:
            return np.zeros(len(members))
        questions = self.snapshot.values.shape[1]
        theirs = self.snapshot.values[members]
        answered = (theirs != MISSING) & (self.query.values != MISSING)
        gap = np.abs(theirs.astype(np.int16) - self.query.values.astype(np.int16))
        same = np.where(
            answered, np.maximum(1 - gap / self.snapshot.value_span.astype(np.float64), 0.0), 0.0
        )
        enough = self._enough(answered.sum(axis=1))
        return np.where(enough, same.sum(axis=1) / questions, 0.0)

    @property
    def says_enough(self) -> bool:
        """Whether the asking side answered enough questions to be likened to anybody."""
        answered = int((self.query.values != MISSING).sum())
        return answered > 0 and bool(self._enough(np.array(answered)))

    def _enough(self, answered: npt.NDArray[np.int64]) -> Mask:
        questions = self.snapshot.values.shape[1]
        enough: Mask = answered >= self.weights.values_coverage * questions - 1e-9
        return enough

    def capacity(self, members: Ints) -> Floats:
        """Hours free a month against what is enough; unknown counts as none."""
        share = self.snapshot.capacity[members] / np.float64(self.weights.enough_hours)
        return np.minimum(np.fmax(share, 0.0), 1.0)

    def stage(self, members: Ints) -> Floats:
        """1 at the same stage, falling to 0 at ``stage_span``; unknown says nothing."""
        if not self.query.stage:
            return np.zeros(len(members))
        theirs = self.snapshot.stage[members].astype(np.float64)
        near = np.maximum(1 - np.abs(theirs - self.query.stage) / self.weights.stage_span, 0.0)
        return np.where(theirs > 0, near, 0.0)

    def track_record(self, members: Ints) -> Floats:
        """The larger of the two lifts that are known."""
        if self.learned.sector_lift is None and self.learned.country_lift is None:
            return np.zeros(len(members))
        sectors = _lift(self.learned.sector_lift, self.query.sector, self.snapshot.sector[members])
        countries = _lift(
            self.learned.country_lift, self.query.country, self.snapshot.country[members]
        )
        return np.maximum(sectors, countries)

    def exposure_share(self, members: Ints) -> Floats:
        """Share of a score lost by having been asked often."""
        cap = max(self.weights.exposure_cap, 1)
        asked = self.snapshot.exposure[members] / cap
        return self.weights.exposure_loss * np.minimum(asked, 1.0)

    def may_suggest(self, members: Ints) -> Mask:
        """In the pool, not over the cap, and none of those whom we never suggest."""
        snapshot, query = self.snapshot, self.query
        may = self.in_reach(members) & ~is_among(members, self._never)
        if query.organisation >= 0:
            may &= snapshot.organisation[members] != query.organisation
        if query.group >= 0:
            may &= snapshot.group[members] != query.group
        if self._tied is not None and not self.filters.allow_tied:
            may &= ~is_among(members, self._tied)
        return may

    def in_reach(self, members: Ints) -> Mask:
        """In the pool and not asked more often than the cap allows."""
        cap = np.uint16(min(self.weights.exposure_cap, np.iinfo(np.uint16).max))
        within = np.less_equal(self.snapshot.exposure[members], cap)
        reach: Mask = np.logical_and(within, self.snapshot.pool[members])
        return reach

    def fits(self, parts: Parts) -> Mask:
        """Substance, a language both speak (where both say), and every filter passed."""
        apart = self.speechless(parts.members) | any_failed(self, parts.members)
        return has_substance(parts) & ~apart

    def speechless(self, members: Ints) -> Mask:
        """Both say which languages they speak, and none is shared."""
        if not self.query.languages:
            return np.zeros(len(members), bool)
        theirs = self.snapshot.languages[members]
        shared = theirs & np.uint64(self.query.languages)
        apart: Mask = np.logical_and(theirs != 0, shared == 0)
        return apart


SUBSTANCE = [
    GAINS.index(term)
    for term in (Term.ANSWERS_YOU, Term.YOU_ANSWER, Term.SHARED_CAUSE, Term.ACQUAINTANCES)
]


def has_substance(parts: Parts) -> Mask:
    """Need, cause or acquaintance in common: more than living near each other."""
    some: Mask = np.max(parts.gains[SUBSTANCE], axis=0) > 0
    return some


def harmonic(one: Floats, other: Floats) -> Floats:
    """Harmonic mean: 0 when either side gets nothing.

    >>> harmonic(np.array([0.6667, 1.0]), np.array([0.25, 0.0])).round(4).tolist()
    [0.3636, 0.0]
    """
    return _ratio(2 * one * other, one + other)


def closeness(kilometres: Floats, half_km: float) -> Floats:
    """1 / (1 + d / half): 1 on the spot, one half at ``half_km``, 0 where unknown.

    >>> closeness(np.array([0.0, 25.0, np.inf]), 25.0).tolist()
    [1.0, 0.5, 0.0]
    """
    return half_km / (half_km + kilometres)


def nearest_km(snapshot: Snapshot, members: Ints, points: Floats) -> Floats:
    """Great-circle kilometres from each member's nearest place to the nearest of the points."""
    nearest = np.full(len(members), np.inf)
    if not len(points):
        return nearest
    positions, owner = spread(snapshot.places.indptr, members)
    places = snapshot.places.xyz[positions].astype(np.float64)
    for point in points:
        np.minimum.at(nearest, owner, EARTH_KM * angle_between(places, point))
    return nearest


def any_failed(scorer: Scorer, members: Ints) -> Mask:
    """Who fails at least one filter."""
    failed = np.zeros(len(members), bool)
    for mask in failures(scorer, members).values():
        failed |= mask
    return failed


def failures(scorer: Scorer, members: Ints) -> dict[str, Mask]:
    """For each filter in force (by its field), who fails it."""
    snapshot, filters = scorer.snapshot, scorer.filters
    found: dict[str, Mask] = {}
    for name, column in _SETS.items():
        if chosen := getattr(filters, name):
            found[name] = ~np.isin(getattr(snapshot, column)[members], list(chosen))
    if filters.kind is not None:
        found["kind"] = snapshot.kind[members] != filters.kind
    if filters.languages:
        found["languages"] = (snapshot.languages[members] & np.uint64(filters.languages)) == 0
    if filters.available:
        found["available"] = (snapshot.availability[members] & np.uint64(filters.available)) == 0
    if filters.causes:
        found["causes"] = np.ones(len(members), bool)
        for cause in sorted(filters.causes):
            found["causes"] &= ~is_among(members, snapshot.causes.members_with(cause))
    if filters.near is not None:
        point = on_sphere([filters.near[0]], [filters.near[1]])
        found["near"] = nearest_km(snapshot, members, point) > filters.within_km
    return found


_SETS = {
    "sectors": "sector",
    "groups": "group",
    "chapters": "chapter",
    "countries": "country",
}


def _sums(tags: Tags, members: Ints, terms: Ints, weights: Floats) -> tuple[Floats, Floats, Floats]:
    """For each member: sum of matched products, of all weights, and of all their squares."""
    size = len(members)
    if not len(terms):
        return np.zeros(size), np.zeros(size), np.zeros(size)
    positions, owner = spread(tags.indptr, members)
    stated = tags.weights[positions].astype(np.float64)
    matched = stated * look_up(terms, weights, tags.terms[positions])
    return (
        _total(owner, matched, size),
        _total(owner, stated, size),
        _total(owner, stated * stated, size),
    )


def _total(owner: Ints, values: Floats, size: int) -> Floats:
    totals: Floats = np.bincount(owner, values, minlength=size).astype(np.float64, copy=False)
    return totals


def _ratio(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.zeros(len(part)), where=whole > 0)


def _lift(
    table: npt.NDArray[np.float64] | None, ours: int, theirs: npt.NDArray[np.int16]
) -> Floats:
    if table is None or not 0 <= ours < len(table):
        return np.zeros(len(theirs))
    known = (theirs >= 0) & (theirs < table.shape[1])
    return np.where(known, table[ours][np.where(known, theirs, 0)], 0.0)
