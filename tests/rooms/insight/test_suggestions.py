"""Whom someone should meet, why, and who is never named."""

from __future__ import annotations

from datetime import timedelta

import pytest

from footbridge.core import clock
from footbridge.core.audience import OPERATOR
from footbridge.core.errors import NotHere
from footbridge.insight import queries
from footbridge.insight.cards import Filters
from footbridge.introductions.models import Introduction
from footbridge.network.states import Strength, Wish
from footbridge.people import actions as people
from footbridge.people.models import Affiliation, Person
from footbridge.people.states import Sector, Standing
from tests.cast import Cast
from tests.rooms.insight import story
from tests.rooms.insight.story import cold_story, fitting, know, names, needs, offers

pytestmark = pytest.mark.django_db


def test_who_offers_what_i_need_comes_first_with_the_reasons_in_words(cast: Cast) -> None:
    cold_story(cast)
    first = queries.suggest(cast.seeker, cast.seeker)[0]
    assert first.card.name == "Lena Sought"
    assert not first.near_miss
    assert [reason.text for reason in first.reasons] == [
        "Offers what is needed: Cold storage",
        "Both know Kofi Connector",
        "Kofi Connector knows both well",
        "In the same place",
        "Speaks English",
    ]
    assert [lack.text for lack in first.missing] == [
        "So far only one side would gain",
        "No cause in common yet",
    ]


def test_the_weights_of_the_reasons_add_up_to_the_score(cast: Cast) -> None:
    cold_story(cast)
    for found in queries.suggest(cast.seeker, cast.seeker):
        assert sum(one.weight for one in found.reasons) == pytest.approx(found.score, abs=5e-4)


def test_what_binds_two_people_stands_before_the_place_even_where_the_place_counts_more(
    cast: Cast,
) -> None:
    cold_story(cast)
    weights = {one.kind: one.weight for one in queries.suggest(cast.seeker, cast.seeker)[0].reasons}
    assert weights["place"] > weights["warmth"]
    assert list(weights) == ["answers_you", "acquaintances", "warmth", "place", "language"]


def test_words_without_a_skill_are_told_as_they_were_written(cast: Cast) -> None:
    needs(cast.seeker, "Looking for sundials")
    offers(cast.target, "An old sundial")
    first = queries.suggest(cast.seeker, cast.seeker)[0]
    assert first.card.name == "Lena Sought"
    assert first.reasons[0].text == "Offers what is needed: «sundials»"


def test_the_answer_to_a_sentence_is_who_offers_it(cast: Cast) -> None:
    offers(cast.target)
    assert cast.seeker
    found = queries.suggest_for_text(cast.seeker, "cold storage at night", asker=cast.seeker)
    assert fitting(found) == ["Lena Sought"]


def test_what_was_said_a_moment_ago_counts_at_once(cast: Cast) -> None:
    assert cast.target
    assert fitting(queries.suggest(cast.seeker, cast.seeker)) == []
    needs(cast.seeker)
    offers(cast.target)
    assert fitting(queries.suggest(cast.seeker, cast.seeker)) == ["Lena Sought"]


def test_the_list_is_never_empty_while_anyone_may_be_suggested(cast: Cast) -> None:
    assert cast.target
    found = queries.suggest(cast.seeker, cast.seeker, filters=Filters(sector=Sector.PUBLIC))
    assert names(found) == ["Lena Sought"]
    assert found[0].near_miss
    assert "From another sector than you asked for" in [lack.text for lack in found[0].missing]


def test_who_is_only_on_the_hosts_list_is_suggested_to_the_host_alone(cast: Cast) -> None:
    needs(cast.seeker)
    offers(cast.host)
    people_on_list = cast.listed
    assert people_on_list.name not in names(queries.suggest(cast.seeker, cast.seeker))
    assert people_on_list.name in names(queries.suggest(cast.host, cast.seeker))
    assert people_on_list.name in names(queries.suggest(OPERATOR, cast.seeker))


def test_the_host_of_another_chapter_may_not_ask_for_someone(cast: Cast) -> None:
    assert cast.host
    with pytest.raises(NotHere):
        queries.suggest(cast.host, cast.stranger)


def test_who_acts_for_an_organisation_asks_for_it(cast: Cast) -> None:
    assert cast.target
    assert "Lena Sought" in names(queries.suggest(cast.seeker, cast.food_bank))
    with pytest.raises(NotHere):
        queries.suggest(cast.connector, cast.food_bank)


@pytest.mark.parametrize("wish", Wish.values)
def test_whom_i_set_aside_is_not_suggested(cast: Cast, wish: str) -> None:
    cold_story(cast)
    story.wishes(cast.seeker, cast.target, Wish(wish))
    assert "Lena Sought" not in names(queries.suggest(cast.seeker, cast.seeker))
    text = queries.suggest_for_text(cast.seeker, story.A_COLD_STORE, asker=cast.seeker)
    assert "Lena Sought" not in names(text)


def test_not_now_passes_by_itself(cast: Cast) -> None:
    cold_story(cast)
    yesterday = clock.today() - timedelta(days=1)
    story.wishes(cast.seeker, cast.target, Wish.NOT_NOW, until=yesterday)
    assert "Lena Sought" in names(queries.suggest(cast.seeker, cast.seeker))


