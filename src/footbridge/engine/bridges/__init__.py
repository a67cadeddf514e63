"""What hangs on one person: between two partners, among items, in a whole network.

>>> from footbridge.engine import bridges
>>> found = bridges.bus_factor([(1, 11), (1, 12), (2, 11), (3, 11)])
>>> found.factor, found.people, found.light.value
(2, (1, 11), 'amber')
>>> bridges.truck_factor([[0], [0, 1], [0], [1, 2], [2], [0, 2]]).people
(0, 2)
"""

from footbridge.engine.bridges.holding import (
    DEPUTY_DAYS,
    EXACT_PEOPLE,
    MEMORY_DAYS,
    Concentration,
    Lately,
    Single,
    TruckFactor,
    chance_nobody_is_left,
    concentration,
    contacts_needed,
    lately,
    single_holders,
    truck_factor,
)
from footbridge.engine.bridges.network import (
    Bridging,
    Thread,
    Threads,
    bridging,
    constraint,
    cut_people,
    single_threads,
)
from footbridge.engine.bridges.partnership import (
    LIVE_DAYS,
    SAFE,
    BusFactor,
    Light,
    bus_factor,
    bus_factors,
)

__all__ = [
    "DEPUTY_DAYS",
    "EXACT_PEOPLE",
    "LIVE_DAYS",
    "MEMORY_DAYS",
    "SAFE",
    "Bridging",
    "BusFactor",
    "Concentration",
    "Lately",
    "Light",
    "Single",
    "Thread",
    "Threads",
    "TruckFactor",
    "bridging",
    "bus_factor",
    "bus_factors",
    "chance_nobody_is_left",
    "concentration",
    "constraint",
    "contacts_needed",
    "cut_people",
    "lately",
    "single_holders",
    "single_threads",
    "truck_factor",
]
