"""What the tests of transitions have in common: Rosa steps out of leading, Lena has done so."""

from __future__ import annotations

from typing import Any

from footbridge.mail.models import Message
from footbridge.people.models import Person
from footbridge.transitions import actions
from footbridge.transitions.actions import Said
from footbridge.transitions.models import GuideAsk, Transition
from tests.cast import Cast

ASKED = "How did you tell the people who came after you?"


def says(person: Person, passage: str = "stepping_out", **said: Any) -> Transition:
    """Somebody says what they pass through."""
    return actions.say(actor=person, said=Said(passage=passage, **said))


def lived(person: Person, passage: str = "stepping_out", **said: Any) -> Transition:
    """Somebody has come through, and is glad to be asked."""
    said = {"is_over": True, "glad_to_be_asked": True, "point": "settled", **said}
    return says(person, passage, **said)


def asked(cast: Cast, **more: Any) -> GuideAsk:
    """Rosa asks Lena."""
    asker = more.pop("asker", cast.seeker)
    theirs = more.pop("lived", None) or lived(more.pop("guide", cast.target))
    mine = more.pop("transition", None) or says(asker)
    words = more.pop("words", ASKED)
    return actions.ask(actor=asker, lived=theirs, transition=mine, words=words)


def letters(to: Person | None = None) -> list[str]:
    """The kinds of letters about guides, in the order in which they were written."""
    rows = Message.objects.filter(kind__startswith="guide_").order_by("created_at", "id")
    rows = rows.filter(to_person=to.id) if to else rows
    return list(rows.values_list("kind", flat=True))


def letter(kind: str, to: Person) -> Message:
    return Message.objects.get(kind=kind, to_person=to.id)


def fresh(ask: GuideAsk) -> GuideAsk:
    return GuideAsk.objects.get(id=ask.id)
