"""Programs that write without pause, and hold on to each request until it is acknowledged."""

from __future__ import annotations

import http.client
import threading
import time
import uuid
from collections import Counter
from types import TracebackType

from tests.faults.home import Home, Server
from tests.faults.outcome import Outcome


class Traffic:
    """One thread for each token: it sends a need under a key of its own, again and again with that
    key until the answer says that it is done, and then the next."""

    def __init__(self, server: Server, tokens: list[str]) -> None:
        self.server = server
        self.acknowledged: list[str] = []
        self.again: Counter[str] = Counter()
        self.refused: Counter[int] = Counter()
        self._ending = threading.Event()
        self._threads = [
            threading.Thread(target=self._write, args=(number, token), daemon=True)
            for number, token in enumerate(tokens)
        ]

    def __enter__(self) -> Traffic:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Let each finish the request that it holds."""
        self._ending.set()
        for thread in self._threads:
            thread.join(timeout=0 if error else 120)

    def _write(self, number: int, token: str) -> None:
        count = 0
        while not self._ending.is_set():
            count += 1
            self._insist(token, f"A van for program {number}, day {count}")

    def _insist(self, token: str, text: str) -> None:
        key = str(uuid.uuid4())
        while not self._taken(token, key, text):
            self.again[text] += 1
            time.sleep(0.05)
        self.acknowledged.append(text)

    def _taken(self, token: str, key: str, text: str) -> bool:
        try:
            status, _headers, _body = self.server.post("/api/v1/needs", token, key, {"text": text})
        except (OSError, http.client.HTTPException):
            return False
        if status != 201:
            self.refused[status] += 1
        return status == 201

    def outcome(self, drill: str, tries: str, home: Home) -> Outcome:
        """Compare what was acknowledged with what is there, now that everyone is done."""
        told, found = set(self.acknowledged), Counter(home.texts())
        mistaken = {status: n for status, n in self.refused.items() if status != 503}
        torn = home.torn()
        words = [f"asked again {self.again.total()}"]
        words += [f"503 {self.refused[503]}"] if self.refused[503] else []
        words += [f"other answers {mistaken}"] if mistaken else []
        return Outcome(
            drill,
            tries,
            acknowledged=len(told),
            found=len(told & set(found)),
            lost=len(told - set(found)),
            torn=len(torn) + len(set(found) - told),
            duplicates=sum(found.values()) - len(found),
            words=", ".join(words + torn),
        )
