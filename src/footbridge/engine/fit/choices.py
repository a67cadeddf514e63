"""What a ranking may be told: weights, what has been learned, and what the seeker asks for."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from footbridge.engine.fit.answer import Term

GAINS: tuple[Term, ...] = tuple(term for term in Term if term is not Term.ASKED_OFTEN)
"""The terms that add to a score, in the order of their columns."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each term may add, and the distances and limits inside the terms.

    The defaults without ``track_record`` sum to 1. Mutual acquaintances weigh most of all single
    terms, since of all signals they predict best who becomes a partner of whom (see
    ``docs/engine/fit.md``); the three need terms together weigh more, since the answer to a need
    is what the seeker came for.
    """

    answers_you: float = 0.14
    you_answer: float = 0.08
    both_ways: float = 0.16
    shared_cause: float = 0.10
    acquaintances: float = 0.22
    warmth: float = 0.10
    place: float = 0.08
    language: float = 0.03
    values: float = 0.04
    capacity: float = 0.03
    stage: float = 0.02
    track_record: float = 0.05
    """Counts only where :class:`Learned` brings a record."""

    acquaintances_half: float = 1.5
    """Adamic-Adar sum at which the term reaches half (about five acquaintances of degree 20)."""
    same_sector: float = 0.5
    """What a shared cause is worth when both come from the same sector or one is unknown."""
    half_distance_km: float = 25.0
    """Distance at which closeness falls to one half."""
    far_km: float = 100.0
    """From here on a suggestion is told to be far away."""
    values_coverage: float = 0.6
    """Below this share of common answers nothing is said about values."""
    enough_hours: float = 4.0
    """Hours a month from which capacity counts in full."""
    stage_span: float = 2.0
    """Difference in stage at which the term reaches 0."""
    exposure_cap: int = 6
    """Somebody asked more often than this lately is not suggested at all."""
    exposure_loss: float = 0.3
    """Share of its score that a suggestion at the cap loses."""

    def __post_init__(self) -> None:
        if min(getattr(self, term.value) for term in GAINS) <= 0:
            raise ValueError("Weights must be above 0; to silence a term make it very small.")
        if not 0 <= self.exposure_loss <= 1:
            raise ValueError("The loss by exposure is a share between 0 and 1.")


DEFAULT_WEIGHTS = Weights()


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """What experience adds: weights of this network, and which pairs became partners before.

    ``sector_lift`` [sectors, sectors] and ``country_lift`` [countries, countries] hold numbers
    from 0 to 1, row: the seeker's. Without them the term says nothing.
    """

    weights: Weights = DEFAULT_WEIGHTS
    sector_lift: npt.NDArray[np.float64] | None = None
    country_lift: npt.NDArray[np.float64] | None = None

    def __post_init__(self) -> None:
        for lift in (self.sector_lift, self.country_lift):
            if lift is not None and (lift.ndim != 2 or lift.min() < 0 or lift.max() > 1):
                raise ValueError("A lift is a table of numbers from 0 to 1.")

    @property
    def gains(self) -> npt.NDArray[np.float64]:
        """Weights in the order of ``GAINS``, scaled down where they sum to more than 1."""
        weights = np.array([getattr(self.weights, term.value) for term in GAINS])
        if self.sector_lift is None and self.country_lift is None:
            weights[GAINS.index(Term.TRACK_RECORD)] = 0.0
        scaled: npt.NDArray[np.float64] = weights / max(1.0, float(weights.sum()))
        return scaled


@dataclass(frozen=True, slots=True)
class Filters:
    """What the seeker asks for; whoever fails one can only be a near miss.

    Empty means anything. ``languages`` and ``available`` are bit masks of which one bit must be
    shared. ``excluded`` (dismissed, avoided, paused) is absolute: never suggested, not even as a
    near miss; so are the seeker, their organisation and its group, and, unless ``allow_tied``,
    whom they already know.
    """

    sectors: frozenset[int] = frozenset()
    causes: frozenset[int] = frozenset()
    groups: frozenset[int] = frozenset()
    chapters: frozenset[int] = frozenset()
    countries: frozenset[int] = frozenset()
    kind: int | None = None
    languages: int = 0
    available: int = 0
    near: tuple[float, float] | None = None
    within_km: float = field(default=50.0)
    allow_tied: bool = False
    excluded: frozenset[int] = frozenset()


NO_FILTERS = Filters()
NOTHING_LEARNED = Learned()
