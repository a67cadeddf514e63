"""Every drill in its short form: nothing that was acknowledged is lost, torn, or done twice."""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults import sizes
from tests.faults.power import cut_the_power
from tests.faults.replay import Disk
from tests.faults.run import DRILLS, TESTED_ELSEWHERE, Ground, NotHere, ground
from tests.faults.trace import Made, Synced, Told, Written

# The drills bring their own databases of both kinds: once is enough.
pytestmark = pytest.mark.skipif(
    bool(os.environ.get("FOOTBRIDGE_DATABASE_URL")), reason="run with the tests on SQLite"
)


@pytest.fixture(scope="module")
def place() -> Iterator[Ground]:
    with ground(sizes.wanted()) as made:
        yield made


@pytest.mark.parametrize("name", [name for name in DRILLS if name not in TESTED_ELSEWHERE])
def test_nothing_acknowledged_is_lost_torn_or_done_twice(name: str, place: Ground) -> None:
    try:
        outcome = DRILLS[name](place)
    except NotHere as error:
        pytest.skip(str(error))
    print(outcome)
    assert outcome.is_well, str(outcome)


def test_a_database_that_does_not_sync_each_commit_is_caught(
    place: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The drill of the power cuts finds what is lost where there is something to find: SQLite's
    own default for a log is whole after a power cut, and without what was told last."""
    monkeypatch.setenv("FAULTS_SYNCHRONOUS", "NORMAL")
    outcome = cut_the_power(place.copy("careless"), 40, tmp_path)
    assert outcome.lost > 0
    assert outcome.torn == 0


def test_what_was_not_synced_may_be_gone_and_what_was_is_there(tmp_path: Path) -> None:
    (tmp_path / "d").mkdir()
    disk = Disk(tmp_path, "db")
    for step in (Made("db"), Written("db", 0, b"kept"), Synced("db"), Synced(""), Told("kept")):
        disk.move(step)
    disk.move(Written("db", 4, b"-lost"))
    left = set()
    for seed in range(40):
        disk.lose_power(tmp_path / "d", random.Random(seed))
        left.add((tmp_path / "d" / "db").read_bytes())
    assert left == {b"kept", b"kept-lost"}
    assert disk.told == ["kept"]


def test_a_name_whose_folder_was_not_synced_may_be_gone(tmp_path: Path) -> None:
    disk = Disk(tmp_path, "db")
    for step in (Made("db"), Written("db", 0, b"kept"), Synced("db")):
        disk.move(step)
    found = set()
    for seed in range(40):
        folder = tmp_path / str(seed)
        folder.mkdir()
        disk.lose_power(folder, random.Random(seed))
        found.add((folder / "db").exists())
    assert found == {True, False}


def test_a_row_without_its_line_in_the_journal_is_torn(place: Ground) -> None:
    home = place.copy("half-done")
    assert home.torn() == []
    done = home.script("writer", "0", "1")
    assert done.stdout == "ack A van for writer 0, day 0\n"
    with closing(sqlite3.connect(home.database)) as opened, opened:
        opened.execute("DELETE FROM journal_delivery")
        opened.execute("DELETE FROM journal_entry WHERE verb = 'exchange.need_opened'")
    assert home.torn() == ["a need without its line in the journal"]
