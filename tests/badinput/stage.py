"""A network in which every page has something to show, built anew as often as it was spoilt."""

from __future__ import annotations

import re
import uuid
from contextlib import ExitStack
from datetime import UTC, datetime

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from footbridge.core import clock, ids
from footbridge.exchange.models import Need, Offer
from footbridge.insight import network
from footbridge.network import actions as ties
from footbridge.network.models import Tie
from footbridge.network.states import TieState
from footbridge.people import actions as people
from footbridge.people.models import Person
from footbridge.veil.guard import Service, lifted
from tests.cast import Cast
from tests.doors.web.world import World, bare, build

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
BACKEND = "footbridge.people.signed_in.SignedIn"
PEOPLE = ("anonymous", "member", "connector", "target", "host")
NOWHERE = uuid.UUID("00000000-0000-4000-8000-00000000abcd")


class Stage:
    """The network, the sessions and the tokens of those who act in it."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._held = ExitStack()
        self.rebuild()

    def rebuild(self) -> None:
        """Throw everything away and begin again: the same people with the same ids."""
        self._held.close()
        self._held = ExitStack()
        self._held.enter_context(clock.held_at(NOON))
        self._held.enter_context(ids.repeatable(f"bad input {self.seed}"))
        with lifted(Service.OPERATOR):
            call_command("flush", verbosity=0, interactive=False)
        network.forget()
        cache.clear()
        self._people()

    def _people(self) -> None:
        cast = Cast()
        self.world: World = build(cast)
        ties.propose_tie(actor=cast.host, one=cast.connector, other=cast.colleague)
        self.world.proposal = Tie.objects.get(
            teller=cast.connector, other=cast.colleague, state=TieState.PROPOSED
        )
        self.roles: dict[str, Person] = {
            "member": cast.seeker,
            "connector": cast.connector,
            "target": cast.target,
            "host": cast.host,
        }
        self.links = self.world.tokens()
        self.sessions = {role: self._session(person) for role, person in self.roles.items()}
        self.tokens = {
            role: people.make_token(actor=person, name="a program")[1]
            for role, person in self.roles.items()
        }

    def _session(self, person: Person) -> str:
        client = Client()
        client.force_login(people.account_for(person), backend=BACKEND)
        return str(client.cookies[settings.SESSION_COOKIE_NAME].value)

    def browser(self, role: str) -> Client:
        """A browser in the hands of one of the people, who is still signed in."""
        client = Client(raise_request_exception=False)
        if role in self.sessions:
            if not client.session.exists(self.sessions[role]):
                self.sessions[role] = self._session(self.roles[role])
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
        return client

    def ids(self) -> dict[str, uuid.UUID | str]:
        """Something that exists for each name that an address may hold."""
        known = self.world.ids()
        need = Need.objects.order_by("opened_at", "id").first()
        offer = Offer.objects.order_by("opened_at", "id").first()
        return known | {
            "need_id": need.id if need else NOWHERE,
            "offer_id": offer.id if offer else NOWHERE,
        }

    def address(self, route: str) -> str:
        """A route with something that exists in each of its gaps."""
        return filled_in(route, self.world.ids(), self.links)


def filled_in(route: str, known: dict[str, uuid.UUID | str], links: dict[str, str]) -> str:
    """A route with something in each of its gaps: what exists, or an id that leads nowhere."""

    def fill(gap: re.Match[str]) -> str:
        kind, _, name = gap[1].rpartition(":")
        if kind in ("uuid", "slug"):
            return str(known.get(name, NOWHERE))
        token = next((bare(t) for start, t in links.items() if route.startswith(start)), "")
        return token or {"kind": "need", "pk": "1"}.get(name, "x")

    return re.sub(r"<([^>]+)>", fill, route).replace("//", "/")
