"""Reading calls: one, many, what somebody looks after, and how its owner has answered so far."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median_low
from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.utils.translation import get_language

from footbridge.calls import eligibility, policy
from footbridge.calls.cards import NO_RECORD, CallCard, Record, call_cards
from footbridge.calls.eligibility import Applicant, Verdict
from footbridge.calls.models import Answer, Call
from footbridge.calls.policy import visible_to
from footbridge.calls.scope import Lacking, missing
from footbridge.calls.states import LIVE, RECEIVED, UNCLOSED, State
from footbridge.core import clock
from footbridge.core.errors import NotHere
from footbridge.core.prepared import prepared
from footbridge.core.reading import asked_once
from footbridge.core.words import stems
from footbridge.people.cards import Page
from footbridge.people.models import Member, Person
from footbridge.people.policy import Anyone, Viewer, hosted_ids
from footbridge.people.policy import visible_to as members_visible_to
from footbridge.people.queries import with_affiliations

PAGE = 20
# What an owner did longer ago says little of how they answer now.
RECORD_OF_DAYS = 730
MOST_LOOKED_AT = 40
MOST_STEMS = 6


def get(viewer: Anyone, slug: str) -> Call:
    """One call, or NotHere: missing, hidden and foreign answer alike."""
    found = visible_to(viewer).filter(slug=slug).first()
    if found is None:
        raise NotHere
    return found


def get_by_id(viewer: Anyone, call_id: uuid.UUID) -> Call:
    """The same, as programs name it."""
    found = visible_to(viewer).filter(id=call_id).first()
    if found is None:
        raise NotHere
    return found


def get_own(viewer: Viewer, slug: str) -> Call:
    """One call that the viewer looks after, or NotHere."""
    found = policy.stewarded_by(viewer).filter(slug=slug).first()
    if found is None:
        raise NotHere
    return found


def with_details(viewer: Anyone, calls: QuerySet[Call]) -> QuerySet[Call]:
    """Have owners, places and lists at hand in a fixed number of queries, for cards."""
    owners = with_affiliations(members_visible_to(viewer))
    plain = calls.select_related(None).select_related("place", "steward", "chapter")
    return plain.prefetch_related(Prefetch("owner", owners), "causes", "skills", "rules")


def card(viewer: Anyone, call: Call) -> CallCard:
    """A call with the record of its owner."""
    return next(iter(cards(viewer, [call.id])))


def cards(viewer: Anyone, ids: Iterable[uuid.UUID]) -> list[CallCard]:
    """These calls, in this order, as far as the viewer may see them."""
    wanted = list(ids)
    found = {one.id: one for one in with_details(viewer, visible_to(viewer).filter(id__in=wanted))}
    shown = [found[one] for one in wanted if one in found]
    return call_cards(viewer, shown, records_of(one.owner_id for one in shown))


# Many calls.


def search(
    viewer: Anyone,
    *,
    text: str = "",
    kind: str = "",
    cause: str = "",
    country: str = "",
    until: date | None = None,
    past: bool = False,
    page: int = 1,
    size: int = PAGE,
) -> Page[CallCard]:
    """The calls that take answers now, those that end soonest first; or, with `past`, those that
    no longer do, the latest first."""
    rows = _past(viewer) if past else policy.open_to(viewer)
    rows = _said(_filtered(rows, kind, cause, country, until), text)
    ordered = rows.order_by(*_order(past))
    total = rows.count()
    number = min(max(1, page), max(1, -(-total // size)))
    ids = ordered.values_list("id", flat=True)[(number - 1) * size : number * size]
    return Page(cards(viewer, ids), total, number, size)


def _past(viewer: Anyone) -> QuerySet[Call]:
    over = Q(state__in=(State.DECIDING, State.CLOSED))
    late = Q(state=State.OPEN, deadline__lte=clock.now())
    return visible_to(viewer).filter(over | late)


def _order(past: bool) -> tuple[OrderBy | str, ...]:
    if past:
        return (F("deadline").desc(nulls_last=True), "-opened_at", "id")
    return (F("deadline").asc(nulls_last=True), "-opened_at", "id")


def _filtered(
    rows: QuerySet[Call], kind: str, cause: str, country: str, until: date | None
) -> QuerySet[Call]:
    if kind:
        rows = rows.filter(kind=kind)
    if cause:
        rows = rows.filter(causes__key=cause)
    if country:
        rows = rows.filter(Q(place__country=country) | Q(is_remote=True))
    if until:
        rows = rows.filter(deadline__lt=clock.now() + (until - clock.today() + timedelta(days=1)))
    return rows


def _said(rows: QuerySet[Call], text: str) -> QuerySet[Call]:
    """Calls that say each of these words, in any form that the reader's language gives them."""
    for stem in stems(text, get_language())[:MOST_STEMS] if text.strip() else []:
        rows = rows.filter(Q(folded__contains=stem) | Q(owner__folded__contains=stem))
    return rows


