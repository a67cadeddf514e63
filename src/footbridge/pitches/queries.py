"""Reading cards, pitches, rehearsals and the shelf, always for a viewer."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from footbridge.core import clock, links
from footbridge.core.errors import LinkNotValid, NotHere
from footbridge.core.prepared import prepared
from footbridge.core.words import fold
from footbridge.network import policy as ties
from footbridge.network.states import TieState
from footbridge.people import queries as people
from footbridge.people.cards import MemberCard, card
from footbridge.people.models import Member, Person
from footbridge.people.policy import Viewer, acted_for_ids, introduced_ids
from footbridge.pitches import policy
from footbridge.pitches.cards import (
    InShoes,
    PitchCard,
    ReadingCard,
    RehearsalCard,
    WorthCard,
    pitch_card,
    reading_card,
    rehearsal_card,
    shoes,
    worth_card,
)
from footbridge.pitches.models import Giving, Pitch, Reading, Rehearsal, ShoesCard, Worth
from footbridge.pitches.states import Role, State

# In my shoes.


def card_of(viewer: Viewer, member: Member) -> InShoes | None:
    """The card of a member, as far as the viewer may read it. One's own side gets an empty one
    where nothing was written yet; whoever may not read it gets None, as if there were none."""
    is_mine = policy.speaks_for(viewer, member)
    row = policy.visible_to(viewer).filter(member=member.id).first()
    if row is None:
        return InShoes(card(viewer, member), is_mine=True) if is_mine else None
    return shoes(viewer, row, _given_to(viewer, row) if is_mine else None)


def may_read(viewer: Viewer, member: Member) -> bool:
    """Whether there is a card of a member that the viewer may read; cheap."""
    return policy.visible_to(viewer).filter(member=member.id).exists()


def get_card(viewer: Viewer, member: Member) -> ShoesCard:
    """The same as a row, to be given; NotHere where there is none to read."""
    row = policy.visible_to(viewer).filter(member=member.id).first()
    if row is None:
        raise NotHere
    return row


def _given_to(viewer: Viewer, row: ShoesCard) -> tuple[MemberCard, ...]:
    ids = list(Giving.objects.filter(card=row).values_list("to_id", flat=True))
    found = people.by_ids(viewer, ids) if ids else {}
    return tuple(card(viewer, found[one]) for one in ids if one in found)


def own_cards(viewer: Person) -> list[InShoes]:
    """The cards that one may write: one's own, and those of the organisations one acts for; each
    also where nothing stands on it yet."""
    members = people.by_ids(viewer, (viewer.id, *acted_for_ids(viewer)))
    found = (card_of(viewer, member) for member in members.values())
    return sorted(
        (one for one in found if one is not None and one.is_mine),
        key=lambda one: (one.member.id == viewer.id, one.member.name),
    )


def given_to(viewer: Person) -> list[InShoes]:
    """The cards that others gave to one's side, the latest first."""
    mine = (viewer.id, *acted_for_ids(viewer))
    rows = policy.givings_visible_to(viewer).filter(to__in=mine).exclude(card__member__in=mine)
    ids = list(dict.fromkeys(rows.order_by("-given_at", "id").values_list("card_id", flat=True)))
    found = {row.id: row for row in policy.visible_to(viewer).filter(id__in=ids)}
    _with_members(viewer, found.values())
    return [shoes(viewer, found[one], None) for one in ids if one in found]


def _with_members(viewer: Viewer, rows: Iterable[ShoesCard]) -> None:
    known = list(rows)
    found = people.by_ids(viewer, {row.member_id for row in known}) if known else {}
    for row in known:
        row.member = found.get(row.member_id, row.member)


# Pitches.


def get(viewer: Viewer, pitch_id: uuid.UUID | str) -> Pitch:
    """A pitch that one wrote or listens to, or NotHere."""
    found = policy.pitches_visible_to(viewer).filter(id=_id(pitch_id)).first()
    if found is None:
        raise NotHere
    return found


def get_own(viewer: Viewer, pitch_id: uuid.UUID | str) -> Pitch:
    """One of one's own, or NotHere."""
    found = policy.own(viewer).filter(id=_id(pitch_id)).first()
    if found is None:
        raise NotHere
    return found


