"""A look at one's own network, for oneself alone: where the people in one's address book, and
those whom one knows here, could be brought together around something.

It is worked out while the page is open, from what the book itself says and from what members show
to everyone. Nothing of it is kept, nobody is written to, and nothing of anybody else's book is in
it.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from footbridge.core.words import fold, listed, tokens
from footbridge.exchange.models import Cause
from footbridge.exchange.policy import cares_visible_to
from footbridge.exchange.queries import suggest_causes
from footbridge.network import queries as network
from footbridge.network.cards import ContactCard, Work
from footbridge.people import cards as people_cards
from footbridge.people import queries as people
from footbridge.people.cards import MemberCard
from footbridge.people.models import Member, Person
from footbridge.people.policy import Viewer, visible_to
from footbridge.people.states import Kind, Sector

FEWEST, MOST_NAMED, MOST_CLUSTERS = 3, 8, 12
# Reading a line takes a moment; so many different ones are read.
MOST_READ = 5_000

_SECTOR_WORDS: dict[Sector, frozenset[str]] = {
    Sector.PUBLIC: listed(
        """ministry municipality council government city county agency authority police
        ministerio municipio ayuntamiento alcaldia gobierno gobernacion agencia autoridad
        ministere mairie commune prefecture gouvernement agence autorite"""
    ),
    Sector.ACADEMIC: listed(
        """university college school institute faculty professor researcher academy
        universidad colegio escuela instituto facultad profesor profesora investigadora
        universite ecole institut faculte professeur chercheur chercheuse academie"""
    ),
    Sector.NONPROFIT: listed(
        """foundation charity ngo nonprofit association trust society volunteers church
        fundacion ong asociacion corporacion voluntarios iglesia cooperativa
        fondation benevoles eglise secours"""
    ),
    Sector.PRIVATE: listed(
        "ltd limited inc corp gmbh ag plc llc bank consulting sl srl banco sarl sas banque"
    ),
}


@dataclass(frozen=True)
class Known:
    """Somebody whom one knows: as one's book calls them, and as a member if they are one."""

    name: str
    position: str
    organisation: str
    member: MemberCard | None = None


@dataclass(frozen=True)
class Cluster:
    """People who have something in common, and could meet about it."""

    kind: str
    about: str
    people: tuple[Known, ...]
    total: int
    members: int
    organisations: int
    key: str = ""

    @property
    def more(self) -> int:
        return self.total - len(self.people)


@dataclass(frozen=True)
class Scan:
    """What was found, and out of how many."""

    clusters: tuple[Cluster, ...]
    contacts: int
    ties: int

    @property
    def is_empty(self) -> bool:
        return not self.clusters


@dataclass(frozen=True)
class _Read:
    """One person with what the book and the network say of where they stand."""

    known: Known
    place: str
    sector: str
    causes: frozenset[str]

    @cached_property
    def at(self) -> str:
        """How their organisation is compared."""
        return fold(self.known.organisation).strip()


def scan(viewer: Person) -> Scan:
    """Where one's own contacts and ties could be organised. Reads only what is the viewer's own
    and what they may see anyway."""
    contacts = network.my_contacts(viewer)
    ties = network.my_ties(viewer)
    around = _Around.of(viewer, contacts, [tie.other for tie in ties if tie.other.is_person])
    read = list(_people(contacts, around))
    return Scan(tuple(_clusters(read)), contacts=len(contacts), ties=len(ties))


@dataclass
class _Around:
    """The part of the network that the viewer's own people touch."""

    cards: Mapping[uuid.UUID, MemberCard]
    tied: Sequence[uuid.UUID]
    causes: Mapping[uuid.UUID, frozenset[str]]
    organisations: Mapping[str, Member]
    read: dict[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, viewer: Person, contacts: Sequence[ContactCard], tied: Sequence[MemberCard]
    ) -> _Around:
        """Look up, in a fixed number of queries, who of these is here and for what they work."""
        matched = {one.member_id for one in contacts if one.member_id}
        found = people.by_ids(viewer, {*matched, *(one.id for one in tied)})
        cards = {one: people_cards.card(viewer, member) for one, member in found.items()}
        named = _organisations(viewer, contacts)
        acted = {card.organisation_id for card in cards.values() if card.organisation_id}
        wanted = {*cards, *acted, *(one.id for one in named.values())}
        return cls(cards, [one.id for one in tied], _causes(viewer, wanted), named)

    def causes_in(self, text: str) -> frozenset[str]:
        """The causes that a line speaks of; each line is read once, and so many of them."""
        if text not in self.read and len(self.read) < MOST_READ:
            found = suggest_causes(text, get_language()) if text else []
            self.read[text] = frozenset(one.key for one in found)
        return self.read.get(text, frozenset())


def _organisations(viewer: Viewer, contacts: Iterable[ContactCard]) -> dict[str, Member]:
    """The organisations of this network that the book names."""
    names = sorted({fold(one.work.organisation).strip() for one in contacts} - {""})
    found: dict[str, Member] = {}
    for start in range(0, len(names), 500):
        rows = visible_to(viewer).filter(
            kind=Kind.ORGANISATION, folded__in=names[start : start + 500]
        )
        found |= {row.folded: row for row in rows}
    return found


