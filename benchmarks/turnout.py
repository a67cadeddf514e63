"""Turnout, rehearsed on simulated seasons: are the forecasts honest, and does evening out help?

    python -m benchmarks.turnout [--hosts 40]

No public record of who accepted and who came exists, so hosts are drawn from the published rates:
free events where 40 to 60 % come, sessions that one signs up for where 10 to 20 % stay away, ones
where 20 % stay away and some leave at once, paid ones where 80 to 90 % come. People differ, new
ones come less, every evening has its weather, and half the year is better than the other (see
`turnout_hosts`). The forecasts are told none of this: they see past sessions only, one by one.
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from benchmarks.turnout_hosts import (
    FORMAT,
    Evening,
    Host,
    chance,
    evenings,
    hosts,
    past_of,
    walk_ins_of,
)
from footbridge.engine.turnout import (
    Date,
    Distribution,
    Expected,
    Guests,
    Rates,
    ShowRate,
    Standing,
    WalkIns,
    advise,
    even_out,
    forecast,
    learn,
    room_for,
)
from footbridge.engine.turnout.limits import Step

Row = dict[str, Any]
SEASON = 12


# How honest the forecasts are.

Forecaster = Callable[[Sequence[Evening], Evening], Distribution]


def ours(seen: Sequence[Evening], now: Evening) -> Distribution:
    """As the product does: rates by standing, their doubt, walk-ins, and the sway of evenings."""
    return of_rates(learn(past_of(seen)), walk_ins_of(seen), now)


def calm(seen: Sequence[Evening], now: Evening) -> Distribution:
    """The same without weather: people come or stay away independently of each other."""
    rates = learn(past_of(seen))
    still = Rates(0.0, rates.tallies)
    return of_rates(still, walk_ins_of(seen), now)


def of_rates(rates: Rates, walk_ins: WalkIns, now: Evening) -> Distribution:
    groups = [
        Expected(people, rates.of(FORMAT, standing))
        for people, standing in zip(now.accepted, (Standing.FIRST_TIMER, Standing.RETURNER))
    ]
    return forecast(groups, walk_ins=walk_ins, sway=rates.sway)


def share_so_far(seen: Sequence[Evening], now: Evening) -> Distribution:
    """The spreadsheet: all who came by all who accepted, times those who accepted now."""
    accepted = sum(sum(one.accepted) for one in seen)
    came = sum(one.came for one in seen)
    share = min(came / accepted, 1.0) if accepted else 0.6
    return forecast([Expected(sum(now.accepted), ShowRate.known(share))], sway=0.0)


def sixty(seen: Sequence[Evening], now: Evening) -> Distribution:
    """The rule of thumb: six in ten come."""
    return forecast([Expected(sum(now.accepted), ShowRate.known(0.6))], sway=0.0)


FORECASTERS: dict[str, Forecaster] = {
    "ours": ours,
    "ours without weather": calm,
    "share so far × accepted": share_so_far,
    "always 60 %": sixty,
}


@dataclass
class Score:
    """How one forecaster did: `promised` is what its own bands hold, 80 % or a little more."""

    inside: list[bool] = field(default_factory=list)
    promised: list[float] = field(default_factory=list)
    width: list[int] = field(default_factory=list)
    surprise: list[float] = field(default_factory=list)

    def add(self, told: Distribution, came: int) -> None:
        low, high = told.band(0.8)
        self.inside.append(low <= came <= high)
        self.promised.append(float(told.chances[low : high + 1].sum()))
        self.width.append(high - low + 1)
        exactly = told.chances[came] if came < len(told.chances) else 0.0
        self.surprise.append(-math.log(max(float(exactly), 1e-6)))

    def said(self) -> str:
        inside, promised = 100 * np.mean(self.inside), 100 * np.mean(self.promised)
        width, surprise = np.mean(self.width), np.mean(self.surprise)
        held = f"{inside:.1f} % inside ({promised:.1f} % promised"
        return f"{held}, {width:.1f} wide, surprise {surprise:.2f})"


def calibrate(number: int, seed: int = 5) -> dict[tuple[str, str], Score]:
    """Every session of every host, forecast from the sessions before it."""
    scores: dict[tuple[str, str], Score] = {}
    for _, host in hosts(number, seed):
        sessions = evenings(host)
        for week, now in enumerate(sessions):
            for name, forecaster in FORECASTERS.items():
                told = forecaster(sessions[:week], now)
                for part in ("all sessions", phase(week), f"evenings sway by {host.sway}"):
                    scores.setdefault((part, name), Score()).add(told, now.came)
    return scores


def phase(week: int) -> str:
    return "sessions 1 to 6" if week < 6 else "sessions 7 to 20" if week < 20 else "sessions 21 on"


# What evening out changes.


@dataclass
class Policy:
    """Whom a host invites, and whether acceptances stop at a limit."""

    name: str
    evened: bool
    limit: str


POLICIES = (
    Policy("invite everyone", evened=False, limit="none"),
    Policy("invite everyone, accept as many as seats", evened=False, limit="cap"),
    Policy("invite everyone, accept limit", evened=False, limit="risk"),
    Policy("even out, accept limit", evened=True, limit="risk"),
)


@dataclass
class Tally:
    """Sessions of one policy."""

    sessions: int = 0
    under: int = 0
    over: int = 0
    called_off: int = 0
    invited: int = 0
    came: int = 0
    refused: int = 0

    def said(self) -> str:
        n = max(self.sessions, 1)
        return (
            f"{100 * self.under / n:.1f} % under, {100 * self.over / n:.1f} % over "
            f"({self.came / n:.1f} came, {self.invited / n:.0f} invited, "
            f"{self.refused / n:.1f} refused)"
        )

    @property
    def missed(self) -> float:
        return (self.under + self.over) / max(self.sessions, 1)


@dataclass
class Season:
    """One host's dice for twelve dates, the same for every policy."""

    host: Host
    cap: int
    quorum: int
    holiday: np.ndarray
    weather: np.ndarray
    accept_dice: np.ndarray
    show_dice: np.ndarray
    walked_in: np.ndarray
    order: np.ndarray

    @classmethod
    def of(cls, host: Host, cap: int, quorum: int) -> Season:
        shape = (host.people, SEASON)
        rng = host.rng
        return cls(
            host,
            cap,
            quorum,
            rng.normal(0, 0.5, SEASON),
            np.array([host.weather(week) for week in range(SEASON)]),
            rng.random(shape),
            rng.random(shape),
            rng.poisson(host.walk_ins, SEASON),
            rng.random(shape).argsort(axis=0),
        )

    def says_yes(self, people: np.ndarray, date: int) -> np.ndarray:
        odds = self.host.accepts[people] + self.holiday[date]
        return people[self.accept_dice[people, date] < chance(odds)]

    def comes(self, people: np.ndarray, date: int) -> int:
        odds = self.host.comes[people] + self.weather[date]
        return int((self.show_dice[people, date] < chance(odds)).sum())


