"""`footbridge suggest`: whom someone should meet, and why."""

from __future__ import annotations

import argparse
from typing import Any

from footbridge.cli.output import Subparsers, show, takes_json


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("suggest", help="whom someone should meet, and why")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--for", dest="member", metavar="NAME_OR_EMAIL", help="for this member")
    what.add_argument("--text", help="for a sentence, such as «we need cold storage»")
    parser.add_argument("--top", type=int, default=10, help="how many (default: 10)")
    takes_json(parser)
    parser.set_defaults(run=suggest)


def suggest(options: argparse.Namespace) -> None:
    """Print suggestions with their reasons and what is missing."""
    from footbridge.cli.members import named
    from footbridge.core.audience import OPERATOR
    from footbridge.insight import queries

    top = max(1, min(options.top, 1000))
    if options.text is not None:
        found = queries.suggest_for_text(OPERATOR, options.text, top=top)
    else:
        found = queries.suggest(OPERATOR, named(options.member), top=top)
    show(options, [_data(one) for one in found], "\n\n".join(_words(one) for one in found))


def _data(found: Any) -> dict[str, Any]:
    return {
        "name": found.card.name,
        "score": found.score,
        "reasons": [
            {"kind": reason.kind, "text": reason.text, "weight": reason.weight}
            for reason in found.reasons
        ],
        "missing": [lack.text for lack in found.missing],
        "near_miss": found.near_miss,
    }


def _words(found: Any) -> str:
    organisation = f" ({found.card.organisation})" if found.card.organisation else ""
    lines = [f"{found.card.name}{organisation}  {found.score:.2f}"]
    lines += [f"  {'+' if reason.weight > 0 else '-'} {reason.text}" for reason in found.reasons]
    lines += [f"  - {lack.text}" for lack in found.missing]
    return "\n".join(lines)
