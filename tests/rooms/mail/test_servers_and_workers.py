"""Claim, send, mark: with a mail server that is down, slow or refusing, and workers killed."""

from __future__ import annotations

import os
import signal
import socket
import socketserver
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as installed
from django.db import connection
from pytest_django import Settings

from footbridge.core import clock
from footbridge.mail import actions
from footbridge.mail.models import Message
from footbridge.mail.states import MessageState
from footbridge.people import actions as people
from footbridge.people import outbox
from tests.cast import Cast
from tests.nothing_lost.browser import signed_in

ROOT = Path(__file__).resolve().parents[3]


class _Talk(socketserver.StreamRequestHandler):
    """One conversation of RFC 5321, as far as a client of ours holds it."""

    server: Any

    def handle(self) -> None:
        self.say("220 mail.example.org")
        while line := self.rfile.readline():
            if not self.answer(line.decode().strip()):
                return

    def answer(self, line: str) -> bool:
        word = line.split(" ")[0].split(":")[0].upper()
        if word == "EHLO":
            self.say("250 mail.example.org")
        elif word == "DATA":
            self.take()
        elif word == "QUIT":
            self.say("221 bye")
            return False
        else:
            self.say(self.server.said.get(word, "250 ok"))
        return True

    def take(self) -> None:
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        if self.server.silent:
            self.server.speaks.wait(timeout=60)
        self.server.took.append(message_from_bytes(b"".join(lines)))
        self.server.arrived.set()
        if not self.server.mute:
            self.say(self.server.said.get("TEXT", "250 taken"))

    def say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")


class Server(socketserver.ThreadingTCPServer):
    """Takes every message, unless told otherwise."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.said: dict[str, str] = {}
        self.took: list[Any] = []
        self.silent = False
        self.speaks = threading.Event()
        self.mute = False
        self.arrived = threading.Event()

    @property
    def port(self) -> int:
        return int(self.server_address[1])


@pytest.fixture
def server(settings: Settings) -> Iterator[Server]:
    with Server() as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", made.port
        settings.EMAIL_TIMEOUT = 1
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield made
        made.speaks.set()
        made.shutdown()


def send(**said: Any) -> Message:
    given = {"to_address": "lena@example.org", "to_name": "Lena", "context": {"code": "ABCD"}}
    message = actions.send("sign_in_code", **(given | said))
    assert message is not None
    return message


def later(**wait: float) -> Any:
    return clock.held_at(clock.now() + timedelta(**wait))


@pytest.mark.django_db
def test_a_message_keeps_its_name_however_often_it_is_sent(server: Server) -> None:
    message = send()
    server.mute = True  # takes it, and falls silent before it says so
    assert actions.deliver_due() == 0
    server.mute = False
    with later(minutes=2):
        assert actions.deliver_due() == 1
    names = [taken["Message-ID"] for taken in server.took]
    assert names == [actions.message_id(message)] * 2
    message.refresh_from_db()
    assert (message.state, message.error) == (MessageState.SENT, "")


@pytest.mark.django_db
def test_a_slow_server_is_left_after_a_while_and_tried_again(server: Server) -> None:
    message = send()
    server.silent = True
    assert actions.deliver_due() == 0
    assert not server.took  # it had not said a word when it was left
    message.refresh_from_db()
    assert (message.state, message.attempts) == (MessageState.WAITING, 1)
    assert "timed out" in message.error.lower()
    server.silent = False
    with later(minutes=1.1):
        assert actions.deliver_due() == 1


@pytest.mark.django_db
def test_a_server_that_is_down_is_asked_again_later_each_time(settings: Settings) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    message = send()
    waits, moment = [], clock.now()
    for _attempt in range(11):
        with clock.held_at(moment):
            assert actions.deliver_due() == 0
            message.refresh_from_db()
            waits.append((message.due_at - moment).total_seconds() / 60)
        moment = message.due_at
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360]
    assert message.state == MessageState.WAITING


@pytest.mark.django_db
@pytest.mark.parametrize("step", ["RCPT", "TEXT", "MAIL"])
def test_a_passing_refusal_is_tried_again(server: Server, step: str) -> None:
    message = send()
    server.said[step] = "451 try again later"
    assert actions.deliver_due() == 0
    message.refresh_from_db()
    assert message.state == MessageState.WAITING
    assert message.due_at == clock.now() + timedelta(minutes=1)
    server.said.clear()
    with later(minutes=1):
        assert actions.deliver_due() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("step", ["RCPT", "TEXT"])
def test_a_lasting_refusal_stands_in_the_outbox_with_its_link(
    server: Server, cast: Cast, step: str
) -> None:
    [invited] = people.invite_listed(actor=cast.host, people=[cast.listed])
    assert invited.person_id == cast.listed.id
    server.said[step] = "550 no such reader"
    assert actions.deliver_due() == 0
    message = Message.objects.get(kind="invitation")
    assert message.state == MessageState.FAILED
    with later(days=30):
        assert actions.deliver_due() == 0
    assert list(outbox.waiting(cast.host)) == [message]
    page = signed_in(cast.host).get("/outbox/").content.decode()
    assert message.links[0]["url"] in page
    assert "550" in page
    actions.mark_passed_on(message.id)
    assert list(outbox.waiting(cast.host)) == []


@pytest.mark.django_db
def test_a_complaint_about_our_own_sender_is_not_held_against_the_message(server: Server) -> None:
    message = send()
    server.said["MAIL"] = "550 you may not send as that"
    assert actions.deliver_due() == 0
    message.refresh_from_db()
    assert message.state == MessageState.WAITING


WORKER = """
import os, django
django.setup()
from django.conf import settings
settings.DATABASES["default"]["NAME"] = os.environ["WORKER_DATABASE"]
settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(os.environ["WORKER_PORT"])
settings.EMAIL_TIMEOUT = 20
from datetime import timedelta
from footbridge.core import clock
from footbridge.mail import actions
actions.LEASE = timedelta(seconds=0.2)
while True:
    actions.deliver_due()
