"""An independent judge of how two sides answer each other: fractions, item by item.

It shares no code with the solver. A fit is worked out from the respondents' answers alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from footbridge.engine.alike import Dimension, Fit, Topic

Answers = Sequence[float | None]
CLOSE = 1e-9


def dimension_faults(
    a: Answers,
    b: Answers,
    weights: Sequence[float],
    answer: Dimension,
    *,
    low: float = 1,
    high: float = 5,
) -> list[str]:
    """What is wrong with a dimension: its score, and both ends reached by filling in what is open.

    >>> dimension_faults([4], [5], [1], Dimension(0.7, 1.0, 0.75, 0.75))
    ['the score is 0.75, not 0.7']
    """
    parts = [
        None
        if one is None or two is None
        else 1 - abs(_plain(one) - _plain(two)) / _plain(high - low)
        for one, two in zip(a, b, strict=True)
    ]
    return part_faults(parts, weights, answer)


def part_faults(
    parts: Sequence[Fraction | None], weights: Sequence[float], answer: Dimension
) -> list[str]:
    """The same for parts that are known already, as those of needs and goals are."""
    heavy = [_plain(weight) for weight in weights]
    whole = sum(heavy, Fraction(0))
    known = [(part, weight) for part, weight in zip(parts, heavy, strict=True) if part is not None]
    answered = sum((weight for _, weight in known), Fraction(0))
    if not whole:
        empty = Dimension(None, 0.0, 0.0, 1.0)
        return [] if answer == empty else ["of nothing, nothing is known"]
    worst, best = (
        sum(((end if part is None else part) * w for part, w in zip(parts, heavy)), Fraction(0))
        / whole
        for end in (0, 1)
    )
    found = []
    if abs(float(answered / whole) - answer.coverage) > CLOSE:
        found.append(f"the coverage is {float(answered / whole)}")
    if abs(float(worst) - answer.low) > CLOSE or abs(float(best) - answer.high) > CLOSE:
        found.append(f"the range is {float(worst)} to {float(best)}")
    if answered / whole < Fraction(6, 10) - Fraction(1, 10**9):
        return found if answer.score is None else [*found, "too little is answered for a score"]
    true = float(sum((part * weight for part, weight in known), Fraction(0)) / answered)
    if answer.score is None or abs(answer.score - true) > CLOSE:
        found.append(f"the score is {true}, not {answer.score}")
    return found


def fit_faults(first: Sequence[Answers], second: Sequence[Answers], answer: Fit) -> list[str]:
    """What is wrong with a fit of two sides that weigh all items alike, on a scale of 1 to 5."""
    one, two = _means(first), _means(second)
    found = dimension_faults(one, two, [1] * len(one), answer.dimension)
    for at, item in enumerate(answer.items):
        for mine, said in ((one[at], item.first), (two[at], item.second)):
            if (mine is None) != (said is None) or (
                mine is not None and said is not None and abs(mine - said) > CLOSE
            ):
                found.append(f"item {at}: a side says {mine}, not {said}")
        for side, team in zip((first, second), item.teams):
            true = _agreement([_plain(x) for row in side if (x := row[at]) is not None])
            if (true is None) != (team is None) or (
                true is not None and team is not None and abs(float(true) - team) > CLOSE
            ):
                found.append(f"item {at}: a team agrees by {true}, not {team}")
    if (answer.band is None) != (
        min(len(first), len(second)) < 3 or all(a is None or b is None for a, b in zip(one, two))
    ):
        found.append("a band from too few, or none from enough")
    if answer.band is not None and not 0 <= answer.band[0] <= answer.band[1] <= 1:
        found.append(f"{answer.band} is no band")
    return found


def agenda_faults(
    a: Answers, b: Answers, weights: Sequence[float], answer: Sequence[Topic], top: int = 7
) -> list[str]:
    """What is wrong with an agenda: nothing left out weighs more than what is in it."""
    worth = {
        at: _plain(weights[at]) * abs(_plain(one) - _plain(two)) / 4
        for at, (one, two) in enumerate(zip(a, b, strict=True))
        if one is not None and two is not None and one != two
    }
    told = [topic.item for topic in answer]
    found = []
    if len(told) != min(top, len(worth)) or set(told) - set(worth):
        found.append(f"{sorted(worth)} are to be talked about")
    rest = max((value for at, value in worth.items() if at not in told), default=Fraction(0))
    values = [worth.get(at, Fraction(0)) for at in told]
    if values != sorted(values, reverse=True) or (values and values[-1] < rest):
        found.append("what matters most does not come first")
    for topic in answer:
        one, two = a[topic.item], b[topic.item]
        if one is not None and two is not None and topic.higher != (two > one):
            found.append(f"item {topic.item}: the other side stands higher")
    return found


def _means(side: Sequence[Answers]) -> list[float | None]:
    means: list[float | None] = []
    for at in range(len(side[0])):
        said = [_plain(one) for row in side if (one := row[at]) is not None]
        means.append(float(sum(said, Fraction(0)) / len(said)) if said else None)
    return means


def _agreement(said: Sequence[Fraction]) -> Fraction | None:
    """Mean squared difference of all pairs, halved, is the variance."""
    n = len(said)
    if n < 2:
        return None
    apart = sum(((x - y) ** 2 for x in said for y in said), Fraction(0))
    return 1 - apart / (2 * n * (n - 1)) / 2


def _plain(number: float) -> Fraction:
    return Fraction(repr(float(number)))
