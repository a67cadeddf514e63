"""Who can introduce someone: what is named, what is not, and who is never passed through."""

from __future__ import annotations

from datetime import timedelta

import pytest

from footbridge.core import clock
from footbridge.core.audience import OPERATOR
from footbridge.core.errors import NotHere
from footbridge.insight import queries
from footbridge.introductions.models import Introduction
from footbridge.network import actions as network
from footbridge.network.states import Strength, Wish
from footbridge.people import actions as people
from footbridge.people.models import Person
from footbridge.people.states import Sector, Standing
from tests.cast import Cast
from tests.rooms.insight import story
from tests.rooms.insight.story import cold_story, funds, know

pytestmark = pytest.mark.django_db


def stones(chain: object) -> list[str | None]:
    return [stone.card.name if stone.card else None for stone in chain.stones]  # type: ignore[attr-defined]


def ways(cast: Cast, viewer: object = None) -> list[list[str | None]]:
    story.anew()
    found = queries.chains(viewer or cast.seeker, cast.seeker, cast.target)  # type: ignore[arg-type]
    return [stones(chain) for chain in found]


def test_the_warmest_way_goes_through_who_knows_both(cast: Cast) -> None:
    cold_story(cast)
    [chain] = queries.chains(cast.seeker, cast.seeker, cast.target)
    assert stones(chain) == ["Rosa Seeker", "Kofi Connector", "Lena Sought"]
    assert chain.connector is not None
    assert chain.connector.name == "Kofi Connector"
    assert len(chain.steps) == len(chain.words) == 2
    assert 0 < chain.strength < min(chain.steps)


def test_beyond_the_first_step_connectors_are_unnamed_persons(cast: Cast) -> None:
    middle = cast.person("Mia Middle")
    know(cast.seeker, cast.connector)
    know(cast.connector, middle)
    know(middle, cast.target)
    assert ways(cast) == [["Rosa Seeker", "Kofi Connector", None, "Lena Sought"]]
    assert ways(cast, OPERATOR) == [["Rosa Seeker", "Kofi Connector", "Mia Middle", "Lena Sought"]]


def test_ways_that_differ_only_in_who_is_unnamed_are_told_once(cast: Cast) -> None:
    know(cast.seeker, cast.connector)
    for name in ("Mia Middle", "Max Middle"):
        middle = cast.person(name)
        know(cast.connector, middle)
        know(middle, cast.target)
    assert ways(cast) == [["Rosa Seeker", "Kofi Connector", None, "Lena Sought"]]


def test_a_shared_funder_leads_from_one_organisation_to_the_other(cast: Cast) -> None:
    assert cast.seeker
    funder = cast.organisation("Lighthouse Fund", Sector.NONPROFIT)
    funds(funder, cast.food_bank)
    funds(funder, cast.cold_chain)
    [chain] = queries.chains(cast.seeker, cast.food_bank, cast.cold_chain)
    assert stones(chain) == ["Harbour Food Bank", "Lighthouse Fund", "Northwind Cold Chain"]


def test_a_person_without_a_way_goes_through_the_organisation_they_act_for(cast: Cast) -> None:
    assert cast.seeker
    funder = cast.organisation("Lighthouse Fund", Sector.NONPROFIT)
    funds(funder, cast.food_bank)
    funds(funder, cast.cold_chain)
    [chain] = queries.chains(cast.seeker, cast.seeker, cast.cold_chain)
    assert stones(chain) == ["Harbour Food Bank", "Lighthouse Fund", "Northwind Cold Chain"]


def test_an_organisation_is_reached_through_any_of_its_people(cast: Cast) -> None:
    cold_story(cast)
    [chain] = queries.chains(cast.seeker, cast.seeker, cast.cold_chain)
    assert stones(chain) == ["Rosa Seeker", "Kofi Connector", "Lena Sought"]


def test_there_may_be_no_way(cast: Cast) -> None:
    assert ways(cast) == []


def test_nobody_who_pauses_is_passed_through_or_led_to(cast: Cast) -> None:
    cold_story(cast)
    people.pause(actor=cast.connector, until=clock.today())
    assert ways(cast) == []
    people.resume(actor=cast.connector)
    assert len(ways(cast)) == 1
    people.pause(actor=cast.target, until=clock.today())
    cast.target.refresh_from_db()
    assert ways(cast) == []


