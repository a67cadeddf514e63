"""The dates of a series: whom to ask to which, shown and done with one button."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest

from footbridge.core import clock
from footbridge.meetings import actions
from footbridge.meetings.models import Seat, Series, Session
from footbridge.meetings.states import Holding
from footbridge.people.models import Person
from tests.cast import Cast
from tests.doors.web.test_meet import signed_in, words
from tests.rooms.meetings import story

pytestmark = pytest.mark.django_db


@pytest.fixture
def series(cast: Cast) -> Series:
    return actions.start_series(actor=cast.host, chapter=cast.chapter, title="Thursdays")


@pytest.fixture
def session(cast: Cast, series: Series) -> Session:
    Person.objects.exclude(id=cast.host.id).update(paused_until=clock.today() + timedelta(days=99))
    story.guests(cast, 60)
    return story.opened(cast, series=series, cap=10, quorum=4)


def page_of(series: Series) -> str:
    return f"/host/series/{series.id}/dates/"


def ticked(html: str) -> list[str]:
    return re.findall(r'name="ask" value="([^"]+)"', html)


def asked(session: Session) -> set[uuid.UUID]:
    seats = Seat.objects.filter(session=session, holding=Holding.INVITED)
    return set(seats.values_list("person_id", flat=True))


def test_the_page_shows_how_it_stands_and_asks_whom_it_names(
    cast: Cast, series: Series, session: Session
) -> None:
    client = signed_in(cast.host)
    answer = client.get(page_of(series))
    assert "Fewer than 4 almost certain" in words(answer)
    chosen = ticked(answer.content.decode())
    assert len(chosen) > 10
    answer = client.post(page_of(series), {"ask": chosen}, follow=True)
    assert f"{len(chosen)} people are invited." in words(answer)
    assert asked(session) == {uuid.UUID(one.partition("/")[2]) for one in chosen}


def test_the_same_button_twice_asks_nobody_twice(
    cast: Cast, series: Series, session: Session
) -> None:
    client = signed_in(cast.host)
    chosen = ticked(client.get(page_of(series)).content.decode())
    for _time in range(2):
        assert client.post(page_of(series), {"ask": chosen}).status_code == 302
    assert len(asked(session)) == len(chosen) == len(story.letters("invite"))


def test_who_pauses_meanwhile_is_left_out_and_named_as_not_available(
    cast: Cast, series: Series, session: Session
) -> None:
    client = signed_in(cast.host)
    chosen = ticked(client.get(page_of(series)).content.decode())
    quiet = Person.objects.get(id=chosen[0].partition("/")[2])
    Person.objects.filter(id=quiet.id).update(paused_until=clock.today() + timedelta(days=9))
    answer = client.post(page_of(series), {"ask": chosen}, follow=True)
    assert f"Not available now: {quiet.name}." in words(answer)
    assert quiet.id not in asked(session)


def test_a_date_of_another_series_is_not_asked_to_from_here(
    cast: Cast, series: Series, session: Session
) -> None:
    elsewhere = story.opened(cast, title="Elsewhere")
    client = signed_in(cast.host)
    for said in (f"{elsewhere.id}/{cast.host.id}", "nonsense", f"{uuid.uuid4()}/{cast.host.id}"):
        assert client.post(page_of(series), {"ask": [said]}).status_code == 404
    assert not asked(elsewhere)


def test_with_nothing_ticked_nobody_is_asked(cast: Cast, series: Series, session: Session) -> None:
    answer = signed_in(cast.host).post(page_of(series), {}, follow=True)
    assert "Tick whom you would like to invite first." in words(answer)
    assert not asked(session)


def test_without_a_date_the_page_says_what_to_do(cast: Cast, series: Series) -> None:
    assert "No date is open" in words(signed_in(cast.host).get(page_of(series)))


def test_it_is_for_the_hosts_of_the_chapter(cast: Cast, series: Series, session: Session) -> None:
    assert signed_in(cast.seeker).get(page_of(series)).status_code in (403, 404)
    assert signed_in(cast.host).get(page_of(series) + "?most=99999").status_code == 200
    assert signed_in(cast.host).get(page_of(series) + "?most=²").status_code == 200
