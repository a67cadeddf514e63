"""`footbridge seat`: who sits with whom in a session, round after round."""

from __future__ import annotations

import argparse
from typing import Any

from footbridge.cli.output import Subparsers, show, takes_json


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("seat", help="who sits with whom in a session")
    parser.add_argument("--session", required=True, metavar="ID", help="which session")
    parser.add_argument(
        "--again",
        action="store_true",
        help="make the tables of the rounds that have not begun anew, for whoever is there now",
    )
    takes_json(parser)
    parser.set_defaults(run=seat)


def seat(options: argparse.Namespace) -> None:
    """Print the tables that were made; make them where there are none yet."""
    from footbridge.core.audience import OPERATOR
    from footbridge.insight import seating
    from footbridge.meetings import queries

    session = queries.get(OPERATOR, options.session)
    found = queries.rounds(OPERATOR, session)
    if options.again or not found:
        found = seating.make_tables(actor=OPERATOR, session=session)
    show(options, [_data(one) for one in found], "\n\n".join(_words(one) for one in found))


def _data(found: Any) -> dict[str, Any]:
    return {
        "round": found.number,
        "title": found.title,
        "minutes": found.minutes,
        "tables": [
            {"table": one.number, "people": list(one.names), "why": one.why} for one in found.tables
        ],
        "left_over": list(found.left_over),
    }


def _words(found: Any) -> str:
    lines = [f"{found.number}. {found.title}, {found.minutes} minutes"]
    lines += [f"  {one.number}  {', '.join(one.names)}  ({one.why})" for one in found.tables]
    lines += [f"  -  {one}" for one in found.left_over]
    return "\n".join(lines)
