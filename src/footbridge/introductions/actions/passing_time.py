"""What time does: dates pass, pauses end, people are asked how it went.

Each function looks for what is due, takes one introduction at a time, looks again under the lock
and marks what it did. So any number of workers may call it, as often as they like.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from footbridge.core import clock
from footbridge.core.due import for_each, take
from footbridge.introductions import letters, policy
from footbridge.introductions.actions._steps import ask_target_if_possible, move_to
from footbridge.introductions.models import Introduction
from footbridge.introductions.queries import CHECK_IN_AFTER, SILENT_AFTER, UNTOLD_AFTER
from footbridge.introductions.states import ASKED_IN, OPEN, Answer, Role, State
from footbridge.journal import actions as journal
from footbridge.people.models import Person

_THREE = ("seeker__chapter", "connector__chapter", "target__chapter")


def end_what_ran_out() -> int:
    """End what nobody answered by its date, and tell seekers "not now": of silence and of a
    refusal at the same moment, in the same words."""
    return for_each(_run_out, _end, *_THREE)


def _run_out() -> QuerySet[Introduction]:
    ended = Q(state__in=(*OPEN, State.NOT_NOW), told_at__isnull=True)
    return Introduction.objects.filter(ended, expires_at__lte=clock.now()).order_by("expires_at")


def end_between(seeker: Person, target: Person) -> None:
    """The same for two people, so that nobody has to wait for the worker to ask anew."""
    ids = _run_out().filter(seeker=seeker, target=target).values_list("id", flat=True)
    for introduction_id in list(ids):
        take(introduction_id, _run_out, _end, *_THREE)


def _end(introduction: Introduction) -> bool:
    introduction.told_at = clock.now()
    if introduction.state == State.NOT_NOW:
        introduction.save(update_fields=["told_at"])
    else:
        move_to(State.EXPIRED, introduction)
        journal.record("introductions.expired", introduction.id)
    if policy.answer_of(introduction, Role.SEEKER) == Answer.YES:
        letters.tell_not_now(introduction)
    return True


def ask_whom_we_held_back() -> int:
    """Ask those sought who could not be asked when the connector agreed, since someone paused."""
    return for_each(_held_back, ask_target_if_possible, *_THREE)


def _held_back() -> QuerySet[Introduction]:
    held = Introduction.objects.filter(state=State.ASKED_TARGET, target_asked_at__isnull=True)
    return held.filter(expires_at__gt=clock.now()).order_by("expires_at")


def remind_the_silent() -> int:
    """Remind once whoever was asked a week ago, and those who have not told in a month."""
    return for_each(_to_remind, _remind, *_THREE)


def _to_remind() -> QuerySet[Introduction]:
    now = clock.now()
    week_ago = now - SILENT_AFTER
    asked = Q(state__in=(State.ASKED_SEEKER, State.ASKED_CONNECTOR), asked_at__lte=week_ago)
    asked |= Q(state=State.ASKED_TARGET, target_asked_at__lte=week_ago)
    untold = Q(state=State.INTRODUCED, introduced_at__lte=now - UNTOLD_AFTER)
    due = Introduction.objects.filter(asked & Q(expires_at__gt=now) | untold)
    return due.filter(reminded_at__isnull=True).order_by("asked_at")


def _remind(introduction: Introduction) -> bool:
    introduction.reminded_at = clock.now()
    introduction.save(update_fields=["reminded_at"])
    for person in _silent(introduction):
        letters.remind(introduction, person, occasion=f"{introduction.state}:{person.id}")
    journal.record("introductions.reminded", introduction.id)
    return True


def _silent(introduction: Introduction) -> list[Person]:
    role = ASKED_IN.get(State(introduction.state))
    if role is None:
        return _untold(introduction)
    person: Person = getattr(introduction, role.value)
    return [] if person.is_paused else [person]


def check_in() -> int:
    """Ten days after an introduction, ask both whether they met and what came of it."""
    return for_each(_to_check, _check, *_THREE)


def _to_check() -> QuerySet[Introduction]:
    made = Introduction.objects.filter(state__in=(State.INTRODUCED, State.CLOSED))
    due = made.filter(introduced_at__lte=clock.now() - CHECK_IN_AFTER, checked_in_at__isnull=True)
    return due.order_by("introduced_at")


def _check(introduction: Introduction) -> bool:
    introduction.checked_in_at = clock.now()
    introduction.save(update_fields=["checked_in_at"])
    for person in _untold(introduction):
        letters.check_in(introduction, person)
    journal.record("introductions.checked_in", introduction.id)
    return True


def _untold(introduction: Introduction) -> list[Person]:
    told = {report.person_id for report in introduction.reports.all()}
    both = (introduction.seeker, introduction.target)
    return [person for person in both if person.id not in told and not person.is_paused]
