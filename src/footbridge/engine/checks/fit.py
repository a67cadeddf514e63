"""The judge of :mod:`footbridge.engine.fit`: everyone is scored again, one by one, in plain Python.

It shares no formula with the solver: rows are read as dictionaries, distances come from cross and
dot products, sums are made in loops. It takes milliseconds per thousand members.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from footbridge.engine.fit import Filters, Learned, Missing, Query, Ranking, Suggestion, Term
from footbridge.engine.snapshot import EARTH_KM, MISSING, Snapshot, Tags

TOLERANCE = 1e-6
SUBSTANCE = (Term.ANSWERS_YOU, Term.YOU_ANSWER, Term.SHARED_CAUSE, Term.ACQUAINTANCES)
FAILED = {
    "sectors": "other_sector",
    "near": "outside_area",
    "languages": "other_language",
    "causes": "other_cause",
    "available": "not_available",
    "groups": "other_group",
    "kind": "other_kind",
    "chapters": "other_chapter",
    "countries": "other_country",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the judge finds for one member."""

    score: float
    reasons: dict[Term, float]
    fits: bool


def complaints(
    snapshot: Snapshot,
    ranking: Ranking,
    query: Query,
    *,
    k: int,
    filters: Filters | None = None,
    learned: Learned | None = None,
) -> tuple[str, ...]:
    """What is wrong with a ranking; empty when it is the true top ``k`` with true reasons."""
    judge = Judge(snapshot, query, filters or Filters(), learned or Learned())
    verdicts = {
        member: judge.verdict(member) for member in range(snapshot.n) if judge.may_suggest(member)
    }
    return (
        *_wrong_choice(ranking, verdicts, k),
        *_wrong_reasons(ranking, verdicts),
        *_wrong_evidence(judge, ranking),
        *_wrong_missing(judge, ranking),
    )


