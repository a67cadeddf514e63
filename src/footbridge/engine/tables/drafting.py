"""All rounds together: one after the other, by a design, or together; the best of them is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from footbridge.engine.tables.annealing import Cooling, Rounds, settle_together
from footbridge.engine.tables.designs import without_repeats
from footbridge.engine.tables.pairing import pair
from footbridge.engine.tables.rooms import Field, Floats, Now, Room, Whole, place
from footbridge.engine.tables.wanted import Wanted

LARGE = 64
"""People above whom one draft is worked on instead of several side by side."""


@dataclass(frozen=True)
class Draft:
    """Seats of the rounds to come; numbers from n on are empty chairs."""

    rooms: tuple[Room, ...]
    seats: tuple[Whole, ...]


@dataclass(frozen=True)
class Task:
    """What is asked: rooms of the rounds to come, and what has been before them.

    before  how often each two met
    waited  in how many rounds each was there without a seat
    """

    wanted: Wanted
    field: Field
    rooms: tuple[Room, ...]
    before: Whole
    waited: Whole
    size: int
    effort: float

    def after(self, draft: Draft) -> Whole:
        times = self.before.copy()
        for seats in draft.seats:
            count(times, [row[row < self.wanted.n] for row in seats])
        return times

    def value(self, draft: Draft) -> float:
        """Gain of all first meetings, less the cost of all others."""
        return float(_value(self, self.after(draft)))

    def standing(self, draft: Draft) -> tuple[int, float]:
        """How many seats are taken, then what they are worth."""
        return sum(len(room.people) for room in draft.rooms), self.value(draft)

    def repeats(self, draft: Draft) -> int:
        return repeats_of(self.before, self.after(draft))


def count(times: Whole, tables: Sequence[Sequence[int] | Whole]) -> None:
    """Add what happens at these tables to how often each two have met."""
    for people in tables:
        at = np.asarray(people, np.int64)
        times[at[:, None], at] += 1
        times[at, at] = 0


def repeats_of(before: Whole, after: Whole) -> int:
    """Meetings of two who had met already."""
    again = after - before - ((before == 0) & (after > 0))
    return int(again.sum()) // 2


def best_draft(task: Task, rng: np.random.Generator) -> Draft:
    """The best seats found, in the order of how long it takes to find them."""
    mixing_only = not task.wanted.gain.any()
    if mixing_only and (drawn := _by_design(task, rng)) and _is_enough(task, drawn):
        return drawn
    drafts = [_one_after_other(task, rng)]
    if not _is_enough(task, drafts[0]):
        drafts.append(_together(task, drafts[0], rng))
        if not _is_enough(task, drafts[-1]) and (drawn := _by_design(task, rng)):
            drafts.append(drawn)
    return max(drafts, key=task.standing)


def least_repeats(task: Task, rooms: Sequence[Room]) -> int:
    """So many meetings again cannot be avoided: whoever has more seats beside them than people.

    Counted per person: those beside them over all rounds, at the smallest table of each, less all
    whom they may meet and have not met.
    """
    n = task.wanted.n
    beside, near = np.zeros(n, np.int64), np.zeros((n, n), bool)
    for room in rooms:
        if room.tables:
            beside[room.people] += len(room.people) // room.tables - 1
            near[np.ix_(room.people, room.people)] = True
    new = near & ~task.wanted.never & (task.before == 0) & ~np.eye(n, dtype=bool)
    return -(-int(np.maximum(0, beside - new.sum(axis=1)).sum()) // 2)


def _is_enough(task: Task, draft: Draft) -> bool:
    return task.repeats(draft) <= least_repeats(task, draft.rooms)


def _one_after_other(task: Task, rng: np.random.Generator, begun: Draft | None = None) -> Draft:
    """Each round as good as it can be after those before it."""
    rooms = list(begun.rooms) if begun else []
    seats = list(begun.seats) if begun else []
    now = Now(task.after(begun) if begun else task.before.copy(), task.waited.copy())
    for asked in task.rooms[len(rooms) :]:
        search = _paired if task.size == 2 else _placed
        room, placed = search(task, asked, now, rng)
        rooms.append(room)
        seats.append(placed)
        count(now.times, [row[row < task.wanted.n] for row in placed])
        now.waited[np.setdiff1d(asked.people, room.people)] += 1
    return Draft(tuple(rooms), tuple(seats))


def _placed(task: Task, room: Room, now: Now, rng: np.random.Generator) -> tuple[Room, Whole]:
    return place(task.field, room, now, rng, task.effort)


def _paired(task: Task, room: Room, now: Now, rng: np.random.Generator) -> tuple[Room, Whole]:
    """Tables of two are pairs, and those have an exact answer."""
    n = task.wanted.n
    here = np.zeros(n, bool)
    here[room.people] = True
    found = pair(replace(task.wanted, met=now.times), int(rng.integers(1 << 31)), here)
    tables = [table.people for table in found.pairs]
    chairs = max(map(len, tables), default=0)
    seats = np.full((len(tables), chairs), -1)
    empty = n
    for at, people in enumerate(tables):
        seats[at, : len(people)] = people
        if len(people) < chairs:
            seats[at, -1], empty = empty, empty + 1
    seated = np.sort(seats[seats < n]) if tables else np.empty(0, np.int64)
    return Room(seated, len(tables)), seats


def _together(task: Task, draft: Draft, rng: np.random.Generator) -> Draft:
    """All rounds at once, from several copies of a draft; the best copy is kept."""
    people = np.unique(np.concatenate([room.people for room in draft.rooms]))
    drafts = 8 if len(people) <= LARGE else 1
    before = np.zeros((len(task.field.gain),) * 2, np.int64)
    before[: task.wanted.n, : task.wanted.n] = task.before
    rounds = Rounds.of([np.repeat(seats[None], drafts, axis=0) for seats in draft.seats], before)
    least = least_repeats(task, draft.rooms)
    settled = settle_together(
        task.field.gain,
        task.wanted.repeat_cost,
        rounds,
        _cooling(task, draft, people),
        rng,
        lambda now: not task.wanted.gain.any() and bool((_again(task, now) <= least).any()),
    )
    values = [_value(task, times[: task.wanted.n, : task.wanted.n]) for times in settled.times]
    best = int(np.argmax(values))
    return Draft(draft.rooms, tuple(seats[best] for seats in settled.seats))


def _cooling(task: Task, draft: Draft, people: Whole) -> Cooling:
    cost, spread = task.wanted.repeat_cost, task.field.spread(people)
    tables = sum(len(seats) for seats in draft.seats)
    steps = max(3000, 20 * tables)
    hot = (0.2 if task.wanted.gain.any() else 0.3) * cost or 3 * spread
    cold = 0.3 * spread if task.wanted.gain.any() else 0.15 * cost or spread
    return Cooling(round(task.effort * steps), max(hot, cold), cold)


def _again(task: Task, rounds: Rounds) -> Whole:
    n = task.wanted.n
    return np.array([repeats_of(task.before, times[:n, :n]) for times in rounds.times])


def _value(task: Task, after: Whole) -> float:
    before, cost = task.before, task.wanted.repeat_cost
    first = task.wanted.gain[(before == 0) & (after > 0)].sum()
    # Each further meeting costs what `again` says: seven eighths and an eighth for each before.
    more = (
        7 * repeats_of(before, after) * 2 + (after * (after - 1) - before * (before - 1)).sum() / 2
    )
    return float(first - cost * more / 8) / 2


def _by_design(task: Task, rng: np.random.Generator) -> Draft | None:
    """Rounds of a stored design, people on its places as gains ask, then search for the rest."""
    first = task.rooms[0]
    same = all(np.array_equal(room.people, first.people) for room in task.rooms)
    if not same or first.tables < 2:
        return None
    design = without_repeats(first.tables, first.chairs, len(task.rooms), first.empty)
    if len(design) < 2:
        return None
    people = _on_places(task, design, rng)
    drawn = Draft(task.rooms[: len(design)], tuple(people[round_] for round_ in design))
    if any(_clashes(task.field, seats) for seats in drawn.seats):
        return None
    if len(design) == len(task.rooms):
        return drawn
    rest = _one_after_other(task, rng, drawn)
    return rest if _is_enough(task, rest) else _together(task, rest, rng)


def _clashes(field: Field, seats: Whole) -> bool:
    return bool(field.barred[seats[:, :, None], seats[:, None, :]].any())


def _on_places(task: Task, design: Whole, rng: np.random.Generator) -> Whole:
    """Who stands on which place of a design: swapped one by one while it pays, with some noise.

    Swapping the people on places s and t changes whom both meet:
    G[s, t] + G[t, s] − G[s, s] − G[t, t] + 2·A[s, t]·W[s, t], where A says which places meet, W
    what their people are worth to each other, and G = W·A.
    """
    room, n = task.rooms[0], task.wanted.n
    people = np.concatenate((rng.permutation(room.people), n + np.arange(room.empty)))
    worth = task.field.worth(task.before)[np.ix_(people, people)]
    meets = np.zeros(worth.shape)
    for round_ in design:
        meets[round_[:, :, None], round_[:, None, :]] += 1
    np.fill_diagonal(meets, 0)
    if room.empty == 0 and np.ptp(worth) == 0:
        return people
    size = len(room.people)
    on = np.arange(len(people))
    spread = task.field.spread(room.people)
    steps = int(np.clip(2e8 / len(people) ** 3, 20, 400) * task.effort)
    for heat in (*np.geomspace(spread, 0.05 * spread, steps), *[0.0] * steps):
        swap = _swap_places(worth[np.ix_(on, on)], meets)[:size, :size]
        drawn = swap + heat * rng.gumbel(size=swap.shape) if heat else swap
        s, t = np.unravel_index(int(drawn.argmax()), drawn.shape)
        if drawn[s, t] <= 1e-9 and not heat:
            break
        if drawn[s, t] > 1e-9:
            on[[s, t]] = on[[t, s]]
    return people[on]


def _swap_places(worth: Floats, meets: Floats) -> Floats:
    around = worth @ meets
    own = np.diag(around)
    swap: Floats = around + around.T - own[:, None] - own + 2 * meets * worth
    np.fill_diagonal(swap, 0)
    return swap
