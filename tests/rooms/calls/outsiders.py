"""What the tests of open doors have in common: the food bank asks everybody, and Pia, who is in
no list, answers."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from footbridge.calls import actions
from footbridge.calls.actions import outside
from footbridge.calls.actions.outside import Written
from footbridge.calls.models import Answer, Call
from footbridge.mail.models import Message
from tests.cast import Cast
from tests.rooms.calls.story import local

PIA = "pia@elsewhere.test"
WORDS = "We chill with sea water. Two pallets fit."
DEADLINE = local(2026, 4, 1, 18)
SAID: dict[str, Any] = {
    "outcome": "Food that was thrown away on Fridays is eaten.",
    "good_answer": "Where you keep it cold, from when, and what it costs.",
    "decided_by": "The board, by the first of May",
    "is_remote": True,
    "reward": "paid",
    "amount_from": 2000,
    "amount_to": 5000,
    "currency": "EUR",
    "deadline": DEADLINE,
    "timezone": "Europe/Lisbon",
    "audience": "everyone",
    "answers_from": "anyone",
    "entries_shown": True,
}


def opened(
    cast: Cast, *, kind: str = "brief", title: str = "Cold storage on Fridays", **said: Any
) -> Call:
    """A door of the food bank that stands open to everyone."""
    call = actions.draft(actor=cast.seeker, owner=cast.food_bank, kind=kind, title=title)
    call = actions.shape(actor=cast.seeker, call=call, said=SAID | said)
    return actions.open_call(actor=cast.seeker, call=call)


def written(call: Call, **said: Any) -> Answer:
    """Pia writes, and waits for her letter."""
    typed = {"name": "Pia Outsider", "email": PIA, "text": WORDS, "language": "en"} | said
    return outside.write(call=call, said=Written(**typed))


def sent(call: Call, **said: Any) -> Answer:
    """Pia used her link."""
    return outside.confirm(answer=written(call, **said))


def link_of(answer: Answer, kind: str = "call_confirm") -> str:
    """The path that a letter about an answer leads to."""
    letter = Message.objects.get(kind=kind, once__contains=str(answer.id))
    return "/answer/" + letter.links[0]["url"].split("/answer/")[1]


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20


def packed(*names: str, **contents: str) -> bytes:
    """A packed file with parts of these names."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as book:
        for name, text in contents.items():
            book.writestr(name, text)
        for name in names:
            book.writestr(name, "x")
    return held.getvalue()
