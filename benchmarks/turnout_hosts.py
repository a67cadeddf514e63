"""Made-up hosts for the rehearsal of turnout: who accepts, who comes, and the weather.

Everything that the forecasts are not told stands here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from footbridge.engine.turnout import Past, Standing, WalkIns

KINDS = {
    "free": (0.4, 0.6),
    "signed up": (0.8, 0.9),
    "some leave at once": (0.7, 0.8),
    "paid": (0.8, 0.9),
}
SWAYS = (0.0, 0.4, 0.8)
FORMAT = "café"
SESSIONS = 48


@dataclass
class Host:
    """One made-up host: a true rate, how evenings sway, and the people who may come."""

    rng: np.random.Generator
    rate: float
    sway: float
    people: int
    comes: np.ndarray = field(init=False)
    accepts: np.ndarray = field(init=False)
    walk_ins: float = field(init=False)

    def __post_init__(self) -> None:
        self.comes = logit(self.rate) + self.rng.normal(0, 0.6, self.people)
        self.accepts = logit(0.12) + self.rng.normal(0, 0.8, self.people)
        self.walk_ins = float(self.rng.uniform(0, 1.2))

    def weather(self, week: int) -> float:
        """What this evening adds to everybody's log-odds to come: chance and the time of year."""
        season = 0.2 * math.sin(2 * math.pi * week / 26) if self.sway else 0.0
        return float(self.rng.normal(0, self.sway)) + season


def logit(share: float) -> float:
    return math.log(share / (1 - share))


def chance(odds: np.ndarray | float) -> Any:
    return 1 / (1 + np.exp(-odds))


def hosts(number: int, seed: int, seats: Sequence[int] = (10,)) -> list[tuple[str, Host]]:
    """Hosts of every kind and every sway in turn, each with random streams of their own.

    `seats` are seats at a session; a host knows six, twelve or twenty-four people for each.
    """
    found = []
    for at in range(number):
        rng = np.random.default_rng([seed, at])
        kind = list(KINDS)[at % len(KINDS)]
        sway = SWAYS[at // len(KINDS) % len(SWAYS)]
        rate = float(rng.uniform(*KINDS[kind]))
        people = int(rng.choice([6, 12, 24])) * seats[at % len(seats)]
        found.append((kind, Host(rng, rate, sway, people)))
    return found


@dataclass
class Evening:
    """One session: who had accepted (new, returning), how many of each came, who walked in."""

    accepted: tuple[int, int]
    showed: tuple[int, int]
    walked_in: int

    @property
    def came(self) -> int:
        return sum(self.showed) + self.walked_in


def evenings(host: Host) -> list[Evening]:
    """A host's sessions, week after week; between four and some thirty have accepted."""
    been = np.zeros(host.people, bool)
    found = []
    for week in range(SESSIONS):
        often = 12 / host.people
        odds = host.accepts + logit(often) - logit(0.12) + host.rng.normal(0, 0.4)
        accepted = host.rng.random(host.people) < chance(odds)
        odds = host.comes + host.weather(week) - 0.3 * ~been
        came = accepted & (host.rng.random(host.people) < chance(odds))
        found.append(
            Evening(
                (int((accepted & ~been).sum()), int((accepted & been).sum())),
                (int((came & ~been).sum()), int((came & been).sum())),
                int(host.rng.poisson(host.walk_ins)),
            )
        )
        been |= came
    return found


def past_of(seen: Sequence[Evening]) -> list[Past]:
    return [
        Past(week, FORMAT, standing, evening.accepted[at], evening.showed[at], 7.0 * ago)
        for ago, (week, evening) in enumerate(reversed(list(enumerate(seen))), start=1)
        for at, standing in enumerate((Standing.FIRST_TIMER, Standing.RETURNER))
    ]


def walk_ins_of(seen: Sequence[Evening]) -> WalkIns:
    return WalkIns.learn((one.walked_in, 7.0 * ago) for ago, one in enumerate(reversed(seen), 1))
