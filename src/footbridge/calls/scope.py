"""What is said of a call: each field checked by itself, all of them against one another, and what
is still missing before the door can open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.utils.translation import gettext as _

from footbridge.calls import policy
from footbridge.calls.models import Call, Rule
from footbridge.calls.states import Audience, Criterion, From, Kind, Reward, State
from footbridge.calls.words import currency, line, paragraphs
from footbridge.core import clock, times
from footbridge.core.errors import DomainError
from footbridge.core.words import base_language
from footbridge.exchange.models import Cause, Skill
from footbridge.people import places
from footbridge.people.gazetteer import country_of
from footbridge.people.models import Person
from footbridge.people.states import Sector, Size, Stage

FARTHEST_KM = 20_000
MOST_REPLY_DAYS = 90
LARGEST_AMOUNT = 10**12
MOST_PICKED = 8
MOST_COUNTRIES = 60
# A call waits for answers until then at most: further ahead is a slip of the pen.
LONGEST_DAYS = 3 * 366

STEPS = ("outcome", "terms", "answers", "who")


@dataclass(frozen=True)
class Said:
    """What was said, checked: columns of the call, and its lists where they were named."""

    columns: Mapping[str, Any] = field(default_factory=dict)
    skills: tuple[Skill, ...] | None = None
    causes: tuple[Cause, ...] | None = None
    rules: Mapping[str, list[Any]] | None = None


@dataclass(frozen=True)
class Lacking:
    """Something that a call needs before it opens: in which step, in which field, in words."""

    step: str
    field: str
    words: str


def timezone_of(person: Person) -> str:
    """By whose clocks somebody lives, as far as is known: their place's, else their chapter's."""
    if person.place and person.place.timezone:
        return person.place.timezone
    return person.chapter.timezone if person.chapter else "UTC"


# Field by field.


def checked(call: Call, said: Mapping[str, Any]) -> Said:
    """What was said, each field in its bounds; fields that are not named stay as they are."""
    unknown = set(said) - FIELDS
    if unknown:
        raise DomainError(_("There is no such field: %(name)s.") % {"name": min(unknown)[:40]})
    columns = {name: _COLUMNS[name](said[name]) for name in _COLUMNS if name in said}
    if "deadline" in said or "timezone" in said:
        columns |= _deadline(call, said)
    return Said(
        columns=columns,
        skills=_skills(said["skills"]) if "skills" in said else None,
        causes=_causes(said["causes"]) if "causes" in said else None,
        rules=_rules(said["rules"]) if "rules" in said else None,
    )


def _line(name: str, most: int) -> Callable[[Any], str]:
    return lambda text: line(str(text or ""), name, most)


def _paragraphs(name: str, most: int) -> Callable[[Any], str]:
    return lambda text: paragraphs(str(text or ""), name, most)


def _title(text: Any) -> str:
    tidied = line(str(text or ""), "title", 160)
    if not tidied:
        raise DomainError(_("Say it in one line."), field="title")
    return tidied


def _one_of(name: str, values: Iterable[str], words: Callable[[], str]) -> Callable[[Any], str]:
    known = set(values)

    def check(value: Any) -> str:
        if value not in known:
            raise DomainError(words(), field=name)
        return str(value)

    return check


def _whole(name: str, least: int, most: int) -> Callable[[Any], int | None]:
    def check(value: Any) -> int | None:
        if value in (None, ""):
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            message = _("Say a number from %(least)d to %(most)d.")
            raise DomainError(message % {"least": least, "most": most}, field=name)
        return value

    return check


def _reply_days(value: Any) -> int:
    found = _whole("reply_days", 1, MOST_REPLY_DAYS)(value)
    if found is None:
        raise DomainError(_("Say within how many days you reply."), field="reply_days")
    return found


def _day(name: str) -> Callable[[Any], date | None]:
    def check(value: Any) -> date | None:
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        raise DomainError(_("Say a day."), field=name)

    return check


def _place(text: Any) -> Any:
    typed = line(str(text or ""), "place", 200)
    return places.named(typed) if typed else None


_COLUMNS: dict[str, Callable[[Any], Any]] = {
    "title": _title,
    "outcome": _paragraphs("outcome", 2000),
    "good_answer": _paragraphs("good_answer", 1500),
    "decided_by": _line("decided_by", 200),
    "size_words": _line("size_words", 200),
    "begins": _day("begins"),
    "ends": _day("ends"),
    "place": _place,
    "reach_km": _whole("reach_km", 1, FARTHEST_KM),
    "is_remote": bool,
    "reward": _one_of("reward", ("", *Reward.values), lambda: _("Choose one from the list.")),
    "reward_words": _line("reward_words", 300),
    "amount_from": _whole("amount_from", 0, LARGEST_AMOUNT),
    "amount_to": _whole("amount_to", 0, LARGEST_AMOUNT),
    "currency": lambda code: currency(str(code or "")),
    "reply_days": _reply_days,
    "audience": _one_of("audience", Audience.values, lambda: _("Say who may see it.")),
    "answers_from": _one_of("answers_from", From.values, lambda: _("Say who may answer.")),
    "entries_shown": bool,
}
FIELDS = frozenset({*_COLUMNS, "deadline", "timezone", "skills", "causes", "rules"})


def _deadline(call: Call, said: Mapping[str, Any]) -> dict[str, Any]:
    """The moment that the clocks of a zone show. An hour that they leave out in spring becomes the
    one that they jump to; of an hour that comes twice, the second counts: nobody is cut short."""
    zone = str(said.get("timezone") or call.timezone)
    there = times.zone(zone)
    if "deadline" not in said:
        at: datetime | None = call.deadline
        local = times.there(at, call.timezone).replace(tzinfo=None) if at else None
    else:
        local = said["deadline"]
    if local is None:
        return {"deadline": None, "timezone": zone}
    if not isinstance(local, datetime) or local.tzinfo is not None:
        raise DomainError(_("Say a day and an hour."), field="deadline")
    moment = local.replace(tzinfo=there, fold=1).astimezone(UTC)
    if moment != call.deadline:
        _check_ahead(moment)
    return {"deadline": moment, "timezone": zone}


def _check_ahead(moment: datetime) -> None:
    if moment <= clock.now():
        raise DomainError(_("The deadline has passed already."), field="deadline")
    if (moment - clock.now()).days > LONGEST_DAYS:
        raise DomainError(_("That is more than three years ahead."), field="deadline")


def _skills(ids: Iterable[Any]) -> tuple[Skill, ...]:
    wanted = list(dict.fromkeys(ids))
    _few(wanted, "skills")
    found = {str(one.id): one for one in Skill.objects.filter(id__in=wanted)}
    return tuple(found[str(one)] for one in wanted if str(one) in found)


def _causes(keys: Iterable[str]) -> tuple[Cause, ...]:
    wanted = list(dict.fromkeys(keys))
    _few(wanted, "causes")
    found = {one.key: one for one in Cause.objects.filter(key__in=wanted)}
    if len(found) < len(wanted):
        raise DomainError(_("Choose causes from the list."), field="causes")
    return tuple(found[key] for key in wanted)


def _few(wanted: list[Any], name: str) -> None:
    if len(wanted) > MOST_PICKED:
        raise DomainError(_("Choose at most %(most)d.") % {"most": MOST_PICKED}, field=name)


# Who may answer.


def _rules(said: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The rules that say something, by kind; an empty one is no rule."""
    unknown = set(said) - set(Criterion.values)
    if unknown:
        raise DomainError(_("There is no such rule: %(name)s.") % {"name": min(unknown)[:40]})
    found = {kind: _RULES[Criterion(kind)](list(values)) for kind, values in said.items()}
    return {kind: values for kind, values in found.items() if values}


