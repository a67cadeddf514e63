"""Power cuts, replayed from one trace: at each of many moments, on what the disk may then hold."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from tests.faults.home import Home, copied, damaged_sqlite
from tests.faults.outcome import Outcome
from tests.faults.replay import Disk
from tests.faults.trace import Step, Synced, record

# Enough that the log is folded into the database under way, and not only where it is closed.
WRITES = 90


def cut_the_power(home: Home, cuts: int, work: Path, *, seed: int = 1) -> Outcome:
    """Trace someone's writes, cut the power at so many moments of them, open what is left."""
    traced = copied(home, work / "traced")
    before = copied(home, work / "before")
    steps = record(traced, WRITES, work / "trace")
    drawn, left = random.Random(seed), work / "left"
    told = found = lost = torn = 0
    words: list[str] = []
    for disk in _at_each(
        _moments(steps, cuts, drawn), Disk(before.folder, before.database.name), steps
    ):
        shutil.rmtree(left, ignore_errors=True)
        left.mkdir()
        chance = disk.lose_power(left, drawn)
        ailing, there = _opened(left / before.database.name)
        told += len(disk.told)
        found += len(there.intersection(disk.told))
        lost += len(set(disk.told) - there)
        torn += bool(ailing)
        words += [f"{chance}: {ailing[0]}"] if ailing else []
    said = f"{len(steps)} steps of {WRITES} writes"
    return Outcome(
        "power cut", f"{cuts} cuts", told, found, lost, torn, 0, ", ".join([said, *words[:3]])
    )


def _moments(steps: Sequence[Step], cuts: int, drawn: random.Random) -> list[int]:
    """Half of them anywhere, half just before and just after a sync, where it is decided."""
    anywhere = [drawn.randrange(len(steps)) for _each in range(cuts - cuts // 2)]
    syncs = [at for at, step in enumerate(steps) if isinstance(step, Synced)]
    syncs = syncs or anywhere
    near = [drawn.choice(syncs) + drawn.choice((-1, 0, 1)) for _each in range(cuts // 2)]
    return sorted(min(max(at, 0), len(steps) - 1) for at in anywhere + near)


def _at_each(moments: list[int], disk: Disk, steps: Sequence[Step]) -> Iterator[Disk]:
    done = 0
    for moment in moments:
        for step in steps[done : moment + 1]:
            disk.move(step)
        done = moment + 1
        yield disk


def _opened(path: Path) -> tuple[list[str], set[str]]:
    """What is wrong with a database after the power came back, and what is in it."""
    ailing = damaged_sqlite(path)
    if ailing:
        return ailing, set()
    with closing(sqlite3.connect(path)) as opened:
        texts = {row[0] for row in opened.execute("SELECT text FROM exchange_need")}
        half = opened.execute(
            "SELECT count(*) FROM exchange_need n WHERE NOT EXISTS (SELECT 1 FROM journal_entry e "
            "WHERE e.subject = n.id AND e.verb = 'exchange.need_opened')"
        ).fetchone()[0]
    return ([f"{half} half done"] if half else []), texts