class Judge:
    """One query, judged member by member."""

    def __init__(
        self, snapshot: Snapshot, query: Query, filters: Filters, learned: Learned
    ) -> None:
        self.snapshot, self.query = snapshot, query
        self.filters, self.learned, self.weights = filters, learned, learned.weights
        self.needs = _pairs(query.needs.terms, query.needs.weights)
        self.offers = _pairs(query.offers.terms, query.offers.weights)
        self.causes = _pairs(query.causes.terms, query.causes.weights)
        self.known = self._ties(query.member) if query.member >= 0 else {}

    def may_suggest(self, member: int) -> bool:
        """In the pool, not asked too often, and none of those whom nobody is to be shown."""
        snapshot, query = self.snapshot, self.query
        if not snapshot.pool[member] or snapshot.exposure[member] > self.weights.exposure_cap:
            return False
        if member == query.member or member in self.filters.excluded:
            return False
        if query.organisation >= 0 and snapshot.organisation[member] == query.organisation:
            return False
        if query.group >= 0 and snapshot.group[member] == query.group:
            return False
        return self.filters.allow_tied or member not in self.known

    def verdict(self, member: int) -> Verdict:
        """The score of one member, its reasons, and whether they really fit."""
        values = self.values(member)
        asked = {term: self._weight(term) for term in values}
        reasons = {term: asked[term] * values[term] for term in values if values[term] > 0}
        total = sum(reasons.values())
        exposure = int(self.snapshot.exposure[member]) / max(self.weights.exposure_cap, 1)
        loss = total * self.weights.exposure_loss * min(exposure, 1.0)
        if loss > 0:
            reasons[Term.ASKED_OFTEN] = -loss
        substance = any(values[term] > 0 for term in SUBSTANCE)
        fits = substance and not self.speechless(member) and not self.failed(member)
        return Verdict(total - loss, reasons, fits)

    def values(self, member: int) -> dict[Term, float]:
        """Each term between 0 and 1, before it is weighed."""
        answers = _coverage(self.needs, _row(self.snapshot.offers, member))
        answered = _coverage(_row(self.snapshot.needs, member), self.offers)
        both = 2 / (1 / answers + 1 / answered) if answers and answered else 0.0
        adamic, warmth = self._acquaintance(member)
        kilometres = self.kilometres(member)
        half = self.weights.half_distance_km
        return {
            Term.ANSWERS_YOU: answers,
            Term.YOU_ANSWER: answered,
            Term.BOTH_WAYS: both,
            Term.SHARED_CAUSE: self._shared_cause(member),
            Term.ACQUAINTANCES: adamic / (adamic + self.weights.acquaintances_half),
            Term.WARMTH: warmth,
            Term.PLACE: 1 / (1 + kilometres / half) if kilometres < math.inf else 0.0,
            Term.LANGUAGE: float(bool(self._languages(member) & self.query.languages)),
            Term.VALUES: self._alike(member),
            Term.CAPACITY: self._capacity(member),
            Term.STAGE: self._stage(member),
            Term.TRACK_RECORD: self._track_record(member),
        }

    def kilometres(self, member: int) -> float:
        """Between the nearest places of both."""
        theirs = self.snapshot.places.of(member).tolist()
        return min(
            (_angle(a, b) * EARTH_KM for a in self.query.places.tolist() for b in theirs),
            default=math.inf,
        )

    def connectors(self, member: int) -> dict[int, float]:
        """Willing acquaintances of both, with the warmth of the way through them."""
        theirs = self._ties(member)
        return {
            z: warm * theirs[z]
            for z, warm in self.known.items()
            if z in theirs and self.snapshot.ties.willing[z]
        }

    def failed(self, member: int) -> list[str]:
        """The filters that a member fails."""
        return [name for name, passed in self._filters(member) if not passed]

    def _filters(self, member: int) -> Iterator[tuple[str, bool]]:
        snapshot, wish = self.snapshot, self.filters
        yield "sectors", not wish.sectors or int(snapshot.sector[member]) in wish.sectors
        yield "groups", not wish.groups or int(snapshot.group[member]) in wish.groups
        yield "chapters", not wish.chapters or int(snapshot.chapter[member]) in wish.chapters
        yield "countries", not wish.countries or int(snapshot.country[member]) in wish.countries
        yield "kind", wish.kind is None or int(snapshot.kind[member]) == wish.kind
        yield "languages", not wish.languages or bool(self._languages(member) & wish.languages)
        slots = int(snapshot.availability[member])
        yield "available", not wish.available or bool(slots & wish.available)
        yield "causes", not wish.causes or bool(wish.causes & set(_row(snapshot.causes, member)))
        yield "near", wish.near is None or self._within(member, wish.near)

    def _within(self, member: int, near: tuple[float, float]) -> bool:
        north, east = math.radians(near[0]), math.radians(near[1])
        point = [
            math.cos(north) * math.cos(east),
            math.cos(north) * math.sin(east),
            math.sin(north),
        ]
        places = self.snapshot.places.of(member).tolist()
        return any(_angle(point, place) * EARTH_KM <= self.filters.within_km for place in places)

    def _weight(self, term: Term) -> float:
        record = self.learned.sector_lift is not None or self.learned.country_lift is not None
        used = [
            t for t in Term if t is not Term.ASKED_OFTEN and (record or t is not Term.TRACK_RECORD)
        ]
        total = sum(getattr(self.weights, t.value) for t in used)
        return float(getattr(self.weights, term.value)) / max(1.0, total) if term in used else 0.0

    def _ties(self, member: int) -> dict[int, float]:
        return _pairs(*self.snapshot.ties.of(member))

    def _acquaintance(self, member: int) -> tuple[float, float]:
        common = set(self.known) & set(self._ties(member))
        adamic = sum(1 / math.log(max(len(self._ties(z)), 2)) for z in common)
        return adamic, max(self.connectors(member).values(), default=0.0)

    def _shared_cause(self, member: int) -> float:
        theirs = _row(self.snapshot.causes, member)
        product = sum(weight * theirs.get(cause, 0.0) for cause, weight in self.causes.items())
        if not product:
            return 0.0
        cosine = product / math.hypot(*self.causes.values()) / math.hypot(*theirs.values())
        ours, other = self.query.sector, int(self.snapshot.sector[member])
        across = ours >= 0 and other >= 0 and ours != other
        return cosine * (1.0 if across else self.weights.same_sector)

    def _languages(self, member: int) -> int:
        return int(self.snapshot.languages[member])

    def speechless(self, member: int) -> bool:
        """Both say which languages they speak, and none is shared."""
        ours, theirs = self.query.languages, self._languages(member)
        return bool(ours and theirs and not ours & theirs)

    def agreed(self, member: int) -> list[int]:
        """The questions that both answered at most a quarter of the scale apart."""
        return [question for question, same in self._likeness(member).items() if same >= 0.75]

    def _likeness(self, member: int) -> dict[int, float]:
        answers = zip(
            self.query.values.tolist(),
            self.snapshot.values[member].tolist(),
            self.snapshot.value_span.tolist(),
            strict=True,
        )
        return {
            question: max(0.0, 1 - abs(a - b) / span)
            for question, (a, b, span) in enumerate(answers)
            if MISSING not in (a, b)
        }

    def _alike(self, member: int) -> float:
        same = self._likeness(member).values()
        questions = len(self.query.values)
        if not questions or len(same) < self.weights.values_coverage * questions - 1e-9:
            return 0.0
        return float(sum(same) / questions)

    def _capacity(self, member: int) -> float:
        return min(1.0, max(0.0, self.hours(member) / self.weights.enough_hours))

    def hours(self, member: int) -> float:
        """Hours free a month; 0 where nothing is said."""
        hours = float(self.snapshot.capacity[member])
        return 0.0 if math.isnan(hours) else hours

    def _stage(self, member: int) -> float:
        theirs = int(self.snapshot.stage[member])
        if not theirs or not self.query.stage:
            return 0.0
        apart: float = abs(theirs - self.query.stage) / self.weights.stage_span
        return max(0.0, 1 - apart)

    def _track_record(self, member: int) -> float:
        return max(
            _cell(self.learned.sector_lift, self.query.sector, self.snapshot.sector[member]),
            _cell(self.learned.country_lift, self.query.country, self.snapshot.country[member]),
        )


