"""`footbridge`: reads the command line, carries out one command, answers with an exit code.

0: done. 1: refused, with the reason on the error stream. 2: the command line makes no sense.
"""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Iterable, Sequence
from types import ModuleType

from footbridge import cli
from footbridge.cli.output import DONE, REFUSED, complain

# Starts processes that read the settings for themselves, once its options have shaped them.
_READS_NO_SETTINGS = {"serve"}


def main(argv: Sequence[str] | None = None) -> int:
    """Carry out one command; returns the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    wanted = next((word for word in words if not word.startswith("-")), "")
    if wanted not in _READS_NO_SETTINGS:
        _prepare()
    try:
        options = _parser(_modules(wanted)).parse_args(words)
    except SystemExit as stop:  # help was asked for, or the words make no sense
        return int(stop.code or DONE)
    return _carry_out(options)


def _prepare() -> None:
    """Read the settings and make the rooms known."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "footbridge.config.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


def _modules(wanted: str) -> Iterable[ModuleType]:
    """The module of the command that is wanted, or all of them to help or to complain with."""
    home = importlib.import_module(f"{cli.__name__}.commands")
    names = sorted(module.name for module in pkgutil.iter_modules(home.__path__))
    named = [name for name in names if name.rstrip("_") == wanted]
    if not named:
        _prepare()
    return [importlib.import_module(f"{home.__name__}.{name}") for name in named or names]


def _parser(modules: Iterable[ModuleType]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="footbridge",
        description="A home for networks that cross sectors. All state lives in the folder that "
        "FOOTBRIDGE_HOME names (./var by default); FOOTBRIDGE_DATABASE_URL selects PostgreSQL.",
    )
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for module in modules:
        module.register(subparsers)
    return parser


def _carry_out(options: argparse.Namespace) -> int:
    """Run a command and turn what it refuses into words and an exit code."""
    from django.db.utils import OperationalError, ProgrammingError

    from footbridge.core.errors import DomainError

    try:
        return options.run(options) or DONE
    except DomainError as error:
        complain(error.message or "there is no such thing here")
    except (OperationalError, ProgrammingError) as error:
        complain(_about_the_database(error))
    except KeyboardInterrupt:
        complain("stopped")
    except BrokenPipeError:
        # Whoever read our output, such as `head`, has seen enough: say no more, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return REFUSED


def _about_the_database(error: Exception) -> str:
    first_line = str(error).strip().partition("\n")[0]
    return f"the database is not ready ({first_line}). Try: footbridge migrate"


if __name__ == "__main__":
    raise SystemExit(main())
