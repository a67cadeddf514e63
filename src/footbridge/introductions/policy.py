"""Who is shown which introduction, what each of the three may do, and who may be asked at all."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from footbridge.core import clock
from footbridge.core.audience import Operator
from footbridge.introductions.models import Consent, Introduction
from footbridge.introductions.states import ASKED_IN, OPEN, Answer, Move, Role, Shown, State
from footbridge.network.models import Tie
from footbridge.network.queries import kept_apart_from
from footbridge.network.states import TieState
from footbridge.people import asks
from footbridge.people.models import Host, Person
from footbridge.people.policy import Viewer, hosted_by, may_host

LINK_PURPOSE = "introduction"
ANSWERED_WITHIN = timedelta(days=14)
# A person is asked about the same other person at most once in this time, whatever they said.
RESTS_FOR = timedelta(days=90)
# Two people who were introduced long ago may be brought together anew.
REMEMBERED_FOR = timedelta(days=365)
BUDGET_PERIOD = asks.PERIOD
MOST_OPEN = 5
MOST_ASKS = 10

_SHOWN_AS_IT_IS = {
    State.DRAFT: Shown.DRAFT,
    State.INTRODUCED: Shown.INTRODUCED,
    State.CLOSED: Shown.CLOSED,
    State.WITHDRAWN: Shown.WITHDRAWN,
    State.EXPIRED: Shown.NOT_NOW,
}
_AFTERWARDS = (Shown.INTRODUCED, Shown.CLOSED)
REFUSALS = (Answer.NO, Answer.NOT_NOW)


def visible_to(viewer: Viewer) -> QuerySet[Introduction]:
    """The seeker sees it from the first word, the connector and the one sought once each of them
    was asked."""
    introductions = Introduction.objects.select_related("seeker", "connector", "target")
    if isinstance(viewer, Operator):
        return introductions
    return introductions.filter(
        Q(seeker=viewer)
        | Q(connector=viewer, asked_at__isnull=False)
        | Q(target=viewer, target_asked_at__isnull=False)
    )


def hosted_with(host: Viewer) -> QuerySet[Introduction]:
    """The introductions that began in the chapters that someone hosts, but for the host's own."""
    introductions = Introduction.objects.filter(seeker__chapter__in=hosted_by(host))
    if isinstance(host, Operator):
        return introductions
    return introductions.exclude(Q(seeker=host) | Q(connector=host) | Q(target=host))


def role_of(actor: Viewer, introduction: Introduction) -> Role | None:
    """Which of the three someone is, once they may know of the introduction."""
    if isinstance(actor, Operator):
        return None
    if actor.id == introduction.seeker_id:
        return Role.SEEKER
    if actor.id == introduction.connector_id and introduction.asked_at:
        return Role.CONNECTOR
    if actor.id == introduction.target_id and introduction.target_asked_at:
        return Role.TARGET
    return None


def answer_of(introduction: Introduction, role: Role | None) -> Answer | None:
    """What one of the three said, if they were asked."""
    for consent in introduction.consents.all():
        if consent.role == role:
            return Answer(consent.answer)
    return None


def is_over(introduction: Introduction) -> bool:
    """Whether the date for answers has passed."""
    return introduction.expires_at is not None and introduction.expires_at <= clock.now()


def shown_to(role: Role | None, introduction: Introduction) -> Shown:
    """Where the introduction stands, as one of the three is told.

    Until the date for answers a refusal looks like waiting, afterwards silence looks like a
    refusal. Only those who refused are told so at once, because they know.
    """
    if answer_of(introduction, role) in REFUSALS:
        return Shown.NOT_NOW
    state = State(introduction.state)
    if state in _SHOWN_AS_IT_IS:
        return _SHOWN_AS_IT_IS[state]
    if is_over(introduction):
        return Shown.NOT_NOW
    is_mine = role is not None and ASKED_IN.get(state) == role
    return Shown.YOURS if is_mine else Shown.WAITING


def moves(role: Role | None, introduction: Introduction) -> tuple[Move, ...]:
    """What one of the three may do now. It follows from what they are shown, so that no button
    tells more than the words beside it."""
    shown = shown_to(role, introduction)
    if shown == Shown.YOURS:
        return Move.AGREE, Move.NOT_NOW, Move.DECLINE
    if shown == Shown.DRAFT and role == Role.SEEKER:
        return Move.WRITE, Move.ASK, Move.WITHDRAW
    if shown == Shown.WAITING and _may_withdraw(role, introduction):
        return (Move.WITHDRAW,)
    if shown in _AFTERWARDS and role in (Role.SEEKER, Role.TARGET):
        return Move.REPORT, Move.THANK
    return ()


def _may_withdraw(role: Role | None, introduction: Introduction) -> bool:
    return role == Role.SEEKER or (introduction.made_by_connector and role == Role.CONNECTOR)


def may(actor: Viewer, move: Move, introduction: Introduction) -> bool:
    """Whether someone may do this to an introduction now."""
    return move in moves(role_of(actor, introduction), introduction)


