"""`footbridge export`: all that this installation holds, as files."""

from __future__ import annotations

import argparse
from pathlib import Path

from footbridge.cli.output import Subparsers, show, takes_json


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("export", help="write all that this installation holds to files")
    parser.add_argument(
        "path", type=Path, metavar="FOLDER|FILE.zip", help="a new folder, or a new ZIP file"
    )
    parser.add_argument(
        "--format", choices=["csv", "json"], default="csv", help="of the tables (default: csv)"
    )
    takes_json(parser)
    parser.set_defaults(run=export)


def export(options: argparse.Namespace) -> None:
    """Write the archive. `footbridge import` brings it into an empty installation."""
    from footbridge.export import write

    done = write(options.path, kind=options.format)
    words = f"{done['rows']} rows of {len(done['tables'])} tables are in {done['path']}."
    show(options, done, f"{words}\nIt holds everything about everyone: keep it safe.")
