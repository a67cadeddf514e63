"""`footbridge expertise`: who can do something, as far as they listed it."""

from __future__ import annotations

import argparse
from typing import Any

from footbridge.cli.output import Subparsers, show, takes_json


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("expertise", help="who can do something, as they listed it")
    parser.add_argument("--skill", default="", help="in either side's words, such as «negotiation»")
    parser.add_argument("--level", default="", help="at least: helped, did, led or teaches")
    parser.add_argument("--near", default="", help="a town")
    parser.add_argument("--within-km", type=int, default=50, help="(default: 50)")
    parser.add_argument("--language", default="", help="a language code, such as es")
    parser.add_argument("--available", action="store_true", help="has time now")
    parser.add_argument("--confirmed", action="store_true", help="confirmed by who was there")
    parser.add_argument("--page", type=int, default=1, help="(default: 1)")
    takes_json(parser)
    parser.set_defaults(run=expertise)


def expertise(options: argparse.Namespace) -> None:
    """Print who was found; where nobody fits, who comes near and what they lack."""
    from footbridge.core.audience import OPERATOR
    from footbridge.insight.cards import Filters
    from footbridge.insight.expertise import Wanted, search

    where = Filters(near=options.near, within_km=options.within_km, language=options.language)
    wanted = Wanted(options.skill, options.level, options.available, options.confirmed, where)
    answer = search(OPERATOR, wanted, page=options.page)
    data = {
        "understood": [one.label for one in answer.skills],
        "found": [_data(one) for one in answer.found],
        "nearest": [_data(one) for one in answer.nearest],
        "total": answer.total,
    }
    lines = [_words(one) for one in (*answer.found, *answer.nearest)]
    show(options, data, "\n\n".join(lines) or "nobody has listed any expertise")


def _data(one: Any) -> dict[str, Any]:
    return {
        "name": one.card.name,
        "organisation": one.card.organisation,
        "skills": [
            {
                "skill": claim.skill.label,
                "level": claim.level,
                "confirmed": claim.confirmed,
                "episode": claim.episode.title if claim.episode else "",
            }
            for claim in one.claims
        ],
        "free_slots": one.free_slots,
        "offers_it": one.offers_it,
        "missing": [lack.text for lack in one.missing],
    }


def _words(one: Any) -> str:
    organisation = f" ({one.card.organisation})" if one.card.organisation else ""
    lines = [f"{one.card.name}{organisation}"]
    lines += [f"  {claim.skill.label}: {claim.level_words}{_told(claim)}" for claim in one.claims]
    lines += [f"  - {lack.text}" for lack in one.missing]
    return "\n".join(lines)


def _told(claim: Any) -> str:
    confirmed = f", confirmed by {claim.confirmed}" if claim.confirmed else ""
    return f" «{claim.episode.title}»{confirmed}" if claim.episode else confirmed
