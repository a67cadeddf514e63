"""What the vocabulary holds, and how the shipped files are read."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import Protocol

from footbridge.core.words import base_language

LANGUAGES = ("en", "es", "fr")


class Resource(StrEnum):
    """What kind of thing changes hands when a need is answered."""

    MONEY = "money"
    GOODS = "goods"
    EXPERTISE = "expertise"
    INFRASTRUCTURE = "infrastructure"
    NETWORK = "network"
    LEGITIMACY = "legitimacy"
    DATA = "data"


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way to say an entry in one language; `weight` is 1 for its plainest names."""

    text: str
    language: str
    weight: float = 1.0


class Entry(Protocol):
    """Anything that a matcher can suggest: a stable key and the ways to say it."""

    @property
    def key(self) -> str: ...

    def phrases(self) -> Iterable[Phrase]: ...


@dataclass(frozen=True, slots=True)
class Wording:
    """A skill in one language: its label, how each side says it, and other words for it."""

    label: str
    mission: tuple[str, ...] = ()
    business: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skill:
    """Something that one side can need and another can offer."""

    key: str
    group: str
    resource: Resource
    words: Mapping[str, Wording]

    def wording(self, language: str = "en") -> Wording:
        """Return the skill in a language, in English where we do not have that language."""
        return self.words.get(base_language(language), self.words["en"])

    def label(self, language: str = "en") -> str:
        """Return the short name that a person sees."""
        return self.wording(language).label

    def phrases(self) -> Iterator[Phrase]:
        """Yield every way to say the skill, in all its languages."""
        for language, wording in self.words.items():
            for text in (wording.label, *wording.synonyms):
                yield Phrase(text, language)
            for text in (*wording.mission, *wording.business):
                yield Phrase(text, language, SIDE_WEIGHT)


# How one side says a skill is looser talk than its name, and counts a little less.
SIDE_WEIGHT = 0.9


@dataclass(frozen=True, slots=True)
class Cause:
    """One of the seventeen Sustainable Development Goals, by number, in our own short words."""

    key: str
    number: int
    labels: Mapping[str, str]
    synonyms: Mapping[str, tuple[str, ...]]

    def label(self, language: str = "en") -> str:
        """Return the short name that a person sees, in English where we lack the language."""
        return self.labels.get(base_language(language), self.labels["en"])

    def phrases(self) -> Iterator[Phrase]:
        """Yield every way to say the cause, in all its languages."""
        for language, label in self.labels.items():
            for text in (label, *self.synonyms[language]):
                yield Phrase(text, language)


@lru_cache(maxsize=1)
def load_skills() -> tuple[Skill, ...]:
    """Return the skills that ship with Footbridge, in the order of the file."""
    return tuple(_skill(row) for row in _rows("skills.csv"))


@lru_cache(maxsize=1)
def load_causes() -> tuple[Cause, ...]:
    """Return the seventeen goals in their order."""
    return tuple(_cause(row) for row in _rows("causes.csv"))


@lru_cache(maxsize=1)
def load_groups() -> Mapping[str, Mapping[str, str]]:
    """Return the groups of skills in their order: key -> language -> label."""
    return {row["key"]: _labels(row) for row in _rows("groups.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    shipped = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(shipped.splitlines(), strict=True))


def _skill(row: dict[str, str]) -> Skill:
    words = {language: _wording(row, language) for language in LANGUAGES}
    return Skill(row["key"], row["group"], Resource(row["resource"]), words)


def _wording(row: dict[str, str], language: str) -> Wording:
    return Wording(
        label=row[f"label_{language}"],
        mission=_parts(row[f"mission_words_{language}"]),
        business=_parts(row[f"business_words_{language}"]),
        synonyms=_parts(row[f"synonyms_{language}"]),
    )


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _cause(row: dict[str, str]) -> Cause:
    synonyms = {language: _parts(row[f"synonyms_{language}"]) for language in LANGUAGES}
    return Cause(row["key"], int(row["number"]), _labels(row), synonyms)


def _labels(row: dict[str, str]) -> dict[str, str]:
    return {language: row[f"label_{language}"] for language in LANGUAGES}
