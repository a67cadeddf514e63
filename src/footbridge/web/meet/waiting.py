"""What somebody is offered to do about a session, and which sessions wait for a word of theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from footbridge.core import clock
from footbridge.meetings import queries
from footbridge.meetings.states import Holding, Move, State

# The door opens long before, for those who set up; whoever taps in the morning is not there yet.
THERE_BEFORE = timedelta(hours=1)


def offered(card: Any) -> set[Move]:
    """What one can do now: still to come, or to be there; never asked both at once."""
    moves = set(card.mine.moves if card.mine else card.moves)
    if _is_about_to_begin(card):
        return moves - {Move.CONFIRM} if Move.COME in moves else moves
    return moves - {Move.COME}


def _is_about_to_begin(card: Any) -> bool:
    return card.state == State.RUNNING or clock.now() >= card.starts_at - THERE_BEFORE


@dataclass(frozen=True)
class Asked:
    """A session that waits for a word, and what can be said: its card, or one's seat in it."""

    card: Any
    moves: set[Move]

    @property
    def waits(self) -> bool:
        holding = self.card.mine.holding
        if holding in (Holding.INVITED, Holding.OFFERED):
            return bool(self.moves)
        return holding == Holding.ACCEPTED and bool(self.moves & {Move.CONFIRM, Move.COME})


def waiting_for(person: Any) -> list[Asked]:
    """An invitation, a seat that is held, a question whether one still comes, an open door."""
    asked = [Asked(card, offered(card)) for card in queries.my_sessions(person)]
    return [one for one in asked if one.waits]


def how_many_wait(person: Any) -> int:
    """Of how many sessions that is so."""
    return sum(Asked(one, offered(one)).waits for one in queries.seats_in_play(person))
