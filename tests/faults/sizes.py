"""How much of each drill: `short` with every change, `full` for the published report."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields, replace


@dataclass(frozen=True)
class Sizes:
    """How often each fault is brought about."""

    kills: int
    power_cuts: int
    crashes: int
    mail_kills: int
    mails: int
    backups: int
    migrations: int


NAMED = {
    "short": Sizes(
        kills=20, power_cuts=200, crashes=5, mail_kills=20, mails=60, backups=5, migrations=3
    ),
    "full": Sizes(
        kills=300,
        power_cuts=5000,
        crashes=50,
        mail_kills=300,
        mails=1000,
        backups=50,
        migrations=60,
    ),
}


def wanted(words: str = "") -> Sizes:
    """The sizes of a name, each of them changed where FAULTS_<NAME> says so.

    FAULTS=full FAULTS_KILLS=30 is the full form with thirty kills.
    """
    named = NAMED[words or os.environ.get("FAULTS", "") or "short"]
    said = {each.name: os.environ.get(f"FAULTS_{each.name.upper()}") for each in fields(Sizes)}
    return replace(named, **{name: int(value) for name, value in said.items() if value})
