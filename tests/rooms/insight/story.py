"""What the tests of insight have in common: people who need, offer and know."""

from __future__ import annotations

from typing import Any

from footbridge.exchange import actions as exchange
from footbridge.exchange.models import Cause
from footbridge.insight import network
from footbridge.network.models import Preference, Tie
from footbridge.network.states import Strength, TieKind, Wish
from footbridge.people.models import Affiliation, Member, Person
from tests.cast import Cast

COLD_STORE = "We need a cold store two nights a week"
A_COLD_STORE = "A cold store that is free at night"


def needs(owner: Person, text: str = COLD_STORE) -> None:
    exchange.open_need(actor=owner, owner=owner, text=text)


def offers(owner: Person, text: str = A_COLD_STORE) -> None:
    exchange.open_offer(actor=owner, owner=owner, text=text)


def cares(owner: Person, *keys: str) -> None:
    causes = list(Cause.objects.filter(key__in=keys))
    assert len(causes) == len(keys)
    exchange.care_for(actor=owner, member=owner, causes=causes)


def know(one: Member, other: Member, word: Strength = Strength.WORKED_TOGETHER) -> None:
    """Both say that they know each other."""
    for teller, told in ((one, other), (other, one)):
        Tie.objects.create(teller=teller, other=told, strength=word)


def funds(funder: Member, funded: Member) -> None:
    Tie.objects.create(
        teller=funder, other=funded, strength=Strength.WORKED_TOGETHER, kind=TieKind.FUNDS
    )


def wishes(owner: Person, about: Member, wish: Wish, **more: Any) -> None:
    Preference.objects.create(owner=owner, about=about, wish=wish, **more)


def leaves(person: Person) -> None:
    """Acts for nobody any more."""
    Affiliation.objects.filter(person=person).delete()


def cold_story(cast: Cast) -> None:
    """Rosa needs what Lena offers, and Kofi knows both."""
    needs(cast.seeker)
    offers(cast.target)
    know(cast.seeker, cast.connector)
    know(cast.connector, cast.target)


def names(found: Any) -> list[str]:
    return [one.card.name for one in found]


def fitting(found: Any) -> list[str]:
    return [one.card.name for one in found if not one.near_miss]


def anew() -> None:
    """What the tests wrote without the journal knowing is read again."""
    network.forget()
