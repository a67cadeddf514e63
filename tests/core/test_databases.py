"""What was acknowledged is on the disk: asked of a live connection, with the shipped settings."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, connection, connections, transaction
from django.db.utils import ConnectionHandler

from footbridge.config.settings import _database

pytestmark = pytest.mark.django_db


@pytest.fixture
def shipped(tmp_path: Path) -> Iterator[Any]:
    """A connection to a new SQLite database as an installation opens it."""
    said = _database("", tmp_path)
    handler = ConnectionHandler({"default": said})
    yield handler["default"]
    handler["default"].close()


def _asked(opened: Any, pragma: str) -> Any:
    with opened.cursor() as cursor:
        return cursor.execute(f"PRAGMA {pragma}").fetchone()[0]


def test_sqlite_writes_ahead_syncs_fully_waits_and_keeps_its_foreign_keys(shipped: Any) -> None:
    assert _asked(shipped, "journal_mode") == "wal"
    assert _asked(shipped, "synchronous") == 2  # FULL
    assert _asked(shipped, "foreign_keys") == 1
    assert _asked(shipped, "busy_timeout") == 20_000


def test_a_transaction_of_sqlite_takes_the_write_lock_at_once(shipped: Any, tmp_path: Path) -> None:
    with shipped.cursor() as cursor:
        cursor.execute("CREATE TABLE t (x)")
    impatient = _database("", tmp_path)
    impatient["OPTIONS"]["timeout"] = 0.2
    other = ConnectionHandler({"default": impatient})["default"]
    shipped.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    try:
        with pytest.raises(OperationalError, match="locked"), other.cursor() as cursor:
            cursor.execute("INSERT INTO t VALUES (1)")
    finally:
        shipped.rollback()
        other.close()


def test_a_second_writer_of_sqlite_waits_for_the_first(shipped: Any, tmp_path: Path) -> None:
    with shipped.cursor() as cursor:
        cursor.execute("CREATE TABLE t (x)")
    waited: list[float] = []
    asking = threading.Event()

    def second() -> None:
        other = ConnectionHandler({"default": _database("", tmp_path)})["default"]
        with other.cursor() as cursor:
            began = time.monotonic()
            asking.set()
            cursor.execute("INSERT INTO t VALUES (2)")
        waited.append(time.monotonic() - began)
        other.close()

    shipped.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    thread = threading.Thread(target=second)
    thread.start()
    assert asking.wait(timeout=20)
    time.sleep(0.4)
    with shipped.cursor() as cursor:
        cursor.execute("INSERT INTO t VALUES (1)")
    shipped.commit()
    thread.join(timeout=20)
    assert waited[0] > 0.3


def _next_request(opened: Any) -> Any:
    """As Django begins a request, and asks its first question."""
    opened.close_if_unusable_or_obsolete()
    with opened.cursor() as cursor:
        cursor.execute("SELECT 1")
    return opened.connection


def test_sqlite_stays_open_from_one_request_to_the_next(shipped: Any, tmp_path: Path) -> None:
    (tmp_path / "footbridge.sqlite3").touch()
    first = _next_request(shipped)
    assert _next_request(shipped) is first


def test_a_database_that_was_put_in_the_place_of_another_is_opened(
    shipped: Any, tmp_path: Path
) -> None:
    place = tmp_path / "footbridge.sqlite3"
    place.touch()
    first = _next_request(shipped)
    with shipped.cursor() as cursor:
        cursor.execute("CREATE TABLE before (x)")
    place.rename(tmp_path / "aside.sqlite3")
    place.touch()
    assert _next_request(shipped) is not first
    assert "before" not in shipped.introspection.table_names()


def test_the_database_of_the_tests_waits_and_locks_as_the_shipped_one_does() -> None:
    """The tests leave out nothing but the sync to disk of SQLite."""
    if connection.vendor == "sqlite":
        assert _asked(connection, "journal_mode") == "wal"
        assert _asked(connection, "foreign_keys") == 1
        assert _asked(connection, "busy_timeout") == 20_000
        assert settings.DATABASES["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        return
    with connection.cursor() as cursor:
        for setting, value in {"synchronous_commit": "on", "lock_timeout": "20s"}.items():
            cursor.execute(f"SHOW {setting}")
            assert cursor.fetchone() == (value,)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own setting")
def test_synchronous_commit_stays_on_within_a_transaction_and_on_every_connection() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        assert cursor.fetchone() == ("on",)
    fresh = connections.create_connection("default")
    with fresh.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        assert cursor.fetchone() == ("on",)
    fresh.close()


def test_options_of_an_address_are_kept_beside_ours(tmp_path: Path) -> None:
    address = "postgresql://a:b@host/name?options=-c%20statement_timeout%3D5s&sslmode=require"
    options = _database(address, tmp_path)["OPTIONS"]
    assert options["sslmode"] == "require"
    assert options["options"].startswith("-c statement_timeout=5s -c synchronous_commit=on")
