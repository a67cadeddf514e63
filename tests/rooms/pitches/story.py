"""What the tests of pitches have in common: Rosa's food bank wants cold rooms from Northwind."""

from __future__ import annotations

from typing import Any

from footbridge.mail.models import Message
from footbridge.people.models import Member, Person
from footbridge.pitches import actions
from footbridge.pitches.actions import Kit, Said, Sheet
from footbridge.pitches.models import Pitch, Rehearsal, ShoesCard, Worth
from tests.cast import Cast

FEARS = "An audit that finds one warm pallet"
KIT = Kit(
    ask="May we use dock seven on two nights a week?",
    theirs="No pallet is thrown away.",
    story="Amina, 61, carries forty crates a night.",
    proof="212 confirmed hours",
)
SHEET = Sheet(brings="Three kitchens", day_rate=450, currency="EUR", walk_away="Below cost")


def writes(person: Person, member: Member | None = None, **said: Any) -> ShoesCard:
    """Somebody writes the card of a member."""
    told = Said(**{"fears": FEARS, "decides_who": "The plant manager", **said})
    return actions.write_card(actor=person, member=member or person, said=told)


def pitch(cast: Cast, **more: Any) -> Pitch:
    """Rosa prepares a talk with the cold chain."""
    author = more.pop("author", cast.seeker)
    if "target_name" not in more:
        more.setdefault("target", cast.cold_chain)
    return actions.begin(actor=author, kit=more.pop("kit", KIT), **more)


def worth(person: Person) -> Worth:
    return actions.write_worth(actor=person, sheet=SHEET)


def asked(cast: Cast, **more: Any) -> Rehearsal:
    """Rosa asks Kofi to listen first."""
    mine = more.pop("pitch", None) or pitch(cast)
    peer = more.pop("peer", cast.connector)
    words = more.pop("words", "Ten minutes before Thursday?")
    return actions.ask(actor=mine.author, pitch=mine, peer=peer, words=words, **more)


def letters(to: Person | None = None) -> list[str]:
    """The kinds of letters about rehearsals, in the order in which they were written."""
    rows = Message.objects.filter(kind__startswith="rehearsal_").order_by("created_at", "id")
    rows = rows.filter(to_person=to.id) if to else rows
    return list(rows.values_list("kind", flat=True))


def letter(kind: str, to: Person) -> Message:
    return Message.objects.get(kind=kind, to_person=to.id)


def fresh(row: Rehearsal) -> Rehearsal:
    return Rehearsal.objects.get(id=row.id)
