"""How well two sides answer each other, with reasons.

Asked for one seeker, :func:`rank` looks at everyone and returns the best few, exactly, each with
the facts that speak for it. :func:`rank_for_text` does so for a brief in words,
:func:`rank_all` for everybody in turn.

>>> from footbridge.engine import fit
>>> from footbridge.engine.snapshot import Snapshot
>>> network = Snapshot.build(
...     4,
...     needs=([0, 1, 2], [5, 8, 9], [1, 1, 1]),
...     offers=([0, 1, 2], [8, 5, 5], [1, 1, 1]),
...     sector=[0, 1, 2, 1],
... )
>>> for suggestion in fit.rank(network, 0, k=3):
...     reasons = [reason.kind.value for reason in suggestion.reasons]
...     print(suggestion.member, suggestion.near_miss, reasons)
1 False ['both_ways', 'answers_you', 'you_answer']
2 False ['answers_you']
3 True []
"""

from footbridge.engine.fit.answer import Missing, Ranking, Reason, Suggestion, Term
from footbridge.engine.fit.choices import Filters, Learned, Weights
from footbridge.engine.fit.query import Query
from footbridge.engine.fit.ranking import rank, rank_all, rank_for_text, rank_query

__all__ = [
    "Filters",
    "Learned",
    "Missing",
    "Query",
    "Ranking",
    "Reason",
    "Suggestion",
    "Term",
    "Weights",
    "rank",
    "rank_all",
    "rank_for_text",
    "rank_query",
]
