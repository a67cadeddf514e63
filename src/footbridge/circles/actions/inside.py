"""What members write down in their circle: what it is, who does what, what comes next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.circles.actions._steps import lock_in, membership_of, tell
from footbridge.circles.actions.forming import size
from footbridge.circles.models import Circle, Membership, NextStep
from footbridge.core import clock, typed
from footbridge.core.errors import Conflict, DomainError, NotHere
from footbridge.core.versions import Version, expect
from footbridge.people.models import Person
from footbridge.people.policy import Viewer

MOST_STEPS = 50


@transaction.atomic
def edit(*, actor: Viewer, circle: Circle, seen: Version | None = None, **changes: Any) -> Circle:
    """Change what a circle says of itself: name, about, cause, rhythm, wanted_size, looks_for. Any
    member may. `seen` is the version that was seen: a newer one raises Overtaken."""
    circle = lock_in(actor, circle.id)
    expect(seen, circle.version, lambda: {name: _plain(circle, name) for name in changes})
    new = {field: _HOW[field](value) for field, value in changes.items()}
    if any(getattr(circle, field) != value for field, value in new.items()):
        for field, value in new.items():
            setattr(circle, field, value)
        circle.version += 1
        circle.save()
        tell("edited", circle.id, circle, actor, fields=sorted(new))
    return circle


def _text(field: str) -> Callable[[Any], str]:
    return lambda said: typed.words(Circle, field, said)


_HOW: dict[str, Callable[[Any], Any]] = {
    **{field: _text(field) for field in ("name", "about", "rhythm", "looks_for")},
    "cause": lambda cause: cause,
    "wanted_size": size,
}


def _plain(circle: Circle, field: str) -> Any:
    value = getattr(circle, field)
    return str(value.id) if field == "cause" and value else value


@transaction.atomic
def give_role(*, actor: Viewer, circle: Circle, person: Person, role: str) -> Membership:
    """Say what someone does in a circle, in words of its own."""
    circle = lock_in(actor, circle.id)
    membership = _member(circle, person)
    membership.role = typed.words(Membership, "role", role)
    membership.save(update_fields=["role"])
    tell("role_given", membership.id, circle, actor)
    return membership


def _member(circle: Circle, person: Person) -> Membership:
    membership = membership_of(circle, person)
    if membership is None or not membership.is_in:
        raise NotHere
    return membership


@transaction.atomic
def add_step(
    *,
    actor: Viewer,
    circle: Circle,
    text: str,
    who: Person | None = None,
    due: date | None = None,
) -> NextStep:
    """Write down what is to be done next; by one of the members, or by whoever finds the time."""
    circle = lock_in(actor, circle.id)
    if NextStep.objects.filter(circle=circle).count() >= MOST_STEPS:
        words_for = _("A circle keeps at most %(most)d next steps. Take some away first.")
        raise Conflict(words_for % {"most": MOST_STEPS}, field="text")
    said = typed.words(NextStep, "text", text)
    if not said:
        raise DomainError(_("Say what is to be done."), field="text")
    step = NextStep.objects.create(
        circle=circle,
        text=said,
        who=_member(circle, who).person if who is not None else None,
        due=due,
        made_by=actor if isinstance(actor, Person) else None,
    )
    tell("step_added", step.id, circle, actor)
    return step


@transaction.atomic
def set_done(*, actor: Viewer, step: NextStep, done: bool = True) -> NextStep:
    """Tick a next step off, or say that it is still to be done."""
    circle = lock_in(actor, step.circle_id)
    row = _step(step)
    if (row.done_at is not None) != done:
        row.done_at = clock.now() if done else None
        row.save(update_fields=["done_at"])
        tell("step_done" if done else "step_open", row.id, circle, actor)
    return row


@transaction.atomic
def drop_step(*, actor: Viewer, step: NextStep) -> None:
    """Take a next step away. Doing it twice changes nothing."""
    circle = lock_in(actor, step.circle_id)
    gone, _each = NextStep.objects.filter(id=step.id).delete()
    if gone:
        tell("step_dropped", step.id, circle, actor)


def _step(step: NextStep) -> NextStep:
    found = NextStep.objects.filter(id=step.id).first()
    if found is None:
        raise NotHere
    return found
