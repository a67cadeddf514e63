"""The side that asks, as the engine is told of it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from footbridge.core.audience import Operator
from footbridge.engine import fit
from footbridge.engine.snapshot import Snapshot
from footbridge.insight import network, rows, version, warmth
from footbridge.insight.rows import Rows
from footbridge.insight.version import Network, Told, View
from footbridge.people.models import Member
from footbridge.people.policy import Viewer, id_of

Array = np.ndarray[Any, Any]
SAME_STRENGTH = 1e-6


@dataclass(frozen=True)
class Asker:
    """Someone in a view, or beside it: `number` is theirs, `never` who they were in it before."""

    snapshot: Snapshot
    query: fit.Query
    never: frozenset[int] = frozenset()

    @property
    def number(self) -> int:
        return self.query.member


def of(view: View, held: Network, viewer: Viewer, member: Member) -> Asker:
    """A member with all they said until this moment.

    Where nothing happened since the view was built, they are in it. Otherwise (a large network
    that lags behind, or a member who joined since) they are put beside it from their own rows.
    """
    about = {one for one in (member.id, id_of(viewer)) if one}
    news = network.news_of(held, *about)
    if view.shows(held.rows.number_of(member.id)) and not any(news):
        return in_view(view, member.id)
    return _beside(view, member.id, news)


def in_view(view: View, member_id: uuid.UUID) -> Asker:
    """Someone whom the view shows, with what they had said when it was built."""
    number = view.rows.place(member_id)
    snapshot = view.suggesting_to(int(view.rows.columns["chapter"][number]))
    return Asker(snapshot, fit.Query.of_member(snapshot, number))


def nobody(view: View, viewer: Viewer) -> Asker:
    """Nobody in particular, for a sentence; answers are for the viewer's chapter all the same."""
    snapshot = view.snapshot
    if not isinstance(viewer, Operator):
        chapter = viewer.chapter_id.hex if viewer.chapter_id else ""
        snapshot = view.suggesting_to(view.rows.place_of["chapters"].get(chapter, -1))
    return Asker(snapshot, fit.Query.of_text(snapshot, {}))


def unlisted(view: View, told: Told) -> Asker:
    """Someone who is in no version of the network, put beside this one."""
    return _put_beside(view.suggesting_to(told.chapter), told.query, told.knows, ())


def also_knowing(asker: Asker, knows: Mapping[int, float]) -> Asker:
    """The same asker with first steps that nobody else knows of: their own contacts."""
    neighbours, strength = asker.snapshot.ties.of(asker.number)
    own = dict(zip(neighbours.tolist(), strength.tolist(), strict=True))
    more = {number: warm for number, warm in knows.items() if number not in own}
    if not more:
        return asker
    return _put_beside(asker.snapshot, asker.query, own | more, {*asker.never, asker.number})


def _beside(view: View, member_id: uuid.UUID, news: tuple[int, int]) -> Asker:
    told = view.told_since((member_id, *news), lambda: _told(view, member_id))
    snapshot = view.suggesting_to(told.chapter)
    before = view.rows.number_of(member_id)
    if before is not None and view.shown[before] and _knows_still(view, before, told.knows):
        return Asker(snapshot, replace(told.query, member=before))
    never = set() if before is None else {before}
    return _put_beside(snapshot, told.query, told.knows, never)


def _told(view: View, member_id: uuid.UUID) -> Told:
    """What a member said until this moment, from their own rows."""
    around = rows.organisations_around(member_id)
    own = rows.read([member_id, *around])
    alone = _alone(own, view.rows, member_id)
    query = fit.Query.of_member(alone, 0)
    return Told(query, int(alone.chapter[0]), known_to(view, member_id))


def _knows_still(view: View, number: int, knows: Mapping[int, float]) -> bool:
    """Whether a member's ties are those that the view holds, which spares writing them anew."""
    neighbours, strength = view.snapshot.ties.of(number)
    known = dict(zip(neighbours.tolist(), strength.tolist(), strict=True))
    return known.keys() == knows.keys() and all(
        abs(known[one] - knows[one]) < SAME_STRENGTH for one in known
    )


def known_to(view: View, member_id: uuid.UUID) -> dict[int, float]:
    """Whom a member knows at this moment, of those in a view, and how well."""
    said = warmth.of_one(member_id)
    numbers = {one: view.rows.number_of(one) for one in said}
    return {n: said[one] for one, n in numbers.items() if n is not None and view.shown[n]}


def _put_beside(
    snapshot: Snapshot, query: fit.Query, knows: Mapping[int, float], never: Iterable[int]
) -> Asker:
    place = snapshot.ties.members
    ties = version.with_one_more(snapshot.ties, knows.items())
    return Asker(
        version.with_other(snapshot, ties=ties), replace(query, member=place), frozenset(never)
    )


def _alone(own: Rows, known: Rows, member_id: uuid.UUID) -> Snapshot:
    """One member as a network of one, in the numbers of the other network. What has no number
    there gets one that nobody has."""
    at = own.place(member_id)
    columns = own.columns
    return Snapshot.build(
        1,
        needs=_tags(own, known, at, "needs", "terms"),
        offers=_tags(own, known, at, "offers", "terms"),
        causes=_tags(own, known, at, "causes", "causes"),
        places=_places(own, at),
        kind=columns["kind"][[at]],
        sector=columns["sector"][[at]],
        organisation=[_member(own, known, columns["organisation"][at])],
        group=[_member(own, known, columns["group"][at])],
        chapter=[_renumbered(own, known, "chapters")[columns["chapter"][at]]],
        country=[_renumbered(own, known, "countries")[columns["country"][at]]],
        languages=[_bits(own, known, int(columns["languages"][at]))],
    )


def _renumbered(own: Rows, known: Rows, kind: str) -> Array:
    """The other network's number of each name, with -1 at the end for «not stated»."""
    place, unknown = known.place_of[kind], len(known.names[kind])
    found = [place.get(name, unknown + n) for n, name in enumerate(own.names[kind])]
    return np.array([*found, -1], np.int32)


def _tags(own: Rows, known: Rows, at: int, heading: str, names: str) -> Any:
    mine = own.lists[f"{heading}/member"] == at
    terms = _renumbered(own, known, names)[own.lists[f"{heading}/term"][mine]]
    return np.zeros(len(terms), np.int32), terms, own.lists[f"{heading}/weight"][mine]


def _places(own: Rows, at: int) -> Any:
    mine = own.lists["places/member"] == at
    north, east = own.lists["places/north"][mine], own.lists["places/east"][mine]
    return np.zeros(len(north), np.int32), north, east


def _member(own: Rows, known: Rows, number: int) -> int:
    if number < 0:
        return -1
    found = known.number_of(own.id_of(number))
    return -1 if found is None else found


def _bits(own: Rows, known: Rows, mask: int) -> int:
    found = 0
    for bit, name in enumerate(own.names["languages"]):
        if mask >> bit & 1 and name in known.place_of["languages"]:
            found |= 1 << min(known.place_of["languages"][name], rows.LAST_BIT)
    return found
