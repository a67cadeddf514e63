"""Calling on one another: one member asks, each answers, and only the one who asked reads it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from footbridge.circles import letters, policy
from footbridge.circles.actions._steps import lock_in, require_standing, tell
from footbridge.circles.models import Answer, Call, Circle
from footbridge.circles.states import GOOD_NEWS, Reply
from footbridge.core import clock, typed
from footbridge.core.errors import Conflict, DomainError, LimitReached, NotAllowed, NotHere
from footbridge.people.models import Person


@transaction.atomic
def call(*, actor: Person, circle: Circle, text: str, until: date) -> Call:
    """Ask the others something, until a day. Each gets a letter, except who pauses; nobody asks
    more than twice in thirty days."""
    circle = lock_in(actor, circle.id)
    require_standing(circle)
    said, day = _text(text), _day(until)
    free = policy.next_call_by(actor, circle)
    if free is not None:
        raise LimitReached(
            _("You have asked twice in thirty days. You can ask again on %(day)s.")
            % {"day": date_format(free.date(), "DATE_FORMAT")}
        )
    made = Call.objects.create(circle=circle, asker=actor, text=said, until=day)
    for row in policy.inside(circle).exclude(person=actor):
        if not row.person.is_paused:
            letters.call(made, row.person)
    tell("called", made.id, circle, actor)
    return made


def _text(said: str) -> str:
    found = typed.words(Call, "text", said)
    if not found:
        raise DomainError(_("Say what you ask."), field="text")
    return found


def _day(said: Any) -> date:
    today = clock.today()
    if not isinstance(said, date) or not today <= said <= today + policy.LONGEST_CALL:
        raise DomainError(
            _("Choose a day within the next %(days)d.") % {"days": policy.LONGEST_CALL.days},
            field="until",
        )
    return said


@transaction.atomic
def answer(*, actor: Person, call: Call, reply: Reply | str, words_: str = "") -> Answer:
    """Answer a call; only who asked reads it. It can be answered anew until its day."""
    circle = lock_in(actor, call.circle_id)
    row = _open(call)
    if row.asker_id == actor.id:
        raise NotAllowed(_("You asked this yourself."))
    said = typed.words(Answer, "words", words_)
    given = Answer.objects.filter(call=row, person=actor).first() or Answer(call=row, person=actor)
    was = (given.reply, given.words)
    given.reply, given.words, given.given_at = _reply(reply), said, clock.now()
    if was != (given.reply, given.words) or given._state.adding:
        given.save()
        tell("answered", row.id, circle, actor)
        if given.reply in GOOD_NEWS:
            letters.tell_asker(given)
    return given


def _reply(said: Reply | str) -> Reply:
    try:
        return Reply(said)
    except ValueError as error:
        raise DomainError(_("Choose an answer."), field="reply") from error


def _open(call: Call) -> Call:
    row = Call.objects.select_related("circle__chapter", "asker__chapter").filter(id=call.id)
    found = row.first()
    if found is None:
        raise NotHere
    if not found.is_open:
        raise Conflict(_("This is closed. Thank you all the same."))
    return found


@transaction.atomic
def close_call(*, actor: Person, call: Call) -> Call:
    """Say that one needs no more answers. Doing it twice changes nothing."""
    circle = lock_in(actor, call.circle_id)
    row = Call.objects.filter(id=call.id).first()
    if row is None:
        raise NotHere
    if row.asker_id != actor.id:
        raise NotAllowed(_("Whoever asked closes it."))
    if row.closed_at is None:
        row.closed_at = clock.now()
        row.save(update_fields=["closed_at"])
        tell("call_closed", row.id, circle, actor)
    return row
