"""Questions that are put into SQL once answer as if they were asked anew."""

from __future__ import annotations

import threading
import uuid
from datetime import date, datetime, timedelta

import pytest
from django.db import connection, connections
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from footbridge.core import clock
from footbridge.core.prepared import Prepared, prepared
from footbridge.people import queries
from footbridge.people.models import Affiliation, Member, Person
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def made_before(name: str, moment: datetime) -> QuerySet[Member]:
    made = Member.objects.filter(name=name, created_at__lte=moment)
    return made.select_related("chapter", "place")


def at_work(person_id: uuid.UUID, day: date) -> QuerySet[Affiliation]:
    return Affiliation.objects.filter(person=person_id, since__lte=day).order_by("since", "id")


def test_the_same_rows_come_with_the_same_statement(cast: Cast) -> None:
    ask = prepared(made_before)
    for name in (cast.seeker.name, cast.connector.name, "nobody"):
        given = name, clock.now() + timedelta(seconds=1)
        with CaptureQueriesContext(
            connection,
        ) as prepared_ones:
            found = ask(*given)
        with CaptureQueriesContext(connection) as plain:
            expected = list(made_before(*given))
        assert [vars(one).keys() for one in found] == [vars(one).keys() for one in expected]
        assert [(one, one.chapter, one.created_at) for one in found] == [
            (one, one.chapter, one.created_at) for one in expected
        ]
        assert [one["sql"] for one in prepared_ones] == [one["sql"] for one in plain]
    assert not ask(cast.seeker.name, clock.now() - timedelta(days=9999))


def test_ids_and_days_are_put_in_their_places(cast: Cast) -> None:
    Affiliation.objects.filter(person=cast.seeker).update(since=date(2020, 5, 1))
    ask = prepared(at_work)
    for person in (cast.seeker, cast.stranger):
        for day in (date(2019, 1, 1), date(2020, 5, 1), date(2025, 1, 1)):
            assert ask(person.id, day) == list(at_work(person.id, day))
    assert ask(cast.seeker.id, date(2020, 5, 1))


def test_what_is_chosen_of_a_row_comes_as_it_would(cast: Cast) -> None:
    @prepared
    def names(person_id: uuid.UUID) -> QuerySet[Person, str]:
        return Person.objects.filter(id=person_id).values_list("name", flat=True)[:1]

    assert names(cast.seeker.id) == [cast.seeker.name]
    assert names(cast.host.id) == [cast.host.name]
    assert names(uuid.uuid4()) == []


def test_a_question_that_reads_the_clock_itself_is_refused() -> None:
    ask = prepared(lambda: Member.objects.filter(created_at__lte=clock.now()))
    with pytest.raises(AssertionError, match="reads the clock"):
        ask()


def test_a_question_that_drops_what_it_is_given_is_refused() -> None:
    ask: Prepared[Member] = prepared(lambda name: Member.objects.all())
    with pytest.raises(AssertionError, match="drops what it is given"):
        ask("Ada")


@pytest.mark.django_db(transaction=True)
def test_threads_that_ask_at_once_have_their_own_connections(cast: Cast) -> None:
    ask = prepared(lambda person_id: Person.objects.filter(id=person_id))
    people = [cast.seeker, cast.connector, cast.host]
    found: dict[uuid.UUID, list[Person]] = {}

    def go(person: Person) -> None:
        try:
            for _again in range(20):
                found.setdefault(person.id, []).extend(ask(person.id))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=go, args=[one]) for one in people]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert found == {one.id: [one] * 20 for one in people}


def test_a_page_of_members_has_the_affiliations_that_any_list_of_them_has(cast: Cast) -> None:
    today = clock.today()
    for days, mandate in ((9, False), (3, False), (90, True), (-5, False)):
        Affiliation.objects.create(
            person=cast.seeker,
            organisation=cast.cold_chain,
            role=f"since {days}",
            since=today - timedelta(days=days),
            has_mandate=mandate,
        )
    ids = [cast.cold_chain.id, cast.seeker.id, cast.colleague.id, cast.host.id]
    page = queries.by_ids(cast.seeker, ids)
    long_list = queries.by_ids(cast.seeker, [*ids, *(uuid.uuid4() for _ in range(30))])
    assert page.keys() == long_list.keys() == set(ids)
    assert {one: page[one].now_at for one in ids} == {one: long_list[one].now_at for one in ids}
    told = [one.role for one in page[cast.seeker.id].now_at if one.role.startswith("since")]
    assert told == ["since 90", "since 3", "since 9"]
