"""Assignments: agreeing on one, finding the team, doing the work, looking back."""

from footbridge.assignments.actions.afterwards import (
    agree_to_case,
    answer_seen,
    draft_case,
    see_skill,
    take_back_case,
    write_case,
)
from footbridge.assignments.actions.beginning import (
    agree,
    begin,
    begin_from_answer,
    call_off,
    close,
    deliver,
    edit,
    start,
)
from footbridge.assignments.actions.passing_time import (
    ask_midway,
    close_what_is_done,
    end_what_ran_out,
    open_reviews,
    remind_of_reviews,
)
from footbridge.assignments.actions.team import accept, ask, decline, leave, withdraw
from footbridge.assignments.actions.working import confirm_hours, review, tell_hours, tick

__all__ = [
    "accept",
    "agree",
    "agree_to_case",
    "answer_seen",
    "ask",
    "ask_midway",
    "begin",
    "begin_from_answer",
    "call_off",
    "close",
    "close_what_is_done",
    "confirm_hours",
    "decline",
    "deliver",
    "draft_case",
    "edit",
    "end_what_ran_out",
    "leave",
    "open_reviews",
    "remind_of_reviews",
    "review",
    "see_skill",
    "start",
    "take_back_case",
    "tell_hours",
    "tick",
    "withdraw",
    "write_case",
]
