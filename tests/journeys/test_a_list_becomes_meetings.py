"""A host's evening: twelve rows pasted, pairs with reasons, invitations as links, someone comes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from footbridge.exchange.models import Need
from footbridge.mail.models import Message
from footbridge.people.models import Member, Person
from footbridge.people.states import Standing
from tests.cast import Cast
from tests.journeys.conftest import Visit, Visitor, link_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROWS = (
    ("Name", "Email", "Organisation", "Sector", "Town", "Needs", "Offers"),
    ("Ada Moreno", "ada@example.org", "Quay Kitchen", "social enterprise", "Porto",
     "Cold storage two nights a week", "Cooked meals for events"),
    ("Bilal Haddad", "bilal@example.org", "North Cold Store", "business", "Porto",
     "Someone who takes surplus food", "Cold storage at night"),
    ("Chidi Eze", "chidi@example.org", "City of Porto", "public", "Porto",
     "Partners against food waste", "Advice on permits"),
    ("Dalia Sousa", "dalia@example.org", "Second Harvest", "charity", "Porto",
     "A refrigerated van twice a week", "Volunteers on Saturdays"),
    ("Emre Kaya", "emre@example.org", "Kaya Transport", "business", "Porto",
     "Volunteers for a street festival", "A refrigerated van on weekday mornings"),
    ("Farah Nasser", "farah@example.org", "Harbour School", "public", "Porto",
     "Mentors for young people", "A hall with a kitchen"),
    ("Goran Ilic", "goran@example.org", "Ilic Accounting", "business", "Porto",
     "A meeting room once a month", "Bookkeeping for small charities"),
    ("Hye-jin Park", "hyejin@example.org", "Open Loom", "social enterprise", "Porto",
     "Help with bookkeeping", "Sewing workshops"),
    ("Ian Walsh", "ian@example.org", "", "", "Porto",
     "", "Web design, a few hours a month"),
    ("Jana Novak", "jana@example.org", "River Trust", "charity", "Porto",
     "A new website", "Guided walks for teams"),
    ("Kwame Mensah", "kwame@example.org", "Mensah Law", "business", "Porto",
     "Guided walks for the whole team", "Legal advice for charities"),
    ("Lucía Ortega", "lucia@example.org", "Youth Works", "charity", "Porto",
     "Legal advice on contracts", "Mentors for young people"),
)  # fmt: skip
PASTED = "\n".join("\t".join(row) for row in ROWS)


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_twelve_pasted_rows_become_pairs_invitations_and_a_member(
    cast: Cast, visit: Visit, work_off: Callable[[], None], script: bool
) -> None:
    host = visit(script=script)
    host.sign_in(cast.host)
    _paste(host, cast)
    _bring_in(host)
    assert Person.objects.filter(standing=Standing.KNOWN).count() == 12
    _see_pairs(host)
    _invite(host, cast, work_off)
    _come_in(visit(script=script, width=390), host)


def _paste(host: Visitor, cast: Cast) -> None:
    page = host.open("/host/")
    host.follow("Bring your list")
    page.get_by_label("Paste it here").fill(PASTED)
    host.press("Read it")
    assert host.title() == "This is how we read it"
    assert page.get_by_label("Needs", exact=True).input_value() == "need"
    assert not Person.objects.filter(standing=Standing.KNOWN).exists()


def _bring_in(host: Visitor) -> None:
    host.press("Bring 12 rows in")
    assert host.title() == "Who should meet"
    assert host.sees("12 rows are in")


def _see_pairs(host: Visitor) -> None:
    cards = host.page.locator("article.card")
    assert cards.count() >= 4
    first = host.page.locator("main").inner_text()
    assert "Ada Moreno" in first
    assert "Bilal Haddad" in first
    assert "cold storage" in first.lower()
    for card in cards.all():
        assert card.locator("li").count() >= 1, "a pair without a reason"


def _invite(host: Visitor, cast: Cast, work_off: Callable[[], None]) -> None:
    page = host.open(f"/host/{cast.chapter.id}/people/")
    page.get_by_label("Invite Ada Moreno").check()
    page.get_by_label("Invite Bilal Haddad").check()
    host.press("Invite those I ticked")
    assert host.title() == "The outbox"
    work_off()
    ada = Person.objects.get(name="Ada Moreno")
    assert Message.objects.filter(to_person=ada.id).count() == 1
    assert link_to(ada) in [field.input_value() for field in page.locator("[data-select]").all()]


def _come_in(guest: Visitor, host: Visitor) -> None:
    """By the link alone: a look, a tap, one sentence."""
    ada = Person.objects.get(name="Ada Moreno")
    page = guest.open(link_to(ada))
    ada.refresh_from_db()
    assert ada.standing == Standing.INVITED
    guest.press("Come in")
    ada.refresh_from_db()
    assert ada.standing == Standing.JOINED
    page = guest.open("/needs-and-offers/need/")
    page.get_by_label("What do you need?").fill("Someone to repair our dishwasher")
    guest.press("Write it down")
    assert Need.objects.filter(owner_id=ada.id).count() == 2
    assert Member.objects.get(id=ada.id).standing == Standing.JOINED
