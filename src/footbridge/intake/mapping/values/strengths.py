"""How well two members know each other: words and numbers onto four levels.

Only words that say so are read as trust, and a bare mark as having met: what a list leaves open
is not claimed on anybody's behalf.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from footbridge.intake.mapping.values.numbers import read_number
from footbridge.intake.mapping.values.outcome import Outcome
from footbridge.intake.mapping.words import fold
from footbridge.intake.reading.said import said

LEVELS = ("met", "know", "worked_together", "trust")

_WORDS = {
    "met": """
        met|weak|low|generic|acquaintance|casual acquaintance|heard of|introduced|new|aware
        |share information|information sharing|communicates|cooperate|networking|distant|slight
        |rarely
        |debil|baja|bajo|conocido|conocida|me lo presentaron|poco
        |faible|basse|rencontre|connaissance|peu
        |schwach|gering|getroffen|bekannt|fluchtig
        |fraco|fraca|baixo|conhecido|debole|basso|conoscente|zwak|laag|kennis|ontmoet""",
    "know": """
        know|knows|medium|moderate|casual|familiar|colleague|regular|informal|coordinate|sometimes
        |contact|known|average|normal|collaborate informally|friendly|middle
        |medio|media|moderado|conoce|conozco|colega|regular
        |moyen|moyenne|connait|connais|collegue|modere
        |mittel|kennt|kenne|kollege|kollegin|maessig|massig
        |medio|conhece|media|medio|conosce|collega|gemiddeld|kent|matig|middel""",
    "worked_together": """
        worked together|strong|high|positive|work together|works with|worked with|partner
        |collaborate
        |collaboration|formal|collaborates|close colleague|often|project partner|frequent
        |joint work
        |fuerte|alto|alta|trabajamos juntos|ha trabajado con|hemos trabajado juntos|socio
        |fort|forte|elevee|a travaille avec|travaille ensemble|nous avons travaille ensemble
        |stark|hoch|zusammengearbeitet|arbeitet mit|eng
        |forte|alto|trabalhou com|trabalhamos juntos|ha lavorato con|abbiamo lavorato insieme
        |sterk|hoog|samengewerkt|werkt samen""",
    "trust": """
        trust|trusts|very strong|close|close friend|friend|family|best friend|vouch|vouched
        |trusted
        |very high|very close|would vouch|integrated|ultimate|full|fully trusted
        |confianza|muy fuerte|amigo|amiga|amistad|muy alto|confia
        |confiance|tres fort|tres forte|ami|amie|proche
        |vertrauen|sehr stark|freund|freundin|vertraut|sehr hoch
        |confianca|muito forte|amigo|fiducia|molto forte|amico|amica
        |vertrouwen|zeer sterk|vriend|vriendin|vertrouwt""",
}
_LEVEL_OF = {
    " ".join(word.split()): level
    for level, words in _WORDS.items()
    for word in words.replace("\n", "").split("|")
    if word.strip()
}
_NO_TIE = frozenset(
    ["none", "no", "never", "nunca", "jamais", "nie", "mai", "nooit", "ninguna", "aucune", "keine"]
)


@dataclass(frozen=True, slots=True)
class Scale:
    """The lowest and the highest number that a column of strengths uses."""

    low: float
    high: float
    steps: bool

    def level(self, number: float) -> str:
        """The four levels, evenly over the scale; whole numbers 1 to 4 are the levels themselves.

        >>> [Scale(1, 4, True).level(number) for number in (1, 2, 3, 4)]
        ['met', 'know', 'worked_together', 'trust']
        """
        if self.high <= self.low:
            return LEVELS[0]
        share = (number - self.low) / (self.high - self.low + (1 if self.steps else 0))
        return LEVELS[min(3, max(0, math.floor(share * 4)))]


_USUAL_SCALES = (
    Scale(0, 1, False),
    Scale(1, 4, True),
    Scale(1, 5, True),
    Scale(0, 10, False),
    Scale(0, 100, False),
)


def strength_scale(cells: Iterable[str], mark: str = ".") -> Scale:
    """The narrowest usual scale that holds the column: 0–1, 1–4, 1–5, 0–10, 0–100, or its own.

    >>> strength_scale(["1", "3", "2"])
    Scale(low=1, high=4, steps=True)
    >>> strength_scale(["0.2", "0.95"])
    Scale(low=0, high=1, steps=False)
    """
    numbers = [outcome.value for cell in cells if (outcome := read_number(cell, mark)).value]
    positive = [number for number in numbers if number > 0]
    if not positive:
        return Scale(1, 4, True)
    highest, whole = max(positive), all(number.is_integer() for number in positive)
    for scale in _USUAL_SCALES:
        if highest <= scale.high and (whole if scale.steps else not whole or scale.high >= 10):
            return scale
    return Scale(0, highest, False)


def read_strength(text: str, scale: Scale | None = None, mark: str = ".") -> Outcome[str]:
    """One of the four levels; NaN, infinity, zero and negative numbers are refused by name.

    >>> read_strength("strong").value, read_strength("Muy fuerte").value
    ('worked_together', 'trust')
    >>> str(read_strength("-2").refused)
    'A strength cannot be negative (-2).'
    """
    text = text.strip()
    if not text:
        return Outcome()
    word = fold(text)
    if word in _LEVEL_OF and not text.isdigit():
        return Outcome(_LEVEL_OF[word])
    if word in _NO_TIE:
        return Outcome(refused=said("“{text}” means that there is no tie.", text=text))
    number = read_number(text, mark)
    if number.value is None:
        return Outcome(refused=said("“{text}” is not a strength that is known.", text=text[:60]))
    return _on_the_scale(number.value, text, scale)


def _on_the_scale(number: float, text: str, scale: Scale | None) -> Outcome[str]:
    if number < 0:
        return Outcome(refused=said("A strength cannot be negative ({text}).", text=text))
    if number == 0:
        return Outcome(refused=said("A strength of zero means that there is no tie."))
    return Outcome((scale or strength_scale([text])).level(number))


def is_strength_word(text: str) -> bool:
    """Whether a cell reads like a strength in words."""
    return fold(text) in _LEVEL_OF and not text.strip().isdigit()
