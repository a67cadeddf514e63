"""The steps that the operations share: what is said is tidied and noted."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from footbridge.core.errors import DomainError, NotAllowed
from footbridge.core.words import clean_line
from footbridge.journal import actions as journal
from footbridge.people.models import Person


def require_joined(person: Person) -> None:
    """Only members act here."""
    if not person.has_joined:
        raise NotAllowed(_("Only members can do this."))


def text(words: str, field: str, most: int, *, needed: bool = False) -> str:
    """What somebody wrote, line by line, tidied; refused where it is too long or missing."""
    tidied = "\n".join(clean_line(line) for line in words.splitlines()).strip()
    if needed and not tidied:
        raise DomainError(_("Please say it in a sentence."), field=field)
    if len(tidied) > most:
        message = _("Please keep it to %(most)d characters.") % {"most": most}
        raise DomainError(message, field=field)
    return tidied


def write_words(row: models.Model, said: Any) -> None:
    """Put all that was said in words into the columns of the same names, tidied."""
    values: Mapping[str, Any] = asdict(said)
    for name, words in values.items():
        column: Any = row._meta.get_field(name)
        if column.choices:
            setattr(row, name, one_of(column.choices, words, name))
        elif isinstance(words, str):
            tidied = text(words, name, column.max_length)
            setattr(row, name, tidied if isinstance(column, models.TextField) else line(tidied))


def line(words: str) -> str:
    """The same as one line."""
    return " ".join(words.split())


def one_of(choices: Any, value: str, field: str, *, needed: bool = False) -> str:
    """One of the values of a column, or nothing."""
    known = {str(each) for each, _label in choices}
    if value in known or (not value and not needed):
        return value
    raise DomainError(_("Choose one of these."), field=field)


def note(what: str, subject: uuid.UUID, actor: Person | None = None) -> None:
    """Note in the journal what happened."""
    journal.record(f"pitches.{what}", subject, actor=actor.id if actor else None)
