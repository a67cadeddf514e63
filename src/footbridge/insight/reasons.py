"""From the engine's numbers to sentences that a person can read, check and correct."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from babel import Locale, UnknownLocaleError
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from footbridge.engine import fit
from footbridge.engine.fit import Term
from footbridge.insight import cards
from footbridge.insight.rows import LAST_BIT, Rows, cause_labels, skill_labels
from footbridge.insight.tags import skill_of_term

MOST_NAMED = 3
# Someone may have left since; so many names are read.
MOST_READ = 4

MISSING: dict[str, str | Promise] = {
    fit.Missing.NO_SHARED_SKILL: lazy("No need of one is answered by an offer of the other yet"),
    fit.Missing.ONE_SIDED: lazy("So far only one side would gain"),
    fit.Missing.NO_SHARED_CAUSE: lazy("No cause in common yet"),
    fit.Missing.SAME_SECTOR: lazy("Both come from the same sector"),
    fit.Missing.NO_KNOWN_PATH: lazy("Nobody is known yet who could introduce them"),
    fit.Missing.FAR_AWAY: lazy("Far away"),
    fit.Missing.PLACE_UNKNOWN: lazy("Place not known"),
    fit.Missing.NO_COMMON_LANGUAGE: lazy("No language in common"),
    fit.Missing.NO_CAPACITY: lazy("Has no time just now"),
    fit.Missing.ANOTHER_STAGE: lazy("At another stage"),
    fit.Missing.OTHER_SECTOR: lazy("From another sector than you asked for"),
    fit.Missing.OUTSIDE_AREA: lazy("Outside the area you asked for"),
    fit.Missing.OTHER_LANGUAGE: lazy("Does not speak the language you asked for"),
    fit.Missing.OTHER_CAUSE: lazy("Works for another cause than you asked for"),
    fit.Missing.NOT_AVAILABLE: lazy("Not free when you asked"),
    fit.Missing.OTHER_GROUP: lazy("From another group of organisations"),
    fit.Missing.OTHER_KIND: lazy("Of another kind than you asked for"),
    fit.Missing.OTHER_CHAPTER: lazy("From another chapter"),
    fit.Missing.OTHER_COUNTRY: lazy("From another country"),
}


# A member by number, and a skill.
Done = tuple[int, uuid.UUID]


@dataclass(frozen=True)
class Evidence:
    """The names behind the numbers, as far as the viewer may know them."""

    rows: Rows
    skills: dict[uuid.UUID, str]
    causes: dict[uuid.UUID, str]
    members: dict[int, str]
    written: Callable[[], Mapping[str, str]]
    # What members did that shows a skill, by member and skill.
    done: Mapping[Done, str] = field(default_factory=dict)

    def of_what_was_done(self, member: int, numbers: Iterable[int]) -> str:
        """The first thing that a member did which shows one of these skills, in their words."""
        skills = (skill_of_term(term) for term in _named(self.rows.names["terms"], numbers))
        titles = (self.done.get((member, skill), "") for skill in skills if skill)
        return next(filter(None, titles), "").rstrip(".")

    @cached_property
    def words(self) -> Mapping[str, str]:
        """Words as the asking side wrote them; looked up only where no skill has a label."""
        return self.written()

    def of_terms(self, numbers: Iterable[int]) -> str:
        """Skills by their label; where there is none, plain words as the asking side wrote them."""
        terms = _named(self.rows.names["terms"], numbers)
        skills = [self.skills.get(skill, "") for term in terms if (skill := skill_of_term(term))]
        return listed(list(filter(None, skills))[:MOST_NAMED] or self._words(terms))

    def _words(self, terms: list[str]) -> list[str]:
        words = [term for term in terms if not skill_of_term(term)][:MOST_NAMED]
        return [f"«{self.words.get(word, word)}»" for word in words]

    def of_causes(self, numbers: Iterable[int]) -> str:
        causes = [uuid.UUID(cause) for cause in _named(self.rows.names["causes"], numbers)]
        labels = [self.causes[cause] for cause in causes if cause in self.causes]
        return listed(labels[:MOST_NAMED])

    def of_languages(self, bits: Iterable[int]) -> str:
        """The languages' names; the last bit stands for several, so it names none."""
        codes = _named(self.rows.names["languages"], (bit for bit in bits if bit < LAST_BIT))
        return listed([language_name(code) for code in codes])

    def of_members(self, numbers: Iterable[int]) -> str:
        """The names that the viewer may see, and how many more there are."""
        known = list(numbers)
        shown = [self.members[n] for n in known[:MOST_READ] if n in self.members]
        more = len(shown[MOST_NAMED:]) + len(known[MOST_READ:])
        named = listed(shown[:MOST_NAMED])
        if more <= 0:
            return named
        return ngettext("%(names)s and %(n)d more", "%(names)s and %(n)d more", more) % {
            "names": named,
            "n": more,
        }


