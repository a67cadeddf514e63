"""Where organisations work, and with whom: their places, their group, the people there."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import get_language

from footbridge.core import versions
from footbridge.people import policy
from footbridge.people.cards import MemberCard, card
from footbridge.people.gazetteer import country_name
from footbridge.people.models import Affiliation, Member, Place, Reach
from footbridge.people.policy import Viewer, current
from footbridge.people.queries.basics import by_ids, with_affiliations
from footbridge.people.states import Precision, Standing

MOST_SHOWN = 100


@dataclass(frozen=True)
class PlaceOfWork:
    """A place where an organisation works, through whom if not itself, and its people there as far
    as they show it."""

    name: str
    country: str
    through: MemberCard | None
    people: tuple[MemberCard, ...]


@dataclass(frozen=True)
class Group:
    """The organisation that heads a group, and the others of it."""

    head: MemberCard | None
    affiliates: tuple[MemberCard, ...]


@dataclass(frozen=True)
class SaidPlaces:
    """The places that an organisation named itself, and which version of them this is."""

    names: tuple[str, ...]
    version: str


def group_of(viewer: Viewer, organisation: Member) -> Group:
    """Its head, if it has one; and those that it heads."""
    below = with_affiliations(policy.visible_to(viewer)).filter(group=organisation.id)
    head = by_ids(viewer, [organisation.group_id] if organisation.group_id else [])
    return Group(
        head=next((card(viewer, one) for one in head.values()), None),
        affiliates=tuple(card(viewer, one) for one in below.order_by("folded", "id")[:MOST_SHOWN]),
    )


def works_in(viewer: Viewer, organisation: Member) -> list[PlaceOfWork]:
    """Where an organisation works besides its seat: itself, and through the others of its group;
    with the people there whom the viewer may see."""
    others = {
        one.id: one
        for one in with_affiliations(policy.visible_to(viewer)).filter(group=organisation.id)
    }
    everyone = [organisation.id, *others]
    sites = _sites(organisation, others)
    there = _people_of(viewer, everyone)
    return [
        PlaceOfWork(
            name=place.name,
            country=_country(place),
            through=card(viewer, others[through]) if through else None,
            people=tuple(_in(place, through or organisation.id, there)),
        )
        for through, place in sites[:MOST_SHOWN]
    ]


def _country(place: Place) -> str:
    language = (get_language() or "en").split("-")[0]
    return country_name(place.country, language) if place.country else ""


def _sites(
    organisation: Member, others: dict[uuid.UUID, Member]
) -> list[tuple[uuid.UUID | None, Place]]:
    """Its own places first, by name; then those of the others, each place of each once. Where
    another of the group sits or works, that one is named."""
    rows = Reach.objects.filter(organisation__in=[organisation.id, *others])
    named = [(one.organisation_id, one.place) for one in rows.select_related("place")]
    seats = [(one.id, one.place) for one in others.values() if one.place]
    own = organisation.id
    found = {(None if one == own else one, place.id): place for one, place in (*named, *seats)}
    through_others = {place_id for through, place_id in found if through is not None}
    found = {
        key: place
        for key, place in found.items()
        if key[0] is not None or key[1] not in through_others
    }
    in_order = sorted(found.items(), key=lambda one: (one[0][0] is not None, one[1].name))
    return [(through, place) for (through, _place), place in in_order]


def _people_of(
    viewer: Viewer, organisations: Iterable[uuid.UUID]
) -> list[tuple[uuid.UUID, Place, MemberCard]]:
    """Who works for one of these and shows the viewer both that and where they are."""
    rows = policy.affiliations_visible_to(viewer).filter(
        current(),
        policy.field_shown_to(viewer, "place", "person__"),
        Q(person__standing=Standing.JOINED, person__place__isnull=False),
        organisation__in=list(organisations),
    )
    known: list[Affiliation] = list(rows.select_related(None).order_by("person__folded", "id"))
    found = by_ids(viewer, {row.person_id for row in known})
    return [
        (row.organisation_id, place, card(viewer, member))
        for row in known
        if (member := found.get(row.person_id)) and (place := member.place)
    ]


def _in(
    place: Place, organisation: uuid.UUID, there: Iterable[tuple[uuid.UUID, Place, MemberCard]]
) -> list[MemberCard]:
    """The people of an organisation in a town, or anywhere in a country or an area."""
    found = {}
    for employer, town, person in there:
        same = town.id == place.id
        wide = place.precision == Precision.COUNTRY and town.country == place.country
        if employer == organisation and (same or wide):
            found[person.id] = person
    return list(found.values())


def places_said(viewer: Viewer, organisation: Member) -> SaidPlaces:
    """The places that an organisation named, to be changed."""
    rows = Reach.objects.filter(organisation=organisation.id).select_related("place")
    found = sorted(rows, key=lambda row: row.place.name)
    return SaidPlaces(
        names=tuple(str(row.place) for row in found),
        version=versions.of_choice(row.place_id for row in found),
    )
