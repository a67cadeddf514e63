"""What people decide for themselves alone: a pause, being found, their languages, their tokens."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.core import clock, ids
from footbridge.core.errors import DomainError, LimitReached
from footbridge.core.words import clean_line
from footbridge.journal.actions import record
from footbridge.people import tidy
from footbridge.people.actions.rows import held
from footbridge.people.agreements import agree, withdraw
from footbridge.people.models import AccessToken, Person
from footbridge.people.states import AgreedTo

MOST_TOKENS = 20
LONGEST_TOKEN = timedelta(days=366)


@transaction.atomic
def pause(*, actor: Person, until: date) -> Person:
    """Be left in peace: until that day nobody is suggested, asked or passed through."""
    if until < clock.today():
        raise DomainError(_("Choose a day to come."), field="until")
    row = held(Person, actor.id)
    if row.paused_until != until:
        row.paused_until = until
        row.save(update_fields=["paused_until"])
        record("people.paused", row.id, actor=row.id)
    return row


@transaction.atomic
def resume(*, actor: Person) -> Person:
    """End a pause before its day."""
    row = held(Person, actor.id)
    if row.paused_until is not None:
        row.paused_until = None
        row.save(update_fields=["paused_until"])
        record("people.resumed", row.id, actor=row.id)
    return row


@transaction.atomic
def be_findable_by_email(*, actor: Person, findable: bool) -> Person:
    """Let people who have one's address in their contacts see that one is here, or no longer."""
    row = held(Person, actor.id)
    if row.findable_by_email != findable:
        row.findable_by_email = findable
        row.save(update_fields=["findable_by_email"])
        (agree if findable else withdraw)(row, AgreedTo.BEING_FOUND)
        record("people.findable", row.id, actor=row.id)
    return row


@transaction.atomic
def speak(*, actor: Person, languages: Iterable[str]) -> Person:
    """Say which languages one speaks; messages come in the first that Footbridge knows."""
    row = held(Person, actor.id)
    tidied = tidy.languages(languages)
    if row.languages != tidied:
        row.languages, row.version = tidied, row.version + 1
        row.save(update_fields=["languages", "version"])
        record("people.changed", row.id, actor=row.id, facts={"fields": ["languages"]})
    return row


@transaction.atomic
def make_token(
    *, actor: Person, name: str, lasts: timedelta = timedelta(days=90)
) -> tuple[AccessToken, str]:
    """A token with which a program acts for a person, and its secret, which is shown this once."""
    row = held(Person, actor.id)
    tidied = clean_line(name)[:80]
    if not tidied:
        raise DomainError(_("Please give the token a name."), field="name")
    if not timedelta(0) < lasts <= LONGEST_TOKEN:
        raise DomainError(_("A token lasts a year at most."), field="lasts")
    if AccessToken.objects.filter(person=row).count() >= MOST_TOKENS:
        raise LimitReached(_("Remove a token that you no longer use first."))
    secret = ids.new_secret()
    token = AccessToken.objects.create(
        person=row,
        name=tidied,
        digest=hashlib.sha256(secret.encode()).hexdigest(),
        expires_at=clock.now() + lasts,
    )
    record("people.token_made", token.id, actor=row.id)
    return token, secret


@transaction.atomic
def drop_token(*, actor: Person, token_id: uuid.UUID) -> None:
    """Make one of one's own tokens worthless at once; one that is gone changes nothing."""
    gone, _each = AccessToken.objects.filter(id=token_id, person=actor).delete()
    if gone:
        record("people.token_dropped", token_id, actor=actor.id)
