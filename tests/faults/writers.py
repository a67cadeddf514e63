"""Processes that write beside each other, and what each was told."""

from __future__ import annotations

import subprocess
import sys
import threading
from types import TracebackType

from tests.faults.home import ROOT, Home
from tests.faults.processes import wait_until


class Writers:
    """So many processes, writing for as long as the block runs."""

    def __init__(self, home: Home, count: int) -> None:
        self.home, self.count = home, count
        self.told: list[str] = []
        self._running: list[subprocess.Popen[str]] = []

    def __enter__(self) -> Writers:
        for number in range(self.count):
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.writer", str(number), "1000000"],
                env=self.home.environment(),
                stdout=subprocess.PIPE,
                text=True,
                cwd=ROOT,
            )
            self._running.append(process)
            threading.Thread(target=self._listen, args=(process,), daemon=True).start()
        wait_until(lambda: len(self.told) > self.count, "the writers write")
        return self

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            if line.endswith("\n"):
                self.told.append(line.removeprefix("ack ").strip())

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        for process in self._running:
            process.kill()
            process.wait()
