"""The clock of the machine jumps by hours and by years, and back again: nothing breaks, what has
expired is refused, and no letter goes out twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from django.core import mail as django_mail
from django.utils import timezone
from pytest_django import Settings

from footbridge.core import clock, jobs
from footbridge.exchange import actions as exchange
from footbridge.mail import actions as mail
from footbridge.mail.models import Message
from footbridge.mail.states import MessageState
from footbridge.network import actions as network
from footbridge.people import actions as people
from tests.cast import Cast
from tests.nothing_lost.browser import signed_in
from tests.nothing_lost.test_calls_count_once import call, token_of

pytestmark = pytest.mark.django_db(transaction=True)

JUMPS = [
    timedelta(hours=3),
    timedelta(hours=-5),
    timedelta(days=1),
    timedelta(days=-40),
    timedelta(days=800),
    timedelta(days=-1500),
    timedelta(days=20 * 365),
    timedelta(0),
]


@pytest.fixture
def server(settings: Settings) -> None:
    """A mail server that takes everything."""
    settings.EMAIL_HOST = "mail.example.org"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@contextmanager
def clock_at(moment: datetime, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Everyone's clock: ours, and that of the libraries that keep the sessions."""
    with clock.held_at(moment), patch.context() as held:
        held.setattr(timezone, "now", clock.now)
        yield


def all_jobs() -> None:
    """Everything that happens without anyone asking; an error is not passed over here."""
    for _round in range(3):
        for job, _seconds in jobs._jobs:
            job()


@pytest.fixture
def busy(cast: Cast) -> list[str]:
    """Something of everything that has a day: letters, an introduction, a link, a pause, needs."""
    for other in (cast.seeker, cast.target):
        network.state_tie(actor=cast.connector, other=other, strength="trust")
    need = exchange.open_need(actor=cast.seeker, owner=cast.seeker, text="A cold room at night")
    assert need.id
    people.pause(actor=cast.colleague, until=clock.today() + timedelta(days=30))
    sent = [
        mail.send("sign_in_code", to_address=f"reader{n}@example.org", context={"code": "ABCD"})
        for n in range(20)
    ]
    return [str(message.id) for message in sent if message]


def test_whatever_the_clock_does_each_letter_goes_out_once(
    busy: list[str], server: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    noon = clock.now()
    for jump in JUMPS:
        with clock_at(noon + jump, monkeypatch):
            all_jobs()
    names = Counter(str(sent.extra_headers["Message-ID"]) for sent in django_mail.outbox)
    wanted = {f"<{message}@127.0.0.1>" for message in busy}
    arrived = wanted & set(names)
    twice = sum(count - 1 for count in names.values())
    print(f"clock jumps {len(JUMPS)}, letters {len(wanted)}, arrived {len(arrived)}, twice {twice}")
    assert (arrived, twice) == (wanted, 0)


def test_a_letter_that_was_tried_under_a_wrong_clock_does_not_wait_for_that_year(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server was away while the clock was years ahead."""
    settings.EMAIL_HOST = "mail.example.org"
    settings.EMAIL_BACKEND = "tests.rooms.mail.test_mail.Refusing"
    message = mail.send("sign_in_code", to_address="lena@example.org", context={"code": "ABCD"})
    assert message is not None
    noon = clock.now()
    with clock_at(noon + timedelta(days=800), monkeypatch):
        assert mail.deliver_due() == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with clock_at(noon + timedelta(hours=7), monkeypatch):
        assert mail.deliver_due() == 1
    assert Message.objects.get().state == MessageState.SENT


def test_a_session_survives_a_step_back_and_ends_after_its_time(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, noon = signed_in(cast.seeker), clock.now()
    for days, is_in in ((0, True), (-400, True), (0, True), (31, False), (3650, False)):
        with clock_at(datetime.now(noon.tzinfo) + timedelta(days=days), monkeypatch):
            assert (browser.get("/you/").status_code == 200) is is_in, days


def test_a_token_is_good_in_its_time_whatever_the_clock_showed_in_between(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, noon = token_of(cast.seeker), clock.now()
    found = []
    for days in (0, 800, -800, 0):
        with clock_at(noon + timedelta(days=days), monkeypatch):
            found.append(call(token, "", "GET", "/me").status_code)
    assert found == [200, 401, 200, 200]


def test_what_was_done_once_stays_done_though_the_clock_goes_back(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, noon = token_of(cast.seeker), clock.now()
    answers = []
    for hours in (0, -30, 3, 0):
        with clock_at(noon + timedelta(hours=hours), monkeypatch):
            answers.append(call(token, "one key", "POST", "/needs", {"text": "A van"}))
            all_jobs()
    assert [answer.status_code for answer in answers] == [201] * 4
    assert len({answer.json()["id"] for answer in answers}) == 1
