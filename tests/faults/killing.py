"""The server is killed with its worker while programs write."""

from __future__ import annotations

import random
import time

from tests.faults.home import Home, Server
from tests.faults.outcome import Outcome
from tests.faults.processes import wait_until
from tests.faults.traffic import Traffic


def kill_the_server(home: Home, tokens: list[str], kills: int, *, seed: int = 1) -> Outcome:
    """kill -9 of all its processes at moments drawn by chance, and start it again."""
    drawn = random.Random(seed)
    server = Server(home)
    server.start()
    try:
        with Traffic(server, tokens) as traffic:
            for _kill in range(kills):
                let_write(traffic, drawn)
                server.kill()
                server.start()
        return traffic.outcome("server killed", f"{kills} kills", home)
    finally:
        server.kill()


def let_write(traffic: Traffic, drawn: random.Random) -> None:
    """Until something was acknowledged since the last fault, and a little longer."""
    before = len(traffic.acknowledged)
    wait_until(lambda: len(traffic.acknowledged) > before + 10, "something is acknowledged")
    time.sleep(drawn.uniform(0, 0.3))
