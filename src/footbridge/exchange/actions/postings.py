"""Opening, changing and closing needs and offers, and saying what one works for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum
from typing import Any, Final, TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.core.errors import Conflict, DomainError, NotAllowed
from footbridge.core.versions import Version, expect, of_choice
from footbridge.exchange import dictionary, policy
from footbridge.exchange.models import Care, Cause, Need, NeedSkill, Offer, OfferSkill, Skill
from footbridge.exchange.sentences import sentence, text_key
from footbridge.exchange.states import Ending, Resource
from footbridge.journal.actions import record
from footbridge.people.actions.rows import held
from footbridge.people.models import Member, Person, Place
from footbridge.people.policy import Viewer, id_of

Kept = TypeVar("Kept", Need, Offer)
Line = type[NeedSkill] | type[OfferSkill]

# How many skills are read out of one sentence, and what a guess must score to be kept.
MOST_GUESSES = 4
LEAST_SCORE = 0.3
MOST_SKILLS = 20
MOST_HOURS = 300
_RESOURCES = frozenset(("", *Resource.values))


class _Keep(Enum):
    """Leaving a thing as it is differs from taking it away."""

    KEEP = "keep"


KEEP: Final = _Keep.KEEP


def open_need(
    *,
    actor: Viewer,
    owner: Member,
    text: str,
    skills: Iterable[Skill] | None = None,
    causes: Iterable[Cause] | None = None,
    urgent: bool = False,
    resource: str = "",
    place: Place | None = None,
    until: date | None = None,
) -> Need:
    """Say what someone looks for. One sentence is enough: without skills, they are guessed from
    it and marked so until the owner confirms them."""
    details = {"urgent": urgent, "resource": resource, "place": place, "until": until}
    return _open(Need, actor, owner, text, skills, causes, details)


def open_offer(
    *,
    actor: Viewer,
    owner: Member,
    text: str,
    skills: Iterable[Skill] | None = None,
    causes: Iterable[Cause] | None = None,
    resource: str = "",
    place: Place | None = None,
    until: date | None = None,
    hours_per_month: int | None = None,
) -> Offer:
    """Say what someone can give, and perhaps how much of it a month."""
    details = {
        "resource": resource,
        "place": place,
        "until": until,
        "hours_per_month": hours_per_month,
    }
    return _open(Offer, actor, owner, text, skills, causes, details)


@transaction.atomic
def _open(
    kind: type[Kept],
    actor: Viewer,
    owner: Member,
    text: str,
    skills: Iterable[Skill] | None,
    causes: Iterable[Cause] | None,
    details: dict[str, Any],
) -> Kept:
    owner = _spoken_for(actor, owner)
    text = sentence(text)
    check(details)
    _make_room(kind, owner, text)
    opened_by = actor if isinstance(actor, Person) else None
    posting = kind(owner=owner, text=text, opened_by=opened_by, **details)
    posting.text_key = text_key(text)
    posting.save(force_insert=True)
    _set_skills(posting, skills)
    posting.causes.set(causes or ())
    _tell(actor, posting, "opened")
    return posting


def _spoken_for(actor: Viewer, owner: Member) -> Member:
    """The owner's row, held, so that what is opened at the same time comes one after the other."""
    owner = held(Member, owner.id)
    if not policy.may_open(actor, owner):
        raise NotAllowed(_("You cannot speak for them: only they can, or who acts for them."))
    return owner


def check(details: dict[str, Any]) -> None:
    """Raise DomainError where a detail cannot be so, naming its field."""
    if details.get("resource", "") not in _RESOURCES:
        raise DomainError(_("This is not a kind of resource."), field="resource")
    until = details.get("until")
    if until is not None and until < clock.today():
        raise DomainError(_("That day has passed already."), field="until")
    hours = details.get("hours_per_month")
    if hours is not None and not 1 <= hours <= MOST_HOURS:
        message = _("Give a number of hours from 1 to %(most)s, or none.")
        raise DomainError(message % {"most": MOST_HOURS}, field="hours_per_month")


def _make_room(kind: type[Need] | type[Offer], owner: Member, text: str) -> None:
    """One sentence of one owner is open once; one whose time ran out gives way."""
    same = kind._default_manager.filter(owner=owner, text_key=text_key(text), closed_at=None)
    for posting in same:
        if posting.is_open:
            raise Conflict(_("This is open already, in the same words."), field="text")
        _end(posting, Ending.RAN_OUT)


