"""The stage on which every cell is played: set up once, untouched by what is played on it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest

from tests.matrix.opened import opened
from tests.matrix.stage import Stage


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    """One transaction around all tests of a file; each request in it is undone by itself."""
    with django_db_blocker.unblock(), opened() as stage:
        yield stage


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Thousands of refusals are not worth thousands of lines."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)
