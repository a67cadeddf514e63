"""A live talk: questions before and during it, the recording after it, and who talks on."""

from __future__ import annotations

from typing import Any

import pytest

from footbridge.core.errors import Conflict, DomainError, NotAllowed, NotHere
from footbridge.exchange import actions as exchange
from footbridge.insight import seating
from footbridge.mail.models import Message, SealedMessage
from footbridge.mail.sealed import _seal
from footbridge.meetings import actions, asked, queries
from footbridge.meetings.models import Pairing, Question, Seat, Session
from footbridge.meetings.states import Format, Part
from footbridge.network import actions as network
from footbridge.people import actions as people_actions
from footbridge.people.models import Person
from footbridge.people.states import Standing
from tests.cast import Cast
from tests.rooms.meetings import story

pytestmark = pytest.mark.django_db


def a_talk(cast: Cast, *guests: Person, cap: int = 20) -> Session:
    session = story.opened(cast, format=Format.LIVE_TALK, cap=cap)
    story.accepted(session, *guests)
    return session


def held(cast: Cast, *came: Person) -> Session:
    """A talk that is over, to which these came."""
    session = a_talk(cast, *came)
    story.checked_in(cast, session, *came)
    with story.before(session, -2):
        return actions.end(actor=cast.host, session=session)


def asks(person: Person, session: Session, text: str) -> Question:
    return actions.bring_question(actor=person, session=session, text=text)


def texts(viewer: Person, session: Session) -> list[str]:
    return [one.text for one in queries.questions(viewer, session)]


def speaker(cast: Cast, session: Session, person: Person) -> Seat:
    seat = queries.seat_of(person, session)
    assert seat is not None
    seat.session = session
    return actions.set_part(actor=cast.host, seat=seat, part=Part.SPEAKER)


# Questions.


def test_who_has_a_seat_brings_a_question_before_the_talk_and_while_it_goes_on(cast: Cast) -> None:
    ana, ben = story.guests(cast, 2)
    session = a_talk(cast, ana, ben)
    asks(ana, session, "Who pays for the ice?")
    with story.before(session, 0):
        session = actions.begin(actor=cast.host, session=session)
        asks(ben, session, "How cold is cold?")
    assert texts(ana, session) == ["Who pays for the ice?", "How cold is cold?"]


def test_who_has_no_seat_brings_none_and_reads_none(cast: Cast) -> None:
    ana, dot = story.guests(cast, 2)
    session = a_talk(cast, ana)
    asks(ana, session, "Who pays for the ice?")
    with pytest.raises(NotAllowed):
        asks(dot, session, "And mine?")
    assert texts(dot, session) == []


def test_no_question_is_brought_to_another_kind_of_session_or_after_the_end(cast: Cast) -> None:
    (ana,) = story.guests(cast, 1)
    cafe = story.opened(cast)
    story.accepted(cafe, ana)
    with pytest.raises(Conflict):
        asks(ana, cafe, "A question?")
    (ben,) = story.guests(cast, 1, first=5)
    over = held(cast, ben)
    with pytest.raises(Conflict):
        asks(ben, over, "Too late?")


def test_three_questions_of_one_person_wait_at_a_time(cast: Cast) -> None:
    (ana,) = story.guests(cast, 1)
    session = a_talk(cast, ana)
    first, *_others = [asks(ana, session, f"Question {number}?") for number in range(3)]
    with pytest.raises(Conflict, match="wait already"):
        asks(ana, session, "A fourth?")
    actions.drop_question(actor=ana, question=first)
    asks(ana, session, "A fourth?")


def test_the_speaker_and_the_host_read_who_asks_and_the_others_do_not(cast: Cast) -> None:
    ana, ben, sam = story.guests(cast, 3)
    session = a_talk(cast, ana, ben, sam)
    speaker(cast, session, sam)
    asks(ana, session, "Who pays for the ice?")
    names = {who.name: queries.questions(who, session)[0].name for who in (ana, ben, sam)}
    assert names == {ana.name: ana.name, ben.name: "", sam.name: ana.name}
    assert queries.questions(cast.host, session)[0].name == ana.name


