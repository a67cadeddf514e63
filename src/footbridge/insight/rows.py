"""The network's rows, read as columns: few queries, whatever the number of members.

Everyone is read, seen or not; `version.py` cuts what some viewer may not see before anything is
computed from it. Of each, only those fields are read that they show to all members: one network
answers everyone, so what is for some alone is not in it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from django.db.models import F, Q

from footbridge.core import clock
from footbridge.exchange.models import Cause, Skill
from footbridge.insight import tags, warmth
from footbridge.people.models import Affiliation, Member, Place
from footbridge.people.policy import current, is_open_to_members, open_to_members
from footbridge.people.states import Kind, Sector, Stage, Standing

SECTORS = tuple(Sector.values)
# One step after the other.
STAGES = tuple(Stage.values)
# The engine has one bit for each language; the last stands for all that come after.
LAST_BIT = 62

Array = np.ndarray[Any, Any]
Row = tuple[Any, ...]


@dataclass(eq=False)
class Rows:
    """Columns of members and lists of what they said, did and asked, under dense numbers.

    `columns` has one entry for each member, by ascending id; `lists` are columns of equal length
    under one heading ("needs/member", "needs/term" …); `names` say what numbers stand for, in an
    order that does not change when somebody is left out.
    """

    ids: Array
    columns: dict[str, Array]
    lists: dict[str, Array]
    names: dict[str, list[str]]

    @property
    def size(self) -> int:
        return len(self.ids)

    @cached_property
    def place_of(self) -> dict[str, dict[str, int]]:
        """For each kind of name, the number of each."""
        return {
            kind: {name: n for n, name in enumerate(names)} for kind, names in self.names.items()
        }

    @cached_property
    def place_of_member(self) -> dict[uuid.UUID, int]:
        """The number of each member, for work on everyone; `number_of` is for a few."""
        return {self.id_of(n): n for n in range(self.size)}

    @cached_property
    def _done(self) -> Array:
        """Who did what, as one ascending number for each of the two together."""
        if "done/member" not in self.lists:  # a version that was written before
            return np.zeros(0, np.int64)
        pairs = self.lists["done/member"].astype(np.int64) * len(self.names["terms"])
        return np.sort(pairs + self.lists["done/term"])

    def has_done(self, number: int, term: int) -> bool:
        """Whether a member told all members that they did what a term stands for."""
        wanted = number * len(self.names["terms"]) + term
        place = int(self._done.searchsorted(wanted))
        return place < len(self._done) and int(self._done[place]) == wanted

    def id_of(self, number: int) -> uuid.UUID:
        """Who a number stands for."""
        return uuid.UUID(bytes=bytes(self.ids[number]).ljust(16, b"\0"))

    def number_of(self, member_id: uuid.UUID) -> int | None:
        """The number of a member; None for one who is not in it."""
        if not self.size:
            return None
        at = int(self.ids.searchsorted(np.array(member_id.bytes, "S16")))
        return at if at < self.size and self.id_of(at) == member_id else None

    def place(self, member_id: uuid.UUID) -> int:
        """The number of a member who is in it; KeyError for one who is not."""
        number = self.number_of(member_id)
        if number is None:
            raise KeyError(member_id)
        return number

    def numbers_of(self, ids: Iterable[uuid.UUID]) -> set[int]:
        """The numbers of those of these members who are in it."""
        return {n for one in ids if (n := self.number_of(one)) is not None}


def read(only: Sequence[uuid.UUID] | None = None) -> Rows:
    """The network as it stands; or some members alone, for what they ask at this moment."""
    members = _members(only)
    number = {row[0]: n for n, row in enumerate(members)}
    towns = _towns({row[4] for row in members} if only is not None else None)
    names = _names(members, towns)
    acts_for = _present_affiliations(number, only)
    columns = _columns(members, number, towns, acts_for, names)
    lists, said = tags.read(number, only)
    lists |= _places(members, number, towns, only)
    if only is None:
        lists |= warmth.read(number)
    return Rows(
        ids=np.array([row[0].bytes for row in members], "S16"),
        columns=columns,
        lists=lists,
        names=names | said,
    )


def _members(only: Sequence[uuid.UUID] | None) -> list[Row]:
    found = Member.objects.order_by("id") if only is None else Member.objects.filter(id__in=only)
    columns = (
        "id", "kind", "sector", "chapter_id", "place_id", "languages", "standing",
        "paused_until", "group_id", "asks_per_month", "folded", "beyond_chapter",
        "stage", "place_seen_by", "languages_seen_by",
    )  # fmt: skip
    return sorted(_as_members_see(row) for row in found.values_list(*columns))


def _as_members_see(row: Row) -> Row:
    """Without a place or languages that are not for all members."""
    place = row[4] if is_open_to_members(row[13]) else None
    languages = row[5] if is_open_to_members(row[14]) else []
    return (*row[:4], place, languages, *row[6:13])


def _towns(only: set[uuid.UUID] | None) -> dict[uuid.UUID, Row]:
    places = Place.objects.all() if only is None else Place.objects.filter(id__in=only - {None})
    rows = places.values_list("id", "latitude", "longitude", "country")
    return {row[0]: row[1:] for row in rows}


def _names(members: list[Row], towns: dict[uuid.UUID, Row]) -> dict[str, list[str]]:
    return {
        "chapters": sorted({row[3].hex for row in members if row[3]}),
        "countries": sorted({towns[row[4]][2] for row in members if row[4]}),
        "languages": _languages(members),
    }


def _languages(members: list[Row]) -> list[str]:
    """Languages in order, first those of members whom everyone sees: who is on a host's list
    moves nobody's bit."""
    shown = {tongue for row in members if _is_listed(row) for tongue in row[5]}
    others = {tongue for row in members for tongue in row[5]} - shown
    return sorted(shown) + sorted(others)


