"""The letters about somebody's expertise. They are for their readers alone: an outbox that told
who was asked what would tell who refused."""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from footbridge.expertise.models import Confirmation
from footbridge.expertise.queries import question_path
from footbridge.expertise.states import Level
from footbridge.mail import actions as mail
from footbridge.people.models import Person
from footbridge.people.queries import language_of

_ANSWER: Any = gettext_lazy("Read and answer")
_SEE: Any = gettext_lazy("See it")


def ask(row: Confirmation) -> None:
    """Ask whoever was there."""
    link = (_ANSWER, question_path(row))
    _send("expertise_asked", row, row.by, row.claim.person, link)


def confirmed(row: Confirmation) -> None:
    """Tell who asked that somebody said yes."""
    link = (_SEE, f"/you/skills/{row.claim_id}/")
    _send("expertise_confirmed", row, row.claim.person, row.by, link)


def _send(
    kind: str, row: Confirmation, reader: Person, other: Person, link: tuple[Any, str]
) -> None:
    language = language_of(reader, reader.chapter)
    with translation.override(language):
        context = {
            "other": other.name,
            "skill": row.claim.skill.label,
            "level": str(Level(row.claim.level).label),
            "title": row.claim.episode.title,
            "story": row.claim.episode.story,
            "words": row.words,
            "answer_by": date_format(row.expires_at, "DATE_FORMAT"),
        }
    mail.send(
        kind,
        to_address=reader.email or "",
        to_name=reader.name,
        to_person=reader.id,
        language=language,
        context=context,
        links=[link],
        private=True,
        once=f"{kind}:{row.id}:{row.asked_at:%Y%m%dT%H%M%S}",
    )
