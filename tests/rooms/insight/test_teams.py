"""A team for a need: the fewest people who have every skill, why, and who else could."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from footbridge.circles import actions as circles
from footbridge.core import clock
from footbridge.core.audience import OPERATOR
from footbridge.core.errors import DomainError, NotHere
from footbridge.exchange import actions as exchange
from footbridge.exchange.models import Need, Skill
from footbridge.expertise.models import Claim, Confirmation, Episode, Listing
from footbridge.insight import teams
from footbridge.insight.teams import SuggestedTeam
from footbridge.meetings.models import Seat
from footbridge.network import actions as network
from footbridge.people import actions as people
from footbridge.people.models import Member, Person
from footbridge.people.states import Sector
from tests.cast import Cast
from tests.rooms.assignments import story as assignments_story
from tests.rooms.hours import story
from tests.rooms.meetings import story as meetings_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def skills(db: None) -> dict[str, Skill]:
    """Four skills that nobody's words are mistaken for."""
    exchange.load_shipped_vocabulary()
    return {key: Skill.objects.create(key=f"own-{key}", labels={"en": key}) for key in "abcd"}


def _offers(person: Person, *chosen: Skill, hours: int | None = None, text: str = "") -> None:
    words = text or f"What {person.name} can do"
    offer = exchange.open_offer(actor=person, owner=person, text=words, hours_per_month=hours)
    exchange.confirm_skills(actor=person, posting=offer, skills=chosen)


def _need(person: Person, *chosen: Skill, owner: Member | None = None) -> Need:
    need = exchange.open_need(actor=person, owner=owner or person, text="Help us grow")
    return exchange.confirm_skills(actor=person, posting=need, skills=chosen)


def _names(found: SuggestedTeam) -> list[str]:
    return [one.card.name for one in found.members]


def _others(found: SuggestedTeam) -> dict[str, list[str]]:
    return {one.label: [card.name for card in one.others] for one in found.skills}


def test_the_fewest_people_cover_what_is_needed_and_each_says_why(
    cast: Cast, skills: dict[str, Skill]
) -> None:
    a, b, c, d = skills.values()
    _offers(cast.target, a, b, hours=6, text="I read contracts and talk with banks")
    _offers(cast.connector, c, hours=1)
    _offers(cast.colleague, a)
    found = teams.for_need(cast.seeker, _need(cast.seeker, a, b, c, d))
    assert set(_names(found)) == {"Lena Sought", "Kofi Connector"}
    lena = next(one for one in found.members if one.card.name == "Lena Sought")
    assert lena.skills == ("a", "b")
    assert [why.text for why in lena.reasons] == [
        "Offers: «I read contracts and talk with banks»",
        "Has 6 hours a month",
    ]
    assert found.uncovered == ("d",)
    assert found.proven
    assert _others(found) == {"a": ["Tariq Colleague"], "b": [], "c": [], "d": []}
    assert found.reasons[0] == "Nobody could do it with fewer people than these 2."
    assert "different sides" in found.reasons[1]


def test_of_those_who_bring_the_same_another_sector_comes_before_more_hours(
    cast: Cast, skills: dict[str, Skill]
) -> None:
    a, b, _c, _d = skills.values()
    _offers(cast.target, a)
    _offers(cast.colleague, b, hours=40)
    _offers(cast.connector, b)
    found = teams.for_need(cast.seeker, _need(cast.seeker, a, b))
    assert set(_names(found)) == {"Lena Sought", "Kofi Connector"}


def test_those_who_worked_together_come_first_as_far_as_the_viewer_may_know(
    cast: Cast, skills: dict[str, Skill]
) -> None:
    a, b, _c, _d = skills.values()
    law = [cast.person(name) for name in ("Ann Law", "Bo Law")]
    sums = [cast.person(name) for name in ("Cy Sums", "Di Sums")]
    for person in law:
        _offers(person, a)
    for person in sums:
        _offers(person, b)
    need = _need(cast.seeker, a, b)
    for one, other in (law, sums), (sums, law):
        network.state_tie(
            actor=one[1], other=other[1], strength="worked_together", how="the harbour fund"
        )
    told = "Bo Law and Di Sums worked together: the harbour fund."
    assert told not in teams.for_need(cast.seeker, need).reasons
    asked = teams.for_skills(cast.host, [a, b])
    assert set(_names(asked)) == {"Bo Law", "Di Sums"}
    assert told in asked.reasons or told.replace("Bo Law and Di Sums", "Di Sums and Bo Law") in (
        asked.reasons
    )