def test_nobody_is_passed_through_who_is_asked_as_often_as_they_allow(cast: Cast) -> None:
    cold_story(cast)
    Person.objects.filter(id=cast.connector.id).update(asks_per_month=1)
    asked = Introduction.objects.create(
        seeker=cast.person("Ada Asker"), connector=cast.connector, target=cast.person("Al Asked"),
        asked_at=clock.now() - timedelta(days=2),
    )  # fmt: skip
    assert ways(cast) == []
    asked.made_by_connector = True
    asked.save()
    assert len(ways(cast)) == 1
    asked.made_by_connector, asked.asked_at = False, clock.now() - timedelta(days=31)
    asked.save()
    assert len(ways(cast)) == 1


def test_nobody_is_passed_through_who_is_only_on_a_list(cast: Cast) -> None:
    cold_story(cast)
    Person.objects.filter(id=cast.connector.id).update(standing=Standing.KNOWN)
    assert ways(cast) == []
    assert ways(cast, OPERATOR) == []


@pytest.mark.parametrize(
    ("owner", "about"),
    [
        ("seeker", "target"), ("target", "seeker"), ("connector", "seeker"),
        ("seeker", "connector"), ("connector", "target"), ("target", "connector"),
        ("target", "food_bank"),
    ],
)  # fmt: skip
def test_who_avoids_one_another_is_never_on_one_way(cast: Cast, owner: str, about: str) -> None:
    cold_story(cast)
    story.wishes(getattr(cast, owner), getattr(cast, about), Wish.AVOID)
    assert ways(cast) == []


def test_who_was_set_aside_for_now_can_still_be_looked_for(cast: Cast) -> None:
    cold_story(cast)
    story.wishes(cast.seeker, cast.target, Wish.NOT_NOW)
    assert len(ways(cast)) == 1


def test_ways_to_someone_whom_one_may_not_see_are_not_here(cast: Cast) -> None:
    with pytest.raises(NotHere):
        queries.chains(cast.stranger, cast.stranger, cast.listed)
    with pytest.raises(NotHere):
        queries.chains(cast.stranger, cast.seeker, cast.target)


def test_private_contacts_open_a_first_step_for_their_owner_alone(cast: Cast) -> None:
    know(cast.connector, cast.target)
    people.be_findable_by_email(actor=cast.connector, findable=True)
    network.refresh_findable(cast.connector.id)
    network.import_contacts(
        actor=cast.seeker, rows=[("Kofi", "kofi.connector@example.org")], source="vcard"
    )
    found = queries.chains(cast.seeker, cast.seeker, cast.target)
    assert [stones(chain) for chain in found] == [["Rosa Seeker", "Kofi Connector", "Lena Sought"]]
    assert found[0].stones[1].note.startswith("From your contacts")
    assert ways(cast, cast.host) == []
    assert ways(cast, OPERATOR) == []
    other = queries.chains(cast.colleague, cast.colleague, cast.connector)
    assert "Rosa Seeker" not in [name for chain in other for name in stones(chain)]


def test_an_introduction_that_led_to_a_meeting_warms_the_tie(cast: Cast) -> None:
    cold_story(cast)
    before = queries.chains(cast.seeker, cast.seeker, cast.target)[0].strength
    made = Introduction.objects.create(
        seeker=cast.connector, connector=cast.host, target=cast.target, introduced_at=clock.now()
    )
    made.reports.create(person=cast.connector, outcome="met")
    story.anew()
    assert queries.chains(cast.seeker, cast.seeker, cast.target)[0].strength > before


def test_a_vouch_makes_a_connector_count_for_more(cast: Cast) -> None:
    cold_story(cast)
    before = queries.chains(cast.seeker, cast.seeker, cast.target)[0].strength
    for name in ("Vera Vouches", "Vik Vouches"):
        know(cast.person(name), cast.connector, Strength.TRUST)
    story.anew()
    assert queries.chains(cast.seeker, cast.seeker, cast.target)[0].strength > before
