"""What people do before a talk: say how it looks from their side, prepare, have a peer listen."""

from footbridge.pitches.actions.preparing import Kit, Met, begin, change, forget, tell
from footbridge.pitches.actions.rehearsing import (
    Notes,
    agree,
    ask,
    end_what_ran_out,
    not_now,
    note_down,
    withdraw,
)
from footbridge.pitches.actions.shelf import put, take_off
from footbridge.pitches.actions.shoes import Said, give_card, take_back, write_card
from footbridge.pitches.actions.worth import Sheet, write_worth

__all__ = [
    "Kit",
    "Met",
    "Notes",
    "Said",
    "Sheet",
    "agree",
    "ask",
    "begin",
    "change",
    "end_what_ran_out",
    "forget",
    "give_card",
    "not_now",
    "note_down",
    "put",
    "take_back",
    "take_off",
    "tell",
    "withdraw",
    "write_card",
    "write_worth",
]
