"""A plan of invitations being made: who is invited where, and how each date then stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from footbridge.engine.turnout.weather import in_each_weather, weathers

if TYPE_CHECKING:
    from footbridge.engine.turnout.evening import Date, Guests

Floats = NDArray[np.float64]

COST = 0.002
"""An invitation that makes no date likelier by this much is not worth asking somebody."""


@dataclass(eq=False)
class Plan:
    """Invitations so far. The only thing here that changes; it never leaves the module.

    chances   per date float64[weathers, cap + 1]: 0 to cap people; what is missing is overfull
    invited   per date, who is invited, in the order of their invitation
    left      int64[people]: to how many more dates each may be invited
    may       bool[people, dates]: could be invited there, and is not
    """

    dates: Sequence[Date]
    guests: Guests
    cost: float
    chances: list[Floats]
    invited: list[list[int]]
    left: NDArray[np.int64]
    may: NDArray[np.bool_]
    _coming: dict[float, Floats]

    @classmethod
    def of(cls, dates: Sequence[Date], guests: Guests, cost: float) -> Plan:
        """Nobody is invited yet."""
        return cls(
            dates,
            guests,
            cost,
            [_up_to(date.forecast.by_weather, date.cap) for date in dates],
            [[] for _ in dates],
            guests.most.copy(),
            guests.possible.copy(),
            {},
        )

    def coming(self, at: int) -> Floats:
        """float64[people, weathers]: the chance that each, once invited, comes to this date."""
        sway = self.dates[at].forecast.sway
        if sway not in self._coming:
            show = in_each_weather(self.guests.show, sway)
            self._coming[sway] = self.guests.accept[:, None] * show
        return self._coming[sway]

    def open_to(self, at: int) -> NDArray[np.bool_]:
        """bool[people]: who may still be invited to this date."""
        still: NDArray[np.bool_] = self.may[:, at] & (self.left > 0)
        return still

    def invite(self, person: int, at: int) -> None:
        self.invited[at].append(person)
        self.left[person] -= 1
        self.may[person, at] = False
        self.chances[at] = self.added(at, self.chances[at], self.coming(at)[person])

    def withdraw(self, person: int, at: int) -> None:
        """Take an invitation back; the date is counted anew, since subtracting loses digits."""
        self.invited[at].remove(person)
        self.left[person] += 1
        self.may[person, at] = True
        self.chances[at] = self.chances_before(at)
        for one in self.invited[at]:
            self.chances[at] = self.added(at, self.chances[at], self.coming(at)[one])

    def chances_before(self, at: int) -> Floats:
        """The date with nobody invited: only those who have accepted already."""
        return _up_to(self.dates[at].forecast.by_weather, self.dates[at].cap)

    def added(self, at: int, chances: Floats, coming: Floats) -> Floats:
        """One more person, who comes with these chances in each weather.

        Where acceptances are limited the last column keeps who would be one too many.
        """
        comes = coming[:, None]
        more = chances * (1 - comes)
        more[:, 1:] += chances[:, :-1] * comes
        if self.dates[at].limited:
            more[:, -1] += chances[:, -1] * coming
        return more

    def help_of(self, at: int, chances: Floats) -> Floats:
        """float64[weathers]: what somebody certain to come would add to the chance to land well.

        P(quorum − 1) − P(cap): saved from being one short, less pushed over the edge, which cannot
        be where acceptances are limited; times how likely the weather is. Its product with a
        person's chances is what that person adds.
        """
        date = self.dates[at]
        saved = chances[:, date.quorum - 1] if date.quorum else np.zeros(len(chances))
        lost = 0.0 if date.limited else chances[:, date.cap]
        return self.weight(at) * (saved - lost)

    def weight(self, at: int) -> Floats:
        return weathers(self.dates[at].forecast.sway)[1]

    def within(self, at: int, chances: Floats) -> float:
        """The chance to land between quorum and cap."""
        return float(self.weight(at) @ chances[:, self.dates[at].quorum :].sum(axis=1))

    def landing(self, at: int) -> tuple[float, float]:
        """The chances to land below the quorum, and between quorum and cap."""
        upto = self.weight(at) @ self.chances[at]
        quorum = self.dates[at].quorum
        return float(upto[:quorum].sum()), float(upto[quorum:].sum())

    def mean(self, at: int) -> float:
        """How many come on average, of those accepted and those invited, before any limit."""
        coming = self.weight(at) @ self.coming(at)[self.invited[at]].sum(axis=0)
        return self.dates[at].forecast.mean + float(coming)


def _up_to(by_weather: Floats, cap: int) -> Floats:
    """The columns for 0..cap, zeros where nobody can come in such number."""
    kept = by_weather[:, : cap + 1]
    return np.pad(kept, ((0, 0), (0, cap + 1 - kept.shape[1])))
