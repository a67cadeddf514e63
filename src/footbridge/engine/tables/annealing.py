"""Better seats by swapping people, many swaps at once, all of them exact.

Tables are drawn in couples; couples share nobody, so what a swap inside one is worth does not
depend on the others. Of all swaps of a couple one is drawn with odds exp(worth/heat), staying as it
is among them. While heat falls, seats settle into a good order; at the end only swaps that pay are
made.

Several drafts of the same seating are worked on side by side (the first axis): it costs little more
than one, and the best is kept.

Source: Kirkpatrick, Gelatt & Vecchi 1983, "Optimization by simulated annealing"; drawing among all
with odds by adding Gumbel noise and taking the largest (Gumbel 1954).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from footbridge.engine.tables.wanted import again

Whole = NDArray[np.int64]
Floats = NDArray[np.float64]
BARRED = -1e6
"""Worth of two who must not share a table, in gain: more than any round is worth."""


@dataclass(frozen=True)
class Cooling:
    """How long, and from which heat to which, in the unit of gain."""

    steps: int
    hot: float
    cold: float

    @property
    def heats(self) -> Floats:
        return np.geomspace(self.hot, self.cold, self.steps) if self.steps else np.empty(0)


def settle_round(
    worth: Floats, seats: Whole, cooling: Cooling, rng: np.random.Generator
) -> tuple[Whole, Floats]:
    """One round's seats swapped until they are good: the drafts, and what each is worth.

    worth  [N, N]               what each two are worth at one table, zero on the diagonal
    seats  [drafts, tables, c]  everybody once in each draft

    >>> worth = np.array([[0, 1, 9, 1], [1, 0, 1, 9], [9, 1, 0, 1], [1, 9, 1, 0.0]])
    >>> rng = np.random.default_rng(1)
    >>> seats, value = settle_round(worth, np.array([[[0, 1], [2, 3]]]), Cooling(5, 1, 0.1), rng)
    >>> sorted(np.sort(seats[0]).tolist()), value.tolist()
    ([[0, 2], [1, 3]], [18.0])
    """
    seats = seats.copy()
    _, tables, chairs = seats.shape
    if tables > 1:
        noise = _Noise(rng, len(seats) * (tables // 2) * chairs * chairs)
        couples = _couples(tables, rng)
        for heat in cooling.heats:
            _swap_once(worth, seats, next(couples), noise.at(heat))
        _settle(worth, seats)
    return seats, value_of(worth, seats)


def value_of(worth: Floats, seats: Whole) -> Floats:
    """What each draft is worth: every pair at every table once."""
    pairs = worth[seats[..., :, None], seats[..., None, :]]
    total: Floats = pairs.sum(axis=(1, 2, 3)) / 2
    return total


def _settle(worth: Floats, seats: Whole) -> None:
    """Only swaps that pay, until no couple of tables has any."""
    still = 0
    rounds = _round_robin(seats.shape[1])
    at = 0
    while still < len(rounds):
        swapped = _swap_once(worth, seats, rounds[at % len(rounds)], None)
        still, at = 0 if swapped else still + 1, at + 1


def _swap_once(worth: Floats, seats: Whole, couples: Whole, noise: Floats | None) -> bool:
    """At most one swap in each couple of tables of each draft; whether there was any."""
    drafts, _, chairs = seats.shape
    both = seats[:, couples].reshape(-1, 2 * chairs)
    block = worth.ravel().take((both * len(worth))[:, :, None] + both[:, None, :])
    couple, a, b = _chosen(_swap_worth(block), noise)
    both[couple, a], both[couple, b] = both[couple, b], both[couple, a]
    seats[:, couples] = both.reshape(drafts, *couples.shape, chairs)
    return len(couple) > 0


def _swap_worth(block: Floats) -> Floats:
    """What each swap between two tables is worth: [couples, chairs, chairs].

    block  [couples, 2 c, 2 c]  worth of each two of the people at both tables
    """
    chairs = block.shape[1] // 2
    over = block @ _side(chairs)
    swap: Floats = over[:, :chairs, None] - over[:, None, chairs:]
    swap -= 2 * block[:, :chairs, chairs:]
    return swap


@lru_cache(maxsize=32)
def _side(chairs: int) -> Floats:
    """What somebody at the first table loses and wins by sitting at the second."""
    return np.repeat((-1.0, 1.0), chairs)


def _chosen(swap: Floats, noise: Floats | None) -> tuple[Whole, Whole, Whole]:
    """Of each couple the swap drawn, where it beats staying: couple, and the two places."""
    chairs = swap.shape[1]
    drawn = swap.reshape(len(swap), -1)
    if noise is not None:
        drawn += noise[: drawn.size].reshape(drawn.shape)
    at = drawn.argmax(axis=1)
    couple = (drawn.max(axis=1) > 1e-9).nonzero()[0]
    first, second = divmod(at[couple], chairs)
    return couple, first, second + chairs


class _Noise:
    """Gumbel noise drawn once and read from random places on: a step never waits for logarithms."""

    def __init__(self, rng: np.random.Generator, size: int) -> None:
        spare = max(2 * size, 4096)
        self.size = size
        self.drawn = -np.log(rng.standard_exponential(spare + size))
        self.starts = rng.integers(0, spare, 1024).tolist()
        self.read = 0

    def at(self, heat: float) -> Floats:
        self.read += 1
        start = self.starts[self.read % len(self.starts)]
        noise: Floats = self.drawn[start : start + self.size] * heat
        return noise


def _couples(tables: int, rng: np.random.Generator) -> Iterator[Whole]:
    """Tables in couples, so that in `tables` steps or one fewer each has met each other."""
    rounds = _round_robin(tables)
    while True:
        yield from rng.permutation(tables)[rounds]


def _round_robin(tables: int) -> Whole:
    """All ways round a circle: [rounds, couples, 2]; of an odd number one table rests."""
    even = tables + tables % 2
    place = np.arange(even - 1)
    ring = (place[:, None] + place) % (even - 1)
    left, right = ring[:, 1 : even // 2], ring[:, : even // 2 - 1 : -1]
    last = np.full((even - 1, 1), even - 1)
    couples = np.concatenate(
        (np.stack((ring[:, :1], last), -1), np.stack((left, right), -1)), axis=1
    )
    return couples if even == tables else couples[:, 1:]


@dataclass
class Rounds:
    """Drafts of several rounds that are worked on together.

    seats  one array [drafts, tables, chairs] per round that may still change
    times  int64[drafts, N, N]  how often each two meet, in all rounds and before them
    """

    seats: list[Whole]
    times: Whole

    @classmethod
    def of(cls, seats: list[Whole], before: Whole) -> Rounds:
        times = np.repeat(before[None], len(seats[0]), axis=0)
        for round_ in seats:
            draft = np.arange(len(round_))[:, None, None, None]
            times[draft, round_[..., :, None], round_[..., None, :]] += 1
        times[:, np.arange(len(before)), np.arange(len(before))] = 0
        return cls([round_.copy() for round_ in seats], times)


def settle_together(
    gain: Floats,
    repeat_cost: float,
    rounds: Rounds,
    cooling: Cooling,
    rng: np.random.Generator,
    is_enough: Callable[[Rounds], bool] = lambda _: False,
) -> Rounds:
    """Swap in all rounds at once, where repeats cannot be avoided one round after the other.

    What two are worth in a round depends on the others: their gain if they meet nowhere else, and
    otherwise the cost of meeting again.
    """
    open_ = [at for at, round_ in enumerate(rounds.seats) if round_.shape[1] > 1]
    if not open_:
        return rounds
    work = {at: _couples(rounds.seats[at].shape[1], rng) for at in open_}
    size = max(rounds.seats[at][:, ::2].size * rounds.seats[at].shape[2] for at in open_)
    noise = _Noise(rng, size)
    for step, heat in enumerate(cooling.heats):
        at = open_[step % len(open_)]
        _swap_counting(gain, repeat_cost, rounds, at, next(work[at]), noise.at(heat))
        if step % 64 == 0 and is_enough(rounds):
            return rounds
    _settle_counting(gain, repeat_cost, rounds, open_)
    return rounds


def _settle_counting(gain: Floats, repeat_cost: float, rounds: Rounds, open_: list[int]) -> None:
    swapped = True
    while swapped:
        swapped = False
        for at in open_:
            for couples in _round_robin(rounds.seats[at].shape[1]):
                swapped |= _swap_counting(gain, repeat_cost, rounds, at, couples, None)


def _swap_counting(
    gain: Floats,
    repeat_cost: float,
    rounds: Rounds,
    at: int,
    couples: Whole,
    noise: Floats | None,
) -> bool:
    seats, n = rounds.seats[at], len(gain)
    drafts, _, chairs = seats.shape
    both = seats[:, couples].reshape(-1, 2 * chairs)
    draft = np.repeat(np.arange(drafts), len(couples))
    place = (both * n)[:, :, None] + both[:, None, :]
    elsewhere = rounds.times.take(place + (draft * n * n)[:, None, None]) - _together(chairs)
    block = np.where(elsewhere == 0, gain.take(place), -repeat_cost * again(elsewhere))
    couple, a, b = _chosen(_swap_worth(block), noise)
    _count(rounds.times, draft[couple], both[couple], a, b)
    both[couple, a], both[couple, b] = both[couple, b], both[couple, a]
    seats[:, couples] = both.reshape(drafts, *couples.shape, chairs)
    return len(couple) > 0


def _together(chairs: int) -> Whole:
    """Who of two tables sits with whom now: that meeting does not count as another."""
    table = np.repeat((0, 1), chairs)
    same: Whole = (table[:, None] == table).astype(np.int64)
    np.fill_diagonal(same, 0)
    return same


def _count(times: Whole, draft: Whole, both: Whole, a: Whole, b: Whole) -> None:
    """Meetings lost and won by swapping the people at places a and b of two tables."""
    every = np.arange(len(both))
    change = np.repeat(np.repeat((-1, 1), both.shape[1] // 2)[None], len(both), axis=0)
    change[every, a] = change[every, b] = 0
    first, second = both[every, a][:, None], both[every, b][:, None]
    draft = draft[:, None]
    times[draft, first, both] += change
    times[draft, both, first] += change
    times[draft, second, both] -= change
    times[draft, both, second] -= change