def _end(posting: Need | Offer, ending: Ending) -> None:
    posting.closed_at, posting.ending = clock.now(), ending
    posting.save(update_fields=["closed_at", "ending"])


def _set_skills(posting: Need | Offer, skills: Iterable[Skill] | None) -> None:
    """Write the skills that were chosen, or those that the sentence speaks of."""
    if skills is None:
        _guess(posting)
    else:
        _choose(posting, skills)


def _guess(posting: Need | Offer) -> None:
    """Replace earlier guesses by those that the sentence as it now stands gives; what was
    confirmed stays."""
    posting.lines.filter(guessed=True).delete()
    confirmed = set(posting.lines.values_list("skill_id", flat=True))
    add_lines(
        posting_line(posting)(
            skill_id=found.id,
            guessed=True,
            weight=found.score,
            phrase=found.phrase,
            **{posting._meta.model_name or "": posting},
        )
        for found in guesses(posting.text, dictionary.current())
        if found.id not in confirmed
    )


def guesses(text: str, shelf: dictionary.Shelf) -> list[dictionary.Suggested]:
    """The skills that a sentence speaks of surely enough to be put down."""
    found = shelf.skills.suggest(text, limit=MOST_GUESSES)
    return [suggested for suggested in found if suggested.score >= LEAST_SCORE]


def posting_line(posting: Need | Offer) -> Line:
    """The table in which this one's skills are kept."""
    return NeedSkill if isinstance(posting, Need) else OfferSkill


def add_lines(lines: Iterable[NeedSkill | OfferSkill]) -> None:
    """Write skill lines of one kind, in few queries."""
    rows = list(lines)
    if rows:
        type(rows[0])._default_manager.bulk_create(rows, batch_size=500)  # type: ignore[arg-type]


def _choose(posting: Need | Offer, skills: Iterable[Skill]) -> None:
    """Have exactly these skills, confirmed; what suggested them is kept to be shown."""
    wanted = {skill.id: skill for skill in skills}
    if len(wanted) > MOST_SKILLS:
        message = _("Choose at most %(most)s skills.")
        raise DomainError(message % {"most": MOST_SKILLS}, field="skills")
    posting.lines.exclude(skill_id__in=wanted).delete()
    posting.lines.update(guessed=False, weight=1.0)
    known = set(posting.lines.values_list("skill_id", flat=True))
    add_lines(
        posting_line(posting)(skill_id=skill_id, **{posting._meta.model_name or "": posting})
        for skill_id in wanted
        if skill_id not in known
    )


def _tell(actor: Viewer, posting: Need | Offer, happened: str, **facts: str) -> None:
    verb = f"exchange.{posting._meta.model_name}_{happened}"
    facts = {"owner": str(posting.owner_id), **facts}
    record(verb, posting.id, actor=id_of(actor), facts=facts)


def edit_need(
    *,
    actor: Viewer,
    need: Need,
    text: str | None = None,
    skills: Iterable[Skill] | None = None,
    causes: Iterable[Cause] | None = None,
    urgent: bool | _Keep = KEEP,
    resource: str | _Keep = KEEP,
    place: Place | _Keep | None = KEEP,
    until: date | _Keep | None = KEEP,
    version: Version | None = None,
) -> Need:
    """Change what is given and keep the rest. A changed sentence is read for skills anew.
    `version` is the one that was seen: a newer one raises Overtaken."""
    details = {"urgent": urgent, "resource": resource, "place": place, "until": until}
    return _edit(actor, need, text, skills, causes, details, version)


def edit_offer(
    *,
    actor: Viewer,
    offer: Offer,
    text: str | None = None,
    skills: Iterable[Skill] | None = None,
    causes: Iterable[Cause] | None = None,
    resource: str | _Keep = KEEP,
    place: Place | _Keep | None = KEEP,
    until: date | _Keep | None = KEEP,
    hours_per_month: int | _Keep | None = KEEP,
    version: Version | None = None,
) -> Offer:
    """Change what is given and keep the rest. A changed sentence is read for skills anew.
    `version` is the one that was seen: a newer one raises Overtaken."""
    details = {
        "resource": resource,
        "place": place,
        "until": until,
        "hours_per_month": hours_per_month,
    }
    return _edit(actor, offer, text, skills, causes, details, version)


