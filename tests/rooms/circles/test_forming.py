"""Who can be asked into one circle, and when it stands."""

from __future__ import annotations

from datetime import date

import pytest

from footbridge.circles import actions, queries
from footbridge.circles.models import Circle, Membership
from footbridge.circles.states import Belonging, CircleKind
from footbridge.core import clock
from footbridge.core.audience import OPERATOR
from footbridge.core.errors import Conflict, DomainError, NotAllowed, NotHere
from footbridge.network import actions as network
from footbridge.network.states import Wish
from footbridge.people import actions as people_actions
from footbridge.people.models import Member, Person
from footbridge.people.states import Seen, Standing
from tests.cast import Cast
from tests.rooms.circles import story
from tests.rooms.circles.story import DAY

pytestmark = pytest.mark.django_db


def test_who_forms_a_circle_is_in_it_and_the_others_are_asked(cast: Cast) -> None:
    circle = story.formed(cast)
    assert story.belonging(circle, cast.seeker) == Belonging.IN
    assert story.belonging(circle, cast.connector) == Belonging.INVITED
    assert story.kinds(cast.connector) == ["circle_asked"]
    assert story.kinds(cast.seeker) == []
    assert not circle.stands


def test_it_stands_once_four_are_in_and_all_of_them_are_told(cast: Cast) -> None:
    people = story.peers(cast)
    circle = story.formed(cast, people)
    for person in people[1:3]:
        actions.join(actor=person, circle=circle)
    assert not story.fresh(circle).stands
    actions.join(actor=people[3], circle=circle)
    assert story.fresh(circle).stands
    assert all("circle_stands" in story.kinds(person) for person in people)


def test_a_fifth_is_asked_by_a_member_and_the_others_hear_by_whom(cast: Cast) -> None:
    circle = story.standing(cast)
    fifth = cast.person("Fia Fifth")
    actions.ask(actor=cast.target, circle=circle, person=fifth)
    assert story.kinds(cast.seeker) == ["circle_stands"]
    actions.join(actor=fifth, circle=circle)
    assert story.kinds(cast.seeker) == ["circle_joined", "circle_stands"]
    [member] = [
        one for one in queries.card(cast.seeker, circle).members if one.person.id == fifth.id
    ]
    assert member.asked_by == "Lena Sought"


def test_nobody_outside_asks_anybody_in(cast: Cast) -> None:
    circle = story.standing(cast)
    for outsider in (cast.colleague, cast.host):
        with pytest.raises(NotAllowed):
            actions.ask(actor=outsider, circle=circle, person=cast.stranger)


@pytest.mark.parametrize("many", [1, 3])
def test_fewer_than_four_are_no_circle_of_peers(cast: Cast, many: int) -> None:
    with pytest.raises(DomainError, match="4 to 8"):
        story.formed(cast, story.peers(cast)[:many])
    assert not Circle.objects.exists()


def test_nine_are_too_many_and_eight_are_not(cast: Cast) -> None:
    others = [cast.person(f"Guest {n}") for n in range(8)]
    with pytest.raises(DomainError, match="4 to 8"):
        story.formed(cast, [cast.seeker, *others])
    assert story.formed(cast, [cast.seeker, *others[:7]]).memberships.count() == 8


def test_three_builders_are_enough(cast: Cast) -> None:
    circle = story.standing(cast, story.peers(cast)[:3], kind=CircleKind.BUILDERS)
    assert circle.stands


def test_those_who_are_asked_count_among_the_eight(cast: Cast) -> None:
    circle = story.of(cast, 7)
    actions.ask(actor=cast.seeker, circle=circle, person=cast.person("Eva Eighth"))
    assert queries.card(cast.seeker, circle).places_left == 0
    with pytest.raises(Conflict, match="at most 8"):
        actions.ask(actor=cast.seeker, circle=circle, person=cast.person("Nia Ninth"))


def test_two_of_one_employer_are_refused_in_plain_words(cast: Cast) -> None:
    people = [*story.peers(cast)[:3], cast.colleague]
    with pytest.raises(Conflict, match="Lena Sought and Tariq Colleague both work for Northwind"):
        story.formed(cast, people)


def test_where_somebody_works_is_not_said_if_they_do_not_show_it(cast: Cast) -> None:
    people = [*story.peers(cast)[:3], cast.colleague]
    people_actions.show(actor=cast.colleague, work=Seen.INTRODUCED)
    with pytest.raises(Conflict, match="Not everybody chosen is available"):
        story.formed(cast, people)


def test_only_a_host_insists_on_two_of_one_employer(cast: Cast) -> None:
    people = [*story.peers(cast)[:3], cast.colleague]
    with pytest.raises(Conflict):
        story.formed(cast, people, insist=True)
    circle = story.formed(cast, people, actor=cast.host, people=people, with_me=False, insist=True)
    assert circle.memberships.count() == 4


def test_builders_may_work_at_one_place(cast: Cast) -> None:
    people = [*story.peers(cast)[:3], cast.colleague]
    assert story.formed(cast, people, kind=CircleKind.BUILDERS).memberships.count() == 4


