"""What those who are asked say, and how a circle is left and ended. Each is one tap."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.circles import letters, policy
from footbridge.circles.actions._steps import lock, membership_of, require_going_on, tell
from footbridge.circles.models import Call, Circle, Membership, NextStep
from footbridge.circles.states import MOST, Belonging
from footbridge.core import clock
from footbridge.core.errors import Conflict, NotAllowed, NotHere
from footbridge.people.models import Person
from footbridge.people.policy import Viewer


@transaction.atomic
def join(*, actor: Person, circle: Circle) -> Membership:
    """Say yes. The others are told who came and who asked them. With enough people in it the
    circle stands."""
    circle, membership = _asked(actor, circle)
    if membership.is_in:
        return membership
    _require_time(membership)
    there = [row.person for row in policy.inside(circle)]
    if len(there) >= MOST:
        raise Conflict(_("Every place in this circle is taken by now."))
    if policy.are_kept_apart([actor, *there]):
        raise Conflict(_("This circle cannot take anybody in now."))
    membership.belonging = Belonging.IN
    membership.joined_at = clock.now()
    membership.save(update_fields=["belonging", "joined_at"])
    tell("joined", membership.id, circle, actor)
    _stand_or_tell(circle, membership)
    return membership


def _asked(actor: Person, circle: Circle) -> tuple[Circle, Membership]:
    circle = lock(circle.id)
    membership = membership_of(circle, actor)
    if membership is None or membership.belonging == Belonging.LEFT:
        raise NotHere
    require_going_on(circle)
    return circle, membership


def _require_time(membership: Membership) -> None:
    if policy.answer_until(membership) <= clock.now():
        raise Conflict(_("The time to answer has passed. Ask whoever wrote to you to ask again."))


def _stand_or_tell(circle: Circle, newest: Membership) -> None:
    """All are told when it stands; later on, the others of who is new."""
    if circle.stands_since is None and policy.enough(circle):
        circle.stands_since = clock.now()
        circle.save(update_fields=["stands_since"])
        for row in policy.inside(circle):
            letters.stand(circle, row)
    elif circle.stands_since is not None:
        for row in policy.inside(circle).exclude(id=newest.id):
            letters.tell_who_joined(newest, row.person)


@transaction.atomic
def decline(*, actor: Person, circle: Circle) -> Membership:
    """Say no. It looks like waiting to everyone until the date for answers, and then like
    nothing."""
    circle, membership = _asked(actor, circle)
    if membership.is_in:
        raise Conflict(_("You are in this circle. You can leave it."))
    if membership.belonging != Belonging.DECLINED:
        membership.belonging = Belonging.DECLINED
        membership.save(update_fields=["belonging"])
        tell("declined", membership.id, circle, actor)
    return membership


@transaction.atomic
def leave(*, actor: Person, circle: Circle) -> Membership:
    """Go, without a word. What one meant to do is anybody's from now on, and one's calls end."""
    circle = lock(circle.id)
    membership = membership_of(circle, actor)
    if membership is None or membership.belonging not in (Belonging.IN, Belonging.LEFT):
        raise NotHere
    require_going_on(circle)
    if membership.belonging == Belonging.LEFT:
        return membership
    membership.belonging = Belonging.LEFT
    membership.gone_at = clock.now()
    membership.role = ""
    membership.save(update_fields=["belonging", "gone_at", "role"])
    NextStep.objects.filter(circle=circle, who=actor, done_at=None).update(who=None)
    Call.objects.filter(circle=circle, asker=actor, closed_at=None).update(closed_at=clock.now())
    tell("left", membership.id, circle, actor)
    return membership


@transaction.atomic
def end(*, actor: Viewer, circle: Circle) -> Circle:
    """End a circle. Those who are in it now can read it for half a year; then it is deleted."""
    circle = lock(circle.id)
    if circle.is_over:
        return circle
    if not policy.may_end(actor, circle):
        raise NotAllowed(_("Whoever formed this circle ends it."))
    end_now(circle)
    tell("ended", circle.id, circle, actor)
    return circle


def end_now(circle: Circle) -> None:
    """Write down that a circle, which is locked, has ended."""
    circle.ended_at = clock.now()
    circle.version += 1
    circle.save(update_fields=["ended_at", "version"])
    Call.objects.filter(circle=circle, closed_at=None).update(closed_at=clock.now())
