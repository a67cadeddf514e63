"""How well two people know each other, in words and in width."""

from __future__ import annotations

from footbridge.web.pictures.sectors import gettext_noop
from footbridge.web.pictures.svg import Say, as_written

_WORDS = (
    (0.75, gettext_noop("know each other very well")),
    (0.5, gettext_noop("know each other well")),
    (0.25, gettext_noop("know each other")),
    (0.0, gettext_noop("have met")),
)
_SENTENCES = (
    (0.75, gettext_noop("{one} and {other} know each other very well.")),
    (0.5, gettext_noop("{one} and {other} know each other well.")),
    (0.25, gettext_noop("{one} and {other} know each other.")),
    (0.0, gettext_noop("{one} and {other} have met.")),
)
THINNEST, THICKEST = 2.0, 11.0


def strength_words(strength: float, say: Say = as_written) -> str:
    """A strength between 0 and 1 in the words two people would use of themselves.

    >>> strength_words(0.6)
    'know each other well'
    """
    return say(_at(strength, _WORDS))


def strength_sentence(strength: float, one: str, other: str, say: Say = as_written) -> str:
    """The same as a sentence about two people."""
    return say(_at(strength, _SENTENCES)).format(one=one, other=other)


def plank_width(strength: float) -> float:
    """How thick a step is drawn, in units of the picture."""
    return round(THINNEST + (THICKEST - THINNEST) * _checked(strength), 1)


def _at(strength: float, steps: tuple[tuple[float, str], ...]) -> str:
    reached = _checked(strength)
    return next(words for least, words in steps if reached >= least)


def _checked(strength: float) -> float:
    if not 0 <= strength <= 1:
        raise ValueError(f"A strength lies between 0 and 1, this is {strength}.")
    return strength