def _paused(cast: Cast, person: Person) -> None:
    Member.objects.filter(id=person.id).update(paused_until=clock.today() + DAY)


def _avoids(cast: Cast, person: Person) -> None:
    network.wish(actor=person, about=cast.target, wish=Wish.AVOID)


def _is_avoided(cast: Cast, person: Person) -> None:
    network.wish(actor=cast.target, about=person, wish=Wish.AVOID)


def _avoids_the_employer(cast: Cast, person: Person) -> None:
    network.wish(actor=person, about=cast.cold_chain, wish=Wish.AVOID)


def _only_listed(cast: Cast, person: Person) -> None:
    Member.objects.filter(id=person.id).update(standing=Standing.KNOWN)


REASONS = [_paused, _avoids, _is_avoided, _avoids_the_employer, _only_listed]


@pytest.mark.parametrize("reason", REASONS)
def test_a_refusal_does_not_tell_why_nor_whose_wish_it_was(cast: Cast, reason: object) -> None:
    people = story.peers(cast)
    reason(cast, people[3])  # type: ignore[operator]
    with pytest.raises(Conflict) as refused:
        story.formed(cast, people)
    words = "Not everybody chosen is available for this circle now. Choose others."
    assert refused.value.message == words
    assert (Circle.objects.count(), Membership.objects.count()) == (0, 0)


@pytest.mark.parametrize("reason", REASONS)
def test_the_same_holds_for_one_who_is_asked_later(cast: Cast, reason: object) -> None:
    circle = story.standing(cast)
    fifth = cast.person("Fia Fifth")
    reason(cast, fifth)  # type: ignore[operator]
    with pytest.raises(Conflict, match="Not everybody chosen is available"):
        actions.ask(actor=cast.seeker, circle=circle, person=fifth)


def test_a_wish_that_came_after_the_ask_holds_at_the_door(cast: Cast) -> None:
    circle = story.formed(cast)
    actions.join(actor=cast.connector, circle=circle)
    network.wish(actor=cast.connector, about=cast.target, wish=Wish.AVOID)
    with pytest.raises(Conflict, match="cannot take anybody in now"):
        actions.join(actor=cast.target, circle=circle)


def test_who_stays_in_their_chapter_is_not_asked_into_another(cast: Cast) -> None:
    Member.objects.filter(id=cast.stranger.id).update(beyond_chapter=False)
    circle = story.standing(cast)
    with pytest.raises(Conflict):
        actions.ask(actor=cast.seeker, circle=circle, person=cast.stranger)


def test_somebody_under_the_radar_can_be_in_none(cast: Cast) -> None:
    people = story.peers(cast)
    cast.hidden(people[3])
    with pytest.raises(Conflict, match="Not everybody chosen"):
        story.formed(cast, people)


def test_going_under_the_radar_leaves_every_circle(cast: Cast) -> None:
    circle = story.standing(cast)
    cast.hidden(cast.target)
    assert circle.memberships.count() == 3
    assert len(queries.card(cast.seeker, circle).members) == 3


def test_circles_are_formed_at_home(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        story.formed(cast, [cast.stranger, *story.peers(cast)[1:]])


def test_a_host_forms_one_without_being_in_it(cast: Cast) -> None:
    people = story.peers(cast)
    circle = story.formed(cast, people, actor=cast.host, people=people, with_me=False)
    assert not circle.memberships.filter(person=cast.host).exists()
    with pytest.raises(NotHere):
        queries.get(cast.host, circle.id)


def test_a_host_asks_others_until_it_stands_and_then_no_more(cast: Cast) -> None:
    people = story.peers(cast)
    circle = story.formed(cast, people, actor=cast.host, people=people, with_me=False)
    actions.ask(actor=cast.host, circle=circle, person=cast.person("Fia Fifth"))
    for person in people:
        actions.join(actor=person, circle=circle)
    with pytest.raises(NotAllowed):
        actions.ask(actor=cast.host, circle=circle, person=cast.person("Sia Sixth"))


def test_the_operator_forms_one_too(cast: Cast) -> None:
    people = story.peers(cast)
    circle = story.formed(cast, people, actor=OPERATOR, people=people)
    assert (circle.formed_by, circle.memberships.count()) == (None, 4)


def test_planned_growth_has_a_limit(cast: Cast) -> None:
    with pytest.raises(DomainError, match="from 3 to 8") as refused:
        story.formed(cast, wanted_size=9)
    assert refused.value.field == "wanted_size"


def test_a_name_is_needed(cast: Cast) -> None:
    with pytest.raises(DomainError) as refused:
        story.formed(cast, name="  ")
    assert refused.value.field == "name"


def test_nobody_calls_on_a_circle_that_does_not_stand(cast: Cast) -> None:
    circle = story.formed(cast)
    with pytest.raises(Conflict, match="once enough people"):
        actions.call(actor=cast.seeker, circle=circle, text="A room?", until=date(2026, 3, 9))