def _named(names: Sequence[str], numbers: Iterable[int]) -> list[str]:
    return [names[n] for n in numbers if n < len(names)]


ABOUT_NEEDS = (Term.ANSWERS_YOU, Term.YOU_ANSWER, Term.BOTH_WAYS)


def skills_in(ranking: fit.Ranking, rows: Rows) -> set[uuid.UUID]:
    """The skills that the reasons of a ranking name."""
    terms = _named(rows.names["terms"], _evidence(ranking, ABOUT_NEEDS))
    return {skill for term in terms if (skill := skill_of_term(term))}


BY_OFFERING = (Term.ANSWERS_YOU, Term.BOTH_WAYS)


def done_in(ranking: fit.Ranking, rows: Rows) -> set[Done]:
    """Which of those in a ranking did what its reasons name."""
    terms = rows.names["terms"]
    return {
        (suggestion.member, skill)
        for suggestion in ranking
        for reason in suggestion.reasons
        if reason.kind in BY_OFFERING
        for number in reason.evidence
        if number < len(terms) and rows.has_done(suggestion.member, number)
        if (skill := skill_of_term(terms[number]))
    }


def causes_in(ranking: fit.Ranking, rows: Rows) -> set[uuid.UUID]:
    """The causes that the reasons of a ranking name."""
    named = _named(rows.names["causes"], _evidence(ranking, (Term.SHARED_CAUSE,)))
    return {uuid.UUID(cause) for cause in named}


def members_in(ranking: fit.Ranking) -> set[int]:
    """The acquaintances that the reasons of a ranking name."""
    kinds = (Term.ACQUAINTANCES, Term.WARMTH)
    found = (reason for one in ranking for reason in one.reasons if reason.kind in kinds)
    return {number for reason in found for number in reason.evidence[:MOST_READ]}


def _evidence(ranking: fit.Ranking, kinds: tuple[Term, ...]) -> set[int]:
    return {
        number
        for suggestion in ranking
        for reason in suggestion.reasons
        if reason.kind in kinds
        for number in reason.evidence
    }


def evidence_of(
    rankings: Sequence[fit.Ranking],
    rows: Rows,
    members: dict[int, str],
    written: Callable[[], Mapping[str, str]],
    done: Mapping[Done, str] | None = None,
) -> Evidence:
    """Look up, in two queries, everything that the reasons of some rankings name."""
    skills = {skill for ranking in rankings for skill in skills_in(ranking, rows)}
    causes = {cause for ranking in rankings for cause in causes_in(ranking, rows)}
    labels = (skill_labels(skills), cause_labels(causes))
    return Evidence(rows, *labels, members, written, done or {})


def told(suggestion: fit.Suggestion, evidence: Evidence) -> tuple[cards.Reason, ...]:
    """The reasons of one suggestion as sentences.

    First what one can do for the other, then what binds them, then where and in which language;
    within each, what counts most. How much a reason counts is its weight, not its place.
    """
    in_order = sorted(
        _told_once(suggestion.reasons), key=lambda reason: _SHOWN.get(reason.kind, len(_SHOWN))
    )
    member = suggestion.member
    sentences = ((reason, _in_words(reason, member, evidence)) for reason in in_order)
    return tuple(
        cards.Reason(reason.kind.value, text, round(reason.contribution, 4))
        for reason, text in sentences
        if text and reason.contribution
    )


def _told_once(reasons: tuple[fit.Reason, ...]) -> list[fit.Reason]:
    """Where each can help the other, that says all: one sentence with the weight of all three."""
    mutual = next((one for one in reasons if one.kind == Term.BOTH_WAYS), None)
    if mutual is None:
        return list(reasons)
    weight = sum(one.contribution for one in reasons if one.kind in ABOUT_NEEDS)
    others = [one for one in reasons if one.kind not in ABOUT_NEEDS]
    return [replace(mutual, contribution=weight), *others]


_SHOWN = {
    **dict.fromkeys(ABOUT_NEEDS, 0),
    **dict.fromkeys((Term.SHARED_CAUSE, Term.ACQUAINTANCES, Term.WARMTH), 1),
}


