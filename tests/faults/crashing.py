"""PostgreSQL crashes while programs write: all of it killed, stopped at once, or one process."""

from __future__ import annotations

import random

from tests.faults.home import Home, serving
from tests.faults.killing import let_write
from tests.faults.outcome import Outcome
from tests.faults.postgres import Cluster
from tests.faults.traffic import Traffic


def crash_postgresql(
    home: Home, tokens: list[str], cluster: Cluster, crashes: int, *, seed: int = 1
) -> Outcome:
    """Each kind of crash in turn, at moments drawn by chance."""
    drawn = random.Random(seed)
    with serving(home) as server:
        with Traffic(server, tokens) as traffic:
            for crash in range(crashes):
                let_write(traffic, drawn)
                _crash(cluster, crash)
            let_write(traffic, drawn)
        return traffic.outcome("PostgreSQL crashed", f"{crashes} crashes", home)


def _crash(cluster: Cluster, number: int) -> None:
    if number % 3 == 0:
        cluster.kill()
        cluster.start()
    elif number % 3 == 1:
        cluster.stop()
        cluster.start()
    else:
        cluster.kill_one_backend()
