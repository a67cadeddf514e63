"""Reading behind the veil: one's own, and what passed between two."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from footbridge.core import links
from footbridge.core.errors import NotHere
from footbridge.core.prepared import prepared
from footbridge.core.reading import asked_once
from footbridge.exchange import queries as exchange
from footbridge.network import queries as network
from footbridge.people.cards import card as member_card
from footbridge.people.models import Account, Person
from footbridge.people.queries import by_ids
from footbridge.people.states import Kind, Standing
from footbridge.veil import policy, sealing, store
from footbridge.veil.cards import ApproachCard, GladCard, GlanceCard, Name, Self
from footbridge.veil.guard import Service, lifted
from footbridge.veil.models import Approach, Glance, Hidden, StandingYes
from footbridge.veil.profile import Profile
from footbridge.veil.states import Seen, Step, Way

# Who somebody is.


def self_for(account: Account) -> Self | None:
    """The person under the radar behind a log-in identity; None for everyone else."""
    with lifted(Service.ENTERING):
        row = Hidden.objects.filter(account=sealing.digest("account", account.id.hex)).first()
        return store.self_in(row) if row else None


def account_at(address: str) -> Account | None:
    """The log-in identity of who is under the radar with this address, for the worker that
    answers a request to sign in."""
    with lifted(Service.ENTERING):
        wanted = sealing.digest("address", address.strip().lower())
        row = Hidden.objects.filter(address=wanted).first()
        found = store.profile_in(row).account if row else ""
    return Account.objects.filter(id=found).first() if found else None


def is_under_the_radar(address: str) -> bool:
    """Whether a code to sign in is to be sent to this address; asked by the worker alone."""
    with lifted(Service.ENTERING):
        return Hidden.objects.filter(address=sealing.digest("address", address)).exists()


def as_onlooker(me: Self) -> Person:
    """Someone under the radar as a viewer: a member whom no row names. They see what every
    member sees, and whatever asks for their ties, wishes or chapters finds none."""
    return Person(
        id=me.id, kind=Kind.PERSON, name=me.profile.name, standing=Standing.JOINED, chapter=None
    )


def name_to_vouch_for(token: str) -> str:
    """Whom a link asks to vouch for. Looking changes nothing."""
    link = links.read(token, "vouch")
    with lifted(Service.MEETING):
        return store.profile_in(policy.hidden_by_id(link.thing)).name


# Who would be glad to meet somebody like this.


def glad(me: Self) -> list[GladCard]:
    """Standing yeses that were said to somebody like this person, the latest last renewed first;
    then, for who is verified, those of others under the radar."""
    return [*_glad_people(me), *_glad_peers(me)]


def _glad_people(me: Self) -> list[GladCard]:
    covering = [yes for yes in policy.open_yeses() if policy.covers(yes, me.profile)]
    with lifted(Service.MEETING):
        away = policy.kept_from(me.profile, [yes.person_id for yes in covering])
        met = set(policy.approaches_of(me.id).values_list("other", flat=True))
    shown = [
        yes
        for yes in covering
        if yes.person_id not in away and policy.name_of_person(yes.person_id) not in met
    ]
    ids = [yes.person_id for yes in shown]
    vouches = network.vouch_counts(ids)
    members = by_ids(as_onlooker(me), ids)
    sectors = {one: member_card(as_onlooker(me), members[one]).sector for one in members}
    labels = _cause_labels(cause for yes in shown for cause in yes.causes)
    return [_glad_card(yes, vouches, labels, sectors.get(yes.person_id, "")) for yes in shown]


def _glad_card(
    yes: StandingYes, vouches: dict[uuid.UUID, int], labels: dict[str, str], sector: str
) -> GladCard:
    return GladCard(
        id=yes.id,
        words=yes.words,
        sector=sector,
        sectors=tuple(yes.sectors),
        causes=tuple(labels[one] for one in yes.causes if one in labels),
        vouches=vouches.get(yes.person_id, 0),
        since=yes.since.date() if yes.since else None,
    )


def _cause_labels(causes: Iterable[str]) -> dict[str, str]:
    return {str(cause.id): cause.label for cause in exchange.causes_by_ids(set(causes))}


def _glad_peers(me: Self) -> list[GladCard]:
    if not me.profile.is_verified:
        return []
    with lifted(Service.MEETING):
        met = set(policy.approaches_of(me.id).values_list("other", flat=True))
        peers = [(row, profile) for row, profile in _peers(me) if _is_new(row, met)]
    labels = _cause_labels(cause for _, profile in peers for cause in profile.causes)
    cards = [_peer_card(me, row, profile, labels) for row, profile in peers]
    return sorted(cards, key=lambda card: (str(card.since), card.id), reverse=True)


def _is_new(row: Hidden, met: set[str]) -> bool:
    return policy.name_of_hidden(row.id) not in met


def _peers(me: Self) -> Iterable[tuple[Hidden, Profile]]:
    """Others under the radar who are glad of peers, verified, and no colleagues."""
    for row in Hidden.objects.exclude(id=me.id):
        profile = store.profile_in(row)
        open_to = profile.glad_of_peers_since and profile.is_verified
        if open_to and policy.strangers(me.profile, profile):
            yield row, profile


def _peer_card(me: Self, row: Hidden, profile: Profile, labels: dict[str, str]) -> GladCard:
    return GladCard(
        id=_peer_id(me.id, row.id),
        words="",
        sector=profile.sector,
        sectors=(),
        causes=tuple(labels[one] for one in profile.causes if one in labels),
        vouches=len(profile.vouches),
        since=date.fromisoformat(profile.glad_of_peers_since),
        is_peer=True,
    )


def _peer_id(viewer: uuid.UUID, peer: uuid.UUID) -> uuid.UUID:
    """How one person under the radar names another: differently for each who looks."""
    return uuid.UUID(sealing.digest(f"peer:{viewer.hex}", peer.hex)[:32])


def glad_person(hidden: Hidden, yes_id: uuid.UUID) -> Person:
    """Whose standing yes this is, if it is for somebody like this; NotHere otherwise."""
    profile = store.profile_in(hidden)
    yes = policy.open_yeses().filter(id=yes_id).first()
    if yes is None or not policy.covers(yes, profile):
        raise NotHere
    if policy.kept_from(profile, [yes.person_id]):
        raise NotHere
    return yes.person


def glad_peer(hidden: Hidden, peer_id: uuid.UUID) -> Hidden | None:
    """Which person under the radar is meant, if any of those who may be met is."""
    me = store.self_in(hidden)
    if not me.profile.is_verified:
        return None
    found = (row for row, _ in _peers(me) if _peer_id(me.id, row.id) == peer_id)
    return next(found, None)


def standing_yes_of(person: Person) -> StandingYes | None:
    """What a listed person said in advance, for themself."""
    return StandingYes.objects.filter(person=person).first()


# What passed between two.


def my_approaches(me: Self) -> list[ApproachCard]:
    """What someone under the radar began, or met another under the radar by; latest first."""
    with lifted(Service.MEETING):
        mine = list(policy.approaches_of(me.id))
        to_me = list(policy.approaches_to(policy.name_of_hidden(me.id)))
        cards = [*_begun(me, mine), *(_from_peer(approach) for approach in to_me)]
    return sorted(cards, key=lambda card: (card.made_at, card.id), reverse=True)


def _begun(me: Self, approaches: list[Approach]) -> list[ApproachCard]:
    said = {approach.id: store.said_in(approach) for approach in approaches}
    people = [uuid.UUID(one["person"]) for one in said.values() if "person" in one]
    members = by_ids(as_onlooker(me), people)
    cards = []
    for approach in approaches:
        told = said[approach.id]
        step = store.shown_step(told)
        # Before both said yes to a standing yes there is no approach; a card names who was asked.
        member = members.get(uuid.UUID(told["person"])) if "person" in told else None
        card = _card(approach, told, step)
        cards.append(
            ApproachCard(
                **card,
                other=member_card(as_onlooker(me), member) if member else None,
                name=_peer_name(told) if "peer" in told else _member_name(member, step),
            )
        )
    return cards


def _card(approach: Approach, said: dict[str, Any], step: Step) -> dict[str, Any]:
    return {
        "id": approach.id,
        "way": Way(said["way"]),
        "step": step,
        "card": store.card_in(said),
        "made_at": store.moment(said["made_at"]),
        "until": store.moment(said["until"]) if step == Step.WAITING else None,
    }


def _member_name(member: Any, step: Step) -> Name | None:
    if member is None or step != Step.REVEALED:
        return None
    return Name(member.name, member.headline, member.about, "", member.email or "")


def _peer_name(said: dict[str, Any]) -> Name | None:
    row = Hidden.objects.filter(id=said["peer"]).first()
    return name_in(store.profile_in(row)) if row else None


def _from_peer(approach: Approach) -> ApproachCard:
    said = store.said_in(approach)
    name = name_in(store.profile_in(approach.hidden))
    return ApproachCard(**_card(approach, said, Step(said["step"])), name=name)


def name_in(profile: Profile) -> Name:
    """Who someone under the radar is, for the one other who said yes as well."""
    return Name(
        profile.name,
        profile.headline,
        profile.about,
        ", ".join(work.name for work in profile.work),
        profile.address,
        profile.languages,
    )


@asked_once
def approaches_for(person: Person) -> list[ApproachCard]:
    """What came to a listed person from under the radar: cards that wait for their answer, and
    those whom they met; latest first. What they refused, or what was taken back, is gone."""
    with lifted(Service.MEETING):
        rows = _approaches_to(policy.name_of_person(person.id))
        cards = [card for row in rows if (card := _received(row))]
    return sorted(cards, key=lambda card: (card.made_at, card.id), reverse=True)


_approaches_to = prepared(policy.approaches_to)


def _received(approach: Approach) -> ApproachCard | None:
    said = store.said_in(approach)
    step = Step(said["step"])
    if step == Step.REVEALED:
        name = name_in(store.profile_in(approach.hidden))
        return ApproachCard(**_card(approach, said, step), name=name)
    if step == Step.WAITING and store.shown_step(said) == Step.WAITING:
        return ApproachCard(**_card(approach, said, step))
    return None


def approach_for(person: Person, approach_id: uuid.UUID) -> ApproachCard:
    """One of them, or NotHere."""
    for card in approaches_for(person):
        if card.id == approach_id:
            return card
    raise NotHere


def waiting_for(person: Person) -> list[ApproachCard]:
    """The cards that wait for a listed person's answer."""
    return [card for card in approaches_for(person) if card.step == Step.WAITING]


# One's own access log, and everything that is held.


def glances(me: Self) -> list[GlanceCard]:
    """Who saw anything of someone under the radar, latest first."""
    with lifted(Service.OWN):
        told = [sealing.unseal(row.id, row.sealed) for row in Glance.objects.filter(hidden=me.id)]
    cards = [
        GlanceCard(store.moment(one["at"]), str(Seen(one["seen"]).label), one["by"], one["why"])
        for one in told
    ]
    return sorted(cards, key=lambda card: card.at, reverse=True)


def personal_export(me: Self) -> dict[str, Any]:
    """All that is held about someone under the radar, for them."""
    with lifted(Service.OWN):
        said = [store.said_in(one) for one in policy.approaches_of(me.id)]
    seen = [
        {**vars(card), "at": card.at.isoformat(), "what": str(card.what)} for card in glances(me)
    ]
    kept = {name: value for name, value in me.profile.to_json().items() if name != "account"}
    return {"profile": kept, "approaches": said, "access_log": seen}
