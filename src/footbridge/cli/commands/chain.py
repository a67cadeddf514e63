"""`footbridge chain`: the warmest ways from one member to another."""

from __future__ import annotations

import argparse
from typing import Any

from footbridge.cli.output import Subparsers, show, takes_json


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("chain", help="the warmest ways from one member to another")
    parser.add_argument("--from", dest="source", required=True, metavar="A", help="who seeks")
    parser.add_argument("--to", dest="target", required=True, metavar="B", help="who is sought")
    parser.add_argument("--top", type=int, default=5, help="how many (default: 5)")
    takes_json(parser)
    parser.set_defaults(run=chain)


def chain(options: argparse.Namespace) -> None:
    """Print the chains, strongest first; nothing where there is none."""
    from footbridge.cli.members import named
    from footbridge.core.audience import OPERATOR
    from footbridge.insight import queries

    source, target = named(options.source), named(options.target)
    found = queries.chains(OPERATOR, source, target, top=max(1, min(options.top, 100)))
    words = "\n".join(_words(one) for one in found) or "No chain is known."
    show(options, [_data(one) for one in found], words)


def _data(found: Any) -> dict[str, Any]:
    return {"steps": _names(found), "strength": found.strength}


def _words(found: Any) -> str:
    return f"{found.strength:.2f}  " + " → ".join(_names(found))


def _names(found: Any) -> list[str]:
    return [stone.card.name if stone.card else "?" for stone in found.stones]
