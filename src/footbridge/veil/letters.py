"""Messages about what happens under the radar: they name nobody, and wait sealed."""

from __future__ import annotations

import uuid

from django.conf import settings

from footbridge.mail.sealed import reader_named, send_sealed
from footbridge.people.models import Person
from footbridge.people.queries import language_of
from footbridge.veil.profile import Profile


def reader(one: uuid.UUID) -> str:
    """Under which digest the letters of a listed or hidden person wait."""
    return reader_named(one.hex)


def to_person(person: Person, kind: str) -> None:
    """Tell a listed person that something waits for them."""
    language = language_of(person, person.chapter)
    send_sealed(kind, to_address=person.email or "", reader=reader(person.id), language=language)


def to_hidden(hidden_id: uuid.UUID, profile: Profile, kind: str) -> None:
    """Tell someone under the radar that something waits for them."""
    send_sealed(
        kind, to_address=profile.address, reader=reader(hidden_id), language=language(profile)
    )


def to_mailbox(hidden_id: uuid.UUID, profile: Profile, address: str, code: str) -> None:
    """Send a code to a mailbox at work, in words that tell nothing to who else may read it."""
    send_sealed(
        "veil_mailbox",
        to_address=address,
        reader=reader(hidden_id),
        language=language(profile),
        context={"code": code},
    )


def language(profile: Profile) -> str:
    """The language to write to someone in: their first that is known here."""
    known = {code for code, _name in settings.LANGUAGES}
    return next((code for code in profile.languages if code in known), settings.LANGUAGE_CODE)