def _among(kind: Criterion, known: Iterable[str]) -> Callable[[list[Any]], list[Any]]:
    allowed = list(known)

    def check(values: list[Any]) -> list[Any]:
        if set(values) - set(allowed):
            raise DomainError(_("Choose from the list."), field=f"rule_{kind}")
        return [one for one in allowed if one in values]

    return check


def _countries(values: list[Any]) -> list[Any]:
    """Countries by name or by code, in any language."""
    found = []
    for text in values:
        code = country_of(str(text).strip())
        if code is None:
            message = _("No country called «%(name)s» is known.") % {"name": str(text)[:60]}
            raise DomainError(message, field="rule_country")
        found.append(code)
    if len(found) > MOST_COUNTRIES:
        message = _("Name at most %(most)d countries.") % {"most": MOST_COUNTRIES}
        raise DomainError(message, field="rule_country")
    return sorted(set(found))


def _km(values: list[Any]) -> list[Any]:
    checked_value = _whole("rule_within", 1, FARTHEST_KM)(values[0] if values else None)
    return [] if checked_value is None else [checked_value]


def _cause_keys(values: list[Any]) -> list[Any]:
    known = set(Cause.objects.filter(key__in=values).values_list("key", flat=True))
    if set(values) - known:
        raise DomainError(_("Choose causes from the list."), field="rule_cause")
    return sorted(known)


def _forms(values: list[Any]) -> list[Any]:
    tidied = [line(str(one), "rule_legal_form", 120) for one in values]
    return [one for one in dict.fromkeys(tidied) if one][:20]


def _language_codes(values: list[Any]) -> list[Any]:
    codes = [base_language(str(one)) for one in values]
    return sorted({one for one in codes if one.isalpha() and 2 <= len(one) <= 3})


