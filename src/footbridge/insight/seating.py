"""Tables for a session: what its people have for one another is put to the engine, and its answer
is written down as rounds."""

from __future__ import annotations

import uuid
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, groupby
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from footbridge.core.errors import Conflict, NotAllowed
from footbridge.engine import tables
from footbridge.engine.tables.wanted import UNKNOWN
from footbridge.insight import apart, rows, tags
from footbridge.meetings import actions, formats, policy, queries
from footbridge.meetings.formats import Step
from footbridge.meetings.models import Seat, Session
from footbridge.meetings.seated import RoundCard
from footbridge.meetings.states import Gathering, Holding, State
from footbridge.people.policy import Viewer

# Of one person's needs so many count that another answers: one who answers everything is enough.
MOST_ANSWERED = 3.0

Array = np.ndarray[Any, Any]


def make_tables(*, actor: Viewer, session: Session) -> list[RoundCard]:
    """Seat those who are there (before it begins: those who said yes) for every round that has
    not begun, and write it down. The same people, needs and past give the same tables."""
    if not policy.runs(actor, session):
        raise NotAllowed(_("Tables are made by who runs the session."))
    begun = [one for one in queries.rounds(actor, session) if not one.is_coming]
    coming = _steps_to_come(session, begun)
    if not coming:
        raise Conflict(_("The run-sheet has no further step in pairs or at tables."))
    room = _room(session, begun)
    plans = list(_plans(room, coming, _seed(session, len(begun))))
    actions.plan_rounds(actor=actor, session=session, plans=plans)
    return queries.rounds(actor, session)


def _steps_to_come(session: Session, begun: Sequence[RoundCard]) -> list[tuple[int, Step]]:
    last = max((one.step for one in begun), default=-1)
    return [
        (n, step) for n, step in formats.seated_steps(formats.steps_from(session.steps)) if n > last
    ]


def _seed(session: Session, begun: int) -> int:
    """The same for the same session and number of rounds behind it, whoever asks."""
    return zlib.crc32(session.id.bytes + bytes([begun % 256]))


@dataclass(frozen=True)
class Room:
    """Those to be seated, in a stable order, and what is known of them."""

    seats: list[Seat]
    wanted: tables.Wanted
    needs: Array
    offers: Array
    terms: list[str]
    sectors: list[str]


def _room(session: Session, begun: Sequence[RoundCard]) -> Room:
    seats = _seats(session)
    people = [seat.person_id for seat in seats]
    employers = apart.organisations_of(set(people))
    known = rows.read([*people, *set().union(*employers.values())])
    needs, offers = (_said(known, kind, people, employers) for kind in ("needs", "offers"))
    answers = np.minimum(needs @ offers.T, MOST_ANSWERED)
    codes = _sectors(known, people)
    wanted = tables.Wanted.build(
        tables.gain_of(answers, codes),
        _never(known, people, employers),
        _met(session, people) + _met_today(seats, begun),
        answers=answers,
        sectors=codes,
    )
    return Room(seats, wanted, needs, offers, known.names["terms"], _sector_names(codes))


def _seats(session: Session) -> list[Seat]:
    """Once it has begun, those who are there; before, those who said that they come."""
    seats = session.seats.select_related("person").order_by("id")
    if session.state == State.RUNNING:
        return list(seats.filter(came_at__isnull=False, left_at=None))
    return list(seats.filter(holding=Holding.ACCEPTED))


def _said(
    known: rows.Rows,
    kind: str,
    people: Sequence[uuid.UUID],
    employers: Mapping[uuid.UUID, set[uuid.UUID]],
) -> Array:
    """[person, term]: how much each person, or an organisation that they act for, needs or
    offers of each term."""
    of_members = np.zeros((known.size, len(known.names["terms"])), np.float64)
    lists = known.lists
    at = lists[f"{kind}/member"], lists[f"{kind}/term"]
    np.maximum.at(of_members, at, lists[f"{kind}/weight"])
    either = [
        [known.place(one) for one in (person, *sorted(employers[person]))] for person in people
    ]
    return np.array([of_members[numbers].max(axis=0) for numbers in either]).reshape(
        len(people), of_members.shape[1]
    )


def _sectors(known: rows.Rows, people: Sequence[uuid.UUID]) -> Array:
    column = known.columns["sector"]
    found = np.array([column[known.place(person)] for person in people], np.int64)
    return np.where(found < 0, UNKNOWN, found)


def _sector_names(codes: Array) -> list[str]:
    return ["" if code == UNKNOWN else rows.SECTORS[code] for code in codes.tolist()]


def _never(
    known: rows.Rows,
    people: Sequence[uuid.UUID],
    employers: Mapping[uuid.UUID, set[uuid.UUID]],
) -> Array:
    """Who asked, on either side, never to be brought together; and who works for the same
    organisation or group: they have met."""
    wishes = apart.wished_by_either(people)
    homes = [_homes(known, employers[person]) for person in people]
    return _pairwise(
        people,
        lambda i, j: people[j] in wishes[people[i]] or bool(homes[i] & homes[j]),
        np.bool_,
    )


