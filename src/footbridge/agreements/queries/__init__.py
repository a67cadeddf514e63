"""Reading agreements, always for a viewer."""

from footbridge.agreements.policy import moves, visible_to
from footbridge.agreements.queries.clauses import card, clause, find, get, get_card
from footbridge.agreements.queries.paper import as_text, sheet_of
from footbridge.agreements.queries.shares import get_contribution, shares
from footbridge.agreements.queries.versions import (
    changed_since_last,
    get_version,
    version_by_link,
    version_card,
)

__all__ = [
    "as_text",
    "card",
    "changed_since_last",
    "clause",
    "find",
    "get",
    "get_card",
    "get_contribution",
    "get_version",
    "moves",
    "shares",
    "sheet_of",
    "version_by_link",
    "version_card",
    "visible_to",
]
