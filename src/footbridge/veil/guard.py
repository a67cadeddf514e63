"""The door of the veil store: SQL on its tables runs inside a named service, or not at all.

A page, a report or a clever join that reaches for a veil table by mistake raises VeilClosed, in
tests and in production alike. The services are few on purpose; a test counts the places that open
one.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate


class Service(enum.Enum):
    """Who may open the veil store, and what for."""

    ENTERING = "whose log-in identity this is"
    OWN = "what someone under the radar reads and writes of their own"
    MEETING = "what passes between someone under the radar and someone who is listed"
    OPERATOR = "break-glass, retention and restoring, by the installation's operator"


class VeilClosed(Exception):
    """Something outside the named services reached for the veil store."""


_open_for: ContextVar[Service | None] = ContextVar("veil_open_for", default=None)

_VEIL_TABLE = re.compile(r"\bveil_\w", re.IGNORECASE)
# Making and changing the tables themselves is a migration's work and shows nobody's data.
_SCHEMA = re.compile(
    r"\s*(CREATE|ALTER|DROP|COMMENT|SAVEPOINT|RELEASE|ROLLBACK|PRAGMA)\b", re.IGNORECASE
)


@contextmanager
def lifted(service: Service) -> Iterator[None]:
    """Lift the veil for one of the named services, for the length of a block."""
    token = _open_for.set(service)
    try:
        yield
    finally:
        _open_for.reset(token)


def watch() -> None:
    """Have every database connection guarded from its first statement on. Migrations move rows
    from table to table, which is the operator's work."""
    connection_created.connect(_guard, dispatch_uid="veil.guard")
    pre_migrate.connect(_migrating, dispatch_uid="veil.migrating")
    post_migrate.connect(_migrated, dispatch_uid="veil.migrated")


def _migrating(**_: Any) -> None:
    _open_for.set(Service.OPERATOR)


def _migrated(**_: Any) -> None:
    _open_for.set(None)


def _guard(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if _refuse not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, _refuse)


def _refuse(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    if _open_for.get() is None and _VEIL_TABLE.search(sql) and not _SCHEMA.match(sql):
        raise VeilClosed("Only the services named in veil/guard.py open the veil store.")
    return execute(sql, params, many, context)
