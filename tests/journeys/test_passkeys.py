"""A passkey instead of a code: added, used, lost."""

from __future__ import annotations

import pytest

from footbridge.mail.sealed import waiting_at_the_console
from footbridge.people.models import Person
from tests.cast import Cast
from tests.journeys.conftest import Visit, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEY_IN_THE_DEVICE = {
    "options": {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
}


def test_who_added_a_passkey_signs_in_with_it_and_still_by_a_code(cast: Cast, visit: Visit) -> None:
    visitor = visit()
    _give_a_device(visitor)
    _sign_in_by_code(visitor, cast.seeker)
    _add_a_passkey(visitor)
    _sign_out(visitor)
    visitor.open("/sign-in/")
    visitor.press("Use a passkey")
    visitor.page.wait_for_url(visitor.site + "/")
    assert visitor.title() == "Today"
    _sign_out(visitor)
    _sign_in_by_code(visitor, cast.seeker)
    _remove_it(visitor)


def _give_a_device(visitor: Visitor) -> None:
    session = visitor.context.new_cdp_session(visitor.page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", KEY_IN_THE_DEVICE)


def _sign_in_by_code(visitor: Visitor, person: Person) -> None:
    page = visitor.open("/sign-in/")
    page.get_by_label("Your email").fill(str(person.email))
    visitor.press("Send me a code")
    page.get_by_label("Code").fill(_code_for(person))
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name="Sign in").click()
    assert visitor.title() == "Today"


def _code_for(person: Person) -> str:
    letters = [one for one in waiting_at_the_console() if one.to == person.email]
    return letters[0].subject.removeprefix("Your code: ")


def _add_a_passkey(visitor: Visitor) -> None:
    page = visitor.open("/account/webauthn/")
    visitor.follow("Add a passkey")
    page.get_by_label("What you call it").fill("My telephone")
    visitor.press("Add it")
    page.wait_for_url("**/account/webauthn/")
    assert visitor.sees("My telephone")


def _sign_out(visitor: Visitor) -> None:
    visitor.page.locator("details.menu summary").last.click()
    visitor.press("Sign out")
    assert visitor.title() == "Sign in"


def _remove_it(visitor: Visitor) -> None:
    visitor.open("/account/webauthn/")
    visitor.follow("Remove")
    visitor.press("Remove it")
    assert visitor.sees("No passkey yet")
