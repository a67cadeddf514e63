"""What time does: doors shut at their deadline, owners are reminded of what they promised, calls
pass to the next steward, and everybody is told what was said to them.

Each function looks for what is due, takes one row at a time, looks again under the lock and marks
what it did. So any number of workers may call it, as often as they like.
"""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from footbridge.calls import letters, policy
from footbridge.calls.actions._steps import note
from footbridge.calls.actions.deciding import end_now, shut_now
from footbridge.calls.models import Answer, Call
from footbridge.calls.states import LIVE, RECEIVED, UNCLOSED, AnswerState, State
from footbridge.core import clock
from footbridge.core.due import for_each, take
from footbridge.people import roles
from footbridge.people.models import Affiliation, Person
from footbridge.people.states import Kind, Standing

_CALL = ("owner__chapter", "steward__chapter", "chapter", "place")
_ANSWER = ("call__owner", "member__chapter", "by__chapter")
# So many letters in one go; the next go takes the next.
MOST_AT_ONCE = 500


def shut_what_is_due() -> int:
    """Shut the doors whose deadline has come."""
    return for_each(_past_deadline, _shut, *_CALL, most=MOST_AT_ONCE)


def _past_deadline() -> QuerySet[Call]:
    return Call.objects.filter(state=State.OPEN, deadline__lte=clock.now()).order_by("deadline")


def _shut(call: Call) -> None:
    shut_now(call)
    letters.shut(call, call.answers.filter(state__in=RECEIVED).count())
    note("shut", call.id)


def end_what_is_decided() -> int:
    """End the calls of which every answer has had its word."""
    return for_each(_decided, _end, *_CALL, most=MOST_AT_ONCE)


def _decided() -> QuerySet[Call]:
    answers = Answer.objects.filter(call=OuterRef("pk"))
    deciding = Call.objects.filter(Exists(answers.filter(state__in=RECEIVED)), state=State.DECIDING)
    return deciding.exclude(Exists(answers.filter(state__in=UNCLOSED))).order_by("id")


def _end(call: Call) -> None:
    end_now(call)
    note("ended", call.id)


# What was said.


def tell_the_last_word() -> int:
    """Write to those whose answers were closed many at once."""
    return for_each(_untold, _tell, *_ANSWER, most=MOST_AT_ONCE)


def _untold() -> QuerySet[Answer]:
    rows = Answer.objects.filter(closed_at__isnull=False, told_at=None)
    return rows.order_by("closed_at", "id")


def _tell(answer: Answer) -> None:
    answer.told_at = clock.now()
    answer.save(update_fields=["told_at"])
    letters.last_word(answer)


def lead_on() -> int:
    """When a call is over, lead everybody who answered to others whom their answer fits: those who
    were chosen and all the others."""
    return for_each(_to_lead_on, _lead_on, *_ANSWER, most=MOST_AT_ONCE)


def _to_lead_on() -> QuerySet[Answer]:
    ended = (AnswerState.CHOSEN, AnswerState.CLOSED)
    over = (State.CLOSED, State.WITHDRAWN)
    rows = Answer.objects.filter(state__in=ended, call__state__in=over, matched_at=None)
    return rows.filter(told_at__isnull=False).order_by("closed_at", "id")


def _lead_on(answer: Answer) -> None:
    answer.matched_at = clock.now()
    answer.save(update_fields=["matched_at"])
    letters.matches(answer)


# What was promised.


def remind_owners() -> int:
    """Ask for the words that are due: the steward once a week."""
    return for_each(_to_remind, _remind, *_CALL, most=MOST_AT_ONCE)


def _overdue(since: timedelta) -> Exists:
    late = Answer.objects.filter(call=OuterRef("pk"), state__in=UNCLOSED)
    return Exists(late.filter(due_at__lte=clock.now() - since))


def _to_remind() -> QuerySet[Call]:
    lately = Q(reminded_at__gt=clock.now() - policy.REMINDED_EVERY)
    rows = Call.objects.filter(_overdue(timedelta(0)), state__in=LIVE)
    return rows.exclude(lately).order_by("id")


def _remind(call: Call) -> None:
    call.reminded_at = clock.now()
    call.save(update_fields=["reminded_at"])
    letters.overdue(call, _how_many_late(call))
    note("reminded", call.id)


def tell_the_hosts() -> int:
    """A week later the hosts of the chapter learn of it as well, once a week."""
    return for_each(_to_tell_hosts, _tell_hosts, *_CALL, most=MOST_AT_ONCE)


def _to_tell_hosts() -> QuerySet[Call]:
    lately = Q(hosts_told_at__gt=clock.now() - policy.REMINDED_EVERY)
    rows = Call.objects.filter(_overdue(policy.HOSTS_TOLD_AFTER), state__in=LIVE)
    return rows.exclude(lately).exclude(chapter=None).order_by("id")


def _tell_hosts(call: Call) -> None:
    call.hosts_told_at = clock.now()
    call.save(update_fields=["hosts_told_at"])
    letters.overdue_to_hosts(call, _how_many_late(call))
    note("hosts_told", call.id)


def _how_many_late(call: Call) -> int:
    return call.answers.filter(state__in=UNCLOSED, due_at__lte=clock.now()).count()


# Who looks after it.


def pass_on_what_is_left() -> int:
    """Pass calls whose steward no longer acts for the organisation to the next one there; where
    nobody is left, to the hosts of the chapter."""
    waiting = [one.pk for one in _left() if _next_steward(one) != one.steward]
    return sum(take(pk, _left, _pass_on, *_CALL) for pk in waiting)


def _left() -> QuerySet[Call]:
    """Calls of organisations, not over, whose steward has no role there today."""
    today = clock.today()
    begun, going = Q(since=None) | Q(since__lte=today), Q(until=None) | Q(until__gte=today)
    there = Affiliation.objects.filter(
        begun & going, organisation=OuterRef("owner"), person=OuterRef("steward")
    )
    rows = Call.objects.filter(owner__kind=Kind.ORGANISATION, state__in=(State.DRAFT, *LIVE))
    return rows.exclude(Exists(there.filter(person__standing=Standing.JOINED))).order_by("id")


def _pass_on(call: Call) -> None:
    pass_on(call, _next_steward(call))


def pass_on(call: Call, steward: Person | None, *, leaving: Person | None = None) -> None:
    """Give a call to its next steward, or to the hosts of its chapter; the call is locked."""
    call.steward = steward
    call.save(update_fields=["steward"])
    if call.state in LIVE:
        letters.passed_on(call, leaving=leaving)
    note("passed_on", call.id)


def next_steward(call: Call, *, leaving: Person | None = None) -> Person | None:
    """Who of an organisation is turned to next: a mandate first, then those whose work it is to
    reach out."""
    people = list(policy.stewards_of(call.owner).select_related("chapter"))
    others = [one for one in people if leaving is None or one.id != leaving.id]
    said = Affiliation.objects.filter(organisation=call.owner_id, person__in=others)
    ranks: dict[uuid.UUID, int] = {}
    for one in said:
        rank = int(roles.rank(one.role, has_mandate=one.has_mandate))
        ranks[one.person_id] = min(rank, ranks.get(one.person_id, rank))
    awake = [one for one in others if not one.is_paused] or others
    return min(awake, key=lambda one: (ranks.get(one.id, 9), one.folded, one.id), default=None)


def _next_steward(call: Call) -> Person | None:
    return next_steward(call)
