"""Who sees which call and which answer, who may steward a call, and who may answer for whom."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from footbridge.calls.models import Answer, Call
from footbridge.calls.states import RECEIVED, SHOWN, Audience, From, State
from footbridge.core import clock, times
from footbridge.core.audience import Operator
from footbridge.people.models import Affiliation, Member, Person
from footbridge.people.policy import (
    VISITOR,
    Anyone,
    Viewer,
    Visitor,
    acted_for_ids,
    homes_of,
    may_host,
    shown_to,
)
from footbridge.people.states import Standing

# The record of an owner is told from so many answers on: fewer would tell of single people.
FEWEST_TOLD = 5
# What is due is asked for once a week; after so many days the hosts are told as well.
REMINDED_EVERY = timedelta(days=7)
HOSTS_TOLD_AFTER = timedelta(days=7)


# Calls.


def visible_to(viewer: Anyone) -> QuerySet[Call]:
    """An open door is shown to those for whom it is meant; a draft, and one that was withdrawn, to
    whoever stewards it. What one answered stays in sight."""
    calls = Call.objects.select_related("owner__chapter", "owner__place", "place", "steward")
    if isinstance(viewer, Operator):
        return calls
    return calls.filter(_meant_for(viewer))


def _meant_for(viewer: Person | Visitor) -> Q:
    public = Q(state__in=SHOWN, audience=Audience.EVERYONE) & shown_to(VISITOR, "owner__")
    if isinstance(viewer, Visitor):
        return public
    if not viewer.has_joined:
        return public | Q(owner=viewer.id)
    among = Q(audience__in=(Audience.MEMBERS, Audience.EVERYONE))
    at_home = Q(audience=Audience.CHAPTER, chapter=viewer.chapter_id, chapter__isnull=False)
    shown = Q(state__in=SHOWN) & (among | at_home) & shown_to(viewer, "owner__")
    answered = Exists(Answer.objects.filter(_own(viewer), call=OuterRef("pk")))
    return shown | stewarded(viewer) | (~Q(state=State.DRAFT) & Q(answered))


def open_to(viewer: Anyone) -> QuerySet[Call]:
    """The calls that take answers now, as far as somebody may see them."""
    in_time = Q(deadline=None) | Q(deadline__gt=clock.now())
    return visible_to(viewer).filter(in_time, state=State.OPEN)


def stewarded(viewer: Person) -> Q:
    """The calls that somebody looks after: their own, those of the organisations that they act
    for, and, where nobody is left there, those of the chapter that they host."""
    if not viewer.has_joined:
        return Q(owner=viewer.id)
    own = Q(owner=viewer.id) | Q(owner__in=acted_for_ids(viewer))
    return own | Q(steward=None, chapter__in=homes_of(viewer))


def stewarded_by(viewer: Viewer) -> QuerySet[Call]:
    """The same calls as rows."""
    calls = Call.objects.select_related("owner__chapter", "owner__place", "place", "steward")
    return calls if isinstance(viewer, Operator) else calls.filter(stewarded(viewer))


def may_steward(actor: Viewer, call: Call) -> bool:
    """The same rule for one call at hand."""
    if isinstance(actor, Operator) or call.owner_id == actor.id:
        return True
    if not actor.has_joined:
        return False
    if call.owner_id in acted_for_ids(actor):
        return True
    return call.steward_id is None and call.chapter is not None and may_host(actor, call.chapter)


def may_open_for(actor: Person, owner: Member) -> bool:
    """Members open calls for themselves, and for the organisations that they act for today."""
    return actor.has_joined and (owner.id == actor.id or owner.id in acted_for_ids(actor))


def may_be_public(owner: Member) -> bool:
    """Whether everyone on the web may learn who opens a call: of people, those alone who have a
    public page."""
    return Member.objects.filter(shown_to(VISITOR), id=owner.id).exists()


def stewards_of(organisation: Member) -> QuerySet[Person]:
    """The members who act for an organisation today. Where any are confirmed, an unconfirmed
    claim counts for nothing."""
    today = clock.today()
    begun = Q(since=None) | Q(since__lte=today)
    going = Q(until=None) | Q(until__gte=today)
    rows = Affiliation.objects.filter(begun & going, organisation=organisation.id)
    rows = rows.filter(person__standing=Standing.JOINED)
    vouched = rows.filter(confirmed_at__isnull=False)
    chosen = vouched if vouched.exists() else rows
    return Person.objects.filter(id__in=chosen.values("person_id"))


# Answers.


def answers_visible_to(viewer: Anyone) -> QuerySet[Answer]:
    """An answer is known to who wrote it and for whom, and once it is sent to whoever stewards
    the call; to others where its author and the call show it."""
    answers = Answer.objects.all()
    if isinstance(viewer, Operator):
        return answers
    entries = Q(id__in=entries_shown_to(viewer).values("id"))
    if isinstance(viewer, Visitor):
        return answers.filter(entries)
    calls = Call.objects.filter(stewarded(viewer)).values("id")
    return answers.filter(_own(viewer) | Q(call__in=calls, state__in=RECEIVED) | entries)


def own_answers(viewer: Person) -> QuerySet[Answer]:
    """What somebody answered, or their organisations."""
    return Answer.objects.filter(_own(viewer))


def _own(viewer: Person) -> Q:
    return Q(by=viewer.id) | Q(member=viewer.id) | Q(member__in=acted_for_ids(viewer))


def is_own(viewer: Viewer, answer: Answer) -> bool:
    """Whether somebody, or an organisation that they act for, gave this answer."""
    if isinstance(viewer, Operator):
        return False
    ours = (viewer.id, *acted_for_ids(viewer))
    return viewer.id == answer.by_id or (answer.member_id is not None and answer.member_id in ours)


def entries_shown_to(viewer: Anyone) -> QuerySet[Answer]:
    """The answers that their authors show, to those who see the call and the author."""
    shown = Answer.objects.filter(shown=True, call__entries_shown=True, state__in=RECEIVED)
    shown = shown.filter(call__in=visible_to(viewer).values("id"), call__state__in=SHOWN)
    if isinstance(viewer, Operator):
        return shown
    return shown.filter(Q(member=None) | shown_to(viewer, "member__"))


def may_answer_for(actor: Person, member: Member) -> bool:
    """People answer for themselves and for the organisations that they act for today."""
    return may_open_for(actor, member)


def takes_from_outside(call: Call) -> bool:
    """Whether people who are no members may answer."""
    return call.audience == Audience.EVERYONE and call.answers_from == From.ANYONE


# Time.


def counted_from(call: Call, sent_at: datetime) -> datetime:
    """From when the days of the reply are counted: from the deadline, where there is one."""
    return max(sent_at, call.deadline) if call.deadline else sent_at


def due_at(call: Call, sent_at: datetime) -> datetime:
    """By when a word was promised: the same hour of the call's clocks, so many days later."""
    return times.days_later(counted_from(call, sent_at), call.timezone, call.reply_days)
