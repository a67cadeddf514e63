"""`footbridge import`: bring lists of people, organisations, needs, offers and ties in."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from footbridge.cli import archives
from footbridge.cli.output import DONE, REFUSED, Subparsers, complain, show, takes_json

SHOWN_ROWS = 20
COUNTED = (
    "new_people", "new_organisations", "known_people", "known_organisations",
    "roles", "ties", "needs", "offers", "causes", "words", "duplicates",
    "new_lines", "changed_lines", "known_lines", "new_grants", "changed_grants", "known_grants",
)  # fmt: skip


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser(
        "import",
        help="bring lists in: CSV, XLSX, JSON, vCard; packed with gzip or not",
        description="Several files are one import: a list of ties finds its ends in the others, "
        "in whatever order they are given. What `footbridge export` wrote goes into an empty "
        "installation, alone and with --yes.",
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--chapter", help="the chapter they go into; needed where there are many")
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="COLUMN=FIELD",
        help="what a column means, such as 'Town=place'; remembered for the next list",
    )
    parser.add_argument(
        "--as",
        dest="kind",
        choices=["members", "contacts"],
        default="members",
        help="contacts are someone's private address book (default: members)",
    )
    parser.add_argument("--for", dest="owner", metavar="EMAIL", help="whose contacts they are")
    parser.add_argument("--esco", action="store_true", help="the files are ESCO's lists of skills")
    parser.add_argument("--dry-run", action="store_true", help="try each row; import nothing")
    parser.add_argument("--yes", action="store_true", help="import without asking")
    takes_json(parser)
    parser.set_defaults(run=import_)


def import_(options: argparse.Namespace) -> int:
    """Import, and say what became of each row that was not plainly accepted."""
    if archives.are_wanted(options):
        return archives.bring_back(options)
    if options.kind == "contacts":
        return _contacts(options)
    if options.esco:
        return _vocabulary(options)
    return bring_in(options)


def _contacts(options: argparse.Namespace) -> int:
    from footbridge.core.audience import OPERATOR
    from footbridge.core.errors import DomainError
    from footbridge.intake.contacts import take_in
    from footbridge.people import queries

    owner = queries.find(OPERATOR, options.owner or "")
    if owner is None or not owner.is_person or owner.email != (options.owner or "").lower():
        raise DomainError("say whose contacts they are: --for EMAIL of someone in the network")
    person = queries.as_person(owner)
    taken = [take_in(actor=person, source=path, name=path.name) for path in options.files]
    kept, missing = sum(t.kept for t in taken), sum(t.without_address for t in taken)
    words = f"{kept} contacts kept for {person.name} alone; {missing} rows have no usable address."
    show(options, {"accepted": kept, "repaired": 0, "refused": missing, "rows": []}, words)
    return DONE


def _vocabulary(options: argparse.Namespace) -> int:
    from footbridge.core.audience import OPERATOR
    from footbridge.exchange.actions import import_esco
    from footbridge.intake.actions import check_readable

    for path in options.files:
        check_readable(path)
    learnt = import_esco(options.files, actor=OPERATOR)
    total = learnt.new + learnt.changed + learnt.known
    words = f"{learnt.new} words are new, {learnt.changed} changed, {learnt.known} known already."
    show(options, {"accepted": total, "repaired": 0, "refused": 0, "rows": []}, words)
    return DONE


def bring_in(options: argparse.Namespace, known_from: Any = None) -> int:
    """Read, try and import lists; with `known_from` they are lists of funding."""
    from footbridge.core.audience import OPERATOR
    from footbridge.core.errors import Conflict
    from footbridge.intake import actions

    given = [actions.Given(path, path.name) for path in options.files]
    batch = actions.read_files(
        actor=OPERATOR, chapter=_chapter(options.chapter), files=given, known_from=known_from
    )
    try:
        batch = _mapped(batch, options.map)
        if options.dry_run or not options.yes:
            batch = _work(actions.check, batch, "trying")
        if options.dry_run:
            return _told(options, batch, "would be ")
        if not options.yes and not _is_wanted(batch):
            complain("nothing was imported. With --yes, nobody is asked")
            return REFUSED
        batch = _work(actions.start, batch, "importing")
        return _told(options, batch, "")
    finally:
        if batch.state != "done":
            # One that was stopped half-way is left to the worker, who brings it to its end.
            with suppress(Conflict):
                actions.discard(actor=OPERATOR, batch=batch)


def _chapter(name: str | None) -> Any:
    """The chapter of this name, the only one there is, or the first of a new installation."""
    from footbridge.core.audience import OPERATOR
    from footbridge.core.errors import DomainError
    from footbridge.people import actions, queries

    known = list(queries.chapters(OPERATOR))
    if not known:
        return actions.create_chapter(actor=OPERATOR, name=name or "Home")
    if name is None and len(known) == 1:
        return known[0]
    for chapter in known:
        if name is not None and chapter.name.casefold() == name.casefold():
            return chapter
    names = ", ".join(chapter.name for chapter in known)
    raise DomainError(f"name one of the chapters with --chapter: {names}")


def _mapped(batch: Any, wanted: Sequence[str]) -> Any:
    """Set what columns mean, in every sheet that has them."""
    from footbridge.core.audience import OPERATOR
    from footbridge.core.errors import DomainError
    from footbridge.intake import actions, queries

    for each in wanted:
        title, sign, field = each.rpartition("=")
        found = [
            (sheet.index, column.index)
            for sheet in queries.sheets_of(batch)
            for column in sheet.columns
            if column.title.casefold() == title.strip().casefold()
        ]
        if not sign or not found:
            raise DomainError(f"there is no column for --map {each}")
        for sheet_index, column_index in found:
            batch = actions.set_mapping(
                actor=OPERATOR,
                batch=batch,
                sheet=sheet_index,
                columns={column_index: field.strip()},
            )
    return batch


def _work(act: Callable[..., Any], batch: Any, words: str) -> Any:
    from footbridge.core.audience import OPERATOR
    from footbridge.core.errors import DomainError

    with _progress(words) as told:
        batch = act(actor=OPERATOR, batch=batch, wait=True, told=told)
    if batch.error:
        raise DomainError(batch.error)
    return batch


@contextmanager
def _progress(words: str) -> Any:
    """A bar on a terminal, nothing elsewhere."""
    from tqdm import tqdm

    with tqdm(desc=words, unit=" rows", disable=not sys.stderr.isatty(), leave=False) as bar:

        def told(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield told


def _is_wanted(batch: Any) -> bool:
    from footbridge.core.audience import OPERATOR

    for line in (*_columns(batch), *_summary(batch, "would be ")):
        print(line, file=sys.stderr)
    for line in _lines(OPERATOR, batch):
        print(line, file=sys.stderr)
    if not sys.stdin.isatty():
        return False
    print("Import? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in {"y", "yes"}


def _columns(batch: Any) -> list[str]:
    from footbridge.intake import queries

    lines = []
    for sheet in queries.sheets_of(batch):
        lines.append(f"{sheet.title}: {sheet.shape}. {sheet.why}")
        lines += [f"  {column.title} = {column.field}" for column in sheet.columns]
        lines += [f"  {note}" for note in sheet.notes]
    return lines


def _told(options: argparse.Namespace, batch: Any, would_be: str) -> int:
    from footbridge.core.audience import OPERATOR
    from footbridge.intake import queries

    counts = batch.counts
    data: dict[str, Any] = {key: counts[key] for key in ("accepted", "repaired", "refused")}
    if options.json:
        data["rows"] = [
            {
                "file": row.sheet,
                "row": row.number,
                "verdict": row.verdict,
                "notes": row.notes,
                "cells": row.cells,
            }
            for row in queries.every_result(OPERATOR, batch)
        ]
        data["counts"] = counts
    lines = [*_summary(batch, would_be), *_lines(OPERATOR, batch)]
    show(options, data, "\n".join(lines))
    return DONE


def _summary(batch: Any, would_be: str) -> list[str]:
    counts = batch.counts
    verdicts = ", ".join(
        f"{counts[key]} {would_be}{key}" for key in ("accepted", "repaired", "refused")
    )
    told = ", ".join(f"{counts[key]} {key.replace('_', ' ')}" for key in COUNTED if counts.get(key))
    return [f"{counts.get('rows', 0)} rows: {verdicts}.", *([f"{told}."] if told else [])]


def _lines(viewer: Any, batch: Any) -> list[str]:
    from footbridge.intake import queries

    page = queries.results(viewer, batch, size=SHOWN_ROWS)
    lines = [
        f"{row.sheet}, row {row.number}, {row.verdict}: {' '.join(row.notes)}" for row in page.rows
    ]
    if page.count > len(page.rows):
        lines.append(f"… and {page.count - len(page.rows)} more rows: see --json")
    return lines
