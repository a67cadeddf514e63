"""Who is in a team: asking, answering, leaving. Nobody is in it without their yes."""

from __future__ import annotations

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from footbridge.assignments import letters, policy
from footbridge.assignments.actions._steps import (
    lock,
    lock_person,
    note,
    own_part,
    require,
    reset_agreement,
    stand_if_agreed,
)
from footbridge.assignments.models import Assignment, Part
from footbridge.assignments.states import (
    BEFORE_DELIVERY,
    Decline,
    Move,
    PartState,
    Role,
    State,
)
from footbridge.core import clock, typed
from footbridge.core.errors import Conflict, DomainError, LimitReached, NotHere
from footbridge.people import asks
from footbridge.people.models import Person


@transaction.atomic
def ask(
    *,
    actor: Person,
    assignment: Assignment,
    person: Person,
    role: Role | str = Role.MEMBER,
    what: str = "",
) -> Part:
    """Ask somebody into the team. They are in it once they say yes.

    Raises LimitReached where they have been asked enough for now, with the day when they may be
    asked again, and Conflict where it is not possible just now, which has many causes.
    """
    assignment = lock(assignment.id)
    require(actor, Move.ASK, assignment)
    return ask_person(actor, assignment, person, _role(role), what)


def _role(said: Role | str) -> Role:
    try:
        return Role(said)
    except ValueError as error:
        raise DomainError(_("Choose what they would be in the team."), field="role") from error


def ask_person(
    actor: Person,
    assignment: Assignment,
    person: Person,
    role: Role,
    what: str = "",
    *,
    is_expected: bool = False,
) -> Part:
    """Ask somebody into an assignment that is locked, or new. Who offered themself
    (`is_expected`) is not asked out of the blue: it costs nothing of their month."""
    person = lock_person(person)
    known = Part.objects.filter(assignment=assignment, person=person).first()
    if known is not None and known.state in (PartState.ASKED, PartState.ACCEPTED):
        return known
    _check(actor, assignment, person, role, is_expected)
    if known is not None and known.asked_at > clock.now() - policy.RESTS_FOR:
        raise Conflict(_("They were asked not long ago. Please leave it at that for now."))
    part = known or Part(assignment=assignment, person=person)
    part.role, part.state = role, PartState.ASKED
    part.what = typed.words(Part, "what", what)
    part.asked_by, part.asked_at = actor, clock.now()
    part.expires_at = policy.answered_until()
    part.answered_at = part.left_at = None
    part.reason = part.reason_words = ""
    part.save()
    letters.ask(part)
    note("asked", part.id, assignment, actor, role=str(role))
    return part


def _check(
    actor: Person, assignment: Assignment, person: Person, role: Role, is_expected: bool
) -> None:
    if policy.acts_for_client(person, assignment):
        raise DomainError(
            _("%(name)s is on the client's side. A team is somebody else.") % {"name": person.name},
            field="person",
        )
    if role == Role.LEAD and policy.lead_of(assignment) is not None:
        raise Conflict(_("Somebody leads this team, or is asked to."), field="role")
    _check_number(assignment)
    others = [actor, *(part.person for part in policy.team_of(assignment))]
    if not policy.may_be_asked(actor, person) or policy.are_kept_apart(person, others):
        raise Conflict(
            _("%(name)s is not available for this now. Choose somebody else.")
            % {"name": person.name},
            field="person",
        )
    again = None if is_expected else asks.next_ask_of(person)
    if again is not None:
        raise LimitReached(
            _("%(name)s has been asked often lately. Ask somebody else, or again from %(day)s.")
            % {"name": person.name, "day": date_format(again, "DATE_FORMAT")},
            field="person",
        )


def _check_number(assignment: Assignment) -> None:
    standing = Part.objects.filter(
        assignment=assignment, state__in=(PartState.ASKED, PartState.ACCEPTED)
    )
    if standing.count() >= policy.MOST_PARTS:
        raise Conflict(
            _("A team has at most %(most)d people, with those who are asked.")
            % {"most": policy.MOST_PARTS}
        )


