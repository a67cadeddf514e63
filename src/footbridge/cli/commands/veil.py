"""`footbridge veil`: what only the operator can do for people under the radar."""

from __future__ import annotations

import argparse

from footbridge.cli.output import Subparsers, show, takes_json


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser(
        "veil", help="break the glass: read the record of somebody under the radar"
    )
    parser.add_argument("email", help="their address")
    parser.add_argument("--why", required=True, help="the reason, which they will read")
    takes_json(parser)
    parser.set_defaults(run=veil)


def veil(options: argparse.Namespace) -> None:
    """Show the record. The person finds this in their access log, with the reason, and is
    written to where there is a mail server."""
    from footbridge.core.audience import OPERATOR
    from footbridge.veil import actions

    profile = actions.open_record(OPERATOR, address=options.email, why=options.why)
    said = {name: value for name, value in profile.to_json().items() if name != "account"}
    lines = [f"{name}: {value}" for name, value in said.items() if value]
    show(options, said, "\n".join(lines))
