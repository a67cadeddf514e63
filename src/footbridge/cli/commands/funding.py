"""`footbridge funding`: bring lists of calls and grants in, and find what one can apply for."""

from __future__ import annotations

import argparse
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from footbridge.cli.output import DONE, Subparsers, show, takes_json


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("funding", help="what one can apply for, and who funded whom")
    acts = parser.add_subparsers(title="acts", metavar="ACT", required=True)
    _register_import(acts)
    _register_find(acts)
    alike = acts.add_parser("alike", help="who funded organisations like one, near it")
    alike.add_argument("--for", dest="member", metavar="NAME", required=True, help="like whom")
    takes_json(alike)
    alike.set_defaults(run=funded_alike)


def _register_import(acts: Subparsers) -> None:
    parser = acts.add_parser(
        "import",
        help="lists of calls (CSV, XLSX), grants (CSV, or JSON as 360Giving has it)",
        description="Calls become funding lines, grants are kept with the row that says so. "
        "Nobody comes on a list by it, and bringing the same list again changes nothing.",
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--chapter", help="whose hosts look after it; needed where there are many")
    parser.add_argument("--source", default="", help="where the list is from (default: its name)")
    parser.add_argument("--source-url", default="", metavar="URL", help="the address of that")
    parser.add_argument(
        "--as-of", type=date.fromisoformat, metavar="DAY", help="when somebody looked: 2026-03-02"
    )
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="COLUMN=FIELD",
        help="what a column means, such as 'Wo=open_to'; remembered for the next list",
    )
    parser.add_argument("--dry-run", action="store_true", help="try each row; keep nothing")
    parser.add_argument("--yes", action="store_true", help="import without asking")
    takes_json(parser)
    parser.set_defaults(run=import_)


def import_(options: argparse.Namespace) -> int:
    """Import, and say what became of each row that was not plainly accepted."""
    from footbridge.cli.commands.import_ import bring_in
    from footbridge.intake.actions import KnownFrom

    known_from = KnownFrom(options.source, options.source_url, options.as_of)
    return bring_in(options, known_from)


def _register_find(acts: Subparsers) -> None:
    parser = acts.add_parser("find", help="funding lines, and what is missing where none fits")
    parser.add_argument("text", nargs="?", default="", help="in your own words")
    parser.add_argument("--for", dest="member", metavar="NAME", help="for whom it is to fit")
    parser.add_argument("--country", default="", help="by code or name, in any language")
    parser.add_argument("--stage", default="", help="idea, trying, running, growing, passing_on")
    parser.add_argument("--money", default="", help="grant, prize, loan, equity, guarantee …")
    parser.add_argument("--cause", default="", help="a goal, by number or name")
    parser.add_argument("--amount", type=_amount, metavar="SUM", help="how much is needed")
    parser.add_argument("--currency", default="", help="such as EUR")
    parser.add_argument(
        "--ready-on", type=date.fromisoformat, metavar="DAY", help="when one could be ready"
    )
    parser.add_argument("--page", type=int, default=1)
    takes_json(parser)
    parser.set_defaults(run=find)


def _amount(text: str) -> Decimal:
    """A sum of money; argparse says in words that it is none."""
    try:
        found = Decimal(text)
    except InvalidOperation as error:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number") from error
    if not found.is_finite() or found <= 0:
        raise argparse.ArgumentTypeError(f"“{text}” is no amount of money")
    return found


def find(options: argparse.Namespace) -> int:
    """Print the lines that fit, each with its source, then near misses."""
    from footbridge.cli.members import named
    from footbridge.core.audience import OPERATOR
    from footbridge.funding import queries
    from footbridge.funding.finding import Wishes

    wishes = Wishes(
        country=queries.country_named(options.country),
        stage=options.stage,
        money=options.money,
        cause=queries.cause_named(options.cause),
        amount=options.amount,
        currency=options.currency.upper(),
        ready_on=options.ready_on,
        text=options.text,
    )
    asker = named(options.member) if options.member else None
    found = queries.find(OPERATOR, wishes, asker=asker, page=options.page)
    show(options, _data(found), _words(found))
    return DONE


def _data(found: Any) -> dict[str, Any]:
    return {
        "total": found.total,
        "country": found.country,
        "widened_to": found.widened_to,
        "lines": [_match(one) for one in found.matches],
        "near": [_match(one) for one in found.near],
    }


def _match(match: Any) -> dict[str, Any]:
    line = match.line
    names = (
        "id", "title", "funder", "money", "places", "amount_words", "deadline", "is_rolling",
        "conditions", "url", "source", "source_url", "checked_on",
    )  # fmt: skip
    return {
        **{name: getattr(line, name) for name in names},
        "fits": match.fits,
        "missing": [lack.text for lack in match.missing],
        "near_miss": match.near_miss,
    }


def _words(found: Any) -> str:
    lines = []
    if found.widened_to:
        lines.append(f"Few are for {found.country_words}: others in {found.widened_to} follow.")
    lines += [_told(one) for one in found.matches]
    if found.near:
        lines += ["Nearly:", *(_told(one) for one in found.near)]
    return "\n\n".join(lines) or "No funding line is kept here yet."


def _told(match: Any) -> str:
    line = match.line
    until = f"until {line.deadline:%Y-%m-%d}" if line.deadline else ""
    until = until or ("at any time" if line.is_rolling else "until when is not said")
    facts = ", ".join(filter(None, (line.money_words, line.amount_words, until)))
    said = [f"{line.title} ({line.funder})", f"  {facts}"]
    said += [f"  + {fit}" for fit in match.fits]
    said += [f"  - {lack.text}" for lack in match.missing]
    said.append(f"  {line.url}" if line.url else "  no address is known")
    said.append(f"  source: {line.source} {line.source_url} ({line.checked_on})")
    return "\n".join(said)


def funded_alike(options: argparse.Namespace) -> int:
    """Print who funded organisations like one, with the grants that say so."""
    from dataclasses import asdict

    from footbridge.cli.members import named
    from footbridge.core.audience import OPERATOR
    from footbridge.funding import queries

    answer = queries.funded_alike(OPERATOR, named(options.member))
    words = "\n\n".join(_funder(one) for one in answer.funders)
    show(options, asdict(answer), words or "No grants are on record here yet.")
    return DONE


def _funder(funder: Any) -> str:
    lines = [f"{funder.name}  {' · '.join(funder.amounts)}  {funder.years}"]
    lines += [f"  + {reason}" for reason in funder.reasons]
    for one in funder.grants:
        grant = one.grant
        lines.append(
            f"  {grant.recipient}: {grant.amount_words}, {grant.awarded_on}, {grant.title}"
        )
        lines.append(f"    {' '.join(one.why)} (source: {grant.source}, row {grant.source_row})")
    return "\n".join(lines)
