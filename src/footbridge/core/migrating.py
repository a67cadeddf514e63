"""Bringing the database up to date, so that a step that was interrupted can be taken again.

Django runs what a step puts off (indexes, foreign keys) as the step is committed, and notes only
afterwards that it was taken: a process that dies in between leaves tables that the next attempt
finds in its way. Here all of a step, and the note of it, is one transaction.
"""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.commands import migrate as command
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration


class WholeSteps(MigrationExecutor):
    """Takes each step with everything that it puts off."""

    def apply_migration(self, state: Any, migration: Migration, *how: Any, **more: Any) -> Any:
        apply = migration.apply

        def whole(project_state: Any, schema_editor: Any, *words: Any, **said: Any) -> Any:
            after = apply(project_state, schema_editor, *words, **said)
            for statement in schema_editor.deferred_sql:
                schema_editor.execute(statement, None)
            schema_editor.deferred_sql.clear()
            return after

        migration.apply = whole  # type: ignore[method-assign]
        try:
            return super().apply_migration(state, migration, *how, **more)
        finally:
            del migration.apply


# The command has no other way to be told which executor to use.
command.MigrationExecutor = WholeSteps  # type: ignore[attr-defined]


def migrate() -> None:
    """Take every step that the database has not seen."""
    call_command("migrate", verbosity=0, interactive=False)
