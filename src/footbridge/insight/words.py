"""Finding members by words, with tolerance for typing errors: the same on every database.

An index from words to members, held in memory beside the snapshot. It is built from what is
listed (names, headlines, skills, causes, places) and shown to all members. Every question says
whom its viewer may see: a word that only others have is as if nobody had it, in guesses and in
counts too.
"""

from __future__ import annotations

import uuid
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from rapidfuzz.distance import OSA

from footbridge.core.words import STEMMED_LANGUAGES, fold, stem, tokens
from footbridge.exchange.models import Cause, Skill
from footbridge.insight.operating import country_words
from footbridge.insight.rows import Rows
from footbridge.insight.tags import skill_of_term
from footbridge.people.models import Affiliation, Member, Reach
from footbridge.people.policy import current, is_open_to_members, open_to_members

NAME, ROLE, TAG = 4.0, 2.0, 1.0
SAME, BEGINS, SAME_STEM = 1.0, 0.7, 0.9
MOST_GUESSES = 8
MOST_WORDS = 12
SHORTEST_STEM = 3

Array = np.ndarray[Any, Any]


@dataclass(eq=False)
class WordIndex:
    """Words in order; for each, the members it stands for and with what weight.

    `letters` has for each word one bit per letter in it, and `lengths` its length: two words that
    are one typing error apart differ in few of them, which spares comparing all words.
    """

    spelt: Array
    starts: Array
    members: Array
    weights: Array
    lengths: Array
    letters: Array

    @classmethod
    def build(cls, rows: Rows) -> WordIndex:
        """Index every member."""
        found = _Found()
        for member_id, text, weight in _texts():
            number = rows.place_of_member.get(member_id)
            if number is not None:
                found.add(number, text, weight)
        for number, text in _tagged(rows):
            found.add(number, text, TAG)
        return found.index()

    @cached_property
    def words(self) -> list[str]:
        """The words, ascending."""
        return self.spelt.tobytes().decode().split("\n") if len(self.starts) > 1 else []

    def seen_among(self, shown: Array) -> Array:
        """For each word, how many of those shown (bool[n]) it stands for."""
        if not len(self.words):
            return np.zeros(0, np.int64)
        return np.add.reduceat(shown[self.members], self.starts[:-1], dtype=np.int64)

    def search(self, text: str, seen: Array, keep: Array) -> tuple[Array, Array]:
        """Members among `keep` (bool[n]) who answer every word, best first, with scores.

        `seen` is `seen_among` everyone whom the viewer may see. A word answers when it is the
        same, begins the same, or is a typing error away. When nobody answers every word, whoever
        answers most of them comes first.
        """
        scores = np.zeros(len(keep), np.float32)
        answered = np.zeros(len(keep), np.int16)
        for word in tokens(fold(text))[:MOST_WORDS]:
            best = self._scores_of(word, seen, len(keep))
            scores += best
            answered += best > 0
        answered[~keep] = 0
        most = answered.max(initial=0)
        found = np.flatnonzero((answered == most) & (answered > 0))
        order = np.lexsort((found, -scores[found]))
        return found[order], scores[found[order]]

    def _scores_of(self, word: str, seen: Array, n: int) -> Array:
        best = np.zeros(n, np.float32)
        for places, closeness in self._alike(word, seen):
            rare = closeness / (1.0 + np.log1p(seen[places]) / 8)
            at, owner = _spans(self.starts, places)
            np.maximum.at(best, self.members[at], self.weights[at] * rare[owner].astype(np.float32))
        return best

    def _alike(self, word: str, seen: Array) -> Iterator[tuple[Array, Array]]:
        """Places of words that may be meant, with how near each is (1: the same)."""
        first, last = self._beginning(word)
        beginning = first + np.flatnonzero(seen[first:last])
        if len(beginning):
            same = self.words[beginning[0]] == word
            yield beginning, np.where((beginning == first) & same, SAME, BEGINS)
        known = self._same_stem(word, seen)
        yield known, np.full(len(known), SAME_STEM)
        if not len(beginning) and not len(known) and len(word) >= 4:
            yield self._misspelt(word, seen)

    def _same_stem(self, word: str, seen: Array) -> Array:
        """Places of the other forms of a word, in any of the languages that have stems here. A
        stem may end in another letter than the word, as "bakeri" of "bakery"."""
        places = {
            place
            for language in STEMMED_LANGUAGES
            if len(form := stem(word, language)) >= SHORTEST_STEM
            for place in range(*self._beginning(form[:-1]))
            if seen[place] and self.words[place] != word
            if stem(self.words[place], language) == form
        }
        return np.array(sorted(places), np.int64)

    def _beginning(self, form: str) -> tuple[int, int]:
        """Where the words that begin so stand."""
        return bisect_left(self.words, form), bisect_left(self.words, form + "\U0010ffff")

    def _misspelt(self, word: str, seen: Array) -> tuple[Array, Array]:
        """The nearest words within one or two typing errors, nearest first."""
        allowed = 1 if len(word) <= 7 else 2
        near = np.abs(self.lengths - len(word)) <= allowed
        apart = np.bitwise_count(self.letters ^ np.uint64(_letters(word)))
        near &= (apart <= 2 * allowed) & (seen > 0)
        guesses = sorted(
            (distance, place)
            for place in np.flatnonzero(near).tolist()
            if (distance := OSA.distance(word, self.words[place])) <= allowed
        )[:MOST_GUESSES]
        places = np.array([place for _, place in guesses], np.int64)
        return places, np.array([0.6 - 0.15 * distance for distance, _ in guesses])


