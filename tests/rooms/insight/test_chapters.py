"""Whom a host could bring together, and who is left over."""

from __future__ import annotations

import pytest

from footbridge.core.audience import OPERATOR
from footbridge.core.errors import NotHere
from footbridge.insight import queries
from footbridge.network.states import Wish
from tests.cast import Cast
from tests.rooms.insight import story

pytestmark = pytest.mark.django_db


def pairs(cast: Cast) -> set[frozenset[str]]:
    story.anew()
    found = queries.pairs(cast.host, cast.chapter)
    return {frozenset((pair.one.name, pair.found.card.name)) for pair in found}


def test_pairs_that_fit_are_named_once(cast: Cast) -> None:
    story.cold_story(cast)
    assert pairs(cast) == {frozenset(("Rosa Seeker", "Lena Sought"))}


def test_nobody_is_in_more_than_three_pairs(cast: Cast) -> None:
    story.offers(cast.target)
    for n in range(6):
        story.needs(cast.person(f"Needy {n}"))
    found = queries.pairs(cast.host, cast.chapter)
    assert len(found) == 3
    assert [pair.found.score for pair in found] == sorted(
        (pair.found.score for pair in found), reverse=True
    )


def test_the_hosts_list_takes_part(cast: Cast) -> None:
    from footbridge.exchange import actions as exchange

    story.needs(cast.seeker)
    exchange.open_offer(actor=cast.host, owner=cast.listed, text=story.A_COLD_STORE)
    assert pairs(cast) == {frozenset(("Rosa Seeker", "Ivo Listed"))}


@pytest.mark.parametrize("owner", ["seeker", "target"])
def test_who_avoids_one_another_is_no_pair(cast: Cast, owner: str) -> None:
    story.cold_story(cast)
    other = {"seeker": "target", "target": "seeker"}[owner]
    story.wishes(getattr(cast, owner), getattr(cast, other), Wish.AVOID)
    assert pairs(cast) == set()


def test_who_fits_nobody_yet_is_for_the_host_to_think_of(cast: Cast) -> None:
    story.cold_story(cast)
    assert cast.host
    found = {one.card.name: one for one in queries.unmatched(cast.host, cast.chapter)}
    assert set(found) == {"Hana Host", "Kofi Connector"}
    assert all(near.near_miss for one in found.values() for near in one.nearest)
    assert len(found["Hana Host"].nearest) == 2


def test_both_lists_are_for_the_chapters_hosts(cast: Cast) -> None:
    story.cold_story(cast)
    for viewer in (cast.seeker, cast.stranger):
        with pytest.raises(NotHere):
            queries.pairs(viewer, cast.chapter)
        with pytest.raises(NotHere):
            queries.unmatched(viewer, cast.chapter)
    assert queries.pairs(OPERATOR, cast.chapter)
