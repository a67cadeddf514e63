"""What the veil store holds about a listed person: to hand over, and to erase."""

from __future__ import annotations

from typing import Any

from footbridge.mail.sealed import forget_reader
from footbridge.people.models import Person
from footbridge.veil import letters, policy, queries
from footbridge.veil.guard import Service, lifted


def export(person: Person) -> dict[str, Any]:
    """What they said in advance, and whom they met from under the radar."""
    yes = queries.standing_yes_of(person)
    return {
        "standing_yes": [_fields(yes)] if yes else [],
        "from_under_the_radar": [
            {
                "way": str(card.way),
                "step": str(card.step),
                "made_at": card.made_at.isoformat(),
                "card": vars(card.card),
                "name": vars(card.name) if card.name else None,
            }
            for card in queries.approaches_for(person)
        ],
    }


def _fields(yes: Any) -> dict[str, Any]:
    return {
        "sectors": yes.sectors,
        "causes": yes.causes,
        "words": yes.words,
        "since": yes.since.isoformat() if yes.since else None,
        "takes_cards": yes.takes_cards,
    }


def erase(person: Person) -> None:
    """What passed between them and anyone under the radar, and letters on their way. Their
    standing yes hangs on their row."""
    with lifted(Service.MEETING):
        policy.approaches_to(policy.name_of_person(person.id)).delete()
    forget_reader(letters.reader(person.id))
