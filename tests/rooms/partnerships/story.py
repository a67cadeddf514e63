"""What the tests of partnerships have in common: Rosa's food bank and Lena's cold chain."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

from footbridge.mail.models import Message
from footbridge.partnerships import actions, guards, policy
from footbridge.partnerships.actions import NewParty
from footbridge.partnerships.models import Partnership, Party, Representative
from footbridge.partnerships.states import Move, Role
from footbridge.people.models import Person
from tests.cast import Cast

TITLE = "Cold soup for the north side"


def begun(cast: Cast, *others: NewParty, **said: Any) -> Partnership:
    """Rosa begins a record for the food bank, and asks Lena for the cold chain's yes."""
    words = {"title": TITLE, "purpose": "Nobody goes without", "what": "Soup, kept cold", **said}
    own = words.pop("own", NewParty(member=cast.food_bank, gain="Fewer nights without"))
    sides = others or (firm(cast),)
    return actions.begin(actor=cast.seeker, own=own, others=sides, **words)


def firm(cast: Cast, **said: Any) -> NewParty:
    """The cold chain, a small firm, with Lena to be asked."""
    known = {"member": cast.cold_chain, "asked": cast.target, "size": "small", **said}
    return NewParty(**known)


def both_in(cast: Cast, **said: Any) -> Partnership:
    """Lena has said yes."""
    one = begun(cast, **said)
    actions.accept(actor=cast.target, party=party(one, 1))
    return fresh(one)


def manned(cast: Cast, **said: Any) -> Partnership:
    """Two people on each side: Tariq beside Lena, a second founder beside Rosa."""
    one = both_in(cast, **said)
    actions.name(actor=cast.target, party=party(one, 1), person=cast.colleague)
    actions.name(actor=cast.seeker, party=party(one, 0), person=second(cast))
    return fresh(one)


def second(cast: Cast) -> Person:
    """Somebody else at the food bank."""
    known = Person.objects.filter(name="Ada Second").first()
    return known or cast.person("Ada Second", at=cast.food_bank, role="Coordinator")


def active(cast: Cast, **said: Any) -> Partnership:
    one = manned(cast, **said)
    actions.move(actor=cast.seeker, partnership=one, to=Move.FORM)
    # What rooms above would miss is theirs to test.
    with patch.object(guards, "_guards", []):
        return actions.move(actor=cast.seeker, partnership=one, to=Move.ACTIVATE)


def closing(cast: Cast, **said: Any) -> Partnership:
    return actions.move(actor=cast.seeker, partnership=active(cast, **said), to=Move.CLOSE)


def on_stage(cast: Cast) -> Partnership:
    """The food bank and the city, each with one person; a group whose yes the host is asked for;
    one of each thing that is written."""
    city = NewParty(member=cast.city, asked=cast.connector)
    one = begun(cast, city, NewParty(name="Cooks", asked=cast.host))
    actions.accept(actor=cast.connector, party=party(one, 1))
    said: dict[str, Any] = {"actor": cast.seeker, "partnership": one}
    actions.write(**said, text="Soup on Mondays")
    actions.promise(**said, text="Two pots")
    actions.link(**said, title="Budget", url="https://sheets.example/a")
    actions.spend(**said, minutes=60)
    return fresh(one)


def second_row(one: Partnership) -> Representative:
    """Who stands for the second side."""
    return Representative.objects.get(party__partnership=one, party__position=1)


def party(one: Partnership, position: int) -> Party:
    return one.parties.get(position=position)


def fresh(one: Partnership) -> Partnership:
    return Partnership.objects.get(id=one.id)


def stewards(side: Party) -> list[str]:
    rows = policy.representatives_of(side.partnership).filter(party=side, role=Role.STEWARD)
    return [row.called for row in rows]


def told(reader: Person) -> str:
    """Everything that somebody was told by letter."""
    rows = Message.objects.filter(to_person=reader.id, kind__startswith="partnership")
    return "\n".join(f"{one.kind} {one.text}" for one in rows)
