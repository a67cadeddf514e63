"""The stage, set up and held still for as long as it is played on; afterwards nothing remains."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from footbridge.core import clock, ids
from tests.cast import Cast
from tests.conftest import NOON
from tests.matrix import sentinels
from tests.matrix.sending import steady
from tests.matrix.stage import Stage, set_up


@contextmanager
def opened() -> Iterator[Stage]:
    """One transaction around all that is played; each request in it is undone by itself."""
    with (
        clock.held_at(NOON),
        ids.repeatable("the matrix"),
        steady(NOON.timestamp()),
        transaction.atomic(),
    ):
        stage = set_up(Cast())
        stage.sentinels = sentinels.plant(stage)
        yield stage
        transaction.set_rollback(True)
