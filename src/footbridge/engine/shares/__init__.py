"""Dividing what several make together: what each adds, who would walk away, what success pays.

>>> from footbridge.engine import shares
>>> game = shares.Game.listed([2, 4, 5, 18, 14, 9, 24])
>>> [str(one) for one in shares.shapley(game).in_cents()]
['9.50', '8.00', '6.50']
>>> check = shares.better_alone(game, [8, 8, 8])
>>> [(one.group, one.could, one.given) for one in check.tempted]
[((0, 1), 18.0, 16.0)]
>>> shares.nash(24, [10, 4]).shares
(Decimal('15.00'), Decimal('9.00'))
"""

from footbridge.engine.shares.bargain import Bargain, Swap, barter, equal_split, nash
from footbridge.engine.shares.burdens import Closing, Rule, Step, by_need, by_size, closing
from footbridge.engine.shares.core import (
    Check,
    StableSplit,
    Tempted,
    better_alone,
    stable_split,
)
from footbridge.engine.shares.faults import STOPS, Finding, Odd, Read, findings, read
from footbridge.engine.shares.game import MOST, Game, Pieces
from footbridge.engine.shares.money import Amount, in_cents
from footbridge.engine.shares.shapley import How, Shares, sampled, shapley, shapley_between
from footbridge.engine.shares.upside import (
    Compared,
    Equity,
    Fee,
    Option,
    Paid,
    Reinvestment,
    Royalty,
    Scenario,
    SuccessBonus,
    Upside,
    compare,
)

__all__ = [
    "MOST",
    "STOPS",
    "Amount",
    "Bargain",
    "Check",
    "Closing",
    "Compared",
    "Equity",
    "Fee",
    "Finding",
    "Game",
    "How",
    "Odd",
    "Option",
    "Paid",
    "Pieces",
    "Read",
    "Reinvestment",
    "Royalty",
    "Rule",
    "Scenario",
    "Shares",
    "StableSplit",
    "Step",
    "SuccessBonus",
    "Swap",
    "Tempted",
    "Upside",
    "barter",
    "better_alone",
    "by_need",
    "by_size",
    "closing",
    "compare",
    "equal_split",
    "findings",
    "in_cents",
    "nash",
    "read",
    "sampled",
    "shapley",
    "shapley_between",
    "stable_split",
]
