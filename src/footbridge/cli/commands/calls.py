"""`footbridge calls`: what is open, until when, and how many answers wait for a word."""

from __future__ import annotations

import argparse
from typing import Any

from footbridge.cli.output import Subparsers, show, takes_json


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("calls", help="calls: what is open, until when, what waits")
    parser.add_argument("--past", action="store_true", help="those that take no more answers")
    takes_json(parser)
    parser.set_defaults(run=calls)


def calls(options: argparse.Namespace) -> None:
    """Print the calls, those that end soonest first."""
    from footbridge.calls import queries
    from footbridge.core.audience import OPERATOR

    page = queries.search(OPERATOR, past=options.past, size=500)
    waiting = queries.how_many_wait(OPERATOR, [one.id for one in page.items])
    found = [(one, waiting.get(one.id, 0)) for one in page.items]
    words = "\n\n".join(_words(one, many) for one, many in found) or "No call is open."
    show(options, [_data(one, many) for one, many in found], words)


def _data(one: Any, waiting: int) -> dict[str, Any]:
    return {
        "slug": one.slug,
        "kind": one.kind,
        "title": one.title,
        "owner": one.owner.name,
        "state": one.state,
        "deadline": one.deadline.isoformat() if one.deadline else None,
        "timezone": one.timezone,
        "waiting": waiting,
    }


def _words(one: Any, waiting: int) -> str:
    from footbridge.core.times import there

    until = "no deadline"
    if one.deadline:
        until = f"until {there(one.deadline, one.timezone):%Y-%m-%d %H:%M} {one.timezone}"
    line = f"  {one.kind_words} · {one.owner.name} · {until}"
    return f"{one.title}\n{line}\n  {waiting} waiting for a word\n  /find/calls/{one.slug}/"