def _is_listed(row: Row) -> bool:
    return bool(row[1] == Kind.ORGANISATION or row[6] == Standing.JOINED)


def _present_affiliations(
    number: dict[uuid.UUID, int], only: Sequence[uuid.UUID] | None
) -> list[tuple[int, int]]:
    """Who acts for which organisation now, a mandate first, then the latest."""
    rows = Affiliation.objects.filter(current(), open_to_members("work", "person__"))
    if only is not None:
        rows = rows.filter(person__in=only)
    in_order = rows.order_by("-has_mandate", F("since").desc(nulls_last=True), "id")
    pairs = in_order.values_list("person_id", "organisation_id")
    return [
        (number[person], number[organisation])
        for person, organisation in pairs
        if person in number and organisation in number
    ]


def _columns(
    members: list[Row],
    number: dict[uuid.UUID, int],
    towns: dict[uuid.UUID, Row],
    acts_for: list[tuple[int, int]],
    names: dict[str, list[str]],
) -> dict[str, Array]:
    """One number per member and column. People stand in the sector of the organisation they act
    for, unless they named their own; an organisation is its own organisation."""
    today = clock.today()
    place_of = {kind: {name: n for n, name in enumerate(known)} for kind, known in names.items()}
    is_organisation = np.array([row[1] == Kind.ORGANISATION for row in members], bool)
    joined = np.array([row[6] == Standing.JOINED for row in members], bool)
    organisation = _organisations(is_organisation, acts_for)
    own = np.array([SECTORS.index(row[2]) if row[2] else -1 for row in members], np.int16)
    stage = np.array([STAGES.index(row[12]) if row[12] else -1 for row in members], np.int16)
    group = _groups(members, number)
    chapters, countries = place_of["chapters"], place_of["countries"]
    return {
        "kind": is_organisation.astype(np.uint8),
        "joined": joined,
        "listed": is_organisation | joined,
        "paused": np.array([row[7] is not None and row[7] >= today for row in members], bool),
        "spoken_for": _spoken_for(joined, acts_for),
        "at_home": np.array([not row[11] for row in members], bool),
        "asks_per_month": np.array([row[9] for row in members], np.int32),
        "sector": _by_employer(own, organisation),
        "stage": _by_employer(stage, organisation),
        "organisation": organisation,
        "group": _of_employer(group, organisation),
        "chapter": np.array([chapters[row[3].hex] if row[3] else -1 for row in members], np.int32),
        "country": np.array(
            [countries[towns[row[4]][2]] if row[4] else -1 for row in members], np.int16
        ),
        "languages": np.array([_bits(row[5], place_of["languages"]) for row in members], np.uint64),
        "by_name": _places_in_order([row[10] for row in members]),
    }