def _id(said: uuid.UUID | str) -> uuid.UUID:
    try:
        return said if isinstance(said, uuid.UUID) else uuid.UUID(said)
    except ValueError as error:
        raise NotHere from error


def mine(viewer: Person) -> list[PitchCard]:
    """One's own pitches, the latest first."""
    return _cards(viewer, list(policy.own(viewer)))


def pitch_card_of(viewer: Viewer, pitch: Pitch) -> PitchCard:
    """The card of one pitch."""
    return _cards(viewer, [pitch])[0]


def _cards(viewer: Viewer, rows: list[Pitch]) -> list[PitchCard]:
    """Each in as many queries as one; who is hidden or gone has no card."""
    wanted = {
        one for row in rows for one in (row.target_id, row.on_behalf_of_id, row.contact_id) if one
    }
    found = people.by_ids(viewer, wanted | {row.author_id for row in rows}) if rows else {}
    for row in rows:
        if row.author_id in found:
            row.author = people.as_person(found[row.author_id])
    known = {one: card(viewer, found[one]) for one in wanted if one in found}
    return [pitch_card(viewer, row, known) for row in rows]


def own_worth(viewer: Person) -> WorthCard:
    """One's own sheet, also where it is empty."""
    return worth_card(policy.worth_of(viewer).first())


# Rehearsals.


def could_be_asked(
    viewer: Person, pitch: Pitch, *, text: str = "", most: int = 12
) -> list[MemberCard]:
    """Whom one may ask to listen: whom one knows first, then who is in one's chapter; by name
    where one looks for somebody."""
    rows = policy.peers_open_to(viewer, pitch)
    wanted = text.strip()
    if wanted:
        rows = rows.filter(folded__contains=fold(wanted))
    known = _known_to(viewer)
    near = list(rows.order_by("folded", "id").values_list("id", "chapter_id", "folded")[:2000])
    near.sort(key=lambda one: (one[0] not in known, one[1] != viewer.chapter_id, one[2]))
    chosen = [one[0] for one in near[:most]]
    found = people.by_ids(viewer, chosen) if chosen else {}
    return [card(viewer, found[one]) for one in chosen if one in found]


def _known_to(viewer: Person) -> set[uuid.UUID]:
    """Whom one said that one knows, who said so of one, and whom one met through the network."""
    said = ties.visible_to(viewer).filter(state=TieState.STATED).order_by()
    mine = said.filter(Q(teller=viewer.id) | Q(other=viewer.id))
    both = mine.values_list("teller_id", "other_id")
    return {one for pair in both for one in pair} | introduced_ids(viewer)


def get_peer(viewer: Person, pitch: Pitch, person_id: uuid.UUID | str) -> Person:
    """Somebody whom one may ask to listen, or NotHere."""
    found = policy.peers_open_to(viewer, pitch).filter(id=_id(person_id)).first()
    if found is None:
        raise NotHere
    return found


def get_rehearsal(viewer: Viewer, rehearsal_id: uuid.UUID | str) -> Rehearsal:
    """One rehearsal, or NotHere."""
    found = policy.rehearsals_visible_to(viewer).filter(id=_id(rehearsal_id)).first()
    if found is None or _is_over(viewer, found):
        raise NotHere
    return found


def _is_over(viewer: Viewer, row: Rehearsal) -> bool:
    """What was withdrawn is nothing to the peer any more."""
    return row.state == State.WITHDRAWN and policy.role_of(viewer, row) == Role.PEER


def rehearsals_of(viewer: Person, pitch: Pitch) -> list[RehearsalCard]:
    """Who was asked to listen to one's pitch, the latest first."""
    rows = policy.rehearsals_visible_to(viewer).filter(author=viewer, pitch=pitch.id)
    return _rehearsal_cards(viewer, list(rows.exclude(state=State.WITHDRAWN)))


def listens_to(viewer: Person) -> list[RehearsalCard]:
    """What one is asked to listen to, or listens to; what waits for an answer first."""
    rows = policy.rehearsals_visible_to(viewer).filter(peer=viewer)
    shown = rows.filter(state__in=(State.ASKED, State.AGREED))
    cards = [one for one in _rehearsal_cards(viewer, list(shown)) if one.moves]
    return sorted(cards, key=lambda one: one.state != State.ASKED)


