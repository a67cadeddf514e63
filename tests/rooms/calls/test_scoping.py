"""Saying what one looks for: step by step, whole before it opens, kept once people rely on it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from footbridge.calls import actions, queries, scope
from footbridge.calls.models import Call
from footbridge.calls.states import State
from footbridge.core.errors import Conflict, DomainError, NotAllowed, NotHere, Overtaken
from footbridge.core.reading import reading
from footbridge.exchange import actions as exchange
from footbridge.exchange.models import Cause
from footbridge.people.policy import VISITOR
from tests.cast import Cast
from tests.rooms.calls import story
from tests.rooms.calls.story import local


def test_a_draft_is_begun_with_one_line_and_seen_by_those_who_act_for_its_owner(cast: Cast) -> None:
    call = actions.draft(actor=cast.target, owner=cast.cold_chain, kind="brief", title=" Soup ")
    assert (call.title, call.state, call.steward_id) == ("Soup", State.DRAFT, cast.target.id)
    assert queries.get(cast.colleague, call.slug) == call
    for other in (cast.seeker, cast.host, VISITOR):
        with pytest.raises(NotHere):
            queries.get(other, call.slug)


def test_nobody_opens_a_call_for_an_organisation_that_they_do_not_act_for(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        actions.draft(actor=cast.seeker, owner=cast.cold_chain, kind="brief", title="Soup")


def test_what_is_missing_is_said_step_by_step(cast: Cast) -> None:
    call = actions.draft(actor=cast.target, owner=cast.cold_chain, kind="funding", title="Soup")
    lacking = [(one.step, one.field) for one in queries.what_is_missing(call)]
    assert lacking == [
        ("outcome", "outcome"),
        ("outcome", "good_answer"),
        ("terms", "place"),
        ("terms", "reward"),
        ("answers", "decided_by"),
        ("answers", "deadline"),
    ]
    with pytest.raises(DomainError) as refused:
        actions.open_call(actor=cast.target, call=call)
    assert refused.value.field == "outcome"


def test_a_brief_needs_no_deadline_and_a_prize_does(cast: Cast) -> None:
    assert queries.what_is_missing(story.drafted(cast, deadline=None)) == ()
    prize = story.drafted(cast, kind="competition", deadline=None)
    assert [one.field for one in queries.what_is_missing(prize)] == ["deadline"]


def test_an_opened_call_is_seen_by_members_and_not_by_everyone(cast: Cast) -> None:
    call = story.opened(cast)
    assert queries.get(cast.seeker, call.slug) == call
    assert queries.get(cast.stranger, call.slug) == call
    with pytest.raises(NotHere):
        queries.get(VISITOR, call.slug)


def test_a_call_for_a_chapter_stays_in_it(cast: Cast) -> None:
    call = story.opened(cast, audience="chapter")
    assert queries.get(cast.seeker, call.slug) == call
    with pytest.raises(NotHere):
        queries.get(cast.stranger, call.slug)


def test_a_person_without_a_public_page_opens_no_public_call(cast: Cast) -> None:
    call = story.drafted(cast, actor=cast.seeker, owner=cast.seeker, audience="everyone")
    assert [one.field for one in queries.what_is_missing(call)] == ["audience"]
    assert queries.get(VISITOR, story.opened(cast, audience="everyone").slug)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"begins": local(2026, 5, 2).date(), "ends": local(2026, 5, 1).date()}, "ends"),
        ({"amount_from": 900, "amount_to": 500}, "amount_to"),
        ({"currency": ""}, "currency"),
        ({"currency": "XYQ"}, "currency"),
        ({"answers_from": "anyone"}, "answers_from"),
        ({"deadline": local(2026, 1, 1)}, "deadline"),
        ({"deadline": local(2036, 1, 1)}, "deadline"),
        ({"timezone": "Nowhere/At all"}, "timezone"),
        ({"rules": {"within": [30]}}, "rule_within"),
        ({"rules": {"country": ["Atlantis"]}}, "rule_country"),
        ({"rules": {"sector": ["pirates"]}}, "rule_sector"),
        ({"reply_days": 0}, "reply_days"),
        ({"reward": "glory"}, "reward"),
        ({"outcome": "x" * 2001}, "outcome"),
        ({"audience": "the moon"}, "audience"),
        ({"causes": ["no such cause"]}, "causes"),
    ],
)
def test_what_contradicts_itself_is_refused_beside_its_field(
    cast: Cast, said: dict[str, Any], field: str
) -> None:
    call = story.drafted(cast)
    with pytest.raises(DomainError) as refused:
        actions.shape(actor=cast.target, call=call, said=said)
    assert refused.value.field == field
    assert Call.objects.get(id=call.id).version == call.version


@pytest.mark.parametrize(
    ("timezone", "local", "utc"),
    [
        ("America/Bogota", local(2026, 3, 16, 23, 59), local(2026, 3, 17, 4, 59)),
        ("Pacific/Kiritimati", local(2026, 3, 16, 0, 30), local(2026, 3, 15, 10, 30)),
        # The clocks leave this hour out, and have this hour twice.
        ("Europe/Lisbon", local(2026, 3, 29, 1, 30), local(2026, 3, 29, 0, 30)),
        ("Europe/Lisbon", local(2026, 10, 25, 1, 30), local(2026, 10, 25, 1, 30)),
    ],
)
def test_a_deadline_is_that_of_its_own_clocks(
    cast: Cast, timezone: str, local: datetime, utc: datetime
) -> None:
    call = story.drafted(cast, timezone=timezone, deadline=local)
    assert call.deadline == utc.replace(tzinfo=UTC)


def test_another_time_zone_keeps_the_hour_on_the_wall(cast: Cast) -> None:
    call = story.drafted(cast)
    moved = actions.shape(actor=cast.target, call=call, said={"timezone": "America/Bogota"})
    assert scope.local_deadline(moved) == story.DEADLINE
    assert moved.deadline == datetime(2026, 3, 16, 22, 0, tzinfo=UTC)


def test_who_wrote_meanwhile_is_not_overwritten(cast: Cast) -> None:
    call = story.drafted(cast)
    actions.shape(actor=cast.colleague, call=call, said={"decided_by": "Tariq"})
    with pytest.raises(Overtaken) as overtaken:
        actions.shape(
            actor=cast.target, call=call, said={"decided_by": "Lena"}, version=call.version
        )
    assert overtaken.value.theirs == {"decided_by": "Tariq"}


def test_what_answers_relied_on_stays(cast: Cast) -> None:
    call = story.opened(cast, rules={"sector": ["nonprofit"]})
    story.answered(cast, call)
    refused: list[tuple[dict[str, Any], str]] = [
        ({"rules": {"sector": ["public"]}}, ""),
        ({"deadline": local(2026, 3, 10)}, "deadline"),
        ({"audience": "chapter"}, "audience"),
    ]
    for said, field in refused:
        with pytest.raises(DomainError) as told:
            actions.shape(actor=cast.target, call=call, said=said)
        assert told.value.field == field
    later = local(2026, 3, 20, 17, 0)
    moved = actions.shape(actor=cast.target, call=call, said={"deadline": later})
    answer = moved.answers.get()
    assert answer.due_at == datetime(2026, 3, 30, 17, 0, tzinfo=UTC)


def test_an_open_call_stays_whole(cast: Cast) -> None:
    call = story.opened(cast)
    with pytest.raises(DomainError):
        actions.shape(actor=cast.target, call=call, said={"outcome": ""})
    assert Call.objects.get(id=call.id).outcome


def test_a_stranger_neither_shapes_nor_opens_nor_discards(cast: Cast) -> None:
    call = story.drafted(cast)
    with pytest.raises(NotHere):
        actions.shape(actor=cast.seeker, call=call, said={"title": "Mine"})
    with pytest.raises(NotHere):
        actions.open_call(actor=cast.seeker, call=call)
    with pytest.raises(NotHere):
        actions.discard(actor=cast.seeker, call=call)


def test_a_draft_is_thrown_away_and_an_open_call_is_not(cast: Cast) -> None:
    actions.discard(actor=cast.target, call=story.drafted(cast))
    assert not Call.objects.exists()
    with pytest.raises(Conflict):
        actions.discard(actor=cast.target, call=story.opened(cast))


def test_calls_are_found_by_word_kind_cause_country_and_deadline(cast: Cast) -> None:
    exchange.load_shipped_vocabulary()
    key = Cause.objects.order_by("number").values_list("key", flat=True)[0]
    food = story.opened(cast, causes=[key], place="Porto", is_remote=False)
    later = local(2026, 6, 1, 12, 0)
    rain = story.opened(cast, kind="competition", title="Ideas for rainwater", deadline=later)

    def found(**asked: Any) -> list[str]:
        return [one.title for one in queries.search(cast.seeker, **asked).items]

    assert found() == [food.title, rain.title]
    assert found(text="pick up FOOD") == [food.title]
    assert found(text="northwind") == [food.title, rain.title]
    assert found(kind="competition") == [rain.title]
    assert found(cause=key) == [food.title]
    assert found(country="PT") == [food.title, rain.title]
    assert found(country="CO") == [rain.title]
    assert found(until=local(2026, 3, 16).date()) == [food.title]
    assert found(until=local(2026, 3, 15).date()) == []
    assert found(past=True) == []


def test_the_list_of_calls_costs_the_same_however_many_there_are(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    exchange.load_shipped_vocabulary()
    key = Cause.objects.values_list("key", flat=True)[0]
    for many in (1, 3):
        while Call.objects.filter(state=State.OPEN).count() < many:
            story.opened(cast, rules={"cause": [key]})
        seeker = cast.seeker
        with reading(), django_assert_num_queries(12):
            assert queries.search(seeker).total == many
