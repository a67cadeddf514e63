"""A longer list costs no more queries than a short one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from footbridge.exchange import actions as exchange
from footbridge.network import actions as network
from footbridge.people import actions as people
from footbridge.people.states import Door, Standing
from tests.cast import Cast
from tests.doors.api.caller import Caller
from tests.rooms.introductions import story

pytestmark = pytest.mark.django_db

NAMES = ("Ada One", "Ada Two", "Ada Three")


def _need(cast: Cast, name: str) -> None:
    exchange.open_need(actor=cast.seeker, owner=cast.seeker, text=f"Cold storage, {name}")


def _offer(cast: Cast, name: str) -> None:
    exchange.open_offer(actor=cast.seeker, owner=cast.seeker, text=f"A kitchen, {name}")


def _tie(cast: Cast, name: str) -> None:
    other = cast.person(name, at=cast.city, role="Clerk")
    network.state_tie(actor=cast.seeker, other=other, strength="know")


def _tie_of_another(cast: Cast, name: str) -> None:
    other = cast.person(name, at=cast.city, role="Clerk")
    network.state_tie(actor=other, other=cast.seeker, strength="know")


def _proposal(cast: Cast, name: str) -> None:
    network.propose_tie(actor=cast.host, one=cast.seeker, other=cast.person(name, at=cast.city))


def _wish(cast: Cast, name: str) -> None:
    network.wish(actor=cast.seeker, about=cast.person(name, at=cast.city), wish="avoid")


def _introduction(cast: Cast, name: str) -> None:
    story.introduced(cast, target=cast.person(name, at=cast.city))


def _listed(cast: Cast, name: str) -> None:
    cast.person(name, at=cast.city, standing=Standing.KNOWN)


def _link(cast: Cast, name: str) -> None:
    people.invite(
        actor=cast.host,
        chapter=cast.chapter,
        door=Door.PERSONAL,
        person=cast.person(name, at=cast.city, standing=Standing.KNOWN),
    )


# The list, who looks, what is added, and what it costs whatever its length.
LISTS: dict[str, tuple[str, Callable[[Cast, str], None]]] = {
    "/needs": ("seeker", _need),
    "/offers": ("seeker", _offer),
    "/ties": ("seeker", _tie),
    "/ties/said-of-me": ("seeker", _tie_of_another),
    "/ties/proposed": ("seeker", _proposal),
    "/wishes": ("seeker", _wish),
    "/introductions": ("seeker", _introduction),
    "/members": ("seeker", _tie_of_another),
    "/chapters/{chapter}/people": ("host", _listed),
    "/chapters/{chapter}/links": ("host", _link),
}


@pytest.mark.parametrize("path", LISTS)
def test_three_cost_as_much_as_one(cast: Cast, path: str) -> None:
    role, add = LISTS[path]
    exchange.load_shipped_vocabulary()
    assert cast.host
    caller = Caller(getattr(cast, role))
    address = path.format(chapter=cast.chapter.id)

    def cost() -> tuple[int, int]:
        caller.get(address)
        with CaptureQueriesContext(connection) as seen:
            found = caller.get(address)
        return len(found if isinstance(found, list) else found["items"]), len(seen)

    add(cast, NAMES[0])
    rows, queries = cost()
    add(cast, NAMES[1])
    add(cast, NAMES[2])
    assert cost() == (rows + 2, queries)
