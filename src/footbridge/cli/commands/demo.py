"""`footbridge demo`: an invented network to look around in."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from footbridge.cli.output import Subparsers, show, takes_json


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("demo", help="load an invented network to look around in")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--if-empty", action="store_true", help="load it only where nobody is yet")
    what.add_argument("--again", action="store_true", help="remove it and load it afresh")
    what.add_argument("--wipe", action="store_true", help="remove it, and nothing else")
    takes_json(parser)
    parser.set_defaults(run=demo)


def demo(options: argparse.Namespace) -> None:
    """Load the demo as of today, or take it away."""
    from footbridge.people.demo import has_anyone

    if options.if_empty and has_anyone():
        show(options, {"loaded": False}, "")
    elif options.wipe:
        _wipe(options)
    else:
        _load(options)


def _wipe(options: argparse.Namespace) -> None:
    from footbridge.demo import wipe

    gone = wipe()
    words = f"The demo is gone: {gone} invented members, with all that was theirs."
    show(options, {"wiped": gone}, words if gone else "There is no demo here.")


def _load(options: argparse.Namespace) -> None:
    from footbridge.demo import load

    loaded = load(_progress(), again=options.again)
    data = {"loaded": True, **vars(loaded), "personas": _personas()}
    show(options, data, _words(loaded.people, loaded.organisations, loaded.chapters))


def _progress() -> Callable[[int, int], None]:
    """A line that fills up, where someone watches; silence where nobody does."""
    if not sys.stderr.isatty():
        return lambda _done, _total: None

    def draw(done: int, total: int) -> None:
        if done == total or done % 20 == 0:
            bar = f"{'=' * (30 * done // total):<30}"
            line = f"\rLoading the demo [{bar}] {100 * done // total:3d} %"
            print(line, end="\n" if done == total else "", file=sys.stderr, flush=True)

    return draw


def _personas() -> list[dict[str, str]]:
    from footbridge.people.demo import personas

    return [{"part": one.part, "name": one.card.name, "id": str(one.card.id)} for one in personas()]


def _words(people: int, organisations: int, chapters: int) -> str:
    parts = [f"  {one['name']:<24} {one['part']}" for one in _personas()]
    return "\n".join(
        [
            f"{people} invented people in {organisations} organisations and {chapters} chapters.",
            "On the sign-in page you can be one of these:",
            *parts,
            "To be rid of them all: footbridge demo --wipe",
        ]
    )
