"""Every message about a talk with a guide: to whom, in which language, with which link.

They are for their readers alone: an outbox that told who was asked would tell who refused, and
what somebody passes through.
"""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from footbridge.mail import actions as mail
from footbridge.people.models import Person
from footbridge.people.queries import language_of
from footbridge.transitions.models import GuideAsk
from footbridge.transitions.queries import ask_path
from footbridge.transitions.states import Passage

_ANSWER = gettext_lazy("Read and answer")
_OPEN = gettext_lazy("Your question")


def ask(row: GuideAsk) -> None:
    """Ask whoever lived the same."""
    _send("guide_asked", row, row.guide, _ANSWER)


def agree(row: GuideAsk) -> None:
    """Tell both how to reach each other."""
    for person in (row.asker, row.guide):
        _send("guide_agreed", row, person, _OPEN)


def not_now(row: GuideAsk) -> None:
    """Tell who asked "not this time", in the same words whatever lies behind it."""
    _send("guide_not_now", row, row.asker, _OPEN)


def _send(kind: str, row: GuideAsk, reader: Person, words: Any) -> None:
    language = language_of(reader, reader.chapter)
    with translation.override(language):
        context = _context(row, reader)
    mail.send(
        kind,
        to_address=reader.email or "",
        to_name=reader.name,
        to_person=reader.id,
        language=language,
        context=context,
        links=[(words, ask_path(row, reader))],
        private=True,
        once=f"{kind}:{row.id}:{reader.id}",
    )


def _context(row: GuideAsk, reader: Person) -> dict[str, Any]:
    other = row.asker if reader.id == row.guide_id else row.guide
    return {
        "other": other.name,
        "other_email": other.email or "",
        "words": row.words,
        "passage": str(Passage(row.transition.passage).label) if row.transition else "",
        "answer_by": date_format(row.expires_at, "DATE_FORMAT"),
        "is_guide": reader.id == row.guide_id,
    }
