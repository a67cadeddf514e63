"""Circles that could be, and whom a circle can reach."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest

from footbridge.circles import actions as circles
from footbridge.core import clock
from footbridge.core.audience import OPERATOR
from footbridge.core.errors import NotHere
from footbridge.exchange import actions as exchange
from footbridge.insight import circles as insight
from footbridge.insight import network
from footbridge.insight.reach import reach
from footbridge.network.models import Tie
from footbridge.network.states import Strength, TieKind, TieState, Wish
from footbridge.people import actions as people
from footbridge.people.models import Member, Person
from footbridge.people.states import Sector, Seen
from tests.cast import Cast
from tests.rooms.circles import story as circle_story
from tests.rooms.insight import story

pytestmark = pytest.mark.django_db

HUNGER, CLIMATE = "sdg-2", "sdg-13"


@pytest.fixture
def peers(cast: Cast) -> list[Person]:
    """Four of different places, who all work against hunger."""
    exchange.load_shipped_vocabulary()
    found = circle_story.peers(cast)
    for person in found:
        story.cares(person, HUNGER)
    return found


def around(cast: Cast, viewer: Any = None, **said: Any) -> list[insight.Proposal]:
    story.anew()
    return insight.around_causes(viewer or cast.host, cast.chapter, **said)


def names(proposals: list[insight.Proposal]) -> list[set[str]]:
    return [{one.name for one in each.members} for each in proposals]


def test_four_who_share_a_cause_are_proposed_with_reasons(cast: Cast, peers: list[Person]) -> None:
    story.needs(peers[0])
    story.offers(peers[2])
    [found] = around(cast)
    assert names([found]) == [{one.name for one in peers}]
    assert found.cause == "Food for everyone"
    assert found.reasons[0] == "All of them work for Food for everyone."
    assert found.reasons[1].startswith("They see it from different sides: ")
    assert found.reasons[2] == "No two of them work at the same place."
    assert found.reasons[3].startswith("Rosa Seeker needs what Lena Sought offers: ")


def test_three_are_none(cast: Cast, peers: list[Person]) -> None:
    exchange.care_for(actor=peers[3], member=peers[3], causes=[])
    assert around(cast) == []


def test_a_cause_of_one_s_organisation_counts(cast: Cast, peers: list[Person]) -> None:
    from footbridge.exchange.models import Care, Cause

    exchange.care_for(actor=peers[0], member=peers[0], causes=[])
    assert around(cast) == []
    Care.objects.create(member=cast.food_bank, cause=Cause.objects.get(key=HUNGER))
    assert len(around(cast)) == 1


def test_colleagues_are_not_in_one(cast: Cast, peers: list[Person]) -> None:
    story.cares(cast.colleague, HUNGER)
    [found] = names(around(cast))
    assert not {"Lena Sought", "Tariq Colleague"} <= found


@pytest.mark.parametrize("owner", [0, 1])
def test_who_avoids_one_another_is_not_in_one(cast: Cast, peers: list[Person], owner: int) -> None:
    fifth = cast.person("Fia Fifth")
    story.cares(fifth, HUNGER)
    assert len(names(around(cast))[0]) == 5
    two = (peers[0], fifth)
    story.wishes(two[owner], two[1 - owner], Wish.AVOID)
    [found] = names(around(cast))
    assert not {"Rosa Seeker", "Fia Fifth"} <= found


def test_who_pauses_or_has_not_joined_is_in_none(cast: Cast, peers: list[Person]) -> None:
    Member.objects.filter(id=peers[3].id).update(paused_until=clock.today())
    assert around(cast) == []
    exchange.care_for(actor=cast.host, member=cast.listed, causes=[])
    assert around(cast) == []


def test_who_is_in_a_circle_already_is_proposed_all_the_same(
    cast: Cast, peers: list[Person]
) -> None:
    """Else a host would learn from what is missing who is in a closed circle."""
    before = around(cast)
    circle_story.standing(cast, peers)
    assert around(cast) == before


def test_another_seed_gives_others(cast: Cast) -> None:
    exchange.load_shipped_vocabulary()
    for n in range(16):
        place = cast.organisation(f"House {n}", list(Sector)[n % 4])
        story.cares(cast.person(f"Guest {n:02}", at=place), HUNGER)
    one, again, other = (names(around(cast, size=4, seed=seed)) for seed in (1, 1, 2))
    assert one == again
    assert one != other
    assert [len(each) for each in one] == [4, 4, 4, 4]


def test_only_hosts_ask(cast: Cast, peers: list[Person]) -> None:
    for other in (cast.seeker, cast.stranger):
        with pytest.raises(NotHere):
            around(cast, other)
        with pytest.raises(NotHere):
            insight.of_builders(other, cast.chapter)
    assert len(around(cast, OPERATOR)) == 1


def _one_who_goes_unseen(cast: Cast) -> Person:
    quiet = cast.person("Ida Quiet", at=cast.city)
    story.cares(quiet, HUNGER, CLIMATE)
    story.needs(quiet)
    return quiet


def test_somebody_under_the_radar_moves_nothing(cast: Cast, peers: list[Person]) -> None:
    """Two worlds: one in which Ida never was, one in which she went unseen."""
    circle = circle_story.standing(cast, peers)
    story.know(peers[0], cast.host)

    def told() -> list[Any]:
        story.anew()
        proposals = [*around(cast), *insight.of_builders(cast.host, cast.chapter)]
        return [[asdict(one) for one in proposals], asdict(reach(peers[0], circle))]

    without_her = told()
    quiet = _one_who_goes_unseen(cast)
    for other in peers[:3]:
        story.know(quiet, other)
    assert told() != without_her
    cast.hidden(quiet)
    assert told() == without_her


@pytest.mark.parametrize("many", [1, 3])
def test_proposals_take_as_many_queries_for_one_as_for_three(
    cast: Cast, many: int, django_assert_num_queries: Any
) -> None:
    exchange.load_shipped_vocabulary()
    for n in range(4 * many):
        place = cast.organisation(f"House {n}", list(Sector)[n % 4])
        story.cares(cast.person(f"Guest {n:02}", at=place), HUNGER)
    story.anew()
    network.current()
    host = cast.host
    with django_assert_num_queries(PROPOSING):
        assert len(insight.around_causes(host, cast.chapter, size=4)) == many


# Out of people who worked together.


def builders(cast: Cast, viewer: Any = None) -> list[insight.Proposal]:
    story.anew()
    return insight.of_builders(viewer or cast.host, cast.chapter)


def test_those_who_worked_together_are_a_builder_circle(cast: Cast) -> None:
    one, two, three, _four = circle_story.peers(cast)
    story.know(one, two)
    Tie.objects.create(
        teller=two, other=three, strength=Strength.TRUST, how="the winter kitchen, 2024"
    )
    [found] = builders(cast)
    assert names([found]) == [{one.name, two.name, three.name}]
    assert len(found.reasons) == 2
    assert any("the winter kitchen, 2024" in reason for reason in found.reasons)


def test_having_met_is_not_having_worked_together(cast: Cast) -> None:
    one, two, three, _four = circle_story.peers(cast)
    story.know(one, two, Strength.KNOW)
    story.know(two, three, Strength.MET)
    assert builders(cast) == []


def test_what_was_denied_or_only_supposed_counts_for_nothing(cast: Cast) -> None:
    one, two, three, _four = circle_story.peers(cast)
    for teller, other, state in (
        (one, two, TieState.PROPOSED), (two, three, TieState.DENIED)
    ):  # fmt: skip
        Tie.objects.create(teller=teller, other=other, strength=Strength.TRUST, state=state)
    assert builders(cast) == []


# Whom a circle can reach.


def reached(viewer: Person, circle: Any) -> dict[str, tuple[tuple[str, ...], str]]:
    found = reach(viewer, circle)
    return {
        one.member.name: (one.through, one.between)
        for group in found.groups
        for one in group.reached
    }


def test_one_step_is_whom_members_say_they_know_and_where_they_work(cast: Cast) -> None:
    circle = circle_story.standing(cast)
    Tie.objects.create(teller=cast.target, other=cast.host, strength=Strength.TRUST)
    Tie.objects.create(teller=cast.connector, other=cast.host, strength=Strength.MET)
    found = reached(cast.seeker, circle)
    assert found["Hana Host"] == (("Lena Sought", "Kofi Connector"), "")
    assert found["Harbour Food Bank"] == (("Rosa Seeker",), "")
    assert "Lena Sought" not in found


def test_what_others_say_of_a_member_is_not_the_circle_s(cast: Cast) -> None:
    circle = circle_story.standing(cast)
    Tie.objects.create(teller=cast.host, other=cast.target, strength=Strength.TRUST)
    assert "Hana Host" not in reached(cast.seeker, circle)


def test_two_steps_lead_to_where_they_work_and_whom_those_places_work_with(cast: Cast) -> None:
    circle = circle_story.standing(cast)
    bank = cast.organisation("Tide Bank", Sector.PRIVATE)
    port = cast.organisation("Port Office", Sector.PUBLIC)
    friend = cast.person("Fay Friend", at=bank)
    Tie.objects.create(teller=cast.target, other=friend, strength=Strength.KNOW)
    Tie.objects.create(
        teller=port, other=cast.food_bank, strength=Strength.KNOW, kind=TieKind.FUNDS
    )
    found = reached(cast.seeker, circle)
    assert found["Tide Bank"] == (("Lena Sought",), "Fay Friend")
    assert found["Port Office"] == (("Rosa Seeker",), "Harbour Food Bank")


def test_a_place_of_work_that_is_not_for_all_members_leads_nowhere(cast: Cast) -> None:
    circle = circle_story.standing(cast)
    friend = cast.person("Fay Friend", at=cast.organisation("Tide Bank", Sector.PRIVATE))
    Tie.objects.create(teller=cast.target, other=friend, strength=Strength.KNOW)
    for member in (cast.seeker, friend):
        people.show(actor=member, work=Seen.INTRODUCED)
    found = reached(cast.seeker, circle)
    assert "Fay Friend" in found
    assert not {"Tide Bank", "Harbour Food Bank"} & set(found)


def test_nobody_whom_not_every_member_may_see_is_reached(cast: Cast) -> None:
    """Kofi hosts the chapter of Ivo, and knows him; the others could not see him."""
    circle = circle_story.standing(cast)
    Tie.objects.create(teller=cast.connector, other=cast.listed, strength=Strength.TRUST)
    from footbridge.people.models import Host

    Host.objects.create(person=cast.connector, chapter=cast.chapter)
    for member in circle_story.peers(cast):
        assert "Ivo Listed" not in reached(member, circle)


@pytest.mark.parametrize("owner", [0, 1])
def test_who_is_to_be_kept_apart_from_one_of_them_is_left_out_for_all(
    cast: Cast, owner: int
) -> None:
    circle = circle_story.standing(cast)
    Tie.objects.create(teller=cast.target, other=cast.host, strength=Strength.TRUST)
    two = (cast.connector, cast.host)
    story.wishes(two[owner], two[1 - owner], Wish.AVOID)
    for member in circle_story.peers(cast):
        assert "Hana Host" not in reached(member, circle)


def test_who_pauses_is_neither_reached_nor_passed_through(cast: Cast) -> None:
    circle = circle_story.standing(cast)
    Tie.objects.create(teller=cast.target, other=cast.host, strength=Strength.TRUST)
    Tie.objects.create(teller=cast.connector, other=cast.deputy, strength=Strength.TRUST)
    today = clock.today()
    Member.objects.filter(id__in=[cast.target.id, cast.deputy.id]).update(paused_until=today)
    found = reached(cast.seeker, circle)
    assert not {"Hana Host", "Sven Deputy"} & set(found)


def test_all_of_them_are_shown_the_same_and_nobody_else_anything(cast: Cast) -> None:
    circle = circle_story.standing(cast)
    Tie.objects.create(teller=cast.target, other=cast.host, strength=Strength.TRUST)
    shown = [asdict(reach(member, circle)) for member in circle_story.peers(cast)]
    assert all(one == shown[0] for one in shown)
    for outsider in (cast.host, cast.colleague):
        with pytest.raises(NotHere):
            reach(outsider, circle)
    circles.leave(actor=cast.target, circle=circle)
    with pytest.raises(NotHere):
        reach(cast.target, circle)


def test_what_the_circle_would_lose_with_each_is_counted(cast: Cast) -> None:
    circle = circle_story.standing(cast)
    Tie.objects.create(teller=cast.target, other=cast.host, strength=Strength.TRUST)
    found = reach(cast.seeker, circle)
    assert found.count == 5
    assert found.only_through[0] == ("Lena Sought", 2)


@pytest.mark.parametrize("many", [1, 3])
def test_reach_takes_as_many_queries_for_one_as_for_three(
    cast: Cast, many: int, django_assert_num_queries: Any
) -> None:
    circle = circle_story.standing(cast)
    for n in range(many):
        place = cast.organisation(f"House {n}", Sector.PUBLIC)
        friend = cast.person(f"Friend {n}", at=place)
        Tie.objects.create(teller=cast.target, other=friend, strength=Strength.TRUST)
    with django_assert_num_queries(REACHING):
        assert reach(cast.seeker, circle).count == 4 + 2 * many


PROPOSING, REACHING = 11, 12
