"""Expertise: saying what one has done, being confirmed, being listed, curating the list."""

from footbridge.expertise.actions.confirming import (
    ask,
    confirm,
    end_what_ran_out,
    not_mine,
    withdraw,
)
from footbridge.expertise.actions.curating import (
    add_line,
    bring_back,
    change_line,
    drop_line,
    leave_out,
)
from footbridge.expertise.actions.listing import list_expertise, unlist
from footbridge.expertise.actions.own import (
    Pick,
    drop,
    edit_claim,
    edit_episode,
    pick,
    write_episode,
)
from footbridge.expertise.actions.seen import forget_what_was_seen, keep_what_was_seen

__all__ = [
    "Pick",
    "add_line",
    "ask",
    "bring_back",
    "change_line",
    "confirm",
    "drop",
    "drop_line",
    "edit_claim",
    "edit_episode",
    "end_what_ran_out",
    "forget_what_was_seen",
    "keep_what_was_seen",
    "leave_out",
    "list_expertise",
    "not_mine",
    "pick",
    "unlist",
    "withdraw",
    "write_episode",
]
