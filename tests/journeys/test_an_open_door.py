"""A firm opens a call, its form stands on another web site, and everybody has a word in the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from footbridge.calls import actions as calls
from footbridge.calls.models import Answer, Call
from footbridge.calls.states import AnswerState, State
from footbridge.exchange import actions as exchange
from footbridge.mail.models import Message
from footbridge.people.models import Person
from footbridge.web.calls import pace
from tests.cast import Cast
from tests.journeys.conftest import Visit, Visitor
from tests.rooms.calls import outsiders

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "A second life for 400 office chairs"
OUTSIDE = "Our workshop repairs twenty chairs a week and gives them to schools."


class Elsewhere:
    """Somebody else's web site, with one page on it."""

    def __init__(self) -> None:
        self.page = ""
        site = self

        class Answering(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200 if self.path == "/" else 204)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(site.page.encode() if self.path == "/" else b"")

            def log_message(self, *_said: object) -> None:
                """A test has nobody to tell."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        # By another name than that of the network's own server: another site for a browser.
        self.address = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    site = Elsewhere()
    Thread(target=site.server.serve_forever, daemon=True).start()
    yield site
    site.server.shutdown()
    site.server.server_close()


@pytest.fixture(autouse=True)
def nobody_is_too_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser that is driven reads faster than people do."""
    monkeypatch.setattr(pace, "LEAST", timedelta(0))


def test_a_brief_is_answered_from_another_web_site_and_everybody_is_led_on(
    cast: Cast, visit: Visit, elsewhere: Elsewhere, work_off: Callable[[], None]
) -> None:
    exchange.load_shipped_vocabulary()
    exchange.open_offer(actor=cast.seeker, owner=cast.seeker, text="Repair of old furniture")
    other = outsiders.opened(cast, title="Repair of chairs for a kitchen", deadline=None)
    lena = visit()
    lena.sign_in(cast.target)
    _opens(lena)
    call = Call.objects.exclude(id=other.id).get()
    assert call.state == State.OPEN

    elsewhere.page = _with_form(lena, call)
    ngozi = visit(script=False, width=390, also=[elsewhere.address])
    _answers_from(ngozi, elsewhere)
    page = ngozi.open(_link_to("ngozi@workshop.example"))
    assert OUTSIDE in page.locator("main").inner_text()
    ngozi.press("Yes, send it")
    assert ngozi.sees("You get a reply by")

    ola = cast.person("Ola Restorer", at=cast.food_bank)
    for person in (cast.seeker, ola):
        _answers(visit(script=False), person, call)
    _may_not(visit(), cast.connector, call)
    _decides(lena, call)
    for turn in (calls.tell_the_last_word, calls.end_what_is_decided, calls.lead_on):
        turn()
    work_off()
    call.refresh_from_db()
    assert call.state == State.CLOSED
    assert {one.state for one in Answer.objects.all()} == {AnswerState.CHOSEN, AnswerState.CLOSED}
    _leads_on(visit(), ola, ngozi, call)


def _opens(lena: Visitor) -> None:
    """The five minutes of a busy owner."""
    page = lena.open("/find/calls/new/")
    page.get_by_label("Open brief").check()
    page.get_by_label("In one line").fill(TITLE)
    lena.press("Go on")
    page.get_by_label("What will be different afterwards").fill("No chair that holds is burnt.")
    page.get_by_label("What a good answer has").fill("What you would do with the first forty.")
    lena.press("Keep it, and go on")
    page.get_by_label("What whoever is chosen receives").select_option("paid")
    page.get_by_label("It can be done from anywhere").check()
    lena.press("Keep it, and go on")
    page.get_by_label("Who decides").fill("The works council")
    page.get_by_label("Everyone on the web").check()
    page.get_by_label("Anyone, also from outside").check()
    lena.press("Keep it, and go on")
    page.get_by_label("Nonprofit").check()
    page.get_by_label("Countries").fill("Portugal, Nigeria")
    lena.press("Keep it, and go on")
    lena.press("Open it")
    assert lena.sees("Your call is open.")


def _with_form(lena: Visitor, call: Call) -> str:
    """Lena pastes the form into another web site, which has other content beside it."""
    page = lena.page
    lena.follow("Spread it")
    form = page.get_by_label("English", exact=True).input_value()
    return f"<!doctype html><html lang=en><title>News</title><h1>Chairs wanted</h1>{form}"


def _answers_from(ngozi: Visitor, elsewhere: Elsewhere) -> None:
    """Ngozi, who has no account, learns whether she may answer before anything is sent."""
    page = ngozi.open(f"{elsewhere.address}/")
    page.get_by_label("Your name").fill("Ngozi Carpenter")
    page.get_by_label("Your email address").fill("ngozi@workshop.example")
    page.get_by_label("Your sector").select_option("private")
    page.get_by_label("The country you are in").fill("Nigeria")
    page.get_by_label("Your answer").fill(OUTSIDE)
    ngozi.press("Continue")
    assert ngozi.title() == "Look it over, and send it"
    assert ngozi.sees("You do not meet this: Business.")
    assert ngozi.sees("You meet this: Nigeria.")
    page.get_by_label("Your sector").select_option("nonprofit")
    ngozi.press("Check")
    assert ngozi.sees("You meet this: Nonprofit.")
    assert page.get_by_label("Your answer").input_value() == OUTSIDE
    assert not Answer.objects.exists()
    ngozi.press("Send")
    assert ngozi.title() == "Look into your mailbox"


def _link_to(address: str) -> str:
    """The link of the latest letter to an address."""
    return str(Message.objects.filter(to_address=address).latest("created_at").links[0]["url"])


def _answers(visitor: Visitor, person: Person, call: Call) -> None:
    visitor.sign_in(person)
    page = visitor.open(f"/find/calls/{call.slug}/")
    assert visitor.sees("Whether you may answer")
    page.get_by_label("Your answer").fill(f"{person.name} collects furniture every week.")
    visitor.press("Send")
    assert visitor.sees("Sent.")


def _may_not(visitor: Visitor, person: Person, call: Call) -> None:
    """Who works in a public office learns why before writing a word."""
    visitor.sign_in(person)
    page = visitor.open(f"/find/calls/{call.slug}/")
    assert visitor.sees("You do not meet this: Public.")
    assert page.get_by_label("Your answer").count() == 0


def _decides(lena: Visitor, call: Call) -> None:
    """One is chosen with a word; the others are closed together with a reason."""
    lena.open(f"/find/calls/{call.slug}/")
    lena.follow("The answers")
    lena.follow("Ngozi Carpenter")
    lena.page.locator("summary", has_text="Choose it").click()
    lena.page.locator("#choose_words").fill("Schools are what we hoped for.")
    lena.press("Choose, and tell them")
    lena.page.get_by_label("Reason").select_option("another")
    lena.press("Close all 2 that are not on the shortlist")
    assert lena.sees("2 answers were closed.")
    lena.follow("Change or end it")
    lena.press("Take no more answers")


def _leads_on(member: Visitor, ola: Person, ngozi: Visitor, call: Call) -> None:
    """Everybody leaves with somewhere to go: members with people, others with what is open."""
    member.sign_in(ola)
    member.open(f"/find/calls/{call.slug}/")
    assert member.sees("Another answer fits better")
    member.follow("Others whom your answer fits")
    assert member.page.locator("article.card").count() > 0
    ngozi.open(_link_to("ngozi@workshop.example"))
    assert ngozi.sees("Schools are what we hoped for.")
    assert ngozi.sees("Repair of chairs for a kitchen")
    assert ngozi.sees("Ask to come in")
