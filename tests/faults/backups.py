"""Backups while processes write, each brought back elsewhere and looked through."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.faults.home import Home
from tests.faults.outcome import Outcome
from tests.faults.writers import Writers


def back_up_under_load(
    home: Home, backups: int, work: Path, *, elsewhere: Callable[[Path], Home], writers: int = 3
) -> Outcome:
    """What was acknowledged before a backup began is in it; nothing in it is torn."""
    told = found = lost = torn = 0
    words: list[str] = []
    with Writers(home, writers) as running:
        for number in range(backups):
            before = list(running.told)
            said = json.loads(home.run("backup", str(work / "backups"), "--keep", "3", "--json"))
            during = len(running.told) - len(before)
            there = elsewhere(work / f"restored{number}")
            there.run("restore", said["path"])
            texts, ailing = set(there.texts()), there.torn()
            told += len(before)
            found += len(texts.intersection(before))
            lost += len(set(before) - texts)
            torn += bool(ailing)
            words += [f"{during} written meanwhile", *ailing]
            shutil.rmtree(there.folder)
    kept = len(list((work / "backups").glob("*.zip")))
    words += [] if kept == min(3, backups) else [f"{kept} kept"]
    return Outcome(
        f"backup, {home.kind}",
        f"{backups} backups",
        told,
        found,
        lost,
        torn,
        0,
        ", ".join(words[:4]),
    )
