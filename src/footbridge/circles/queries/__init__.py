"""Reading circles, always for a viewer."""

from footbridge.circles.queries.by_link import asked_by_link, call_by_link
from footbridge.circles.queries.circles import (
    asked_card,
    call_card,
    card,
    formed_by,
    get,
    get_asked,
    get_call,
    get_call_card,
    get_card,
    get_step,
    hosted,
    members_of,
    my_circles,
    open_calls,
    past_circles,
    waiting_for,
)

__all__ = [
    "asked_by_link",
    "asked_card",
    "call_by_link",
    "call_card",
    "card",
    "formed_by",
    "get",
    "get_asked",
    "get_call",
    "get_call_card",
    "get_card",
    "get_step",
    "hosted",
    "members_of",
    "my_circles",
    "open_calls",
    "past_circles",
    "waiting_for",
]
