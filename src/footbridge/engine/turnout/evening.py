"""Evening out: whom to invite to which of the coming dates, so that none is empty or overfull.

One more person helps a date exactly as much as it is likelier to be one short of its quorum than
to be just full. While a date is far below its quorum the first invitations help nothing alone, so
whole batches are weighed: the batch that adds most for each invitation goes first. What is
invited is then improved by single changes until none helps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from footbridge.engine.turnout.changes import improve
from footbridge.engine.turnout.distribution import Distribution
from footbridge.engine.turnout.limits import TOO_SMALL, check_bounds
from footbridge.engine.turnout.plan import COST, Floats, Plan

CLOSE = 2
"""Chances to come that agree to so many decimals count as alike: then others come first."""


@dataclass(frozen=True, slots=True)
class Date:
    """One coming session: its quorum and cap, and who will come of those accepted already.

    `limited` says that acceptances stop at the accept limit: then further invitations cannot
    overfill it, they can only lead to a waiting list, and passing the cap counts as landing well.
    """

    quorum: int
    cap: int
    forecast: Distribution
    limited: bool = False

    def __post_init__(self) -> None:
        check_bounds(self.quorum, self.cap)


@dataclass(frozen=True, eq=False)
class Guests:
    """Who may be invited, one row each.

    possible  bool[people, dates]   may be invited to that date (not invited or accepted yet)
    accept    float64[people]       chance to accept an invitation
    show      float64[people]       chance to come having accepted, from `Rates.of`
    most      int64[people]         to how many of these dates they may be invited
    away      float64[people]       days since they last came; infinite for those who never have
    """

    possible: NDArray[np.bool_]
    accept: Floats
    show: Floats
    most: NDArray[np.int64]
    away: Floats

    @classmethod
    def of(
        cls,
        possible: ArrayLike,
        accept: ArrayLike,
        show: ArrayLike,
        most: ArrayLike = 1,
        away: ArrayLike = np.inf,
    ) -> Guests:
        """Checked columns; a single number stands for everybody.

        ValueError for chances outside 0..1, a negative limit or time away, columns of other
        lengths, and for anything that is not a number.
        """
        may = np.asarray(possible)
        if may.ndim != 2 or (may.size and may.dtype != np.bool_):
            raise ValueError("possible must be a table of truth values, people by dates")
        n = len(may)
        return cls(
            may.astype(bool),
            _column(accept, n, "accept", 1.0),
            _column(show, n, "show", 1.0),
            _whole(most, n),
            _column(away, n, "away", np.inf),
        )


def _column(given: ArrayLike, n: int, name: str, highest: float) -> Floats:
    values = np.asarray(given, np.float64)
    if values.shape not in ((), (n,)):
        raise ValueError(f"{name} must hold one number for each of {n} people")
    if not ((values >= 0) & (values <= highest)).all():
        upto = f" to {highest:g}" if highest < np.inf else " or more"
        raise ValueError(f"{name} must hold numbers, 0{upto}")
    return np.broadcast_to(values, n).copy()


def _whole(given: ArrayLike, n: int) -> NDArray[np.int64]:
    values = np.asarray(given)
    if values.shape not in ((), (n,)) or (values.size and values.dtype.kind not in "iu"):
        raise ValueError(f"most must hold one whole number for each of {n} people")
    if (values < 0).any():
        raise ValueError("most must hold numbers, 0 or more")
    return np.broadcast_to(values, n).astype(np.int64)


class Because(StrEnum):
    """Why a date gets no more invitations than it does."""

    LIKELY = "likely"  # one more would not make it likelier, or hardly
    TOO_FEW = "too_few"  # still likely to be too small, but those left would not change that
    NOBODY_LEFT = "nobody_left"  # all who may come are invited, here or as often as they may be
    OVERFULL = "overfull"  # those who have accepted are more than enough


@dataclass(frozen=True, slots=True)
class Chance:
    """How a date is likely to land: inside, below the quorum, above the cap, and on average."""

    within: float
    below: float
    above: float
    mean: float


@dataclass(frozen=True, slots=True)
class Invitations:
    """For one date: whom to invite, and what that changes."""

    date: int
    people: tuple[int, ...]
    before: Chance
    after: Chance
    because: Because


@dataclass(frozen=True, slots=True)
class Evened:
    """One entry for each date, in the order given.

    `value` is what was made as large as we could: the sum over dates of the chance to land between
    quorum and cap, less `cost` for each invitation.
    """

    dates: tuple[Invitations, ...]
    cost: float

    @property
    def value(self) -> float:
        """Sum of the chances to land well, less the cost of all invitations."""
        invited = sum(len(one.people) for one in self.dates)
        return sum(one.after.within for one in self.dates) - self.cost * invited


def even_out(dates: Sequence[Date], guests: Guests, *, cost: float = COST) -> Evened:
    """Whom to invite to which date so that each is likely to land between quorum and cap.

    Maximises Σ P(quorum ≤ come ≤ cap) − cost · invitations; an invitation that adds less than
    `cost` (a fifth of a per cent) is not sent. Somebody invited comes with the chance
    accept · show, and `show` moves with the weather of the date. Those likelier to come are
    invited first (fewer people are troubled); among those alike, who has fewest other dates, then
    who has been away longest, then the lower number.

    The answer is good, not proven best: `checks.turnout.best_value` tries everything where that is
    possible. Run it again as answers come in. No dates or no people: no invitations.

    >>> from footbridge.engine.turnout import Guests, forecast
    >>> empty = forecast([])
    >>> guests = Guests.of(np.ones((12, 2), bool), accept=0.8, show=0.9)
    >>> plan = even_out([Date(4, 10, empty), Date(4, 10, empty)], guests)
    >>> [(one.people, round(one.after.within, 2)) for one in plan.dates]
    [((0, 1, 2, 3, 4, 5), 0.78), ((6, 7, 8, 9, 10, 11), 0.78)]
    """
    if guests.possible.shape[1] != len(dates) and guests.possible.size:
        raise ValueError(f"possible names {guests.possible.shape[1]} dates, not {len(dates)}")
    if not 0 <= cost < np.inf:
        raise ValueError(f"an invitation costs 0 or more, not {cost}")
    plan = Plan.of(dates, guests, cost)
    before = [_chance(plan, at) for at in range(len(dates))]
    if len(guests.accept) and len(dates):
        _fill(plan)
        improve(plan)
    return Evened(tuple(_told(plan, at, one) for at, one in enumerate(before)), cost)


def _fill(plan: Plan) -> None:
    """Batch after batch, each where it adds most per invitation."""
    batches = {at: _best_batch(plan, at) for at in range(len(plan.dates))}
    while batches:
        at = max(batches, key=lambda one: (batches[one].slope, -one))
        if batches[at].slope <= plan.cost:
            return
        rival = max((one.slope for other, one in batches.items() if other != at), default=0.0)
        taken = batches[at].upto(max(rival, plan.cost))
        for person in taken:
            plan.invite(person, at)
        for other in batches:
            if other == at or not plan.open_to(other)[list(batches[other].people)].all():
                batches[other] = _best_batch(plan, other)


@dataclass(frozen=True, slots=True)
class _Batch:
    """People in the order in which they would be invited, and what each adds."""

    people: tuple[int, ...]
    gains: tuple[float, ...]
    size: int
    slope: float

    def upto(self, rival: float) -> tuple[int, ...]:
        """The batch, and those after it who still add more than the rival would."""
        last = self.size
        while last < len(self.people) and self.gains[last] > rival:
            last += 1
        return self.people[:last]


def _best_batch(plan: Plan, at: int) -> _Batch:
    """The first people in order, up to where each invitation adds most on average."""
    people, gains = [], []
    for person, gain in _one_by_one(plan, at):
        people.append(person)
        gains.append(gain)
    if not people:
        return _Batch((), (), 0, 0.0)
    slopes = np.round(np.cumsum(gains) / np.arange(1, len(gains) + 1), 12)
    size = int(slopes.argmax()) + 1
    return _Batch(tuple(people), tuple(gains), size, float(slopes[size - 1]))


def _one_by_one(plan: Plan, at: int) -> Iterator[tuple[int, float]]:
    """Candidates in order and what each adds after those before; ends where one would harm."""
    chances = plan.chances[at]
    for person in _in_order(plan, at):
        coming = plan.coming(at)[person]
        gain = float(plan.help_of(at, chances) @ coming)
        if gain < 0:
            return
        yield person, gain
        chances = plan.added(at, chances, coming)


def _in_order(plan: Plan, at: int) -> list[int]:
    """Who may be invited: likelier to come first, then fewest other dates, then longest away."""
    people = np.flatnonzero(plan.open_to(at))
    likely = np.round(plan.guests.accept[people] * plan.guests.show[people], CLOSE)
    others = plan.guests.possible[people].sum(axis=1)
    order = np.lexsort((people, -plan.guests.away[people], others, -likely))
    ordered: list[int] = people[order].tolist()
    return ordered


def _told(plan: Plan, at: int, before: Chance) -> Invitations:
    people = tuple(sorted(plan.invited[at]))
    return Invitations(at, people, before, _chance(plan, at), _because(plan, at))


def _because(plan: Plan, at: int) -> Because:
    helps = plan.help_of(at, plan.chances[at])
    if not plan.invited[at] and float(helps.sum()) < 0:
        return Because.OVERFULL
    if not plan.open_to(at).any():
        return Because.NOBODY_LEFT
    return Because.TOO_FEW if plan.landing(at)[0] > TOO_SMALL else Because.LIKELY


def _chance(plan: Plan, at: int) -> Chance:
    below, within = plan.landing(at)
    return Chance(within, below, max(0.0, 1 - below - within), plan.mean(at))
