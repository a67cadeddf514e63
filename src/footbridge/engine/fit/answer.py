"""What an answer looks like: suggestions, each with its reasons and what it lacks."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Term(StrEnum):
    """What may speak for (or, the last, against) a suggestion. In brackets: the evidence."""

    ANSWERS_YOU = "answers_you"  # (terms) they offer what the seeker needs
    YOU_ANSWER = "you_answer"  # (terms) the seeker offers what they need
    BOTH_WAYS = "both_ways"  # (terms) each answers the other: harmonic mean of both coverages
    SHARED_CAUSE = "shared_cause"  # (causes) the same causes; full only from another sector
    ACQUAINTANCES = "acquaintances"  # (members) whom both know, rarest acquaintance first
    WARMTH = "warmth"  # (member) the warmest willing person between the two
    PLACE = "place"  # (kilometres) how far apart their nearest places are
    LANGUAGE = "language"  # (bits) languages in common
    VALUES = "values"  # (questions) answered alike
    CAPACITY = "capacity"  # (hours) free a month
    STAGE = "stage"  # (stage) theirs
    TRACK_RECORD = "track_record"  # (sector, country) such pairs became partners before
    ASKED_OFTEN = "asked_often"  # (times) asked lately; takes away


class Missing(StrEnum):
    """What a suggestion lacks, in codes for which doors have the words."""

    NO_SHARED_SKILL = "no_shared_skill"
    ONE_SIDED = "one_sided"
    NO_SHARED_CAUSE = "no_shared_cause"
    SAME_SECTOR = "same_sector"
    NO_KNOWN_PATH = "no_known_path"
    FAR_AWAY = "far_away"
    PLACE_UNKNOWN = "place_unknown"
    NO_COMMON_LANGUAGE = "no_common_language"
    NO_CAPACITY = "no_capacity"
    ANOTHER_STAGE = "another_stage"
    OTHER_SECTOR = "other_sector"
    OUTSIDE_AREA = "outside_area"
    OTHER_LANGUAGE = "other_language"
    OTHER_CAUSE = "other_cause"
    NOT_AVAILABLE = "not_available"
    OTHER_GROUP = "other_group"
    OTHER_KIND = "other_kind"
    OTHER_CHAPTER = "other_chapter"
    OTHER_COUNTRY = "other_country"


@dataclass(frozen=True, slots=True)
class Reason:
    """One fact and what it adds to the score; ``evidence`` is numbers as :class:`Term` says."""

    kind: Term
    contribution: float
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One member, how well they fit (0 to 1), why, and what is missing.

    The contributions of ``reasons`` (largest first) sum to ``score``. A ``near_miss`` fails a
    filter, shares no language with the seeker, or has neither need, cause nor acquaintance in
    common with them: it is shown only to complete a list.
    """

    member: int
    score: float
    reasons: tuple[Reason, ...]
    missing: tuple[Missing, ...]
    near_miss: bool = False


@dataclass(frozen=True, slots=True)
class Ranking:
    """The answer: suggestions, best first, and what they were computed from."""

    suggestions: tuple[Suggestion, ...]
    snapshot: str
    engine: str

    def __iter__(self) -> Iterator[Suggestion]:
        return iter(self.suggestions)

    def __len__(self) -> int:
        return len(self.suggestions)

    def __getitem__(self, place: int) -> Suggestion:
        return self.suggestions[place]

    @property
    def members(self) -> tuple[int, ...]:
        """Who is suggested, best first."""
        return tuple(suggestion.member for suggestion in self.suggestions)
