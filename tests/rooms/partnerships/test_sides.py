"""Whose a partnership is: each side says its own yes; who stands for it, and who sees it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from footbridge.core import clock
from footbridge.core.errors import Conflict, DomainError, LinkNotValid, NotAllowed, NotHere
from footbridge.partnerships import actions, guards, policy, queries
from footbridge.partnerships.actions import NewParty
from footbridge.partnerships.letters import party_path
from footbridge.partnerships.models import Party, Representative
from footbridge.partnerships.states import Ended, Move, PartyState, Role
from footbridge.people import actions as people
from footbridge.people.models import Affiliation
from tests.cast import Cast
from tests.rooms.partnerships import story

pytestmark = pytest.mark.django_db


def test_until_it_says_yes_a_side_sees_only_what_it_is_asked(cast: Cast) -> None:
    one = story.begun(cast)
    [asked] = queries.asked(cast.target)
    assert (asked.title, asked.asked_by) == (story.TITLE, "Rosa Seeker")
    assert asked.others == ("Harbour Food Bank",)
    for other in (cast.target, cast.colleague, cast.host, cast.stranger):
        with pytest.raises(NotHere):
            queries.get(other, one.id)
    assert queries.for_hosts(cast.host) == []
    actions.accept(actor=cast.target, party=story.party(one, 1))
    assert queries.get(cast.target, one.id) == one
    [line] = queries.for_hosts(cast.host)
    assert line.parties == ("Harbour Food Bank", "Northwind Cold Chain")
    assert queries.asked(cast.target) == []
    assert "has said yes" in story.told(cast.seeker)


def test_hosts_see_a_card_and_nothing_of_what_is_inside(cast: Cast) -> None:
    one = story.both_in(cast)
    [line] = queries.for_hosts(cast.host)
    assert "Soup, kept cold" not in str(line)
    with pytest.raises(NotHere):
        queries.get(cast.host, one.id)


def test_the_link_of_the_letter_answers_without_an_account(cast: Cast) -> None:
    one = story.begun(cast)
    side = story.party(one, 1)
    token = party_path(side).split("/")[2]
    assert queries.party_by_link(token)[0] == cast.target
    actions.decline(actor=cast.target, party=side)
    assert "is not joining for now" in story.told(cast.seeker)
    actions.decline(actor=cast.target, party=side)
    with pytest.raises(Conflict):
        actions.accept(actor=cast.target, party=side)
    with pytest.raises(LinkNotValid):
        queries.party_by_link(token + "x")


def test_that_a_side_said_no_is_known_to_whoever_asked_alone(cast: Cast) -> None:
    one = story.manned(cast)
    new = NewParty(member=cast.city, asked=cast.connector)
    side = actions.add_party(actor=cast.seeker, partnership=one, new=new)
    assert side in policy.parties_visible_to(story.second(cast), one)
    assert side not in policy.parties_visible_to(cast.target, one)
    actions.decline(actor=cast.connector, party=side)
    seen = [side in policy.parties_visible_to(each, one) for each in (cast.seeker, cast.target)]
    assert seen == [True, False]
    assert side not in policy.parties_visible_to(story.second(cast), one)


def test_only_who_was_asked_answers_and_only_for_what_they_act_for(cast: Cast) -> None:
    side = story.party(story.begun(cast), 1)
    with pytest.raises(NotHere):
        actions.accept(actor=cast.colleague, party=side)
    with pytest.raises(Conflict):
        story.begun(cast, story.firm(cast, asked=cast.connector))


def test_a_side_that_never_answers_is_told_to_whoever_asked_once(cast: Cast) -> None:
    one = story.begun(cast)
    with clock.held_at(clock.now() + timedelta(days=31)):
        assert queries.asked(cast.target) == []
        assert [actions.end_what_ran_out(), actions.end_what_ran_out()] == [1, 0]
        with pytest.raises(Conflict):
            actions.ask(actor=cast.seeker, party=story.party(one, 1), person=cast.target)
        actions.ask(actor=cast.seeker, party=story.party(one, 1), person=cast.colleague)
        actions.accept(actor=cast.colleague, party=story.party(one, 1))
    assert story.party(one, 1).is_in


@pytest.mark.parametrize("many", [1, 2, 9, 30])
def test_it_has_as_many_sides_as_it_has(cast: Cast, many: int) -> None:
    groups = [NewParty(name=f"Neighbours {number}") for number in range(1, many)]
    one = (
        story.begun(cast, *groups)
        if groups
        else actions.begin(actor=cast.seeker, title="Alone", own=NewParty(member=cast.food_bank))
    )
    card = queries.get_card(cast.seeker, one.id)
    assert len(card.parties) == many
    assert card.verdict.code == "not_valid"


def test_a_side_is_a_member_a_circle_or_a_group_and_only_one_of_them(cast: Cast) -> None:
    with pytest.raises(DomainError):
        story.begun(cast, NewParty())
    with pytest.raises(DomainError):
        story.begun(cast, NewParty(member=cast.city, name="City"))
    with pytest.raises(Conflict):
        story.begun(cast, NewParty(member=cast.food_bank))
    one = story.begun(cast, own=NewParty(name="Soup friends"))
    assert queries.get_card(cast.seeker, one.id).parties[0].name == "Soup friends"


def test_nobody_begins_for_an_organisation_that_they_do_not_act_for(cast: Cast) -> None:
    with pytest.raises(NotHere):
        story.begun(cast, own=NewParty(member=cast.city))


# People.


def test_a_side_is_green_with_two_stewards(cast: Cast) -> None:
    one = story.both_in(cast)
    side = story.party(one, 1)
    assert not policy.is_green(side)
    actions.name(actor=cast.target, party=side, person=cast.colleague)
    assert policy.is_green(side)
    assert "has named you" in story.told(cast.colleague)
    with pytest.raises(DomainError):
        actions.name(actor=cast.target, party=side, person=cast.connector)
    with pytest.raises(NotAllowed):
        actions.name(actor=cast.seeker, party=side, person=cast.colleague, role=Role.CONTACT)


def test_contacts_read_and_write_and_do_not_decide(cast: Cast) -> None:
    one = story.both_in(cast)
    side = story.party(one, 1)
    actions.name(actor=cast.target, party=side, person=cast.colleague, role=Role.CONTACT)
    assert not policy.speaks_for(cast.colleague, side)
    actions.write(actor=cast.colleague, partnership=one, text="The van is here")
    with pytest.raises(NotAllowed):
        actions.move(actor=cast.colleague, partnership=one, to=Move.FORM)


def test_who_leaves_the_organisation_no_longer_stands_for_it(cast: Cast) -> None:
    one = story.manned(cast)
    actions.promise(actor=cast.colleague, partnership=one, text="Two vans", person=cast.colleague)
    work = Affiliation.objects.get(person=cast.colleague)
    people.end_affiliation(actor=cast.colleague, affiliation=work)
    with clock.held_at(clock.now() + timedelta(days=2)):
        assert [actions.end_who_left(), actions.end_who_left()] == [1, 0]
        with pytest.raises(NotHere):
            queries.get(cast.colleague, one.id)
        row = Representative.objects.get(person=cast.colleague)
        assert (row.ended_because, row.until) == (Ended.LEFT, clock.today())
    assert one.commitments.get().person is None
    for reader in (cast.seeker, cast.target):
        assert "Tariq Colleague no longer stands" in story.told(reader)


def test_where_nobody_is_left_the_next_of_the_organisation_is_told_and_steps_in(
    cast: Cast,
) -> None:
    one = story.both_in(cast)
    mine = Representative.objects.get(person=cast.target)
    cast.colleague  # noqa: B018
    actions.end(actor=cast.target, representative=mine)
    assert "Nobody stands for Northwind" in story.told(cast.colleague)
    assert "Nobody stands for" not in story.told(cast.target)
    assert [line.party for line in queries.alone(cast.colleague)] == ["Northwind Cold Chain"]
    actions.step_in(actor=cast.colleague, party=story.party(one, 1))
    assert story.stewards(story.party(one, 1)) == ["Tariq Colleague"]
    with pytest.raises(Conflict):
        actions.step_in(actor=cast.target, party=story.party(one, 1))


def test_with_nobody_there_at_all_the_hosts_are_told(cast: Cast) -> None:
    cast.host  # noqa: B018
    story.both_in(cast)
    people.end_affiliation(
        actor=cast.target, affiliation=Affiliation.objects.get(person=cast.target)
    )
    with clock.held_at(clock.now() + timedelta(days=2)):
        actions.end_who_left()
    assert "Nobody stands for Northwind" in story.told(cast.host)


def test_the_role_stays_when_somebody_is_erased(cast: Cast) -> None:
    one = story.manned(cast)
    actions.write(actor=cast.colleague, partnership=one, text="Vans on Mondays")
    actions.say(actor=cast.colleague, partnership=one, text="My private words")
    people.erase(actor=cast.colleague, person=cast.colleague)
    card = queries.get_card(cast.target, one.id)
    firm = card.parties[1]
    assert [(gone.name, gone.role) for gone in firm.gone] == [("Former: Deputy", "deputy")]
    work = queries.workspace(cast.target, one)
    assert ([entry.by for entry in work.log], work.messages) == ([""], ())
    seen = f"{card}{work}{queries.timeline(cast.target, one)}"
    assert "Tariq" not in seen
    assert "Somebody no longer stands" in story.told(cast.seeker)


def test_a_side_leaves_and_its_promises_are_released(cast: Cast) -> None:
    one = story.manned(cast)
    actions.promise(actor=cast.target, partnership=one, text="Two vans")
    actions.leave(actor=cast.target, partnership=one)
    assert story.party(one, 1).state == PartyState.LEFT
    assert one.commitments.get().dropped_at is not None
    with pytest.raises(NotHere):
        queries.get(cast.target, one.id)
    assert "has left the partnership" in story.told(cast.seeker)


def test_rooms_above_say_what_is_missing_before_it_is_active(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = story.both_in(cast)
    monkeypatch.setattr(guards, "_guards", [])
    guards.register(lambda _one: ["The paper is not signed."])
    actions.move(actor=cast.seeker, partnership=one, to=Move.FORM)
    missing = queries.get_card(cast.seeker, one.id).missing
    assert missing == (
        "Harbour Food Bank names two people.",
        "Northwind Cold Chain names two people.",
        "The paper is not signed.",
    )
    with pytest.raises(Conflict, match="The paper is not signed"):
        actions.move(actor=cast.seeker, partnership=one, to=Move.ACTIVATE)


@pytest.mark.parametrize("many", [1, 3])
def test_reading_one_asks_as_many_questions_however_many_sides_there_are(
    cast: Cast, many: int, django_assert_num_queries: Any
) -> None:
    one = story.active(cast)
    for number in range(many):
        name = f"Group {number}"
        Party.objects.create(partnership=one, name=name, state="in", position=5 + number)
    with django_assert_num_queries(17):
        queries.get_card(cast.seeker, one.id)


@pytest.mark.parametrize("many", [1, 3])
def test_a_list_asks_as_many_questions_however_long_it_is(
    cast: Cast, many: int, django_assert_num_queries: Any
) -> None:
    cast.host  # noqa: B018
    for _number in range(many):
        story.both_in(cast)
    with django_assert_num_queries(2):
        assert len(queries.list_for(cast.seeker)) == many
    with django_assert_num_queries(2):
        assert len(queries.for_hosts(cast.host)) == many
