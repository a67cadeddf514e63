"""A founder finds words for what she did, is confirmed, joins a team, and delivers."""

from __future__ import annotations

import pytest

from footbridge.assignments.models import Assignment
from footbridge.exchange import actions as exchange
from footbridge.exchange.models import Need, Skill
from footbridge.expertise.models import Claim
from footbridge.network import actions as network
from footbridge.people.models import Person
from tests.cast import Cast
from tests.journeys.conftest import Visit, Visitor, link_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MINISTRY = "I negotiated with a ministry."


def test_lived_work_becomes_a_team_hours_and_a_case(cast: Cast, visit: Visit) -> None:
    exchange.load_shipped_vocabulary()
    rosa, kofi, lena = cast.seeker, cast.connector, cast.target
    network.state_tie(actor=rosa, other=lena, strength="worked_together", how="At the port")
    ada = cast.person("Ada Writer")
    exchange.open_offer(
        actor=ada,
        owner=ada,
        text="Grant applications for shared rooms",
        skills=_skills("grant-writing"),
    )
    founder, phone, client = visit(), visit(script=False, width=390), visit()
    founder.sign_in(rosa)
    _finds_words(founder)
    _is_confirmed(founder, phone, lena)

    client.sign_in(kofi)
    _asks_a_team(client, _need_of(kofi))
    phone.open(link_to(rosa, "Read"))
    phone.press("Yes, I am in")
    assignment = Assignment.objects.get()
    page = f"/time/assignments/{assignment.id}/"
    founder.open(page)
    _brings_in(founder, visit(), ada)
    _works(founder, client, page)
    _looks_back(founder, client, page)
    _leaves_something(founder, client, page)


def _skills(*keys: str) -> list[Skill]:
    return list(Skill.objects.filter(key__in=keys))


def _need_of(person: Person) -> Need:
    return exchange.open_need(
        actor=person,
        owner=person,
        text="Somebody to negotiate with the port, and to write a grant application",
        skills=_skills("negotiation", "grant-writing"),
    )


def _finds_words(rosa: Visitor) -> None:
    page = rosa.open("/you/skills/lived/")
    page.get_by_label(MINISTRY).check()
    rosa.press("See what it is called")
    assert rosa.sees("Negotiation")
    rosa.open("/you/skills/listing/")
    rosa.page.get_by_label("All members").check()
    rosa.press("Save")


def _is_confirmed(rosa: Visitor, phone: Visitor, lena: Person) -> None:
    """By link, on a phone, without an account."""
    rosa.follow("Negotiation")
    rosa.page.get_by_label("Whom").select_option(str(lena.id))
    rosa.press("Ask them")
    phone.open(link_to(lena))
    assert phone.sees(MINISTRY.rstrip(".")) or MINISTRY in phone.page.inner_text("body")
    phone.page.get_by_label("name").last.check()
    phone.press("Yes, I was there and it is so")
    rosa.open("/you/skills/")
    assert rosa.sees("Lena Sought")


def _asks_a_team(kofi: Visitor, need: Need) -> None:
    kofi.open(f"/needs-and-offers/need/{need.id}/")
    kofi.follow("Suggest a team")
    assert kofi.sees("Rosa Seeker")
    assert kofi.sees("Ada Writer")
    assert kofi.sees(f"Led it: «{MINISTRY}», confirmed")
    card = kofi.page.locator("article.card", has_text="Rosa Seeker")
    with kofi.page.expect_navigation():
        card.get_by_role("link", name="Ask them to lead").click()
    kofi.page.get_by_label("What kind").select_option("grant")
    kofi.press("Ask them")
    assert kofi.sees("They are asked.")


def _brings_in(rosa: Visitor, ada: Visitor, person: Person) -> None:
    rosa.follow("Ask somebody into the team")
    card = rosa.page.locator("article.card", has_text="Ada Writer")
    with rosa.page.expect_navigation():
        card.get_by_role("link", name="Ask them").click()
    rosa.press("Ask them")
    ada.open(link_to(person))
    ada.press("Yes, I am in")


def _works(rosa: Visitor, kofi: Visitor, page: str) -> None:
    """By the playbook, half-way looked at from both sides, with hours that the client confirms."""
    rosa.open(page)
    rosa.press("Begin")
    rosa.press("Done")
    for one in (rosa, kofi):
        one.open(page)
        one.follow("Write your review")
        _reviews(one)
    rosa.open(page)
    assert rosa.sees("What both sides say")
    rosa.follow("Write down your hours")
    rosa.page.get_by_label("Hours", exact=True).fill("6.5")
    rosa.press("Write it down")
    kofi.open(page)
    kofi.follow("Look at the hours and confirm them")
    kofi.press("Confirm")
    rosa.open("/time/given/")
    assert rosa.sees("6.50")


def _reviews(one: Visitor) -> None:
    for question in ("outcome", "promises", "heard", "again"):
        one.page.locator(f"input[name={question}][value='4']").check()
    one.page.get_by_label("One thing to keep").fill("A call each Friday")
    one.press("Keep")


def _looks_back(rosa: Visitor, kofi: Visitor, page: str) -> None:
    rosa.open(page)
    rosa.page.locator("summary", has_text="It is delivered").click()
    rosa.press("Yes, it is delivered")
    for one in (kofi, rosa):
        one.open(page)
        one.follow("Write your review")
        _reviews(one)


def _leaves_something(rosa: Visitor, kofi: Visitor, page: str) -> None:
    """A skill that the client saw stands among her skills, confirmed; and the case is drafted."""
    kofi.open(page)
    kofi.follow("Who showed which skill")
    kofi.page.get_by_label("Who", exact=True).select_option(label="Rosa Seeker")
    kofi.page.get_by_label("Which skill").select_option(label="Grant writing")
    kofi.press("Say it")
    rosa.open(page)
    rosa.follow("Who showed which skill")
    rosa.press("Yes, that is so")
    rosa.follow("It stands among your skills.")
    assert rosa.sees("Grant writing")
    assert (
        Claim.objects.get(skill__key="grant-writing")
        .confirmations.filter(state="confirmed")
        .exists()
    )
    rosa.open(page)
    rosa.follow("The case: what came of it")
    rosa.press("Put a draft together")
    assert "6.5" in rosa.page.get_by_label("The case").input_value()