def stewarded(viewer: Person) -> list[CallCard]:
    """The calls that somebody looks after, drafts first, then what is going on, then the rest."""
    rows = policy.stewarded_by(viewer)
    order = {State.DRAFT: 0, State.DECIDING: 1, State.OPEN: 2}
    found = list(with_details(viewer, rows)[:200])
    found.sort(key=lambda one: order.get(State(one.state), 3))
    return call_cards(viewer, found)


def what_is_missing(call: Call) -> tuple[Lacking, ...]:
    """What a call lacks before it can open."""
    return missing(call)


# Who may answer.


def check(call: Call, member: Member) -> tuple[Verdict, ...]:
    """How a member stands to each rule of a call."""
    rules = list(call.rules.all())
    return eligibility.check(call, rules, eligibility.applicant(member)) if rules else ()


def what_else_fits(viewer: Person, call: Call, member: Member, most: int = 3) -> list[CallCard]:
    """Other open calls that a member may answer, those of the same kind first."""
    others = policy.open_to(viewer).exclude(id=call.id).exclude(owner=member.id)
    ordered = others.prefetch_related("rules").order_by(F("deadline").asc(nulls_last=True), "id")
    soonest = list(ordered[:MOST_LOOKED_AT])
    known = eligibility.applicant(member)
    labels = eligibility.labels_for((rule for one in soonest for rule in one.rules.all()), known)
    fitting = [one for one in soonest if _may_send(one, known, labels)]
    fitting.sort(key=lambda one: one.kind != call.kind)
    return cards(viewer, [one.id for one in fitting[:most]])


def _may_send(call: Call, known: Applicant, labels: eligibility.Labels) -> bool:
    rules = list(call.rules.all())
    return eligibility.may_send(eligibility.check(call, rules, known, labels))


# How owners answer.


def records_of(owners: Iterable[uuid.UUID]) -> dict[uuid.UUID, Record]:
    """How each of these owners has answered in the last two years: one query for all."""
    wanted = set(owners)
    if not wanted:
        return {}
    rows = Answer.objects.filter(call__owner__in=wanted, state__in=RECEIVED)
    rows = rows.filter(sent_at__gte=clock.days_ago(RECORD_OF_DAYS))
    columns = ("call__owner", "sent_at", "due_at", "closed_at", "call__deadline")
    heard: dict[uuid.UUID, list[int | None]] = defaultdict(list)
    for owner, sent_at, due_at, closed_at, deadline in rows.order_by().values_list(*columns):
        if closed_at is not None:
            begun = max(sent_at, deadline) if deadline else sent_at
            heard[owner].append(max(0, (closed_at - begun).days))
        elif due_at is not None and due_at <= clock.now():
            heard[owner].append(None)
    return {owner: _record(days) for owner, days in heard.items()}


def _record(days: list[int | None]) -> Record:
    """Answers that are not due yet count neither way."""
    if len(days) < policy.FEWEST_TOLD:
        return NO_RECORD
    answered = [one for one in days if one is not None]
    share = int(100 * len(answered) / len(days))
    middle = int(median_low(answered)) if len(answered) >= policy.FEWEST_TOLD else None
    return Record(len(days), middle, share)


# What waits.


@asked_once
def waiting_for(viewer: Person) -> list[CallCard]:
    """The calls that somebody looks after and that wait for their word: the deadline has come and
    answers wait, or one waits for longer than was promised. Mostly none, in one query."""
    ids = _waiting_for_steward(viewer.id, clock.now()) if viewer.has_joined else []
    return cards(viewer, ids) if ids else []


@prepared
def _waiting_for_steward(person_id: uuid.UUID, now: datetime) -> QuerySet[Call, uuid.UUID]:
    """Who gets the letters gets the line on Today; colleagues do not."""
    late = Q(answers__state__in=UNCLOSED, answers__due_at__lte=now)
    shut = Q(state=State.DECIDING, answers__state__in=UNCLOSED)
    rows = Call.objects.filter(late | shut, steward=person_id, state__in=LIVE)
    return rows.order_by("id").values_list("id", flat=True).distinct()


@dataclass(frozen=True)
class LateCall:
    """A call whose answers wait for a week longer than was promised, or that nobody looks after."""

    slug: str
    chapter: uuid.UUID | None
    title: str
    owner: str
    steward: str
    many: int


def late_for_hosts(viewer: Viewer) -> list[LateCall]:
    """For hosts: calls of their chapters that need a word from them, those with most waiting
    first; in one query."""
    long_due = clock.now() - policy.HOSTS_TOLD_AFTER
    waiting = Q(answers__state__in=UNCLOSED)
    rows = Call.objects.filter(chapter__in=hosted_ids(viewer), state__in=LIVE)
    counted = rows.annotate(
        waiting=Count("answers", filter=waiting),
        late=Count("answers", filter=waiting & Q(answers__due_at__lte=long_due)),
    )
    needs_word = counted.filter(Q(late__gt=0) | Q(steward=None)).select_related("owner", "steward")
    return [_late_call(one) for one in needs_word.order_by("-late", "title", "id")[:50]]


def _late_call(call: Any) -> LateCall:
    steward = call.steward.name if call.steward else ""
    many = call.late if call.steward else call.waiting
    return LateCall(call.slug, call.chapter_id, call.title, call.owner.name, steward, many)
