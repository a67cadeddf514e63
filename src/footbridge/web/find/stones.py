"""An introduction chain as the picture of stepping stones."""

from __future__ import annotations

from footbridge.insight import cards
from footbridge.web import pictures


def of_chain(chain: cards.Chain) -> pictures.Chain:
    """The stones with their names (as far as they may be known) and each step's warmth."""
    return pictures.Chain(
        tuple(_stone(stone) for stone in chain.stones),
        tuple(
            pictures.Step(strength, words)
            for strength, words in zip(chain.steps, chain.words, strict=True)
        ),
    )


def _stone(stone: cards.Stone) -> pictures.Stone:
    if stone.card is None:
        return pictures.Stone(note=stone.note)
    return pictures.Stone(stone.card.name, stone.card.organisation, stone.card.sector)