def _organisations(is_organisation: Array, acts_for: list[tuple[int, int]]) -> Array:
    organisation = np.where(is_organisation, np.arange(len(is_organisation)), -1).astype(np.int32)
    for person, at in reversed(acts_for):
        organisation[person] = at
    return organisation


def _groups(members: list[Row], number: dict[uuid.UUID, int]) -> Array:
    """The organisation that heads each organisation's group, itself if it heads one."""
    group = np.array([number.get(row[8], -1) if row[8] else -1 for row in members], np.int32)
    everyone = np.arange(len(group), dtype=np.int32)
    return np.where((group < 0) & np.isin(everyone, group[group >= 0]), everyone, group)


def _by_employer(own: Array, organisation: Array) -> Array:
    return np.where(own >= 0, own, _of_employer(own, organisation))


def _of_employer(column: Array, organisation: Array) -> Array:
    if not len(column):
        return column
    return np.where(organisation >= 0, column[np.maximum(organisation, 0)], -1)


def _spoken_for(joined: Array, acts_for: list[tuple[int, int]]) -> Array:
    """Organisations for which somebody who joined acts: people meet people, so an organisation
    stands for itself only while nobody does. Who is only on a host's list speaks for nobody."""
    spoken_for = np.zeros(len(joined), bool)
    for person, organisation in acts_for:
        spoken_for[organisation] |= joined[person]
    return spoken_for


def _bits(spoken: list[str], bits: dict[str, int]) -> int:
    found = 0
    for tongue in spoken:
        found |= 1 << min(bits[tongue], LAST_BIT)
    return found


def _places_in_order(names: list[str]) -> Array:
    """The place of each member when all are ordered by name."""
    order = sorted(range(len(names)), key=lambda n: (names[n], n))
    places = np.empty(len(names), np.int32)
    places[np.array(order, np.int64)] = np.arange(len(names), dtype=np.int32)
    return places


def _places(
    members: list[Row],
    number: dict[uuid.UUID, int],
    towns: dict[uuid.UUID, Row],
    only: Sequence[uuid.UUID] | None,
) -> dict[str, Array]:
    """Where members are, and where organisations work besides."""
    found = [(n, *towns[row[4]][:2]) for n, row in enumerate(members) if row[4]]
    found += tags.reach(number, only)
    columns = list(zip(*found, strict=True)) or [(), (), ()]
    return {
        "places/member": np.array(columns[0], np.int32),
        "places/north": np.array(columns[1], np.float64),
        "places/east": np.array(columns[2], np.float64),
    }


def skill_labels(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The labels of some skills, in the reader's language."""
    return {skill.id: skill.label for skill in Skill.objects.filter(id__in=list(ids))}


def cause_labels(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The labels of some causes, in the reader's language."""
    return {cause.id: cause.label for cause in Cause.objects.filter(id__in=list(ids))}


def organisations_around(member_id: uuid.UUID) -> list[uuid.UUID]:
    """The organisations someone acts for, and those that head their groups."""
    acting = Affiliation.objects.filter(current(), person=member_id)
    found = Member.objects.filter(Q(id=member_id) | Q(id__in=acting.values("organisation")))
    return sorted(
        {one for row in found.values_list("id", "group_id") for one in row if one} - {member_id}
    )
