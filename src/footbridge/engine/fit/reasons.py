"""Why somebody is suggested, and what is missing."""

from collections.abc import Callable

import numpy as np

from footbridge.engine.fit.answer import Missing, Reason, Suggestion, Term
from footbridge.engine.fit.choices import GAINS
from footbridge.engine.fit.rows import Mask
from footbridge.engine.fit.score import Parts, Scorer, failures
from footbridge.engine.snapshot import MISSING, Tags

ALIKE = 0.75
"""From this likeness on two answers to a question are told as evidence."""

Evidence = tuple[int, ...]


def explain(scorer: Scorer, parts: Parts | None, *, near_miss: bool) -> list[Suggestion]:
    """Suggestions for scored members, in their order."""
    if parts is None or not len(parts.members):
        return []
    facts = Facts(scorer)
    lacks = {code: mask.tolist() for code, mask in missing(scorer, parts).items()}
    gains, losses = parts.gains.T.tolist(), parts.loss.tolist()
    scores, kilometres = parts.score.tolist(), parts.kilometres.tolist()
    return [
        Suggestion(
            member,
            scores[at],
            facts.reasons(member, gains[at], losses[at], kilometres[at]),
            tuple(code for code, mask in lacks.items() if mask[at]),
            near_miss,
        )
        for at, member in enumerate(parts.members.tolist())
    ]


def missing(scorer: Scorer, parts: Parts) -> dict[Missing, Mask]:
    """For each code, which of the members it holds for."""
    snapshot, query, weights = scorer.snapshot, scorer.query, scorer.weights
    members, kilometres = parts.members, parts.kilometres
    by = dict(zip(GAINS, parts.gains > 0, strict=True))
    answers, answered = by[Term.ANSWERS_YOU], by[Term.YOU_ANSWER]
    stage, unplaced = snapshot.stage[members], np.isinf(kilometres)
    lacks: dict[Missing, Mask] = {
        Missing.NO_SHARED_SKILL: ~answers & ~answered,
        Missing.ONE_SIDED: answers ^ answered,
        Missing.NO_SHARED_CAUSE: ~by[Term.SHARED_CAUSE],
        Missing.SAME_SECTOR: (snapshot.sector[members] == query.sector) & (query.sector >= 0),
        Missing.NO_KNOWN_PATH: ~by[Term.WARMTH],
        Missing.FAR_AWAY: (kilometres >= weights.far_km) & ~unplaced,
        Missing.PLACE_UNKNOWN: unplaced,
        Missing.NO_COMMON_LANGUAGE: scorer.speechless(members),
        Missing.NO_CAPACITY: snapshot.capacity[members] <= 0,
        Missing.ANOTHER_STAGE: (stage > 0) & (query.stage > 0) & ~by[Term.STAGE],
    }
    for name, mask in failures(scorer, members).items():
        lacks[_FAILED[name]] = mask
    return lacks


_FAILED = {
    "sectors": Missing.OTHER_SECTOR,
    "near": Missing.OUTSIDE_AREA,
    "languages": Missing.OTHER_LANGUAGE,
    "causes": Missing.OTHER_CAUSE,
    "available": Missing.NOT_AVAILABLE,
    "groups": Missing.OTHER_GROUP,
    "kind": Missing.OTHER_KIND,
    "chapters": Missing.OTHER_CHAPTER,
    "countries": Missing.OTHER_COUNTRY,
}


