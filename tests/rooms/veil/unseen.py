"""Whether anything speaks of somebody: any row outside the veil, and all that any room shows."""

from __future__ import annotations

import inspect
import pkgutil
import uuid
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from typing import Any

from django.db import connection
from django.db.models import QuerySet

import footbridge
from footbridge.assignments.models import Assignment
from footbridge.core.audience import OPERATOR
from footbridge.exchange.models import Need, Offer
from footbridge.meetings.models import Session
from footbridge.partnerships.models import Partnership

# Doors and the engine show what the rooms let them.
NOT_ROOMS = ("web", "api", "cli", "engine", "config", "locale", "demo")


def rows_that_say(words: tuple[str, ...]) -> list[str]:
    """Tables outside the veil in which any of these words stands, with the word."""
    found = []
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if not table.startswith("veil_"):
                cursor.execute(f'SELECT * FROM "{table}"')
                text = str(cursor.fetchall()).lower()
                found += [f"{table}: {word}" for word in words if word.lower() in text]
    return found


def shown_of(viewers: list[Any], words: tuple[str, ...], ids: set[uuid.UUID]) -> list[str]:
    """What any room shows to any of these that says one of the words or names one of the ids."""
    found = []
    sought = [*words, *map(str, ids)]
    for viewer in (*viewers, OPERATOR):
        for name, shown in what_is_shown(viewer):
            text = str(list(shown.values())).lower()
            found += [f"{name} to {viewer}: {one}" for one in sought if one.lower() in text]
    return found


def what_is_shown(viewer: Any) -> Iterator[tuple[str, QuerySet[Any]]]:
    """Everything that each room shows to somebody, by the rule that decides it."""
    for rule in rules():
        for more in _asked_by(rule):
            yield f"{rule.__module__}.{rule.__name__}", rule(viewer, *more)


@cache
def rules() -> tuple[Callable[..., Any], ...]:
    """Each room's rules of who is shown what, found by walking: all that end in `visible_to`."""
    found = {}
    for module in _modules():
        for name, one in vars(module).items():
            if name.endswith("visible_to") and not name.startswith("_") and inspect.isfunction(one):
                found[one.__module__, name] = one
    return tuple(found[key] for key in sorted(found))


def _modules() -> Iterator[Any]:
    for one in pkgutil.walk_packages(footbridge.__path__, "footbridge."):
        room = one.name.split(".")[1]
        is_migration = ".migrations" in one.name or one.name.endswith("__main__")
        if room not in NOT_ROOMS and not is_migration and "settings" not in one.name:
            yield import_module(one.name)


def _asked_by(rule: Callable[..., Any]) -> Iterator[tuple[Any, ...]]:
    """What a rule asks for besides who looks; a parameter that nobody knows is an error."""
    named = list(inspect.signature(rule).parameters)[1:]
    if not named:
        yield ()
    elif named == ["session"]:
        yield from ((session,) for session in Session.objects.all())
    elif named == ["assignment"]:
        yield from ((one,) for one in Assignment.objects.all())
    elif named == ["partnership"]:
        yield from ((one,) for one in Partnership.objects.all())
    elif named == ["kind"]:
        yield from ((kind,) for kind in (Need, Offer))
    else:
        raise AssertionError(f"nobody said what {named} of {rule.__module__} is")