@transaction.atomic
def _edit(
    actor: Viewer,
    posting: Kept,
    text: str | None,
    skills: Iterable[Skill] | None,
    causes: Iterable[Cause] | None,
    details: dict[str, Any],
    version: Version | None,
) -> Kept:
    posting = _kept(actor, posting)
    expect(version, posting.version, lambda: _as_it_stands(posting, details))
    given = {name: value for name, value in details.items() if value is not KEEP}
    check(given)
    is_said_anew = text is not None and _say_anew(posting, text)
    for name, value in given.items():
        setattr(posting, name, value)
    posting.confirmed_at, posting.version = clock.now(), posting.version + 1
    posting.save()
    if skills is not None or is_said_anew:
        _set_skills(posting, skills)
    if causes is not None:
        posting.causes.set(causes)
    _tell(actor, posting, "edited")
    return posting


def _as_it_stands(posting: Need | Offer, details: Iterable[str]) -> dict[str, Any]:
    """What is said now, in the words in which it is asked for."""
    said = {name: getattr(posting, name) for name in details if name != "place"}
    skills = [str(each) for each in posting.lines.values_list("skill_id", flat=True)]
    return {"text": posting.text, "skills": skills, **said}


def _kept(actor: Viewer, posting: Kept) -> Kept:
    """The need or offer as it stands now: its owner's row held, then its own."""
    _spoken_for(actor, posting.owner)
    return held(type(posting), posting.id)


def _say_anew(posting: Need | Offer, text: str) -> bool:
    text = sentence(text)
    if text_key(text) != posting.text_key and posting.closed_at is None:
        _make_room(type(posting), posting.owner, text)
    is_said_anew = text != posting.text
    posting.text, posting.text_key = text, text_key(text)
    return is_said_anew


@transaction.atomic
def confirm_skills(*, actor: Viewer, posting: Kept, skills: Iterable[Skill]) -> Kept:
    """Say which skills are meant. Guesses that are not among them go."""
    posting = _kept(actor, posting)
    _choose(posting, skills)
    posting.version += 1
    posting.save(update_fields=["version"])
    _tell(actor, posting, "skills_confirmed")
    return posting


@transaction.atomic
def keep(*, actor: Viewer, posting: Kept) -> Kept:
    """Say that it still stands, when asked."""
    posting = _kept(actor, posting)
    if not posting.is_open:
        raise Conflict(_("This is closed. Open it again if it still stands."))
    posting.confirmed_at = clock.now()
    posting.save(update_fields=["confirmed_at"])
    _tell(actor, posting, "kept")
    return posting


@transaction.atomic
def close(*, actor: Viewer, posting: Kept, ending: str = Ending.NO_LONGER) -> Kept:
    """End it, and say how it ended. What is closed already stays as it was closed."""
    if ending not in Ending.values:
        raise DomainError(_("This is not a way to end."), field="ending")
    posting = _kept(actor, posting)
    if posting.closed_at is None:
        _end(posting, Ending(ending))
        _tell(actor, posting, "closed", ending=str(ending))
    return posting


@transaction.atomic
def reopen(*, actor: Viewer, posting: Kept, until: date | None = None) -> Kept:
    """Open it again, until the day given or until it is closed."""
    posting = _kept(actor, posting)
    if posting.is_open:
        return posting
    check({"until": until})
    is_in_time = posting.until is not None and posting.until >= clock.today()
    posting.until = until or (posting.until if is_in_time else None)
    posting.closed_at, posting.ending, posting.version = None, "", posting.version + 1
    posting.reopened_at = posting.confirmed_at = clock.now()
    try:
        with transaction.atomic():
            posting.save()
    except IntegrityError as error:
        raise Conflict(_("This is open already, in the same words.")) from error
    _tell(actor, posting, "reopened")
    return posting


@transaction.atomic
def care_for(
    *, actor: Viewer, member: Member, causes: Iterable[Cause], version: Version | None = None
) -> None:
    """Say for which causes a member works: exactly these. `version` is that of the choice that
    was seen: another one raises Overtaken."""
    member = _spoken_for(actor, member)
    wanted = {cause.id for cause in causes}
    known = set(Care.objects.filter(member=member).values_list("cause_id", flat=True))
    expect(version, of_choice(known), lambda: {"causes": sorted(map(str, known))})
    if wanted == known:
        return
    Care.objects.filter(member=member).exclude(cause_id__in=wanted).delete()
    Care.objects.bulk_create(Care(member=member, cause_id=each) for each in wanted - known)
    record("exchange.cares_changed", member.id, actor=id_of(actor))
