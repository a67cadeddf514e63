"""One's own partnerships, what one is asked, where one may step in, and what hosts may know."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from footbridge.core import clock, links
from footbridge.core.audience import Operator
from footbridge.core.errors import LinkNotValid
from footbridge.core.prepared import prepared
from footbridge.core.reading import asked_once
from footbridge.partnerships import policy
from footbridge.partnerships.cards import AloneLine, AskedLine, HostLine, PartnershipLine
from footbridge.partnerships.models import Partnership, Party, Representative
from footbridge.partnerships.states import Kind, PartyState, State
from footbridge.people.models import Person
from footbridge.people.policy import Viewer, acted_for_ids

MOST_LISTED = 300


def list_for(viewer: Viewer) -> list[PartnershipLine]:
    """The partnerships that somebody stands in; those that go on first."""
    rows = list(policy.visible_to(viewer)[:MOST_LISTED])
    named = _names(rows)
    lines = [
        PartnershipLine(
            id=one.id,
            title=one.title,
            parties=named[one.id],
            kind_words=str(Kind(one.kind).label),
            state=one.state,
            state_words=str(State(one.state).label),
            review_on=one.review_on,
            is_over=one.is_over,
        )
        for one in rows
    ]
    far = clock.today().max
    return sorted(lines, key=lambda one: (one.is_over, one.review_on or far))


def _names(rows: Iterable[Partnership]) -> dict[uuid.UUID, tuple[str, ...]]:
    """The sides that are in each, by name."""
    found: dict[uuid.UUID, list[str]] = defaultdict(list)
    parties = Party.objects.filter(partnership__in=list(rows), state=PartyState.IN)
    for party in parties.select_related("member", "circle"):
        found[party.partnership_id].append(party.called)
    return defaultdict(tuple, {key: tuple(names) for key, names in found.items()})


def for_hosts(host: Viewer) -> list[HostLine]:
    """The partnerships of a host's chapters between sides that said yes."""
    rows = list(policy.cards_for_hosts(host).order_by("review_on", "title", "id")[:MOST_LISTED])
    named = _names(rows)
    return [
        HostLine(
            id=one.id,
            title=one.title,
            parties=named[one.id],
            state=one.state,
            state_words=str(State(one.state).label),
            review_on=one.review_on,
        )
        for one in rows
    ]


# What somebody is asked.


def asked(viewer: Viewer) -> list[AskedLine]:
    """What somebody is asked, the soonest to answer first."""
    return [asked_card(one) for one in policy.asked_of(viewer).order_by("expires_at", "id")]


def asked_card(party: Party) -> AskedLine:
    """What a side is asked: the words, who asks, and who is in it already."""
    one = party.partnership
    return AskedLine(
        id=party.id,
        title=one.title,
        party=party.called,
        purpose=one.purpose,
        what=one.what,
        kind_words=str(Kind(one.kind).label),
        asked_by=party.asked_by.name if party.asked_by else "",
        others=_names([one])[one.id],
        until=party.expires_at,
        state=party.state,
    )


def party_by_link(token: str) -> tuple[Person, Party]:
    """Whom a link was made for, and for which side they are asked. Changes nothing.

    Raises LinkNotValid when the link is altered, expired, or opens nothing any more.
    """
    link = links.read(token, policy.LINK_PURPOSE)
    rows: QuerySet[Party] = Party.objects.select_related(
        "partnership", "member", "circle", "asked__chapter", "asked_by"
    )
    party = rows.filter(id=link.thing, asked=link.person).first() if link.person else None
    if party is None or party.asked is None:
        raise LinkNotValid(_("This link opens nothing any more."))
    return party.asked, party


@asked_once
def waiting_for(person: Person) -> tuple[AskedLine, ...]:
    """What waits for somebody's yes; at once nothing, for most."""
    return tuple(asked(person)) if list(_asks(person.id)) else ()


@prepared
def _asks(person_id: uuid.UUID) -> QuerySet[Party, uuid.UUID]:
    rows = Party.objects.filter(asked=person_id, state=PartyState.PROPOSED).order_by()
    return rows.values_list("id", flat=True)[:1]


def alone(viewer: Viewer) -> list[AloneLine]:
    """The sides of organisations that somebody acts for, where nobody is left."""
    if isinstance(viewer, Operator):
        return []
    stands = Representative.objects.filter(party=OuterRef("pk"), until=None, person__isnull=False)
    rows = Party.objects.filter(member__in=acted_for_ids(viewer), state=PartyState.IN)
    rows = rows.exclude(Exists(stands)).exclude(partnership__state=State.CLOSED)
    return [
        AloneLine(id=one.id, title=one.partnership.title, party=one.called)
        for one in rows.select_related("partnership", "member").order_by("id")
    ]
