"""A network in which every operation has something to be done to, and a program for each role."""

from __future__ import annotations

import pytest

from footbridge.network import actions as network
from footbridge.network.models import Tie
from footbridge.network.states import TieState
from tests.cast import Cast
from tests.doors.api.caller import ROLES, Caller
from tests.doors.web.world import World, build


@pytest.fixture
def world(cast: Cast) -> World:
    built = build(cast)
    network.propose_tie(actor=cast.host, one=cast.connector, other=cast.colleague)
    built.proposal = Tie.objects.get(
        teller=cast.connector, other=cast.colleague, state=TieState.PROPOSED
    )
    return built


@pytest.fixture
def callers(world: World) -> dict[str, Caller]:
    return {role: Caller(getattr(world.cast, role)) for role in ROLES}