def test_what_most_want_to_hear_comes_first_and_what_was_answered_last(cast: Cast) -> None:
    ana, ben, dot = story.guests(cast, 3)
    session = a_talk(cast, ana, ben, dot)
    one, two, three = (asks(ana, session, f"Question {number}?") for number in range(3))
    for person in (ben, dot):
        actions.echo(actor=person, question=three)
    actions.echo(actor=ben, question=two)
    actions.echo(actor=ben, question=two)
    assert texts(ben, session) == ["Question 2?", "Question 1?", "Question 0?"]
    assert [one.echoes for one in queries.questions(ben, session)] == [2, 1, 0]
    actions.answer_question(actor=cast.host, question=three)
    actions.take_question(actor=cast.host, question=one)
    assert texts(ben, session) == ["Question 0?", "Question 1?", "Question 2?"]
    actions.take_echo_back(actor=ben, question=two)
    assert [one.echoes for one in queries.questions(ben, session)] == [0, 0, 2]


def test_one_question_at_a_time_stands_on_the_wall(cast: Cast) -> None:
    (ana,) = story.guests(cast, 1)
    session = a_talk(cast, ana)
    one, two = (asks(ana, session, text) for text in ("First?", "Second?"))
    assert queries.on_the_wall(ana, session) == ""
    actions.take_question(actor=cast.host, question=one)
    actions.take_question(actor=cast.host, question=two)
    assert queries.on_the_wall(ana, session) == "Second?"
    actions.answer_question(actor=cast.host, question=two)
    assert queries.on_the_wall(ana, session) == ""


def test_a_guest_neither_ticks_a_question_nor_takes_that_of_another_away(cast: Cast) -> None:
    ana, ben = story.guests(cast, 2)
    session = a_talk(cast, ana, ben)
    question = asks(ana, session, "Who pays for the ice?")
    with pytest.raises(NotAllowed):
        actions.answer_question(actor=ben, question=question)
    with pytest.raises(NotHere):
        actions.drop_question(actor=ben, question=question)
    with pytest.raises(Conflict):
        actions.echo(actor=ana, question=question)


