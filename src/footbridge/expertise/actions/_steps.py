"""What the operations share: people first, then what is theirs; tidy words; the journal."""

from __future__ import annotations

import uuid

from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.core.errors import DomainError
from footbridge.core.words import clean_line
from footbridge.expertise.models import LONGEST_STORY, LONGEST_TITLE
from footbridge.expertise.states import Carries, Level
from footbridge.journal import actions as journal
from footbridge.people.actions.rows import lock_people
from footbridge.people.models import Person

_FIRST_YEAR = 1940


def lock_person(actor: Person) -> Person:
    """Take one's own row: what one does twice at once counts once."""
    return lock_people(actor.id)[actor.id]


def level_of(said: str) -> Level:
    """One of the four steps, or a refusal."""
    if said not in Level.values:
        raise DomainError(_("Choose one of the words offered."), field="level")
    return Level(said)


def carries_of(said: str) -> Carries:
    """How far it carries over, or a refusal."""
    if said not in Carries.values:
        raise DomainError(_("Choose one of the words offered."), field="carries")
    return Carries(said)


def title_of(said: str, field: str = "title") -> str:
    """One sentence, tidied."""
    tidied = clean_line(said)
    if not tidied:
        raise DomainError(_("Please say it in a sentence."), field=field)
    if len(tidied) > LONGEST_TITLE:
        message = _("Please keep it to %(most)d characters.") % {"most": LONGEST_TITLE}
        raise DomainError(message, field=field)
    return tidied


def story_of(said: str) -> str:
    """A few sentences, line by line, tidied."""
    lines = [clean_line(line) for line in said.splitlines()]
    tidied = "\n".join(lines).strip()
    if len(tidied) > LONGEST_STORY:
        message = _("Please keep it to %(most)d characters.") % {"most": LONGEST_STORY}
        raise DomainError(message, field="story")
    return tidied


def years_of(since: int | None, until: int | None) -> tuple[int | None, int | None]:
    """From which year until which."""
    this = clock.today().year
    for field, year in (("since", since), ("until", until)):
        if year is not None and not _FIRST_YEAR <= year <= this:
            words = {"first": _FIRST_YEAR, "last": this}
            raise DomainError(_("A year from %(first)d to %(last)d.") % words, field=field)
    if since and until and until < since:
        raise DomainError(_("It ends after it begins."), field="until")
    return since, until


def note(what: str, subject: uuid.UUID, actor: uuid.UUID | None = None) -> None:
    """Note in the journal what happened."""
    journal.record(f"expertise.{what}", subject, actor=actor)
