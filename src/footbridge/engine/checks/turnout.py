"""An independent judge of turnout: other sums for the same questions, and every plan tried.

It shares no formula code with the solver. Chances are plain sums over one standard normal weather
in small steps, with gamma functions from the standard library; numbers of people are added up one
person at a time; a plan is compared with all plans there are, where they are few.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, product
from typing import Any

from footbridge.engine.turnout import (
    Date,
    Distribution,
    Evened,
    Expected,
    Guests,
    Past,
    ShowRate,
    Standing,
    WalkIns,
)

TOLERANCE = 5e-4
"""Fifteen weathers stand for all: chances agree to about so much."""
EXACT = 1e-9


def chances(
    groups: Iterable[Expected], walk_ins: WalkIns | None, sway: float, most: int
) -> list[float]:
    """The chance that 0, 1, … `most` people come.

    >>> coin = Expected(2, ShowRate.known(0.5))
    >>> [round(one, 6) for one in chances([coin], None, 0.0, 3)]
    [0.25, 0.5, 0.25, 0.0]
    """
    groups = list(groups)
    total = [0.0] * (most + 1)
    for z, weight in _normal(sway):
        here = [1.0] + [0.0] * most
        for group in groups:
            share = _share_in(group.rate.mean, sway, z)
            here = _sum_of(here, [_came(group, share, k) for k in range(most + 1)])
        if walk_ins is not None:
            here = _sum_of(here, [_walked_in(walk_ins, k) for k in range(most + 1)])
        total = [a + weight * b for a, b in zip(total, here)]
    return total


def forecast_faults(
    groups: Iterable[Expected], walk_ins: WalkIns | None, sway: float, answer: Distribution
) -> list[str]:
    """What is wrong with a forecast, in words."""
    given = answer.chances.tolist()
    true = chances(groups, walk_ins, sway, len(given) - 1)
    found = [
        f"{k} come with chance {b:.6f}, not {a:.6f}"
        for k, (a, b) in enumerate(zip(given, true))
        if abs(a - b) > TOLERANCE
    ]
    if abs(math.fsum(given) - 1) > EXACT or min(given) < 0:
        found.append("the chances do not sum to 1")
    return found


def band_faults(answer: Distribution, share: float) -> list[str]:
    """What is wrong with a band: too little in it, or a narrower or likelier one passed over."""
    given = answer.chances.tolist()
    low, high = answer.band(share)
    runs = {
        (a, b): math.fsum(given[a : b + 1]) for a in range(len(given)) for b in range(a, len(given))
    }
    held = {run: mass for run, mass in runs.items() if mass >= share - EXACT}
    narrowest = min(b - a for a, b in held)
    likeliest = max(mass for (a, b), mass in held.items() if b - a == narrowest)
    found = []
    if (low, high) not in held:
        found.append(f"{low} to {high} holds less than {share}")
    elif high - low > narrowest:
        found.append(f"a run of {narrowest + 1} numbers would do")
    elif held[low, high] < likeliest - EXACT:
        found.append(f"as narrow a run holds {likeliest:.6f}")
    return found


def limit_faults(rate: ShowRate, cap: int, alpha: float, sway: float, answer: int) -> list[str]:
    """What is wrong with an accept limit: it overflows too often, or one more would not.

    >>> limit_faults(ShowRate.known(0.5), 10, 0.1, 0.0, 14)
    ['15 would overflow with chance 0.0592 only']
    """

    def overflow(people: int) -> float:
        return 1 - math.fsum(chances([Expected(people, rate)], None, sway, cap))

    found = []
    if overflow(answer) > alpha + TOLERANCE:
        found.append(f"{answer} overflow with chance {overflow(answer):.4f}")
    if answer < 10 * cap and overflow(answer + 1) < alpha - TOLERANCE:
        found.append(f"{answer + 1} would overflow with chance {overflow(answer + 1):.4f} only")
    return found


def rate_faults(
    history: Iterable[Past],
    confirmed: Iterable[Past],
    format: str,
    standing: Standing,
    presumed: float,
    answer: ShowRate,
) -> list[str]:
    """What is wrong with a learnt rate: heads are counted one session at a time, in plain sums.

    >>> history = [Past(1, "a", Standing.RETURNER, 4, 4, 5.0)]
    >>> rate_faults(history, (), "a", Standing.RETURNER, 0.6, ShowRate(0.6, 10))
    ['the rate is told as 0.600000, not 0.714286', 'fewer witnesses than the prior alone']
    """
    rows = [one for one in (*history, *confirmed) if one.standing == standing]

    def leaning_on(start: float, some: list[Past]) -> float:
        came = math.fsum(_share_kept(one.days_ago) * one.showed for one in some)
        said = math.fsum(_share_kept(one.days_ago) * one.accepted for one in some)
        return (10 * start + came) / (10 + said)

    others = leaning_on(presumed, [one for one in rows if one.format != format])
    own = [one for one in rows if one.format == format and _share_kept(one.days_ago) > 0]
    true, found = leaning_on(others, own), []
    if abs(answer.mean - true) > EXACT:
        found.append(f"the rate is told as {answer.mean:.6f}, not {true:.6f}")
    heads = math.fsum(_share_kept(one.days_ago) * one.accepted for one in own)
    if any(one.accepted for one in own) and not answer.weight > 10:
        found.append("fewer witnesses than the prior alone")
    if answer.weight > 10 + heads + EXACT:
        found.append("more witnesses than there were heads")
    return found


def walk_in_faults(
    seen: Iterable[tuple[int, float]], presumed: float, answer: WalkIns
) -> list[str]:
    """What is wrong with walk-ins that were learnt: their mean, or too regular to be people.

    >>> walk_in_faults([(3, 5.0)], 0.5, WalkIns(3.0, 2.0))
    ['3.000000 are expected, not 1.750000']
    """
    past = [(count, _share_kept(days)) for count, days in seen]
    total = math.fsum(count * share for count, share in past)
    true = (presumed + total) / (1 + math.fsum(share for _count, share in past))
    found = []
    if abs(answer.mean - true) > EXACT:
        found.append(f"{answer.mean:.6f} are expected, not {true:.6f}")
    if answer.shape > presumed + total + EXACT:
        found.append("more regular than so few sessions can show")
    return found


def _share_kept(days: float) -> float:
    """All of the last year, nothing of what is older than two, and a straight line between."""
    if days <= 365:
        return 1.0
    return (730 - days) / 365 if days < 730 else 0.0


def plan_faults(dates: Sequence[Date], guests: Guests, answer: Evened) -> list[str]:
    """What is wrong with invitations: who may not come, is asked too often, or false figures."""
    found = [fault for one in answer.dates for fault in _invitation_faults(dates, guests, one)]
    if [one.date for one in answer.dates] != list(range(len(dates))):
        found.append("not one entry for each date, in order")
    asked = [person for one in answer.dates for person in one.people]
    for person in sorted(set(asked)):
        if asked.count(person) > int(guests.most[person]):
            found.append(f"{person} is invited {asked.count(person)} times")
    if not found and abs(answer.value - value(dates, guests, answer)) > EXACT:
        found.append("its value is not what its dates sum to")
    nobody = math.fsum(landing(date, guests, ())[1] for date in dates)
    if answer.value < nobody - 1e-6:
        found.append("inviting nobody would be better")
    return found


def value(dates: Sequence[Date], guests: Guests, answer: Evened) -> float:
    """Sum of the chances to land well, less the cost of the invitations, counted anew."""
    well = math.fsum(landing(dates[one.date], guests, one.people)[1] for one in answer.dates)
    return well - answer.cost * sum(len(one.people) for one in answer.dates)


def best_value(dates: Sequence[Date], guests: Guests, cost: float) -> float:
    """The best value of any plan, by trying all of them: for a handful of people and dates."""
    choices = [_subsets(guests, person) for person in range(len(guests.most))]
    known: dict[tuple[int, tuple[int, ...]], float] = {}
    best = -math.inf
    for chosen in product(*choices):
        total = -cost * sum(len(one) for one in chosen)
        for at, date in enumerate(dates):
            people = tuple(p for p, one in enumerate(chosen) if at in one)
            if (at, people) not in known:
                known[at, people] = landing(date, guests, people)[1]
            total += known[at, people]
        best = max(best, total)
    return best


def landing(date: Date, guests: Guests, people: Sequence[int]) -> tuple[float, float]:
    """The chances to land below the quorum, and between quorum and cap, one person at a time."""
    below = within = 0.0
    sway = date.forecast.sway
    for row, (z, weight) in zip(date.forecast.by_weather.tolist(), _nodes(sway)):
        here = row[: date.cap + 1] if date.limited else row
        for person in people:
            show = _share_in(float(guests.show[person]), sway, z)
            here = _with_one_more(here, float(guests.accept[person]) * show)
            if date.limited:
                here = [*here[: date.cap], math.fsum(here[date.cap :])]
        below += weight * math.fsum(here[: date.quorum])
        within += weight * math.fsum(here[date.quorum : date.cap + 1])
    return below, within


def _invitation_faults(dates: Sequence[Date], guests: Guests, one: Any) -> Iterator[str]:
    if len(set(one.people)) < len(one.people):
        yield f"somebody is invited twice to date {one.date}"
    for person in one.people:
        if not guests.possible[person, one.date]:
            yield f"{person} cannot come to date {one.date}"
    for people, told in (((), one.before), (one.people, one.after)):
        below, within = landing(dates[one.date], guests, people)
        given = (told.below, told.within, told.above)
        if any(abs(a - b) > 1e-7 for a, b in zip(given, (below, within, 1 - below - within))):
            yield f"date {one.date} with {len(people)} invited lands well with {within:.6f}"


def _subsets(guests: Guests, person: int) -> list[tuple[int, ...]]:
    may = [at for at, one in enumerate(guests.possible[person].tolist()) if one]
    most = int(guests.most[person])
    return [some for k in range(min(most, len(may)) + 1) for some in combinations(may, k)]


def _normal(sway: float) -> list[tuple[float, float]]:
    """A standard normal in steps of a tenth, from −7 to 7: smooth sums need no smaller ones."""
    if sway == 0:
        return [(0.0, 1.0)]
    steps = [step / 10 for step in range(-70, 71)]
    weights = [math.exp(-z * z / 2) for z in steps]
    total = math.fsum(weights)
    return [(z, weight / total) for z, weight in zip(steps, weights)]


def _nodes(sway: float) -> list[tuple[float, float]]:
    """The weathers in which a distribution is given: part of what it says, so taken as given."""
    from footbridge.engine.turnout.weather import weathers

    z, weight = weathers(sway)
    return list(zip(z.tolist(), weight.tolist()))


def _share_in(mean: float, sway: float, z: float) -> float:
    """A share in weather z, whose average over all weathers is `mean`: its centre by halving."""
    if mean in (0.0, 1.0) or sway == 0:
        return mean
    return 1 / (1 + math.exp(-(_centre(mean, sway) + sway * z)))


_CENTRES: dict[tuple[float, float], float] = {}


def _centre(mean: float, sway: float) -> float:
    if (mean, sway) not in _CENTRES:
        low, high = -60.0, 60.0
        for _ in range(60):
            middle = (low + high) / 2
            average = math.fsum(
                weight / (1 + math.exp(-(middle + sway * z))) for z, weight in _normal(sway)
            )
            low, high = (middle, high) if average < mean else (low, middle)
        _CENTRES[mean, sway] = low
    return _CENTRES[mean, sway]


def _came(group: Expected, share: float, k: int) -> float:
    n = group.people
    if k > n:
        return 0.0
    if share in (0.0, 1.0):
        return float(k == n * share)
    if math.isinf(group.rate.weight):
        return math.comb(n, k) * share**k * (1 - share) ** (n - k)
    a, b = share * group.rate.weight, (1 - share) * group.rate.weight
    return math.comb(n, k) * math.exp(_log_beta(a + k, b + n - k) - _log_beta(a, b))


def _log_beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


def _walked_in(walk_ins: WalkIns, k: int) -> float:
    mean, shape = walk_ins.mean, walk_ins.shape
    if mean == 0:
        return float(k == 0)
    if math.isinf(shape):
        return math.exp(k * math.log(mean) - mean - math.lgamma(k + 1))
    missed = shape / (shape + mean)
    ways = math.lgamma(shape + k) - math.lgamma(shape) - math.lgamma(k + 1)
    return math.exp(ways + shape * math.log(missed) + k * math.log1p(-missed))


def _sum_of(one: list[float], other: list[float]) -> list[float]:
    return [math.fsum(one[i] * other[k - i] for i in range(k + 1)) for k in range(len(one))]


def _with_one_more(chances: list[float], comes: float) -> list[float]:
    stays = [chance * (1 - comes) for chance in chances] + [0.0]
    return [a + b * comes for a, b in zip(stays, [0.0, *chances])]
