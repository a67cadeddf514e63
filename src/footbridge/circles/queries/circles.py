"""One's circles, what one is asked, what hosts know; and the cards of all that."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from footbridge.circles import policy
from footbridge.circles.cards import (
    AnswerCard,
    AskedCard,
    CallCard,
    CircleCard,
    CircleLine,
    HostLine,
    InCard,
    StepCard,
    WaitingCard,
)
from footbridge.circles.models import Answer, Call, Circle, Membership, NextStep
from footbridge.circles.states import FEWEST, MOST, Belonging, CircleKind, Reply
from footbridge.core import clock
from footbridge.core.audience import Operator
from footbridge.core.errors import NotHere
from footbridge.core.prepared import prepared
from footbridge.core.reading import asked_once
from footbridge.people.cards import card as member_card
from footbridge.people.models import Chapter, Member, Person
from footbridge.people.policy import Viewer
from footbridge.people.queries import as_id, by_ids

# One of them.


def get(viewer: Viewer, circle_id: uuid.UUID | str) -> Circle:
    """One circle, or NotHere: missing and closed answer alike."""
    wanted = as_id(str(circle_id))
    found = policy.visible_to(viewer).filter(id=wanted).first() if wanted else None
    if found is None:
        raise NotHere
    return found


def get_asked(viewer: Viewer, circle_id: uuid.UUID | str) -> Membership:
    """What somebody is asked about one circle, or NotHere."""
    wanted = as_id(str(circle_id))
    found = policy.asked_into(viewer).filter(circle=wanted).first() if wanted else None
    if found is None:
        raise NotHere
    return found


def get_step(viewer: Viewer, circle: Circle, step_id: uuid.UUID | str) -> NextStep:
    """One next step of a circle that was fetched for this viewer, or NotHere."""
    wanted = as_id(str(step_id))
    found = NextStep.objects.filter(circle=circle, id=wanted).first() if wanted else None
    if found is None:
        raise NotHere
    return found


def get_call(viewer: Viewer, call_id: uuid.UUID | str) -> Call:
    """One call, or NotHere."""
    wanted = as_id(str(call_id))
    found = policy.calls_visible_to(viewer).filter(id=wanted).first() if wanted else None
    if found is None:
        raise NotHere
    return found


def get_card(viewer: Viewer, circle_id: uuid.UUID | str) -> CircleCard:
    """The card of one circle, or NotHere."""
    return card(viewer, get(viewer, circle_id))


def get_call_card(viewer: Viewer, call_id: uuid.UUID | str) -> CallCard:
    """The card of one call, or NotHere."""
    return call_card(viewer, get_call(viewer, call_id))


def members_of(viewer: Viewer, circle: Circle) -> list[Person]:
    """Those in a circle that was fetched for this viewer."""
    return [row.person for row in policy.inside(circle)]


def formed_by(viewer: Viewer, circle_id: uuid.UUID | str) -> Circle:
    """A circle that somebody formed and that does not stand yet, in it or not; or NotHere."""
    wanted = as_id(str(circle_id))
    rows = Circle.objects.select_related("chapter").filter(stands_since=None, ended_at=None)
    found = None
    if wanted and isinstance(viewer, Person):
        found = rows.filter(id=wanted, formed_by=viewer).first()
    if found is None:
        raise NotHere
    return found


# Lists.


def my_circles(viewer: Viewer) -> list[CircleLine]:
    """The circles that one is in and that go on, by name."""
    return _lines(policy.visible_to(viewer).filter(ended_at=None))


def past_circles(viewer: Viewer) -> list[CircleLine]:
    """The circles in which one was when they ended, the latest first."""
    return _lines(policy.visible_to(viewer).exclude(ended_at=None).order_by("-ended_at", "id"))


def _lines(rows: QuerySet[Circle]) -> list[CircleLine]:
    return [
        CircleLine(
            id=row.id,
            name=row.name,
            kind=row.kind,
            kind_words=str(CircleKind(row.kind).label),
            cause=row.cause.label if row.cause else "",
            chapter=row.chapter.name,
            count=row.many,  # type: ignore[attr-defined]
            stands=row.stands,
            is_over=row.is_over,
        )
        for row in _counted(rows)
    ]


def _counted(rows: QuerySet[Circle]) -> QuerySet[Circle]:
    within = Q(memberships__belonging=Belonging.IN)
    return rows.annotate(many=Count("memberships", filter=within))


def waiting_for(viewer: Viewer) -> list[AskedCard]:
    """What one is asked to join and can still answer, the oldest first."""
    if isinstance(viewer, Operator):
        return []
    return list(_waiting_for(viewer))


@asked_once
def _is_anywhere(viewer: Person) -> bool:
    """Every page asks what waits; most people are in no circle, and were asked into none."""
    return bool(_memberships_of(viewer.id))


@prepared
def _memberships_of(person_id: uuid.UUID) -> QuerySet[Membership, uuid.UUID]:
    return Membership.objects.filter(person=person_id).order_by().values_list("id", flat=True)[:1]


@asked_once
def _waiting_for(viewer: Person) -> tuple[AskedCard, ...]:
    if not _is_anywhere(viewer):
        return ()
    rows = list(policy.asked_into(viewer).order_by("asked_at", "id"))
    return tuple(_asked_cards(viewer, rows))


def asked_card(viewer: Person, membership: Membership) -> AskedCard:
    """What someone sees who is asked to join."""
    return _asked_cards(viewer, [membership])[0]


def _asked_cards(viewer: Person, rows: Sequence[Membership]) -> list[AskedCard]:
    if not rows:
        return []
    inside = _inside([row.circle_id for row in rows])
    found = by_ids(viewer, {one.person_id for each in inside.values() for one in each})
    return [_asked_card(viewer, row, inside[row.circle_id], found) for row in rows]


def _asked_card(
    viewer: Person, row: Membership, inside: list[Membership], found: dict[uuid.UUID, Member]
) -> AskedCard:
    circle, until = row.circle, policy.answer_until(row)
    return AskedCard(
        id=row.id,
        circle_id=circle.id,
        name=circle.name,
        about=circle.about,
        cause=circle.cause.label if circle.cause else "",
        kind=circle.kind,
        kind_words=str(CircleKind(circle.kind).label),
        chapter=circle.chapter.name,
        rhythm=circle.rhythm,
        role=row.role,
        asked_by=row.asked_by.name if row.asked_by else "",
        until=until,
        belonging=row.belonging,
        members=tuple(
            member_card(viewer, found[one.person_id]) for one in inside if one.person_id in found
        ),
        fewest=FEWEST[circle.kind],
        is_open=until > clock.now() and not circle.is_over and not row.is_in,
    )


def _inside(circles: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Membership]]:
    """Those in each of these circles, in the order in which they joined."""
    found: dict[uuid.UUID, list[Membership]] = defaultdict(list)
    rows = Membership.objects.filter(circle__in=list(circles), belonging=Belonging.IN)
    for row in rows.select_related("person", "asked_by").order_by("joined_at", "id"):
        found[row.circle_id].append(row)
    return found


def hosted(host: Viewer, chapter: Chapter) -> list[HostLine]:
    """The circles of a chapter, as its host may know them: name, cause and how many; names only
    where they formed it or are in it."""
    rows = list(_counted(policy.counted_for(host).filter(chapter=chapter)))
    mine = {one.id for one in policy.visible_to(host).filter(chapter=chapter)}
    named = [row.id for row in rows if row.id in mine or _formed(host, row)]
    inside, asked = _inside(named), _waiting(named)
    return [
        HostLine(
            id=row.id,
            name=row.name,
            kind_words=str(CircleKind(row.kind).label),
            cause=row.cause.label if row.cause else "",
            count=row.many,  # type: ignore[attr-defined]
            stands=row.stands,
            formed_at=row.formed_at,
            is_in=row.id in mine,
            names=tuple(one.person.name for one in inside[row.id]),
            waiting=tuple(one.person.name for one in asked[row.id]),
            may_end=_formed(host, row) and not row.stands,
        )
        for row in rows
    ]


def _formed(host: Viewer, circle: Circle) -> bool:
    return isinstance(host, Person) and circle.formed_by_id == host.id


def _waiting(circles: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Membership]]:
    found: dict[uuid.UUID, list[Membership]] = defaultdict(list)
    rows = policy.waiting().filter(circle__in=list(circles)).select_related("person", "asked_by")
    for row in rows.order_by("asked_at", "id"):
        found[row.circle_id].append(row)
    return found


# The card.


def card(viewer: Viewer, circle: Circle) -> CircleCard:
    """A circle, for those in it."""
    inside, asked = _inside([circle.id])[circle.id], _waiting([circle.id])[circle.id]
    people = by_ids(viewer, [row.person_id for row in inside])
    taken = len(inside) + len(asked)
    return CircleCard(
        id=circle.id,
        name=circle.name,
        about=circle.about,
        cause_id=circle.cause_id,
        cause=circle.cause.label if circle.cause else "",
        kind=circle.kind,
        kind_words=str(CircleKind(circle.kind).label),
        chapter_id=circle.chapter_id,
        chapter=circle.chapter.name,
        rhythm=circle.rhythm,
        wanted_size=circle.wanted_size,
        looks_for=circle.looks_for,
        formed_by=circle.formed_by.name if circle.formed_by else "",
        formed_at=circle.formed_at,
        stands=circle.stands,
        is_over=circle.is_over,
        readable_until=policy.readable_until(circle),
        fewest=FEWEST[circle.kind],
        places_left=max(0, MOST - taken),
        version=circle.version,
        members=tuple(
            _in_card(viewer, row, people[row.person_id], circle)
            for row in inside
            if row.person_id in people
        ),
        waiting=tuple(_waiting_card(row) for row in asked),
        steps=tuple(_steps(viewer, circle)),
        calls=tuple(call_cards(viewer, _calls(circle))),
        may_end=not circle.is_over and policy.may_end(viewer, circle),
        next_call=_next_call(viewer, circle),
    )


def _in_card(viewer: Viewer, row: Membership, member: Member, circle: Circle) -> InCard:
    may_write = circle.stands_since is not None
    return InCard(
        person=member_card(viewer, member),
        role=row.role,
        address=(row.person.email or "") if may_write else "",
        asked_by=row.asked_by.name if row.asked_by else "",
        joined_at=row.joined_at,
        is_me=_is(viewer, row.person_id),
    )


def _waiting_card(row: Membership) -> WaitingCard:
    asker = row.asked_by.name if row.asked_by else ""
    return WaitingCard(row.id, row.person.name, asker, policy.answer_until(row))


def _steps(viewer: Viewer, circle: Circle) -> Iterable[StepCard]:
    """What is to be done first, then what was."""
    rows = NextStep.objects.filter(circle=circle).select_related("who")
    for row in sorted(rows, key=lambda row: row.done_at is not None):
        is_late = row.due is not None and row.done_at is None and row.due < clock.today()
        yield StepCard(
            id=row.id,
            text=row.text,
            who_id=row.who_id,
            who=row.who.name if row.who else "",
            due=row.due,
            is_done=row.done_at is not None,
            is_late=is_late,
            is_mine=row.who_id is not None and _is(viewer, row.who_id),
        )


def _calls(circle: Circle) -> QuerySet[Call]:
    return Call.objects.filter(circle=circle).select_related("circle", "asker")


def open_calls(viewer: Viewer) -> list[CallCard]:
    """The calls that wait for one's word, the most urgent first."""
    if isinstance(viewer, Operator):
        return []
    return list(_open_calls(viewer))


