"""The member whom the twins take away left something in every table that sessions have."""

from __future__ import annotations

import pytest

from footbridge.journal.actions import deliver_due
from tests.twin import behind, evenings, hidden, network
from tests.twin.network import Stage
from tests.twin.still import act

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(db: None) -> Stage:
    return network.build("an evening", listed=True)


def test_they_leave_something_in_every_table_and_take_all_of_it_along(stage: Stage) -> None:
    assert stage.listed is not None
    assert evenings.tables_without(stage.listed) == []
    assert len(said_in_rows(stage)) > 15
    hidden._hide(stage)
    with act(stage.seed, "worker", 0):
        while deliver_due():
            pass
    assert said_in_rows(stage) == {}


def said_in_rows(stage: Stage) -> dict[str, list[str]]:
    """Their words, by table, wherever a row outside the veil says one."""
    found = {name: behind.canaries_in(stage, rows) for name, rows in behind.tables(stage).items()}
    return {name: words for name, words in found.items() if words}
