"""Calls: saying what one looks for, answering, deciding, and what time does."""

from footbridge.calls.actions.answering import send, withdraw_answer, write
from footbridge.calls.actions.deciding import (
    choose,
    close,
    close_many,
    end,
    shortlist,
    shut,
    take_off_shortlist,
    withdraw,
)
from footbridge.calls.actions.passing_time import (
    end_what_is_decided,
    lead_on,
    pass_on_what_is_left,
    remind_owners,
    shut_what_is_due,
    tell_the_hosts,
    tell_the_last_word,
)
from footbridge.calls.actions.scoping import discard, draft, open_call, shape

__all__ = [
    "choose",
    "close",
    "close_many",
    "discard",
    "draft",
    "end",
    "end_what_is_decided",
    "lead_on",
    "open_call",
    "pass_on_what_is_left",
    "remind_owners",
    "send",
    "shape",
    "shortlist",
    "shut",
    "shut_what_is_due",
    "take_off_shortlist",
    "tell_the_hosts",
    "tell_the_last_word",
    "withdraw",
    "withdraw_answer",
    "write",
]