@transaction.atomic
def accept(*, actor: Person, assignment: Assignment) -> Part:
    """Say yes: one is in the team. A lead's yes is a yes to the terms as well."""
    assignment, part = _asked(actor, assignment)
    if part.state == PartState.ACCEPTED:
        return part
    _require_waiting(part, assignment)
    others = [one.person for one in policy.team_of(assignment)]
    if assignment.contact is not None:
        others.append(assignment.contact)
    if policy.are_kept_apart(actor, others):
        raise Conflict(_("This team cannot take anybody in now."))
    part.state, part.answered_at = PartState.ACCEPTED, clock.now()
    part.save()
    note("accepted", part.id, assignment, actor)
    if part.role == Role.LEAD:
        _lead(assignment, actor)
    letters.accepted(part)
    return part


def _lead(assignment: Assignment, actor: Person) -> None:
    """Who leads from now on agrees to what stands there."""
    assignment.lead_agreed_at = clock.now()
    if assignment.state == State.FORMING:
        stand_if_agreed(assignment, actor)
    assignment.save()


def _asked(actor: Person, assignment: Assignment) -> tuple[Assignment, Part]:
    assignment = lock(assignment.id)
    part = policy.part_of(actor, assignment)
    if part is None or part.state in (PartState.LEFT, PartState.WITHDRAWN):
        raise NotHere
    part.assignment, part.person = assignment, actor
    return assignment, part


def _require_waiting(part: Part, assignment: Assignment) -> None:
    if assignment.state not in BEFORE_DELIVERY:
        raise Conflict(_("This is over by now. Thank you all the same."))
    if part.state != PartState.ASKED or part.expires_at <= clock.now():
        raise Conflict(_("The time to answer has passed. Ask whoever wrote to you to ask again."))


@transaction.atomic
def decline(
    *, actor: Person, assignment: Assignment, reason: Decline | str, words: str = ""
) -> Part:
    """Say no, with a reason that whoever asked is told and nobody else."""
    assignment, part = _asked(actor, assignment)
    if part.state == PartState.DECLINED:
        return part
    if part.state == PartState.ACCEPTED:
        raise Conflict(_("You are in this team. You can leave it."))
    _require_waiting(part, assignment)
    part.reason = _reason(reason)
    part.reason_words = typed.words(Part, "reason_words", words)
    part.state, part.answered_at = PartState.DECLINED, clock.now()
    part.save()
    letters.declined(part)
    note("declined", part.id, assignment, actor)
    return part


def _reason(said: Decline | str) -> Decline:
    try:
        return Decline(said)
    except ValueError as error:
        raise DomainError(_("Choose one of the reasons."), field="reason") from error


@transaction.atomic
def withdraw(*, actor: Person, assignment: Assignment, person: Person) -> Part:
    """Take a question back that was not answered yet."""
    assignment = lock(assignment.id)
    require(actor, Move.ASK, assignment)
    part = policy.parts_visible_to(actor, assignment).filter(person=person).first()
    if part is None or part.state not in (PartState.ASKED, PartState.WITHDRAWN):
        raise NotHere
    if part.state == PartState.ASKED:
        part.state, part.answered_at = PartState.WITHDRAWN, clock.now()
        part.save()
        note("withdrawn", part.id, assignment, actor)
    return part


@transaction.atomic
def leave(*, actor: Person, assignment: Assignment) -> Part:
    """Leave a team. Without a lead nothing is agreed any more, and the client asks another; work
    that has begun goes on."""
    assignment = lock(assignment.id)
    part = own_part(actor, assignment)
    if part.state == PartState.LEFT:
        return part
    require(actor, Move.LEAVE, assignment)
    part.state, part.left_at = PartState.LEFT, clock.now()
    part.save()
    if part.role == Role.LEAD:
        assignment.lead_agreed_at = None
        if assignment.state == State.AGREED:
            reset_agreement(assignment)
        assignment.save()
    letters.left(part)
    note("left", part.id, assignment, actor)
    return part