def lacking(suggestion: fit.Suggestion) -> tuple[cards.Missing, ...]:
    """What one suggestion lacks, in words."""
    return tuple(cards.Missing(code.value, str(MISSING[code])) for code in suggestion.missing)


def _in_words(reason: fit.Reason, member: int, evidence: Evidence) -> str:
    """The sentence; and what they did, where their own words for it are known."""
    words = _sentence(reason, evidence)
    done = evidence.of_what_was_done(member, reason.evidence) if reason.kind in BY_OFFERING else ""
    if not done:
        return words
    return _("%(why)s. Has done this: «%(what)s»") % {"why": words, "what": done}


def _sentence(reason: fit.Reason, evidence: Evidence) -> str:
    return _SENTENCES[reason.kind](reason.evidence, evidence)


def _answers_you(found: tuple[int, ...], evidence: Evidence) -> str:
    return _("Offers what is needed: %(what)s") % {"what": evidence.of_terms(found)}


def _you_answer(found: tuple[int, ...], evidence: Evidence) -> str:
    return _("Needs what is offered: %(what)s") % {"what": evidence.of_terms(found)}


def _both_ways(found: tuple[int, ...], evidence: Evidence) -> str:
    return _("Each can help the other: %(what)s") % {"what": evidence.of_terms(found)}


def _shared_cause(found: tuple[int, ...], evidence: Evidence) -> str:
    return _("Works for the same cause: %(what)s") % {"what": evidence.of_causes(found)}


def _acquaintances(found: tuple[int, ...], evidence: Evidence) -> str:
    names = evidence.of_members(found)
    return _("Both know %(names)s") % {"names": names} if names else _("People in common")


def _warmth(found: tuple[int, ...], evidence: Evidence) -> str:
    names = evidence.of_members(found[:1])
    if not names:
        return _("Someone knows both well")
    return _("%(name)s knows both well") % {"name": names}


FAR_KM = 100
"""From here on a distance speaks for nobody, though the engine counts its last trace."""


def _place(found: tuple[int, ...], _evidence: Evidence) -> str:
    return in_words_of_place(found[0] if found else 0)


def in_words_of_place(kilometres: int) -> str:
    """How far away somebody is; nothing where it speaks for nobody."""
    if kilometres < 2:
        return _("In the same place")
    if kilometres > FAR_KM:
        return ""
    return _("%(km)s km away") % {"km": number_format(kilometres, use_l10n=True)}


def _language(found: tuple[int, ...], evidence: Evidence) -> str:
    names = evidence.of_languages(found)
    return _("Speaks %(languages)s") % {"languages": names} if names else _("A language in common")


def _values(_found: tuple[int, ...], _evidence: Evidence) -> str:
    return _("Answers alike on how to work")


def _capacity(found: tuple[int, ...], _evidence: Evidence) -> str:
    hours = found[0] if found else 0
    return ngettext("Has %(n)d hour free a month", "Has %(n)d hours free a month", hours) % {
        "n": hours
    }


def _stage(_found: tuple[int, ...], _evidence: Evidence) -> str:
    return _("At a similar stage")


def _track_record(_found: tuple[int, ...], _evidence: Evidence) -> str:
    return _("Such pairs have worked well here before")


def _asked_often(_found: tuple[int, ...], _evidence: Evidence) -> str:
    return _("Was asked often lately")


_SENTENCES = {
    Term.ANSWERS_YOU: _answers_you,
    Term.YOU_ANSWER: _you_answer,
    Term.BOTH_WAYS: _both_ways,
    Term.SHARED_CAUSE: _shared_cause,
    Term.ACQUAINTANCES: _acquaintances,
    Term.WARMTH: _warmth,
    Term.PLACE: _place,
    Term.LANGUAGE: _language,
    Term.VALUES: _values,
    Term.CAPACITY: _capacity,
    Term.STAGE: _stage,
    Term.TRACK_RECORD: _track_record,
    Term.ASKED_OFTEN: _asked_often,
}


def language_name(code: str) -> str:
    """A language's name in the reader's language."""
    try:
        reader = Locale.parse((get_language() or "en").split("-")[0])
        return Locale.parse(code).get_language_name(reader.language) or code
    except (UnknownLocaleError, ValueError):
        return code


def listed(words: list[str]) -> str:
    """«a, b and c» in the reader's language."""
    if len(words) < 2:
        return "".join(words)
    return _("%(all_but_last)s and %(last)s") % {
        "all_but_last": ", ".join(words[:-1]),
        "last": words[-1],
    }
