"""Whose time fits a need: those who answer it, local first, then online."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest

from footbridge.core.errors import NotHere
from footbridge.hours import actions
from footbridge.hours.windows import Window
from footbridge.insight.slots import FittingSlot, slots_for
from footbridge.network import actions as network
from footbridge.people import actions as people
from footbridge.people.models import Person
from tests.cast import Cast
from tests.rooms.hours import story

pytestmark = pytest.mark.django_db


def _gives(person: Person, text: str = story.OFFER, **said: Any) -> None:
    story.offers(person, text)
    story.gives(person, **said)


def _names(found: list[FittingSlot]) -> list[str]:
    return [one.slot.giver for one in found]


def test_who_can_answer_a_need_and_has_time_is_offered_with_the_reason(cast: Cast) -> None:
    _gives(cast.target)
    _gives(cast.colleague, text="I tune pianos.")
    found = slots_for(cast.seeker, story.needs(cast.seeker))
    assert set(_names(found)) == {"Lena Sought"}
    assert "old storage" in found[0].reasons[0].text
    assert found[0].slot.starts_at == story.FIRST_SLOT


def test_whom_one_knows_already_is_not_left_out(cast: Cast) -> None:
    _gives(cast.target)
    network.state_tie(actor=cast.seeker, other=cast.target, strength="know")
    assert _names(slots_for(cast.seeker, story.needs(cast.seeker)))[:1] == ["Lena Sought"]


def test_local_comes_before_online_whoever_fits_better(cast: Cast) -> None:
    _gives(cast.target)
    _gives(cast.connector, text="Cold storage", manner="in_person", place="Porto")
    need = story.needs(cast.seeker)
    found = slots_for(cast.seeker, need)
    assert [(one.slot.giver, one.is_local) for one in found[:2]] == [
        ("Kofi Connector", True),
        ("Lena Sought", False),
    ]


def test_who_is_too_far_away_to_meet_is_not_offered(cast: Cast) -> None:
    _gives(cast.target, manner="in_person", place="Lisbon", within_km=100)
    need = story.needs(cast.seeker)
    assert slots_for(cast.seeker, need) == []
    story.gives(cast.target, manner="either", place="Lisbon", within_km=100)
    assert [one.is_local for one in slots_for(cast.seeker, need)] == [False] * 3


def test_each_person_comes_once_before_anybody_comes_twice(cast: Cast) -> None:
    _gives(cast.target)
    _gives(cast.connector)
    names = _names(slots_for(cast.seeker, story.needs(cast.seeker)))
    assert len(names) == 3
    assert len(set(names[:2])) == 2


def test_time_meant_for_one_offer_is_not_offered_for_another(cast: Cast) -> None:
    cold = story.offers(cast.target)
    pianos = story.offers(cast.target, "Accounting for small associations")
    story.gives(cast.target, offers=[pianos])
    need = story.needs(cast.seeker)
    assert need.skills.exists()
    assert slots_for(cast.seeker, need) == []
    story.gives(cast.target, offers=[cold])
    assert _names(slots_for(cast.seeker, need)) == ["Lena Sought"] * 3


def test_a_pause_of_the_time_and_of_the_person_both_hold(cast: Cast) -> None:
    _gives(cast.target)
    need = story.needs(cast.seeker)
    actions.pause(actor=cast.target, is_paused=True)
    assert slots_for(cast.seeker, need) == []
    actions.pause(actor=cast.target, is_paused=False)
    people.pause(actor=cast.target, until=story.FIRST_SLOT.date())
    assert slots_for(cast.seeker, need) == []


def test_nobody_asks_for_the_need_of_another(cast: Cast) -> None:
    _gives(cast.target)
    with pytest.raises(NotHere):
        slots_for(cast.connector, story.needs(cast.seeker))


def test_whoever_goes_under_the_radar_moves_nothing(cast: Cast) -> None:
    _gives(cast.connector)
    need = story.needs(cast.seeker)
    before = [one.slot.id for one in slots_for(cast.seeker, need)]
    hidden = cast.person("Iris Veiled")
    _gives(hidden, windows=[Window(time(8), time(9), weekday=1)])
    assert "Iris Veiled" in _names(slots_for(cast.seeker, need))
    cast.hidden(hidden)
    assert [one.slot.id for one in slots_for(cast.seeker, need)] == before


@pytest.mark.parametrize("many", [1, 3])
def test_it_takes_the_same_queries_for_one_and_for_three(
    cast: Cast, many: int, django_assert_num_queries: Any
) -> None:
    for person in (cast.target, cast.colleague, cast.connector)[:many]:
        _gives(person)
    need = story.needs(cast.seeker)
    slots_for(cast.seeker, need)
    with django_assert_num_queries(15):
        assert len(set(_names(slots_for(cast.seeker, need)))) == many
