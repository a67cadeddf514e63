"""Who may answer a call, checked against what is known and said in plain sentences.

Each rule is met, not met, or unknown. What is unknown never stands in the way: only whoever is
known not to meet a rule is kept from sending, and sees why before they write.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from babel import Locale
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from footbridge.calls.models import Call, Rule
from footbridge.calls.states import Criterion
from footbridge.core.errors import NotAllowed
from footbridge.core.words import base_language, fold, tokens
from footbridge.exchange.models import Care, Cause
from footbridge.people.gazetteer import country_name, distance_km
from footbridge.people.models import Member, Organisation, Place
from footbridge.people.policy import acted_for_ids
from footbridge.people.queries import as_person
from footbridge.people.states import Precision, Sector, Size, Stage


@dataclass(frozen=True)
class Applicant:
    """What is known of whoever answers, or what they say of themselves; empty means unknown."""

    sectors: frozenset[str] = frozenset()
    country: str = ""
    place: Place | None = None
    stage: str = ""
    size: str = ""
    causes: frozenset[str] = frozenset()
    legal_form: str = ""
    languages: frozenset[str] = frozenset()


NOBODY = Applicant()
# The labels of causes by their key.
Labels = Mapping[str, str]


@dataclass(frozen=True)
class Verdict:
    """One rule and how somebody stands to it; `is_met` is None where that is not known."""

    kind: str
    is_met: bool | None
    rule: str
    words: str

    @property
    def state(self) -> str:
        """One word for how it stands, such as styles and programs read."""
        return {True: "met", False: "not_met", None: "unknown"}[self.is_met]


def may_send(verdicts: Iterable[Verdict]) -> bool:
    """Whether nothing is known that stands in the way."""
    return all(one.is_met is not False for one in verdicts)


def refuse_who_may_not(call: Call, known: Applicant) -> None:
    """NotAllowed, with the first rule that somebody is known not to meet."""
    verdicts = check(call, list(call.rules.all()), known)
    refused = next((one for one in verdicts if one.is_met is False), None)
    if refused is not None:
        raise NotAllowed(refused.words)


# Who answers.


def applicant(member: Member) -> Applicant:
    """What the network knows of a member. People are of the sectors of the organisations that they
    act for, where they name none of their own."""
    place = member.place
    return Applicant(
        sectors=frozenset({member.sector} if member.sector else _sectors_of(member)),
        country=place.country if place else "",
        place=place,
        stage=member.stage,
        size=member.size or (Size.SOLO if member.is_person else ""),
        causes=frozenset(_causes_of(member)),
        legal_form=member.legal_form,
        languages=frozenset(base_language(one) for one in member.languages),
    )


# What somebody who is no member says of themself in a word each.
SAID_OUTSIDE = (Criterion.SECTOR, Criterion.COUNTRY, Criterion.STAGE, Criterion.SIZE)


def asked_outside(rules: Iterable[Rule]) -> tuple[Criterion, ...]:
    """What these rules ask that somebody who is no member can say in a word."""
    kinds = {rule.kind for rule in rules}
    return tuple(kind for kind in SAID_OUTSIDE if kind in kinds)


def as_said(said: Mapping[str, str]) -> Applicant:
    """Whoever answers from outside, by what they say of themselves; nothing said is unknown."""
    return Applicant(
        sectors=frozenset({said.get(Criterion.SECTOR, "")} - {""}),
        country=said.get(Criterion.COUNTRY, ""),
        stage=said.get(Criterion.STAGE, ""),
        size=said.get(Criterion.SIZE, ""),
    )


def _sectors_of(member: Member) -> set[str]:
    if not member.is_person:
        return set()
    organisations = Organisation.objects.filter(id__in=acted_for_ids(as_person(member)))
    return set(organisations.values_list("sector", flat=True)) - {""}


def _causes_of(member: Member) -> set[str]:
    cares = Care.objects.filter(member=member.id)
    return set(cares.values_list("cause__key", flat=True))


# Rule by rule.


def check(
    call: Call, rules: Sequence[Rule], known: Applicant, labels: Labels | None = None
) -> tuple[Verdict, ...]:
    """How somebody stands to each rule of a call. Whoever checks many calls brings the labels of
    their causes along."""
    said = labels_for(rules, known) if labels is None else labels
    return tuple(_verdict(call, rule, known, said) for rule in rules)


def rule_words(call: Call, rules: Sequence[Rule], labels: Labels | None = None) -> tuple[str, ...]:
    """The rules of a call, a sentence each, for whoever has not said who they are."""
    said = labels_for(rules) if labels is None else labels
    return tuple(_rule_words(call, rule, said) for rule in rules)


def labels_for(rules: Iterable[Rule], known: Applicant = NOBODY) -> Labels:
    """The labels of the causes that these rules name, and of somebody's own: in one query, or in
    none where no rule asks for a cause."""
    keys = {key for rule in rules if rule.kind == Criterion.CAUSE for key in rule.values}
    if not keys:
        return {}
    wanted = Cause.objects.filter(key__in=keys | known.causes)
    return {cause.key: cause.label for cause in wanted}


def _verdict(call: Call, rule: Rule, known: Applicant, labels: Labels) -> Verdict:
    is_met, yours = _TESTS[Criterion(rule.kind)](call, rule, known, labels)
    told = _rule_words(call, rule, labels)
    return Verdict(rule.kind, is_met, told, f"{told} {_standing(is_met, yours)}")


def _standing(is_met: bool | None, yours: str) -> str:
    if is_met is None:
        return _("We do not know this about you; say it in your answer.")
    if is_met:
        return _("You meet this: %(yours)s.") % {"yours": yours}
    return _("You do not meet this: %(yours)s.") % {"yours": yours}


def _rule_words(call: Call, rule: Rule, labels: Labels) -> str:
    kind = Criterion(rule.kind)
    if kind == Criterion.WITHIN:
        place = call.place.name if call.place else ""
        return _("Within %(km)d km of %(place)s.") % {"km": rule.values[0], "place": place}
    said = ", ".join(_label(kind, value, labels) for value in rule.values)
    return _SENTENCES[kind]() % {"values": said}


_SENTENCES = {
    Criterion.SECTOR: lambda: _("For these sectors: %(values)s."),
    Criterion.COUNTRY: lambda: _("For those who are in: %(values)s."),
    Criterion.STAGE: lambda: _("For what stands at: %(values)s."),
    Criterion.SIZE: lambda: _("For organisations of this size: %(values)s."),
    Criterion.CAUSE: lambda: _("For those who work for: %(values)s."),
    Criterion.LEGAL_FORM: lambda: _("For these legal forms: %(values)s."),
    Criterion.LANGUAGE: lambda: _("For those who speak: %(values)s."),
}


def _label(kind: Criterion, value: str, labels: Labels) -> str:
    choices = {Criterion.SECTOR: Sector, Criterion.STAGE: Stage, Criterion.SIZE: Size}
    if kind in choices:
        return str(dict(choices[kind].choices).get(value, value))
    if kind == Criterion.COUNTRY:
        return country_name(value, get_language() or "en")
    if kind == Criterion.LANGUAGE:
        return _language_name(value)
    return labels.get(value, value)


def _language_name(code: str) -> str:
    reader = Locale.parse(base_language(get_language() or "en"))
    return str(reader.languages.get(code, code))


Standing = tuple[bool | None, str]


def _among(wanted: Iterable[str], own: Iterable[str], kind: Criterion, labels: Labels) -> Standing:
    """Whether any of one's own is wanted, and which those are, in words."""
    have = sorted(own)
    common = [one for one in have if one in set(wanted)]
    if not have:
        return None, ""
    return bool(common), ", ".join(_label(kind, one, labels) for one in common or have)