class Facts:
    """The facts behind each term, for one asking side and one member at a time."""

    def __init__(self, scorer: Scorer) -> None:
        self.snapshot, self.query = scorer.snapshot, scorer.query
        self._needs = set(self.query.needs.terms.tolist())
        self._offers = set(self.query.offers.terms.tolist())
        self._causes = set(self.query.causes.terms.tolist())
        self._known = self._ties(self.query.member) if self.query.member >= 0 else {}
        self._common: tuple[int, dict[int, float]] = (-1, {})

    def reasons(
        self, member: int, gains: list[float], loss: float, kilometres: float
    ) -> tuple[Reason, ...]:
        """What speaks for a member, most first; what is lost comes last."""
        found = [
            Reason(term, gain, self._evidence(term, member, kilometres))
            for term, gain in zip(GAINS, gains, strict=True)
            if gain > 0
        ]
        found.sort(key=lambda reason: -reason.contribution)
        if loss > 0:
            asked = (int(self.snapshot.exposure[member]),)
            found.append(Reason(Term.ASKED_OFTEN, -loss, asked))
        return tuple(found)

    def _evidence(self, term: Term, member: int, kilometres: float) -> Evidence:
        if term is Term.PLACE:
            return (round(kilometres),)
        return _EVIDENCE[term](self, member)

    def answering(self, member: int) -> Evidence:
        return _common(self.snapshot.offers, self._needs, member)

    def answered(self, member: int) -> Evidence:
        return _common(self.snapshot.needs, self._offers, member)

    def both(self, member: int) -> Evidence:
        return tuple(sorted({*self.answering(member), *self.answered(member)}))

    def causes(self, member: int) -> Evidence:
        return _common(self.snapshot.causes, self._causes, member)

    def acquaintances(self, member: int) -> Evidence:
        """Whom both know: who knows fewest people first, then by number."""
        indptr, common = self.snapshot.ties.indptr, self._common_with(member)
        return tuple(sorted(common, key=lambda z: (int(indptr[z + 1] - indptr[z]), z)))

    def connector(self, member: int) -> Evidence:
        """The warmest willing acquaintance of both; of equals the lowest number."""
        willing, common = self.snapshot.ties.willing, self._common_with(member)
        return (min((-self._known[z] * s, z) for z, s in common.items() if willing[z])[1],)

    def languages(self, member: int) -> Evidence:
        shared = int(self.snapshot.languages[member]) & self.query.languages
        return tuple(bit for bit in range(shared.bit_length()) if shared >> bit & 1)

    def alike(self, member: int) -> Evidence:
        """Questions that both answered (nearly) alike."""
        answers = zip(
            self.query.values.tolist(),
            self.snapshot.values[member].tolist(),
            self.snapshot.value_span.tolist(),
            strict=True,
        )
        return tuple(
            question
            for question, (a, b, span) in enumerate(answers)
            if MISSING not in (a, b) and 1 - abs(a - b) / span >= ALIKE
        )

    def hours(self, member: int) -> Evidence:
        return (int(self.snapshot.capacity[member]),)

    def stage(self, member: int) -> Evidence:
        return (int(self.snapshot.stage[member]),)

    def pair(self, member: int) -> Evidence:
        return int(self.snapshot.sector[member]), int(self.snapshot.country[member])

    def _common_with(self, member: int) -> dict[int, float]:
        """Whom both know, and how well the member does; kept for the two reasons that ask."""
        if self._common[0] != member:
            theirs, known = self._ties(member), self._known
            self._common = (member, {z: theirs[z] for z in theirs.keys() & known.keys()})
        return self._common[1]

    def _ties(self, member: int) -> dict[int, float]:
        neighbours, strength = self.snapshot.ties.of(member)
        return dict(zip(neighbours.tolist(), strength.tolist(), strict=True))


def _common(tags: Tags, asked: set[int], member: int) -> Evidence:
    return tuple(term for term in tags.terms_of(member).tolist() if term in asked)


_EVIDENCE: dict[Term, Callable[[Facts, int], Evidence]] = {
    Term.ANSWERS_YOU: Facts.answering,
    Term.YOU_ANSWER: Facts.answered,
    Term.BOTH_WAYS: Facts.both,
    Term.SHARED_CAUSE: Facts.causes,
    Term.ACQUAINTANCES: Facts.acquaintances,
    Term.WARMTH: Facts.connector,
    Term.LANGUAGE: Facts.languages,
    Term.VALUES: Facts.alike,
    Term.CAPACITY: Facts.hours,
    Term.STAGE: Facts.stage,
    Term.TRACK_RECORD: Facts.pair,
}