def test_a_session_at_which_the_viewer_was_too_is_known_to_them(
    cast: Cast, skills: dict[str, Skill]
) -> None:
    a, b, _c, _d = skills.values()
    law = [cast.person(name) for name in ("Ann Law", "Bo Law")]
    sums = [cast.person(name) for name in ("Cy Sums", "Di Sums")]
    for person in law:
        _offers(person, a)
    for person in sums:
        _offers(person, b)
    session = meetings_story.planned(cast)
    for person in (cast.seeker, law[1], sums[1]):
        Seat.objects.create(session=session, person=person, came_at=clock.now())
    found = teams.for_need(cast.seeker, _need(cast.seeker, a, b))
    assert set(_names(found)) == {"Bo Law", "Di Sums"}
    assert found.reasons[-1] == f"Bo Law and Di Sums were both at «{session.title}»."
    alone = teams.for_need(cast.connector, _need(cast.connector, a, b))
    assert not any("were both at" in words for words in alone.reasons)


def test_a_circle_is_known_to_those_in_it_alone(cast: Cast, skills: dict[str, Skill]) -> None:
    a, b, _c, _d = skills.values()
    four = [cast.seeker, *(cast.person(name) for name in ("Bo Law", "Di Sums", "Eve Four"))]
    _offers(four[1], a)
    _offers(four[2], b)
    circle = circles.form(actor=four[0], chapter=cast.chapter, name="Nets", people=four[1:])
    for person in four[1:]:
        circles.join(actor=person, circle=circle)
    words = "Bo Law and Di Sums are in your circle «Nets»."
    assert words in teams.for_need(cast.seeker, _need(cast.seeker, a, b)).reasons
    assert words not in teams.for_need(cast.connector, _need(cast.connector, a, b)).reasons


def _pauses(cast: Cast) -> None:
    people.pause(actor=cast.target, until=clock.today() + timedelta(days=9))


def _stays_home(cast: Cast) -> None:
    Person.objects.filter(id=cast.target.id).update(
        beyond_chapter=False, chapter=cast.other_chapter
    )


def _wants_no_asks(cast: Cast) -> None:
    people.edit(cast.target, cast.target, asks_per_month=0)


def _is_set_aside(cast: Cast) -> None:
    network.wish(actor=cast.seeker, about=cast.target, wish="not_now")


def _wishes_distance(cast: Cast) -> None:
    network.wish(actor=cast.target, about=cast.seeker, wish="avoid")


def _hides(cast: Cast) -> None:
    cast.hidden(cast.target)


@pytest.mark.parametrize(
    "leave",
    [_pauses, _stays_home, _wants_no_asks, _is_set_aside, _wishes_distance, _hides],
)
def test_who_is_not_there_to_be_asked_is_nowhere_in_it(
    cast: Cast, skills: dict[str, Skill], leave: Any
) -> None:
    a, b, _c, _d = skills.values()
    _offers(cast.target, a, b, hours=90)
    need = _need(cast.seeker, a, b)
    assert _names(teams.for_need(cast.seeker, need)) == ["Lena Sought"]
    _offers(cast.connector, a)
    leave(cast)
    found = teams.for_need(cast.seeker, need)
    assert _names(found) == ["Kofi Connector"]
    assert found.uncovered == ("b",)
    assert _others(found) == {"a": [], "b": []}


def test_two_who_are_never_to_be_brought_together_are_in_no_team(
    cast: Cast, skills: dict[str, Skill]
) -> None:
    a, b, _c, _d = skills.values()
    _offers(cast.target, a, hours=9)
    _offers(cast.connector, b, hours=9)
    _offers(cast.colleague, b)
    network.wish(actor=cast.target, about=cast.connector, wish="avoid")
    found = teams.for_need(cast.seeker, _need(cast.seeker, a, b))
    assert set(_names(found)) == {"Lena Sought", "Tariq Colleague"}
    people.pause(actor=cast.colleague, until=clock.today() + timedelta(days=9))
    left = teams.for_need(cast.seeker, Need.objects.get())
    assert len(left.members) == 1
    assert len(left.uncovered) == 1


