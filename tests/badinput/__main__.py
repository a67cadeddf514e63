"""Run the whole attack and say what came of it; `make badinput N=100000` is this.

    python -m tests.badinput [COUNT] [SEED] [--report docs/badinput.md]

The parts run in child processes, two at a time (or FOOTBRIDGE_TEST_PROCESSES), each with a ceiling
on memory and on time.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.quick import at_once

ROOT = Path(__file__).resolve().parents[2]
# Which parts share a process.
TOGETHER = (("pages",), ("api",), ("bodies",), ("uploads",))
SECONDS_TO_BEGIN = 600
SECONDS_A_REQUEST = 1.5

Report = dict[str, dict[str, Any]]


def attack(count: int, seed: int, together: tuple[tuple[str, ...], ...] = TOGETHER) -> Report:
    """What each part saw; a part that ended early is a fault of its own."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(at_once()) as several:
        jobs = [
            several.submit(_child, parts, count, seed, Path(folder) / f"{parts[0]}.json")
            for parts in together
        ]
        found: Report = {}
        for job in jobs:
            found |= job.result()
    return found


def _child(parts: tuple[str, ...], count: int, seed: int, report: Path) -> Report:
    command = [sys.executable, "-m", "tests.badinput.child", ",".join(parts), str(count), str(seed)]
    path = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    try:
        done = subprocess.run(
            [*command, str(report)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": path},
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS_TO_BEGIN + SECONDS_A_REQUEST * count,
        )
    except subprocess.TimeoutExpired:
        return {part: _ended_early("out of time") for part in parts}
    if done.returncode != 0 or not report.exists():
        return {part: _ended_early(done.stderr[-3000:] or str(done.returncode)) for part in parts}
    found: Report = json.loads(report.read_text())
    return found


def _ended_early(why: str) -> dict[str, Any]:
    fault = {"what": "the process ended early", "request": "", "detail": why}
    return {"kinds": {}, "statuses": {}, "checks": {}, "faults": [fault]}


def sent(report: Report) -> int:
    """How many requests were made in all."""
    return sum(sum(part["kinds"].values()) for part in report.values())


def faults(report: Report) -> list[dict[str, str]]:
    """Everything that went wrong, in whatever part."""
    return [fault for part in report.values() for fault in part["faults"]]


def server_errors(report: Report) -> int:
    """How many answers said that something broke on our side."""
    statuses = [pair for part in report.values() for pair in part["statuses"].items()]
    return sum(number for status, number in statuses if int(status) >= 500)


# As a page.


def as_page(report: Report, count: int, seed: int) -> str:
    """The report in Markdown."""
    lines = [
        _OPENING,
        f"Last full run: {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, seed {seed}, "
        f"{sent(report):,} requests ({count:,} asked for), {_machine()}.",
        "",
        "| | |",
        "|---|---|",
        f"| requests made | {sent(report):,} |",
        f"| answers of 500 and above | {server_errors(report)} |",
        f"| faults of any kind | {len(faults(report))} |",
    ]
    for name, part in report.items():
        lines += _part_as_lines(name, part)
    return "\n".join([*lines, *_faults_as_lines(report), _CLOSING])


def _machine() -> str:
    database = "PostgreSQL" if os.environ.get("FOOTBRIDGE_DATABASE_URL") else "SQLite"
    return f"Python {platform.python_version()}, {database}, {os.cpu_count()} cores"


def _part_as_lines(name: str, part: dict[str, Any]) -> list[str]:
    statuses = ", ".join(f"{status}: {n:,}" for status, n in sorted(part["statuses"].items()))
    lines = ["", f"## {_TITLES[name]}", "", f"Answers by status: {statuses}.", ""]
    lines += ["| kind of input | requests |", "|---|---|"]
    lines += [
        f"| {kind} | {number:,} |" for kind, number in sorted(_grouped(part["kinds"]).items())
    ]
    lines += ["", "| looked at | |", "|---|---|"]
    return lines + [f"| {what} | {number:,} |" for what, number in part["checks"].items()]


def _grouped(kinds: dict[str, int]) -> dict[str, int]:
    """Kinds with the same beginning, as in «header: emoji», are one line."""
    found: dict[str, int] = {}
    for kind, number in kinds.items():
        head, colon, _rest = kind.partition(": ")
        name = f"{head} of every kind" if colon else head
        found[name] = found.get(name, 0) + number
    return found


def _faults_as_lines(report: Report) -> list[str]:
    if not faults(report):
        return []
    lines = ["", "## Faults", ""]
    for fault in faults(report)[:200]:
        last = fault["detail"].strip().splitlines()[-1:] or [""]
        lines.append(f"- {fault['what']}: `{fault['request'][:200]}` {last[0][:200]}")
    return lines


_TITLES = {
    "pages": "Pages: texts, numbers, paths, headers, cookies, methods",
    "api": "The API: what its document allows, and what it does not",
    "bodies": "Bodies: alphabets, parts, fields, JSON",
    "uploads": "Files",
}
_OPENING = """# Bad input

Whatever is sent, the answer is a page or a sentence, and what is kept stays whole. `make badinput`
tries that: it walks the site for everything that can be sent (each form as each person sees it,
each route with each name that the code of the pages asks for, each operation of the API, each
upload) and sends texts, numbers, bytes and files that nobody should send. The requests are drawn
from a seed; the same seed sends the same requests.

An answer is a fault if its status is 500 or above; if it holds a tag, an attribute or a link of
ours unescaped, a sum computed, a traceback, a header of ours; if it leads to another site; if it
takes more than 8 seconds of processor time (60 for a file); if the API's document does not know it.
Every several hundred requests all rows are checked (references, lengths, choices, letters), all
letters are looked through, every page is opened again, and the exports are read back. The parts run
in child processes that may take 3 GB each.
"""
_CLOSING = """
## How to repeat it

    make badinput              # 2,000 requests, about two minutes; part of `make check`
    make badinput N=100000     # the full run; writes this page
    make badinput N=100000 SEED=7
    FOOTBRIDGE_DATABASE_URL=postgresql://… make badinput N=100000

Beside the generated requests, `tests/badinput/` holds what can be said in one sentence: redirects
stay here, sign-in changes the session's key, every write asks for a token against forgery, guessing
is stopped alike for known and unknown addresses, file names and head lines carry no line breaks,
and nothing in the program calls out but mail.

## What this does not show

The requests reach the application as the server hands them on; what the server itself refuses
(broken HTTP, endless headers) is the server's to refuse. Load is another matter: this is about what
one request does, not about how many.
"""


def main() -> int:
    """Attack, print, and write the page if one is asked for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("count", type=int, nargs="?", default=2_000)
    asked.add_argument("seed", type=int, nargs="?", default=1)
    asked.add_argument("--report", type=Path)
    said = asked.parse_args()
    report = attack(said.count, said.seed)
    page = as_page(report, said.count, said.seed)
    if said.report:
        said.report.write_text(page)
    print(f"{sent(report):,} requests, {server_errors(report)} answers of 500 and above, ", end="")
    print(f"{len(faults(report))} faults")
    for fault in faults(report)[:20]:
        print(f"- {fault['what']}: {fault['request'][:300]}\n{fault['detail'][-800:]}")
    return 1 if faults(report) else 0


if __name__ == "__main__":
    raise SystemExit(main())
