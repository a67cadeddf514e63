"""`python -m tests.twin --pairs 300`: run many pairs and write the report.

Without `--figures` it is the whole run: each database that there is, in two processes, then the
report. With it, one share of one database.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from tests.quick import at_once, find_static_files_once

REPORT = Path(__file__).resolve().parents[2] / "docs" / "privacy-report.md"


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "footbridge.config.settings_test")
    options = _options()
    if options.figures:
        return _share(options)
    return _whole(options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.twin", description=__doc__)
    parser.add_argument("--pairs", type=int, default=20)
    parser.add_argument("--observers", type=int, default=3, help="for each pair, of twelve")
    parser.add_argument("--seed", default="twin")
    parser.add_argument("--full", action="store_true", help="ask everything by every means")
    parser.add_argument("--without-leaks", action="store_true", help="plant none")
    parser.add_argument("--processes", type=int, default=at_once())
    parser.add_argument("--report", type=Path, default=REPORT)
    parser.add_argument(
        "--kept",
        type=Path,
        help="a folder for the figures of each network: a run that was broken off goes on",
    )
    parser.add_argument("--share", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--of", type=int, default=1, help=argparse.SUPPRESS)
    parser.add_argument("--figures", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def _whole(options: argparse.Namespace) -> int:
    import django

    django.setup()
    from tests.twin import report
    from tests.twin.children import DATABASE, Order, run

    order = Order(
        options.pairs,
        options.observers,
        options.seed,
        options.full,
        not options.without_leaks,
        options.processes,
        options.kept,
    )
    named = os.environ.get(DATABASE, "")
    runs = {"SQLite": run(order, database="")}
    if named:
        runs["PostgreSQL"] = run(order, database=named)
    how = f"make twin N={options.pairs} ARGS='--observers {options.observers}'"
    report.write(runs, options.report, how)
    good = True
    for name, tally in runs.items():
        caught = sum(map(bool, tally.leaks.values()))
        print(
            f"{name}: {tally.pairs} pairs, {tally.observations} observations, "
            f"{tally.requests:,} requests, {len(tally.differing)} differences; "
            f"planted leaks caught: {caught} of {len(tally.leaks)}; {tally.seconds:.0f} seconds"
        )
        good = good and not tally.differing and caught == len(tally.leaks)
    return 0 if good else 1


def _share(options: argparse.Namespace) -> int:
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import setup_test_environment, teardown_test_environment

    from tests.twin.databases import Worlds
    from tests.twin.run import Task, run, write
    from tests.twin.script import FULL, SHORT
    from tests.twin.still import stillness

    setup_test_environment()
    find_static_files_once()
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    task = Task(
        options.pairs,
        options.seed,
        options.observers,
        FULL if options.full else SHORT,
        leaks=not options.without_leaks,
        share=options.share,
        of=options.of,
        kept=options.kept,
    )
    worlds = Worlds(connection.settings_dict["NAME"])
    try:
        with stillness():
            tally = run(worlds, task, say=lambda words: print(words, file=sys.stderr, flush=True))
        write(tally, options.figures)
    finally:
        worlds.close()
        connection.creation.destroy_test_db(before, verbosity=0)
        teardown_test_environment()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
