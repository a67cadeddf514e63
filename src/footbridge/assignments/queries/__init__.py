"""Reading assignments, always for a viewer."""

from footbridge.assignments.policy import visible_to
from footbridge.assignments.queries.given import (
    case_of,
    get_hours,
    get_seen,
    hours_of,
    months_of,
    seen_of,
)
from footbridge.assignments.queries.lists import asked, asked_cards, list_for, waiting_for
from footbridge.assignments.queries.one import (
    QUESTIONS,
    card,
    get,
    get_asked,
    get_card,
    own_review,
)
from footbridge.assignments.queries.origins import chosen_answer, part_by_link, said_no

__all__ = [
    "QUESTIONS",
    "asked",
    "asked_cards",
    "card",
    "case_of",
    "chosen_answer",
    "get",
    "get_asked",
    "get_card",
    "get_hours",
    "get_seen",
    "hours_of",
    "list_for",
    "months_of",
    "own_review",
    "part_by_link",
    "said_no",
    "seen_of",
    "visible_to",
    "waiting_for",
]
