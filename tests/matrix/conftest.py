"""The stage on which every cell is played: set up once, untouched by what is played on it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from footbridge.core import clock, ids
from tests.cast import Cast
from tests.conftest import NOON
from tests.matrix.sending import steady
from tests.matrix.stage import Stage, set_up


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    """One transaction around all tests of a file; each request in it is undone by itself."""
    with (
        django_db_blocker.unblock(),
        clock.held_at(NOON),
        ids.repeatable("the matrix"),
        steady(NOON.timestamp()),
        transaction.atomic(),
    ):
        yield set_up(Cast())
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Thousands of refusals are not worth thousands of lines."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)
