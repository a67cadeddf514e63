"""How many may be accepted, and what to do when a session is likely to be too small or too full."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from footbridge.engine.turnout.distribution import Distribution, Expected, forecast
from footbridge.engine.turnout.rates import PRESUMED_SWAY, ShowRate, WalkIns

RISK = 0.10
"""How often a session may overflow: one in ten. A room that cannot hold one more: HARD_RISK."""
HARD_RISK = 0.01
MOST_PER_SEAT = 10
"""Nobody accepts more than ten people for a seat, however rarely they come."""


def accept_limit(
    rate: ShowRate | float, cap: int, alpha: float = RISK, *, sway: float = 0.0
) -> int:
    """The largest number to accept so that more than `cap` come with at most the chance `alpha`.

    A plain share is taken as known: P(Binomial(n, p) > cap) ≤ alpha. A `ShowRate` counts its doubt
    as well (beta-binomial), and `sway` that evenings differ; both make the limit smaller. Where
    all come it is `cap`; it is never more than ten times `cap`.

    >>> [accept_limit(p, 10) for p in (0.5, 0.6, 0.7, 0.8, 0.9)]
    [15, 13, 12, 11, 10]
    >>> accept_limit(ShowRate.of(0, 0), 10), accept_limit(0.6, 10, alpha=HARD_RISK)
    (12, 11)
    """
    known = rate if isinstance(rate, ShowRate) else ShowRate.known(rate)
    return room_for((), known, cap, alpha, sway=sway)


def room_for(
    groups: Sequence[Expected],
    rate: ShowRate,
    cap: int,
    alpha: float = RISK,
    *,
    walk_ins: WalkIns | None = None,
    sway: float = PRESUMED_SWAY,
) -> int:
    """How many more may be accepted, who come at `rate`, beside those accepted already.

    0 where the session may already overflow. Found by halving, since each further person can only
    make an overflow likelier. ValueError for a negative cap or a risk outside 0..1.

    >>> accepted = [Expected(6, ShowRate.of(30, 40))]
    >>> room_for(accepted, ShowRate.of(0, 0), 10, walk_ins=WalkIns(0.5, 2), sway=0.4)
    5
    """
    if cap < 0:
        raise ValueError(f"a session has 0 or more seats, not {cap}")
    if not 0 <= alpha <= 1:
        raise ValueError(f"a risk lies between 0 and 1, not at {alpha}")
    groups = list(groups)

    def overflows(more: int) -> bool:
        coming = forecast([*groups, Expected(more, rate)], walk_ins=walk_ins, sway=sway)
        return coming.p_above(cap) > alpha + 1e-12

    return _last_that_holds(overflows, cap * MOST_PER_SEAT)


def _last_that_holds(overflows: Callable[[int], bool], most: int) -> int:
    """The largest number up to `most` that does not overflow; 0 where even that does."""
    low, high = 0, most + 1
    step = 1
    while low + step < high and not overflows(low + step):
        low, step = low + step, step * 2
    high = min(high, low + step)
    while high - low > 1:
        middle = (low + high) // 2
        if overflows(middle):
            high = middle
        else:
            low = middle
    return low


class Step(StrEnum):
    """What to do, in codes for which doors have the words."""

    GO_AHEAD = "go_ahead"  # likely to land between quorum and cap
    INVITE_MORE = "invite_more"  # likely to be too small, and there is time
    CANCEL_OR_MERGE = "cancel_or_merge"  # likely to be too small, and there is none
    ACCEPT_NO_MORE = "accept_no_more"  # likely to overflow
    ASK_AGAIN = "ask_again"  # may be either: ask those who accepted to confirm


@dataclass(frozen=True, slots=True)
class Advice:
    """The step, and the figures it rests on: all that a page needs to say why."""

    step: Step
    p_below: float
    p_above: float
    mean: float
    band: tuple[int, int]
    quorum: int
    cap: int
    hours_left: float


TOO_SMALL = 0.20
"""From this chance of fewer than the quorum on, a session is called off or merged a day before."""
LAST_CALL = 24.0
"""Hours before the beginning after which inviting more people is no longer fair to them."""


def advise(
    distribution: Distribution,
    quorum: int,
    cap: int,
    hours_left: float,
    *,
    too_small: float = TOO_SMALL,
    alpha: float = RISK,
) -> Advice:
    """What to do with a session that begins in so many hours.

    Too small: P(come < quorum) > 20 %; too full: P(come > cap) > 10 %. Ties are not too many.

    >>> from footbridge.engine.turnout import forecast
    >>> few = forecast([Expected(5, ShowRate.known(0.6))])
    >>> advise(few, 4, 10, hours_left=72).step.value, advise(few, 4, 10, hours_left=24).step.value
    ('invite_more', 'cancel_or_merge')
    """
    check_bounds(quorum, cap)
    if not hours_left >= 0:
        raise ValueError(f"a session that is to come begins in 0 or more hours, not {hours_left}")
    below, above = distribution.p_below(quorum), distribution.p_above(cap)
    small, full = below > too_small + 1e-12, above > alpha + 1e-12
    step = _step(small, full, hours_left)
    return Advice(
        step, below, above, distribution.mean, distribution.band(), quorum, cap, hours_left
    )


def check_bounds(quorum: int, cap: int) -> None:
    """A quorum that is 0 or more and no larger than the cap."""
    if not 0 <= quorum <= cap:
        raise ValueError(f"a quorum of {quorum} must be 0 or more and at most the cap, {cap}")


def _step(small: bool, full: bool, hours_left: float) -> Step:
    if small and full:
        return Step.ASK_AGAIN
    if small:
        return Step.CANCEL_OR_MERGE if hours_left <= LAST_CALL else Step.INVITE_MORE
    return Step.ACCEPT_NO_MORE if full else Step.GO_AHEAD
