"""Somebody in Colombia looks for money, and finds lines that say where they are known from."""

from __future__ import annotations

from datetime import timedelta

import pytest

from footbridge.core import clock
from footbridge.exchange import actions as exchange
from tests.cast import Cast
from tests.journeys.conftest import Visit
from tests.rooms.funding import story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_social_entrepreneur_finds_lines_with_sources_and_never_an_empty_page(
    cast: Cast, visit: Visit
) -> None:
    exchange.load_shipped_vocabulary()
    luz = story.entrepreneur(cast)
    soon = {"deadline": clock.now() + timedelta(days=60), "checked_on": clock.today()}
    story.line(cast, **soon)
    story.line(cast, "Loans for small co-operatives", money="loan", places=("PE",), **soon)
    story.line(cast, "A prize for the whole world", money="prize", places=("001",), **soon)
    visitor = visit(script=False, width=390)
    visitor.sign_in(luz)
    page = visitor.open("/find/")
    visitor.follow("funding")
    assert visitor.title() == "Find funding"
    assert visitor.sees("Clean water for villages")
    assert page.get_by_role("link", name="The foundation's page").count() > 0
    first = page.locator("article.card").first.inner_text()
    assert "Clean water for villages" in first
    assert "Colombia" in first

    page.locator("summary", has_text="Narrow it down").click()
    page.get_by_label("Kind of money").select_option("loan")
    page.get_by_label("Country").select_option("CO")
    visitor.press("Find")
    assert visitor.sees("Nothing fits quite")
    assert visitor.sees("Loans for small co-operatives")
    page.get_by_label("In your own words").fill("xyzzy")
    visitor.press("Find")
    assert visitor.sees("Clean water for villages") or visitor.sees("A prize for the whole world")

    visitor.open("/find/funding/")
    visitor.follow("Clean water for villages")
    assert visitor.sees("Fundación Río Claro")
    assert visitor.sees("For organisations younger than five years.")
