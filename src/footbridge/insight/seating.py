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
from footbridge.meetings import actions, formats, policy, queries, talks
from footbridge.meetings.formats import Step
from footbridge.meetings.models import Seat, Session
from footbridge.meetings.seated import RoundCard
from footbridge.meetings.states import Gathering, Holding, Part, State
from footbridge.people.policy import Viewer, is_open_to_members

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
    room = _room(session, _seats(session), begun)
    plans = list(_plans(room, coming, _hosts(room, begun), _seed(session, len(begun))))
    actions.plan_rounds(actor=actor, session=session, plans=plans)
    return queries.rounds(actor, session)


def make_pairs(*, actor: Viewer, session: Session) -> int:
    """Put those together who came to a talk and want to talk on: two and two, of an odd number
    three in one group. Returns how many groups there are. Who may meet nobody of the others waits.
    """
    if not policy.runs(actor, session):
        raise NotAllowed(_("People are put together by who runs the session."))
    willing = session.seats.filter(wants_pairing=True, pairing=None, came_at__isnull=False)
    seats = list(willing.select_related("person").order_by("id"))
    if len(seats) < 2:
        raise Conflict(_("At least two must want to talk on."))
    room = _room(session, seats, ())
    found = tables.pair(room.wanted, _seed(session, 0))
    groups = [
        talks.Group(tuple(seats[n].id for n in table.people), _why(room, table))
        for table in found.pairs
    ]
    return len(actions.pair_up(actor=actor, session=session, groups=groups))


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


def _room(session: Session, seats: list[Seat], begun: Sequence[RoundCard]) -> Room:
    people = [seat.person_id for seat in seats]
    employers = apart.organisations_of(set(people))
    known = rows.read([*people, *set().union(*employers.values())])
    told = _shown_to_members(seats, employers)
    needs, offers = (_said(known, kind, people, told) for kind in ("needs", "offers"))
    answers = np.minimum(needs @ offers.T, MOST_ANSWERED)
    codes, stages = _sectors(known, people), _stages(known, people)
    wanted = tables.Wanted.build(
        tables.gain_of(answers, codes, stages),
        _never(known, people, employers),
        _met(session, people) + _met_today(seats, begun),
        answers=answers,
        sectors=codes,
        stages=stages,
    )
    return Room(seats, wanted, needs, offers, known.names["terms"], _sector_names(codes))


def _seats(session: Session) -> list[Seat]:
    """Once it has begun, those who are there; before, those who said that they come. In an order
    that does not tell who was first on the list: the tables do not depend on it."""
    seats = session.seats.select_related("person").order_by("person_id")
    if session.state == State.RUNNING:
        return list(seats.filter(came_at__isnull=False, left_at=None))
    return list(seats.filter(holding=Holding.ACCEPTED))


def _shown_to_members(
    seats: Sequence[Seat], employers: Mapping[uuid.UUID, set[uuid.UUID]]
) -> dict[uuid.UUID, set[uuid.UUID]]:
    """For whom each acts, as far as they let all members know: only that is ever a reason."""
    return {
        seat.person_id: employers[seat.person_id]
        if is_open_to_members(seat.person.work_seen_by)
        else set()
        for seat in seats
    }


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


def _stages(known: rows.Rows, people: Sequence[uuid.UUID]) -> Array:
    """How far each has come, or the organisation that they act for."""
    column = known.columns["stage"]
    found = np.array([column[known.place(person)] for person in people], np.int64)
    return np.where(found < 0, UNKNOWN, found)


def _sector_names(codes: Array) -> list[str]:
    return ["" if code == UNKNOWN else rows.SECTORS[code] for code in codes.tolist()]


