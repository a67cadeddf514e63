"""How often accepted people really come, learnt from one host's own sessions.

Nothing here is about a person: a rate belongs to a format and to a standing (new, returning,
confirmed), so nobody's missed evening is ever held against them.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from footbridge.engine.turnout.weather import in_each_weather, weathers

Floats = NDArray[np.float64]

PRIOR_WEIGHT = 10.0
"""What is presumed counts as much as ten people would."""
YEAR = 365.0
"""Sessions of the last year count in full, then less and less; two years back they are gone."""


class Standing(StrEnum):
    """What is known of somebody who has accepted."""

    FIRST_TIMER = "first_timer"  # has not come to this host before
    RETURNER = "returner"  # has
    CONFIRMED = "confirmed"  # has said yes again in the last two days, new or not


PRESUMED: Mapping[Standing, float] = {
    Standing.FIRST_TIMER: 0.6,
    Standing.RETURNER: 0.6,
    Standing.CONFIRMED: 0.85,
}
"""Shares of accepted people who come, before a host has sessions of their own."""

PRESUMED_YES: Mapping[Standing, float] = {
    Standing.FIRST_TIMER: 0.25,
    Standing.RETURNER: 0.5,
    Standing.CONFIRMED: 0.5,
}
"""Shares of people asked who say yes, likewise: a guess, and as weak."""


@dataclass(frozen=True, slots=True)
class Past:
    """One standing at one session that is over: how many had accepted, how many of them came.

    `session` tells sessions apart (any number); who cancelled in time had not accepted.
    """

    session: int
    format: str
    standing: Standing
    accepted: int
    showed: int
    days_ago: float

    def __post_init__(self) -> None:
        if not 0 <= self.showed <= self.accepted:
            raise ValueError(
                f"of {self.accepted} accepted {self.showed} came: it must be 0 to {self.accepted}"
            )
        _check_age(self.days_ago)


@dataclass(frozen=True, slots=True)
class ShowRate:
    """A share of accepted people who come, and how sure we are of it: a Beta distribution.

    mean    what we expect, between 0 and 1
    weight  how many people's worth of evidence stands behind it; infinite where it is known

    >>> ShowRate.of(30, 40)
    ShowRate(mean=0.72, weight=50.0)
    >>> ShowRate.of(0, 0)
    ShowRate(mean=0.6, weight=10.0)
    """

    mean: float
    weight: float

    def __post_init__(self) -> None:
        if not 0 <= self.mean <= 1:
            raise ValueError(f"a share of people lies between 0 and 1, not at {self.mean}")
        if not self.weight > 0:
            raise ValueError(f"the weight of a rate must be above 0, not {self.weight}")

    @classmethod
    def of(
        cls, shows: float, accepted: float, presumed: float = 0.6, weight: float = PRIOR_WEIGHT
    ) -> ShowRate:
        """(presumed · weight + shows) / (weight + accepted): 6 and 10 unless told otherwise."""
        if not 0 <= shows <= accepted < math.inf:
            raise ValueError(f"of {accepted} accepted {shows} came: it must be 0 to {accepted}")
        return cls((presumed * weight + shows) / (weight + accepted), weight + accepted)

    @classmethod
    def known(cls, share: float) -> ShowRate:
        """A rate about which there is no doubt."""
        return cls(share, math.inf)


@dataclass(frozen=True, slots=True)
class Tally:
    """Sessions of one format and standing, old ones counted in part."""

    shows: float = 0.0
    accepted: float = 0.0
    evidence: float = 0.0
    """Like `accepted`, but people who shared one evening are fewer witnesses than heads."""


@dataclass(frozen=True)
class Rates:
    """What one host's sessions teach.

    sway      how much whole evenings go up and down together (weather, holidays): standard
              deviation of the log-odds to come
    presumed  what is taken for granted of each standing where no session says otherwise
    """

    sway: float
    tallies: Mapping[tuple[str, Standing], Tally] = field(default_factory=dict)
    presumed: Mapping[Standing, float] = field(default_factory=lambda: PRESUMED)

    def of(self, format: str, standing: Standing) -> ShowRate:
        """The rate for a format and a standing.

            mean = (10 · presumed + shows) / (10 + accepted)

        `presumed` is what the host's other formats say of people of that standing, by the same
        formula; where there are none it is `self.presumed`: 0.6, and 0.85 for those who have
        confirmed. A format without history thus leans on the others, and leaves them as its own
        sessions come in.
        """
        others = [
            tally
            for (name, its), tally in sorted(self.tallies.items())
            if its == standing and name != format
        ]
        presumed = ShowRate.of(
            math.fsum(one.shows for one in others),
            math.fsum(one.accepted for one in others),
            self.presumed[standing],
        ).mean
        own = self.tallies.get((format, standing), Tally())
        mean = ShowRate.of(own.shows, own.accepted, presumed).mean
        return ShowRate(mean, PRIOR_WEIGHT + own.evidence)


def learn(
    history: Iterable[Past],
    *,
    confirmed: Iterable[Past] = (),
    presumed: Mapping[Standing, float] = PRESUMED,
) -> Rates:
    """Rates and sway from a host's past sessions, in any order.

    `confirmed` counts again those of the same people who had said yes a second time: they teach
    the rate of `CONFIRMED`, and nothing about sway, since no head is to be counted twice. With
    `presumed=PRESUMED_YES` and rows of (asked, said yes) the same gives how many say yes.

    >>> history = [Past(day, "café", Standing.RETURNER, 10, 8, 7.0 * day) for day in range(1, 5)]
    >>> rates = learn(history)
    >>> rates.of("café", Standing.RETURNER).mean  # (6 + 32) / (10 + 40)
    0.76
    >>> rates.of("walk", Standing.RETURNER).mean  # leans on the café
    0.76
    >>> rates.of("walk", Standing.FIRST_TIMER).mean
    0.6
    >>> sure = [Past(1, "café", Standing.CONFIRMED, 10, 10, 7.0)]
    >>> learn(history, confirmed=sure).of("café", Standing.CONFIRMED).mean  # (8.5 + 10) / 20
    0.925
    >>> learn(history, confirmed=sure).sway == rates.sway
    True

    ValueError for rows of `confirmed` that are of another standing.
    """
    past, again = _in_order(history), _in_order(confirmed)
    if any(one.standing != Standing.CONFIRMED for one in again):
        raise ValueError("who said yes a second time stands as confirmed, not otherwise")
    crude = Rates(0.0, _tallies([*past, *again], 0.0, {}), presumed)
    means = {key: crude.of(*key).mean for key in crude.tallies}
    sway = _sway(past, means)
    return Rates(sway, _tallies([*past, *again], sway, means), presumed)


def _in_order(history: Iterable[Past]) -> list[Past]:
    return sorted(
        (one for one in history if one.accepted and kept(one.days_ago)),
        key=lambda one: (one.session, one.format, one.standing, one.accepted, one.showed),
    )


def kept(days_ago: float) -> float:
    """How much a session still counts: in full for a year, then falling to nothing in a second.

    >>> [kept(days) for days in (0, 365, 547.5, 730, 9999)]
    [1.0, 1.0, 0.5, 0.0, 0.0]
    """
    _check_age(days_ago)
    return min(1.0, max(0.0, 2.0 - days_ago / YEAR))


def _check_age(days_ago: float) -> None:
    if not days_ago >= 0:
        raise ValueError(f"a past session lies 0 or more days back, not {days_ago}")


def _tallies(
    past: Sequence[Past], sway: float, means: Mapping[tuple[str, Standing], float]
) -> dict[tuple[str, Standing], Tally]:
    sums: dict[tuple[str, Standing], list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for one in past:
        key = (one.format, one.standing)
        mean = means.get(key, 0.5)
        alike = sway**2 * mean * (1 - mean)
        total, share = sums[key], kept(one.days_ago)
        total[0] += share * one.showed
        total[1] += share * one.accepted
        total[2] += share * one.accepted / (1 + (one.accepted - 1) * alike)
    return {key: Tally(*total) for key, total in sums.items()}


PRESUMED_SWAY = 0.4
"""Before there are sessions: an evening's odds are mostly within a factor of 1.5 of the average."""
SWAYS = np.linspace(0.0, 1.6, 17)


