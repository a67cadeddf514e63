"""How an assignment begins: out of an answer that was chosen, or agreed directly; and its terms."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.assignments import letters, policy
from footbridge.assignments.actions._steps import (
    lock,
    move_to,
    note,
    now_done,
    require,
    reset_agreement,
    stand_if_agreed,
)
from footbridge.assignments.actions.team import ask_person
from footbridge.assignments.models import Assignment, Part
from footbridge.assignments.states import Because, Kind, Move, PartState, Role, Side, State
from footbridge.calls.models import Answer
from footbridge.calls.states import AnswerState
from footbridge.calls.states import Kind as CallKind
from footbridge.core import clock, typed
from footbridge.core.errors import Conflict, DomainError, NotHere
from footbridge.core.versions import Version, expect
from footbridge.exchange.models import Cause, Need, Skill
from footbridge.people.models import Member, Person

TERMS = ("kind", "title", "scope", "outcome", "begins", "ends")


@transaction.atomic
def begin(
    *,
    actor: Person,
    client: Member,
    lead: Person,
    kind: Kind | str,
    title: str,
    outcome: str,
    scope: str = "",
    begins: date | None = None,
    ends: date | None = None,
    need: Need | None = None,
    skills: Iterable[Skill] = (),
    causes: Iterable[Cause] = (),
    is_demo: bool = False,
) -> Assignment:
    """Ask somebody to lead an assignment for oneself, or for an organisation that one acts for.
    It stands once both said yes to its terms."""
    if not policy.may_begin_for(actor, client):
        raise NotHere
    assignment = Assignment(
        client=client,
        contact=actor,
        chapter=actor.chapter,
        need=need,
        is_demo=is_demo or client.is_demo,
    )
    _set_terms(assignment, kind, title, scope, outcome, begins, ends)
    assignment.client_agreed_at = clock.now()
    assignment.save()
    assignment.skills.set(skills or (need.skills.all() if need else ()))
    assignment.causes.set(causes or (need.causes.all() if need else ()))
    ask_person(actor, assignment, lead, Role.LEAD)
    note("begun", assignment.id, assignment, actor)
    return assignment


@transaction.atomic
def begin_from_answer(*, actor: Person, answer: Answer, kind: Kind | str) -> Assignment:
    """Make an assignment of an answer that was chosen: what the call said is copied as it stands,
    and whoever wrote the answer is asked to lead. Doing it twice gives the same one."""
    answer = _chosen(answer)
    call = answer.call
    if not policy.may_begin_for(actor, call.owner):
        raise NotHere
    known = Assignment.objects.filter(answer=answer).exclude(state=State.CALLED_OFF).first()
    if known is not None:
        return known
    lead = _author(answer)
    assignment = Assignment(
        call=call,
        answer=answer,
        client=call.owner,
        contact=actor,
        chapter=call.chapter or actor.chapter,
        is_demo=call.is_demo,
    )
    outcome = call.outcome or call.title
    _set_terms(assignment, kind, call.title, call.good_answer, outcome, call.begins, call.ends)
    assignment.client_agreed_at = clock.now()
    assignment.save()
    assignment.skills.set(call.skills.all())
    assignment.causes.set(call.causes.all())
    ask_person(actor, assignment, lead, Role.LEAD, is_expected=True)
    note("begun", assignment.id, assignment, actor)
    return assignment


def _chosen(answer: Answer) -> Answer:
    """The answer, locked: two who begin at once make one assignment of it."""
    rows = Answer.objects.select_for_update(of=("self",))
    related = rows.select_related("call__owner", "call__chapter", "member", "by__chapter")
    found = related.filter(id=answer.id).first()
    if found is None:
        raise NotHere
    if found.call.kind != CallKind.ASSIGNMENT or found.state != AnswerState.CHOSEN:
        raise Conflict(_("An assignment begins with an answer that was chosen."))
    return found


def _author(answer: Answer) -> Person:
    """Who wrote it, if they are a member."""
    if answer.by is not None:
        return answer.by
    member = answer.member
    person = Person.objects.filter(id=member.id).first() if member else None
    if person is None:
        raise Conflict(_("Whoever wrote this answer is not a member. Invite them first."))
    return person


def _set_terms(
    assignment: Assignment,
    kind: Kind | str,
    title: str,
    scope: str,
    outcome: str,
    begins: date | None,
    ends: date | None,
) -> None:
    assignment.kind = _kind(kind)
    assignment.title = typed.words(Assignment, "title", title)
    assignment.scope = typed.words(Assignment, "scope", scope)
    assignment.outcome = typed.words(Assignment, "outcome", outcome)
    if begins and ends and ends < begins:
        raise DomainError(_("It ends before it begins."), field="ends")
    assignment.begins, assignment.ends = begins, ends


def _kind(said: Kind | str) -> Kind:
    try:
        return Kind(said)
    except ValueError as error:
        raise DomainError(_("Choose a kind of assignment."), field="kind") from error


@transaction.atomic
def edit(
    *,
    actor: Person,
    assignment: Assignment,
    kind: Kind | str,
    title: str,
    scope: str,
    outcome: str,
    begins: date | None,
    ends: date | None,
    version: Version | None = None,
) -> Assignment:
    """Change the terms. Whoever changes them agrees to them; the other side says yes anew."""
    assignment = lock(assignment.id)
    side = require(actor, Move.EDIT, assignment)
    expect(version, assignment.version, lambda: terms_of(assignment))
    before = terms_of(assignment)
    _set_terms(assignment, kind, title, scope, outcome, begins, ends)
    if terms_of(assignment) != before:
        assignment.version += 1
        reset_agreement(assignment)
        _say_yes(side, assignment)
        note("changed", assignment.id, assignment, actor)
        letters.terms_changed(assignment, side)
    assignment.save()
    return assignment


def terms_of(assignment: Assignment) -> dict[str, object]:
    """What both sides agree to."""
    return {name: getattr(assignment, name) for name in TERMS}


@transaction.atomic
def agree(*, actor: Person, assignment: Assignment) -> Assignment:
    """Say yes to the terms as they stand. Once both sides have, it is agreed. Saying it twice
    changes nothing."""
    assignment = lock(assignment.id)
    side = policy.side_of(actor, assignment)
    if side is not None and assignment.state == State.AGREED:
        return assignment
    side = require(actor, Move.AGREE, assignment)
    _say_yes(side, assignment)
    stand_if_agreed(assignment, actor)
    assignment.save()
    return assignment


def _say_yes(side: Side, assignment: Assignment) -> None:
    now_done(assignment, "client_agreed_at" if side == Side.CLIENT else "lead_agreed_at")


@transaction.atomic
def start(*, actor: Person, assignment: Assignment) -> Assignment:
    """Begin the work that was agreed."""
    assignment = lock(assignment.id)
    if policy.side_of(actor, assignment) and assignment.state == State.UNDER_WAY:
        return assignment
    require(actor, Move.BEGIN, assignment)
    move_to(State.UNDER_WAY, assignment)
    assignment.begun_at = clock.now()
    assignment.save()
    note("started", assignment.id, assignment, actor)
    return assignment


@transaction.atomic
def call_off(
    *, actor: Person, assignment: Assignment, because: Because | str, words: str = ""
) -> Assignment:
    """Call it off, with a reason from a short list that everybody in it is told."""
    assignment = lock(assignment.id)
    side = policy.side_of(actor, assignment)
    if side is not None and assignment.state == State.CALLED_OFF:
        return assignment
    side = require(actor, Move.CALL_OFF, assignment)
    end(assignment, _because(because), words=words, side=side)
    note("called_off", assignment.id, assignment, actor, because=assignment.because)
    return assignment


def _because(said: Because | str) -> Because:
    try:
        return Because(said)
    except ValueError as error:
        raise DomainError(_("Choose one of the reasons."), field="because") from error


def end(
    assignment: Assignment, because: Because, *, words: str = "", side: Side | None = None
) -> None:
    """Write down that an assignment, which is locked, is called off; those in it are told."""
    assignment.because = because
    assignment.because_words = typed.words(Assignment, "because_words", words)
    assignment.called_off_by = side or ""
    move_to(State.CALLED_OFF, assignment)
    assignment.over_at = clock.now()
    assignment.save()
    waiting = Part.objects.filter(assignment=assignment, state=PartState.ASKED)
    waiting.update(state=PartState.WITHDRAWN, answered_at=clock.now())
    letters.called_off(assignment)


@transaction.atomic
def deliver(*, actor: Person, assignment: Assignment) -> Assignment:
    """Say that it is delivered; both sides are asked to look back."""
    assignment = lock(assignment.id)
    if policy.side_of(actor, assignment) and assignment.state == State.DELIVERED:
        return assignment
    require(actor, Move.DELIVER, assignment)
    move_to(State.DELIVERED, assignment)
    assignment.delivered_at = assignment.asked_final_at = clock.now()
    assignment.save()
    letters.ask_for_review(assignment)
    note("delivered", assignment.id, assignment, actor)
    return assignment


@transaction.atomic
def close(*, actor: Person, assignment: Assignment) -> Assignment:
    """Close an assignment that both sides have looked back on."""
    assignment = lock(assignment.id)
    if policy.side_of(actor, assignment) and assignment.state == State.CLOSED:
        return assignment
    require(actor, Move.CLOSE, assignment)
    shut(assignment)
    note("closed", assignment.id, assignment, actor)
    return assignment


def shut(assignment: Assignment) -> None:
    """Write down that an assignment, which is locked, is closed."""
    move_to(State.CLOSED, assignment)
    assignment.over_at = clock.now()
    assignment.save()
