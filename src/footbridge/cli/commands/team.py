"""`footbridge team`: the fewest people who together have what is needed, and why these."""

from __future__ import annotations

import argparse
from typing import Any

from footbridge.cli.output import Subparsers, show, takes_json


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("team", help="a team for a need, or for some skills")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--need", metavar="ID", help="for this need")
    what.add_argument("--skills", metavar="A,B,…", help="for these skills, by their words")
    takes_json(parser)
    parser.set_defaults(run=team)


def team(options: argparse.Namespace) -> None:
    """Print who could do it together, what each brings, what nobody has and who else could."""
    from footbridge.core.audience import OPERATOR
    from footbridge.exchange import queries as exchange
    from footbridge.insight import teams

    if options.need is not None:
        found = teams.for_need(OPERATOR, exchange.get_need(OPERATOR, options.need))
    else:
        found = teams.for_skills(OPERATOR, _skills(options.skills))
    show(options, _data(found), _words(found))


def _skills(said: str) -> list[Any]:
    """The skills that these words stand for, or a refusal that names the first unknown."""
    from footbridge.core.errors import DomainError
    from footbridge.exchange import queries as exchange

    found = []
    for words in filter(None, (one.strip() for one in said.split(","))):
        skill = exchange.find_skill(words)
        if skill is None:
            raise DomainError(f"no skill is called «{words}»")
        found.append(skill.id)
    return exchange.skills_by_ids(found)


def _data(found: Any) -> dict[str, Any]:
    return {
        "members": [
            {
                "name": one.card.name,
                "organisation": one.card.organisation,
                "skills": list(one.skills),
                "reasons": [reason.text for reason in one.reasons],
            }
            for one in found.members
        ],
        "reasons": list(found.reasons),
        "uncovered": list(found.uncovered),
        "others": {one.label: [card.name for card in one.others] for one in found.skills},
        "proven": found.proven,
    }


def _words(found: Any) -> str:
    lines = [f"{one.card.name}: {', '.join(one.skills)}" for one in found.members]
    lines += [f"  + {words}" for words in found.reasons]
    lines += [f"  - nobody who has time: {label}" for label in found.uncovered]
    for one in found.skills:
        if one.is_covered and one.others:
            lines.append(f"  {one.label}, also: {', '.join(card.name for card in one.others)}")
    return "\n".join(lines) or "nobody"