_RULES: dict[Criterion, Callable[[list[Any]], list[Any]]] = {
    Criterion.SECTOR: _among(Criterion.SECTOR, Sector.values),
    Criterion.COUNTRY: _countries,
    Criterion.WITHIN: _km,
    Criterion.STAGE: _among(Criterion.STAGE, Stage.values),
    Criterion.SIZE: _among(Criterion.SIZE, Size.values),
    Criterion.CAUSE: _cause_keys,
    Criterion.LEGAL_FORM: _forms,
    Criterion.LANGUAGE: _language_codes,
}


# All of it together.


def check_whole(call: Call, told: Said) -> None:
    """What contradicts itself is refused while it is written, also in a draft."""
    if call.begins and call.ends and call.ends < call.begins:
        raise DomainError(_("The end is before the beginning."), field="ends")
    least, most = call.amount_from, call.amount_to
    if least is not None and most is not None and most < least:
        raise DomainError(_("The larger amount comes second."), field="amount_to")
    if (least is not None or most is not None) and not call.currency:
        raise DomainError(_("Say in which currency."), field="currency")
    if told.rules is not None and Criterion.WITHIN in told.rules and call.place is None:
        raise DomainError(_("Say first where it is, then how near."), field="rule_within")
    if call.answers_from == From.ANYONE and call.audience != Audience.EVERYONE:
        raise DomainError(
            _("People from outside can answer only what everyone may see."), field="answers_from"
        )


def keep_lists(call: Call, told: Said) -> None:
    """Write the lists that were named."""
    if told.skills is not None:
        call.skills.set(told.skills)
    if told.causes is not None:
        call.causes.set(told.causes)
    if told.rules is not None:
        call.rules.exclude(kind__in=told.rules).delete()
        for kind, values in told.rules.items():
            Rule.objects.update_or_create(call=call, kind=kind, defaults={"values": values})


NEEDS_DEADLINE = (Kind.FUNDING, Kind.COMPETITION)


def missing(call: Call) -> tuple[Lacking, ...]:
    """What a call lacks before it can open, step by step."""
    return tuple(
        Lacking(step, name, words()) for step, name, lacks, words in _NEEDED if lacks(call)
    )


def _lacks_deadline(call: Call) -> bool:
    return call.kind in NEEDS_DEADLINE and call.deadline is None


def _deadline_is_past(call: Call) -> bool:
    is_past = call.deadline is not None and call.deadline <= clock.now()
    return is_past and call.state in (State.DRAFT, State.OPEN)


def _lacks_page(call: Call) -> bool:
    return call.audience == Audience.EVERYONE and not policy.may_be_public(call.owner)


def _lacks_chapter(call: Call) -> bool:
    return call.audience == Audience.CHAPTER and call.chapter_id is None


_Needed = tuple[str, str, Callable[[Call], bool], Callable[[], str]]
_NEEDED: tuple[_Needed, ...] = (
    ("outcome", "outcome", lambda c: not c.outcome, lambda: _("Say what will be different.")),
    (
        "outcome",
        "good_answer",
        lambda c: not c.good_answer,
        lambda: _("Say what a good answer has."),
    ),
    (
        "terms",
        "place",
        lambda c: c.place_id is None and not c.is_remote,
        lambda: _("Say where it is, or that it can be done from anywhere."),
    ),
    ("terms", "reward", lambda c: not c.reward, lambda: _("Say what whoever is chosen receives.")),
    ("answers", "decided_by", lambda c: not c.decided_by, lambda: _("Say who decides.")),
    ("answers", "deadline", _lacks_deadline, lambda: _("Say until when answers may come.")),
    ("answers", "deadline", _deadline_is_past, lambda: _("The deadline has passed already.")),
    (
        "answers",
        "audience",
        _lacks_page,
        lambda: _("You have no public page yet: make one, or show the call to members only."),
    ),
    ("answers", "audience", _lacks_chapter, lambda: _("You are in no chapter yet.")),
)


def as_said(call: Call, names: Iterable[str]) -> dict[str, Any]:
    """What stands there now of these fields, for whoever was overtaken."""
    return {name: _AS_SAID.get(name, _plain(name))(call) for name in names if name in FIELDS}


def _plain(name: str) -> Callable[[Call], Any]:
    return lambda call: getattr(call, name)


_AS_SAID: dict[str, Callable[[Call], Any]] = {
    "place": lambda call: call.place.name if call.place else "",
    "deadline": lambda call: local_deadline(call),
    "skills": lambda call: [str(one.id) for one in call.skills.all()],
    "causes": lambda call: [one.key for one in call.causes.all()],
    "rules": lambda call: {rule.kind: rule.values for rule in call.rules.all()},
}


def local_deadline(call: Call) -> datetime | None:
    """The deadline as its own clocks show it, as it is typed into a form."""
    if call.deadline is None:
        return None
    return times.there(call.deadline, call.timezone).replace(tzinfo=None)
