"""Guides lived the same passage: matched on it, its stage and what moves one, never on topic."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from footbridge.core import clock
from footbridge.exchange import actions as exchange
from footbridge.exchange.models import Cause
from footbridge.insight.guides import Guide, guides_for
from footbridge.people import actions as people
from footbridge.people.models import Person
from footbridge.transitions import actions
from tests.cast import Cast
from tests.rooms.transitions import story

pytestmark = pytest.mark.django_db


def _found(cast: Cast, **said: Any) -> tuple[Guide, ...]:
    return guides_for(cast.seeker, story.says(cast.seeker, **said)).found


def _kinds(guide: Guide) -> set[str]:
    return {reason.kind for reason in guide.reasons}


def _lacks(guide: Guide) -> set[str]:
    return {lack.code for lack in guide.missing}


def _cares(person: Person, key: str) -> None:
    exchange.load_shipped_vocabulary()
    cause = Cause.objects.get(key=key)
    exchange.care_for(actor=person, member=person, causes=[cause])


def test_who_lived_the_same_comes_first_with_the_reason(cast: Cast) -> None:
    story.lived(cast.connector, "beginning")
    story.lived(cast.target, "stepping_out")
    found = _found(cast)
    assert [one.card.name for one in found] == ["Lena Sought", "Kofi Connector"]
    assert found[0].reasons[0].text == "Has been through the same: Stepping out of leading"
    assert found[0].may_be_asked
    assert not found[0].near_miss
    assert found[1].near_miss
    assert "another_passage" in _lacks(found[1])


def test_another_field_speaks_for_a_guide_and_not_against(cast: Cast) -> None:
    story.lived(cast.target)
    story.lived(cast.connector)
    keys = list(_causes())
    _cares(cast.seeker, keys[0])
    _cares(cast.connector, keys[0])
    _cares(cast.target, keys[1])
    found = {one.card.name: one for one in _found(cast)}
    assert "other_field" in _kinds(found["Lena Sought"])
    assert "other_field" not in _kinds(found["Kofi Connector"])
    assert found["Lena Sought"].score > found["Kofi Connector"].score


def _causes() -> list[str]:
    exchange.load_shipped_vocabulary()
    return list(Cause.objects.order_by("key").values_list("key", flat=True))


def test_what_moves_both_counts_and_the_first_of_three_most(cast: Cast) -> None:
    story.lived(cast.target, motives=["craft", "place"])
    story.lived(cast.connector, motives=["place", "craft"])
    found = _found(cast, motives=["craft"])
    assert [one.card.name for one in found] == ["Lena Sought", "Kofi Connector"]
    assert any("good work with my hands" in one.text for one in found[0].reasons)


def test_near_comes_before_far_and_a_language_is_named(cast: Cast) -> None:
    story.lived(cast.person("Ada Far", place=cast.lisbon))
    story.lived(cast.target)
    found = _found(cast)
    assert [one.card.name for one in found] == ["Lena Sought", "Ada Far"]
    assert {"place", "language"} <= _kinds(found[0])
    assert "place" not in _kinds(found[1])


def test_without_a_language_in_common_one_is_a_near_miss(cast: Cast) -> None:
    story.lived(cast.person("Jan Polski", languages=["pl"]))
    (found,) = _found(cast)
    assert found.near_miss
    assert "no_language" in _lacks(found)


def test_a_place_that_is_not_for_all_members_moves_nobody(cast: Cast) -> None:
    story.lived(cast.target)
    people.show(actor=cast.target, place="introduced", languages="introduced")
    (found,) = _found(cast)
    assert not {"place", "language"} & _kinds(found)
    assert "no_language" not in _lacks(found)


def test_who_is_in_it_too_and_a_step_further_is_told_as_that(cast: Cast) -> None:
    story.says(cast.target, glad_to_be_asked=True, point="after")
    (found,) = _found(cast, point="thinking")
    assert "further" in _kinds(found)
    assert "amidst" in _lacks(found)


def test_who_is_not_glad_to_be_asked_is_shown_only_if_members_may_know(cast: Cast) -> None:
    story.lived(cast.target, glad_to_be_asked=False, shown="members")
    story.lived(cast.connector, glad_to_be_asked=False, shown="hosts")
    (found,) = _found(cast)
    assert found.card.name == "Lena Sought"
    assert not found.may_be_asked
    assert "not_glad" in _lacks(found)


def test_who_was_asked_often_or_just_now_is_a_near_miss(cast: Cast) -> None:
    Person.objects.filter(id=cast.target.id).update(asks_per_month=1)
    theirs, mine = story.lived(cast.target), story.says(cast.seeker)
    actions.ask(actor=cast.seeker, lived=theirs, transition=mine, words="Hello")
    (mine_again,) = guides_for(cast.seeker, mine).found
    assert "asked_by_you" in _lacks(mine_again)
    assert not mine_again.may_be_asked
    (for_other,) = guides_for(cast.connector, story.says(cast.connector)).found
    assert "asked_often" in _lacks(for_other)
    assert not for_other.may_be_asked


def test_hidden_paused_and_listed_people_are_nobodys_guides(cast: Cast) -> None:
    story.lived(cast.target)
    story.lived(cast.connector)
    cast.hidden(cast.target)
    people.pause(actor=cast.connector, until=clock.today() + timedelta(days=3))
    assert _found(cast) == ()


def test_displaced_people_are_guides_like_any_other(cast: Cast) -> None:
    story.lived(cast.target, "displaced")
    (found,) = guides_for(cast.seeker, story.says(cast.seeker, "displaced")).found
    assert found.reasons[0].text == "Has been through the same: Was displaced"


def test_where_nobody_lived_it_the_hosts_are_there(cast: Cast) -> None:
    cast.host  # noqa: B018 - written to the database
    answer = guides_for(cast.seeker, story.says(cast.seeker))
    assert answer.found == ()
    assert [one.name for one in answer.hosts] == ["Hana Host"]


@pytest.mark.parametrize("count", [1, 3])
def test_guides_take_the_same_queries_for_one_and_for_many(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        story.lived(cast.person(f"Guide {number}"))
    mine = story.says(cast.seeker)
    cast.host  # noqa: B018 - written to the database
    guides_for(cast.seeker, mine)
    with django_assert_num_queries(16):
        assert len(guides_for(cast.seeker, mine).found) == count
