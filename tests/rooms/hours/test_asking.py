"""Asking for somebody's time, and what is answered: yes, another time, not now."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from footbridge.core import clock
from footbridge.core.errors import Conflict, DomainError, LimitReached, NotAllowed, NotHere
from footbridge.exchange import actions as exchange
from footbridge.hours import actions, calendar, queries
from footbridge.hours.models import Booking
from footbridge.hours.states import State
from footbridge.journal.models import Entry
from footbridge.network import actions as network
from footbridge.people import actions as people
from footbridge.people.states import Sector
from tests.cast import Cast
from tests.rooms.hours import story

pytestmark = pytest.mark.django_db


def test_a_slot_is_asked_for_in_a_sentence_and_kept_until_the_answer(cast: Cast) -> None:
    booking = story.asked(cast)
    assert booking.starts_at == story.FIRST_SLOT
    assert (booking.giver, booking.receiver) == (cast.target, cast.seeker)
    assert story.letters() == ["time_asked"]
    text = story.letter("time_asked", cast.target).text
    assert "Rosa Seeker asks for 60 minutes of your time." in text
    assert story.WHAT_FOR in text
    assert "rosa.seeker@example.org" not in text
    with pytest.raises(NotHere):
        queries.get_slot(cast.connector, booking.slot_id)


def test_an_answer_is_waited_for_a_week_and_until_two_hours_before_at_the_latest(
    cast: Cast,
) -> None:
    soon = story.asked(cast)
    assert soon.expires_at == story.FIRST_SLOT - timedelta(hours=2)
    late = story.asked(cast, slot=story.slots_of(cast.target)[-1])
    assert late.expires_at == clock.now() + timedelta(days=7)


def test_after_a_yes_both_have_the_address_of_the_other_and_a_calendar_file(cast: Cast) -> None:
    booking = story.agreed(cast)
    assert booking.state == State.AGREED
    for reader, other in ((cast.target, cast.seeker), (cast.seeker, cast.target)):
        text = story.letter("time_agreed", reader).text
        assert f"You reach {other.name} at {other.email}." in text
        assert "/calendar.ics" in text
        card = queries.get_card(reader, booking.id)
        assert (card.other.email, card.is_coming) == (other.email, True)
        held = calendar.of_booking(booking, reader).decode()
        assert "METHOD:REQUEST" in held
        assert f"With {other.name}" in held
        assert "@example.org" not in held.replace("footbridge@", "")


def test_saying_yes_twice_changes_nothing(cast: Cast) -> None:
    booking = story.agreed(cast)
    actions.agree(actor=cast.target, booking=booking)
    assert story.letters().count("time_agreed") == 2


def test_before_a_yes_there_is_no_address_and_no_place(cast: Cast) -> None:
    story.gives(cast.target, manner="in_person", place="Porto", where="Rua do Cais 7")
    booking = story.asked(cast)
    card = queries.get_card(cast.seeker, booking.id)
    assert (card.other.email, card.where) == ("", "")
    actions.agree(actor=cast.target, booking=booking)
    assert queries.get_card(cast.seeker, booking.id).where == "Rua do Cais 7, Porto"


def test_not_now_and_silence_are_told_in_the_same_words(cast: Cast) -> None:
    refused = story.asked(cast)
    actions.not_now(actor=cast.target, booking=refused)
    actions.not_now(actor=cast.target, booking=refused)
    said = story.letter("time_not_now", cast.seeker)
    silent = story.asked(cast)
    with clock.held_at(silent.expires_at):
        assert actions.end_what_ran_out() == 1
        assert actions.end_what_ran_out() == 0
        cards = {card.state_words for card in queries.list_for(cast.seeker)}
    assert cards == {"Not this time"}
    first, second = story.letters(cast.seeker), said.subject
    assert first == ["time_not_now"] * 2
    assert second == "Not this time"


def test_a_freed_slot_can_be_asked_for_again(cast: Cast) -> None:
    booking = story.asked(cast)
    actions.not_now(actor=cast.target, booking=booking)
    again = story.asked(cast, slot=booking.slot)
    assert again.slot_id == booking.slot_id


def test_another_time_is_proposed_and_agreed_to_by_the_other(cast: Cast) -> None:
    booking = story.asked(cast)
    other = queries.other_slots(cast.target, booking)[0]
    slot = queries.own_slot(cast.target, other.id)
    booking = actions.propose(actor=cast.target, booking=booking, slot=slot)
    assert (booking.state, booking.starts_at) == (State.PROPOSED, slot.starts_at)
    assert story.letters() == ["time_asked", "time_proposed"]
    with pytest.raises(NotAllowed):
        actions.agree(actor=cast.target, booking=booking)
    booking = actions.agree(actor=cast.seeker, booking=booking)
    assert booking.state == State.AGREED
    assert queries.get_slot(cast.connector, story.free_slot(cast.target).id)


def test_a_proposal_that_does_not_suit_ends_it_for_both(cast: Cast) -> None:
    booking = story.asked(cast)
    slot = story.slots_of(cast.target)[-1]
    actions.propose(actor=cast.target, booking=booking, slot=slot)
    booking = actions.not_now(actor=cast.seeker, booking=booking)
    assert booking.state == State.NOT_NOW
    assert story.letters(cast.target) == ["time_asked", "time_not_now"]


def test_a_proposed_time_must_be_ones_own_and_free(cast: Cast) -> None:
    booking = story.asked(cast)
    story.gives(cast.colleague)
    for slot in (story.slots_of(cast.colleague)[-1], story.slots_of(cast.target)[0]):
        with pytest.raises(Conflict):
            actions.propose(actor=cast.target, booking=booking, slot=slot)


def test_what_was_withdrawn_is_no_longer_asked(cast: Cast) -> None:
    booking = story.asked(cast)
    actions.withdraw(actor=cast.seeker, booking=booking)
    actions.withdraw(actor=cast.seeker, booking=booking)
    with pytest.raises(Conflict, match="withdrawn"):
        actions.agree(actor=cast.target, booking=booking)
    assert story.letters() == ["time_asked"]


@pytest.mark.parametrize("by", ["target", "seeker"])
def test_either_may_cancel_until_its_hour_and_both_calendars_are_told(cast: Cast, by: str) -> None:
    booking = story.agreed(cast)
    was = booking.calendar_sequence
    person = getattr(cast, by)
    booking = actions.cancel(actor=person, booking=booking, because="A fever")
    assert booking.calendar_sequence > was
    assert story.letters().count("time_cancelled") == 2
    assert "A fever" in story.letter("time_cancelled", cast.seeker).text
    held = calendar.of_booking(booking, cast.seeker).decode()
    assert "METHOD:CANCEL" in held
    assert "STATUS:CANCELLED" in held
    assert queries.get_slot(cast.connector, booking.slot_id)


def test_after_its_hour_nothing_is_cancelled(cast: Cast) -> None:
    booking = story.agreed(cast)
    with clock.held_at(booking.starts_at), pytest.raises(Conflict):
        actions.cancel(actor=cast.target, booking=booking)


def test_an_appointment_is_nobody_elses(cast: Cast) -> None:
    booking = story.agreed(cast)
    for person in (cast.host, cast.colleague):
        with pytest.raises(NotHere):
            queries.get(person, booking.id)
        for act in (actions.agree, actions.not_now, actions.withdraw, actions.cancel):
            with pytest.raises(NotHere):
                act(actor=person, booking=booking)


# How much may be asked for.


def test_the_hours_of_a_quarter_are_never_exceeded(cast: Cast) -> None:
    story.gives(cast.target, most_hours=1)
    slots = [slot for slot in story.slots_of(cast.target) if slot.starts_at >= story.FIRST_SLOT]
    story.asked(cast)
    assert queries.givers_open_to(cast.connector, story.needs(cast.seeker, "Cold store")) == {}
    with pytest.raises(actions.SlotTaken, match="given away"):
        actions.ask(
            actor=cast.connector,
            slot=slots[-1],
            need=story.needs(cast.connector, "A cold room"),
            what_for="Why",
        )


def test_what_took_less_than_planned_leaves_time_for_others(cast: Cast) -> None:
    story.gives(cast.target, most_hours=2)
    booking = story.held(cast, minutes=60, confirmed=30)
    with clock.held_at(booking.ends_at + timedelta(hours=3)):
        said = queries.statement(cast.target, story.QUARTER)
        assert said is not None
        assert said.minutes_left == 90


def test_who_waits_for_three_answers_waits(cast: Cast) -> None:
    story.gives(cast.target, most_hours=20)
    for slot in [one for one in story.slots_of(cast.target) if one.starts_at > story.FIRST_SLOT][
        :3
    ]:
        story.asked(cast, slot=slot)
    with pytest.raises(LimitReached):
        story.asked(cast)


def test_nobody_is_in_two_places(cast: Cast) -> None:
    story.asked(cast)
    story.gives(cast.colleague)
    with pytest.raises(Conflict, match="another appointment"):
        story.asked(cast, slot=story.free_slot(cast.colleague))


def test_a_taken_slot_comes_with_the_next_one(cast: Cast) -> None:
    booking = story.asked(cast)
    need = story.needs(cast.connector, "A cold room")
    with pytest.raises(actions.SlotTaken) as refused:
        actions.ask(actor=cast.connector, slot=booking.slot, need=need, what_for="Why")
    assert refused.value.next is not None
    assert refused.value.next.starts_at == booking.starts_at + timedelta(hours=1)


@pytest.mark.parametrize("words", ["", "   ", "x" * 301])
def test_what_for_is_one_sentence(cast: Cast, words: str) -> None:
    with pytest.raises(DomainError) as refused:
        story.asked(cast, what_for=words)
    assert refused.value.field == "what_for"
    assert not Booking.objects.exists()


def test_a_slot_within_a_day_is_too_soon(cast: Cast) -> None:
    story.gives(cast.target)
    soon = story.slots_of(cast.target)[0]
    with clock.held_at(soon.starts_at - timedelta(hours=23)), pytest.raises(Conflict):
        story.asked(cast, slot=soon)


def test_one_asks_for_ones_own_open_needs(cast: Cast) -> None:
    theirs = story.needs(cast.connector, "A cold room")
    with pytest.raises(NotHere):
        story.asked(cast, need=theirs)
    closed = story.needs(cast.seeker, "A van on Fridays")
    exchange.close(actor=cast.seeker, posting=closed)
    with pytest.raises(Conflict):
        story.asked(cast, need=closed)


def test_one_asks_for_the_organisation_that_one_acts_for(cast: Cast) -> None:
    need = story.needs(cast.seeker, owner=cast.food_bank)
    booking = story.asked(cast, need=need)
    assert booking.on_behalf_of_id == cast.food_bank.id
    assert "for Harbour Food Bank" in story.letter("time_asked", cast.target).text


# For whom.


def test_time_may_be_meant_for_some_sectors(cast: Cast) -> None:
    story.gives(cast.target, sectors=[Sector.PUBLIC])
    with pytest.raises(NotAllowed):
        story.asked(cast)
    story.gives(cast.target, sectors=[Sector.NONPROFIT])
    assert story.asked(cast).state == State.ASKED


def test_time_may_be_meant_for_those_who_could_not_pay(cast: Cast) -> None:
    story.gives(cast.target, only_unpaid=True)
    with pytest.raises(DomainError) as refused:
        story.asked(cast)
    assert refused.value.field == "could_not_pay"
    assert story.asked(cast, could_not_pay=True).could_not_pay


def test_time_may_be_meant_for_some_chapters(cast: Cast) -> None:
    story.gives(cast.target, chapters=[cast.other_chapter])
    need = story.needs(cast.seeker)
    assert queries.givers_open_to(cast.seeker, need) == {}
    theirs = story.needs(cast.stranger, "A cold room")
    assert set(queries.givers_open_to(cast.stranger, theirs)) == {cast.target.id}


def test_how_to_meet_is_what_the_one_offers_and_the_other_chooses(cast: Cast) -> None:
    story.gives(cast.target, manner="either", place="Porto", online_link="https://x.example/m")
    need = story.needs(cast.seeker)
    for manner, is_online in (("in_person", False), ("online", True)):
        booking = story.asked(cast, manner=manner, need=need)
        assert (booking.is_online, bool(booking.online_link)) == (is_online, is_online)
        actions.withdraw(actor=cast.seeker, booking=booking)
    story.gives(cast.target)
    with pytest.raises(DomainError) as refused:
        story.asked(cast, manner="in_person", need=need)
    assert refused.value.field == "manner"


# What stays a secret.


@pytest.mark.parametrize("who", ["target", "seeker"])
def test_who_avoid_one_another_are_never_offered_each_others_time(cast: Cast, who: str) -> None:
    story.gives(cast.target)
    need = story.needs(cast.seeker)
    slot = story.free_slot(cast.target)
    one, other = (cast.target, cast.seeker) if who == "target" else (cast.seeker, cast.target)
    network.wish(actor=one, about=other, wish="avoid")
    assert queries.givers_open_to(cast.seeker, need) == {}
    with pytest.raises(NotHere):
        queries.get_slot(cast.seeker, slot.id)
    with pytest.raises(NotHere):
        story.asked(cast, slot=slot, need=need)


def test_a_wish_that_came_later_ends_it_as_a_refusal_does(cast: Cast) -> None:
    booking = story.asked(cast)
    network.wish(actor=cast.seeker, about=cast.target, wish="avoid")
    booking = actions.agree(actor=cast.target, booking=booking)
    assert booking.state == State.NOT_NOW
    assert "time_agreed" not in story.letters()


def test_a_pause_is_absolute(cast: Cast) -> None:
    story.gives(cast.target)
    slot, need = story.free_slot(cast.target), story.needs(cast.seeker)
    people.pause(actor=cast.target, until=clock.today() + timedelta(days=20))
    with pytest.raises(NotHere):
        story.asked(cast, slot=slot, need=need)
    people.resume(actor=cast.target)
    people.pause(actor=cast.seeker, until=clock.today() + timedelta(days=20))
    cast.seeker.refresh_from_db()
    with pytest.raises(NotAllowed, match="pausing"):
        story.asked(cast, slot=slot, need=need)


def test_who_stays_in_their_chapter_gives_time_there_alone(cast: Cast) -> None:
    story.gives(cast.target)
    cast.target.beyond_chapter = False
    cast.target.save()
    theirs = story.needs(cast.stranger, "A cold room")
    assert queries.givers_open_to(cast.stranger, theirs) == {}
    assert set(queries.givers_open_to(cast.seeker, story.needs(cast.seeker))) == {cast.target.id}


def test_who_goes_under_the_radar_gives_no_time_and_leaves_no_trace(cast: Cast) -> None:
    booking = story.agreed(cast)
    cast.hidden(cast.target)
    assert not Booking.objects.filter(id=booking.id).exists()
    assert story.letters() == []
    assert queries.givers_open_to(cast.connector, story.needs(cast.connector, "A van")) == {}


def test_the_journal_knows_ids_and_no_words(cast: Cast) -> None:
    story.held(cast, minutes=45, confirmed=45)
    entries = Entry.objects.filter(verb__startswith="hours.")
    assert [entry.verb for entry in entries.order_by("at", "id")] == [
        "hours.stated",
        "hours.asked",
        "hours.agreed",
        "hours.told",
        "hours.confirmed",
    ]
    assert all(entry.facts == {} for entry in entries)


@pytest.mark.parametrize("many", [1, 3])
def test_whose_time_is_open_takes_the_same_queries_for_one_and_for_three(
    cast: Cast, many: int, django_assert_num_queries: Any
) -> None:
    for person in (cast.target, cast.colleague, cast.connector)[:many]:
        story.gives(person, offers=[story.offers(person)])
    need = story.needs(cast.seeker)
    with django_assert_num_queries(8):
        open_ = queries.givers_open_to(cast.seeker, need)
    assert len(open_) == many
    with django_assert_num_queries(1):
        assert len(queries.next_slots(open_.values())) == many


@pytest.mark.parametrize("many", [1, 3])
def test_ones_appointments_take_the_same_queries_for_one_and_for_three(
    cast: Cast, many: int, django_assert_num_queries: Any
) -> None:
    story.gives(cast.target, most_hours=20)
    for slot in story.slots_of(cast.target)[2 : 2 + many]:
        story.asked(cast, slot=slot)
    with django_assert_num_queries(1):
        assert len(queries.list_for(cast.seeker)) == many
    with django_assert_num_queries(2):
        assert len(queries.waiting_for(cast.target)) == many
