"""How commands show what they found: words for people, JSON for programs."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

Subparsers = Any  # argparse keeps the class of its subparsers to itself

DONE, REFUSED, MISUSED = 0, 1, 2


def takes_json(parser: argparse.ArgumentParser) -> None:
    """Have a command take --json."""
    parser.add_argument("--json", action="store_true", help="print JSON, for programs")


def show(options: argparse.Namespace, data: Any, words: str) -> None:
    """Print the words, or with --json the data; nothing at all where there are no words."""
    if getattr(options, "json", False):
        print(as_json(data), flush=True)
    elif words:
        print(words, flush=True)


def as_json(data: Any) -> str:
    """Dates, ids and lazy words are written as text."""
    return json.dumps(data, ensure_ascii=False, indent=2, default=str)


def complain(message: str) -> None:
    """Say on the error stream what went wrong."""
    print(f"footbridge: {message}", file=sys.stderr)
