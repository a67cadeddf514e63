"""What import checkers cannot see: foreign keys, rows in doors, Django in the engine."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps

SOURCE = Path(__file__).resolve().parents[2] / "src" / "footbridge"
STAIRCASE = [
    "core",
    "journal",
    "mail",
    "people",
    "network",
    "exchange",
    "circles",
    "expertise",
    "transitions",
    "introductions",
    "meetings",
    "hours",
    "calls",
    "funding",
    "assignments",
    "pitches",
    "partnerships",
    "agreements",
    "intake",
    "veil",
]
# The journal's own number, and the one row that names the vocabulary's edition.
NEVER_SHOWN = {"Entry", "Edition"}
DOORS = ["web", "api", "cli"]


def _room(model: type) -> str:
    return model.__module__.split(".")[1]


def _relations() -> list[tuple[type, type]]:
    return [
        (model, field.related_model)
        for room in STAIRCASE[1:]
        for model in apps.get_app_config(room).get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model is not None
    ]


def test_foreign_keys_only_point_down_the_staircase() -> None:
    relations = _relations()
    assert len(relations) > 20
    upward = [
        f"{model.__name__} -> {other.__name__}"
        for model, other in relations
        if other.__module__.startswith("footbridge")
        and STAIRCASE.index(_room(other)) > STAIRCASE.index(_room(model))
    ]
    assert upward == []


@pytest.mark.parametrize("door", DOORS)
def test_doors_touch_no_rows(door: str) -> None:
    # A router's `delete` names a method of HTTP.
    touching = re.compile(
        r"\.objects\b|\.save\(|(?<!router)\.delete\(|from django\.db import models"
    )
    files = list((SOURCE / door).rglob("*.py"))
    assert files
    found = [
        f"{path.relative_to(SOURCE)}: {line.strip()}"
        for path in files
        for line in path.read_text().splitlines()
        if touching.search(line)
    ]
    assert found == []


def test_the_engine_needs_no_django() -> None:
    modules = [
        ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts)
        for path in (SOURCE / "engine").rglob("*.py")
        if path.name != "__init__.py"
    ]
    assert len(modules) > 5
    script = "import sys\n" + "".join(f"import {module}\n" for module in sorted(modules))
    script += "sys.exit('django' in sys.modules)\n"
    subprocess.run([sys.executable, "-c", script], check=True, cwd=SOURCE.parent)


def test_no_room_listens_to_model_signals() -> None:
    signals = re.compile(r"\b(pre|post)_(save|delete|init)\b|m2m_changed")
    found = [str(path) for path in SOURCE.rglob("*.py") if signals.search(path.read_text())]
    assert found == []


def test_no_file_has_grown_a_second_subject() -> None:
    long = {
        str(path.relative_to(SOURCE)): lines
        for path in SOURCE.rglob("*.py")
        if "migrations" not in path.parts and (lines := len(path.read_text().splitlines())) > 500
    }
    assert long == {}


def test_ids_that_can_be_shown_are_random() -> None:
    counted = [
        model.__name__
        for room in STAIRCASE[1:]
        for model in apps.get_app_config(room).get_models()
        if type(model._meta.pk).__name__ != "UUIDField"
        and model.__name__ not in NEVER_SHOWN
        and not model._meta.auto_created
        and model._meta.pk is not None
        and model._meta.pk.remote_field is None
    ]
    assert counted == []
