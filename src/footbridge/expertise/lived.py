"""The list of lived work that ships: what somebody may have done, and which skills that shows."""

from __future__ import annotations

import csv
import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from footbridge.core.words import base_language, stems
from footbridge.expertise.states import Carries, Level, Theme

LANGUAGES = ("en", "es", "fr")


@dataclass(frozen=True, slots=True)
class Leads:
    """A skill that a line leads to, the level it mostly stands for, and how far it carries over."""

    skill: str
    level: Level
    carries: Carries


@dataclass(frozen=True, slots=True)
class Line:
    """One line of lived work, in each language."""

    key: str
    theme: Theme
    words: Mapping[str, str]
    leads: tuple[Leads, ...]

    def text(self, language: str | None) -> str:
        """The line in a language, in English where we lack it."""
        return self.words.get(base_language(language), self.words["en"])


@lru_cache(maxsize=1)
def lines() -> tuple[Line, ...]:
    """The lines that ship, in the order of the file."""
    shipped = files(__package__).joinpath("lived.csv").read_text(encoding="utf-8")
    return tuple(_line(row) for row in csv.DictReader(shipped.splitlines(), strict=True))


def _line(row: dict[str, str]) -> Line:
    leads = tuple(_leads(part) for part in row["skills"].split("|"))
    words = {language: row[language] for language in LANGUAGES}
    return Line(row["key"], Theme(row["theme"]), words, leads)


# The share of a line's telling words, by weight, that a sentence must have to be taken for it.
ALIKE = 0.5


def alike(text: str, language: str | None) -> list[Leads]:
    """What the lines lead to that a sentence resembles, the most alike first: lived work is told
    without the words of a trade, and the lines know what it is called.

    >>> [one.skill for one in alike("We kept twenty volunteers for two years", "en")]
    ['volunteer-management', 'team-building']
    >>> alike("The moon was bright over the hills", "en")
    []
    """
    said = set(stems(text, language))
    known = _stemmed(base_language(language))
    shares = [(_share(said, words), line) for line, words in known]
    close = [(share, line) for share, line in shares if share >= ALIKE]
    close.sort(key=lambda pair: -pair[0])
    found = [leads for _, line in close for leads in line.leads]
    return list({leads.skill: leads for leads in reversed(found)}.values())[::-1]


def _share(said: set[str], words: Mapping[str, float]) -> float:
    shared = [weight for word, weight in words.items() if word in said]
    return sum(shared) / sum(words.values()) if len(shared) > 1 else 0.0


@lru_cache(maxsize=8)
def _stemmed(language: str) -> tuple[tuple[Line, Mapping[str, float]], ...]:
    """The lines of a language with their telling words, each weighing more the fewer lines have
    it."""
    tongue = language if language in LANGUAGES else "en"
    words = [(line, set(stems(line.text(tongue), tongue))) for line in lines()]
    many = Counter(word for _, found in words for word in found)
    weigh = {word: math.log(1 + len(words) / count) for word, count in many.items()}
    return tuple((line, {word: weigh[word] for word in found}) for line, found in words)


def _leads(part: str) -> Leads:
    skill, level, carries = part.split(":")
    return Leads(skill, Level(level), Carries(carries))
