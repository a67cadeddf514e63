"""How long it took, what counts, what is kept and for how long."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from footbridge.core import clock
from footbridge.core.errors import Conflict, DomainError, NotAllowed, Overtaken
from footbridge.exchange import queries as exchange
from footbridge.hours import actions, keeping, personal, queries
from footbridge.hours.models import Availability, Booking, Slot
from footbridge.intake import actions as intake
from footbridge.people import actions as people
from footbridge.people.models import Person
from footbridge.people.states import Standing
from tests.cast import Cast
from tests.rooms.hours import story

pytestmark = pytest.mark.django_db


def _after(booking: Booking, hours: float = 2) -> Any:
    return clock.held_at(booking.ends_at + timedelta(hours=hours))


def test_an_hour_after_it_the_giver_is_asked_once_how_it_went(cast: Cast) -> None:
    booking = story.agreed(cast)
    with _after(booking, 0.5):
        assert actions.ask_how_it_went() == 0
    with _after(booking):
        assert actions.ask_how_it_went() == 1
        assert actions.ask_how_it_went() == 0
    assert story.letters(cast.target)[-1] == "time_tell"


def test_only_what_the_receiver_confirms_counts(cast: Cast) -> None:
    booking = story.held(cast, minutes=50)
    assert queries.hours_given(cast.target, 2026).minutes == 0
    assert queries.hours_given(cast.target, 2026).unconfirmed == 1
    assert story.letters(cast.seeker)[-1] == "time_confirm"
    with _after(booking):
        actions.confirm(actor=cast.seeker, booking=booking, minutes=50)
    given = queries.hours_given(cast.target, 2026)
    assert (given.minutes, given.times, given.unconfirmed) == (50, 1, 0)


def test_the_receiver_may_say_another_figure_and_both_are_kept(cast: Cast) -> None:
    booking = story.held(cast, minutes=60, confirmed=40)
    kept = story.fresh(booking)
    assert (kept.giver_minutes, kept.receiver_minutes) == (60, 40)
    assert queries.hours_given(cast.target, 2026).minutes == 40


def test_what_was_confirmed_is_not_told_anew(cast: Cast) -> None:
    booking = story.held(cast, minutes=60, confirmed=40)
    with _after(booking):
        with pytest.raises(Conflict):
            actions.tell(actor=cast.target, booking=booking, minutes=90)
        actions.confirm(actor=cast.seeker, booking=booking, minutes=40)
        with pytest.raises(Conflict):
            actions.confirm(actor=cast.seeker, booking=booking, minutes=90)


def test_that_nobody_came_is_told_to_nobody(cast: Cast) -> None:
    booking = story.held(cast, minutes=0)
    assert "time_confirm" not in story.letters()
    with _after(booking):
        seen = queries.get_card(cast.seeker, booking.id)
    assert (seen.giver_minutes, seen.moves) == (None, ())
    assert personal.export(cast.seeker)["bookings"][0]["giver_minutes"] is None
    assert personal.export(cast.seeker)["bookings"][0]["told_at"] is None
    assert queries.get_card(cast.target, booking.id).giver_minutes == 0
    assert queries.hours_given(cast.target, 2026).unconfirmed == 0


@pytest.mark.parametrize("minutes", [-1, 481])
def test_a_number_of_minutes_is_one_that_can_be(cast: Cast, minutes: int) -> None:
    booking = story.agreed(cast)
    with _after(booking), pytest.raises(DomainError) as refused:
        actions.tell(actor=cast.target, booking=booking, minutes=minutes)
    assert refused.value.field == "minutes"


def test_each_says_what_is_theirs_to_say(cast: Cast) -> None:
    booking = story.agreed(cast)
    with pytest.raises(Conflict):
        actions.tell(actor=cast.target, booking=booking, minutes=60)
    with _after(booking):
        for act in (actions.tell, actions.confirm):
            with pytest.raises((Conflict, NotAllowed)):
                act(actor=cast.seeker, booking=booking, minutes=60)


def test_after_three_months_it_is_too_late_to_tell(cast: Cast) -> None:
    booking = story.agreed(cast)
    with _after(booking, 24 * 91), pytest.raises(Conflict):
        actions.tell(actor=cast.target, booking=booking, minutes=60)


def test_what_somebody_learned_is_theirs_alone(cast: Cast) -> None:
    booking = story.held(cast, minutes=60, confirmed=60)
    with _after(booking):
        actions.learn(actor=cast.target, booking=booking, learned="Soup freezes well.")
    assert queries.get_card(cast.target, booking.id).learned == "Soup freezes well."
    assert queries.get_card(cast.seeker, booking.id).learned == ""
    assert "Soup freezes" not in str(personal.export(cast.seeker))


def test_what_was_said_of_it_meanwhile_is_not_overwritten(cast: Cast) -> None:
    booking = story.held(cast, minutes=60)
    seen = story.fresh(booking).told_version
    with _after(booking):
        actions.tell(actor=cast.target, booking=booking, minutes=50, version=seen)
        with pytest.raises(Overtaken):
            actions.tell(actor=cast.target, booking=booking, minutes=40, version=seen)
        actions.confirm(actor=cast.seeker, booking=booking, minutes=50)
        with pytest.raises(Overtaken):
            actions.learn(actor=cast.target, booking=booking, learned="Much", version=seen)
    assert story.fresh(booking).giver_minutes == 50


def test_hours_are_counted_by_quarter_cause_and_chapter(cast: Cast) -> None:
    booking = story.held(cast, minutes=60, confirmed=60)
    booking.causes.set([cause.id for cause in exchange.causes()[:2]])
    given = queries.hours_given(cast.target, 2026)
    assert [(one.words, one.minutes) for one in given.by_quarter] == [("January to March 2026", 60)]
    assert [one.minutes for one in given.by_cause] == [60, 60]
    assert [(one.words, one.times) for one in given.by_chapter] == [("Harbour chapter", 1)]
    assert queries.hours_given(cast.target, 2025).minutes == 0
    assert queries.hours_given(cast.seeker, 2026).minutes == 0
    assert queries.years_of(cast.target) == [2026]
    assert given.hours == 1.0


@pytest.mark.parametrize("many", [1, 3])
def test_hours_take_the_same_queries_for_one_appointment_and_for_three(
    cast: Cast, many: int, django_assert_num_queries: Any
) -> None:
    booking = story.held(cast, minutes=60, confirmed=60)
    for _ in range(many - 1):
        booking.pk, booking.slot = None, None
        booking.id = Booking._meta.pk.get_default()
        booking.save(force_insert=True)
    with django_assert_num_queries(3):
        assert queries.hours_given(cast.target, 2026).times == many


# What is kept.


def test_who_was_given_an_hour_may_leave_and_the_hour_stays_without_a_name(cast: Cast) -> None:
    booking = story.held(cast, minutes=60, confirmed=60)
    people.erase(actor=cast.seeker, person=cast.seeker)
    kept = Booking.objects.get(id=booking.id)
    assert (kept.receiver, kept.need, kept.what_for) == (None, None, "")
    assert queries.hours_given(cast.target, 2026).minutes == 60
    assert queries.list_for(cast.target)[0].other.name == "Someone who has left"
    assert story.letters() == []


def test_what_was_not_confirmed_goes_with_either(cast: Cast) -> None:
    story.agreed(cast)
    people.erase(actor=cast.seeker, person=cast.seeker)
    assert not Booking.objects.exists()


def test_who_gave_takes_everything_along(cast: Cast) -> None:
    story.held(cast, minutes=60, confirmed=60)
    people.erase(actor=cast.target, person=cast.target)
    assert not Booking.objects.exists()
    assert not Availability.objects.exists()
    assert not Slot.objects.exists()


def test_two_records_of_one_person_become_one_with_all_hours(cast: Cast) -> None:
    booking = story.held(cast, minutes=60, confirmed=60)
    known = cast.person("L. Sought", standing=Standing.KNOWN, email="l@example.org")
    Booking.objects.filter(id=booking.id).update(receiver=known)
    other = cast.person("Rosa S.", standing=Standing.KNOWN, email="r@example.org")
    Availability.objects.filter(person=cast.target).update(person=other)
    intake.merge(actor=cast.host, keep=known, gone=other)
    assert Booking.objects.get().receiver_id == known.id
    assert Availability.objects.get().person_id == known.id


def test_both_of_an_appointment_becoming_one_person_end_it(cast: Cast) -> None:
    booking = story.held(cast, minutes=60, confirmed=60)
    one = cast.person("One", standing=Standing.KNOWN, email="one@example.org")
    other = cast.person("Other", standing=Standing.KNOWN, email="other@example.org")
    Booking.objects.filter(id=booking.id).update(giver=one, receiver=other)
    merge = intake.merge(actor=cast.host, keep=one, gone=other)
    assert not Booking.objects.exists()
    intake.undo(actor=cast.host, merge=merge)
    assert Booking.objects.get().receiver_id == other.id
    assert Person.objects.filter(id=other.id).exists()


def test_what_did_not_come_about_is_forgotten_after_a_year(cast: Cast) -> None:
    kept = story.held(cast, minutes=60, confirmed=60)
    gone = story.asked(cast, slot=story.slots_of(cast.target)[-1])
    actions.not_now(actor=cast.target, booking=gone)
    with clock.held_at(gone.ends_at + timedelta(days=364)):
        assert keeping.forget_what_did_not_come_about() == 0
    with clock.held_at(gone.ends_at + timedelta(days=366)):
        assert keeping.forget_what_did_not_come_about() >= 1
        assert list(Booking.objects.all()) == [kept]


def test_past_slots_go_and_appointments_keep_their_time(cast: Cast) -> None:
    booking = story.held(cast, minutes=60, confirmed=60)
    with clock.held_at(booking.ends_at + timedelta(days=60)):
        assert keeping.forget_past_slots() == 10
        assert keeping.forget_past_slots() == 0
    assert story.fresh(booking).starts_at == story.FIRST_SLOT
