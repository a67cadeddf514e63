"""Rosa seeks, Kofi connects, Lena is sought: by links alone, to a meeting and a word of thanks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from footbridge.core import clock
from footbridge.exchange import actions as exchange
from footbridge.introductions import actions as introductions
from footbridge.introductions.models import Introduction
from footbridge.introductions.states import State
from footbridge.network.models import Tie
from footbridge.network.states import Strength
from tests.cast import Cast
from tests.journeys.conftest import Visit, link_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def neighbours(cast: Cast) -> Cast:
    """Who knows whom, who needs and who has."""
    for one, other in ((cast.seeker, cast.connector), (cast.connector, cast.target)):
        Tie.objects.create(teller=one, other=other, strength=Strength.WORKED_TOGETHER)
        Tie.objects.create(teller=other, other=one, strength=Strength.WORKED_TOGETHER)
    exchange.load_shipped_vocabulary()
    exchange.open_need(actor=cast.seeker, owner=cast.seeker, text="Cold storage two nights a week")
    exchange.open_offer(actor=cast.target, owner=cast.target, text="Cold storage at night")
    return cast


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_seeker_connector_and_sought_meet_through_links_alone(
    neighbours: Cast, visit: Visit, work_off: Callable[[], None], script: bool
) -> None:
    seeker = visit(script=script)
    seeker.sign_in(neighbours.seeker)
    page = seeker.open("/find/")
    assert seeker.sees("Lena Sought")
    page.locator("article.card", has_text="Lena Sought").get_by_role(
        "link", name="See who can introduce you"
    ).click()
    assert seeker.title() == "The way to Lena Sought"
    seeker.follow("Ask Kofi Connector")
    page.get_by_label("Why you").fill("You keep food cold, and we have food to keep.")
    page.get_by_label("What I ask").fill("Two nights of cold storage a week")
    seeker.press("Ask Kofi Connector")
    assert seeker.sees("Two nights of cold storage a week")
    introduction = Introduction.objects.get()
    assert introduction.state == State.ASKED_CONNECTOR

    work_off()
    connector = visit(script=script, width=390)
    page = connector.open(link_to(neighbours.connector))
    assert connector.title() == "Rosa Seeker would like to meet Lena Sought"
    page.get_by_label("A word from you").fill("Rosa keeps her word.")
    connector.press("Yes, pass it on")

    work_off()
    sought = visit(script=script, width=390)
    sought.open(link_to(neighbours.target))
    assert sought.sees("Rosa keeps her word.")
    sought.press("Yes, introduce us")
    introduction.refresh_from_db()
    assert introduction.state == State.INTRODUCED
    assert sought.sees(str(neighbours.seeker.email))

    with clock.held_at(clock.now() + timedelta(days=21)):
        introductions.check_in()
    page = seeker.open(link_to(neighbours.seeker))
    assert seeker.title() == "Rosa Seeker and Lena Sought"
    page.locator("input[name=outcome][value=met]").check()
    seeker.press("Tell")
    page.get_by_label("Thank Kofi Connector").fill("It was a good talk.")
    seeker.press("Send thanks")
    introduction.refresh_from_db()
    assert introduction.state == State.CLOSED


def test_looking_at_a_link_answers_nothing(
    neighbours: Cast, visit: Visit, work_off: Callable[[], None]
) -> None:
    from tests.rooms.introductions import story

    introduction = story.asked(neighbours)
    work_off()
    robot = visit(script=False)
    for _look in range(3):
        robot.open(link_to(neighbours.connector))
    introduction.refresh_from_db()
    assert introduction.state == State.ASKED_CONNECTOR
