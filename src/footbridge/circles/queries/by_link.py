"""The links by which people answer without an account. Opening one changes nothing."""

from __future__ import annotations

from django.utils.translation import gettext as _

from footbridge.circles import policy
from footbridge.circles.models import Call, Membership
from footbridge.circles.states import Belonging
from footbridge.core import links
from footbridge.core.errors import LinkNotValid
from footbridge.people.models import Person
from footbridge.people.queries import person_of_link


def asked_by_link(token: str) -> tuple[Person, Membership]:
    """Whom a link asks to join, and what it asks. LinkNotValid when it is altered, expired, or
    opens nothing any more."""
    link = links.read(token, policy.ASKED_PURPOSE)
    rows = Membership.objects.select_related("circle__chapter", "circle__cause", "asked_by")
    rows = rows.exclude(belonging=Belonging.LEFT).filter(circle__ended_at=None)
    found = rows.filter(id=link.thing, person_id=link.person).first() if link.person else None
    if found is None:
        raise _opens_nothing()
    return person_of_link(link), found


def call_by_link(token: str) -> tuple[Person, Call]:
    """Whom a link asks to answer a call, and the call. It opens nothing for who left the circle."""
    link = links.read(token, policy.CALL_PURPOSE)
    if link.person is None:
        raise _opens_nothing()
    person = person_of_link(link)
    call = policy.calls_visible_to(person).filter(id=link.thing).first()
    if call is None:
        raise _opens_nothing()
    return person, call


def _opens_nothing() -> LinkNotValid:
    return LinkNotValid(_("This link opens nothing any more."))