def _sway(past: Sequence[Past], means: Mapping[tuple[str, Standing], float]) -> float:
    """How much whole evenings vary beyond chance: mean of the posterior over a grid of values.

    The prior is a half-normal with mean `PRESUMED_SWAY`; a session of few people says little.
    """
    scale = PRESUMED_SWAY * math.sqrt(math.pi / 2)
    log_weight = -0.5 * (SWAYS / scale) ** 2
    if past:
        log_weight = log_weight + _log_likelihood(past, means)
    weight = np.exp(log_weight - log_weight.max())
    # Both ends of the grid stand for half a step.
    weight[[0, -1]] /= 2
    return float((weight * SWAYS).sum() / weight.sum())


def _log_likelihood(past: Sequence[Past], means: Mapping[tuple[str, Standing], float]) -> Floats:
    """Of each value in `SWAYS`: a session has one weather, the same for all who had accepted."""
    session = np.unique([one.session for one in past], return_inverse=True)[1]
    came = np.array([one.showed for one in past], float)
    missed = np.array([one.accepted for one in past], float) - came
    share = np.array([kept(one.days_ago) for one in past])
    mean = np.clip([means[one.format, one.standing] for one in past], 0.001, 0.999)
    of_session = np.zeros(session.max() + 1)
    np.maximum.at(of_session, session, share)
    total = np.zeros(len(SWAYS))
    for at, sway in enumerate(SWAYS.tolist()):
        chance = in_each_weather(mean, sway)
        fit = came[:, None] * np.log(chance) + missed[:, None] * np.log1p(-chance)
        by_session = np.zeros((len(of_session), chance.shape[1]))
        np.add.at(by_session, session, fit)
        top = by_session.max(axis=1)
        mixed = np.log(np.exp(by_session - top[:, None]) @ weathers(sway)[1]) + top
        total[at] = (of_session * mixed).sum()
    return total