def _causes(viewer: Viewer, members: set[uuid.UUID]) -> dict[uuid.UUID, frozenset[str]]:
    found: dict[uuid.UUID, set[str]] = {}
    rows = cares_visible_to(viewer).filter(member__in=members)
    for member, key in rows.values_list("member_id", "cause__key"):
        found.setdefault(member, set()).add(key)
    return {one: frozenset(keys) for one, keys in found.items()}


def _people(contacts: Iterable[ContactCard], around: _Around) -> Iterator[_Read]:
    """Each person once: those of the book, then those whom one knows here besides."""
    seen: set[uuid.UUID] = set()
    for one in contacts:
        card = around.cards.get(one.member_id) if one.member_id else None
        if card is not None:
            if card.id in seen:
                continue
            seen.add(card.id)
        yield _of_contact(one, card, around)
    for member_id in around.tied:
        if member_id in around.cards and member_id not in seen:
            seen.add(member_id)
            yield _of_member(around.cards[member_id], around)


def _of_contact(one: ContactCard, card: MemberCard | None, around: _Around) -> _Read:
    """What the book says goes first; what a member shows fills what it leaves open."""
    shown = _of_member(card, around) if card else None
    work = one.work
    name = work.organisation or (card.organisation if card else "")
    organisation = around.organisations.get(fold(name).strip())
    causes = around.causes_in(" ".join(filter(None, (work.organisation, work.position))))
    if organisation is not None:
        causes |= around.causes.get(organisation.id, frozenset())
    return _Read(
        known=Known(one.name, work.position or (card.role if card else ""), name, card),
        place=work.place or (shown.place if shown else ""),
        sector=_sector(organisation, work) or (shown.sector if shown else ""),
        causes=causes | (shown.causes if shown else frozenset()),
    )


def _of_member(card: MemberCard, around: _Around) -> _Read:
    causes = around.causes.get(card.id, frozenset())
    if card.organisation_id:
        causes |= around.causes.get(card.organisation_id, frozenset())
    known = Known(card.name, card.role, card.organisation, card)
    return _Read(known, card.place, card.sector, causes)


def _sector(organisation: Member | None, work: Work) -> str:
    """As the organisation itself says it, else as its name or the position tells."""
    if organisation is not None and organisation.sector:
        return organisation.sector
    said = set(tokens(f"{work.organisation} {work.position}"))
    return next((one.value for one, words in _SECTOR_WORDS.items() if said & words), "")


# Who has what in common.


def _clusters(read: Sequence[_Read]) -> list[Cluster]:
    """The groups that are worth a meeting: those around a cause first, and of each kind those
    that join most organisations."""
    labels = {one.key: one.label for one in Cause.objects.all()}
    found = [
        *_around("cause", read, lambda one: one.causes, lambda key: labels.get(key, key)),
        *_around("place", read, lambda one: _one(fold(one.place).strip()), _place_of(read)),
        *_around("organisation", read, lambda one: _one(one.at), _name_of(read)),
        *_around("sector", read, lambda one: _one(one.sector), _sector_words),
    ]
    order = ("cause", "place", "organisation", "sector")
    found.sort(key=lambda one: (order.index(one.kind), -one.organisations, -one.total, one.about))
    return list(_few_of_each(found))


def _few_of_each(found: Iterable[Cluster]) -> Iterator[Cluster]:
    """So many in all, and no kind more than a third of them: else one would hide the others."""
    counted: dict[str, int] = {}
    for one in found:
        counted[one.kind] = counted.get(one.kind, 0) + 1
        if counted[one.kind] <= MOST_CLUSTERS // 3:
            yield one


def _one(key: str) -> frozenset[str]:
    return frozenset((key,)) if key else frozenset()


def _around(
    kind: str,
    read: Iterable[_Read],
    keys: Callable[[_Read], Iterable[str]],
    words: Callable[[str], str],
) -> Iterator[Cluster]:
    by_key: dict[str, list[_Read]] = {}
    for one in read:
        for key in keys(one):
            by_key.setdefault(key, []).append(one)
    for key, found in by_key.items():
        if len(found) >= FEWEST:
            yield _cluster(kind, key, words(key), found)


def _cluster(kind: str, key: str, about: str, found: Sequence[_Read]) -> Cluster:
    """Members first, since they can be asked here; then by name."""
    order = sorted(found, key=lambda one: (one.known.member is None, fold(one.known.name)))
    return Cluster(
        kind=kind,
        about=about,
        people=tuple(one.known for one in order[:MOST_NAMED]),
        total=len(found),
        members=sum(one.known.member is not None for one in found),
        organisations=len({one.at for one in found if one.at}),
        key=key if kind in ("cause", "sector") else "",
    )


def _name_of(read: Iterable[_Read]) -> Callable[[str], str]:
    names = {one.at: one.known.organisation for one in read}
    return lambda key: names.get(key, key)


def _place_of(read: Iterable[_Read]) -> Callable[[str], str]:
    names = {fold(one.place).strip(): one.place for one in read}
    return lambda key: names.get(key, key)


def _sector_words(key: str) -> str:
    return str(Sector(key).label) if key in Sector.values else _("another sector")
