"""Giving time: saying when, asking for it, answering, telling what came of it."""

from footbridge.hours.actions.afterwards import confirm, learn, tell
from footbridge.hours.actions.answering import agree, cancel, not_now, propose
from footbridge.hours.actions.asking import SlotTaken, ask, withdraw
from footbridge.hours.actions.passing_time import (
    ask_how_it_went,
    end_what_ran_out,
    offer_the_same_again,
)
from footbridge.hours.actions.stating import pause, say_again, state_time

__all__ = [
    "SlotTaken",
    "agree",
    "ask",
    "ask_how_it_went",
    "cancel",
    "confirm",
    "end_what_ran_out",
    "learn",
    "not_now",
    "offer_the_same_again",
    "pause",
    "propose",
    "say_again",
    "state_time",
    "tell",
    "withdraw",
]
