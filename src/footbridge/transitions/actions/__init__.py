"""What people do about a passage: say that they are in it, work through its lists, ask a guide."""

from footbridge.transitions.actions.asking import (
    agree,
    ask,
    end_what_ran_out,
    not_now,
    withdraw,
)
from footbridge.transitions.actions.saying import Said, Wrote, edit, forget, say, write_list

__all__ = [
    "Said",
    "Wrote",
    "agree",
    "ask",
    "edit",
    "end_what_ran_out",
    "forget",
    "not_now",
    "say",
    "withdraw",
    "write_list",
]
