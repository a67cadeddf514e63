"""Reading the outbox."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from footbridge.mail.models import Message
from footbridge.mail.sealed import waiting_at_the_console
from footbridge.mail.states import MessageState


@dataclass(frozen=True)
class Letter:
    """A message as the operator reads it out, whether it stands in the outbox or is sealed."""

    at: datetime
    to: str
    state: str
    subject: str
    text: str
    links: list[str]


def latest_of_all(address: str, most: int) -> list[Letter]:
    """The newest messages, to an address or to all, for the operator's eyes only."""
    rows = outbox().exclude(text="")
    rows = rows.filter(to_address__iexact=address) if address else rows
    letters = [
        Letter(
            row.created_at, row.to_address, row.state, row.subject, row.text,
            [link["url"] for link in row.links],
        )
        for row in rows[:most]
    ]  # fmt: skip
    letters += [
        Letter(one.due_at, one.to, str(MessageState.WAITING), one.subject, one.text, [])
        for one in waiting_at_the_console()
        if address in ("", one.to)
    ]
    return sorted(letters, key=lambda letter: letter.at, reverse=True)[:most]


def outbox() -> QuerySet[Message]:
    """Every message, newest first: for the operator of an installation without a mail server."""
    return Message.objects.all()


def to_people(people: Iterable[uuid.UUID]) -> QuerySet[Message]:
    """Messages to these people that are no secret of theirs: what a host may pass on."""
    return Message.objects.filter(to_person__in=list(people), private=False)


def to_person(person: uuid.UUID) -> QuerySet[Message]:
    """What one person was sent."""
    return Message.objects.filter(to_person=person)
