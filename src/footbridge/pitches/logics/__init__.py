"""Three logics: what the same word means to those who live by profit, by public
service and by a mission; and how the weaker side opens a first talk. One file for each language,
beside this one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources

from django.utils.translation import get_language

from footbridge.core.words import base_language

LANGUAGES = ("en", "es", "fr")


@dataclass(frozen=True)
class Term:
    """A word, and what each of the three hears in it."""

    key: str
    term: str
    profit: str
    public: str
    mission: str


@dataclass(frozen=True)
class Step:
    """A step of a first talk: how long, what for, and a sentence to say."""

    minutes: int
    title: str
    say: str


@dataclass(frozen=True)
class Logics:
    """The glossary; three sentences to open with; the agenda of a first talk."""

    terms: tuple[Term, ...]
    openers: tuple[str, ...]
    agenda: tuple[Step, ...]

    @property
    def minutes(self) -> int:
        return sum(step.minutes for step in self.agenda)


def logics(language: str = "") -> Logics:
    """All of it, in the reader's language or another one.

    >>> len(logics("en").terms) == len(logics("es").terms) == len(logics("fr").terms)
    True
    """
    wanted = base_language(language or get_language() or "en")
    return _read(wanted if wanted in LANGUAGES else "en")


@cache
def _read(language: str) -> Logics:
    held = resources.files(__package__).joinpath(f"{language}.json").read_text("utf-8")
    told = json.loads(held)
    return Logics(
        terms=tuple(Term(key, *words) for key, words in told["terms"].items()),
        openers=tuple(told["openers"]),
        agenda=tuple(Step(*one) for one in told["agenda"]),
    )