def _homes(known: rows.Rows, employers: set[uuid.UUID]) -> set[int]:
    """Organisations that somebody acts for, and the groups that they belong to."""
    numbers = {known.place(one) for one in employers}
    groups = {int(known.columns["group"][number]) for number in numbers}
    return numbers | {group for group in groups if group >= 0}


def _met(session: Session, people: Sequence[uuid.UUID]) -> Array:
    """Whether two sat together within the gap that the host has chosen."""
    met = queries.met_since(people, queries.apart_days(session), but=session)
    return _pairwise(people, lambda i, j: people[j] in met[people[i]], np.int64)


def _met_today(seats: Sequence[Seat], begun: Sequence[RoundCard]) -> Array:
    """How often two sat together in the rounds of this session that have begun."""
    number = {seat.id: n for n, seat in enumerate(seats)}
    met = np.zeros((len(seats), len(seats)), np.int64)
    for one in begun:
        for table in one.tables:
            here = [number[seat] for seat in table.seats if seat in number]
            met[np.ix_(here, here)] += 1
    np.fill_diagonal(met, 0)
    return met


def _pairwise(
    people: Sequence[uuid.UUID], holds: Callable[[int, int], bool], kind: type[np.generic]
) -> Array:
    found = np.zeros((len(people), len(people)), kind)
    for i, j in combinations(range(len(people)), 2):
        found[i, j] = found[j, i] = holds(i, j)
    return found


# Putting it to the engine, and its answer into what can be stored.


def _plans(room: Room, coming: Sequence[tuple[int, Step]], seed: int) -> Iterator[actions.Plan]:
    """Steps of one kind and size that follow one another are planned together; each knows who
    met in those before."""
    wanted = room.wanted
    for (gathering, size), alike in groupby(coming, key=_kind):
        steps = list(alike)
        if gathering == Gathering.PAIRS:
            found = _in_pairs(wanted, len(steps), seed)
        else:
            found = _at_tables(wanted, size, len(steps), seed)
        for (index, step), (made, left_over) in zip(steps, found, strict=True):
            wanted = _having_met(wanted, made)
            yield _plan(room, index, step, made, left_over, seed)


def _kind(one: tuple[int, Step]) -> tuple[Gathering, int]:
    return one[1].gathering, one[1].size


Made = tuple[tables.Table, ...]
LeftOver = tuple[tables.Unseated, ...]


def _in_pairs(wanted: tables.Wanted, rounds: int, seed: int) -> Iterator[tuple[Made, LeftOver]]:
    for _round in range(rounds):
        found = tables.pair(wanted, seed)
        wanted = _having_met(wanted, found.pairs)
        yield found.pairs, found.unseated


def _at_tables(
    wanted: tables.Wanted, size: int, rounds: int, seed: int
) -> Iterator[tuple[Made, LeftOver]]:
    found = tables.seat(wanted, size, rounds, seed)
    yield from ((one.tables, one.unseated) for one in found.rounds)


def _having_met(wanted: tables.Wanted, made: Made) -> tables.Wanted:
    met = wanted.met.copy()
    for table in made:
        met[np.ix_(table.people, table.people)] += 1
    np.fill_diagonal(met, 0)
    return replace(wanted, met=met)


def _plan(
    room: Room, index: int, step: Step, made: Made, left_over: LeftOver, seed: int
) -> actions.Plan:
    return actions.Plan(
        index,
        step.minutes,
        tuple(tuple(room.seats[n].id for n in table.people) for table in made),
        tuple(_why(room, table) for table in made),
        tuple({"seat": str(room.seats[one.person].id), "code": one.why.value} for one in left_over),
        seed,
    )


def _why(room: Room, table: tables.Table) -> dict[str, Any]:
    """What speaks for a table, by ids. A need is named only between people who joined: members
    see each other's anyhow."""
    said: dict[str, Any] = {
        "sectors": sorted({room.sectors[n] for n in table.people} - {""}),
        "new": next((int(one.amount) for one in table.reasons if one.kind == tables.Why.NEW), 0),
    }
    return said | _answered(room, table)


def _answered(room: Room, table: tables.Table) -> dict[str, Any]:
    reason = next((one for one in table.reasons if one.kind == tables.Why.ANSWERED), None)
    if reason is None:
        return {}
    one, other = reason.people
    seats = room.seats[one], room.seats[other]
    if not all(seat.person.has_joined for seat in seats):
        return {}
    term = room.terms[int((room.needs[one] * room.offers[other]).argmax())]
    skill = tags.skill_of_term(term)
    return {
        "kind": "answers",
        "one": str(seats[0].id),
        "other": str(seats[1].id),
        "skill": str(skill) if skill else "",
    }