def test_times_that_can_be_asked_for_count_and_are_told(
    cast: Cast, skills: dict[str, Skill]
) -> None:
    a = skills["a"]
    _offers(cast.target, a)
    _offers(cast.colleague, a)
    story.gives(cast.target)
    found = teams.for_need(cast.seeker, _need(cast.seeker, a))
    assert _names(found) == ["Lena Sought"]
    assert found.members[0].reasons[-1].text == "Has 4 times free"


def test_expertise_that_is_listed_counts_with_what_was_done(
    cast: Cast, skills: dict[str, Skill]
) -> None:
    a = skills["a"]
    episode = Episode.objects.create(person=cast.target, title="Kept a pier open")
    Claim.objects.create(person=cast.target, skill=a, level="led", episode=episode)
    need = _need(cast.seeker, a)
    assert teams.for_need(cast.seeker, need).members == ()
    Listing.objects.create(person=cast.target)
    found = teams.for_need(cast.seeker, need)
    assert [why.text for why in found.members[0].reasons] == ["Led it: «Kept a pier open»"]
    Episode.objects.update(is_shown=False)
    found = teams.for_need(cast.seeker, need)
    assert [why.text for why in found.members[0].reasons] == ["Led it"]
    claim = Claim.objects.get(person=cast.target)
    Confirmation.objects.create(
        claim=claim, by=cast.connector, state="confirmed", expires_at=clock.now()
    )
    found = teams.for_need(cast.seeker, need)
    assert [why.text for why in found.members[0].reasons] == ["Led it, confirmed"]


def test_who_delivered_an_assignment_together_is_known_to_who_was_in_it_alone(
    cast: Cast, skills: dict[str, Skill]
) -> None:
    a, b, *_more = skills.values()
    _offers(cast.target, a)
    _offers(cast.connector, b)
    done = assignments_story.delivered(cast, cast.connector)
    told = f"Lena Sought and Kofi Connector were in one team for «{done.title}»."
    assert told in teams.for_need(cast.seeker, _need(cast.seeker, a, b)).reasons
    other = cast.person("Otto Other")
    found = teams.for_need(other, _need(other, a, b))
    assert len(found.members) == 2
    assert told not in found.reasons


def test_neither_who_asks_nor_their_colleagues_are_in_the_team(
    cast: Cast, skills: dict[str, Skill]
) -> None:
    a, b, _c, _d = skills.values()
    _offers(cast.target, a)
    _offers(cast.colleague, a)
    need = _need(cast.target, a, b, owner=cast.cold_chain)
    assert teams.for_need(cast.target, need).members == ()
    assert teams.for_need(cast.target, need).uncovered == ("a", "b")


def test_a_team_is_for_the_own_side_alone(cast: Cast, skills: dict[str, Skill]) -> None:
    need = _need(cast.seeker, skills["a"])
    with pytest.raises(NotHere):
        teams.for_need(cast.connector, need)
    with pytest.raises(NotHere):
        teams.for_skills(cast.listed, [skills["a"]])
    assert teams.for_need(OPERATOR, need).uncovered == ("a",)


def test_more_than_twenty_skills_are_refused(cast: Cast, skills: dict[str, Skill]) -> None:
    many = list(Skill.objects.all()[:21])
    with pytest.raises(DomainError, match="at most 20"):
        teams.for_skills(cast.seeker, many)


def test_who_said_no_already_is_left_out(cast: Cast, skills: dict[str, Skill]) -> None:
    a = skills["a"]
    _offers(cast.target, a)
    found = teams.for_skills(cast.seeker, [a], leave_out=[cast.target.id])
    assert found.members == ()


@pytest.mark.parametrize("many", [1, 3])
def test_a_team_takes_as_many_queries_for_three_as_for_one(
    cast: Cast, skills: dict[str, Skill], many: int, django_assert_num_queries: Any
) -> None:
    chosen = list(skills.values())[:many]
    for n, skill in enumerate(chosen):
        _offers(cast.person(f"Guest {n}", at=cast.organisation(f"O{n}", Sector.PRIVATE)), skill)
    viewer, need = cast.seeker, _need(cast.seeker, *chosen)
    with django_assert_num_queries(23):
        assert len(teams.for_need(viewer, need).members) == many
