"""Saying what a call is about, step by step; opening the door, and taking a call back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.calls import policy, scope
from footbridge.calls.actions._steps import lock, move_to, note, require_steward
from footbridge.calls.models import Call
from footbridge.calls.states import OVER, RECEIVED, UNCLOSED, Audience, Kind, State
from footbridge.calls.words import line, searchable
from footbridge.core import clock
from footbridge.core.errors import Conflict, DomainError, NotAllowed
from footbridge.core.versions import Version, expect
from footbridge.people.models import Member, Person


@transaction.atomic
def draft(*, actor: Person, owner: Member, kind: str, title: str) -> Call:
    """Begin a call, for oneself or for an organisation that one acts for. Nobody else sees it
    until it is opened."""
    if not policy.may_open_for(actor, owner):
        raise NotAllowed(_("You can open a call for yourself, or for an organisation you act for."))
    if kind not in Kind.values:
        raise DomainError(_("Choose one of the four kinds."), field="kind")
    tidied = _title(title)
    call = Call.objects.create(
        kind=kind,
        owner=owner,
        steward=actor,
        chapter=actor.chapter,
        title=tidied,
        folded=searchable(tidied),
        timezone=scope.timezone_of(actor),
        is_demo=owner.is_demo,
    )
    note("drafted", call.id, actor)
    return call


def _title(text: str) -> str:
    tidied = line(text, "title", 160)
    if not tidied:
        raise DomainError(_("Say it in one line."), field="title")
    return tidied


@transaction.atomic
def shape(
    *, actor: Person, call: Call, said: Mapping[str, Any], version: Version | None = None
) -> Call:
    """Say something more of a call, or say it otherwise: any of the fields of `scope.FIELDS`.

    Once answers have come, what they relied on stays: the rules do not change, the deadline only
    moves back, and nobody is shut out who could see it. A newer version raises Overtaken.
    """
    call = lock(call)
    require_steward(actor, call)
    if call.state in OVER:
        raise Conflict(_("This call is over."))
    expect(version, call.version, lambda: scope.as_said(call, said))
    before = _relied_on(call)
    told = scope.checked(call, said)
    _check_promises(call, before, told)
    for name, value in told.columns.items():
        setattr(call, name, value)
    scope.check_whole(call, told)
    call.folded = searchable(call.title, call.outcome, call.good_answer, call.size_words)
    call.version += 1
    call.save()
    scope.keep_lists(call, told)
    if call.state != State.DRAFT:
        _keep_open(call)
        _move_due(call)
        note("changed", call.id, actor)
    return call


@dataclass(frozen=True)
class _ReliedOn:
    has_answers: bool
    rules: Mapping[str, list[Any]]


def _relied_on(call: Call) -> _ReliedOn:
    rules = {rule.kind: rule.values for rule in call.rules.all()}
    return _ReliedOn(call.answers.filter(state__in=RECEIVED).exists(), rules)


_WIDER = (Audience.CHAPTER, Audience.MEMBERS, Audience.EVERYONE)


def _check_promises(call: Call, before: _ReliedOn, told: scope.Said) -> None:
    if not before.has_answers:
        return
    columns = told.columns
    if told.rules is not None and dict(told.rules) != dict(before.rules):
        raise Conflict(_("Answers have come: who may answer stays as it was said."))
    deadline = columns.get("deadline", call.deadline)
    if "deadline" in columns and (call.deadline is None or deadline is None):
        is_earlier = deadline is not None
    else:
        is_earlier = bool(deadline and call.deadline and deadline < call.deadline)
    if is_earlier:
        raise DomainError(
            _("Answers have come: the deadline can only move back."), field="deadline"
        )
    audience = columns.get("audience", call.audience)
    if _WIDER.index(Audience(audience)) < _WIDER.index(Audience(call.audience)):
        raise DomainError(
            _("Answers have come: those who see it stay as they were."), field="audience"
        )


def _keep_open(call: Call) -> None:
    """What is open stays whole."""
    lacking = next(iter(scope.missing(call)), None)
    if lacking is not None:
        raise DomainError(lacking.words, field=lacking.field)


def _move_due(call: Call) -> None:
    """The promise follows the deadline and the days that were said."""
    waiting = list(call.answers.filter(state__in=UNCLOSED, sent_at__isnull=False))
    for answer in waiting:
        answer.due_at = policy.due_at(call, answer.sent_at)  # type: ignore[arg-type]
    call.answers.bulk_update(waiting, ["due_at"], batch_size=500)


@transaction.atomic
def open_call(*, actor: Person, call: Call, version: Version | None = None) -> Call:
    """Open the door. What is missing is said, with where to say it."""
    call = lock(call)
    require_steward(actor, call)
    if call.state == State.OPEN:
        return call
    expect(version, call.version, dict)
    _keep_open(call)
    move_to(State.OPEN, call)
    call.opened_at = clock.now()
    call.version += 1
    call.save()
    note("opened", call.id, actor)
    return call


@transaction.atomic
def discard(*, actor: Person, call: Call) -> None:
    """Throw a draft away."""
    call = lock(call)
    require_steward(actor, call)
    if call.state != State.DRAFT:
        raise Conflict(_("It was opened: withdraw it, so that those who answered are told."))
    note("discarded", call.id, actor)
    call.delete()