@asked_once
def _open_calls(viewer: Person) -> tuple[CallCard, ...]:
    if not _is_anywhere(viewer):
        return ()
    rows = policy.calls_visible_to(viewer).filter(
        closed_at=None, until__gte=clock.today(), circle__ended_at=None
    )
    found = call_cards(viewer, rows.exclude(asker=viewer).order_by("until", "id"))
    return tuple(one for one in found if one.waits)


def call_card(viewer: Viewer, call: Call) -> CallCard:
    """One call, as one of those in the circle may know it."""
    return call_cards(viewer, [call])[0]


def call_cards(viewer: Viewer, calls: Iterable[Call]) -> list[CallCard]:
    """The same for several."""
    rows = list(calls)
    if not rows:
        return []
    answers: dict[uuid.UUID, list[Answer]] = defaultdict(list)
    for answer in policy.answers_visible_to(viewer).filter(call__in=[row.id for row in rows]):
        answers[answer.call_id].append(answer)
    return [_call_card(viewer, row, answers[row.id]) for row in rows]


def _call_card(viewer: Viewer, call: Call, answers: list[Answer]) -> CallCard:
    is_mine = _is(viewer, call.asker_id)
    own = next((one for one in answers if _is(viewer, one.person_id)), None)
    return CallCard(
        id=call.id,
        circle_id=call.circle_id,
        circle=call.circle.name,
        asker=call.asker.name,
        is_mine=is_mine,
        text=call.text,
        until=call.until,
        is_open=call.is_open and not call.circle.is_over,
        reply=own.reply if own else "",
        words=own.words if own else "",
        answers=tuple(_answer_card(one) for one in answers) if is_mine else (),
    )


def _answer_card(answer: Answer) -> AnswerCard:
    return AnswerCard(
        name=answer.person.name,
        address=answer.person.email or "",
        reply=answer.reply,
        reply_words=str(Reply(answer.reply).label),
        words=answer.words,
        given_at=answer.given_at,
    )


def _next_call(viewer: Viewer, circle: Circle) -> datetime | None:
    return None if isinstance(viewer, Operator) else policy.next_call_by(viewer, circle)


def _is(viewer: Viewer, person: uuid.UUID | None) -> bool:
    return not isinstance(viewer, Operator) and viewer.id == person
