"""`make faults`: every drill, or those that are named, each with its line.

python -m tests.faults [short|full] [DRILL ...] [--report docs/faults.md]
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from tests.faults import sizes
from tests.faults.outcome import Outcome
from tests.faults.report import write
from tests.faults.run import DRILLS, Ground, NotHere, ground


def main() -> int:
    """Run the drills; 1 where anything was lost, torn or done twice, or could not be tried."""
    words = _words()
    wanted = sizes.wanted(words.size)
    began, lines, done = time.monotonic(), [], []
    with ground(wanted) as place:
        for name in words.drills or DRILLS:
            outcome, line = _run(name, place)
            print(line, flush=True)
            lines.append(line)
            done.append(outcome)
    if words.report:
        write(words.report, words.size, wanted, lines, time.monotonic() - began)
    return 0 if all(one is not None and one.is_well for one in done) else 1


def _words() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make faults")
    parser.add_argument("size", nargs="?", choices=sorted(sizes.NAMED), default="short")
    parser.add_argument("drills", nargs="*", metavar="DRILL", help=", ".join(DRILLS))
    parser.add_argument("--report", type=Path)
    words = parser.parse_args()
    unknown = set(words.drills) - set(DRILLS)
    if unknown:
        parser.error(f"no such drill: {', '.join(sorted(unknown))}")
    return words


def _run(name: str, place: Ground) -> tuple[Outcome | None, str]:
    try:
        outcome = DRILLS[name](place)
    except NotHere as error:
        return None, f"{name}: not tried, {error}"
    return outcome, str(outcome) if outcome.is_well else f"{outcome}   <-- NOT WELL"


if __name__ == "__main__":
    sys.exit(main())
