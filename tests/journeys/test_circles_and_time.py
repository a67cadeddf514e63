"""A circle is formed, joined and called on by link; an hour is given, asked for, and counted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from footbridge.circles.models import Circle
from footbridge.core import clock
from footbridge.hours.models import Booking, Slot
from footbridge.network import actions as network
from footbridge.people.models import Person
from tests.cast import Cast
from tests.journeys.conftest import Visit, Visitor, link_to
from tests.rooms.circles import story as circles
from tests.rooms.hours import story as hours

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ASK = "Who has a cold room on Friday?"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_few_become_a_circle_and_call_on_one_another(
    cast: Cast, visit: Visit, script: bool
) -> None:
    rosa, *others = circles.peers(cast)
    for other in others:
        network.state_tie(actor=rosa, other=other, strength="know", how="From the harbour")
    seeker = visit(script=script)
    seeker.sign_in(rosa)
    _form(seeker, others)
    phones = {other.id: visit(script=script, width=390) for other in others}
    for other in others:
        phones[other.id].open(link_to(other))
        phones[other.id].press("Yes, I am in")
    circle = Circle.objects.get()
    assert circle.stands

    page = seeker.open(f"/circles/{circle.id}/")
    assert seeker.sees(str(cast.target.email))
    page.locator("summary", has_text="Ask the others").click()
    page.get_by_label("What you ask").fill(ASK)
    page.get_by_label("By when").last.fill(f"{clock.today() + timedelta(days=7)}")
    seeker.press("Ask them all")
    phone = phones[cast.target.id]
    phone.open(link_to(cast.target))
    assert phone.sees(ASK)
    phone.page.get_by_label("I can help").check()
    phone.press("Answer")
    seeker.open(f"/circles/{circle.id}/")
    seeker.follow(ASK)
    assert seeker.sees("Lena Sought")


def _form(seeker: Visitor, others: list[Person]) -> None:
    page = seeker.open("/circles/new/")
    page.get_by_label("Name", exact=True).fill("Cold food")
    for other in others:
        page.get_by_label(other.name, exact=True).check()
    seeker.press("Form it and ask them")
    assert seeker.title() == "Cold food"


def test_an_hour_is_given_asked_for_and_counted(cast: Cast, visit: Visit) -> None:
    hours.offers(cast.target)
    need = hours.needs(cast.seeker)
    lena, rosa = visit(), visit(width=390)
    lena.sign_in(cast.target)
    _say_when(lena)

    rosa.sign_in(cast.seeker)
    rosa.open(f"/needs-and-offers/need/{need.id}/")
    rosa.follow("Ask for this time")
    rosa.page.get_by_label("What for, in one sentence").fill("How to keep soup cold")
    rosa.press("Ask for this time")
    phone = visit(width=390)
    phone.open(link_to(cast.target))
    assert phone.sees("How to keep soup cold")
    phone.press("Yes")
    assert phone.sees(str(cast.seeker.email))

    _let_it_have_been()
    phone.open(phone.page.url)
    phone.page.get_by_label("It took so many minutes").fill("50")
    phone.press("Yes, that long")
    rosa.open("/")
    assert rosa.sees("50 minutes")
    rosa.open(f"/time/booked/{Booking.objects.get().id}/")
    rosa.press("Confirm")
    lena.open("/time/given/")
    assert lena.sees("50")


def _say_when(lena: Visitor) -> None:
    page = lena.open("/time/say/")
    quarters = page.get_by_label("For", exact=True)
    # The quarter to come: of this one there may be no Tuesday left.
    quarters.select_option(index=quarters.locator("option").count() - 1)
    page.locator("[name=weekday_0]").select_option("1")
    page.locator("[name=begins_0]").fill("17:00")
    page.locator("[name=ends_0]").fill("19:00")
    page.get_by_label("At most so many hours in the quarter").fill("6")
    page.get_by_label("How you meet").select_option("online")
    lena.press("Save")
    assert lena.sees("6:00 of 6 hours")


def _let_it_have_been() -> None:
    booking = Booking.objects.get()
    begins = clock.now() - timedelta(hours=3)
    times = {"starts_at": begins, "ends_at": begins + timedelta(hours=1)}
    Booking.objects.filter(id=booking.id).update(**times)
    Slot.objects.filter(id=booking.slot_id).update(**times)
