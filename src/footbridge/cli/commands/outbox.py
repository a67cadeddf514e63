"""`footbridge outbox`: the messages with their links and codes, for who runs the installation."""

from __future__ import annotations

import argparse
from typing import Any

from footbridge.cli.output import Subparsers, show, takes_json

LATEST = 10


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser(
        "outbox",
        help="show the latest messages, codes to sign in included",
        description="Without a mail server you are the postman. Codes and links let people in: "
        "give each one to the person it is for, and to nobody else.",
    )
    parser.add_argument("address", nargs="?", default="", help="only messages to this address")
    parser.add_argument(
        "--latest", type=int, default=LATEST, metavar="N", help=f"how many ({LATEST})"
    )
    takes_json(parser)
    parser.set_defaults(run=outbox)


def outbox(options: argparse.Namespace) -> None:
    """Print the latest messages, the newest first."""
    from footbridge.mail import queries

    letters = queries.latest_of_all(options.address.strip().lower(), max(1, options.latest))
    data = [vars(letter) for letter in letters]
    show(options, data, "\n\n".join(map(_words, letters)) or "There are no messages.")


def _words(letter: Any) -> str:
    from django.utils import timezone

    when = timezone.localtime(letter.at).strftime("%Y-%m-%d %H:%M")
    head = f"{when}  {letter.state}  to {letter.to or 'nobody: there is no address'}"
    return f"{head}\n  {letter.subject}\n" + "\n".join(
        f"    {line}".rstrip() for line in letter.text.strip().splitlines()
    )
