"""Nobody stands in the log: no query, no referrer, no user, no address, nothing that was typed."""

from __future__ import annotations

import io
import logging
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.mail import mail_admins
from django.test import Client, override_settings
from django.urls import path
from django.views.debug import ExceptionReporter

from footbridge.config import logs
from footbridge.core.access import Audience, access
from tests.cast import Cast

FORM = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ [A-Z]+ [\w.]+: .*")
TELLING = ("ada@example.org", "203.0.113.7", "2001:db8", "cold+soup", "s3cr3t", "Lena", "elsewhere")


@access(Audience.EVERYONE)
def breaks(request: Any, token: str) -> None:
    secret = request.POST.get("words", "")
    try:
        raise KeyError(f"{secret} by ada@example.org")
    except KeyError as error:
        raise ValueError(f"duplicate key (email)=(ada@example.org): {secret}") from error


urlpatterns = [path("breaks/<str:token>/", breaks)]


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Everything that reaches the root of the log, in the form of the settings."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.Quiet())
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


@override_settings(ROOT_URLCONF="tests.architecture.test_logs")
@pytest.mark.django_db
def test_an_error_is_told_by_its_kind_and_its_lines_of_code(written: io.StringIO) -> None:
    client = Client(raise_request_exception=False, REMOTE_ADDR="203.0.113.7")
    answer = client.post(
        "/breaks/s3cr3t-token/?q=cold+soup",
        {"words": "Lena was here"},
        headers={"referer": "https://elsewhere.example/"},
    )
    assert answer.status_code == 500
    said = written.getvalue()
    assert "500 POST /breaks/<str:token>/" in said
    assert "builtins.ValueError" in said
    assert "builtins.KeyError" in said
    assert re.search(r"test_logs\.py:\d+ in breaks", said)
    assert [word for word in TELLING if word in said] == []


@pytest.mark.django_db
def test_a_request_is_named_by_its_route(cast: Cast, written: io.StringIO) -> None:
    client = Client(REMOTE_ADDR="203.0.113.7", headers={"referer": "https://elsewhere.example/"})
    client.get("/join/s3cr3t-token?q=cold+soup&email=ada@example.org")
    client.get("/Lena/?q=cold+soup")
    client.get(f"/members/{cast.target.id}/?q=cold+soup")
    said = written.getvalue()
    assert re.search(r"footbridge\.requests: GET /join/<str:token> 410 \d+ ms", said)
    assert re.search(r"footbridge\.requests: GET \(no route\) 404 \d+ ms", said)
    assert "GET /members/<uuid:member_id>/ 302" in said
    assert str(cast.target.id) not in said
    assert [word for word in TELLING if word in said] == []
    assert all(FORM.fullmatch(line) for line in said.splitlines())


@pytest.mark.parametrize(
    ("message", "arguments", "expected"),
    [
        ("Message %s was not taken: %s", ("7d", "550 <ada@example.org>"), "(mail address)"),
        ("Invalid HTTP_HOST header: %r", ("203.0.113.7:80",), "(network address)"),
        ("from %s", ("2001:db8::7",), "(network address)"),
        ('"GET /find/?q=cold+soup HTTP/1.1" %s', (200,), '"GET /find/ HTTP/1.1" 200'),
        ("link %s", ("s3cr3t" * 9 + ":s3cr3t",), "(secret)"),
        (
            "one\r\n2026-01-01T00:00:00Z INFO x: %s",
            ("two",),
            "one 2026-01-01T00:00:00Z INFO x: two",
        ),
    ],
)
def test_what_slips_into_a_message_is_taken_out(
    written: io.StringIO, message: str, arguments: tuple[object, ...], expected: str
) -> None:
    logging.getLogger("some.package").warning(message, *arguments)
    said = written.getvalue()
    assert expected in said
    assert [word for word in TELLING if word in said] == []
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("plain", ["Import 7d took 3.5 s at 12:00:00", "Django 5.2.19 in a.b.c:d"])
def test_what_names_nobody_stays_as_it_is(plain: str) -> None:
    assert logs.without_anybody(plain) == plain


def test_every_logger_of_django_goes_the_same_way() -> None:
    for name in ("django", "django.request", "django.server", "django.security.csrf"):
        assert logging.getLogger(name).handlers == [], name
        assert logging.getLogger(name).propagate, name
    assert settings.ADMINS == []
    mail_admins("anything", "anything")
    assert not logging.getLogger("django.db.backends").isEnabledFor(logging.DEBUG)


@override_settings(DEBUG=False)
def test_a_report_of_an_error_would_hold_nothing_that_was_sent(rf: Any) -> None:
    request = rf.post("/x/?q=cold+soup", {"words": "Lena was here"}, REMOTE_ADDR="203.0.113.7")
    request.COOKIES["footbridge_session"] = "s3cr3t"
    try:
        typed = request.POST["words"] + " ada@example.org"
        raise RuntimeError("broken")
    except RuntimeError:
        report = ExceptionReporter(request, *sys.exc_info())
    assert typed
    data = report.get_traceback_data()
    assert all(frame["vars"] == [] for frame in data["frames"])
    assert data["filtered_POST_items"] == []
    assert list(data["request_meta"]) == ["REQUEST_METHOD"]


def test_the_server_writes_no_log_of_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    import granian

    from footbridge.cli.commands import serve

    asked: dict[str, Any] = {}

    class Server:
        def __init__(self, target: str, **options: Any) -> None:
            asked.update(options)

        def serve(self, **_: Any) -> None:
            pass

    monkeypatch.setattr(granian, "Granian", Server)
    options = type("Options", (), {"host": "127.0.0.1", "port": 1, "no_worker": True})
    assert serve._run(options()) == 0  # type: ignore[arg-type]
    assert asked["log_access"] is False
    assert asked["log_dictconfig"] == logs.for_server()
    assert logs.for_server()["loggers"]["granian.access"]["handlers"] == []


SCRIPT = """
import os
os.environ |= {"FOOTBRIDGE_HOME": %r, "FOOTBRIDGE_PUBLIC_URL": %r, "FOOTBRIDGE_HTTPS_REDIRECT": "1"}
from footbridge.config import settings as s
print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.LANGUAGE_COOKIE_SECURE)
print(s.SECURE_HSTS_SECONDS, s.SECURE_SSL_REDIRECT)
"""


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://footbridge.example.org", "True True True\n31536000 True\n"),
        ("http://127.0.0.1:8000", "False False False\n0 False\n"),
    ],
)
def test_https_is_followed_through_where_the_public_address_has_it(
    tmp_path: Path, url: str, said: str
) -> None:
    source = Path(logs.__file__).resolve().parents[2]
    found = subprocess.run(
        [sys.executable, "-c", SCRIPT % (str(tmp_path), url)],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(source), "PATH": os.environ["PATH"]},
    )
    assert found.stdout == said, found.stderr
