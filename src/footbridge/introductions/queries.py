"""Reading introductions, always for a viewer."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from footbridge.core import clock, links
from footbridge.core.errors import LinkNotValid, NotHere
from footbridge.core.prepared import prepared
from footbridge.core.reading import asked_once
from footbridge.introductions.cards import IntroductionCard, Note, Party, card
from footbridge.introductions.models import Introduction
from footbridge.introductions.policy import LINK_PURPOSE, hosted_with, visible_to
from footbridge.introductions.states import MET, OPEN, Outcome, Role, Shown, State
from footbridge.people.models import Person
from footbridge.people.policy import Viewer, hosted_by

__all__ = [
    "IntroductionCard", "Note", "Party", "card", "cards", "counts", "get", "get_card", "list_for",
    "opened", "stalled", "visible_to", "waiting_for",
]  # fmt: skip

SILENT_AFTER = timedelta(days=7)
CHECK_IN_AFTER = timedelta(days=10)
UNTOLD_AFTER = timedelta(days=30)


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for someone: what, from whom, about whom, by when."""

    introduction: uuid.UUID
    role: Role
    what: str  # "answer" or "report"
    from_whom: str
    about: str
    by: date | None
    card: IntroductionCard


@dataclass(frozen=True)
class Stalled:
    """An introduction that got stuck, for the host who might help. It does not say with whom."""

    introduction: uuid.UUID
    why: str  # "silent" or "untold"
    seeker: Party
    connector: Party
    target: Party
    since: date


@dataclass(frozen=True)
class Counts:
    """How many introductions were made, and in how many of them someone told of a meeting."""

    made: int
    met: int


def get(viewer: Viewer, introduction_id: uuid.UUID | str) -> Introduction:
    """One introduction, or NotHere: missing and hidden answer alike."""
    found = _complete(visible_to(viewer)).filter(id=introduction_id).first()
    if found is None:
        raise NotHere
    return found


def get_card(viewer: Viewer, introduction_id: uuid.UUID | str) -> IntroductionCard:
    """The card of one introduction, or NotHere."""
    return card(viewer, get(viewer, introduction_id))


def draft_to(seeker: Person, target: Person) -> IntroductionCard | None:
    """The note that one has begun to someone and not sent, if any."""
    drafts = _complete(visible_to(seeker)).filter(seeker=seeker, target=target, state=State.DRAFT)
    found = drafts.first()
    return card(seeker, found) if found else None


def opened(token: str) -> tuple[Person, Introduction]:
    """Whom a signed link was made for, and the introduction it opens for them. Changes nothing.

    Raises LinkNotValid when the link is altered, expired, or opens nothing any more.
    """
    link = links.read(token, LINK_PURPOSE)
    person = _holder(link)
    try:
        return person, get(person, link.thing)
    except NotHere as error:
        raise _opens_nothing() from error


def _holder(link: links.Link) -> Person:
    people = Person.objects.select_related("chapter")
    found = people.filter(id=link.person).first() if link.person else None
    if found is None:
        raise _opens_nothing()
    return found


def _opens_nothing() -> LinkNotValid:
    return LinkNotValid(_("This link opens nothing any more."))


def list_for(viewer: Viewer) -> list[IntroductionCard]:
    """The introductions that someone is part of, newest first."""
    return cards(viewer, _complete(visible_to(viewer)))


def cards(viewer: Viewer, introductions: Iterable[Introduction]) -> list[IntroductionCard]:
    """The cards of many introductions."""
    return [card(viewer, introduction) for introduction in introductions]


def waiting_for(person: Person) -> list[Waiting]:
    """What waits for someone: answers first, by their date, then what came of the ones made."""
    return list(_all_waiting_for(person))


