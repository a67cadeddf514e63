"""Moving an introduction: from a note in the drawer to two people who met."""

from footbridge.introductions.actions.afterwards import report, thank
from footbridge.introductions.actions.answering import agree, decline, not_now
from footbridge.introductions.actions.hosting import introduce_pair
from footbridge.introductions.actions.passing_time import (
    ask_whom_we_held_back,
    check_in,
    end_what_ran_out,
    remind_the_silent,
)
from footbridge.introductions.actions.seeking import ask, draft, withdraw, write

__all__ = [
    "agree",
    "ask",
    "ask_whom_we_held_back",
    "check_in",
    "decline",
    "draft",
    "end_what_ran_out",
    "introduce_pair",
    "not_now",
    "remind_the_silent",
    "report",
    "thank",
    "withdraw",
    "write",
]
