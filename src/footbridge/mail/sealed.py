"""Messages whose very existence is private: codes to sign in, and letters about people under the
radar. They never stand in the outbox that hosts see, and a copy of the database cannot be read.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import translation

from footbridge.core import clock
from footbridge.core.sealing import Seal
from footbridge.mail.models import SealedMessage

_log = logging.getLogger(__name__)

MOST_ATTEMPTS = 8
LONGEST_WAIT = timedelta(minutes=2**MOST_ATTEMPTS)
AT_ONCE = 100

_seal = Seal(lambda: settings.SECRET_KEY, "mail")


_known_by: dict[str, list[Callable[[str], bool]]] = {}


def only_if(kind: str, is_expected: Callable[[str], bool]) -> None:
    """Send messages of a kind only to addresses that some room expects. It is asked when the
    message is handed over, so that putting it on its way costs the same for every address."""
    _known_by.setdefault(kind, []).append(is_expected)


def _is_expected(said: Mapping[str, str]) -> bool:
    asked = _known_by.get(said["kind"])
    # Each room is asked, whatever the one before it said: the work is the same for everyone.
    answers = [is_expected(said["to"]) for is_expected in asked or ()]
    return asked is None or any(answers)


@dataclass(frozen=True)
class Waiting:
    """A sealed message as the operator reads it at the console, where there is no mail server."""

    to: str
    subject: str
    text: str
    expires_at: datetime
    due_at: datetime


def reader_named(name: str) -> str:
    """The digest under which everything that waits for one reader is found again."""
    return _seal.digest("reader", name)


def send_sealed(
    kind: str,
    *,
    to_address: str,
    reader: str,
    language: str = "",
    context: Mapping[str, Any] | None = None,
    lasts: timedelta = timedelta(days=3),
    even_without_server: bool = False,
) -> None:
    """Put one message on its way, in the reader's language.

    `kind` names the folder under templates/mail. Without a mail server nothing is kept, unless
    the operator is to read it out (`even_without_server`), as with a code to sign in.
    """
    if not to_address or not (settings.EMAIL_HOST or even_without_server):
        return
    with translation.override(language or settings.LANGUAGE_CODE):
        said = _rendered(kind, {"public_url": settings.PUBLIC_URL, **(context or {})})
    message = SealedMessage(reader=reader, expires_at=clock.now() + lasts)
    message.sealed = _seal.close(message.id, {"to": to_address, "kind": kind, **said})
    message.save(force_insert=True)


def _rendered(kind: str, context: dict[str, Any]) -> dict[str, str]:
    subject = render_to_string(f"mail/{kind}/subject.txt", context)
    text = render_to_string(f"mail/{kind}/body.txt", context)
    return {"subject": " ".join(subject.split()), "text": text.strip() + "\n"}


def deliver_sealed_due() -> int:
    """Hand waiting messages to the mail server and say how many it took; drop what is too late."""
    SealedMessage.objects.filter(expires_at__lte=clock.now()).delete()
    if not settings.EMAIL_HOST:
        return 0
    due = SealedMessage.objects.filter(_is_due()).order_by("due_at", "id")
    return sum(_deliver(one) for one in list(due.values_list("id", flat=True)[:AT_ONCE]))


def _is_due() -> Q:
    return clock.has_come("due_at", LONGEST_WAIT)


def _deliver(message_id: uuid.UUID) -> int:
    message = _claim(message_id)
    if message is None:
        return 0
    try:
        _hand_over(message)
    except Exception as error:  # whatever the server's complaint; its words may name the reader
        _log.warning("A sealed message was not taken: %s", type(error).__name__)
        return 0
    message.delete()
    return 1


@transaction.atomic
def _claim(message_id: uuid.UUID) -> SealedMessage | None:
    """Put the message off before trying it: two workers never send it at the same time, and a
    killed one leaves it to be tried again, under the same Message-ID."""
    rows = SealedMessage.objects.select_for_update().filter(_is_due())
    message = rows.filter(id=message_id).first()
    if message is None:
        return None
    if message.attempts >= MOST_ATTEMPTS:
        message.delete()
        return None
    message.attempts += 1
    message.due_at = clock.now() + timedelta(minutes=2**message.attempts)
    message.save(update_fields=["attempts", "due_at"])
    return message


def _hand_over(message: SealedMessage) -> None:
    said = _seal.open(message.id, message.sealed)
    if not _is_expected(said):
        return
    headers = {"Message-ID": f"<{message.id}@{settings.PUBLIC_HOST}>"}
    EmailMessage(said["subject"], said["text"], to=[said["to"]], headers=headers).send()


def forget_reader(reader: str) -> int:
    """Remove every message that is on its way to a reader; returns how many."""
    return SealedMessage.objects.filter(reader=reader).delete()[0]


def waiting_at_the_console() -> Iterator[Waiting]:
    """What nobody but the operator can hand over, latest first."""
    rows = SealedMessage.objects.filter(expires_at__gt=clock.now()).order_by("-due_at", "id")
    for row in rows:
        said = _seal.open(row.id, row.sealed)
        if _is_expected(said):
            yield Waiting(said["to"], said["subject"], said["text"], row.expires_at, row.due_at)
