"""Everything that is kept about one person, for that person."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator

from footbridge.core import clock
from footbridge.core.errors import NotHere
from footbridge.journal.queries import by_actor
from footbridge.mail.queries import to_person
from footbridge.people import personal_data
from footbridge.people.models import Account, Invitation, Member, Person, PublicPage
from footbridge.people.policy import Viewer
from footbridge.people.states import FIELDS


def personal_export(viewer: Viewer, person: Person) -> dict[str, Any]:
    """All that the network holds about a person, room by room; for that person and the operator."""
    if isinstance(viewer, Person) and viewer.id != person.id:
        raise NotHere
    return {"made_at": clock.now().isoformat(), **personal_data.export_all(person)}


def export_of(person: Person) -> dict[str, Any]:
    """This room's part: who one is, what one is where, one's tokens and messages."""
    return {
        "person": _fields(Member.objects.filter(id=person.id), _PERSON_FIELDS),
        "account": _fields(Account.objects.filter(person=person), ["email", "date_joined"]),
        "passkeys": _fields(_passkeys_of(person), ["type", "created_at", "last_used_at"]),
        "identifiers": _fields(person.identifiers, ["scheme", "value"]),
        "affiliations": _fields(person.affiliations, _AFFILIATION_FIELDS),
        "hosting": _fields(person.hosting, ["chapter__name", "role", "since"]),
        "invitations": _fields(person.invitations, _INVITATION_FIELDS),
        "links_made": _fields(Invitation.objects.filter(made_by=person), _INVITATION_FIELDS),
        "introduced_to": _fields(person.acquaintances, ["other__name", "since"]),
        "public_page": _fields(PublicPage.objects.filter(person=person), _PAGE_FIELDS),
        "tokens": _fields(person.tokens, ["name", "made_at", "expires_at"]),
        "agreements": _fields(person.agreements, _AGREEMENT_FIELDS),
        "messages": _fields(to_person(person.id), _MESSAGE_FIELDS),
        "acts": _fields(by_actor(person.id), ["at", "verb", "subject"]),
    }


def _passkeys_of(person: Person) -> Any:
    return Authenticator.objects.filter(user=person.account_id).order_by("created_at", "id")


_INVITATION_FIELDS = ["chapter__name", "door", "note", "made_at", "expires_at", "used"]
_AGREEMENT_FIELDS = ["to", "wording", "language", "given_at", "withdrawn_at"]
_PAGE_FIELDS = ["slug", "may_be_listed", "since"]
_MESSAGE_FIELDS = ["kind", "to_address", "to_name", "subject", "text", "created_at"]
_PERSON_FIELDS = [
    "id",
    "name",
    "headline",
    "about",
    "sector",
    "stage",
    "place__name",
    "chapter__name",
    "languages",
    "website",
    "email",
    "standing",
    "created_at",
    "joined_at",
    "paused_until",
    "findable_by_email",
    "beyond_chapter",
    "asks_per_month",
    *(f"{field}_seen_by" for field in FIELDS),
]
_AFFILIATION_FIELDS = [
    "organisation__name",
    "role",
    "has_mandate",
    "since",
    "until",
    "confirmed_at",
]


def _fields(rows: Any, names: list[str]) -> list[dict[str, Any]]:
    return [
        {name.removesuffix("__name"): plain(row[name]) for name in names}
        for row in rows.values(*names)
    ]


def plain(value: Any) -> Any:
    """A value as JSON knows it."""
    if isinstance(value, uuid.UUID):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value