def seasons(number: int, seed: int = 11) -> dict[tuple[int, str], Tally]:
    """Each host's season under each policy; what is learnt before it is the same for all."""
    tallies: dict[tuple[int, str], Tally] = {}
    for at, (_, host) in enumerate(hosts(number, seed, seats=(10, 30))):
        cap, quorum = ((10, 4), (30, 12))[at % 2]
        rates, walk_ins, accepting = learnt(host)
        season = Season.of(host, cap, quorum)
        for policy in POLICIES:
            tally = tallies.setdefault((cap, policy.name), Tally())
            play(season, policy, rates, walk_ins, accepting, tally)
    return tallies


def learnt(host: Host) -> tuple[Rates, WalkIns, np.ndarray]:
    """What twenty evenings of inviting everybody teach: rates, and who tends to accept."""
    seen, yes = [], np.zeros(host.people)
    for week in range(20):
        accepted = host.rng.random(host.people) < chance(host.accepts + host.rng.normal(0, 0.5))
        odds = host.comes + host.weather(week)
        came = accepted & (host.rng.random(host.people) < chance(odds))
        walked_in = int(host.rng.poisson(host.walk_ins))
        seen.append(Evening((0, int(accepted.sum())), (0, int(came.sum())), walked_in))
        yes += accepted
    average = yes.sum() / (20 * host.people)
    return learn(past_of(seen)), walk_ins_of(seen), (8 * average + yes) / (8 + 20)


