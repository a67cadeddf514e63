"""The vocabulary as this installation has it, ready to read a sentence.

Reading a sentence needs every word at hand, so each process keeps the words in memory for as long
as the vocabulary's edition stands. Words are the same for everyone: nothing here depends on who
asks.
"""

from __future__ import annotations

import re
import threading
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from footbridge.core.words import fold, tokens
from footbridge.exchange.models import Cause, Edition, Skill, label_of
from footbridge.exchange.states import Source
from footbridge.exchange.vocabulary import Matcher, Phrase
from footbridge.exchange.vocabulary.entries import SIDE_WEIGHT

# Equal answers: the shipped words first, then those added here, then the large list.
_ORDER = {Source.SHIPPED: 0, Source.OWN: 1, Source.ESCO: 2}


@dataclass(frozen=True, slots=True)
class Suggested:
    """A word of the vocabulary that a text speaks of: how surely (0 to 1), and the piece of the
    text that says so."""

    id: uuid.UUID
    key: str
    labels: Mapping[str, str]
    score: float
    phrase: str

    @property
    def label(self) -> str:
        """The label in the reader's language."""
        return label_of(self.labels, self.key)


@dataclass(frozen=True, slots=True)
class _Term:
    id: uuid.UUID
    key: str
    source: str
    labels: Mapping[str, str]
    synonyms: Mapping[str, list[str]]
    sides: Mapping[str, Mapping[str, list[str]]]

    def phrases(self) -> Iterator[Phrase]:
        for language, text in self.names():
            yield Phrase(text, language)
        for language, by_side in self.sides.items():
            for texts in by_side.values():
                yield from (Phrase(text, language, SIDE_WEIGHT) for text in texts)

    def names(self) -> Iterator[tuple[str, str]]:
        yield from self.labels.items()
        for language, texts in self.synonyms.items():
            yield from ((language, text) for text in texts)


class Dictionary:
    """Terms found by their names or in a sentence."""

    def __init__(self, terms: Iterable[_Term]) -> None:
        self._terms = sorted(terms, key=lambda term: (_ORDER[Source(term.source)], term.key))

    def suggest(self, text: str, language: str | None = None, limit: int = 5) -> list[Suggested]:
        """The terms that a text speaks of, best first."""
        found = self._matcher.suggest(text, language, limit)
        return [self._suggested(match.key, match.score, match.phrase) for match in found]

    def named(self, name: str) -> Suggested | None:
        """The term that goes by exactly this name in some language, or by this key."""
        key = self._by_name.get(name_key(name))
        return self._suggested(key, 1.0, name) if key else None

    def _suggested(self, key: str, score: float, phrase: str) -> Suggested:
        term = self._by_key[key]
        return Suggested(term.id, key, term.labels, score, phrase[:200])

    @cached_property
    def _by_key(self) -> dict[str, _Term]:
        return {term.key: term for term in self._terms}

    @cached_property
    def _by_name(self) -> dict[str, str]:
        """Labels come before other names, so that a word is never taken for its neighbour's."""
        labelled = ((text, term.key) for term in self._terms for text in term.labels.values())
        other = (
            (text, term.key)
            for term in self._terms
            for text in (term.key, *(name for _, name in term.names()))
        )
        named: dict[str, str] = {}
        for text, key in (*labelled, *other):
            named.setdefault(name_key(text), key)
        return named

    @cached_property
    def _matcher(self) -> Matcher:
        return Matcher(self._terms)


def name_key(name: str) -> str:
    """What two spellings of one name share.

    >>> name_key("Co-Design ") == name_key("co design")
    True
    """
    return " ".join(tokens(name)) or fold(name)


def suggest_skills(text: str, language: str | None = None, limit: int = 5) -> list[Suggested]:
    """The skills that a sentence asks for or offers, best first; empty when it names none."""
    return current().skills.suggest(text, language, limit)


def suggest_causes(text: str, language: str | None = None, limit: int = 3) -> list[Suggested]:
    """The causes that a text speaks of, best first; empty when it names none."""
    return current().causes.suggest(text, language, limit)


def find_skill(name: str) -> Suggested | None:
    """The skill that goes by this name in any language, or by this key."""
    return current().skills.named(name)


_GOAL = re.compile(r"^(?:(?:sdg|ods|odd|goal|objetivo|objectif)s?\s*)?0*(\d{1,2})(?!\d)")


def find_cause(name: str) -> Suggested | None:
    """The cause that goes by this name in any language, or the goal that goes by this number."""
    causes = current().causes
    goal = _GOAL.match(name_key(name))
    return causes.named(name) or (causes.named(f"sdg {goal[1]}") if goal else None)


@dataclass(frozen=True)
class Shelf:
    """All skills and causes of one edition. Ask for it once to read many sentences."""

    edition: uuid.UUID | None
    skills: Dictionary
    causes: Dictionary


_shelf: Shelf | None = None
_lock = threading.Lock()


def current() -> Shelf:
    """What the vocabulary holds now: read anew when its edition has changed."""
    global _shelf
    edition = Edition.objects.values_list("code", flat=True).first()
    if _shelf is None or _shelf.edition != edition:
        with _lock:
            if _shelf is None or _shelf.edition != edition:
                _shelf = Shelf(edition, Dictionary(_skills()), Dictionary(_causes()))
    return _shelf


def _skills() -> list[_Term]:
    rows = Skill.objects.values_list("id", "key", "source", "labels", "synonyms", "sides")
    return [_Term(*row) for row in rows.iterator(2000)]


def _causes() -> list[_Term]:
    rows = Cause.objects.values_list("id", "key", "source", "labels", "synonyms")
    return [_Term(*row, {}) for row in rows]