def waiting_for(viewer: Person) -> list[RehearsalCard]:
    """What somebody is asked and can still answer, the oldest first."""
    if not _any_waits(viewer.id, clock.now()):  # as for most, most of the time
        return []
    rows = policy.rehearsals_visible_to(viewer).filter(peer=viewer, state=State.ASKED)
    waits = rows.filter(expires_at__gt=clock.now()).order_by("asked_at", "id")
    return _rehearsal_cards(viewer, list(waits))


@prepared
def _any_waits(person_id: uuid.UUID, now: datetime) -> QuerySet[Rehearsal, uuid.UUID]:
    rows = Rehearsal.objects.filter(peer=person_id, state=State.ASKED, expires_at__gt=now)
    return rows.order_by().values_list("id", flat=True)[:1]


def rehearsal_card_of(viewer: Person, row: Rehearsal) -> RehearsalCard:
    """The card of one rehearsal, with what the viewer may read of it."""
    return _rehearsal_cards(viewer, [row])[0]


def _rehearsal_cards(viewer: Person, rows: list[Rehearsal]) -> list[RehearsalCard]:
    others = {row.peer_id if row.author_id == viewer.id else row.author_id for row in rows}
    found = people.by_ids(viewer, others) if others else {}
    pitches = _pitches_in(viewer, rows)
    worths = _worths_in(viewer, rows)
    return [
        rehearsal_card(
            viewer,
            row,
            _other(viewer, row, found),
            pitches.get(row.pitch_id),
            worths.get(row.id),
        )
        for row in rows
    ]


def _other(viewer: Person, row: Rehearsal, found: dict[uuid.UUID, Member]) -> MemberCard:
    """Who asked is shown by name to whom they asked, even where they may not be looked up."""
    them = row.peer if row.author_id == viewer.id else row.author
    return card(viewer, found.get(them.id, them))


def _pitches_in(viewer: Person, rows: list[Rehearsal]) -> dict[uuid.UUID, PitchCard]:
    """What of the pitches the viewer may read: a peer, once they said yes."""
    ids = {row.pitch_id for row in rows}
    shown = list(policy.pitches_visible_to(viewer).filter(id__in=ids)) if ids else []
    return {one.id: one for one in _cards(viewer, shown)} if shown else {}


def _worths_in(viewer: Person, rows: list[Rehearsal]) -> dict[uuid.UUID, Worth]:
    shown = [row for row in rows if row.shows_worth and row.state == State.AGREED]
    found = ((row.id, policy.worth_shown_in(viewer, row).first()) for row in shown)
    return {one: worth for one, worth in found if worth is not None}


# Links.


def rehearsal_path(row: Rehearsal, person: Person) -> str:
    """The link that is one person's way to a rehearsal."""
    lasts = row.expires_at + policy.LINK_LASTS_AFTERWARDS - clock.now()
    token = links.sign(policy.LINK_PURPOSE, row.id, person.id, lasts=max(timedelta(days=1), lasts))
    return f"/rehearsal/{token}/"


def rehearsal_by_link(token: str) -> tuple[Person, Rehearsal]:
    """Whom a link was made for, and the rehearsal. Changes nothing.

    Raises LinkNotValid when the link is altered, expired, or opens nothing any more.
    """
    link = links.read(token, policy.LINK_PURPOSE)
    rows = Rehearsal.objects.select_related("author__chapter", "peer__chapter", "pitch")
    row = rows.filter(id=link.thing).first()
    both = (row.author, row.peer) if row else ()
    person = next((one for one in both if one.id == link.person), None)
    if row is None or person is None:
        raise LinkNotValid(_("This link opens nothing any more."))
    return person, row


# The shelf.


def shelf(viewer: Viewer, *, most: int = 100) -> list[ReadingCard]:
    """What one put there oneself first, then what others share; the latest first."""
    rows = list(policy.readings_visible_to(viewer)[:most])
    found = people.by_ids(viewer, {row.person_id for row in rows}) if rows else {}
    for row in rows:
        row.person = people.as_person(found.get(row.person_id, row.person))
    cards = [reading_card(viewer, row) for row in rows]
    return sorted(cards, key=lambda one: not one.is_mine)


def get_reading(viewer: Viewer, reading_id: uuid.UUID | str) -> Reading:
    """One thing on the shelf, or NotHere."""
    found = policy.readings_visible_to(viewer).filter(id=_id(reading_id)).first()
    if found is None:
        raise NotHere
    return found
