"""An independent judge of shares, stable splits, bargains, burdens and payments.

It shares no code with the solvers: groups are sets, numbers are fractions, orders and groups are
all gone through one by one. It is slow and meant for up to eight parties.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, permutations, product
from math import factorial

from footbridge.engine.shares import (
    Bargain,
    Check,
    Closing,
    Finding,
    Game,
    Odd,
    Pieces,
    Rule,
    Scenario,
    Shares,
    StableSplit,
    Swap,
    Upside,
)

Group = frozenset[int]
Worth = Callable[[Group], Fraction]
CLOSE = 1e-7
CENT = Fraction(1, 100)


def worth_of(game: Game | Pieces) -> Worth:
    """What any group could make, read from the input alone.

    >>> worth_of(Pieces.of([1, 2], {(0, 1): 4}))(frozenset({0, 1}))
    Fraction(7, 1)
    """
    if isinstance(game, Game):
        return lambda group: Fraction(float(game.values[sum(1 << one for one in group)]))
    pieces = game

    def added(group: Group) -> Fraction:
        total = sum((Fraction(pieces.alone[one]) for one in group), Fraction(0))
        for members, value in pieces.together:
            if group >= set(members):
                total += Fraction(value)
        return total if pieces.ceiling is None else min(total, Fraction(pieces.ceiling))

    return added


def share_faults(game: Game | Pieces, answer: Shares) -> list[str]:
    """What is wrong with exact shares: every order of joining is gone through.

    >>> game = Game.listed([0, 0, 2])
    >>> share_faults(game, Shares((2.0, 0.0), (0.0, 0.0), 2.0, "exact"))
    ['party 0 adds 1, not 2.0', 'party 1 adds 1, not 0.0']
    """
    true = in_all_orders(game.parties, worth_of(game))
    total = worth_of(game)(frozenset(range(game.parties)))
    found = [
        f"party {one} adds {share}, not {given}"
        for one, (share, given) in enumerate(zip(true, answer.shares, strict=True))
        if abs(float(share) - given) > CLOSE * max(1.0, abs(float(share)))
    ]
    if abs(float(total) - answer.total) > CLOSE * max(1.0, abs(float(total))):
        found.append(f"all together make {total}")
    if any(answer.margin):
        found.append("what is exact has no margin")
    return found


def in_all_orders(parties: int, worth: Worth) -> list[Fraction]:
    """What each adds on joining, mean over all orders."""
    added = [Fraction(0)] * parties
    for order in permutations(range(parties)):
        there: Group = frozenset()
        for one in order:
            added[one] += worth(there | {one}) - worth(there)
            there |= {one}
    return [share / factorial(parties) for share in added]


def range_faults(low: Game, high: Game, answer: Shares) -> list[str]:
    """What is wrong with shares of ranges: every corner of the box of values is tried."""
    parties = low.parties
    groups = [frozenset(group) for group in _groups(parties)]
    lower, upper = worth_of(low), worth_of(high)
    seen = []
    for ends in product((lower, upper), repeat=len(groups)):
        values = {group: end(group) for group, end in zip(groups, ends)} | {
            frozenset(): Fraction(0)
        }
        seen.append(in_all_orders(parties, values.__getitem__))
    found = []
    for one in range(parties):
        least, most = min(row[one] for row in seen), max(row[one] for row in seen)
        given = answer.shares[one] - answer.margin[one], answer.shares[one] + answer.margin[one]
        if abs(given[0] - float(least)) > CLOSE or abs(given[1] - float(most)) > CLOSE:
            found.append(f"party {one} adds {float(least)} to {float(most)}, not {given}")
    return found


def temptation_faults(
    game: Game | Pieces, shares: Sequence[float], answer: Check, most: int = 20
) -> list[str]:
    """What is wrong with the list of those who would do better alone."""
    worth, parties = worth_of(game), game.parties
    gaps = {
        group: float(worth(frozenset(group)) - sum(Fraction(shares[one]) for one in group))
        for group in _groups(parties)
        if len(group) < parties
    }
    over = {group: gap for group, gap in gaps.items() if gap > CLOSE}
    found = []
    told = [one.group for one in answer.tempted]
    if answer.count != len(over):
        found.append(f"{len(over)} groups would do better alone, not {answer.count}")
    if len(told) != min(len(over), most) or set(told) - set(over):
        found.append(f"{sorted(over)} would do better alone, not {told}")
    for one in answer.tempted:
        if abs(one.gap - gaps.get(one.group, 0.0)) > CLOSE:
            found.append(f"{one.group} would be better off by {gaps.get(one.group)}")
    untold = max((gap for group, gap in over.items() if group not in told), default=0.0)
    if min((over.get(group, 0.0) for group in told), default=untold) < untold - CLOSE:
        found.append("others would do better still")
    left = float(worth(frozenset(range(parties)))) - sum(shares)
    if abs(answer.undivided - left) > CLOSE:
        found.append(f"{left} is undivided")
    if answer.stable != (not over and abs(left) <= CLOSE):
        found.append("whether it is stable is something else")
    return found


def stability_faults(game: Game | Pieces, answer: StableSplit) -> list[str]:
    """What is wrong with a stable split, or with the proof that there is none."""
    worth, parties = worth_of(game), game.parties
    total = float(worth(frozenset(range(parties))))
    size = max(1.0, max(abs(float(worth(frozenset(group)))) for group in _groups(parties)))
    found = []
    if abs(sum(answer.shares) - total) > CLOSE * size:
        found.append("shares do not add up to what all make")
    gaps = [
        float(worth(frozenset(group))) - sum(answer.shares[one] for one in group)
        for group in _groups(parties)
        if len(group) < parties
    ]
    if gaps and abs(max(gaps) - answer.strain) > CLOSE * size:
        found.append(f"the group tempted most is tempted by {max(gaps)}, not {answer.strain}")
    if answer.exists:
        return [*found, "but somebody is tempted"] if max(gaps, default=0) > CLOSE * size else found
    weights = [sum(w for group, w in answer.proof if one in group) for one in range(parties)]
    if any(abs(weight - 1) > CLOSE for weight in weights) or any(w < 0 for _, w in answer.proof):
        found.append("the proof's weights are not balanced")
    if sum(w * float(worth(frozenset(group))) for group, w in answer.proof) <= total:
        found.append("the proof proves nothing")
    return found


def oddities(game: Game) -> set[tuple[Odd, tuple[int, ...]]]:
    """Groups that make less with one more, and groups with a division in two that makes more."""
    worth, parties = worth_of(game), game.parties
    odd: set[tuple[Odd, tuple[int, ...]]] = set()
    for group in _groups(parties):
        whole = frozenset(group)
        if any(worth(whole - {one}) > worth(whole) + Fraction(CLOSE) for one in group):
            odd.add((Odd.LESS_WITH_ONE_MORE, group))
        for part in _groups(parties):
            rest = whole - set(part)
            if whole > frozenset(part) and worth(frozenset(part)) + worth(rest) > worth(
                whole
            ) + Fraction(CLOSE):
                odd.add((Odd.BETTER_APART, group))
    return odd


def finding_faults(game: Game, answer: Iterable[Finding]) -> list[str]:
    """Whether each finding is as wide as it says."""
    worth = worth_of(game)
    found = []
    for one in answer:
        parts = sum((worth(frozenset(part)) for part in one.parts), Fraction(0))
        if abs(float(parts - worth(frozenset(one.group))) - one.gap) > CLOSE:
            found.append(f"{one.group} makes {float(parts - worth(frozenset(one.group)))} less")
    return found


def bargain_faults(
    total: Decimal, walk_away: Sequence[Decimal], weights: Sequence[Decimal], answer: Bargain
) -> list[str]:
    """What is wrong with a bargain: all divided, gains as the weights, nobody below alone."""
    surplus = total - sum(walk_away)
    if (answer.shares is None) != (surplus < 0):
        return ["a deal, or none, where it should not be"]
    if answer.shares is None:
        return []
    found = [] if sum(answer.shares) == total else ["not all is divided"]
    gains = [Fraction(got) - Fraction(had) for got, had in zip(answer.shares, walk_away)]
    whole = sum((Fraction(weight) for weight in weights), Fraction(0))
    for one, (gain, weight) in enumerate(zip(gains, weights)):
        if abs(gain - Fraction(weight) / whole * Fraction(surplus)) >= CENT:
            found.append(f"side {one} gains {gain}")
    return found


def barter_faults(
    worth: Sequence[tuple[int, int]], owner: Sequence[int], answer: Sequence[Swap]
) -> list[str]:
    """What is wrong with swaps: every swap is tried."""
    best = []
    for moved in product((False, True), repeat=len(worth)):
        gains = [
            sum(
                worth[at][side] * (1 if side != owner[at] else -1)
                for at, m in enumerate(moved)
                if m
            )
            for side in (0, 1)
        ]
        if min(gains) > 0:
            best.append(gains[0] * gains[1])
    best.sort(reverse=True)
    told = [int(one.product) for one in answer]
    return [] if told == best[: len(told)] else [f"the best products are {best[: len(told)]}"]


def need_faults(
    steps: Sequence[tuple[int, Sequence[int]]], parties: int, paid: Sequence[Decimal]
) -> list[str]:
    """What is wrong with a shared cost: it is the Shapley value of what each group would pay."""

    def cost(group: Group) -> Fraction:
        return sum((Fraction(c) for c, users in steps if group & set(users)), Fraction(0))

    true = in_all_orders(parties, cost)
    found = [] if sum(paid) == cost(frozenset(range(parties))) else ["not all is paid"]
    for one, (share, given) in enumerate(zip(true, paid, strict=True)):
        if abs(share - Fraction(given)) >= CENT:
            found.append(f"party {one} pays {float(share):.4f}, not {given}")
    return found


def closing_faults(estate: Decimal, claims: Sequence[Decimal], answer: Closing) -> list[str]:
    """What is wrong with a closing: each rule is known by what it does to any two claimants."""
    found = []
    given = min(estate, sum(claims, Decimal(0)))
    for rule, paid in answer.paid.items():
        if sum(paid, Decimal(0)) != given:
            found.append(f"{rule}: {given} is to be divided")
        for a, b in combinations(range(len(claims)), 2):
            pair = Fraction(paid[a] + paid[b])
            first = two_claim(rule, pair, Fraction(claims[a]), Fraction(claims[b]))
            if abs(first - Fraction(paid[a])) > 2 * CENT:
                found.append(
                    f"{rule}: of {pair}, {a} should have {float(first):.4f}, not {paid[a]}"
                )
    if answer.missing != sum(claims, Decimal(0)) - given:
        found.append("something else is missing")
    return found


def two_claim(rule: Rule, estate: Fraction, a: Fraction, b: Fraction) -> Fraction:
    """What the first of two claimants gets under each rule, written out for two.

    Talmud is the contested garment: what the other does not claim is mine, the rest is halved.
    """
    if rule is Rule.PROPORTIONAL:
        return estate * a / (a + b) if a + b else Fraction(0)
    if rule is Rule.EQUAL_AWARDS:
        return min(a, max(estate / 2, estate - b))
    if rule is Rule.EQUAL_LOSSES:
        loss = a + b - estate
        return a - min(a, max(loss / 2, loss - b))
    mine, theirs = max(Fraction(0), estate - b), max(Fraction(0), estate - a)
    return mine + (estate - mine - theirs) / 2


def upside_faults(clause: Upside, scenario: Scenario, paid: Sequence[Decimal]) -> list[str]:
    """What is wrong with an upside clause's payments, worked out with decimals, year by year.

    >>> upside_faults(Upside(0.1, hurdle=100), Scenario([200]), [Decimal("9.99")])
    ['year 0: 10.00, not 9.99']
    """
    found, so_far = [], Decimal(0)
    for year, got in enumerate(scenario.revenue):
        revenue = Decimal(str(got))
        due = Decimal(0)
        last = None
        if scenario.ends is not None and clause.tail is not None:
            last = scenario.ends + clause.tail
        if year >= clause.start and (last is None or year <= last):
            above = revenue - Decimal(str(clause.hurdle))
            due = Decimal(str(clause.base))
            if above > 0:
                due += Decimal(str(clause.share)) * above
            if due < Decimal(str(clause.floor)):
                due = Decimal(str(clause.floor))
            if scenario.sold == year:
                due += Decimal(str(clause.on_sale))
        due = due.quantize(Decimal("0.01"), "ROUND_HALF_UP")
        if clause.cap is not None:
            cap = Decimal(str(clause.cap)).quantize(Decimal("0.01"), "ROUND_HALF_UP")
            due = min(due, cap - so_far)
        so_far += due
        if paid[year] != due:
            found.append(f"year {year}: {due}, not {paid[year]}")
    return found


def _groups(parties: int) -> list[tuple[int, ...]]:
    everybody = range(parties)
    return [group for size in range(1, parties + 1) for group in combinations(everybody, size)]