@asked_once
def _all_waiting_for(person: Person) -> tuple[Waiting, ...]:
    long_ago = clock.now() - CHECK_IN_AFTER
    if not _any_may_wait(person.id, long_ago):  # as for most, most of the time
        return ()
    mine = list(_complete(visible_to(person)).filter(_may_wait(person.id, long_ago)))
    answers = [_answer(seen) for seen in cards(person, mine) if seen.shown == Shown.YOURS]
    reports = [_report(seen) for seen in cards(person, mine) if _is_untold(seen)]
    return (*sorted(answers, key=_by_date), *sorted(reports, key=_by_date))


@prepared
def _any_may_wait(person_id: uuid.UUID, long_ago: datetime) -> QuerySet[Introduction, uuid.UUID]:
    waiting = Introduction.objects.filter(_may_wait(person_id, long_ago))
    return waiting.order_by().values_list("id", flat=True)[:1]


def _may_wait(person: uuid.UUID, long_ago: datetime) -> Q:
    asked = Q(state=State.ASKED_SEEKER, seeker=person)
    asked |= Q(state=State.ASKED_CONNECTOR, connector=person)
    asked |= Q(state=State.ASKED_TARGET, target=person)
    return asked | (Q(seeker=person) | Q(target=person)) & Q(introduced_at__lte=long_ago)


def _is_untold(seen: IntroductionCard) -> bool:
    return seen.introduced_on is not None and seen.my_outcome in (None, Outcome.NOT_YET)


def _answer(seen: IntroductionCard) -> Waiting:
    asks = seen.connector if seen.role != Role.CONNECTOR else seen.seeker
    return _waiting(seen, "answer", asks, seen.answer_by)


def _report(seen: IntroductionCard) -> Waiting:
    return _waiting(seen, "report", seen.connector, None)


def _waiting(seen: IntroductionCard, what: str, asks: Party, by: date | None) -> Waiting:
    about = seen.seeker if seen.role == Role.TARGET else seen.target
    assert seen.role is not None
    return Waiting(seen.id, seen.role, what, asks.name, about.name, by, seen)


def _by_date(waiting: Waiting) -> tuple[date, uuid.UUID]:
    return waiting.by or waiting.card.introduced_on or date.max, waiting.introduction


def stalled(host: Viewer) -> list[Stalled]:
    """What got stuck in the chapters that someone hosts, longest first: asked a week ago and not
    introduced, or introduced a month ago and nobody told what came of it.

    A refusal looks like silence here as well, and it is not said whose turn it is.
    """
    now = clock.now()
    asked = Q(state__in=(*OPEN, State.NOT_NOW), expires_at__gt=now)
    silent = asked & Q(asked_at__lte=now - SILENT_AFTER)
    untold = Q(state=State.INTRODUCED, introduced_at__lte=now - UNTOLD_AFTER)
    rows = hosted_with(host).select_related("seeker", "connector", "target")
    found = [_stalled(row) for row in rows.filter(silent | untold)]
    return sorted(found, key=lambda stuck: (stuck.since, stuck.introduction))


def _stalled(introduction: Introduction) -> Stalled:
    since = introduction.introduced_at or introduction.asked_at
    assert since is not None
    return Stalled(
        introduction=introduction.id,
        why="untold" if introduction.introduced_at else "silent",
        seeker=_named(introduction.seeker),
        connector=_named(introduction.connector),
        target=_named(introduction.target),
        since=since.date(),
    )


def _named(person: Person) -> Party:
    return Party(person.name, person.id)


def counts(host: Viewer) -> Counts:
    """How many introductions were made in the chapters that someone hosts, and how many of them
    led to a meeting that at least one of the two told of."""
    made = _begun_in(host).filter(introduced_at__isnull=False)
    met = made.filter(reports__outcome__in=MET).distinct()
    return Counts(made.count(), met.count())


def _begun_in(host: Viewer) -> QuerySet[Introduction]:
    return Introduction.objects.filter(seeker__chapter__in=hosted_by(host))


def _complete(introductions: QuerySet[Introduction]) -> QuerySet[Introduction]:
    related = introductions.select_related("on_behalf_of", "need")
    return related.prefetch_related("consents", "reports")
