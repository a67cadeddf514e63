"""Worked starters: partnerships told as far as one can before one begins. One file for each
language, beside this one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from django.utils.translation import get_language

from footbridge.core.words import base_language
from footbridge.partnerships.states import Kind

LANGUAGES = ("en", "es", "fr")


@dataclass(frozen=True)
class Side:
    """What one side usually is, gains, and promises first."""

    who: str
    sector: str
    gain: str
    promises: tuple[str, ...]


@dataclass(frozen=True)
class Starter:
    """A partnership to begin from: every word may be changed."""

    slug: str
    kind: Kind
    title: str
    why: str
    what: str
    others_gain: str
    indicators: tuple[str, ...]
    roles: tuple[str, ...]
    sides: tuple[Side, ...]


def all_starters(language: str = "") -> tuple[Starter, ...]:
    """The starters, in the reader's language or another one."""
    wanted = base_language(language or get_language() or "en")
    return tuple(_read(wanted if wanted in LANGUAGES else "en").values())


def starter(slug: str, language: str = "") -> Starter | None:
    """One of them; None if there is none of that name."""
    return next((one for one in all_starters(language) if one.slug == slug), None)


@cache
def _read(language: str) -> dict[str, Starter]:
    held = resources.files(__package__).joinpath(f"{language}.json").read_text("utf-8")
    return {slug: _starter(slug, told) for slug, told in json.loads(held).items()}


def _starter(slug: str, told: dict[str, Any]) -> Starter:
    sides = tuple(
        Side(one["who"], one["sector"], one["gain"], tuple(one["promises"]))
        for one in told["sides"]
    )
    return Starter(
        slug=slug,
        kind=Kind(told["kind"]),
        title=told["title"],
        why=told["why"],
        what=told["what"],
        others_gain=told["others_gain"],
        indicators=tuple(told["indicators"]),
        roles=tuple(told["roles"]),
        sides=sides,
    )
