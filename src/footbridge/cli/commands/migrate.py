"""`footbridge migrate`: bring the database up to date."""

from __future__ import annotations

import argparse

from footbridge.cli.output import Subparsers, show, takes_json


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("migrate", help="make or update the database")
    takes_json(parser)
    parser.set_defaults(run=migrate)


def migrate(options: argparse.Namespace) -> None:
    """Apply what is pending and bring the shipped words up to date; quiet when nothing was."""
    from django.conf import settings

    from footbridge.core import migrating

    settings.STATIC_ROOT.mkdir(exist_ok=True)
    pending = pending_migrations()
    migrating.migrate()
    words = f"The database is ready ({len(pending)} steps)." if pending else ""
    show(options, {"applied": pending}, words)


def pending_migrations() -> list[str]:
    """The migrations that the database has not seen, in order."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]
