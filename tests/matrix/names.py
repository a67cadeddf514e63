"""Every name that a field has anywhere, and what somebody might wish to stand there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

from tests.matrix.stage import Stage
from tests.matrix.surface import documentation

# Against forgery, and to be counted once: these have tests of their own.
NOT_OURS = ("csrfmiddlewaretoken", "once")


@cache
def every_name() -> tuple[str, ...]:
    """The name of every field of every model, as a form or a program would write it, and of every
    property that the documentation of the API knows."""
    found = {"pk", "id"}
    for model in apps.get_models(include_auto_created=True):
        for one in model._meta.get_fields(include_hidden=True):
            found |= {one.name, getattr(one, "attname", one.name)}
    for schema in documentation()["components"]["schemas"].values():
        found |= set(schema.get("properties", {}))
    return tuple(sorted(found - set(NOT_OURS)))


def hostile(stage: Stage, name: str, turn: int) -> str:
    """Something that somebody might wish to stand in a field of this name."""
    wished = _wished(stage)[name]
    return wished[turn % len(wished)]


_wishes: dict[int, dict[str, list[str]]] = {}


def _wished(stage: Stage) -> dict[str, list[str]]:
    if id(stage) not in _wishes:
        _wishes.clear()
        _wishes[id(stage)] = {name: _values(stage, name) for name in every_name()}
    return _wishes[id(stage)]


def _values(stage: Stage, name: str) -> list[str]:
    """One value for each kind of field of this name; the id of somebody else in front."""
    found: dict[str, None] = {}
    for model in apps.get_models(include_auto_created=True):
        for one in model._meta.get_fields():
            if name in (one.name, getattr(one, "attname", "")):
                found |= dict.fromkeys(_for_field(stage, one))
    return list(found) or ["on", "Changed by someone else"]


def _for_field(stage: Stage, one: Any) -> Iterator[str]:
    if one.is_relation:
        yield str(stage.people["other host"].id)
        yield str(stage.ids["chapter_id", "the other chapter"])
    elif one.choices:
        chosen = [str(value) for value, _label in one.flatchoices]
        yield from reversed(chosen)
    elif isinstance(one, models.BooleanField):
        yield from ("on", "true")
    elif isinstance(one, models.DateTimeField | models.DateField):
        yield "2031-01-01" if not isinstance(one, models.DateTimeField) else "2031-01-01T00:00:00Z"
    elif isinstance(one, models.IntegerField | models.FloatField):
        yield "31999"
    elif isinstance(one, models.UUIDField):
        yield str(stage.people["other host"].id)
    elif isinstance(one, models.EmailField):
        yield "taken.over@elsewhere.test"
    else:
        yield "Changed by someone else"