WALK_IN = 0.5
"""Half a person walks in unannounced, before a host has sessions of their own."""


@dataclass(frozen=True, slots=True)
class WalkIns:
    """People who come without having accepted: a negative binomial.

    mean   how many we expect, 0 or more
    shape  how regular they are: the variance is mean + mean² / shape; infinite is Poisson

    >>> WalkIns.learn([])
    WalkIns(mean=0.5, shape=0.5)
    """

    mean: float
    shape: float

    def __post_init__(self) -> None:
        if not 0 <= self.mean < math.inf:
            raise ValueError(f"the number of walk-ins expected must be 0 or more, not {self.mean}")
        if not self.shape > 0:
            raise ValueError(f"the shape of walk-ins must be above 0, not {self.shape}")

    @classmethod
    def learn(cls, seen: Iterable[tuple[int, float]], presumed: float = WALK_IN) -> WalkIns:
        """From (how many came unannounced, days ago) of past sessions.

            mean = (presumed + Σ kept · came) / (1 + Σ kept)

        Gamma prior worth one session with `presumed` walk-ins, half a one unless told otherwise
        (as by the host's other formats); what evenings vary beyond chance is added by the method
        of moments, by half when there are five sessions.

        >>> WalkIns.learn([(2, 7.0), (2, 14.0), (2, 21.0)], presumed=2).mean
        2.0
        """
        if not 0 < presumed < math.inf:
            raise ValueError(f"the number of walk-ins presumed must be above 0, not {presumed}")
        past = sorted((days, count) for count, days in seen if kept(days))
        if any(count < 0 for _, count in past):
            raise ValueError("the number of walk-ins must be 0 or more")
        share = np.array([kept(days) for days, _ in past])
        count = np.array([count for _, count in past], float)
        sessions, total = float(share.sum()), float((share * count).sum())
        mean = (presumed + total) / (1 + sessions)
        extra = 0.0
        if sessions > 1:
            spread = float((share * (count - mean) ** 2).sum()) / (sessions - 1)
            extra = max(0.0, spread - mean) / mean**2 * sessions / (sessions + 5)
        return cls(mean, 1 / (1 / (presumed + total) + extra))
