"""Members one by one and by the handful, and who is signed in."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from footbridge.core import clock, links
from footbridge.core.audience import Operator
from footbridge.core.errors import LinkNotValid, NotHere
from footbridge.core.prepared import prepared
from footbridge.core.words import base_language, clean_line
from footbridge.people import policy, tidy
from footbridge.people.cards import (
    TokenCard,
    present_affiliations,
)
from footbridge.people.models import (
    AccessToken,
    Account,
    Affiliation,
    Chapter,
    Member,
    Organisation,
    Person,
)
from footbridge.people.policy import Anyone, Viewer, hosted_by, visible_to
from footbridge.people.states import Kind, Standing

# So many are shown at once, mostly.
A_PAGE = 20

# One member.


def get(viewer: Viewer, member_id: uuid.UUID | str) -> Member:
    """One member, or NotHere: missing and hidden answer alike."""
    wanted = as_id(str(member_id))
    found = visible_to(viewer).filter(id=wanted).first() if wanted else None
    if found is None:
        raise NotHere
    return found


def get_person(viewer: Viewer, person_id: uuid.UUID | str) -> Person:
    """One person, or NotHere."""
    return as_person(get(viewer, person_id))


def as_person(member: Member) -> Person:
    """The same row with a person's face; NotHere if it is an organisation."""
    if not member.is_person:
        raise NotHere
    member.__class__ = Person
    return member  # type: ignore[return-value]


def as_organisation(member: Member) -> Organisation:
    """The same row with an organisation's face; NotHere if it is a person."""
    if member.is_person:
        raise NotHere
    member.__class__ = Organisation
    return member  # type: ignore[return-value]


def find(viewer: Viewer, name_or_email: str) -> Member | None:
    """The member whom a name, an address or an id stands for, if the viewer may see them. Of two
    with one name, the one spelled exactly so comes first, then the one who was here first."""
    wanted = name_or_email.strip()
    shown = visible_to(viewer)
    if "@" in wanted:
        return shown.filter(_address_known_to(viewer), email=wanted.lower()).first()
    if found_id := as_id(wanted):
        return shown.filter(id=found_id).first()
    same = list(shown.filter(folded=tidy.folded(wanted)).order_by("created_at", "id")[:100])
    return min(same, key=lambda member: member.name != wanted, default=None)


def _address_known_to(viewer: Viewer) -> Q:
    """Whose address a viewer may ask for: their own, their lists', and who chose to be findable."""
    if isinstance(viewer, Operator):
        return Q()
    return Q(id=viewer.id) | Q(findable_by_email=True) | Q(chapter__in=hosted_by(viewer))


def as_id(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


# Many members.


def with_affiliations(members: QuerySet[Member]) -> QuerySet[Member]:
    """Have the present affiliations at hand without a query per row: `member.now_at`."""
    return members.prefetch_related(
        Prefetch("affiliations", present_affiliations(), to_attr="now_at")
    )


def by_ids(viewer: Anyone, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Member]:
    """Those of these members whom the viewer may see, by id."""
    wanted = list(ids)
    if not wanted:
        return {}
    rows = visible_to(viewer).filter(id__in=wanted)
    if len(wanted) > A_PAGE:
        return {member.id: member for member in with_affiliations(rows)}
    shown = {member.id: member for member in rows}
    for member in shown.values():
        member.now_at = []  # type: ignore[attr-defined]
    for one in _affiliations_of(list(shown)):
        shown[one.person_id].now_at.append(one)  # type: ignore[attr-defined]
    return shown


def _affiliations_of(ids: list[uuid.UUID]) -> list[Affiliation]:
    """Of a page of members, by one statement however many they are."""
    filled = ids + ids[-1:] * (A_PAGE - len(ids))
    return _present_of(clock.today(), *filled) if ids else []


@prepared
def _present_of(day: date, *ids: uuid.UUID) -> QuerySet[Affiliation]:
    return present_affiliations(on=day).filter(person__in=ids)


def listed_people(viewer: Viewer) -> QuerySet[Member]:
    """People whom a viewer may see who joined."""
    return visible_to(viewer).filter(kind=Kind.PERSON, standing=Standing.JOINED)


# Who is signed in.


def for_account(account: Account) -> Person | None:
    """The person behind a log-in identity."""
    return next(iter(_of_account(account.id)), None)


@prepared
def _of_account(account_id: uuid.UUID) -> QuerySet[Person]:
    return Person.objects.filter(account=account_id).select_related("chapter", "place")


def for_token(secret: str) -> Person | None:
    """The person for whom a program acts, if its token is known and in time."""
    digest = hashlib.sha256(secret.encode()).hexdigest()
    found = AccessToken.objects.filter(digest=digest, expires_at__gt=clock.now())
    token = found.select_related("person__chapter", "person__place").first()
    return token.person if token and token.person.has_joined else None


def tokens(viewer: Viewer) -> list[TokenCard]:
    """The tokens of one's own programs, newest first."""
    rows = policy.tokens_visible_to(viewer)
    return [TokenCard(row.id, row.name, row.made_at, row.expires_at) for row in rows]


def language_of(person: Person, chapter: Chapter | None) -> str:
    """The language to write to someone in: their first that is known here, else the chapter's."""
    known = [code for code, _name in settings.LANGUAGES]
    wished = [base_language(code) for code in person.languages]
    fallback = [base_language(chapter.language)] if chapter else []
    return next((code for code in [*wished, *fallback] if code in known), settings.LANGUAGE_CODE)


def person_of_link(link: links.Link) -> Person:
    """The person for whom a signed link was made, who acts by it without signing in.

    LinkNotValid if they are gone, so that the page says the same as for any link gone stale.
    """
    found = Person.objects.select_related("chapter", "place").filter(id=link.person or link.thing)
    person = found.first()
    if person is None:
        raise LinkNotValid(_("This link is no longer good."))
    return person


def organisation_named(viewer: Viewer, name: str) -> Organisation | None:
    """The organisation of a name that someone typed, in whatever case and accents; None where
    there is none."""
    typed = clean_line(name)
    shown = visible_to(viewer).filter(kind=Kind.ORGANISATION)
    same = list(shown.filter(folded=tidy.folded(typed)).order_by("created_at", "id")[:100])
    found = min(same, key=lambda member: member.name != typed, default=None)
    return as_organisation(found) if found else None
