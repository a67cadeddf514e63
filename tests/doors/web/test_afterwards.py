"""The page of what one leaves behind: signed in and by link, with the same words and limits."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from footbridge.core import clock
from footbridge.exchange.models import Need
from footbridge.meetings import actions, queries
from footbridge.meetings.models import (
    Feedback,
    FollowUp,
    Improvement,
    Insight,
    Interest,
    Mark,
    Seat,
    Session,
)
from footbridge.meetings.states import Felt, Part
from footbridge.people import actions as people
from footbridge.people.models import Person
from footbridge.people.states import Standing
from tests.cast import Cast
from tests.rooms.meetings import story
from tests.rooms.meetings.afterwards import a_series, after, answered, evening, seat, weekly

pytestmark = pytest.mark.django_db

BACKEND = "footbridge.people.signed_in.SignedIn"


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(people.account_for(person), backend=BACKEND)
    return client


@pytest.fixture
def over(cast: Cast) -> Session:
    return evening(cast, cast.seeker, cast.target, cast.connector, cap=4)


def page_of(session: Session) -> str:
    return f"/meet/{session.id}/afterwards/"


def link_of(session: Session, person: Person) -> str:
    return queries.seat_path(seat(session, person)) + "afterwards/"


def text_of(client: Client, page: str) -> str:
    response = client.get(page)
    assert response.status_code == 200, response.status_code
    words = response.content.decode()
    # Tokens against forgery are fresh for each look.
    return re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": )"\w+"', "", words)


def sent(client: Client, page: str, move: str, **said: Any) -> Any:
    return client.post(page, {"move": move, **said})


@pytest.mark.parametrize("by_link", [True, False])
def test_everything_is_said_on_one_page_with_or_without_an_account(
    cast: Cast, over: Session, by_link: bool
) -> None:
    with after(over):
        client = Client() if by_link else signed_in(cast.seeker)
        page = link_of(over, cast.seeker) if by_link else page_of(over)
        lena, day = seat(over, cast.target), clock.today() + timedelta(days=7)
        for move, said in {
            "answer": {"felt": "yes", "text": "More time"},
            "insight": {"text": "Cold rooms stand empty at night"},
            "promise": {"text": "Ask the cold store", "due": day.isoformat()},
            "list": {"list": "building"},
            "mark": {"seat": lena.id},
            "need": {"text": "A cold room at night"},
        }.items():
            response = sent(client, page, move, **said)
            assert response.status_code == 302, (move, response.content.decode())
            assert response["Location"].startswith(f"{page}#")
        insight = Insight.objects.get()
        sent(client, page, "release", insight=insight.id, text=insight.text, version=1)
        mine = FollowUp.objects.get()
        sent(client, page, "report", follow_up=mine.id, came_of_it="They have room", version=1)
        words = text_of(client, page)
    assert Feedback.objects.get().felt == Felt.YES
    assert Insight.objects.get().release == "released"
    assert FollowUp.objects.get().came_of_it == "They have room"
    assert (Interest.objects.count(), Mark.objects.count(), Need.objects.count()) == (1, 1, 1)
    assert all(said in words for said in ("They have room", "Ask the cold store", "You released"))
    assert ("More time" in words, "You would like to" in words) == (not by_link, not by_link)


@pytest.mark.parametrize("by_link", [True, False])
def test_looking_changes_nothing(cast: Cast, over: Session, by_link: bool) -> None:
    with after(over):
        page = link_of(over, cast.seeker) if by_link else page_of(over)
        client = Client() if by_link else signed_in(cast.seeker)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            text_of(client, page)
    written = [one["sql"] for one in asked if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert written == []


def test_a_guest_without_an_account_answers_by_the_link_of_the_letter(cast: Cast) -> None:
    session = story.opened(cast)
    with story.before(session, 0):
        walked_in = actions.walk_in(session=session, name="Wanda", email="wanda@example.org")
        actions.begin(actor=cast.host, session=session)
    with after(session, 0):
        actions.end(actor=cast.host, session=session)
    with after(session, 4):
        assert actions.thank_who_came() == 1
        (letter,) = story.letters("session_afterwards")
        page = letter.links[0]["url"].removeprefix("http://localhost:8000")
        page = "/seat/" + page.partition("/seat/")[2]
        assert walked_in.person.standing == Standing.KNOWN
        assert "Was it worth your time?" in text_of(Client(), page)
        assert sent(Client(), page, "answer", felt="partly").status_code == 302
    assert Feedback.objects.get().person_id == walked_in.person_id


def test_who_was_not_there_finds_no_page(cast: Cast, over: Session) -> None:
    Seat.objects.filter(person=cast.connector).update(came_at=None)
    with after(over):
        assert signed_in(cast.stranger).get(page_of(over)).status_code == 404
        assert signed_in(cast.connector).get(page_of(over)).status_code == 404
        assert Client().get(link_of(over, cast.connector)).status_code == 404
        assert Client().get(page_of(over)).status_code == 302
        altered = link_of(over, cast.seeker).replace("/seat/", "/seat/x")
        assert Client().get(altered).status_code == 410


def test_an_answer_that_is_sent_twice_is_one_and_an_old_one_overwrites_nothing(
    cast: Cast, over: Session
) -> None:
    with after(over):
        client, page = signed_in(cast.seeker), page_of(over)
        for _twice in range(2):
            assert sent(client, page, "answer", felt="yes", text="First").status_code == 302
        assert sent(client, page, "answer", felt="no", text="New", version=1).status_code == 302
        stale = sent(client, page, "answer", felt="partly", text="Stale", version=1)
        assert stale.status_code == 409
        assert "Stale" in stale.content.decode()
    row = Feedback.objects.get()
    assert (row.felt, row.text) == ("no", "New")


def test_what_was_typed_is_not_lost_when_it_is_refused(cast: Cast, over: Session) -> None:
    with after(over):
        client, page = signed_in(cast.seeker), page_of(over)
        yesterday = (clock.today() - timedelta(days=1)).isoformat()
        response = sent(client, page, "promise", text="Ask them", due=yesterday)
        assert response.status_code == 400
        assert "Ask them" in response.content.decode()
        assert "within the next twelve months" in response.content.decode()
        assert sent(client, page, "answer", text="No choice").status_code == 400
        assert sent(client, page, "nonsense").status_code == 404
        assert sent(client, page, "list", list="nonsense").status_code == 404
        assert sent(client, page, "mark", seat="nonsense").status_code == 404
    assert not FollowUp.objects.exists()


def test_a_fourth_release_is_refused_on_the_page_in_words(cast: Cast, over: Session) -> None:
    with after(over):
        for person, many in ((cast.target, 3), (cast.seeker, 1)):
            for number in range(many):
                row = actions.write_insight(
                    actor=person, session=over, speaker=person, text=f"{number}"
                )
                if person == cast.target:
                    actions.release_insight(actor=person, insight=row)
        client = signed_in(cast.seeker)
        response = sent(client, page_of(over), "release", insight=row.id, text="Mine", version=1)
        assert response.status_code == 400
        assert "no more do" in response.content.decode()
        assert "Mine" in response.content.decode()
        assert sent(client, page_of(over), "keep", insight=row.id).status_code == 302
    assert Insight.objects.get(id=row.id).release == "kept"


def test_a_wish_of_one_side_is_on_no_page_of_anybody_else(cast: Cast, over: Session) -> None:
    """Every page about the session, for the one wished, a third, and the host."""
    with after(over):
        watching = {
            cast.target: (page_of(over), f"/meet/{over.id}/", "/introduce/"),
            cast.connector: (page_of(over), f"/meet/{over.id}/"),
            cast.host: (
                f"/host/sessions/{over.id}/",
                f"/host/sessions/{over.id}/harvest/",
                f"/host/sessions/{over.id}/seats/",
                f"/meet/{over.id}/",
                "/outbox/?all=yes",
            ),
        }
        clients = {person: signed_in(person) for person in watching}

        def read() -> list[str]:
            own = [text_of(clients[who], page) for who in watching for page in watching[who]]
            # A host who passes letters on by hand holds the links of others.
            links = [link_of(over, who) for who in (cast.seeker, cast.target)]
            links += [link.removesuffix("afterwards/") for link in links]
            return own + [text_of(Client(), link) for link in links]

        before = read()
        rosa = signed_in(cast.seeker)
        sent(rosa, page_of(over), "mark", seat=seat(over, cast.target).id)
        assert read() == before
        assert "You would like to" in text_of(rosa, page_of(over))
        assert Mark.objects.count() == 1


def test_a_wish_of_both_is_on_the_pages_of_both_with_a_way(cast: Cast, over: Session) -> None:
    with after(over):
        actions.mark(actor=cast.seeker, seat=seat(over, cast.target))
        actions.mark(actor=cast.target, seat=seat(over, cast.seeker))
        words = text_of(signed_in(cast.seeker), page_of(over))
        assert "You both want to meet again" in words
        assert f"/members/{cast.target.id}/ways/" in words
        linked = text_of(Client(), link_of(over, cast.target))
        assert "You both" not in linked
        assert "/members/" not in linked
        assert "You both want" in text_of(signed_in(cast.seeker), f"/meet/{over.id}/")
        assert "You both" not in text_of(signed_in(cast.connector), page_of(over))
        for page in (f"/host/sessions/{over.id}/harvest/", "/outbox/?all=yes"):
            words = text_of(signed_in(cast.host), page)
            assert "both want" not in words
            assert "meet again" not in words


def test_a_link_shows_nothing_of_what_was_answered_by_it(cast: Cast, over: Session) -> None:
    with after(over):
        link = link_of(over, cast.seeker)
        before = text_of(Client(), link)
        sent(Client(), link, "answer", felt="no", text="Too loud")
        assert text_of(Client(), link) == before
        sent(Client(), link, "answer", felt="yes", text="Better")
        assert "Better" in text_of(signed_in(cast.seeker), page_of(over))
    assert Feedback.objects.get().version == 2


def test_the_next_session_opens_with_what_one_meant_to_try(cast: Cast) -> None:
    series = a_series(cast)
    first = weekly(cast, series, 0, [cast.seeker, cast.target])
    with after(first):
        actions.promise(
            actor=cast.seeker, session=first, text="Ask the cold store", due=clock.today()
        )
        following = story.opened(
            cast, series=series, starts_at=first.starts_at + timedelta(days=7), cap=4
        )
        story.accepted(following, cast.seeker, cast.target)
        page = f"/meet/{following.id}/"
        assert "What did you try?" in text_of(signed_in(cast.seeker), page)
        for other in (cast.target, cast.host):
            assert "Ask the cold store" not in text_of(signed_in(other), page)
        linked = queries.seat_path(seat(following, cast.seeker))
        assert "Ask the cold store" in text_of(Client(), linked)
        mine = FollowUp.objects.get()
        said = {"follow_up": mine.id, "came_of_it": "They have room"}
        response = sent(Client(), linked + "afterwards/", "told", **said)
        assert response["Location"] == linked
        assert "What did you try?" not in text_of(signed_in(cast.seeker), page)
        stranger = sent(signed_in(cast.target), page + "afterwards/", "told", **said)
        assert stranger.status_code == 404
    assert FollowUp.objects.get().came_of_it == "They have room"


# For who runs it.


def test_a_host_writes_insights_down_and_sees_lists_and_no_few_answers(
    cast: Cast, over: Session
) -> None:
    page = f"/host/sessions/{over.id}/harvest/"
    answered(over, [cast.seeker], Felt.NO, text="Too loud")
    with after(over):
        host = signed_in(cast.host)
        sent(signed_in(cast.target), page_of(over), "list", list="building")
        said = {"speaker": cast.seeker.id, "text": "Cold rooms stand empty"}
        assert host.post(page, said).status_code == 302
        assert host.post(page, {"speaker": cast.stranger.id, "text": "x"}).status_code == 400
        words = text_of(host, page)
        assert "Few answers so far" in words
        assert "Too loud" not in words
        assert "waits for who said it" in words
        assert "Lena Sought" in words
        assert host.post(page, {"drop": Insight.objects.get().id}).status_code == 302
        assert not Insight.objects.exists()
        for other in (cast.seeker, cast.stranger):
            assert signed_in(other).get(page).status_code == 404


def test_a_facilitator_sees_the_page_and_a_note_keeper_writes_on_their_own(
    cast: Cast, over: Session
) -> None:
    page = f"/host/sessions/{over.id}/harvest/"
    Seat.objects.filter(person=cast.target).update(part=Part.FACILITATOR)
    Seat.objects.filter(person=cast.connector).update(part=Part.NOTE_KEEPER)
    with after(over):
        assert signed_in(cast.target).get(page).status_code == 200
        keeper = signed_in(cast.connector)
        assert keeper.get(page).status_code == 404
        said = {"speaker": cast.seeker.id, "text": "Cold rooms stand empty"}
        assert sent(keeper, page_of(over), "insight", **said).status_code == 302
    row = Insight.objects.get()
    assert (row.speaker_id, row.written_by_id) == (cast.seeker.id, cast.connector.id)


def test_five_answers_are_counted_for_who_runs_it(cast: Cast) -> None:
    guests = story.guests(cast, 5)
    session = evening(cast, *guests)
    answered(session, guests, *[Felt.YES] * 5, text="Same again")
    words = text_of(signed_in(cast.host), f"/host/sessions/{session.id}/harvest/")
    assert "Same again" in words
    assert "Few answers" not in words
    assert "Guest 01" not in words.partition("Worth telling on")[0]


def test_a_change_is_tried_decided_and_told_with_the_name_of_who_agreed(cast: Cast) -> None:
    series = a_series(cast)
    host, page = signed_in(cast.host), f"/host/series/{series.id}/changes/"
    session = weekly(cast, series, 0, [cast.seeker, cast.target])
    with after(session):
        said = {
            "observation": "The last round is cut short",
            "change": "Two rounds instead of three",
            "measure": "Who stays to the end",
            "begins_on": session.starts_at.date().isoformat(),
            "because_of": cast.seeker.id,
            "seen_in": [session.id],
        }
        assert sent(host, page, "try", **{**said, "change": ""}).status_code == 400
        tomorrow = {"begins_on": (clock.today() + timedelta(days=1)).isoformat()}
        assert sent(host, page, "try", **said | tomorrow).status_code == 302
        assert sent(host, page, "withdraw").status_code == 302
        assert not Improvement.objects.exists()
        assert sent(host, page, "try", **said).status_code == 302
        assert "2 more sessions have to be held" in text_of(host, page)
        refused = sent(host, page, "decide", verdict="adopt", result="x", version=1)
        assert (refused.status_code, "2 more" in refused.content.decode()) == (400, True)
        log = f"/meet/changes/{series.id}/"
        assert "Because of" not in text_of(signed_in(cast.target), log)
        change = Improvement.objects.get()
        rosa = Client()
        words = text_of(rosa, link_of(session, cast.seeker))
        assert "Something changed because of you" in words
        sent(rosa, link_of(session, cast.seeker), "be_named", change=change.id)
        assert "Because of Rosa Seeker" in text_of(signed_in(cast.target), log)
    for week in (1, 2):
        last = weekly(cast, series, week, [cast.seeker, cast.target])
    with after(last):
        assert sent(host, page, "decide", verdict="adopt", version=1).status_code == 302
        words = text_of(signed_in(cast.target), log)
        assert "We keep it" in words
        assert "a few" in words
        assert signed_in(cast.seeker).get(page).status_code in (403, 404)
        assert Client().get(log).status_code == 302


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_asks_no_more_for_many_than_for_one(
    cast: Cast, many: int, django_assert_num_queries: Any
) -> None:
    guests = story.guests(cast, many)
    session = evening(cast, cast.seeker, *guests, cap=5)
    with after(session):
        client = signed_in(cast.seeker)
        text_of(client, page_of(session))
        with django_assert_num_queries(31):
            text_of(client, page_of(session))


# The question on the first page.


def test_today_asks_who_came_and_takes_one_tap(cast: Cast, over: Session) -> None:
    client = signed_in(cast.seeker)
    with after(over):
        page = text_of(client, "/")
        assert "Was it worth your time? Cold food at night" in page
        answer = client.post(f"/meet/{over.id}/afterwards/", {"move": "answer", "felt": "partly"})
        assert answer.status_code == 302
        assert Feedback.objects.get(session=over, person=cast.seeker).felt == "partly"
        assert "Was it worth your time?" not in text_of(client, "/")


def test_today_asks_nobody_who_was_not_there_or_ran_it_and_not_for_ever(
    cast: Cast, over: Session
) -> None:
    with after(over):
        assert "Was it worth your time?" not in text_of(signed_in(cast.stranger), "/")
        assert queries.unanswered(cast.seeker)
    with after(over, hours=24 * 22):
        assert queries.unanswered(cast.seeker) == []
    with after(over):
        Seat.objects.filter(session=over, person=cast.seeker).update(part="facilitator")
        assert queries.unanswered(cast.seeker) == []
