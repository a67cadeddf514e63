"""The steps that the operations share: lock the circle first, tidy what is said, note what was."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils.translation import gettext as _

from footbridge.circles import policy
from footbridge.circles.models import Circle, Membership
from footbridge.core.errors import Conflict, NotHere
from footbridge.journal import actions as journal
from footbridge.people.models import Person
from footbridge.people.policy import Viewer, id_of


def lock(circle_id: uuid.UUID) -> Circle:
    """Take the circle for the length of the transaction, so that two who race for its last place
    come one after the other. NotHere if it is gone."""
    rows = Circle.objects.select_for_update(of=("self",)).select_related("chapter", "cause")
    found = rows.filter(id=circle_id).first()
    if found is None:
        raise NotHere
    return found


def lock_in(actor: Viewer, circle_id: uuid.UUID) -> Circle:
    """The same, for those who are in it, while it goes on."""
    circle = lock(circle_id)
    if not policy.is_in(actor, circle.id):
        raise NotHere
    require_going_on(circle)
    return circle


def require_going_on(circle: Circle) -> None:
    """What ended is read and not changed."""
    if circle.is_over:
        raise Conflict(_("This circle has ended."))


def require_standing(circle: Circle) -> None:
    """Members call on one another once there are enough of them."""
    if not circle.stands:
        raise Conflict(_("This begins once enough people are in the circle."))


def membership_of(circle: Circle, person: Person) -> Membership | None:
    """How someone stands to a circle, with both at hand."""
    found = Membership.objects.filter(circle=circle, person=person.id).first()
    if found is not None:
        found.circle, found.person = circle, person
    return found


def tell(what: str, subject: uuid.UUID, circle: Circle, actor: Viewer, **facts: Any) -> None:
    """Note in the journal what happened, by ids alone."""
    facts = {"circle": str(circle.id), **facts}
    journal.record(f"circles.{what}", subject, actor=id_of(actor), facts=facts)