def play(
    season: Season,
    policy: Policy,
    rates: Rates,
    walk_ins: WalkIns,
    accepting: np.ndarray,
    tally: Tally,
) -> None:
    """Twelve weeks; the three coming dates are open, and answers come within the week."""
    rate = rates.of(FORMAT, Standing.RETURNER)
    accepted = [np.empty(0, int) for _ in range(SEASON)]
    asked = np.zeros((season.host.people, SEASON), bool)
    for week in range(SEASON):
        open_dates = list(range(week, min(week + 3, SEASON)))
        guests = inviting(season, policy, rates, walk_ins, accepting, accepted, asked, open_dates)
        for date, people in guests.items():
            asked[people, date] = True
            tally.invited += len(people)
            yes = season.says_yes(people, date)
            yes = yes[np.argsort(season.order[yes, date])]
            room = limit_of(season, policy, rate, walk_ins, rates.sway, len(accepted[date]))
            accepted[date] = np.concatenate((accepted[date], yes[:room]))
            tally.refused += len(yes[room:])
        count(season, week, accepted[week], rates, walk_ins, tally)


def inviting(
    season: Season,
    policy: Policy,
    rates: Rates,
    walk_ins: WalkIns,
    accepting: np.ndarray,
    accepted: list[np.ndarray],
    asked: np.ndarray,
    open_dates: list[int],
) -> dict[int, np.ndarray]:
    """Everybody who was not asked yet, or whom the plan names."""
    if not policy.evened:
        return {date: np.flatnonzero(~asked[:, date]) for date in open_dates}
    rate = rates.of(FORMAT, Standing.RETURNER)
    dates = [
        Date(
            season.quorum,
            season.cap,
            forecast([Expected(len(accepted[date]), rate)], walk_ins=walk_ins, sway=rates.sway),
            limited=True,
        )
        for date in open_dates
    ]
    guests = Guests.of(~asked[:, open_dates], accepting, rate.mean, most=len(open_dates))
    plan = even_out(dates, guests)
    return {open_dates[one.date]: np.array(one.people, int) for one in plan.dates}


def limit_of(
    season: Season, policy: Policy, rate: ShowRate, walk_ins: WalkIns, sway: float, already: int
) -> int:
    if policy.limit == "none":
        return season.host.people
    if policy.limit == "cap":
        return max(0, season.cap - already)
    return room_for([Expected(already, rate)], rate, season.cap, walk_ins=walk_ins, sway=sway)


def count(
    season: Season,
    date: int,
    accepted: np.ndarray,
    rates: Rates,
    walk_ins: WalkIns,
    tally: Tally,
) -> None:
    came = season.comes(accepted, date) + int(season.walked_in[date])
    rate = rates.of(FORMAT, Standing.RETURNER)
    told = forecast([Expected(len(accepted), rate)], walk_ins=walk_ins, sway=rates.sway)
    advice = advise(told, season.quorum, season.cap, hours_left=24)
    tally.sessions += 1
    tally.came += came
    tally.under += came < season.quorum
    tally.over += came > season.cap
    tally.called_off += came < season.quorum and advice.step is Step.CANCEL_OR_MERGE


