"""Reading the outbox."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db.models import QuerySet

from footbridge.mail.models import Message


def outbox() -> QuerySet[Message]:
    """Every message, newest first: for the operator of an installation without a mail server."""
    return Message.objects.all()


def to_people(people: Iterable[uuid.UUID]) -> QuerySet[Message]:
    """Messages to these people that are no secret of theirs: what a host may pass on."""
    return Message.objects.filter(to_person__in=list(people), private=False)


def to_person(person: uuid.UUID) -> QuerySet[Message]:
    """What one person was sent."""
    return Message.objects.filter(to_person=person)


def latest_to_address(address: str, kind: str) -> Message | None:
    """The newest message of a kind to an address, if any."""
    found = Message.objects.filter(to_address__iexact=address, kind=kind)
    return found.order_by("-created_at").first()
