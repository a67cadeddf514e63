"""How alike two organisations are in what they do, for whom and where: plain values, no database.

Words weigh the more the fewer recipients have them: two who both speak of «community» are hardly
alike, two who both speak of «beekeeping» are. The measure is the cosine of the two sets of words,
each word weighed by log((1 + n) / (1 + how many have it)), as in any text search.
"""

from __future__ import annotations

import math
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from footbridge.people.gazetteer import distance_km

WORDS, CAUSE, PLACE, SIZE = 0.6, 0.2, 0.15, 0.05
NEAR_KM, FAR_KM = 25.0, 250.0
# Below this, what two have in common is by chance.
ALIKE = 0.12


@dataclass(frozen=True)
class Portrait:
    """As much of an organisation as it is compared by."""

    words: frozenset[str] = frozenset()
    causes: frozenset[uuid.UUID] = frozenset()
    country: str = ""
    point: tuple[float, float] | None = None
    size: str = ""


@dataclass(frozen=True)
class Likeness:
    """How alike, from 0 to 1, and in what: the words shared (rarest first), causes, distance."""

    score: float
    words: tuple[str, ...] = ()
    causes: frozenset[uuid.UUID] = frozenset()
    km: float | None = None
    same_country: bool = False
    same_size: bool = False

    @property
    def is_alike(self) -> bool:
        """In what they do, not merely in where they are; a cause alone is enough near by."""
        in_common = bool(self.words) or (bool(self.causes) and self.is_near)
        return in_common and self.score >= ALIKE

    @property
    def is_near(self) -> bool:
        """In one country, or not far across a border."""
        return self.same_country or (self.km is not None and self.km <= FAR_KM)


@dataclass
class Rarity:
    """How telling each word is among all recipients."""

    count: int
    having: Counter[str] = field(default_factory=Counter)

    @classmethod
    def among(cls, portraits: Iterable[Portrait]) -> Rarity:
        """Count in how many portraits each word stands."""
        having: Counter[str] = Counter()
        count = 0
        for portrait in portraits:
            count += 1
            having.update(portrait.words)
        return cls(count, having)

    def of(self, word: str) -> float:
        """0 for a word that all have, the more the fewer have it.

        >>> Rarity(2, Counter({"youth": 2, "bees": 1})).of("youth")
        0.0
        """
        return math.log((1 + self.count) / (1 + self.having[word]))

    def length(self, words: Iterable[str]) -> float:
        """How long a set of words is, each taken with its weight."""
        return math.sqrt(sum(self.of(word) ** 2 for word in words))


def likeness(
    one: Portrait, other: Portrait, rarity: Rarity, lengths: Mapping[int, float]
) -> Likeness:
    """How alike an organisation and a recipient are. `lengths` keeps the lengths of their words,
    by `id`, so that each is measured once."""
    shared = one.words & other.words
    weight = sum(rarity.of(word) ** 2 for word in shared)
    both = lengths[id(one)] * lengths[id(other)]
    by_words = weight / both if both else 0.0
    causes = one.causes & other.causes
    km = _apart(one, other)
    same_country = bool(one.country) and one.country == other.country
    same_size = bool(one.size) and one.size == other.size
    score = (
        WORDS * min(1.0, 2 * by_words)
        + CAUSE * bool(causes)
        + PLACE * _near(km, same_country)
        + SIZE * same_size
    )
    telling = sorted(shared, key=lambda word: (-rarity.of(word), word))[:12]
    telling = [word for word in telling if rarity.of(word) > 0]
    return Likeness(score, tuple(telling), causes, km, same_country, same_size)


def _apart(one: Portrait, other: Portrait) -> float | None:
    if one.point is None or other.point is None:
        return None
    return distance_km(*one.point, *other.point)


def _near(km: float | None, same_country: bool) -> float:
    """1 in the same town, falling to nothing at 250 km; half of it within one country."""
    if km is None:
        return 0.5 if same_country else 0.0
    falling = 1.0 if km <= NEAR_KM else max(0.0, 1 - (km - NEAR_KM) / (FAR_KM - NEAR_KM))
    return max(falling, 0.3 if same_country else 0.0)