def test_who_avoids_me_or_my_organisation_is_not_suggested_and_not_now_of_theirs_is_no_matter(
    cast: Cast,
) -> None:
    cold_story(cast)
    story.wishes(cast.target, cast.seeker, Wish.NOT_NOW)
    assert "Lena Sought" in names(queries.suggest(cast.seeker, cast.seeker))
    story.wishes(cast.target, cast.food_bank, Wish.AVOID)
    assert "Lena Sought" not in names(queries.suggest(cast.seeker, cast.seeker))


def test_with_an_organisation_that_i_avoid_go_its_people(cast: Cast) -> None:
    cold_story(cast)
    story.wishes(cast.seeker, cast.cold_chain, Wish.AVOID)
    assert "Lena Sought" not in names(queries.suggest(cast.seeker, cast.seeker))


def test_who_asks_for_an_organisation_is_kept_from_whom_they_avoid_themselves(cast: Cast) -> None:
    cold_story(cast)
    story.wishes(cast.seeker, cast.target, Wish.AVOID)
    assert "Lena Sought" not in names(queries.suggest(cast.seeker, cast.food_bank))


def test_a_pause_is_absolute_until_its_day_has_passed(cast: Cast) -> None:
    cold_story(cast)
    people.pause(actor=cast.target, until=clock.today())
    assert "Lena Sought" not in names(queries.suggest(cast.seeker, cast.seeker))
    with clock.held_at(clock.now() + timedelta(days=1)):
        assert "Lena Sought" in names(queries.suggest(cast.seeker, cast.seeker))


def test_who_was_asked_too_often_lately_rests(cast: Cast) -> None:
    cold_story(cast)
    others = [cast.person(f"Asker {n}") for n in range(7)]
    for other in others:
        Introduction.objects.create(
            seeker=other, connector=cast.connector, target=cast.target, asked_at=clock.now()
        )
    assert "Lena Sought" not in names(queries.suggest(cast.seeker, cast.seeker))


def test_colleagues_and_people_of_the_same_group_are_not_suggested(cast: Cast) -> None:
    needs(cast.target)
    offers(cast.colleague)
    daughter = cast.organisation("Northwind Trucks", Sector.PRIVATE, group=cast.cold_chain)
    sister = cast.person("Ada Sister", at=daughter)
    offers(sister)
    assert names(queries.suggest(cast.target, cast.target)) == []
    story.anew()
    assert cast.seeker.name == "Rosa Seeker"
    story.anew()
    assert names(queries.suggest(cast.target, cast.target)) == ["Rosa Seeker"]


def test_whom_i_know_already_is_not_suggested(cast: Cast) -> None:
    cold_story(cast)
    assert "Kofi Connector" not in names(queries.suggest(cast.seeker, cast.seeker))


def test_an_organisation_stands_for_itself_only_while_nobody_who_joined_speaks_for_it(
    cast: Cast,
) -> None:
    office = cast.city
    listed = cast.person("Ugo Listed", at=office, standing=Standing.KNOWN)
    assert office.name in names(queries.suggest(cast.seeker, cast.seeker))
    Person.objects.filter(id=listed.id).update(standing=Standing.JOINED)
    story.anew()
    found = names(queries.suggest(cast.seeker, cast.seeker))
    assert office.name not in found
    assert "Ugo Listed" in found


def test_who_left_an_organisation_no_longer_speaks_for_it(cast: Cast) -> None:
    assert cast.connector
    yesterday = clock.today() - timedelta(days=1)
    Affiliation.objects.filter(person=cast.connector).update(until=yesterday)
    assert cast.city.name in names(queries.suggest(cast.seeker, cast.seeker))


def test_who_stays_in_their_chapter_is_not_suggested_to_another(cast: Cast) -> None:
    shy = cast.person("Shirin Stays", beyond_chapter=False)
    assert shy.name in names(queries.suggest(cast.seeker, cast.seeker))
    assert shy.name not in names(queries.suggest(cast.stranger, cast.stranger))
    assert shy.name in names(queries.suggest(OPERATOR, cast.seeker))
    elsewhere = queries.suggest_for_text(cast.stranger, "anything", asker=cast.stranger)
    assert shy.name not in names(elsewhere)
    assert shy.name not in names(queries.suggest_for_text(cast.stranger, "anything"))


def test_reasons_name_nobody_whom_the_viewer_may_not_see(cast: Cast) -> None:
    cold_story(cast)
    hidden = cast.person("Zed Hidden", standing=Standing.KNOWN, chapter=cast.other_chapter)
    know(cast.seeker, hidden, Strength.TRUST)
    know(hidden, cast.target, Strength.TRUST)
    told = [one.text for one in queries.suggest(cast.seeker, cast.seeker)[0].reasons]
    assert "Both know Kofi Connector" in told
    all_told = [one.text for one in queries.suggest(OPERATOR, cast.seeker)[0].reasons]
    assert "Both know Zed Hidden and Kofi Connector" in all_told


def test_someone_without_any_rows_still_has_an_answer(cast: Cast) -> None:
    alone = cast.person("Ole Alone", place=None, languages=[])
    assert queries.suggest(alone, alone) == []
    assert queries.suggest_for_text(alone, "", asker=alone) == []
    assert cast.seeker
    story.anew()
    assert names(queries.suggest(alone, alone)) == ["Rosa Seeker"]
