"""What a session leaves behind: released by who said it, wished by both, counted from five on."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from footbridge.core import clock
from footbridge.core.errors import Conflict, DomainError, NotAllowed, NotHere, Overtaken
from footbridge.exchange.models import Need, Offer
from footbridge.intake import actions as intake
from footbridge.journal.models import Entry
from footbridge.mail.models import Message, SealedMessage
from footbridge.mail.sealed import deliver_sealed_due
from footbridge.meetings import actions, afterwards, queries
from footbridge.meetings.models import Feedback, FollowUp, Insight, Interest, Mark, Seat, Session
from footbridge.meetings.states import Felt, List, Part, Release
from footbridge.people import actions as people
from footbridge.people import queries as members
from footbridge.people.models import Person
from footbridge.people.states import Standing
from tests.cast import Cast
from tests.rooms.meetings import story
from tests.rooms.meetings.afterwards import (
    a_series,
    after,
    answered,
    at_tables,
    evening,
    seat,
    weekly,
    written_to,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def over(cast: Cast) -> Session:
    return evening(cast, cast.seeker, cast.target, cast.connector, cap=4)


def written(cast: Cast, session: Session, text: str = "Cold rooms stand empty at night") -> Insight:
    with after(session):
        return actions.write_insight(
            actor=cast.host, session=session, speaker=cast.seeker, text=text
        )


# Insights.


def test_an_insight_is_told_on_only_by_who_said_it(cast: Cast, over: Session) -> None:
    insight = written(cast, over)
    with after(over):
        assert queries.harvest(cast.target, over).insights == ()
        for other in (cast.host, cast.target, cast.stranger):
            with pytest.raises(NotHere):
                actions.release_insight(actor=other, insight=insight)
            with pytest.raises(NotHere):
                actions.keep_insight(actor=other, insight=insight)
        actions.release_insight(actor=cast.seeker, insight=insight)
        (card,) = queries.harvest(cast.stranger, over).insights
    assert (card.text, card.speaker) == ("Cold rooms stand empty at night", "Rosa Seeker")


def test_who_said_it_is_asked_by_a_letter_that_does_not_repeat_it(
    cast: Cast, over: Session
) -> None:
    written(cast, over)
    (letter,) = written_to("insight_asked")
    assert letter.to_name == "Rosa Seeker"
    assert letter.links[0]["url"].endswith("/afterwards/")
    assert "Cold rooms" not in letter.text


def test_it_is_released_in_the_words_of_who_said_it(cast: Cast, over: Session) -> None:
    insight = written(cast, over)
    with after(over):
        row = actions.release_insight(
            actor=cast.seeker, insight=insight, text="Ours stands empty", seen=1
        )
        with pytest.raises(Overtaken):
            actions.keep_insight(actor=cast.seeker, insight=insight, seen=1)
        assert (row.text, row.release, row.version) == ("Ours stands empty", "released", 2)
        again = actions.release_insight(actor=cast.seeker, insight=insight)
        assert again.version == 2


def test_a_fourth_insight_does_not_leave_the_session(cast: Cast, over: Session) -> None:
    with after(over):
        said = [
            actions.write_insight(actor=person, session=over, speaker=person, text=f"{number}")
            for person in (cast.seeker, cast.target)
            for number in (1, 2)
        ]
        for insight in said[:3]:
            actions.release_insight(actor=insight.speaker, insight=insight)
        with pytest.raises(Conflict, match="3 insights have left"):
            actions.release_insight(actor=cast.target, insight=said[3])
        actions.keep_insight(actor=cast.seeker, insight=said[0])
        actions.release_insight(actor=cast.target, insight=said[3])
        assert {one.id for one in queries.harvest(cast.host, over).insights} == {
            one.id for one in said[1:]
        }


def test_nobody_learns_that_an_insight_was_kept(cast: Cast, over: Session) -> None:
    asked, kept = written(cast, over), written(cast, over, "Second")
    with after(over):
        actions.keep_insight(actor=cast.seeker, insight=kept)
        cards = queries.host_harvest(cast.host, over).insights
        shown = {(one.is_released, one.is_kept, one.may_drop) for one in cards}
        assert {one.id for one in cards} == {asked.id, kept.id}
        assert shown == {(False, False, True)}
        own = {one.id: one.is_kept for one in queries.afterwards(cast.seeker, over).insights}
    assert own == {asked.id: False, kept.id: True}
    assert not written_to("insight_asked", to=cast.host)


def test_what_one_writes_of_oneself_is_ones_own_until_it_is_released(
    cast: Cast, over: Session
) -> None:
    with after(over):
        actions.write_insight(actor=cast.seeker, session=over, speaker=cast.seeker, text="Mine")
        assert queries.host_harvest(cast.host, over).insights == ()
        assert [one.text for one in queries.afterwards(cast.seeker, over).insights] == ["Mine"]
    assert written_to("insight_asked") == []


def test_a_note_keeper_writes_down_what_others_say_and_guests_do_not(
    cast: Cast, over: Session
) -> None:
    said: dict[str, Any] = {"session": over, "speaker": cast.seeker, "text": "Said"}
    with after(over):
        with pytest.raises(NotAllowed):
            actions.write_insight(actor=cast.target, **said)
        with pytest.raises(NotAllowed):
            queries.speakers(cast.target, over)
        Seat.objects.filter(person=cast.target).update(part=Part.NOTE_KEEPER)
        insight = actions.write_insight(actor=cast.target, **said)
        assert len(queries.speakers(cast.target, over)) == 3
        actions.drop_insight(actor=cast.target, insight=insight)
    assert not Insight.objects.exists()


def test_it_is_written_down_of_who_was_there_and_of_each_three_at_most(
    cast: Cast, over: Session
) -> None:
    with after(over):
        with pytest.raises(DomainError, match="who was there"):
            actions.write_insight(
                actor=cast.host, session=over, speaker=cast.colleague, text="Hearsay"
            )
        for number in range(3):
            written(cast, over, str(number))
        with pytest.raises(Conflict, match="3 of one person"):
            written(cast, over, "One more")


def test_what_was_released_is_taken_away_only_by_who_said_it(cast: Cast, over: Session) -> None:
    insight = written(cast, over)
    with after(over):
        actions.release_insight(actor=cast.seeker, insight=insight)
        with pytest.raises(NotAllowed):
            actions.drop_insight(actor=cast.host, insight=insight)
        with pytest.raises(NotHere):
            actions.drop_insight(actor=cast.target, insight=insight)
        actions.drop_insight(actor=cast.seeker, insight=insight)
        assert queries.harvest(cast.host, over).insights == ()


# Two lists.


def test_a_tap_puts_one_on_a_list_and_a_second_changes_nothing(cast: Cast, over: Session) -> None:
    with after(over):
        for _twice in range(2):
            actions.put_on_list(actor=cast.seeker, session=over, list=List.BUILDING)
        actions.put_on_list(actor=cast.target, session=over, list=List.INFORMED)
        found = queries.host_harvest(cast.host, over)
        assert [one.name for one in found.building] == ["Rosa Seeker"]
        assert [one.name for one in found.informed] == ["Lena Sought"]
        assert queries.afterwards(cast.seeker, over).lists == {List.BUILDING}
        actions.take_off_list(actor=cast.seeker, session=over, list=List.BUILDING)
        actions.take_off_list(actor=cast.seeker, session=over, list=List.BUILDING)
    assert Interest.objects.count() == 1
    assert Entry.objects.filter(verb="meetings.listed").count() == 2
    assert Entry.objects.filter(verb="meetings.unlisted").count() == 1


def test_lists_and_counts_are_for_who_runs_it(cast: Cast, over: Session) -> None:
    with pytest.raises(NotAllowed):
        queries.host_harvest(cast.seeker, over)


def test_who_was_not_there_leaves_nothing_behind(cast: Cast, over: Session) -> None:
    with after(over):
        for act in everything_of(cast.colleague, over):
            with pytest.raises(NotAllowed, match="Only those who were there"):
                act()
        with pytest.raises(NotHere):
            queries.afterwards(cast.colleague, over)


def test_nothing_is_left_behind_before_the_beginning_nor_months_after(
    cast: Cast, over: Session
) -> None:
    with after(over, 61 * 24):
        for act in everything_of(cast.seeker, over):
            with pytest.raises(Conflict, match="until two months after"):
                act()
    begun = story.opened(cast, starts_at=story.EVENING + timedelta(days=9))
    story.accepted(begun, cast.seeker)
    story.checked_in(cast, begun, cast.seeker)
    with story.before(begun, 0):
        for act in everything_of(cast.seeker, begun):
            with pytest.raises(Conflict, match="from the beginning"):
                act()


def everything_of(person: Person, session: Session) -> list[Callable[[], Any]]:
    """All that somebody may try to leave behind."""
    whom = Seat.objects.select_related("session").filter(session=session).first()
    said: dict[str, Any] = {"actor": person, "session": session}
    due = clock.today()
    return [
        lambda: actions.put_on_list(**said, list=List.INFORMED),
        lambda: actions.promise(**said, text="Call them", due=due),
        lambda: actions.give_feedback(**said, felt=Felt.YES),
        lambda: actions.bring_need(**said, text="A cold room"),
        lambda: actions.bring_offer(**said, text="A van"),
        lambda: actions.mark(actor=person, seat=whom),
    ]


# Promises.


def test_the_next_session_opens_with_what_one_meant_to_try(cast: Cast) -> None:
    series = a_series(cast)
    first = weekly(cast, series, 0, [cast.seeker, cast.target])
    with after(first):
        mine = actions.promise(
            actor=cast.seeker,
            session=first,
            text="Ask the cold store",
            due=clock.today() + timedelta(days=7),
        )
        following = story.opened(
            cast, series=series, starts_at=first.starts_at + timedelta(days=7), cap=4
        )
        assert [one.text for one in queries.open_before(cast.seeker, following)] == [mine.text]
        assert queries.open_before(cast.target, following) == []
        assert queries.open_before(cast.host, following) == []
        assert queries.open_before(cast.seeker, first) == []
        actions.report(actor=cast.seeker, follow_up=mine, came_of_it="They have room", seen=1)
        assert queries.open_before(cast.seeker, following) == []
        (card,) = queries.afterwards(cast.seeker, first).follow_ups
    assert (card.came_of_it, card.done_at is not None, card.version) == ("They have room", True, 2)


def test_a_promise_is_nobody_elses(cast: Cast, over: Session) -> None:
    with after(over):
        mine = actions.promise(
            actor=cast.seeker, session=over, text="Ask", due=clock.today() + timedelta(days=1)
        )
        for other in (cast.host, cast.target):
            with pytest.raises(NotHere):
                queries.get_follow_up(other, mine.id)
            with pytest.raises(NotHere):
                actions.report(actor=other, follow_up=mine, came_of_it="x")
            with pytest.raises(NotHere):
                actions.drop_promise(actor=other, follow_up=mine)
        actions.drop_promise(actor=cast.seeker, follow_up=mine)
    assert not FollowUp.objects.exists()


@pytest.mark.parametrize("days", [-1, 366, None])
def test_a_promise_has_a_day_to_come(cast: Cast, over: Session, days: int | None) -> None:
    with after(over):
        due = None if days is None else clock.today() + timedelta(days=days)
        with pytest.raises(DomainError) as refused:
            actions.promise(actor=cast.seeker, session=over, text="Ask", due=due)
    assert refused.value.field == "due"


def test_five_promises_are_enough_for_one_evening(cast: Cast, over: Session) -> None:
    with after(over):
        said: dict[str, Any] = {"actor": cast.seeker, "session": over, "due": clock.today()}
        made = [actions.promise(**said, text=f"Thing {number}") for number in range(5)]
        with pytest.raises(Conflict, match="enough for one evening"):
            actions.promise(**said, text="One more")
        actions.report(actor=cast.seeker, follow_up=made[0], came_of_it="Done")
        actions.promise(**said, text="One more")


def test_two_reports_at_once_do_not_overwrite_each_other(cast: Cast, over: Session) -> None:
    with after(over):
        mine = actions.promise(
            actor=cast.seeker, session=over, text="Ask", due=clock.today() + timedelta(days=1)
        )
        actions.report(actor=cast.seeker, follow_up=mine, came_of_it="From the phone", seen=1)
        with pytest.raises(Overtaken) as refused:
            actions.report(actor=cast.seeker, follow_up=mine, came_of_it="At the desk", seen=1)
    assert refused.value.theirs == {"came_of_it": "From the phone"}


# The one question.


def test_there_is_one_answer_of_each_and_it_can_be_changed(cast: Cast, over: Session) -> None:
    with after(over):
        for _twice in range(2):
            actions.give_feedback(actor=cast.seeker, session=over, felt=Felt.YES, text="More")
        row = actions.give_feedback(
            actor=cast.seeker, session=over, felt=Felt.PARTLY, text="Less", seen=1
        )
        with pytest.raises(Overtaken):
            actions.give_feedback(actor=cast.seeker, session=over, felt=Felt.NO, seen=1)
    assert Feedback.objects.count() == 1
    assert (row.felt, row.text, row.version) == (Felt.PARTLY, "Less", 2)
    assert Entry.objects.filter(verb="meetings.answered").count() == 1


def test_nobody_is_asked_while_it_goes_on_nor_who_ran_it(cast: Cast) -> None:
    session = story.opened(cast)
    story.accepted(session, cast.seeker, cast.target)
    Seat.objects.filter(person=cast.target).update(part=Part.FACILITATOR)
    story.checked_in(cast, session, cast.seeker, cast.target)
    with story.before(session, 0):
        session = actions.begin(actor=cast.host, session=session)
        with pytest.raises(Conflict):
            actions.give_feedback(actor=cast.seeker, session=session, felt=Felt.YES)
        assert not queries.harvest(cast.seeker, session).is_asked
    with after(session, 0):
        session = actions.end(actor=cast.host, session=session)
        assert queries.harvest(cast.seeker, session).is_asked
        assert not queries.harvest(cast.target, session).is_asked
        with pytest.raises(Conflict):
            actions.give_feedback(actor=cast.target, session=session, felt=Felt.YES)


def test_four_answers_are_few_and_five_are_counted_without_names(cast: Cast) -> None:
    people = story.guests(cast, 5)
    session = evening(cast, *people)
    answered(session, people[:4], *[Felt.YES] * 4, text="Shorter talks")
    found = queries.host_harvest(cast.host, session)
    assert (found.answers.few, found.answers.total, found.lines) == (True, 0, ())
    answered(session, people[4:], Felt.NO, text="A bigger room")
    found = queries.host_harvest(cast.host, session)
    assert (found.answers.yes, found.answers.partly, found.answers.no) == (4, 0, 1)
    assert found.lines == ("A bigger room", *["Shorter talks"] * 4)
    assert not any(person.name in str(found) for person in people)


# Needs and offers.


def test_a_need_that_came_up_joins_the_exchange_and_the_journal_knows_from_where(
    cast: Cast, over: Session
) -> None:
    with after(over):
        need = actions.bring_need(actor=cast.seeker, session=over, text="A cold room at night")
        offer = actions.bring_offer(actor=cast.target, session=over, text="Two pallets at night")
        with pytest.raises(Conflict):
            actions.bring_need(actor=cast.seeker, session=over, text="A cold room at night")
    assert (need.owner_id, offer.owner_id) == (cast.seeker.id, cast.target.id)
    told = Entry.objects.filter(verb="meetings.brought", subject=over.id).order_by("id")
    assert [entry.facts for entry in told] == [{"need": str(need.id)}, {"offer": str(offer.id)}]
    assert (Need.objects.count(), Offer.objects.count()) == (1, 1)


# Whom one wants to meet again.


def test_a_wish_of_both_shows_to_both(cast: Cast, over: Session) -> None:
    rosa, lena = seat(over, cast.seeker), seat(over, cast.target)
    with after(over):
        assert actions.mark(actor=cast.seeker, seat=lena) is False
        assert actions.mark(actor=cast.seeker, seat=lena) is False
        assert actions.mark(actor=cast.target, seat=rosa) is True
        for one, other in ((cast.seeker, "Lena Sought"), (cast.target, "Rosa Seeker")):
            assert [card.name for card in queries.harvest(one, over).again] == [other]
        actions.unmark(actor=cast.seeker, seat=lena)
        assert queries.harvest(cast.seeker, over).again == ()
        assert queries.harvest(cast.target, over).again == ()
        assert [one.is_marked for one in queries.my_marks(cast.target, over)] == [False, True]


def test_both_are_told_once_by_letters_that_no_host_sees(
    cast: Cast, over: Session, settings: Any, mailoutbox: list[Any]
) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    rosa, lena = seat(over, cast.seeker), seat(over, cast.target)
    with after(over):
        known = Message.objects.count()
        for _twice in range(2):
            actions.mark(actor=cast.seeker, seat=lena)
            actions.mark(actor=cast.target, seat=rosa)
        assert (SealedMessage.objects.count(), Message.objects.count()) == (2, known)
        assert deliver_sealed_due() == 2
    told = {(letter.to[0], letter.subject) for letter in mailoutbox}
    assert told == {
        (cast.seeker.email, "You both want to meet again: Lena Sought"),
        (cast.target.email, "You both want to meet again: Rosa Seeker"),
    }


def test_who_goes_is_in_no_letter_that_is_still_on_its_way(
    cast: Cast, over: Session, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    with after(over):
        actions.mark(actor=cast.seeker, seat=seat(over, cast.target))
        actions.mark(actor=cast.target, seat=seat(over, cast.seeker))
        assert SealedMessage.objects.count() == 2
        with django_capture_on_commit_callbacks(execute=True):
            people.erase(actor=cast.seeker, person=Person.objects.get(id=cast.seeker.id))
    assert not SealedMessage.objects.exists()


def test_a_wish_of_one_side_shows_nowhere(
    cast: Cast, over: Session, django_assert_num_queries: Any
) -> None:
    """Whatever the other, a host or a third can read is the same as without it."""
    watchers = (cast.target, cast.host, cast.connector)

    def all_they_read() -> list[str]:
        read = []
        for watcher in watchers:
            held = members.personal_export(watcher, watcher)
            read.append(json.dumps(held["meetings"], default=str))
            read.append(repr(queries.harvest(watcher, over)))
            read.append(repr(queries.my_marks(watcher, over)))
            read.append(repr(queries.seats(watcher, over)))
        return [*read, repr(queries.host_harvest(cast.host, over))]

    with after(over):
        before, letters = all_they_read(), Message.objects.count()
        actions.mark(actor=cast.seeker, seat=seat(over, cast.target))
        assert all_they_read() == before
        assert Message.objects.count() == letters
        with django_assert_num_queries(7):
            queries.my_marks(cast.target, over)
        actions.unmark(actor=cast.seeker, seat=seat(over, cast.target))
        with django_assert_num_queries(7):
            queries.my_marks(cast.target, over)
    told = list(Entry.objects.filter(verb__in=("meetings.marked", "meetings.unmarked")))
    assert {(entry.actor, entry.subject) for entry in told} == {
        (cast.seeker.id, seat(over, cast.seeker).id)
    }
    target = str(seat(over, cast.target).id), str(cast.target.id)
    assert not any(one in json.dumps(entry.facts) for entry in told for one in target)


def test_one_marks_those_with_whom_one_sat(cast: Cast, over: Session) -> None:
    at_tables(over, [cast.seeker, cast.target], [cast.connector])
    with after(over):
        assert [one.name for one in queries.my_marks(cast.seeker, over)] == ["Lena Sought"]
        with pytest.raises(NotHere):
            actions.mark(actor=cast.seeker, seat=seat(over, cast.connector))
        with pytest.raises(NotHere):
            actions.mark(actor=cast.seeker, seat=seat(over, cast.seeker))
        at_tables(over, [cast.target], [cast.seeker, cast.connector])
        assert len(queries.my_marks(cast.seeker, over)) == 2


def test_a_round_that_did_not_begin_is_no_meeting(cast: Cast, over: Session) -> None:
    at_tables(over, [cast.seeker, cast.target], [cast.connector])
    planned = at_tables(over, [cast.seeker, cast.connector], [cast.target])
    planned.started_at = None
    planned.save()
    with after(over):
        assert [one.name for one in queries.my_marks(cast.seeker, over)] == ["Lena Sought"]


def test_who_sat_at_no_table_met_all_who_were_there(cast: Cast, over: Session) -> None:
    at_tables(over, [cast.seeker, cast.target])
    with after(over):
        names = [one.name for one in queries.my_marks(cast.connector, over)]
        assert names == ["Lena Sought", "Rosa Seeker"]
        actions.mark(actor=cast.seeker, seat=seat(over, cast.connector))


# Letters.


def test_each_who_came_gets_one_letter_a_few_hours_after(cast: Cast) -> None:
    came = [cast.seeker, cast.target, cast.connector]
    session = story.over(cast, came=came, missed=[cast.colleague], cap=4)
    Seat.objects.filter(person=cast.connector).update(part=Part.HOST)
    end = Session.objects.get(id=session.id).ended_at
    assert end is not None
    with clock.held_at(end + timedelta(hours=2.9)):
        assert actions.thank_who_came() == 0
    for hours in (3, 4, 30):
        with clock.held_at(end + timedelta(hours=hours)):
            actions.thank_who_came()
    letters = written_to("session_afterwards")
    assert {letter.to_name for letter in letters} == {"Rosa Seeker", "Lena Sought"}
    assert len(letters) == 2
    assert letters[0].links[0]["url"].endswith("/afterwards/")


def test_nobody_is_thanked_for_an_evening_of_last_month(cast: Cast, over: Session) -> None:
    with after(over, 8 * 24):
        assert actions.thank_who_came() == 0


# What stays of whom.


def test_what_one_left_behind_is_in_ones_export_and_goes_with_one(
    cast: Cast, over: Session, django_capture_on_commit_callbacks: Any
) -> None:
    full(cast, over)
    held = members.personal_export(cast.seeker, cast.seeker)["meetings"]
    counts = {part: len(held[part]) for part in _PARTS}
    assert counts == dict.fromkeys(_PARTS, 1)
    assert held["marks"][0]["whom"] == "Lena Sought"
    lenas = members.personal_export(cast.target, cast.target)["meetings"]
    assert lenas["marks"][0]["whom"] == "Rosa Seeker"
    with django_capture_on_commit_callbacks(execute=True):
        people.erase(actor=cast.seeker, person=Person.objects.get(id=cast.seeker.id))
    assert not any(
        model.objects.exists() for model in (Insight, Interest, FollowUp, Feedback, Mark)
    )


_PARTS = ("insights", "lists", "follow_ups", "feedback", "marks")


def full(cast: Cast, session: Session) -> None:
    """Rosa leaves one of each behind, and she and Lena want to meet again."""
    rosa, insight = cast.seeker, written(cast, session)
    with after(session):
        actions.release_insight(actor=rosa, insight=insight)
        actions.put_on_list(actor=rosa, session=session, list=List.INFORMED)
        actions.promise(actor=rosa, session=session, text="Ask", due=clock.today())
        actions.give_feedback(actor=rosa, session=session, felt=Felt.YES, text="Again")
        actions.mark(actor=rosa, seat=seat(session, cast.target))
        actions.mark(actor=cast.target, seat=seat(session, rosa))


def test_two_who_are_one_left_it_behind_once(cast: Cast) -> None:
    keep = cast.person("Jo Long", standing=Standing.KNOWN)
    gone = cast.person("J. Long", standing=Standing.KNOWN)
    people_there = [cast.seeker, cast.target]
    session = evening(cast, *people_there, cap=6)
    for person in (keep, gone):
        Seat.objects.create(
            session=session, person=person, holding="accepted", came_at=session.starts_at
        )
    with after(session):
        for person in (keep, gone):
            actions.give_feedback(actor=person, session=session, felt=Felt.YES)
            actions.put_on_list(actor=person, session=session, list=List.INFORMED)
            actions.mark(actor=person, seat=seat(session, cast.seeker))
            actions.mark(actor=cast.seeker, seat=seat(session, person))
        intake.merge(actor=cast.host, keep=keep, gone=gone)
        assert [one.name for one in queries.harvest(cast.seeker, session).again] == ["Jo Long"]
        assert [one.name for one in queries.host_harvest(cast.host, session).informed] == [
            "Jo Long"
        ]
    assert Feedback.objects.count() == 1


# How often is asked.


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_asks_no_more_for_many_than_for_one(
    cast: Cast, many: int, django_assert_num_queries: Any
) -> None:
    guests = story.guests(cast, many)
    session = evening(cast, cast.seeker, *guests, cap=5, series=a_series(cast))
    with after(session):
        for guest in guests:
            row = actions.write_insight(actor=guest, session=session, speaker=guest, text="So")
            actions.release_insight(actor=guest, insight=row)
            actions.mark(actor=cast.seeker, seat=seat(session, guest))
            actions.mark(actor=guest, seat=seat(session, cast.seeker))
        with django_assert_num_queries(12):
            queries.harvest(cast.seeker, session)
        with django_assert_num_queries(16):
            queries.afterwards(cast.seeker, session)
        with django_assert_num_queries(6):
            queries.host_harvest(cast.host, session)


def test_the_limits_are_as_they_are_said() -> None:
    assert afterwards.MOST_RELEASED == 3
    assert afterwards.FEWEST_ANSWERS == 5
    assert Release.values == ["asked", "released", "kept"]
