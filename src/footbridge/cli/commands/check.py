"""`footbridge check`: is everything as it should be?"""

from __future__ import annotations

import argparse
from dataclasses import asdict, dataclass

from footbridge.cli.commands.migrate import pending_migrations
from footbridge.cli.output import DONE, REFUSED, Subparsers, show, takes_json


@dataclass(frozen=True)
class Finding:
    """Something that is not as it should be."""

    about: str
    words: str
    count: int = 1


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("check", help="look for what is wrong with this installation")
    takes_json(parser)
    parser.set_defaults(run=check)


def check(options: argparse.Namespace) -> int:
    """Look at settings, database, news and mail; the exit code says whether anything was found."""
    findings = everything()
    words = "\n".join(f"{finding.about}: {finding.words}" for finding in findings)
    data = {"ok": not findings, "findings": [asdict(finding) for finding in findings]}
    show(options, data, words or "All is well.")
    return REFUSED if findings else DONE


def everything() -> list[Finding]:
    """All that is not as it should be; of news and mail only where there is a database for them."""
    findings = [*_settings(), *_database()]
    return findings or [*_news(), *_mail()]


def _settings() -> list[Finding]:
    from django.core import checks

    return [Finding("settings", str(each.msg)) for each in checks.run_checks() if each.level >= 30]


def _database() -> list[Finding]:
    pending = pending_migrations()
    words = f"{len(pending)} steps are missing. Run: footbridge migrate"
    return [Finding("database", words, len(pending))] if pending else []


def _news() -> list[Finding]:
    from footbridge.journal import queries

    failing = list(queries.failing().order_by("-attempts"))
    if not failing:
        return []
    worst = failing[0]
    words = f"{len(failing)} could not be delivered; {worst.subscriber} said: {worst.error}"
    return [Finding("news", words, len(failing))]


def _mail() -> list[Finding]:
    from footbridge.mail import queries
    from footbridge.mail.states import MessageState

    failed = list(queries.outbox().filter(state=MessageState.FAILED).only("error"))
    if not failed:
        return []
    words = f"{len(failed)} messages were not taken; the server said: {failed[0].error}"
    return [Finding("mail", words, len(failed))]
