"""The words that stand on the paper of an agreement besides its own, in each language in which one
can be set: more languages than the pages speak."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from django.utils import translation
from django.utils.formats import date_format

from footbridge.agreements.fields import words_of
from footbridge.agreements.languages import LANGUAGES

# Where Django knows how a day is written; elsewhere it stands as numbers, year first.
_DAYS = {"en": "en", "es": "es", "fr": "fr", "ar": "ar", "zh": "zh-hans"}


@dataclass(frozen=True)
class PaperWords:
    """The fixed words of one language."""

    language: str
    forms: dict[str, str]
    standings: dict[str, str]
    headings: dict[str, str]
    titles: dict[str, str]
    labels: dict[str, str]
    weights: list[str]
    resources: dict[str, str]
    roles: dict[str, str]

    def title_of(self, key: str) -> str:
        """What a clause is called."""
        return self.titles.get(key) or words_of(key, self.language).title

    def say(self, label: str, **values: object) -> str:
        """A label with its values."""
        return self.labels[label].format(**values)

    def day(self, day: date) -> str:
        """A day as this language writes it."""
        if self.language not in _DAYS:
            return f"{day:%Y-%m-%d}"
        with translation.override(_DAYS[self.language]):
            return str(date_format(day, "DATE_FORMAT"))


@cache
def paper_words(language: str) -> PaperWords:
    """The words of a language; English where it is none of ours."""
    known = language if language in LANGUAGES else "en"
    held = resources.files(__package__).joinpath(f"{known}.json").read_text("utf-8")
    return PaperWords(language=known, **json.loads(held))
