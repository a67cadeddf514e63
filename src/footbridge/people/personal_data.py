"""What the network holds about one person, gathered from every room that holds some.

Rooms above this one cannot be called from here, so each tells at the start how to export and how
to erase what it keeps. Rows that hang on a person by a foreign key go by themselves. What each
column is for stands in each room's `data_map.py`; the rooms' maps together are `tables()`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.apps import apps

from footbridge.core.data import Limit, Table
from footbridge.people.models import Person

Export = Callable[[Person], dict[str, Any]]
Erase = Callable[[Person], None]
Hold = Callable[[Person], None]


@dataclass(frozen=True)
class _Holding:
    export: Export
    erase: Erase
    hold: Hold | None


_holdings: dict[str, _Holding] = {}


def register(name: str, export: Export, erase: Erase, hold: Hold | None = None) -> None:
    """Have a room's part taken into each personal export and each erasure.

    `export` returns values that JSON knows. `erase` runs inside the erasing transaction, while
    the person's row still stands. `hold` runs before that row is taken: it takes whatever the
    room's acts take before a person, so that who leaves and who acts never wait for each other.
    """
    _holdings[name] = _Holding(export, erase, hold)


def export_all(person: Person) -> dict[str, dict[str, Any]]:
    """What each room holds about a person, by the room's name."""
    return {name: _holdings[name].export(person) for name in sorted(_holdings)}


def hold_all(person: Person) -> None:
    """Have each room take what stays as it is until a person is erased."""
    for holding in _holdings.values():
        if holding.hold is not None:
            holding.hold(person)


def erase_all(person: Person) -> None:
    """Have each room erase what it holds about a person; the rooms that came last go first."""
    for holding in reversed(_holdings.values()):
        holding.erase(person)


def tables() -> dict[str, Table]:
    """What each table holds, by the label of its model: the maps of all rooms."""
    return {label: table for room in _maps() for label, table in room.TABLES.items()}


def limits() -> list[Limit]:
    """What goes by itself, room by room."""
    return [limit for room in _maps() for limit in room.LIMITS]


def _maps() -> list[Any]:
    ours = [one for one in apps.get_app_configs() if one.name.startswith("footbridge.")]
    with_tables = [one for one in ours if any(one.get_models())]
    return [import_module(f"{one.name}.data_map") for one in with_tables]
