"""How many will come, how many may be accepted, and whom to invite when.

>>> from footbridge.engine import turnout
>>> rate = turnout.ShowRate.of(shows=30, accepted=40)
>>> rate.mean, turnout.accept_limit(rate, cap=10, sway=0.4)
(0.72, 11)
>>> evening = turnout.forecast([turnout.Expected(11, rate)], sway=0.4)
>>> round(evening.mean, 2), evening.band(0.8), turnout.advise(evening, 4, 10, hours_left=48).step
(7.92, (6, 10), <Step.GO_AHEAD: 'go_ahead'>)
"""

from footbridge.engine.turnout.distribution import Distribution, Expected, forecast
from footbridge.engine.turnout.evening import (
    Because,
    Chance,
    Date,
    Evened,
    Guests,
    Invitations,
    even_out,
)
from footbridge.engine.turnout.limits import (
    HARD_RISK,
    LAST_CALL,
    RISK,
    TOO_SMALL,
    Advice,
    Step,
    accept_limit,
    advise,
    room_for,
)
from footbridge.engine.turnout.rates import (
    PRESUMED,
    PRESUMED_SWAY,
    PRESUMED_YES,
    WALK_IN,
    Past,
    Rates,
    ShowRate,
    Standing,
    WalkIns,
    kept,
    learn,
)

__all__ = [
    "HARD_RISK",
    "LAST_CALL",
    "PRESUMED",
    "PRESUMED_SWAY",
    "PRESUMED_YES",
    "RISK",
    "TOO_SMALL",
    "WALK_IN",
    "Advice",
    "Because",
    "Chance",
    "Date",
    "Distribution",
    "Evened",
    "Expected",
    "Guests",
    "Invitations",
    "Past",
    "Rates",
    "ShowRate",
    "Standing",
    "Step",
    "WalkIns",
    "accept_limit",
    "advise",
    "even_out",
    "forecast",
    "kept",
    "learn",
    "room_for",
]
