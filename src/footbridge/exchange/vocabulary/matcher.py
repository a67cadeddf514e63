"""From a sentence to the entries that it speaks of, each with the piece that answers.

Every way to say an entry is kept as stems, weighted by how few entries share them. A phrase
answers a text when its stems stand near each other in the text and carry most of its weight, so
"storage, cold if possible" answers "cold storage". All languages are read at once; the ones that
the text does not seem to be written in count for less.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from footbridge.core.words import base_language, located_tokens, stem, stop_words, tokens
from footbridge.exchange.vocabulary.asking import ASKING
from footbridge.exchange.vocabulary.entries import Entry, Phrase

COVERAGE = 0.6  # the share of a phrase's weight that a text must hold, unless told otherwise
NEARBY = 7  # how many words apart the words of one phrase may stand
FLOOR = 0.2  # below this score a suggestion is noise
HALF = 5.0  # the evidence that scores one half
FURTHER_EVIDENCE = 0.7  # what each further piece of evidence counts, against the one before
OTHER_LANGUAGE = 0.5  # what a word counts in a language that the text is not written in
REPAIRED = 0.7  # what a word counts that was mistyped
OTHER_FORM = 0.9  # what a word counts in another form: "lawyers" for "lawyer"
FAR_FORM = 0.6  # and in a form much longer or shorter: "second" for "secondment"
MUCH = 0.75  # the share of the longer form below which the shorter one is much shorter
FEWEST = 100  # a small vocabulary is weighed as if it had this many entries
ASKING_WEIGHT = 0.2  # what a word of asking weighs
ANCHORS = 6  # how many places of a repeated word are tried


@dataclass(frozen=True, slots=True)
class Match:
    """A suggestion: which entry, how sure (0 to 1), the piece of the text that answers, and the
    words of the vocabulary that it answers."""

    key: str
    score: float
    phrase: str
    wording: str


class Matcher:
    """Suggests entries for a text.

    `coverage` is the share of a phrase that a text must hold, by weight. Lower it to 0.5 for a
    large professional vocabulary, where a near miss is better than none.

    >>> from footbridge.exchange.vocabulary import load_skills
    >>> matcher = Matcher(load_skills())
    >>> [best] = matcher.suggest("we need cold storage two nights a week", limit=1)
    >>> best.key, best.phrase
    ('cold-storage', 'cold storage')
    >>> matcher.suggest("the moon was bright over the hills")
    []
    """

    def __init__(self, entries: Iterable[Entry], coverage: float = COVERAGE) -> None:
        self._keys: list[str] = []
        said: dict[str, list[tuple[int, Phrase]]] = defaultdict(list)
        for number, entry in enumerate(entries):
            self._keys.append(entry.key)
            for phrase in entry.phrases():
                said[base_language(phrase.language)].append((number, phrase))
        self._languages = {
            language: _Index(language, phrases, len(self._keys), coverage)
            for language, phrases in said.items()
        }
        self._known = _by_first_letter(self._languages.values())

    def suggest(self, text: str, language: str | None = None, limit: int = 5) -> list[Match]:
        """Return the entries that a text speaks of, best first; empty when nothing answers.

        `language` is what the writer is known to write in; words of other languages still count,
        for less. Without it the languages are told apart by the words they know. Equal scores keep
        the order in which entries were given.
        """
        words = list(located_tokens(text))
        if not words:
            return []
        repairs = self._repairs(words)
        evidence: dict[int, list[_Evidence]] = defaultdict(list)
        written = self._written_in(words, language)
        small = frozenset().union(*(self._languages[name].small_words for name in written))
        for name, index in self._languages.items():
            own = name in written or not written
            silent, trust = (frozenset(), 1.0) if own else (small, OTHER_LANGUAGE)
            for piece in index.evidence(words, repairs, silent, trust):
                evidence[piece.entry].append(piece)
        judged = [self._judge(number, pieces, words, text) for number, pieces in evidence.items()]
        sure = [(match, number) for match, number in judged if match.score >= FLOOR]
        sure.sort(key=lambda pair: (-pair[0].score, pair[1]))
        return [match for match, _ in sure[:limit]]

    def _repairs(self, words: Sequence[_Word]) -> dict[int, str]:
        """Return, for words that no language knows, the known word that was probably meant."""
        repairs = {}
        for place, (word, _, _) in enumerate(words):
            if len(word) < 5 or not word.isalpha() or self._is_known(word):
                continue
            if meant := _nearest_known(word, self._known.get(word[0], ())):
                repairs[place] = meant
        return repairs

    def _is_known(self, word: str) -> bool:
        return any(index.knows(word) for index in self._languages.values())

    def _written_in(self, words: Sequence[_Word], language: str | None) -> set[str]:
        """Return the known languages that a text is written in: as told, else whose words it has.

        Empty when it cannot be told, so that all count alike.
        """
        if language:
            return {base_language(language)} & self._languages.keys()
        plain = {word for word, _, _ in words}
        own = {name: sum(map(index.has, plain)) for name, index in self._languages.items()}
        most = max(own.values(), default=0)
        return {name for name, count in own.items() if count == most > 0}

    def _judge(
        self, number: int, pieces: list[_Evidence], words: Sequence[_Word], text: str
    ) -> tuple[Match, int]:
        """Add up the evidence for one entry; words of the text are used once only."""
        pieces.sort(key=lambda piece: (-piece.strength, piece.places))
        used: set[int] = set()
        total, share = 0.0, 1.0
        for piece in pieces:
            if used.isdisjoint(piece.places):
                used.update(piece.places)
                total += piece.strength * share
                share *= FURTHER_EVIDENCE
        best = pieces[0]
        score = round(total / (total + HALF), 3)
        return Match(self._keys[number], score, _quote(best.places, words, text), best.said), number


_Word = tuple[str, int, int]


class _Evidence(NamedTuple):
    """One phrase found in the text: for which entry, how strong, at which words."""

    entry: int
    strength: float
    places: tuple[int, ...]
    said: str


class _Known(NamedTuple):
    """One phrase of the vocabulary: its words from rarest to commonest, as stems and as written."""

    entry: int
    text: str
    stems: tuple[str, ...]
    forms: tuple[str, ...]
    weights: tuple[float, ...]
    total: float
    worth: float


class _Spot(NamedTuple):
    """Where a stem stands in the text: first and last word, as written, and how sure we are.

    A word of asking answers only itself: "mes" (a month) is no form of "mesas" (tables).
    """

    first: int
    last: int
    form: str | None
    sure: float = 1.0
    asking: bool = False

    def counts_for(self, form: str) -> float:
        """Return what the word counts for a word of the vocabulary that has the same stem."""
        if self.form is None or self.form == form:
            return self.sure
        if self.asking:
            return 0.0
        short, long = sorted((len(self.form), len(form)))
        return self.sure * (OTHER_FORM if short >= MUCH * long else FAR_FORM)


_Spots = Mapping[str, Sequence[_Spot]]


class _Index:
    """The phrases of one language, found by their rarer stems."""

    def __init__(
        self,
        language: str,
        phrases: Sequence[tuple[int, Phrase]],
        entries: int,
        coverage: float,
    ) -> None:
        self.language = language
        self._coverage = coverage
        self.small_words = stop_words(language) | ASKING.get(language, frozenset())
        self._asking = ASKING.get(language, frozenset())
        self._stops = stop_words(language)
        self.stem_of: dict[str, str] = {}
        self._joined: dict[str, tuple[str, ...]] = {}
        stemmed = [(entry, phrase, self._learn(phrase.text)) for entry, phrase in phrases]
        self._weights = self._weigh(stemmed, entries)
        self._phrases = [self._known(*each) for each in stemmed if each[2]]
        self._postings = self._post()

    def has(self, word: str) -> bool:
        """Say whether a word, as it is written, belongs to this language so far as we know it."""
        return word in self.stem_of or word in self.small_words

    def knows(self, word: str) -> bool:
        """Say whether a word, in any of its forms, stands in the vocabulary or tells nothing."""
        if self.has(word) or word in self._joined:
            return True
        return stem(word, self.language) in self._weights

    def _learn(self, text: str) -> tuple[str, ...]:
        """Return the different stems of a phrase, and remember its words as they are written."""
        words = tokens(text)
        telling = [word for word in words if word not in self._stops] or words
        for word in telling:
            self.stem_of.setdefault(word, stem(word, self.language))
        found = tuple(dict.fromkeys(self.stem_of[word] for word in telling))
        if len(words) == len(found) == 2 and all(len(word) > 2 for word in words):
            self._joined.setdefault("".join(words), found)
        return found

    def _weigh(
        self, stemmed: Iterable[tuple[int, Phrase, tuple[str, ...]]], entries: int
    ) -> dict[str, float]:
        """Return how telling each stem is: the fewer entries share it, the more."""
        pairs = {(entry, each) for entry, _, found in stemmed for each in found}
        shared = Counter(each for _, each in pairs)
        crowd = max(entries, FEWEST)
        return {each: math.log(1 + crowd / count) for each, count in shared.items()}

    def _known(self, entry: int, phrase: Phrase, found: tuple[str, ...]) -> _Known:
        """Weigh the words of a phrase and put the rarest first."""
        written = {self.stem_of.get(word): word for word in reversed(tokens(phrase.text))}
        weighed = [
            (ASKING_WEIGHT if written[each] in self._asking else self._weights[each], each)
            for each in found
        ]
        weighed.sort(key=lambda pair: (-pair[0], pair[1]))
        weights, ordered = zip(*weighed)
        forms = tuple(written[each] for each in ordered)
        return _Known(entry, phrase.text, ordered, forms, weights, sum(weights), phrase.weight)

    def _post(self) -> dict[str, list[int]]:
        """List each phrase under those of its stems without which it could not be covered."""
        postings: dict[str, list[int]] = defaultdict(list)
        for number, phrase in enumerate(self._phrases):
            left = phrase.total
            for each, weight in zip(phrase.stems, phrase.weights):
                if left < self._coverage * phrase.total:
                    break
                postings[each].append(number)
                left -= weight
        return dict(postings)

    def evidence(
        self,
        words: Sequence[_Word],
        repairs: Mapping[int, str],
        silent: Set[str],
        trust: float,
    ) -> Iterator[_Evidence]:
        """Yield every phrase of this language that the text holds, apart from silent words."""
        spots = self._locate(words, repairs, silent)
        candidates = {n for each in spots for n in self._postings.get(each, ())}
        for number in candidates:
            phrase = self._phrases[number]
            strength, places = _answer(phrase, spots, self._coverage)
            if strength:
                yield _Evidence(phrase.entry, strength * trust, places, phrase.text)

    def _locate(
        self, words: Sequence[_Word], repairs: Mapping[int, str], silent: Set[str]
    ) -> _Spots:
        """Find the stems of the text, of its mended words, and of words written apart or as one."""
        spots: dict[str, list[_Spot]] = defaultdict(list)
        for place, (word, _, _) in enumerate(words):
            mended = repairs.get(place, "")
            if mended in self.stem_of:
                spots[self.stem_of[mended]].append(_Spot(place, place, mended, REPAIRED))
            elif word in self._joined and word not in self.stem_of:
                for each in self._joined[word]:
                    spots[each].append(_Spot(place, place, None))
            elif word not in self._stops and word not in silent:
                spot = _Spot(place, place, word, asking=word in self._asking)
                spots[stem(word, self.language)].append(spot)
            pair = words[place - 1][0] + word if place else ""
            if len(pair) > 5 and pair in self.stem_of:
                spots[self.stem_of[pair]].append(_Spot(place - 1, place, pair))
        return spots


def _answer(phrase: _Known, spots: _Spots, coverage: float) -> tuple[float, tuple[int, ...]]:
    """Return how strongly a text holds a phrase and at which words; 0 when it holds too little.

    strength = what its words count * share of weight covered * root of the share of words found
    * closeness * (1 + ln times that its rarest word occurs)
    """
    present = [
        (spots[each], form, weight)
        for each, form, weight in zip(phrase.stems, phrase.forms, phrase.weights)
        if each in spots
    ]
    rarest = present[0][0]
    best = max((_around(spot.last, present) for spot in rarest[:ANCHORS]), key=_Nearby.rank)
    covered = best.weight / phrase.total
    if covered < coverage:
        return 0.0, ()
    gaps = best.places[-1] - best.places[0] + 1 - len(best.places)
    whole = covered * math.sqrt(best.found / len(phrase.stems))
    often = 1 + math.log(len(rarest))
    return best.counted * whole / (1 + 0.05 * gaps) * phrase.worth * often, best.places


class _Nearby(NamedTuple):
    """The words of a phrase that stand near one place of the text."""

    found: int
    weight: float
    counted: float
    places: tuple[int, ...]

    def rank(self) -> tuple[float, float, int]:
        """Heaviest first, then the surest, then the closest together."""
        spread = self.places[-1] - self.places[0] if self.places else 0
        return self.weight, self.counted, -spread


def _around(anchor: int, present: Sequence[tuple[Sequence[_Spot], str, float]]) -> _Nearby:
    """Gather the words of a phrase that stand near one place."""
    found, total, counted = 0, 0.0, 0.0
    places: set[int] = set()
    for spots, form, weight in present:
        spot = min(spots, key=lambda spot: abs(spot.last - anchor))
        likeness = spot.counts_for(form)
        if likeness and abs(spot.last - anchor) <= NEARBY:
            found += 1
            total += weight
            counted += weight * likeness
            places.update((spot.first, spot.last))
    return _Nearby(found, total, counted, tuple(sorted(places)))


def _quote(places: tuple[int, ...], words: Sequence[_Word], text: str) -> str:
    """Return the piece of the text from the first to the last word that answers."""
    return " ".join(text[words[places[0]][1] : words[places[-1]][2]].split())


def _by_first_letter(indexes: Iterable[_Index]) -> dict[str, tuple[str, ...]]:
    """Group the known words by first letter: people seldom mistype it, and it is quick."""
    groups: dict[str, set[str]] = defaultdict(set)
    for index in indexes:
        for word in index.stem_of:
            if len(word) >= 5 and word.isalpha():
                groups[word[0]].add(word)
    return {letter: tuple(sorted(words)) for letter, words in groups.items()}


def _nearest_known(word: str, known: Sequence[str]) -> str | None:
    """Return the known word within one slip of a short word, two of a long one (9 letters).

    Of equally near words the one without a replaced letter wins: "traning" is "training" that
    lost a letter, rather than "trading".
    """
    slips = 2 if len(word) >= 9 else 1
    near = process.extract(word, known, scorer=OSA.distance, score_cutoff=slips, limit=8)
    ranked = sorted((found[1], _replaces_a_letter(word, found[0]), found[0]) for found in near)
    if not ranked or (len(word) < 7 and ranked[0][1]):
        return None
    return str(ranked[0][2])


def _replaces_a_letter(word: str, meant: str) -> bool:
    """Say whether two words differ by a letter put for another, so may be two real words.

    >>> _replaces_a_letter("trail", "train"), _replaces_a_letter("lawyre", "lawyer")
    (True, False)
    """
    return len(word) == len(meant) and sorted(word) != sorted(meant)
