"""What was sent and what came back, counted; and each fault with what it takes to repeat it."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

SHOWN = 400


@dataclass
class Tally:
    """The requests of one part by kind, the answers by status, and what went wrong."""

    kinds: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    faults: list[dict[str, str]] = field(default_factory=list)
    checks: Counter[str] = field(default_factory=Counter)

    @property
    def sent(self) -> int:
        """How many requests were sent."""
        return sum(self.kinds.values())

    def note(self, kind: str, status: int) -> None:
        """One request of a kind was answered."""
        self.kinds[kind] += 1
        self.statuses[str(status)] += 1

    def checked(self, what: str, times: int = 1) -> None:
        """Something was looked at afterwards."""
        self.checks[what] += times

    def fault(self, what: str, request: object, detail: object = "") -> None:
        """Something went wrong; one example of each is enough to mend it."""
        said = {"what": what, "request": _short(request), "detail": _short(detail, 4000)}
        self.faults.append(said)
        print(f"fault: {said['what']}: {said['request']}", file=sys.stderr, flush=True)

    def as_dict(self) -> dict[str, Any]:
        """The same for a report."""
        return {
            "kinds": self.kinds,
            "statuses": self.statuses,
            "checks": self.checks,
            "faults": self.faults,
        }


def _short(thing: object, most: int = SHOWN) -> str:
    said = thing if isinstance(thing, str) else repr(thing)
    kept = said if len(said) <= most else f"{said[:most]}… ({len(said)} characters)"
    return kept.encode("utf-8", "backslashreplace").decode()