def run(quick: bool) -> list[Row]:
    """Rows for `python -m benchmarks`."""
    number = 24 if quick else 96
    scores = calibrate(number)
    rows = [honest(part, scores, number) for part in sorted({part for part, _ in scores})]
    tallies = seasons(number)
    rows += [better(cap, tallies, number) for cap in sorted({cap for cap, _ in tallies})]
    return [*rows, planning(), forecasting()]


def honest(part: str, scores: dict[tuple[str, str], Score], number: int) -> Row:
    """Eight in ten inside the band, or somewhat more, since people do not come in halves."""
    told = {name: scores[part, name] for name in FORECASTERS}
    inside, promised = float(np.mean(told["ours"].inside)), float(np.mean(told["ours"].promised))
    return {
        "work": f"forecast: turnout inside the 80 % band, {part}",
        "size": f"{number} hosts, {len(told['ours'].inside):,} sessions",
        "ours_said": told["ours"].said(),
        "peers_said": {name: one.said() for name, one in told.items() if name != "ours"},
        "goal": "77 % or more, at most 3 points above what is promised",
        "met": 0.77 <= inside <= promised + 0.03,
    }


def better(cap: int, tallies: dict[tuple[int, str], Tally], number: int) -> Row:
    """Fewer sessions under the quorum or over the cap than by inviting everyone."""
    names = [policy.name for policy in POLICIES]
    mine, everyone = tallies[cap, names[-1]], tallies[cap, names[0]]
    told = f"; {mine.called_off} of {mine.under} under it called off in time"
    return {
        "work": f"even out twelve dates, cap {cap}",
        "size": f"{number // 2} hosts, {mine.sessions:,} sessions",
        "ours_said": mine.said() + told,
        "peers_said": {name: tallies[cap, name].said() for name in names[:-1]},
        "goal": "half of invite-everyone's misses",
        "met": mine.missed <= everyone.missed / 2,
    }


def planning(people: int = 5000) -> Row:
    """How long a plan for twelve dates takes."""
    rng = np.random.default_rng(1)
    rate = ShowRate.of(30, 50)
    dates = [
        Date(4, 10, forecast([Expected(int(rng.integers(0, 5)), rate)])) for _ in range(SEASON)
    ]
    guests = Guests.of(
        rng.random((people, SEASON)) < 0.6,
        rng.beta(2, 5, people),
        rng.beta(6, 4, people),
        rng.integers(1, 4, people),
    )
    took = min(cpu_ms(lambda: even_out(dates, guests)) for _ in range(5))
    work, size = "even out, one plan", f"{people:,} people, {SEASON} dates"
    return _speed(work, size, took, "<= 1 s", took <= 1000)


def forecasting() -> Row:
    """How long one forecast takes: two groups and walk-ins."""
    groups = [Expected(12, ShowRate.of(30, 40)), Expected(8, ShowRate.of(3, 4))]
    ours_ms = min(cpu_ms(lambda: forecast(groups, walk_ins=WalkIns(0.5, 2))) for _ in range(50))
    return _speed("one forecast", "20 accepted", ours_ms, "<= 2 ms", ours_ms <= 2)


def _speed(work: str, size: str, took: float, goal: str, met: bool) -> Row:
    return {
        "work": work,
        "size": size,
        "ours_ms": round(took, 3),
        "peers": {},
        "goal": goal,
        "met": met,
    }


def cpu_ms(work: Callable[[], object]) -> float:
    began = time.thread_time()
    work()
    return (time.thread_time() - began) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--hosts", type=int, default=24)
    number = parser.parse_args().hosts
    scores = calibrate(number)
    for part in sorted({part for part, _ in scores}):
        for name in FORECASTERS:
            print(f"{part:24} {name:24} {scores[part, name].said()}")
    for (cap, name), tally in sorted(seasons(number).items()):
        print(f"cap {cap}: {name:42} {tally.said()}; {tally.called_off} called off in time")


if __name__ == "__main__":
    main()
