"""`footbridge link`: a way in for someone whom no mail reaches."""

from __future__ import annotations

import argparse
from datetime import timedelta
from uuid import UUID

from footbridge.cli.output import Subparsers, show, takes_json

LASTS = timedelta(hours=1)


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("link", help="make a sign-in link for someone who joined")
    parser.add_argument("email", help="their address")
    takes_json(parser)
    parser.set_defaults(run=link)


def link(options: argparse.Namespace) -> None:
    """Print a link with which one person signs in within the hour. Pass it on with care."""
    from footbridge.core.audience import OPERATOR
    from footbridge.core.errors import DomainError
    from footbridge.people import queries

    person = queries.find(OPERATOR, options.email)
    if person is None or not person.is_person:
        raise DomainError(f"nobody here has the address {options.email}")
    if not person.has_joined:
        raise DomainError(f"{person.name} has not joined: invite them from the host's page")
    address = sign_in_link(person.id)
    show(options, {"link": address, "hours": 1}, address)


def sign_in_link(person: UUID) -> str:
    """The address that signs one person in, for an hour."""
    from django.conf import settings

    from footbridge.core import links

    token = links.sign("sign-in", person, person, lasts=LASTS)
    return f"{settings.PUBLIC_URL}/sign-in/by/{token}/"
