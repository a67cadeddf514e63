"""Messages stand in the outbox with their links, and a mail server that fails loses none."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from pytest_django import Settings

from footbridge.core import clock
from footbridge.mail import actions
from footbridge.mail.models import Message
from footbridge.mail.states import MessageState

pytestmark = pytest.mark.django_db


class Refusing(BaseEmailBackend):
    """A mail server that is down."""

    def send_messages(self, messages: object) -> int:
        raise ConnectionRefusedError("no answer")


@pytest.fixture
def server(settings: Settings) -> None:
    """A mail server that takes everything."""
    settings.EMAIL_HOST = "mail.example.org"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def send(**changes: object) -> Message | None:
    said = {"to_address": "lena@example.org", "to_name": "Lena", "context": {"code": "ABCD-2345"}}
    return actions.send("sign_in_code", **(said | changes))  # type: ignore[arg-type]


def test_a_message_holds_its_words_and_absolute_links() -> None:
    message = send(links=[("Look", "/i/abc")])
    assert message is not None
    assert message.subject == "Your code: ABCD-2345"
    assert "Hello Lena," in message.text
    assert "ABCD-2345" in message.html
    assert message.links == [{"words": "Look", "url": "http://127.0.0.1:8000/i/abc"}]


def test_one_occasion_is_one_message() -> None:
    assert send(once="monday") is not None
    assert send(once="monday") is None
    assert Message.objects.count() == 1


def test_without_a_mail_server_messages_wait_to_be_passed_on() -> None:
    message = send()
    assert message is not None
    assert actions.deliver_due() == 0
    actions.mark_passed_on(message.id)
    message.refresh_from_db()
    assert message.state == MessageState.SENT


def test_a_mail_server_takes_what_waits(server: None) -> None:
    send()
    assert actions.deliver_due() == 1
    assert [sent.to for sent in django_mail.outbox] == [["lena@example.org"]]
    assert actions.deliver_due() == 0


def test_a_message_without_an_address_waits_for_a_person_to_pass_it_on(server: None) -> None:
    send(to_address="")
    assert actions.deliver_due() == 0
    assert Message.objects.get().state == MessageState.WAITING


def test_a_refusing_server_is_asked_again_later_and_at_last_given_up(
    settings: Settings,
) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    send()
    moment = clock.now()
    for attempt in range(actions.MOST_ATTEMPTS):
        with clock.held_at(moment):
            assert actions.deliver_due() == 0
            assert actions.deliver_due() == 0
        message = Message.objects.get()
        assert message.attempts == attempt + 1
        moment = message.due_at
    assert message.state == MessageState.FAILED
    assert message.error == "ConnectionRefusedError: no answer"
    with clock.held_at(moment + timedelta(days=30)):
        assert actions.deliver_due() == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_a_message_once(server: None) -> None:
    message = send()
    assert message is not None
    start = threading.Barrier(2)
    sent: list[int] = []

    def work() -> None:
        start.wait()
        sent.append(actions._deliver(message.id))
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(sent) == [0, 1]
    assert len(django_mail.outbox) == 1


@pytest.mark.parametrize(("language", "hello"), [("es", "Lena"), ("fr", "Lena")])
def test_a_message_is_written_in_its_readers_language(language: str, hello: str) -> None:
    message = send(language=language)
    assert message is not None
    assert message.language == language
    assert hello in message.text
