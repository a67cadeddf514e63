"""The steps that the operations share: people are locked first, by id; words are tidied."""

from __future__ import annotations

import uuid

from django.utils.translation import gettext as _

from footbridge.core.errors import DomainError, NotHere
from footbridge.core.words import clean_line
from footbridge.journal import actions as journal
from footbridge.people.models import Person


def lock_people(*ids: uuid.UUID) -> dict[uuid.UUID, Person]:
    """Take some people for the length of the transaction, always in the same order: who leaves or
    hides at this moment, and who asks them, come one after the other. NotHere if one is gone."""
    rows = Person.objects.select_for_update(of=("self",)).select_related("chapter", "place")
    found = {person.id: person for person in rows.filter(id__in=ids).order_by("id")}
    if len(found) < len(set(ids)):
        raise NotHere
    return found


def text(words: str, field: str, most: int, *, needed: bool = False) -> str:
    """What somebody wrote, line by line, tidied; refused where it is too long or missing."""
    tidied = "\n".join(clean_line(line) for line in words.splitlines()).strip()
    if needed and not tidied:
        raise DomainError(_("Please say it in a sentence."), field=field)
    if len(tidied) > most:
        message = _("Please keep it to %(most)d characters.") % {"most": most}
        raise DomainError(message, field=field)
    return tidied


def note(what: str, subject: uuid.UUID, actor: Person | None = None) -> None:
    """Note in the journal what happened."""
    journal.record(f"transitions.{what}", subject, actor=actor.id if actor else None)
