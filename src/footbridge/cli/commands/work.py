"""`footbridge work`: carry news, hand over mail, run imports, let time pass."""

from __future__ import annotations

import argparse
import signal
import threading
from collections.abc import Callable

from footbridge.cli.output import Subparsers, show, takes_json


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("work", help="do what happens without anyone asking")
    parser.add_argument("--once", action="store_true", help="do what is due now, then end")
    takes_json(parser)
    parser.set_defaults(run=work)


def work(options: argparse.Namespace) -> None:
    """Work until told to stop, or until nothing is due. Several may work at once."""
    from footbridge.config import worker

    if options.once:
        done = _all_that_is_due(worker.run_once)
        show(options, {"done": done}, f"Done: {done}." if done else "Nothing was due.")
    else:
        told = _told_to_stop()
        show(options, {"working": True}, "Footbridge is at work. Stop it with Ctrl-C.")
        worker.run_until(told.is_set)


def _all_that_is_due(run_once: Callable[[], int]) -> int:
    """What one piece of work sets going may be due at once."""
    total = 0
    while done := run_once():
        total += done
    return total


def _told_to_stop() -> threading.Event:
    """Set by Ctrl-C, or by whoever runs us as a service; work in hand is finished first."""
    told = threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: told.set())
    return told