def _wrong_choice(ranking: Ranking, verdicts: dict[int, Verdict], k: int) -> Iterator[str]:
    """Who should be there and is not, who is and should not, and in which order."""
    places = {s.member: place for place, s in enumerate(ranking)}
    if len(places) < len(ranking):
        yield "somebody is suggested twice"
    if len(ranking) != min(k, len(verdicts)):
        yield f"{len(ranking)} suggestions where {min(k, len(verdicts))} belong"
    for suggestion in ranking:
        if suggestion.member not in verdicts:
            yield f"{suggestion.member} may not be suggested"
        elif suggestion.near_miss == verdicts[suggestion.member].fits:
            yield f"{suggestion.member} is wrongly marked near_miss={suggestion.near_miss}"
    known = [s.member for s in ranking if s.member in verdicts]
    for one, next_one in pairwise(known):
        if _before(verdicts, next_one, one):
            yield f"{next_one} stands after {one} and fits better"
    if known:
        for member in verdicts:
            if member not in places and _before(verdicts, member, known[-1]):
                yield f"{member} is left out and fits better than {known[-1]}"


def _before(verdicts: dict[int, Verdict], one: int, other: int) -> bool:
    """Whether one clearly stands before the other: fitting, then score, then number."""
    a, b = verdicts[one], verdicts[other]
    if a.fits != b.fits:
        return a.fits
    if abs(a.score - b.score) > TOLERANCE:
        return a.score > b.score
    return a.score == b.score and one < other


def _wrong_reasons(ranking: Ranking, verdicts: dict[int, Verdict]) -> Iterator[str]:
    for suggestion in ranking:
        given = {reason.kind: reason.contribution for reason in suggestion.reasons}
        if abs(sum(given.values()) - suggestion.score) > TOLERANCE:
            yield f"the reasons for {suggestion.member} do not sum to the score"
        if not 0 <= suggestion.score <= 1:
            yield f"the score of {suggestion.member} is not between 0 and 1"
        if suggestion.member not in verdicts:
            continue
        true = verdicts[suggestion.member]
        if abs(suggestion.score - true.score) > TOLERANCE:
            yield f"{suggestion.member} scores {true.score:.6f}, not {suggestion.score:.6f}"
        for term in set(given) | set(true.reasons):
            if abs(given.get(term, 0.0) - true.reasons.get(term, 0.0)) > TOLERANCE:
                yield f"{term} of {suggestion.member} adds {true.reasons.get(term, 0.0):.6f}"


def _wrong_evidence(judge: Judge, ranking: Ranking) -> Iterator[str]:
    """Facts named as evidence are true, and none is left out."""
    for suggestion in ranking:
        for reason in suggestion.reasons:
            true = _true_evidence(judge, suggestion, reason.kind)
            if set(reason.evidence) != true:
                yield f"evidence for {reason.kind} of {suggestion.member} should be {sorted(true)}"


