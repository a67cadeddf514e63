"""How each kind of assignment is done: steps, what good looks like, who does what, and what to ask
half-way and at the end. One file for each language, beside this one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from django.utils.translation import get_language

from footbridge.assignments.states import Kind, Phase
from footbridge.core.words import base_language

LANGUAGES = ("en", "es", "fr")


@dataclass(frozen=True)
class Step:
    """One step: what is done, what good looks like, and which roles do it."""

    key: str
    title: str
    good: str
    who: tuple[str, ...]


@dataclass(frozen=True)
class Playbook:
    """How one kind of assignment is done."""

    kind: str
    about: str
    steps: tuple[Step, ...]
    midway: tuple[str, ...]
    final: tuple[str, ...]

    def questions(self, phase: Phase | str) -> tuple[str, ...]:
        """What to talk about before a review is written."""
        return self.midway if phase == Phase.MIDWAY else self.final


def playbook(kind: Kind | str, language: str = "") -> Playbook:
    """The playbook of a kind, in the reader's language or another one."""
    wanted = base_language(language or get_language() or "en")
    return _read(wanted if wanted in LANGUAGES else "en")[Kind(kind)]


def keys_of(kind: Kind | str) -> tuple[str, ...]:
    """The keys of its steps, in order."""
    return tuple(step.key for step in _read("en")[Kind(kind)].steps)


@cache
def _read(language: str) -> dict[Kind, Playbook]:
    held = resources.files(__package__).joinpath(f"{language}.json").read_text("utf-8")
    return {Kind(kind): _playbook(kind, told) for kind, told in json.loads(held).items()}


def _playbook(kind: str, told: dict[str, Any]) -> Playbook:
    steps = tuple(
        Step(one["key"], one["title"], one["good"], tuple(one["who"])) for one in told["steps"]
    )
    return Playbook(kind, told["about"], steps, tuple(told["midway"]), tuple(told["final"]))