def _sector(_call: Call, rule: Rule, known: Applicant, labels: Labels) -> Standing:
    return _among(rule.values, known.sectors, Criterion.SECTOR, labels)


def _country(_call: Call, rule: Rule, known: Applicant, labels: Labels) -> Standing:
    own = [known.country] if known.country else []
    return _among(rule.values, own, Criterion.COUNTRY, labels)


def _within(call: Call, rule: Rule, known: Applicant, labels: Labels) -> Standing:
    """By the middle of the place; of who says no more than a country, nothing is known."""
    place, own = call.place, known.place
    if place is None or own is None or own.precision == Precision.COUNTRY:
        return None, ""
    apart = distance_km(place.latitude, place.longitude, own.latitude, own.longitude)
    words = _("%(place)s is %(km)d km away") % {"place": own.name, "km": round(apart)}
    return apart <= rule.values[0], words


def _stage(_call: Call, rule: Rule, known: Applicant, labels: Labels) -> Standing:
    return _among(rule.values, [known.stage] if known.stage else [], Criterion.STAGE, labels)


def _size(_call: Call, rule: Rule, known: Applicant, labels: Labels) -> Standing:
    return _among(rule.values, [known.size] if known.size else [], Criterion.SIZE, labels)


def _cause(_call: Call, rule: Rule, known: Applicant, labels: Labels) -> Standing:
    return _among(rule.values, known.causes, Criterion.CAUSE, labels)


def _legal_form(_call: Call, rule: Rule, known: Applicant, labels: Labels) -> Standing:
    """Forms are written in many ways: the words of one are looked for in the other; where they
    differ nobody can tell, so that this rule never refuses."""
    own = set(tokens(known.legal_form))
    wanted = [set(tokens(str(value))) for value in rule.values]
    is_met = any(own and words and (words <= own or own <= words) for words in wanted)
    return (True, known.legal_form) if is_met else (None, "")


def _language(_call: Call, rule: Rule, known: Applicant, labels: Labels) -> Standing:
    return _among([fold(one) for one in rule.values], known.languages, Criterion.LANGUAGE, labels)


_TESTS = {
    Criterion.SECTOR: _sector,
    Criterion.COUNTRY: _country,
    Criterion.WITHIN: _within,
    Criterion.STAGE: _stage,
    Criterion.SIZE: _size,
    Criterion.CAUSE: _cause,
    Criterion.LEGAL_FORM: _legal_form,
    Criterion.LANGUAGE: _language,
}
