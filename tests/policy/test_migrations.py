"""The migrations lead to the tables of the models, which all other tests meet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.models import Model

from footbridge.veil.guard import Service, lifted

Tables = dict[str, dict[str, Any]]


@pytest.mark.django_db(transaction=True)
def test_the_migrations_lead_to_the_tables_of_the_models(tmp_path: Path) -> None:
    made_from_models = _tables()
    with _empty_database(tmp_path):
        call_command("migrate", verbosity=0)
        migrated = _tables()
    assert len(migrated) > 70
    assert migrated == made_from_models


@contextmanager
def _empty_database(folder: Path) -> Iterator[None]:
    """Another database for a while, with nothing in it."""
    before = connection.settings_dict["NAME"]
    name = str(folder / "db.sqlite3") if connection.vendor == "sqlite" else f"{before}_migrated"
    _on_the_server(f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}"')
    _use(name)
    try:
        yield
    finally:
        _use(before)
        _on_the_server(f'DROP DATABASE "{name}"')


def _on_the_server(*statements: str) -> None:
    connection.close()
    if connection.vendor == "sqlite":  # a file is made by being opened
        return
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _use(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name


def _tables() -> Tables:
    """Each table's columns and what is demanded of them; names that Django makes up left out."""
    introspection = connection.introspection
    found: Tables = {}
    with lifted(Service.OPERATOR), connection.cursor() as cursor:
        for table in sorted({model._meta.db_table for model in _models()}):
            columns = introspection.get_table_description(cursor, table)
            demands = introspection.get_constraints(cursor, table)
            found[table] = {
                "columns": sorted(map(repr, columns)),
                "demands": sorted(
                    repr((name if name in _named() else "", sorted(said.items(), key=str)))
                    for name, said in demands.items()
                ),
            }
    return found


def _models() -> list[type[Model]]:
    """Ours; how the tables of libraries come about is theirs."""
    every = apps.get_models(include_auto_created=True)
    return [one for one in every if one.__module__.startswith("footbridge.")]


@cache
def _named() -> frozenset[str]:
    """The constraints and indexes that we gave a name."""
    said = (model._meta for model in _models())
    return frozenset(one.name for meta in said for one in (*meta.constraints, *meta.indexes))
