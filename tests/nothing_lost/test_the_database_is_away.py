"""While the database is away, full or read-only: nothing typed is lost, and nothing pretends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import (
    DatabaseError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    ProgrammingError,
    connection,
)
from django.utils import translation

from footbridge.core import database
from footbridge.core.database import Ailment, ailment_in
from footbridge.exchange.models import Need
from footbridge.journal.models import Receipt
from tests.cast import Cast
from tests.nothing_lost.browser import form_with, opened, signed_in
from tests.nothing_lost.test_calls_count_once import call, token_of

NEED = "/needs-and-offers/need/"
IS_SQLITE = connection.vendor == "sqlite"


@pytest.fixture(autouse=True)
def well_again() -> Iterator[None]:
    yield
    database.note_written()


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Any]:
    """Cut the process off from its database; calling it does."""
    kept = dict(connection.settings_dict)

    def cut() -> None:
        connection.close()
        if IS_SQLITE:
            connection.settings_dict["NAME"] = str(tmp_path / "gone" / "footbridge.sqlite3")
        else:
            connection.settings_dict["HOST"], connection.settings_dict["PORT"] = "127.0.0.1", "1"

    def back() -> None:
        connection.close()
        connection.settings_dict.update(kept)

    yield cut, back
    back()


def refuse_writes(refuses: bool) -> None:
    """Have the database take no more writes, as it does when its disk is read-only."""
    if IS_SQLITE:
        statement = f"PRAGMA query_only = {'ON' if refuses else 'OFF'}"
    else:
        mode = "READ ONLY" if refuses else "READ WRITE"
        statement = f"SET SESSION CHARACTERISTICS AS TRANSACTION {mode}"
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_a_page_without_the_database_says_when_to_come_again(
    cast: Cast, away: Any, language: str
) -> None:
    client = signed_in(cast.seeker)
    cut, _back = away
    cut()
    answer = client.get("/", headers={"accept-language": language})
    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert "no-store" in answer["Cache-Control"]
    with translation.override(language):
        title = translation.gettext("One moment, please")
    assert f'<html lang="{language}"' in answer.content.decode()
    assert title in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_what_was_typed_is_offered_again_with_the_same_key(cast: Cast, away: Any) -> None:
    client = signed_in(cast.seeker)
    form = opened(client, NEED, "text", text="Cold storage, two nights\na week & <more>")
    cut, back = away
    cut()
    answer = client.post(form.action, form.fields)
    assert answer.status_code == 503
    assert "two nights" in answer.content.decode()
    again = form_with(answer.content, "text")
    assert again.fields == form.fields
    back()
    assert client.post(again.action, again.fields).status_code == 302
    assert client.post(form.action, form.fields).status_code == 302
    assert Need.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_program_is_told_to_come_again(cast: Cast, away: Any) -> None:
    token = token_of(cast.seeker)
    cut, back = away
    cut()
    for key in ("", "1"):
        answer = call(token, key, "POST", "/needs", {"text": "A van"})
        assert (answer.status_code, answer["Retry-After"]) == (503, "30")
        assert answer.json()["code"] == "away"
    back()
    assert call(token, "1", "POST", "/needs", {"text": "A van"}).status_code == 201


@pytest.mark.django_db(transaction=True)
def test_reading_goes_on_and_says_so_while_nothing_can_be_written(cast: Cast) -> None:
    client = signed_in(cast.seeker)
    assert "Nothing can be written" not in client.get("/you/").content.decode()
    form = opened(client, NEED, "text", text="Cold storage, two nights a week")
    token = token_of(cast.seeker)
    refuse_writes(True)
    try:
        answer = client.post(form.action, form.fields)
        assert (answer.status_code, answer["Retry-After"]) == (503, "60")
        for path in ("/", "/you/", "/find/", "/needs-and-offers/"):
            page = client.get(path)
            assert page.status_code == 200, path
            assert "Nothing can be written just now" in page.content.decode(), path
        assert call(token, "", "GET", "/me").status_code == 200
        assert call(token, "1", "POST", "/needs", {"text": "A van"}).status_code == 503
    finally:
        refuse_writes(False)
    again = form_with(answer.content, "text")
    assert client.post(again.action, again.fields).status_code == 302
    assert "Nothing can be written" not in client.get("/you/").content.decode()
    assert (Need.objects.count(), Receipt.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(not IS_SQLITE, reason="a full disk is SQLite's own word for it here")
def test_a_full_disk_refuses_the_write_and_keeps_the_words(cast: Cast) -> None:
    client = signed_in(cast.seeker)
    typed = "Cold storage. " * 30
    forms = [opened(client, NEED, "text", text=typed + str(n)) for n in range(40)]
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        [pages] = cursor.execute("PRAGMA page_count").fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages}")
    try:
        answers = [client.post(form.action, form.fields) for form in forms]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")
    done = [form for form, answer in zip(forms, answers) if answer.status_code == 302]
    refused = [answer for answer in answers if answer.status_code == 503]
    assert len(done) + len(refused) == 40
    assert refused[0]["Retry-After"] == "120"
    assert "The disk is full" in refused[0].content.decode()
    assert typed.strip() in form_with(refused[0].content, "text").fields["text"]
    assert Need.objects.count() == len(done) == Receipt.objects.count()


# What ails it.


def _error(kind: type[Exception], cause: Exception | None) -> Exception:
    error = kind("words")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("cause", "kind", "ailment"),
    [
        (psycopg.errors.DiskFull, OperationalError, Ailment.FULL),
        (psycopg.errors.ReadOnlySqlTransaction, DatabaseError, Ailment.READ_ONLY),
        (psycopg.errors.AdminShutdown, OperationalError, Ailment.AWAY),
        (psycopg.errors.CannotConnectNow, OperationalError, Ailment.AWAY),
        (psycopg.errors.TooManyConnections, OperationalError, Ailment.AWAY),
        (psycopg.errors.LockNotAvailable, OperationalError, Ailment.BUSY),
        (psycopg.errors.DeadlockDetected, OperationalError, Ailment.BUSY),
        (psycopg.errors.ConnectionFailure, OperationalError, Ailment.AWAY),
        (psycopg.OperationalError, OperationalError, Ailment.AWAY),
        (psycopg.InterfaceError, InterfaceError, Ailment.AWAY),
        (psycopg.errors.UniqueViolation, IntegrityError, None),
        (psycopg.errors.UndefinedTable, ProgrammingError, None),
    ],
)
def test_each_word_of_postgresql_is_understood(
    cause: type[Exception], kind: type[Exception], ailment: Ailment | None
) -> None:
    assert ailment_in(_error(kind, cause("words"))) is ailment


def test_a_mistake_of_ours_is_not_taken_for_an_ailment(tmp_path: Path) -> None:
    import sqlite3

    with pytest.raises(sqlite3.OperationalError) as caught:
        sqlite3.connect(tmp_path / "empty").execute("SELECT * FROM nothing")
    assert ailment_in(_error(OperationalError, caught.value)) is None
    assert ailment_in(ValueError("words")) is None
    assert ailment_in(None) is None
