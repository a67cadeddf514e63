"""Who passes messages on.

Without a mail server the hosts are the postmen: they see the messages to the people of their
chapters and copy the links. What lets someone sign in, or tells of their address, is for its reader
alone: the operator reads it out at the console (`footbridge outbox`). With a mail server hosts see
only the invitations that they sent themselves; everything else is between the server and its
reader.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.conf import settings
from django.db.models import Q, QuerySet

from footbridge.core.audience import Operator
from footbridge.core.errors import NotHere
from footbridge.mail.keeping import IDENTITY
from footbridge.mail.models import Message
from footbridge.mail.states import MessageState
from footbridge.people.models import Member
from footbridge.people.policy import Viewer, hosted_by

INVITATION = "invitation"

Letters = Callable[[Viewer], Q]
_further: list[Letters] = []


def passes_on(letters: Letters) -> None:
    """Have hosts pass on, where there is no mail server, what a room writes to people who are on
    no list yet; the room says which letters are whose."""
    _further.append(letters)


def visible_to(viewer: Viewer) -> QuerySet[Message]:
    """Messages that someone may read in order to pass them on, newest first."""
    if isinstance(viewer, Operator):
        return Message.objects.all()
    theirs = Member.objects.filter(chapter__in=hosted_by(viewer))
    to_pass_on = Q(to_person__in=theirs.values("id"))
    for further in () if settings.EMAIL_HOST else _further:
        to_pass_on |= further(viewer)
    messages = Message.objects.filter(to_pass_on)
    messages = messages.exclude(kind__in=IDENTITY).exclude(text="")
    return messages.filter(kind=INVITATION) if settings.EMAIL_HOST else messages


def waiting(viewer: Viewer) -> QuerySet[Message]:
    """Those that nobody passed on yet, and those that the mail server refused for good: their
    links can still be copied."""
    unsent = (MessageState.WAITING, MessageState.FAILED)
    return visible_to(viewer).filter(state__in=unsent)


def get(viewer: Viewer, message_id: uuid.UUID) -> Message:
    """One message, or NotHere."""
    found = visible_to(viewer).filter(id=message_id).first()
    if found is None:
        raise NotHere
    return found