def test_questions_take_as_many_queries_for_one_as_for_three(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    (ana,) = story.guests(cast, 1)
    session = a_talk(cast, ana)
    asks(ana, session, "Question 0?")
    with django_assert_num_queries(7):
        queries.questions(ana, session)
    for number in (1, 2):
        asks(ana, session, f"Question {number}?")
    with django_assert_num_queries(7):
        queries.questions(ana, session)


# The recording.


def test_the_recording_is_for_those_who_came_were_asked_or_waited(cast: Cast) -> None:
    ana, ben, eve = story.guests(cast, 3)
    session = a_talk(cast, ana)
    actions.invite(actor=cast.host, session=session, people=[ben])
    story.checked_in(cast, session, ana)
    with story.before(session, -2):
        session = actions.end(actor=cast.host, session=session)
        actions.keep_recording(actor=cast.host, session=session, url="https://film.example.org/1")
    session = story.fresh(session)

    def seen(person: Person) -> str:
        shown = queries.talk(person, session)
        assert shown is not None
        return shown.recording

    assert [bool(seen(one)) for one in (ana, ben, eve, cast.host)] == [True, True, False, True]


@pytest.mark.parametrize(
    "url", ["http://film.example.org/1", "ftp://film.example.org/", "nonsense"]
)
def test_a_recording_is_linked_by_https_alone(cast: Cast, url: str) -> None:
    session = held(cast, *story.guests(cast, 1))
    with pytest.raises(DomainError):
        actions.keep_recording(actor=cast.host, session=session, url=url)


def test_a_recording_is_linked_when_the_talk_is_over_by_who_runs_it(cast: Cast) -> None:
    (ana,) = story.guests(cast, 1)
    session = a_talk(cast, ana)
    with pytest.raises(Conflict):
        actions.keep_recording(actor=cast.host, session=session, url="https://film.example.org/1")
    with pytest.raises(NotAllowed):
        actions.keep_recording(actor=ana, session=session, url="https://film.example.org/1")


# Who talks on.


def wanting(session: Session, *people: Person) -> None:
    with story.before(session, -3):
        for person in people:
            actions.want_to_talk_on(actor=person, session=session)


def paired(cast: Cast, session: Session) -> list[set[str]]:
    with story.before(session, -4):
        seating.make_pairs(actor=cast.host, session=session)
    return groups(session)


def groups(session: Session) -> list[set[str]]:
    return [
        {seat.person.name for seat in one.seats.select_related("person")}
        for one in Pairing.objects.filter(session=session)
    ]


def test_only_those_who_came_and_said_yes_are_put_together(cast: Cast) -> None:
    ana, ben, dot, eve = story.guests(cast, 4)
    session = held(cast, ana, ben, dot)
    wanting(session, ana, ben)
    with story.before(session, -3), pytest.raises(NotAllowed):
        actions.want_to_talk_on(actor=eve, session=session)
    assert paired(cast, session) == [{ana.name, ben.name}]


def test_of_an_odd_number_three_talk_on_together(cast: Cast) -> None:
    people = story.guests(cast, 5)
    session = held(cast, *people)
    wanting(session, *people)
    assert sorted(len(one) for one in paired(cast, session)) == [2, 3]


def test_two_who_asked_never_to_be_brought_together_are_not(cast: Cast) -> None:
    ana, ben = story.guests(cast, 2)
    network.wish(actor=ana, about=ben, wish="avoid")
    session = held(cast, ana, ben)
    wanting(session, ana, ben)
    assert paired(cast, session) == []
    assert Seat.objects.filter(session=session, pairing=None).count() == 2


def test_who_answers_a_need_is_put_with_who_has_it_and_both_read_why(cast: Cast) -> None:
    exchange.load_shipped_vocabulary()
    ana, ben, dot, eve = story.guests(cast, 4)
    exchange.open_need(actor=ana, owner=ana, text="We need cold storage two nights a week.")
    exchange.open_offer(actor=dot, owner=dot, text="Cold storage, two pallets, at night.")
    session = held(cast, ana, ben, dot, eve)
    wanting(session, ana, ben, dot, eve)
    assert {ana.name, dot.name} in paired(cast, session)
    shown = queries.talk(ana, session)
    assert shown is not None
    assert shown.talks_with is not None
    assert shown.talks_with.names == (dot.name,)
    assert f"{dot.name} offers what {ana.name} needs" in shown.talks_with.why


def test_both_get_a_letter_with_an_agenda_that_no_outbox_shows(cast: Cast, settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    ana = cast.person("Ana Able", email="ana@example.org")
    ben = cast.person("Ben Bold", email="ben@example.org")
    session = held(cast, ana, ben)
    wanting(session, ana, ben)
    SealedMessage.objects.all().delete()
    paired(cast, session)
    assert SealedMessage.objects.count() == 2
    assert not Message.objects.filter(kind="talk_on").exists()
    said = [_seal.open(one.id, one.sealed) for one in SealedMessage.objects.all()]
    to_ana = next(one for one in said if one["to"] == "ana@example.org")
    assert "Ben Bold (ben@example.org)" in to_ana["text"]
    assert "Half an hour is enough" in to_ana["text"]
    people_actions.erase(actor=ben, person=ben)
    assert SealedMessage.objects.count() == 0


def test_who_was_put_together_is_not_put_together_again_the_next_time(cast: Cast) -> None:
    people = story.guests(cast, 4)
    first = held(cast, *people)
    wanting(first, *people)
    before = paired(cast, first)
    again = actions.plan_next(actor=cast.host, session=first)
    again = actions.open_up(actor=cast.host, session=again)
    story.accepted(again, *people)
    story.checked_in(cast, again, *people)
    with story.before(again, -2):
        again = actions.end(actor=cast.host, session=again)
    wanting(again, *people)
    assert not any(one in before for one in paired(cast, again))


def test_who_was_put_together_cannot_say_no_any_more_and_a_second_run_changes_nothing(
    cast: Cast,
) -> None:
    ana, ben, dot = story.guests(cast, 3)
    session = held(cast, ana, ben, dot)
    wanting(session, ana, ben)
    first = paired(cast, session)
    with story.before(session, -4), pytest.raises(Conflict):
        actions.want_to_talk_on(actor=ana, session=session, wants=False)
    wanting(session, dot)
    with pytest.raises(Conflict, match="At least two"):
        paired(cast, session)
    assert groups(session) == first


def test_what_one_asked_is_in_ones_own_export(cast: Cast) -> None:
    ana, ben = story.guests(cast, 2)
    session = a_talk(cast, ana, ben)
    question = asks(ana, session, "Who pays for the ice?")
    actions.echo(actor=ben, question=question)
    assert [one["text"] for one in asked.asked_and_written(ana)["questions"]] == [
        "Who pays for the ice?"
    ]
    assert [one["question"] for one in asked.asked_and_written(ben)["echoes"]] == [
        "Who pays for the ice?"
    ]


def test_a_guest_without_an_account_asks_by_their_link(cast: Cast) -> None:
    guest = cast.person("Lena Listed", standing=Standing.KNOWN, email="lena@example.org")
    session = story.opened(cast, format=Format.LIVE_TALK)
    actions.invite(actor=cast.host, session=session, people=[guest])
    person, seat = queries.seat_by_link(story.token_in(story.letters("seat_invited")[0]))
    actions.accept(actor=person, session=seat.session)
    asks(person, seat.session, "May I ask?")
    assert texts(cast.host, session) == ["May I ask?"]
