"""What every test may use: the cast, a way to let time pass, the worker on call."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings as hypothesis_settings

from footbridge.core import clock, ids
from tests.quick import find_static_files_once

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

    from tests.cast import Cast

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

# An example that takes long says that the machine was busy, and nothing of what is tested.
hypothesis_settings.register_profile("footbridge", deadline=None)
hypothesis_settings.load_profile("footbridge")


@pytest.fixture(autouse=True)
def still_clock_and_ids(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every test begins at the same noon and draws the same ids, unless a browser is watching."""
    if request.node.get_closest_marker("browser"):
        yield
        return
    with clock.held_at(NOON), ids.repeatable(request.node.nodeid):
        yield


@pytest.fixture(autouse=True)
def nothing_remembered_of_another_test() -> None:
    """What a process remembers, of the network and of how often somebody tried, goes with each
    test's rows."""
    from django.core.cache import cache

    from footbridge.insight import network

    network.forget()
    cache.clear()


@pytest.fixture(scope="session", autouse=True)
def static_files_found_once() -> None:
    find_static_files_once()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The database of the tests, which comes back to this state after each test that commits."""
    from tests.emptying import keep_what_is_there, note_migrations_as_taken

    with django_db_blocker.unblock():
        note_migrations_as_taken()
        keep_what_is_there()


@pytest.fixture
def cast(db: None) -> Cast:
    """The people of every story, each made when first called for."""
    from tests.cast import Cast

    return Cast()


@pytest.fixture
def worker(db: None) -> Callable[[], int]:
    """Do all that is due, until nothing is."""
    from footbridge.journal.actions import deliver_due

    def work() -> int:
        done = 0
        while made := deliver_due():
            done += made
        return done

    return work


@pytest.fixture(scope="session")
def public_data() -> Path:
    """The folder of public data sets; tests that need it skip where it is absent."""
    default = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(os.environ.get("FOOTBRIDGE_DATA", default))
    if not folder.is_dir():
        pytest.skip(f"no public data at {folder}")
    return folder
