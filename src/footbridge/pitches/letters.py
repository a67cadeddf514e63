"""Every message about a rehearsal: to whom, in which language, with which link.

They are for their readers alone: an outbox that told who was asked would tell who refused.
"""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from footbridge.mail import actions as mail
from footbridge.people.models import Person
from footbridge.people.queries import language_of
from footbridge.pitches.models import Rehearsal
from footbridge.pitches.queries import rehearsal_path

_ANSWER = gettext_lazy("Read and answer")
_OPEN = gettext_lazy("Your rehearsal")


def ask(row: Rehearsal) -> None:
    """Ask a peer to listen."""
    _send("rehearsal_asked", row, row.peer, _ANSWER)


def agree(row: Rehearsal) -> None:
    """Tell both how to reach each other; the peer reads the pitch from now on."""
    for person in (row.author, row.peer):
        _send("rehearsal_agreed", row, person, _OPEN)


def not_now(row: Rehearsal) -> None:
    """Tell the author "not this time", in the same words whatever lies behind it."""
    _send("rehearsal_not_now", row, row.author, _OPEN)


def noted(row: Rehearsal) -> None:
    """Tell the author that there are notes."""
    _send("rehearsal_noted", row, row.author, _OPEN)


def _send(kind: str, row: Rehearsal, reader: Person, words: Any) -> None:
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
        links=[(words, rehearsal_path(row, reader))],
        private=True,
        once=f"{kind}:{row.id}:{reader.id}",
    )


def _context(row: Rehearsal, reader: Person) -> dict[str, Any]:
    other = row.author if reader.id == row.peer_id else row.peer
    return {
        "other": other.name,
        "other_email": other.email or "",
        "words": row.words,
        "answer_by": date_format(row.expires_at, "DATE_FORMAT"),
        "is_peer": reader.id == row.peer_id,
    }
