"""Every value of every row, in columns that can be compared."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import models

from footbridge.mail import sealed as sealed_mail
from footbridge.network import sealing as contact_sealing
from footbridge.veil import guard
from footbridge.veil import sealing as veil_sealing
from tests.matrix.sending import _plain, _told_columns

# By table and key, column by column.
Rows = dict[str, dict[str, dict[str, str]]]


@cache
def tables() -> dict[str, Any]:
    """Every table by name, but for sessions, which belong to the browser."""
    return {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.proxy and model._meta.label != "sessions.Session"
    }


def every_row() -> Rows:
    """Every row of every table, by table and key, column by column."""
    return {table: rows_of(model) for table, model in tables().items()}


def rows_of(model: Any) -> dict[str, dict[str, str]]:
    """The rows of one table."""
    columns, found = _told_columns(model), {}
    with guard.lifted(guard.Service.OPERATOR):
        for row in model._base_manager.order_by("pk").values_list("pk", *columns):
            read = dict(zip(columns, _plain(row[1:]), strict=True))
            said = {column: _readable(model, row[0], read, column) for column in columns}
            found[_name_of(model, row[0], said)] = said
    return found


# Codes are drawn by a library, from nothing that could be held still.
_CODE = re.compile(r"\b[A-Z]{4}-[A-Z]{4}\b")


def _readable(model: Any, key: Any, said: Mapping[str, Any], column: str) -> str:
    """What is sealed is another text each time, and so is a password with which nobody signs in."""
    if column == "sealed":
        return _CODE.sub("a code", repr(_opened(model, key, said)))
    if column == "password" and said[column].startswith(UNUSABLE_PASSWORD_PREFIX):
        return "no password"
    return repr(said[column])


def _opened(model: Any, key: Any, said: Mapping[str, Any]) -> Any:
    """What is under the seal of a row."""
    sealed = said["sealed"]
    if model._meta.app_label == "veil":
        return veil_sealing.unseal(key, sealed)
    if model._meta.app_label == "mail":
        return sealed_mail._seal.open(key, sealed)
    if model._meta.label == "network.Contact":
        return contact_sealing.open_seal(said["owner_id"], sealed)
    raise AssertionError(f"nobody said how {model._meta.label} is opened")


def _name_of(model: Any, key: Any, said: Mapping[str, str]) -> str:
    """Keys that count are not the same twice on PostgreSQL: such a row is called by its values."""
    return repr(sorted(said.items())) if isinstance(model._meta.pk, models.AutoField) else str(key)


def changes(before: Rows, after: Rows) -> dict[tuple[str, str, str], str]:
    """What is another value in the tables that were written to."""
    found = {}
    for table, now in after.items():
        was = before[table]
        found.update({(table, row, "-"): "gone" for row in was.keys() - now.keys()})
        for row, said in now.items():
            former = was.get(row, {})
            found.update(
                {(table, row, one): text for one, text in said.items() if former.get(one) != text}
            )
    return found
