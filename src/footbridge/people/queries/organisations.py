"""Who is what in an organisation, and whom to turn to there."""

from __future__ import annotations

import uuid

from django.db.models import F, Q

from footbridge.core import clock
from footbridge.core.errors import NotHere
from footbridge.people import policy, roles
from footbridge.people.cards import (
    AffiliationCard,
    EntryContact,
    card,
)
from footbridge.people.models import (
    Affiliation,
    Member,
    Person,
)
from footbridge.people.policy import Anyone, Viewer, current
from footbridge.people.queries.basics import as_id, by_ids
from footbridge.people.states import Inside, Standing


def affiliations_of(viewer: Anyone, member: Member) -> list[AffiliationCard]:
    """What a person is or was where, or who is or was what in an organisation; present first."""
    field = "person_id" if member.is_person else "organisation_id"
    rows = list(
        policy.affiliations_visible_to(viewer)
        .select_related(None)
        .filter(**{field: member.id})
        .order_by(F("until").desc(nulls_first=True), F("since").desc(nulls_last=True), "id")
    )
    ids = {row.person_id for row in rows} | {row.organisation_id for row in rows}
    found = by_ids(viewer, ids)
    return [_affiliation_card(viewer, row, found) for row in rows]


def _affiliation_card(
    viewer: Anyone, row: Affiliation, found: dict[uuid.UUID, Member]
) -> AffiliationCard:
    return AffiliationCard(
        id=row.id,
        person=card(viewer, found[row.person_id]),
        organisation=card(viewer, found[row.organisation_id]),
        role=row.role,
        has_mandate=row.has_mandate,
        since=row.since,
        until=row.until,
        is_current=row.is_current,
        is_confirmed=row.confirmed_at is not None,
    )


def unconfirmed_claims(viewer: Person, *, most: int | None = None) -> list[AffiliationCard]:
    """Claims of others that a viewer may confirm: of colleagues, and of the people they host; all
    of them, or so many."""
    theirs = Q(organisation__in=policy.acted_for_ids(viewer))
    hosted = Q(person__chapter__in=policy.hosted_ids(viewer))
    open_claims = Affiliation.objects.filter(theirs | hosted, confirmed_at__isnull=True)
    if not open_claims.exclude(person_id=viewer.id).exists():  # as for most, most of the time
        return []
    rows = policy.affiliations_visible_to(viewer).filter(
        current(), theirs | hosted, confirmed_at__isnull=True, person__standing=Standing.JOINED
    )
    others = rows.select_related(None).exclude(person_id=viewer.id)
    claims = list(others.order_by("since", "id")[:most])
    found = by_ids(viewer, {i for row in claims for i in (row.person_id, row.organisation_id)})
    return [_affiliation_card(viewer, row, found) for row in claims]


def get_affiliation(viewer: Viewer, affiliation_id: uuid.UUID | str) -> Affiliation:
    """One affiliation, or NotHere."""
    wanted = as_id(str(affiliation_id))
    shown = policy.affiliations_visible_to(viewer)
    found = shown.filter(id=wanted).first() if wanted else None
    if found is None:
        raise NotHere
    return found


def acted_for_by(viewer: Viewer) -> list[Member]:
    """The organisations that someone acts for today, by name."""
    return list(
        policy.acted_for_by(viewer).select_related("place", "chapter").order_by("name", "id")
    )


def best_entry_contacts(viewer: Viewer, organisation: Member, top: int = 3) -> list[EntryContact]:
    """Whom to turn to in an organisation first, and why them: a mandate, then those whose work is
    to reach out, then others, and the head last. Who pauses is left in peace."""
    rows = _people_inside(viewer, organisation)
    found = by_ids(viewer, {row.person_id for row in rows})
    ranked: dict[uuid.UUID, tuple[roles.Rank, Affiliation]] = {}
    for row in rows:
        rank = roles.rank(row.role, has_mandate=row.has_mandate)
        if row.person_id not in ranked or rank < ranked[row.person_id][0]:
            ranked[row.person_id] = (rank, row)
    order = sorted(ranked.values(), key=lambda one: (one[0], one[1].person.folded, one[1].id))
    return [
        EntryContact(card(viewer, found[row.person_id]), row.role, rank.why, int(rank))
        for rank, row in order[:top]
    ]


def inside(viewer: Viewer, organisation: Member) -> Inside:
    """Whether an organisation has someone inside who can carry a thing through, as far as the
    viewer may know."""
    rows = _people_inside(viewer, organisation)
    if any(row.has_mandate for row in rows):
        return Inside.CHAMPION
    return Inside.PEOPLE if rows else Inside.VACUUM


def _people_inside(viewer: Viewer, organisation: Member) -> list[Affiliation]:
    rows = policy.affiliations_visible_to(viewer).filter(
        current(), organisation_id=organisation.id, person__standing=Standing.JOINED
    )
    return list(rows.exclude(person__paused_until__gte=clock.today()))