"""


def _worker(port: int) -> subprocess.Popen[bytes]:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "footbridge.config.settings_test",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "WORKER_DATABASE": str(connection.settings_dict["NAME"]),
        "WORKER_PORT": str(port),
    }
    return subprocess.Popen(
        [sys.executable, "-c", WORKER],
        env=environment,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


@pytest.mark.django_db(transaction=True)
def test_workers_killed_between_sending_and_marking_lose_nothing(server: Server) -> None:
    """Each worker is killed in the middle of its work: once the server has a message and before it
    says so. What comes twice comes under the same name."""
    kills = int(os.environ.get("FOOTBRIDGE_MAIL_KILLS", "4"))
    messages = int(os.environ.get("FOOTBRIDGE_MAILS", "40"))
    with clock.held_at(clock.now() - timedelta(days=1)):
        sent = [send(to_address=f"reader{n}@example.org") for n in range(messages)]
    Message.objects.update(due_at=clock.now() - timedelta(days=1))
    for _kill in range(kills):
        server.mute = True
        server.arrived.clear()
        worker = _worker(server.port)
        assert server.arrived.wait(timeout=60)
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        server.mute = False
    last = _worker(server.port)
    unsent = Message.objects.exclude(state=MessageState.SENT)
    deadline = time.monotonic() + 60
    while unsent.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    os.killpg(last.pid, signal.SIGKILL)
    last.wait()
    assert not unsent.exists()
    names = Counter(taken["Message-ID"] for taken in server.took)
    assert set(names) == {actions.message_id(message) for message in sent}
    assert sum(names.values()) == messages + kills
    readers = {(taken["Message-ID"], taken["To"]) for taken in server.took}
    assert len(readers) == messages
    print(
        f"mails {messages}, kills {kills}, lost 0, came twice {sum(names.values()) - messages}, "
        f"under another name 0 ({installed.PUBLIC_HOST})"
    )
