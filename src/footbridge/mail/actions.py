"""One way to send: render, keep in the outbox, hand to the mail server where there is one."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import translation

from footbridge.core import clock
from footbridge.core.links import marked_as_mailed
from footbridge.mail.models import Message
from footbridge.mail.states import MessageState

_log = logging.getLogger(__name__)

# A weekend without a mail server loses nothing: tried again later each time, for about four days.
MOST_ATTEMPTS = 24
LETS_IN = frozenset({"invitation"})
LONGEST_WAIT = timedelta(hours=6)
# How long a worker has for one message before another may take it to be dead: a slow server may
# keep it for EMAIL_TIMEOUT at each of its steps.
LEASE = timedelta(minutes=5)


def send(
    kind: str,
    *,
    to_address: str,
    to_name: str = "",
    to_person: uuid.UUID | None = None,
    language: str = "",
    context: Mapping[str, Any] | None = None,
    links: Sequence[tuple[str, str]] = (),
    private: bool = False,
    once: str | None = None,
) -> Message | None:
    """Put one message in the outbox, in the reader's language.

    `kind` names the folder under templates/mail. `links` are (words, path) pairs: they are made
    absolute, given to the template as `links`, and shown on the outbox page to be copied.
    `private` keeps the message from everyone but its reader and the operator. `once` names the
    occasion: a second message for the same occasion is not sent, and None is returned.
    """
    language = language or settings.LANGUAGE_CODE
    with translation.override(language):
        message = _render(kind, to_name, dict(context or {}), _absolute(links))
    message.kind, message.to_address, message.to_name = kind, to_address, to_name[:200]
    message.to_person, message.language = to_person, language
    message.private, message.once = private, once
    try:
        with transaction.atomic():
            message.save()
    except IntegrityError:
        return None
    return message


def _absolute(links: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"words": str(words), "url": settings.PUBLIC_URL + path} for words, path in links]


def _render(
    kind: str, to_name: str, context: dict[str, Any], links: list[dict[str, str]]
) -> Message:
    context |= {"links": links, "to_name": to_name, "public_url": settings.PUBLIC_URL}
    subject = render_to_string(f"mail/{kind}/subject.txt", context)
    return Message(
        subject=" ".join(subject.split())[:300],
        text=render_to_string(f"mail/{kind}/body.txt", context).strip() + "\n",
        html=render_to_string(f"mail/{kind}/body.html", context),
        links=links,
    )


def deliver_due(limit: int = 100) -> int:
    """Hand waiting messages to the mail server and say how many it took. Without one, they wait."""
    if not settings.EMAIL_HOST:
        return 0
    waiting = Message.objects.filter(_is_due(), state=MessageState.WAITING)
    due = waiting.exclude(to_address="").order_by("due_at", "id").values_list("id", flat=True)
    return sum(_deliver(message_id) for message_id in list(due[:limit]))


def _is_due() -> Q:
    return clock.has_come("due_at", LONGEST_WAIT + LEASE)


def _deliver(message_id: uuid.UUID) -> int:
    """Claim, send, mark. A worker that dies before it claims has done nothing; one that dies after
    leaves the message to be sent by another, under the same Message-ID: at least once, and a
    second copy can be told by it."""
    message = _claim(message_id)
    if message is None:
        return 0
    try:
        _hand_over(message)
    except Exception as error:  # whatever the server's complaint, the message is kept
        _log.warning("Message %s was not taken: %s", message.id, type(error).__name__)
        _note_failure(message, error)
        return 0
    _mark_sent(message)
    return 1


def _claim(message_id: uuid.UUID) -> Message | None:
    """Take the message for a while before trying it, so that two workers never send it at the same
    time and a killed one leaves it to be tried again."""
    due = Message.objects.filter(_is_due(), state=MessageState.WAITING)
    message = due.filter(id=message_id).first()
    if message is None:
        return None
    claimed = Message.objects.filter(
        id=message_id,
        state=MessageState.WAITING,
        attempts=message.attempts,
        due_at=message.due_at,
    ).update(attempts=message.attempts + 1, due_at=clock.now() + LEASE)
    return message if claimed else None


def message_id(message: Message) -> str:
    """The name that a message has on its way. It is the row's own, however often it is sent, so
    that mail servers and readers can tell a second copy."""
    return f"<{message.id}@{settings.PUBLIC_HOST}>"


def _hand_over(message: Message) -> None:
    text, html = _as_mailed(message)
    mail = EmailMultiAlternatives(
        message.subject,
        text,
        to=[message.to_address],
        headers={"Message-ID": message_id(message)},
    )
    if html:
        mail.attach_alternative(html, "text/html")
    mail.send()


def _as_mailed(message: Message) -> tuple[str, str]:
    """The texts as they travel: a link that lets someone in proves whose address it came to, and
    only in the mail itself."""
    text, html = message.text, message.html
    if message.kind in LETS_IN:
        for link in message.links:
            marked = marked_as_mailed(link["url"], message.to_address)
            text, html = text.replace(link["url"], marked), html.replace(link["url"], marked)
    return text, html


def _mark_sent(message: Message) -> None:
    Message.objects.filter(id=message.id).update(
        state=MessageState.SENT, sent_at=clock.now(), error=""
    )


def _note_failure(message: Message, error: Exception) -> None:
    """Try again later, later each time; not where the server refused this message for good."""
    tried = message.attempts + 1
    given_up = is_final(error) or tried >= MOST_ATTEMPTS
    wait = min(LONGEST_WAIT, timedelta(minutes=2 ** min(message.attempts, 20)))
    Message.objects.filter(id=message.id, state=MessageState.WAITING).update(
        error=f"{type(error).__name__}: {error}"[:2000],
        state=MessageState.FAILED if given_up else MessageState.WAITING,
        due_at=clock.now() + wait,
    )


def is_final(error: Exception) -> bool:
    """Whether a server refused this reader or this message for good (5xx of RFC 5321), which no
    later attempt will change. What it says of our own sign-in or sender may be mended."""
    if isinstance(error, SMTPRecipientsRefused):
        return bool(error.recipients) and all(
            500 <= code <= 599 for code, _words in error.recipients.values()
        )
    return isinstance(error, SMTPDataError) and 500 <= error.smtp_code <= 599


def mark_passed_on(message_id: uuid.UUID) -> None:
    """A host copied the message into a chat: it no longer waits."""
    unsent = (MessageState.WAITING, MessageState.FAILED)
    Message.objects.filter(id=message_id, state__in=unsent).update(
        state=MessageState.SENT, sent_at=clock.now()
    )


def forget_person(person: uuid.UUID) -> int:
    """Remove every message that was addressed to a person; returns how many."""
    removed, _ = Message.objects.filter(to_person=person).delete()
    return removed


def forget_address(address: str) -> int:
    """Remove every message that went to an address, codes to sign in included; returns how many."""
    removed, _ = Message.objects.filter(to_address__iexact=address).delete()
    return removed


def forget_about(things: Iterable[uuid.UUID]) -> int:
    """Remove every message whose occasion names one of these things; returns how many.

    What a message tells of others stands in its text; its occasion says what it was about.
    """
    wanted = {str(thing) for thing in things}
    if not wanted:
        return 0
    told = Message.objects.filter(once__isnull=False).values_list("id", "once")
    found = [
        message_id
        for message_id, once in told.iterator(chunk_size=2000)
        if not wanted.isdisjoint((once or "").split(":"))
    ]
    removed = 0
    for batch in _batched(found, 500):
        removed += Message.objects.filter(id__in=batch).delete()[0]
    return removed


def _batched(items: list[uuid.UUID], size: int) -> Iterator[list[uuid.UUID]]:
    """A list in pieces, for databases that take so many values at once."""
    return (items[start : start + size] for start in range(0, len(items), size))
