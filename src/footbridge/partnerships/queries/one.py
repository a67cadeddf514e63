"""One partnership with its sides, its people and what may be done."""

from __future__ import annotations

import uuid
from collections import defaultdict

from footbridge.core.audience import Operator
from footbridge.core.errors import NotHere
from footbridge.partnerships import guards, policy, rules, steps
from footbridge.partnerships.cards import (
    DeepeningCard,
    ExitLine,
    PartnershipCard,
    PartyCard,
    PersonLine,
)
from footbridge.partnerships.models import Deepening, Depth, Partnership, Party, Representative
from footbridge.partnerships.states import (
    DEEPER,
    ExitItem,
    Kind,
    Mark,
    PartyRole,
    PartyState,
    Proposal,
    Role,
    State,
)
from footbridge.people.models import Person
from footbridge.people.policy import Viewer
from footbridge.people.states import Sector, Size


def get(viewer: Viewer, partnership_id: uuid.UUID | str) -> Partnership:
    """A partnership that somebody stands in, or NotHere."""
    found = policy.visible_to(viewer).filter(id=partnership_id).first()
    if found is None:
        raise NotHere
    return found


def get_party(viewer: Viewer, partnership: Partnership, party_id: uuid.UUID | str) -> Party:
    """A side that somebody may know of, or NotHere."""
    found = policy.parties_visible_to(viewer, partnership).filter(id=party_id).first()
    if found is None:
        raise NotHere
    found.partnership = partnership
    return found


def get_representative(
    viewer: Viewer, partnership: Partnership, row_id: uuid.UUID | str
) -> Representative:
    """Somebody who stands for a side, or NotHere."""
    rows = Representative.objects.select_related("person", "party")
    found = rows.filter(id=row_id, party__partnership=partnership).first()
    if found is None:
        raise NotHere
    return found


def get_asked(viewer: Person, party_id: uuid.UUID | str) -> Party:
    """A side for whose yes somebody is asked, whatever they said; or a side where nobody is left;
    else NotHere."""
    rows = Party.objects.select_related("partnership", "member", "circle", "asked", "asked_by")
    found = rows.filter(id=party_id).first()
    if found is None or not _concerns(viewer, found):
        raise NotHere
    return found


def _concerns(viewer: Person, party: Party) -> bool:
    if party.asked_id == viewer.id:
        return True
    is_group = party.member_id is None and party.circle_id is None
    return party.is_in and not is_group and policy.may_stand_for(viewer, party)


def get_card(viewer: Viewer, partnership_id: uuid.UUID | str) -> PartnershipCard:
    """Everything that somebody who stands in it sees of it; or NotHere."""
    one = get(viewer, partnership_id)
    parties = list(policy.parties_visible_to(viewer, one))
    cards = _party_cards(viewer, one, parties)
    standing = [party for party in parties if party.state == PartyState.IN]
    deeper = [(kind.value, str(kind.label)) for kind in DEEPER[Kind(one.kind)]]
    return PartnershipCard(
        id=one.id,
        title=one.title,
        purpose=one.purpose,
        what=one.what,
        community_gain=one.community_gain,
        kind=one.kind,
        kind_words=str(Kind(one.kind).label),
        is_formal=one.is_formal,
        state=one.state,
        state_words=str(State(one.state).label),
        begins_on=one.begins_on,
        ends_on=one.ends_on,
        review_on=one.review_on,
        currency=one.currency,
        starter=one.starter,
        closing_words=one.closing_words,
        verdict=rules.verdict_of(standing),
        parties=cards,
        steps=steps.steps_of(one),
        missing=tuple(guards.missing(one)) if one.state == State.FORMING else (),
        moves=tuple(policy.moves(viewer, one)),
        deepening=_deepening(viewer, one, standing),
        deeper=tuple(deeper),
        exit_list=_exit_list(one),
        version=one.version,
    )


