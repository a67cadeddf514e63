"""Putting something worth reading on the shelf, and taking it off."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.core.errors import DomainError, LimitReached, NotHere
from footbridge.people.actions.rows import lock_people
from footbridge.people.models import Person
from footbridge.pitches import policy
from footbridge.pitches.actions._steps import line, note, require_joined, text
from footbridge.pitches.models import MOST_LINE, Reading

_of_the_web = URLValidator(schemes=["http", "https"])


@transaction.atomic
def put(
    *, actor: Person, title: str, link: str = "", why: str = "", is_shared: bool = False
) -> Reading:
    """Put something on one's shelf; other members see it if one shares it."""
    person = lock_people(actor.id)[actor.id]
    require_joined(person)
    if Reading.objects.filter(person=person).count() >= policy.MOST_READINGS:
        message = _("At most %(most)d can be kept. Take one back first.")
        raise LimitReached(message % {"most": policy.MOST_READINGS})
    row = Reading.objects.create(
        person=person,
        title=line(text(title, "title", MOST_LINE, needed=True)),
        link=_link(link),
        why=line(text(why, "why", 300)),
        is_shared=is_shared,
    )
    note("reading_put", row.id, actor)
    return row


def _link(link: str) -> str:
    tidied = line(text(link, "link", 500))
    try:
        if tidied:
            _of_the_web(tidied)
    except ValidationError as error:
        raise DomainError(_("Give a link that begins with https://"), field="link") from error
    return tidied


@transaction.atomic
def take_off(*, actor: Person, reading: Reading) -> None:
    """Take something of one's own off the shelf."""
    lock_people(actor.id)
    row = Reading.objects.filter(id=reading.id, person=actor).first()
    if row is None:
        raise NotHere
    note("reading_taken_off", row.id, actor)
    row.delete()