def may_connect(connector: Person, seeker: Person, target: Person) -> bool:
    """Connectors know the seeker, by the word of either; hosts may connect people of their
    chapter."""
    return _is_tied(connector, seeker) or _hosts_one_of(connector, seeker, target)


def _is_tied(one: Person, other: Person) -> bool:
    between = Q(teller=one, other=other) | Q(teller=other, other=one)
    return Tie.objects.filter(between, state=TieState.STATED).exists()


def _hosts_one_of(connector: Person, *people: Person) -> bool:
    chapters = [person.chapter_id for person in people if person.chapter_id]
    return Host.objects.filter(person=connector, chapter__in=chapters).exists()


def may_introduce_pair(host: Person, one: Person, other: Person) -> bool:
    """Hosts bring together the people of their chapters, members or only on the list."""
    return all(
        person.chapter is not None and may_host(host, person.chapter) for person in (one, other)
    )


def is_possible(introduction: Introduction) -> bool:
    """Whether all three can be part of this now: nobody pauses, nobody asked never to be brought
    together with one of the others. Which of these it is remains a secret."""
    trio = (introduction.seeker, introduction.connector, introduction.target)
    return not any(person.is_paused for person in trio) and not avoid_one_another(*trio)


def avoid_one_another(*people: Person) -> bool:
    """Whether any of these people asked never to be brought together with another of them, or
    with an organisation that the other acts for."""
    ids = {person.id for person in people}
    return any(kept_apart_from(person) & ids for person in people[1:])


def was_asked_lately(person: Person, about: Person) -> bool:
    """Whether someone was asked about another not long ago and they were not introduced. It counts
    from the date for answers, whatever was said, so that it tells nothing of the answer."""
    as_target = Q(target=person, seeker=about, target_asked_at__isnull=False)
    as_first = Q(seeker=person, target=about, made_by_connector=True)
    asked = Introduction.objects.filter(as_target | as_first, introduced_at__isnull=True)
    return asked.filter(expires_at__gt=clock.now() - RESTS_FOR).exists()


def last_carried(introduction: Introduction) -> datetime | None:
    """When this connector can be asked again about these two, if they were asked not long ago."""
    asked = Introduction.objects.filter(
        seeker_id=introduction.seeker_id,
        connector_id=introduction.connector_id,
        target_id=introduction.target_id,
        made_by_connector=False,
        introduced_at__isnull=True,
        expires_at__gt=clock.now() - RESTS_FOR,
    )
    latest = asked.order_by("-expires_at").first()
    return latest.expires_at + RESTS_FOR if latest and latest.expires_at else None


def were_introduced(one: Person, other: Person) -> bool:
    """Whether two people were brought together within the year."""
    between = Q(seeker=one, target=other) | Q(seeker=other, target=one)
    since = clock.now() - REMEMBERED_FOR
    return Introduction.objects.filter(between, introduced_at__gt=since).exists()


def is_open_between(one: Person, other: Person) -> bool:
    """Whether someone was asked about these two and the answer is still to come."""
    between = Q(seeker=one, target=other) | Q(seeker=other, target=one)
    return Introduction.objects.filter(between, state__in=OPEN).exists()


def waiting_of(seeker: Person) -> QuerySet[Introduction]:
    """What a seeker has open, as far as they can know: a secret refusal still counts as open."""
    undecided = Q(state__in=OPEN) | Q(state=State.NOT_NOW)
    mine = Introduction.objects.filter(undecided, seeker=seeker, expires_at__gt=clock.now())
    return mine.exclude(Exists(_refusals_by(seeker.id)))


def _refusals_by(person: uuid.UUID) -> QuerySet[Consent]:
    refusals = Consent.objects.filter(introduction=OuterRef("pk"), answer__in=REFUSALS)
    return refusals.filter(person=person)


def next_ask_by(seeker: Person) -> datetime | None:
    """When a seeker may ask again; None if now."""
    asked = Introduction.objects.filter(seeker=seeker, made_by_connector=False)
    waiting = waiting_of(seeker).filter(made_by_connector=False)
    full_since = _refills(asked, MOST_ASKS)
    if waiting.count() >= MOST_OPEN:
        soonest = waiting.order_by("expires_at").values_list("expires_at", flat=True).first()
        return max(filter(None, [soonest, full_since]))
    return full_since


def next_ask_of(connector: Person) -> datetime | None:
    """When a connector's own budget of asks has room again, whatever they are asked for; None if
    now."""
    return asks.next_ask_of(connector)


def when_asked(people: Collection[uuid.UUID], since: datetime) -> QuerySet[Any, Any]:
    """When some people were asked to introduce somebody."""
    rows = Introduction.objects.filter(connector__in=people, made_by_connector=False)
    return rows.filter(asked_at__gt=since).values_list("connector_id", "asked_at")


def _refills(asked: QuerySet[Introduction], most: int) -> datetime | None:
    recent = asked.filter(asked_at__gt=clock.now() - BUDGET_PERIOD).order_by("-asked_at")
    moments = list(recent.values_list("asked_at", flat=True)[:most])
    if len(moments) < most:
        return None
    oldest = moments[-1] if moments else None
    return (oldest or clock.now()) + BUDGET_PERIOD
