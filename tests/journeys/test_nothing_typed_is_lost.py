"""Impatient fingers, two windows, and a database that goes away: with a real browser."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import OperationalError

from footbridge.core import database
from footbridge.exchange.models import Need
from footbridge.people import actions as people
from footbridge.people.models import Person
from tests.cast import Cast
from tests.journeys.conftest import Visit, Visitor
from tests.journeys.test_looks import CHECKS, SMALL_PHONE, WIDER

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NEED = "/needs-and-offers/need/"
WORDS = "Cold storage, two nights a week"


def barriers(visitor: Visitor) -> list[Any]:
    """What keeps someone out of a page, and whether it is wider than a small phone."""
    visitor.page.set_viewport_size({"width": SMALL_PHONE, "height": 800})
    found = [each["id"] for each in Axe().run(visitor.page, options=CHECKS).response["violations"]]
    return found + (["wider"] if visitor.page.evaluate(WIDER) else [])


def test_a_form_sent_again_by_the_way_back_counts_once(cast: Cast, visit: Visit) -> None:
    rosa = visit(script=False)
    rosa.sign_in(cast.seeker)
    page = rosa.open(NEED)
    page.locator("textarea[name=text]").fill(WORDS)
    rosa.press("Write it down")
    page.go_back()
    assert page.locator("textarea[name=text]").input_value() == WORDS
    rosa.press("Write it down")
    assert "/needs-and-offers/need/" in page.url
    assert Need.objects.count() == 1
    page.go_back()
    page.locator("textarea[name=text]").fill("A van on Fridays")
    rosa.press("Write it down")
    if Need.objects.count() == 1:  # the browser gave the page back as it was, with its key
        assert rosa.title() == "Sent before"
        assert barriers(rosa) == []
        rosa.press("Send this as well")
    assert set(Need.objects.values_list("text", flat=True)) == {WORDS, "A van on Fridays"}


def test_two_windows_are_shown_to_each_other(cast: Cast, visit: Visit) -> None:
    rosa = visit()
    rosa.sign_in(cast.seeker)
    page = rosa.open("/you/edit/")
    page.get_by_label("In one line").fill("Feeds the harbour")
    people.edit(cast.seeker, cast.seeker, headline="Feeds the city")
    rosa.press("Save")
    assert rosa.title() == "Changed in the meantime"
    assert rosa.sees("Feeds the city")
    assert page.get_by_label("In one line").input_value() == "Feeds the harbour"
    assert barriers(rosa) == []
    page.get_by_label("In one line").fill("Feeds the harbour and the city")
    rosa.press("Save mine over it")
    assert Person.objects.get(id=cast.seeker.id).headline == "Feeds the harbour and the city"


def test_words_outlast_a_database_that_is_away(
    cast: Cast, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_claim: object) -> bool:
        raise OperationalError("gone") from psycopg.OperationalError("gone")

    rosa = visit()
    rosa.sign_in(cast.seeker)
    page = rosa.open(NEED)
    page.locator("textarea[name=text]").fill(WORDS)
    with monkeypatch.context() as patch:
        patch.setattr("footbridge.journal.receipts.is_done", gone)
        rosa.press("Write it down")
        assert rosa.title() == "One moment, please"
        assert rosa.sees(WORDS)
        assert barriers(rosa) == []
    assert rosa.troubles == [f"503: {rosa.site}{NEED}"]
    rosa.troubles.clear()
    rosa.press("Try again")
    assert [need.text for need in Need.objects.all()] == [WORDS]
    database.note_written()
