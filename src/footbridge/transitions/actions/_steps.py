"""The steps that the operations share: what is said is tidied and noted."""

from __future__ import annotations

import uuid

from django.utils.translation import gettext as _

from footbridge.core.errors import DomainError
from footbridge.core.words import clean_line
from footbridge.journal import actions as journal
from footbridge.people.models import Person


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
