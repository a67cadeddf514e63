"""`footbridge restore`: make this installation what a backup holds."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from footbridge.cli.output import DONE, REFUSED, Subparsers, complain, show, takes_json

WORD = "replace"


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("restore", help="bring a backup back; stop Footbridge first")
    parser.add_argument("source", type=Path, metavar="FILE.zip", help="a file of footbridge backup")
    parser.add_argument(
        "--replace", action="store_true", help="put aside what is here, after a typed confirmation"
    )
    parser.add_argument("--yes", action="store_true", help="confirm without typing")
    parser.add_argument(
        "--with-keys", action="store_true", help="bring the keys back from the file beside it"
    )
    parser.add_argument(
        "--verify", action="store_true", help="read the backup through, and change nothing"
    )
    takes_json(parser)
    parser.set_defaults(run=restore)


def restore(options: argparse.Namespace) -> int:
    """Bring it back, take the steps that came since, and look whether all is well."""
    from footbridge import backup

    if options.verify:
        said = backup.verify(options.source)
        show(options, _about(said), f"{said.rows} rows of {said.made_at}: nothing is damaged.")
        return DONE
    if options.replace and not (options.yes or _confirmed()):
        complain("nothing was changed")
        return REFUSED
    done = backup.restore(options.source, replace=options.replace, with_keys=options.with_keys)
    return _report(options, done)


def _confirmed() -> bool:
    print(
        f"What is here will be put aside, and the backup takes its place. To go on, type {WORD}: ",
        end="",
        file=sys.stderr,
        flush=True,
    )
    return sys.stdin.readline().strip() == WORD


def _about(said: Any) -> dict[str, Any]:
    return {
        "made_at": said.made_at,
        "database": said.database,
        "rows": said.rows,
        "tables": said.tables,
        "files": len(said.files) - 1,
    }


def _report(options: argparse.Namespace, done: Any) -> int:
    """Say what came back. What is not well afterwards stands in the exit code, too."""
    from footbridge.cli.commands.check import everything

    findings = everything()
    data = _about(done.manifest) | {
        "set_aside": str(done.set_aside) if done.set_aside else None,
        "keys": done.brought_keys,
        "missing_keys": {one.key: one.words for one in done.missing},
        "findings": [f"{finding.about}: {finding.words}" for finding in findings],
    }
    lines = [f"{done.manifest.rows} rows as of {done.manifest.made_at} are back."]
    if done.set_aside:
        lines.append(f"What was here is in {done.set_aside}. Delete it when you are sure.")
    lines += [f"{one.key} is not the one of this backup: {one.words}." for one in done.missing]
    if done.missing:
        lines.append("Put the right key in its place, and no more is needed.")
    lines += data["findings"] or ["All is well."]
    show(options, data, "\n".join(lines))
    return REFUSED if findings else DONE
