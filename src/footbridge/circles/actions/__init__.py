"""What people do with circles: form one, ask and answer, say what is next, call on one another."""

from footbridge.circles.actions.calling import answer, call, close_call
from footbridge.circles.actions.forming import ask, form
from footbridge.circles.actions.inside import (
    add_step,
    drop_step,
    edit,
    give_role,
    set_done,
)
from footbridge.circles.actions.joining import decline, end, join, leave

__all__ = [
    "add_step",
    "answer",
    "ask",
    "call",
    "close_call",
    "decline",
    "drop_step",
    "edit",
    "end",
    "form",
    "give_role",
    "join",
    "leave",
    "set_done",
]
