"""Rounds that are written down: what has begun stays, whoever else was making tables meanwhile."""

from __future__ import annotations

import pytest

from footbridge.core import clock
from footbridge.meetings import actions, queries
from footbridge.meetings.actions import Plan
from tests.cast import Cast
from tests.rooms.meetings.story import EVENING, opened

pytestmark = pytest.mark.django_db


def test_a_plan_that_was_made_before_a_round_began_does_not_bring_it_twice(cast: Cast) -> None:
    session = opened(cast)
    plans = [Plan(step, 10, ()) for step in (1, 2, 3)]
    actions.plan_rounds(actor=cast.host, session=session, plans=plans)
    with clock.held_at(EVENING):
        session = actions.begin(actor=cast.host, session=session)
        actions.start_round(actor=cast.host, session=session)
        actions.start_round(actor=cast.host, session=session)
        actions.plan_rounds(actor=cast.host, session=session, plans=plans[1:])
    rounds = queries.rounds(cast.host, session)
    assert [(one.number, one.step) for one in rounds] == [(1, 1), (2, 2), (3, 3)]
    assert [one.is_coming for one in rounds] == [False, False, True]
