"""`footbridge backup`: all that this installation holds, in one file, while people go on."""

from __future__ import annotations

import argparse
from pathlib import Path

from footbridge.cli.output import Subparsers, complain, show, takes_json


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("backup", help="take a backup while people go on writing")
    parser.add_argument(
        "target", type=Path, metavar="FOLDER|FILE.zip", help="a folder of backups, or a new file"
    )
    parser.add_argument(
        "--keep", type=_count, default=0, metavar="N", help="leave the latest N in the folder"
    )
    parser.add_argument(
        "--with-keys", action="store_true", help="write the keys to a second file beside it"
    )
    takes_json(parser)
    parser.set_defaults(run=backup)


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("keep one at least")
    return number


def backup(options: argparse.Namespace) -> None:
    """Take it, read it again, and say what it holds."""
    from footbridge.backup import Taken, write

    taken: Taken = write(options.target, keep=options.keep, with_keys=options.with_keys)
    said = taken.manifest
    data = {
        "path": str(taken.path),
        "bytes": taken.path.stat().st_size,
        "made_at": said.made_at,
        "database": said.database,
        "rows": said.rows,
        "tables": said.tables,
        "files": len(said.files) - 1,
        "keys": str(taken.keys) if taken.keys else None,
        "removed": [str(path) for path in taken.removed],
    }
    words = f"{said.rows} rows of {len(said.tables)} tables are in {taken.path}, read and checked."
    show(options, data, f"{words}\n{_about_the_keys(taken.keys)}")
    if taken.keys:
        complain(f"{taken.keys} opens everything: take it to another place than the backup")


def _about_the_keys(keys: Path | None) -> str:
    if keys:
        return f"The keys are in {keys}, which only you may read."
    return "The keys (secret.key, veil.key) are not in it: keep a copy of them elsewhere, once."
