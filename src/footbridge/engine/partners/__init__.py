"""Whom to work with next, from who worked with whom before: two questions, additive answers.

*Partner*: with which organisation of another sector should this one begin to work? *Brief*: who
should answer this call in words? Each answer is a sum of terms, each between 0 and 1 times a
fixed weight, so that every suggestion can say what it rests on.
"""

from footbridge.engine.partners.history import History
from footbridge.engine.partners.score import Suggestion, brief_terms, partner_terms, suggest

__all__ = ["History", "Suggestion", "brief_terms", "partner_terms", "suggest"]
