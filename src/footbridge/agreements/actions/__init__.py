"""Operations on agreements, each by an actor."""

from footbridge.agreements.actions.approving import (
    approve,
    approve_by_link,
    freeze,
    remind_who_has_not_answered,
)
from footbridge.agreements.actions.beginning import begin, grow, set_terms
from footbridge.agreements.actions.contributing import (
    add_contribution,
    edit_contribution,
    remove_contribution,
    said_in,
    say_capacity,
    say_rate,
)
from footbridge.agreements.actions.writing import write_clause, write_pilot

__all__ = [
    "add_contribution",
    "approve",
    "approve_by_link",
    "begin",
    "edit_contribution",
    "freeze",
    "grow",
    "remind_who_has_not_answered",
    "remove_contribution",
    "said_in",
    "say_capacity",
    "say_rate",
    "set_terms",
    "write_clause",
    "write_pilot",
]
