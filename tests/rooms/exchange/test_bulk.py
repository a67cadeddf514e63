"""Lists by the thousand: each row lands once, is named when refused, and nothing is lost."""

from __future__ import annotations

import threading
import uuid
from datetime import date
from typing import Any

import pytest
from django.db import connection

from footbridge.core.audience import OPERATOR
from footbridge.exchange import actions, queries
from footbridge.exchange.actions import NewPosting
from footbridge.exchange.models import Care, Cause, Need, NeedSkill, Offer, OfferSkill, Skill
from footbridge.journal.models import Entry
from footbridge.people.models import Member, Person
from footbridge.people.states import Kind, Standing
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_list_is_opened_once_however_often_it_comes(cast: Cast) -> None:
    rows = [
        NewPosting(cast.seeker.id, "Cold storage two nights a week", urgent=True),
        NewPosting(cast.listed.id, "A mentor"),
        NewPosting(cast.seeker.id, "cold STORAGE, two nights a week"),
    ]
    first = actions.open_many_needs(rows, actor=OPERATOR)
    assert [landed.is_new for landed in first] == [True, True, False]
    assert first[0].id == first[2].id
    again = actions.open_many_needs(rows, actor=OPERATOR)
    assert [landed.is_new for landed in again] == [False, False, False]
    assert [landed.id for landed in again] == [landed.id for landed in first]
    assert Need.objects.count() == 2
    assert Entry.objects.filter(verb="exchange.need_opened").count() == 2
    need = Need.objects.get(id=first[0].id)
    assert (need.text, need.urgent) == ("Cold storage two nights a week", True)
    line = need.lines.get(skill__key="cold-storage")
    assert (line.guessed, line.phrase) == (True, "Cold storage")


def test_what_was_closed_since_is_not_opened_by_the_same_list(cast: Cast) -> None:
    rows = [NewPosting(cast.seeker.id, "A van")]
    [landed] = actions.open_many_needs(rows, actor=OPERATOR)
    actions.close(actor=cast.seeker, posting=Need.objects.get(id=landed.id))
    [again] = actions.open_many_needs(rows, actor=OPERATOR)
    assert (again.id, again.is_new) == (landed.id, False)
    assert not Need.objects.get().is_open


def test_each_refused_row_says_why_and_the_others_land(cast: Cast) -> None:
    rows = [
        NewPosting(cast.seeker.id, ""),
        NewPosting(cast.seeker.id, "x" * 200_000),
        NewPosting(cast.seeker.id, "A van", resource="gold"),
        NewPosting(cast.seeker.id, "A van", until=date(2020, 1, 1)),
        NewPosting(uuid.uuid4(), "A van"),
        NewPosting(cast.seeker.id, "A v\x00an"),
    ]
    landed = actions.open_many_needs(rows, actor=OPERATOR)
    assert [each.field for each in landed] == ["text", "text", "resource", "until", "owner", ""]
    assert all(each.refusal for each in landed[:5])
    assert all(each.id is None for each in landed[:5])
    assert Need.objects.get().text == "A van"


def test_a_host_may_only_speak_for_those_on_the_list(cast: Cast) -> None:
    rows = [NewPosting(owner.id, "A van") for owner in (cast.listed, cast.seeker, cast.stranger)]
    landed = actions.open_many_needs(rows, actor=cast.host)
    assert [bool(each.refusal) for each in landed] == [False, True, True]
    assert Need.objects.get().opened_by == cast.host


def test_offers_keep_their_hours_skills_and_causes(cast: Cast) -> None:
    skill, cause = Skill.objects.get(key="mentoring"), Cause.objects.get(number=8)
    row = NewPosting(
        cast.seeker.id,
        "Cold storage",
        skills=[skill.id, skill.id],
        causes=[cause.id, cause.id],
        hours_per_month=6,
        place=cast.porto.id,
        resource="expertise",
    )
    actions.open_many_offers([row], actor=OPERATOR)
    [card] = queries.offers_of(cast.target, cast.seeker)
    assert [(each.key, each.guessed) for each in card.skills] == [("mentoring", False)]
    assert [each.number for each in card.causes] == [8]
    assert (card.hours_per_month, card.place) == (6, "Porto, PT")
    assert Offer.objects.count() == OfferSkill.objects.count() == 1
    assert not Need.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_opening_many_takes_as_many_queries_as_opening_one(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    owners = [cast.seeker, cast.target, cast.connector][:count]
    cause = Cause.objects.get(number=8)
    rows = [NewPosting(owner.id, "Cold storage", causes=[cause.id]) for owner in owners]
    queries.suggest_skills("cold storage")
    with django_assert_num_queries(10):
        landed = actions.open_many_needs(rows, actor=OPERATOR)
    assert all(each.is_new for each in landed)


def test_no_rows_write_nothing(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert actions.open_many_needs([], actor=OPERATOR) == []
        assert actions.care_many([], actor=OPERATOR) == 0


def test_more_rows_than_a_batch_land_in_their_order(db: None) -> None:
    people = Person.objects.bulk_create(
        Person(kind=Kind.PERSON, name=f"P{n}", folded=f"p{n}", standing=Standing.KNOWN)
        for n in range(1100)
    )
    rows = [NewPosting(person.id, "Cold storage") for person in people]
    landed = actions.open_many_needs(rows, actor=OPERATOR)
    owners = dict(Need.objects.values_list("id", "owner_id"))
    assert [owners[each.id] for each in landed] == [person.id for person in people]
    assert NeedSkill.objects.filter(skill__key="cold-storage").count() == 1100


def test_causes_by_the_thousand_are_added_once(cast: Cast) -> None:
    two, three = Cause.objects.get(number=2), Cause.objects.get(number=3)
    pairs = [
        (cast.listed.id, two.id),
        (cast.listed.id, two.id),
        (cast.listed.id, three.id),
        (cast.seeker.id, two.id),
    ]
    assert actions.care_many(pairs, actor=cast.host) == 2
    assert actions.care_many(pairs, actor=cast.host) == 0
    assert actions.care_many(pairs, actor=OPERATOR) == 1
    assert Care.objects.count() == 3
    assert Entry.objects.filter(verb="exchange.cares_changed").count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_one_list_at_once_open_it_once() -> None:
    cast = Cast()
    rows = [
        NewPosting(owner.id, text)
        for owner in (cast.seeker, cast.target, cast.listed)
        for text in ("A van", "Cold storage", "A mentor")
    ]
    together, new = threading.Barrier(3), []

    def bring(rows: list[NewPosting]) -> None:
        together.wait()
        try:
            landed = actions.open_many_needs(rows, actor=OPERATOR)
            new.append(sum(each.is_new for each in landed))
        finally:
            connection.close()

    threads = [
        threading.Thread(target=bring, args=(order,)) for order in (rows, rows[::-1], rows[3:])
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(new) == 3
    assert sum(new) == 9
    assert Need.objects.count() == 9
    assert Member.objects.count() == 5
