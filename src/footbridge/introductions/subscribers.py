"""Reactions to what the journal tells."""

from __future__ import annotations

from footbridge.introductions.models import Introduction
from footbridge.introductions.states import MET
from footbridge.journal.actions import subscribe
from footbridge.journal.models import Entry
from footbridge.network import actions as network
from footbridge.network.models import Tie
from footbridge.network.states import Strength, TieState
from footbridge.people.models import Person
from footbridge.people.policy import may_see


@subscribe("introductions.reported")
def let_the_tie_grow(entry: Entry) -> None:
    """Whoever tells that they met has thereby said that they know the other."""
    introduction = Introduction.objects.filter(id=entry.subject).first()
    if introduction is None or entry.facts["outcome"] not in MET:
        return
    if entry.actor == introduction.seeker_id:
        _state_met(introduction.seeker, introduction.target, entry)
    elif entry.actor == introduction.target_id:
        _state_met(introduction.target, introduction.seeker, entry)


def _state_met(teller: Person, other: Person, entry: Entry) -> None:
    """A tie that was stated before keeps its strength and is confirmed anew. Who is only on a
    host's list is tied to nobody yet."""
    stated = Tie.objects.filter(teller=teller, other=other, state=TieState.STATED).first()
    if stated is not None:
        network.renew(actor=teller, tie=stated)
    elif may_see(teller, other) and may_see(other, teller):
        network.state_tie(actor=teller, other=other, strength=Strength.MET, since=entry.at.date())
