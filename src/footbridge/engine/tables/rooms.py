"""One round: who is there, at how many tables, and who can sit at all."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from footbridge.engine.tables.annealing import BARRED, Cooling, settle_round, value_of
from footbridge.engine.tables.wanted import Wanted, again

Whole = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
RETRIES = 12
"""People without a place for whom another try is made, one by one."""
TRIES, SMALL = 6, 64
"""How often it is tried to seat more where not all can sit, up to so many people."""


@dataclass(frozen=True)
class Room:
    """People of one round and the tables for them; sizes differ by at most one.

    people  who is seated
    tables  how many tables
    """

    people: Whole
    tables: int

    @classmethod
    def of(cls, people: Whole, size: int) -> Room:
        """As few tables as hold everyone; nobody sits alone, so of an odd number three pair up."""
        return cls(people, min(-(-len(people) // size), len(people) // 2))

    def only(self, people: Whole) -> Room:
        """Fewer people at the same tables, or at fewer where somebody would sit alone."""
        return replace(self, people=people, tables=min(self.tables, len(people) // 2))

    @property
    def chairs(self) -> int:
        return -(-len(self.people) // self.tables) if self.tables else 0

    @property
    def empty(self) -> int:
        """Chairs that stay empty, at most one a table."""
        return self.tables * self.chairs - len(self.people)


@dataclass(frozen=True)
class Field:
    """What all rounds share: gains and bars of people and, after them, of empty chairs.

    Two empty chairs never share a table: that is what keeps sizes within one of each other.
    """

    gain: Floats
    barred: Flags
    repeat_cost: float
    n: int

    @classmethod
    def of(cls, wanted: Wanted) -> Field:
        size = wanted.n + wanted.n // 2
        gain, barred = np.zeros((size, size)), np.ones((size, size), bool)
        gain[: wanted.n, : wanted.n] = wanted.gain
        barred[: wanted.n] = barred[:, : wanted.n] = False
        barred[: wanted.n, : wanted.n] = wanted.never
        np.fill_diagonal(barred, False)
        gain[barred] = BARRED
        return cls(gain, barred, wanted.repeat_cost, wanted.n)

    def worth(self, times: Whole) -> Floats:
        """What each two are worth in a round, given how often they meet otherwise."""
        worth = self.gain.copy()
        met = times > 0
        worth[: self.n, : self.n][met] = -self.repeat_cost * again(times[met])
        worth[self.barred] = BARRED
        return worth

    def spread(self, people: Whole) -> float:
        """How far gains lie apart: the natural unit of heat."""
        gain = self.gain[np.ix_(people, people)]
        spread = float(gain[gain > BARRED].std()) if len(people) else 0.0
        return spread or 0.1 * self.repeat_cost or 1.0


@dataclass(frozen=True)
class Now:
    """What has been before this round.

    times   how often each two have met
    waited  in how many rounds each has been without a seat
    """

    times: Whole
    waited: Whole


def place(
    field: Field, room: Room, now: Now, rng: np.random.Generator, effort: float
) -> tuple[Room, Whole]:
    """Good seats for one round.

    Returns the room with those who could be seated, and their seats [tables, chairs], in which
    numbers from n on are empty chairs. Where not all can sit: as many as possible, those first who
    have waited, then by what they are worth.
    """
    seats = _start(field, room, rng)
    if not room.tables:
        return room, seats
    seats = _improved(field, room, seats, now, rng, effort)
    if not len(_in_the_way(field, seats)):
        return room, seats
    best, highest = (room, seats), (-1, 0.0, 0.0)
    for _ in range(TRIES if len(room.people) <= SMALL else 1):
        fewer, seats = _those_who_can(field, room, now, rng)
        if fewer.tables:
            seats = _improved(field, fewer, seats, now, rng, effort)
            fewer, seats = _exchanged(field, room, fewer, seats, now)
        standing = _standing(field, fewer, seats, now)
        if standing > highest:
            best, highest = (fewer, seats), standing
        if len(fewer.people) == len(room.people):
            break
    return best


def _standing(field: Field, room: Room, seats: Whole, now: Now) -> tuple[int, float, float]:
    """How many are seated, how long they have waited, and what they are worth."""
    value = float(value_of(field.worth(now.times), seats[None])[0]) if room.tables else 0.0
    return len(room.people), float(now.waited[room.people].sum()), value


def _start(field: Field, room: Room, rng: np.random.Generator) -> Whole:
    """Everybody anywhere, empty chairs last at the last tables."""
    people = rng.permutation(room.people)
    seats = np.full((room.tables, room.chairs), -1)
    full = room.tables - room.empty
    seats[:full] = people[: full * room.chairs].reshape(full, room.chairs)
    if room.empty:
        seats[full:, :-1] = people[full * room.chairs :].reshape(room.empty, room.chairs - 1)
        seats[full:, -1] = field.n + np.arange(room.empty)
    return seats


def _improved(
    field: Field,
    room: Room,
    seats: Whole,
    now: Now,
    rng: np.random.Generator,
    effort: float,
) -> Whole:
    spread = field.spread(room.people)
    cooling = Cooling(round(effort * max(100, 12 * room.tables)), 2 * spread, 0.4 * spread)
    drafts = np.repeat(seats[None], 8 if len(room.people) <= SMALL // 2 else 1, axis=0)
    settled, value = settle_round(field.worth(now.times), drafts, cooling, rng)
    return _best(settled, value)


def _in_the_way(field: Field, seats: Whole) -> Whole:
    """Few people without whom nobody would sit with somebody they must not meet."""
    gone: list[int] = []
    for table in seats:
        clash = field.barred[np.ix_(table, table)].copy()
        while clash.any():
            most = int(clash.sum(axis=0).argmax())
            gone.append(int(table[most]))
            clash[most] = clash[:, most] = False
    return np.array(gone, np.int64)


def _those_who_can(
    field: Field, room: Room, now: Now, rng: np.random.Generator
) -> tuple[Room, Whole]:
    """Many people who can sit without breaking a rule: those in the way leave, some come back."""
    gone: list[int] = []
    while len(leaving := _in_the_way(field, seats := _calmed(field, room, rng))):
        gone += leaving.tolist()
        room = room.only(np.setdiff1d(room.people, leaving))
    gone.sort(key=lambda one: -int(now.waited[one]))
    for one in gone[:RETRIES]:
        larger = room.only(np.append(room.people, one))
        tried = _calmed(field, larger, rng)
        if not len(_in_the_way(field, tried)):
            room, seats = larger, tried
    return room, seats


def _exchanged(field: Field, all_: Room, room: Room, seats: Whole, now: Now) -> tuple[Room, Whole]:
    """Somebody without a seat takes a seat of somebody else, while that is better."""
    seats = seats.copy()
    worth = field.worth(now.times)
    waited = np.zeros(len(worth))
    # Having waited outweighs gains, but no wait is long enough to break a rule.
    waited[: field.n] = np.minimum(now.waited, 50) * (-BARRED / 100)
    outside = np.setdiff1d(all_.people, room.people)
    while len(outside):
        beside = worth[outside][:, seats]
        better = beside.sum(axis=2)[:, :, None] - beside - _own(worth, seats)
        better += waited[outside][:, None, None] - waited[seats]
        better[:, seats >= field.n] = BARRED
        one, table, chair = np.unravel_index(int(better.argmax()), better.shape)
        if better[one, table, chair] <= 1e-9:
            break
        outside[one], seats[table, chair] = seats[table, chair], outside[one]
    return replace(room, people=np.setdiff1d(all_.people, outside)), seats


def _own(worth: Floats, seats: Whole) -> Floats:
    """What everybody is worth to their table."""
    own: Floats = worth[seats[:, :, None], seats[:, None, :]].sum(axis=2)
    return own


def _calmed(field: Field, room: Room, rng: np.random.Generator) -> Whole:
    """Seats with as few broken rules as a short search finds; nothing else counts."""
    drafts = 8 if len(room.people) <= SMALL else 2
    starts = np.array([_start(field, room, rng) for _ in range(drafts)])
    if room.tables == 0:
        return np.empty((0, 0), np.int64)
    cooling = Cooling(max(40, 8 * room.tables), 0.5, 0.1)
    seats, value = settle_round(-field.barred.astype(np.float64), starts, cooling, rng)
    return _best(seats, value)


def _best(drafts: Whole, value: Floats) -> Whole:
    best: Whole = drafts[int(value.argmax())]
    return best