def _party_cards(viewer: Viewer, one: Partnership, parties: list[Party]) -> tuple[PartyCard, ...]:
    """The sides with their people, in a number of queries that does not grow with them."""
    people: dict[uuid.UUID, list[Representative]] = defaultdict(list)
    rows = Representative.objects.filter(party__in=parties).select_related("person")
    for row in rows:
        people[row.party_id].append(row)
    marks = dict(Depth.objects.filter(party__in=parties).values_list("party_id", "marks"))
    moves = policy.moves(viewer, one)
    return tuple(
        _party_card(viewer, party, people[party.id], marks.get(party.id, {}), bool(moves))
        for party in parties
    )


def _party_card(
    viewer: Viewer,
    party: Party,
    rows: list[Representative],
    marks: dict[str, int],
    may_act: bool,
) -> PartyCard:
    me = None if isinstance(viewer, Operator) else viewer.id
    here = [row for row in rows if row.is_current]
    mine = [row for row in here if row.person_id == me]
    i_speak = any(row.role in ("steward", "deputy", "signatory") for row in mine)
    depth = rules.depth_of(marks.values())
    stewards = {row.person_id for row in here if row.role in (Role.STEWARD, Role.DEPUTY)}
    is_proposed = party.state == PartyState.PROPOSED
    return PartyCard(
        id=party.id,
        name=party.called,
        what_it_is=_what(party),
        member_id=party.member_id,
        role=party.role,
        role_words=str(PartyRole(party.role).label),
        state=party.state,
        state_words=str(PartyState(party.state).label),
        sector=party.sector,
        sector_words=str(Sector(party.sector).label) if party.sector else "",
        counts_as=party.counts_as,
        shares_profits=party.shares_profits,
        size=party.size,
        size_words=str(Size(party.size).label) if party.size else "",
        size_scheme=party.size_scheme,
        group=party.group,
        gain=party.gain,
        asked=party.asked.name if party.asked and not party.is_in else "",
        until=party.expires_at if is_proposed else None,
        people=tuple(_person(row, me) for row in here),
        gone=tuple(_person(row, me) for row in rows if not row.is_current),
        is_green=len(stewards) >= policy.STEWARDS_WANTED,
        is_mine=bool(mine) and party.is_in,
        i_speak=i_speak and party.is_in,
        may_be_changed=may_act and (i_speak or is_proposed),
        depth=depth,
        depth_words=str(Mark(depth).label) if depth else "",
        version=party.version,
    )


def _what(party: Party) -> str:
    if party.member_id is not None:
        return "member"
    return "circle" if party.circle_id is not None else "group"


def _person(row: Representative, me: uuid.UUID | None) -> PersonLine:
    return PersonLine(
        id=row.id,
        person_id=row.person_id,
        name=row.called,
        role=row.role,
        role_words=str(Role(row.role).label),
        since=row.since,
        until=row.until,
        is_me=row.person_id is not None and row.person_id == me,
    )


def _deepening(viewer: Viewer, one: Partnership, standing: list[Party]) -> DeepeningCard | None:
    row: Deepening | None = one.deepenings.filter(state=Proposal.OPEN).first()
    if row is None:
        return None
    yeses = set(row.yeses.values_list("party_id", flat=True))
    mine = policy.party_of(viewer, one)
    core = [party for party in standing if party.role == PartyRole.CORE]
    return DeepeningCard(
        id=row.id,
        to_kind=row.to_kind,
        to_words=str(Kind(row.to_kind).label),
        why=row.why,
        waits_for=tuple(party.called for party in core if party.id not in yeses),
        i_said_yes=mine is not None and mine.id in yeses,
    )


def _exit_list(one: Partnership) -> tuple[ExitLine, ...]:
    if one.state not in (State.CLOSING, State.CLOSED):
        return ()
    done = set(one.exit_items.values_list("key", flat=True))
    return tuple(ExitLine(item.value, str(item.label), item.value in done) for item in ExitItem)
