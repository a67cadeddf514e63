"""`footbridge circles`: circles that could be in a chapter, and why."""

from __future__ import annotations

import argparse
from typing import Any

from footbridge.cli.output import Subparsers, show, takes_json


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("circles", help="circles that could be in a chapter, and why")
    parser.add_argument("--chapter", metavar="NAME", help="which one (default: the only one)")
    parser.add_argument("--size", type=int, default=6, help="about how many (default: 6)")
    parser.add_argument("--seed", type=int, default=0, help="another number, other circles as good")
    takes_json(parser)
    parser.set_defaults(run=circles)


def circles(options: argparse.Namespace) -> None:
    """Print proposals: around a cause, and out of people who worked together."""
    from footbridge.core.audience import OPERATOR
    from footbridge.insight import circles as insight

    chapter = _chapter(options.chapter)
    size = max(4, min(options.size, 8))
    found = insight.around_causes(OPERATOR, chapter, size=size, seed=options.seed)
    found += insight.of_builders(OPERATOR, chapter)
    words = "\n\n".join(_words(one) for one in found) or "No circle could be formed yet."
    show(options, [_data(one) for one in found], words)


def _chapter(name: str | None) -> Any:
    from footbridge.core.audience import OPERATOR
    from footbridge.core.errors import DomainError
    from footbridge.people import queries

    chapters = list(queries.chapters(OPERATOR))
    if name:
        chapters = [one for one in chapters if name in (one.name, str(one.id))]
    if len(chapters) != 1:
        names = ", ".join(one.name for one in queries.chapters(OPERATOR))
        raise DomainError(f"say which chapter with --chapter: {names or 'there is none yet'}")
    return chapters[0]


def _data(found: Any) -> dict[str, Any]:
    return {
        "kind": str(found.kind),
        "cause": found.cause,
        "people": [
            {"name": one.name, "organisation": one.organisation, "sector": one.sector}
            for one in found.members
        ],
        "reasons": list(found.reasons),
    }


def _words(found: Any) -> str:
    lines = [found.cause or "Builder circle"]
    lines += [f"  {one.name}{_at(one)}" for one in found.members]
    lines += [f"  + {reason}" for reason in found.reasons]
    return "\n".join(lines)


def _at(one: Any) -> str:
    return f" ({one.organisation})" if one.organisation else ""