def _never(
    known: rows.Rows,
    people: Sequence[uuid.UUID],
    employers: Mapping[uuid.UUID, set[uuid.UUID]],
) -> Array:
    """Who asked, on either side, never to be brought together; who competes closely, as either
    says; and who works for the same organisation or group: they have met."""
    apart_from = apart.never_at_one_table(people)
    homes = [_homes(known, employers[person]) for person in people]
    return _pairwise(
        people,
        lambda i, j: people[j] in apart_from[people[i]] or bool(homes[i] & homes[j]),
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


def _plans(
    room: Room, coming: Sequence[tuple[int, Step]], hosts: Hosts, seed: int
) -> Iterator[actions.Plan]:
    """Steps of one kind and size that follow one another are planned together; each knows who
    met in those before."""
    wanted = room.wanted
    for (gathering, size, stays), alike in groupby(coming, key=_kind):
        steps = list(alike)
        if gathering == Gathering.PAIRS:
            found = _in_pairs(wanted, len(steps), seed)
        elif stays:
            found = _with_hosts(room, wanted, hosts, size, len(steps), seed)
        else:
            found = _at_tables(wanted, size, len(steps), seed)
        for (index, step), (made, left_over, who_stays) in zip(steps, found, strict=True):
            wanted = _having_met(wanted, made)
            yield _plan(room, index, step, made, left_over, who_stays, seed)


def _kind(one: tuple[int, Step]) -> tuple[Gathering, int, bool]:
    return one[1].gathering, one[1].size, one[1].stays


Hosts = tuple[int, ...]
Made = tuple[tables.Table, ...]
LeftOver = tuple[tables.Unseated, ...]
Found = tuple[Made, LeftOver, Hosts]


def _in_pairs(wanted: tables.Wanted, rounds: int, seed: int) -> Iterator[Found]:
    for _round in range(rounds):
        found = tables.pair(wanted, seed)
        wanted = _having_met(wanted, found.pairs)
        yield found.pairs, found.unseated, ()


def _at_tables(
    wanted: tables.Wanted, size: int, rounds: int, seed: int, stays: Hosts = ()
) -> Iterator[Found]:
    found = tables.seat(wanted, size, rounds, seed, stays=stays)
    yield from ((one.tables, one.unseated, stays) for one in found.rounds)


# One stays at each table as its host.


def _hosts(room: Room, begun: Sequence[RoundCard]) -> Hosts:
    """Who stays already, in the order of their tables, so far as they are here; where one has left,
    somebody who sat at that table. Before the first round, those whom the host has named."""
    number = {seat.id: n for n, seat in enumerate(room.seats)}
    last = next((one for one in reversed(begun) if any(t.stays_seat for t in one.tables)), None)
    if last is None:
        named = (n for n, seat in enumerate(room.seats) if seat.part == Part.TABLE_HOST)
        return tuple(named)
    found = []
    for table in last.tables:
        here = [number[seat] for seat in table.seats if seat in number]
        stayed = [n for n in here if room.seats[n].id == table.stays_seat]
        found += (stayed or _free_to_stay(room, here))[:1]
    return tuple(found)


def _free_to_stay(room: Room, here: Sequence[int]) -> list[int]:
    """Guests first: who runs the evening or asked the question has something else to do."""
    return sorted(here, key=lambda n: room.seats[n].part != Part.GUEST)


def _with_hosts(
    room: Room, wanted: tables.Wanted, hosts: Hosts, size: int, rounds: int, seed: int
) -> Iterator[Found]:
    """In the first round each table without a host finds one among those who sit at it; from then
    on they stay."""
    hosts = hosts[: _most_hosts(wanted, size)]
    first = tables.seat(wanted, size, 1, seed, stays=hosts).rounds[0]
    hosts = tuple(_host_at(room, table, hosts) for table in first.tables)
    yield first.tables, first.unseated, hosts
    if rounds > 1:
        again = _having_met(wanted, first.tables)
        yield from _at_tables(again, size, rounds - 1, seed, hosts[: _most_hosts(wanted, size)])


def _most_hosts(wanted: tables.Wanted, size: int) -> int:
    """As many as there are tables; who may sit with nobody has none."""
    others = (~wanted.never).sum(axis=1) > 1
    return -(-int(others.sum()) // size)


def _host_at(room: Room, table: tables.Table, hosts: Hosts) -> int:
    """Who stays at a table: whoever was to, else the first who is free to."""
    named = [n for n in table.people if n in hosts]
    return (named or _free_to_stay(room, table.people))[0]


def _having_met(wanted: tables.Wanted, made: Made) -> tables.Wanted:
    met = wanted.met.copy()
    for table in made:
        met[np.ix_(table.people, table.people)] += 1
    np.fill_diagonal(met, 0)
    return replace(wanted, met=met)


def _plan(
    room: Room,
    index: int,
    step: Step,
    made: Made,
    left_over: LeftOver,
    hosts: Hosts,
    seed: int,
) -> actions.Plan:
    return actions.Plan(
        index,
        step.minutes,
        tuple(tuple(room.seats[n].id for n in table.people) for table in made),
        tuple(_why(room, table) | _who_stays(room, table, hosts) for table in made),
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
    return said | (_answered(room, table) or _one_ahead(room, table))


def _who_stays(room: Room, table: tables.Table, hosts: Hosts) -> dict[str, Any]:
    staying = [n for n in table.people if n in hosts]
    return {"stays": str(room.seats[staying[0]].id)} if staying else {}


def _one_ahead(room: Room, table: tables.Table) -> dict[str, Any]:
    """Who is one step ahead of whom; of those alone who joined."""
    reason = next((one for one in table.reasons if one.kind == tables.Why.AHEAD), None)
    if reason is None:
        return {}
    behind, ahead = (room.seats[n] for n in reason.people)
    if not (behind.person.has_joined and ahead.person.has_joined):
        return {}
    return {"kind": "ahead", "one": str(behind.id), "other": str(ahead.id)}


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