def _spans(starts: Array, places: Array) -> tuple[Array, Array]:
    """The positions of all entries of some words, and which of the words each is of."""
    first = starts[places]
    lengths = starts[places + 1] - first
    owner = np.repeat(np.arange(len(places)), lengths)
    before = np.cumsum(lengths) - lengths
    return np.arange(len(owner)) + (first - before)[owner], owner


def _letters(word: str) -> int:
    found = 0
    for letter in word:
        found |= 1 << (ord(letter) & 63)
    return found


class _Found:
    """Collects which member has which word."""

    def __init__(self) -> None:
        self._number: dict[str, int] = {}
        self._words_of: dict[str, list[int]] = {}
        self._word, self._member, self._weight = array("l"), array("l"), array("f")

    def add(self, member: int, text: str, weight: float) -> None:
        for word in self._words(text):
            self._word.append(word)
            self._member.append(member)
            self._weight.append(weight)

    def _words(self, text: str) -> list[int]:
        """The numbers of a text's words; many members have the same role, town and skills."""
        known = self._words_of.get(text)
        if known is None:
            words = sorted(set(tokens(fold(text))))
            known = [self._number.setdefault(word, len(self._number)) for word in words]
            self._words_of[text] = known
        return known

    def index(self) -> WordIndex:
        words = sorted(self._number)
        place = np.empty(len(words), np.int64)
        place[[self._number[word] for word in words]] = np.arange(len(words))
        word = place[np.array(self._word, np.int64)]
        member, weight = np.array(self._member, np.int32), np.array(self._weight, np.float32)
        order = np.lexsort((-weight, member, word))
        word, member, weight = word[order], member[order], weight[order]
        first = np.ones(len(word), bool)
        first[1:] = (word[1:] != word[:-1]) | (member[1:] != member[:-1])
        return WordIndex(
            spelt=np.frombuffer("\n".join(words).encode(), np.uint8),
            starts=np.searchsorted(word[first], np.arange(len(words) + 1)).astype(np.int64),
            members=member[first],
            weights=weight[first],
            lengths=np.array([len(one) for one in words], np.int32),
            letters=np.array([_letters(one) for one in words], np.uint64),
        )


def _texts() -> Iterator[tuple[uuid.UUID, str, float]]:
    """What each member can be found by, with the weight of each kind of text."""
    members = Member.objects.order_by().values_list(
        "id", "name", "headline", "headline_seen_by", "place__name", "place_seen_by", "former_names"
    )
    for member, name, headline, line, town, place, former in members.iterator(chunk_size=5000):
        yield member, name, NAME
        for text in (_open(headline, line), _open(town, place), *former):
            yield member, text, ROLE
    yield from _places_of_work()
    acting = Affiliation.objects.filter(current(), open_to_members("work", "person__")).order_by()
    columns = acting.values_list("person_id", "role", "organisation__name")
    for member, role, name in columns.iterator(chunk_size=5000):
        yield member, role, ROLE
        yield member, name, ROLE


def _places_of_work() -> Iterator[tuple[uuid.UUID, str, float]]:
    """Countries by their names in every language, for whoever shows where they are; and the other
    places where an organisation works, itself or through another of its group."""
    seats = Member.objects.exclude(place=None).filter(open_to_members("place")).order_by()
    for member, country in seats.values_list("id", "place__country").iterator(chunk_size=5000):
        yield member, country_words(country), TAG
    reach = Reach.objects.order_by()
    columns = ("organisation_id", "organisation__group_id", "place__name", "place__country")
    for one, head, town, country in reach.values_list(*columns).iterator(chunk_size=5000):
        yield from _works_in((one, head), town, country)
    others = Member.objects.exclude(group=None).exclude(place=None).order_by()
    rows = others.values_list("group_id", "place__name", "place__country")
    for head, town, country in rows.iterator(chunk_size=5000):
        yield from _works_in((head,), town, country)


def _works_in(
    members: Iterable[uuid.UUID | None], town: str, country: str
) -> Iterator[tuple[uuid.UUID, str, float]]:
    for member in members:
        if member is not None:
            yield member, town, TAG
            yield member, country_words(country), TAG


def _open(text: str | None, seen_by: str) -> str:
    """A text that somebody shows to all members; nothing of one that they do not."""
    return text or "" if is_open_to_members(seen_by) else ""


def _tagged(rows: Rows) -> Iterator[tuple[int, str]]:
    """The skills and causes of each member by every label and synonym they have."""
    skills = _labels(Skill, [skill_of_term(term) for term in rows.names["terms"]])
    causes = _labels(Cause, [uuid.UUID(cause) for cause in rows.names["causes"]])
    for heading, labels in (("needs", skills), ("offers", skills), ("causes", causes)):
        members, terms = rows.lists[f"{heading}/member"], rows.lists[f"{heading}/term"]
        for member, term in zip(members.tolist(), terms.tolist(), strict=True):
            if labels[term]:
                yield member, labels[term]


def _labels(model: type[Skill] | type[Cause], ids: Iterable[uuid.UUID | None]) -> list[str]:
    """All labels and synonyms of each of these as one text; nothing for a word that is no skill."""
    rows = model._default_manager.values_list("id", "labels", "synonyms")
    labels = {
        one: " ".join((*found.values(), *(word for words in more.values() for word in words)))
        for one, found, more in rows.iterator(chunk_size=5000)
    }
    return [labels.get(one, "") if one else "" for one in ids]
