"""Who sits with whom: pairs with a proof, tables over several rounds, each with its reasons.

>>> from footbridge.engine import tables
>>> answers = [[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 0, 0]]
>>> wanted = tables.Wanted.build(tables.gain_of(answers), answers=answers)
>>> found = tables.pair(wanted)
>>> found.people, found.value, found.is_optimal
(((0, 1), (2, 3)), 4.0, True)
>>> [(reason.kind.value, reason.amount, reason.people) for reason in found.pairs[0].reasons]
[('answered', 2.0, (0, 1)), ('strongest', 3.0, (0, 1)), ('new', 1, ())]
>>> tables.seat(wanted, size=2, rounds=3).repeats
0
"""

from footbridge.engine.tables.answer import Reason, Table, Unseated, Why, WhyNot
from footbridge.engine.tables.pairing import Pairing, Proof, pair
from footbridge.engine.tables.seating import LARGEST, Round, Seating, reseat, seat
from footbridge.engine.tables.wanted import Wanted, Weights, gain_of

__all__ = [
    "LARGEST",
    "Pairing",
    "Proof",
    "Reason",
    "Round",
    "Seating",
    "Table",
    "Unseated",
    "Wanted",
    "Weights",
    "Why",
    "WhyNot",
    "gain_of",
    "pair",
    "reseat",
    "seat",
]
