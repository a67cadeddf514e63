"""Partnerships: beginning one, whose it is, who stands for whom, how deep it is, the work."""

from footbridge.partnerships.actions.beginning import begin, edit
from footbridge.partnerships.actions.depth import answer_deepening, propose, rate
from footbridge.partnerships.actions.moving import move, open_exit_items, settle
from footbridge.partnerships.actions.parties import (
    NewParty,
    accept,
    add_party,
    ask,
    decline,
    edit_party,
    leave,
    withdraw,
)
from footbridge.partnerships.actions.passing_time import (
    end_what_ran_out,
    remind_of_promises,
    remind_of_reviews,
)
from footbridge.partnerships.actions.people import end, end_who_left, name, next_for, step_in
from footbridge.partnerships.actions.workspace import (
    edit_promise,
    keep,
    link,
    promise,
    release,
    rewrite,
    say,
    spend,
    take_back_cost,
    unlink,
    write,
)

__all__ = [
    "NewParty",
    "accept",
    "add_party",
    "answer_deepening",
    "ask",
    "begin",
    "decline",
    "edit",
    "edit_party",
    "edit_promise",
    "end",
    "end_what_ran_out",
    "end_who_left",
    "keep",
    "leave",
    "link",
    "move",
    "name",
    "next_for",
    "open_exit_items",
    "promise",
    "propose",
    "rate",
    "release",
    "remind_of_promises",
    "remind_of_reviews",
    "rewrite",
    "say",
    "settle",
    "spend",
    "step_in",
    "take_back_cost",
    "unlink",
    "withdraw",
    "write",
]