def _true_evidence(judge: Judge, suggestion: Suggestion, term: Term) -> set[int]:
    snapshot, member = judge.snapshot, suggestion.member
    answering = set(judge.needs) & set(_row(snapshot.offers, member))
    answered = set(judge.offers) & set(_row(snapshot.needs, member))
    warm = judge.connectors(member)
    warmest = [z for z in warm if warm[z] == max(warm.values())]
    shared = judge.query.languages & int(snapshot.languages[member])
    found: dict[Term, set[int]] = {
        Term.ANSWERS_YOU: answering,
        Term.YOU_ANSWER: answered,
        Term.BOTH_WAYS: answering | answered,
        Term.SHARED_CAUSE: set(judge.causes) & set(_row(snapshot.causes, member)),
        Term.ACQUAINTANCES: set(judge.known) & set(judge._ties(member)),
        Term.WARMTH: {min(warmest, default=-1)},
        Term.LANGUAGE: {bit for bit in range(64) if shared >> bit & 1},
        Term.VALUES: set(judge.agreed(member)),
        Term.STAGE: {int(snapshot.stage[member])},
        Term.TRACK_RECORD: {int(snapshot.sector[member]), int(snapshot.country[member])},
        Term.ASKED_OFTEN: {int(snapshot.exposure[member])},
    }
    measured = {
        Term.PLACE: judge.kilometres(member),
        Term.CAPACITY: math.floor(judge.hours(member)),
    }
    if term in measured:
        return {round(measured[term])} if measured[term] < math.inf else set()
    return found[term]


def _wrong_missing(judge: Judge, ranking: Ranking) -> Iterator[str]:
    """What is said to be missing is missing, and nothing else is."""
    for suggestion in ranking:
        true = _truly_missing(judge, suggestion.member)
        if set(suggestion.missing) != true:
            yield f"{suggestion.member} lacks {sorted(true)}, not {sorted(suggestion.missing)}"


def _truly_missing(judge: Judge, member: int) -> set[str]:
    snapshot, query, values = judge.snapshot, judge.query, judge.values(member)
    skills = (values[Term.ANSWERS_YOU] > 0) + (values[Term.YOU_ANSWER] > 0)
    kilometres, stage = judge.kilometres(member), int(snapshot.stage[member])
    holds = {
        Missing.NO_SHARED_SKILL: skills == 0,
        Missing.ONE_SIDED: skills == 1,
        Missing.NO_SHARED_CAUSE: values[Term.SHARED_CAUSE] == 0,
        Missing.SAME_SECTOR: query.sector >= 0 and int(snapshot.sector[member]) == query.sector,
        Missing.NO_KNOWN_PATH: values[Term.WARMTH] == 0,
        Missing.FAR_AWAY: judge.weights.far_km <= kilometres < math.inf,
        Missing.PLACE_UNKNOWN: kilometres == math.inf,
        Missing.NO_COMMON_LANGUAGE: judge.speechless(member),
        Missing.NO_CAPACITY: float(snapshot.capacity[member]) <= 0,
        Missing.ANOTHER_STAGE: stage * query.stage > 0 and values[Term.STAGE] == 0,
    }
    return {code for code, held in holds.items() if held} | {
        FAILED[name] for name in judge.failed(member)
    }


def _pairs(keys: Any, values: Any) -> dict[int, float]:
    return dict(zip(keys.tolist(), values.tolist(), strict=True))


def _row(tags: Tags, member: int) -> dict[int, float]:
    return _pairs(tags.terms_of(member), tags.weights_of(member))


def _coverage(needs: dict[int, float], offers: dict[int, float]) -> float:
    """Share of the needs' weight that the offers meet, each at most in full."""
    met = sum(weight * min(1.0, offers.get(term, 0.0)) for term, weight in needs.items())
    return met / sum(needs.values()) if met else 0.0


def _angle(a: list[float], b: list[float]) -> float:
    cross = math.hypot(
        a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
    )
    return math.atan2(cross, sum(x * y for x, y in zip(a, b, strict=True)))


def _cell(table: Any, ours: int, theirs: Any) -> float:
    if table is None or not 0 <= ours < table.shape[0] or not 0 <= theirs < table.shape[1]:
        return 0.0
    return float(table[ours, theirs])
