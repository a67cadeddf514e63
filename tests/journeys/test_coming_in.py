"""Signing in by a code, in the language and the light one wishes, with or without script."""

from __future__ import annotations

import re

import pytest

from footbridge.mail.sealed import waiting_at_the_console
from footbridge.people import actions as people
from tests.cast import Cast
from tests.journeys.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_a_code_opens_the_door(cast: Cast, visit: Visit, script: bool) -> None:
    people.account_for(cast.seeker)
    guest = visit(script=script)
    page = guest.open("/introduce/")
    assert guest.title() == "Sign in"
    page.locator("input[name=email]").fill(str(cast.seeker.email))
    guest.press("Send me a code")
    assert guest.title() == "Enter your code"
    [letter] = waiting_at_the_console()
    code = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", letter.text, re.MULTILINE)
    assert code is not None, letter.text
    page.locator("input[name=code]").fill(code[1])
    guest.press("Sign in")
    assert guest.title() == "Introductions"
    assert page.get_by_role("link", name="Introduce").is_visible()


@pytest.mark.parametrize(
    ("language", "sign_in", "code"),
    [("Español", "Entrar", "es"), ("Français", "Se connecter", "fr")],
)
def test_the_language_changes_with_one_tap_and_stays(
    cast: Cast, visit: Visit, language: str, sign_in: str, code: str
) -> None:
    guest = visit(script=False)
    page = guest.open("/sign-in/")
    page.locator("details.menu summary").first.click()
    guest.press(language)
    assert page.locator("html").get_attribute("lang") == code
    page.goto(guest.site + "/help/")
    assert page.locator("html").get_attribute("lang") == code


def test_the_light_changes_without_script_and_stays(cast: Cast, visit: Visit) -> None:
    guest = visit(script=False, color_scheme="light")
    page = guest.open("/sign-in/")
    by_day = _paper(page)
    page.locator("details.menu summary").first.click()
    guest.press("Night")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    guest.open("/help/")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert _paper(page) != by_day


def _paper(page: object) -> str:
    from playwright.sync_api import Page

    assert isinstance(page, Page)
    # Without script the page cannot be asked for its colours; its picture can.
    return page.screenshot(clip={"x": 2, "y": 300, "width": 4, "height": 4}).hex()
