"""What people of the demo prepare before a talk, who listened first, and what they wrote of
themselves for the other side."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from footbridge.demo.stage import Event, Stage
from footbridge.demo.tables import story
from footbridge.people.models import Member
from footbridge.pitches import actions
from footbridge.pitches.models import Pitch, Rehearsal

Told = dict[str, Any]


def preparing(stage: Stage) -> Iterator[Event]:
    """Each card, pitch and rehearsal on its day."""
    (told,) = story("pitches")
    for one in told["cards"]:
        yield Event(one["days"], f"shoes:{one['of']}", partial(_write_card, stage, one))
    for one in told["pitches"]:
        yield from _pitch(stage, one)
    for one in told["readings"]:
        yield Event(one["days"], f"reading:{one['who']}", partial(_put, stage, one))


def _pitch(stage: Stage, one: Told) -> Iterator[Event]:
    key = f"pitch:{one['who']}"
    yield Event(one["days"], key, partial(_begin, stage, one))
    for asked in one["rehearsals"]:
        peer = f"{key}:{asked['peer']}"
        yield Event(asked["days"], peer, partial(_ask, stage, one, asked), True)
        yield Event(asked["agreed"], f"{peer}:yes", partial(_agree, stage, one, asked), True)
        yield Event(asked["noted"], f"{peer}:noted", partial(_note, stage, one, asked), True)


def _write_card(stage: Stage, one: Told) -> None:
    person, member = stage.again(one["who"]), _member(stage, one["of"])
    said = actions.Said(**one["said"])
    card = actions.write_card(actor=person, member=member, said=said)
    for to in one.get("given", ()):
        actions.give_card(actor=person, card=card, to=_member(stage, to))


def _member(stage: Stage, key: str) -> Member:
    return Member.objects.get(id=stage.member(key).id)


def _begin(stage: Stage, one: Told) -> None:
    actions.begin(
        actor=stage.again(one["who"]),
        kit=actions.Kit(**one["kit"]),
        target=_member(stage, one["to"]),
        on_behalf_of=_member(stage, one["for"]),
        contact=_member(stage, one["contact"]),
    )


def _ask(stage: Stage, one: Told, asked: Told) -> None:
    person = stage.again(one["who"])
    pitch = Pitch.objects.get(author=person)
    peer, words = stage.again(asked["peer"]), asked["words"]
    actions.ask(actor=person, pitch=pitch, peer=peer, words=words)


def _agree(stage: Stage, one: Told, asked: Told) -> None:
    peer = stage.again(asked["peer"])
    actions.agree(actor=peer, rehearsal=_rehearsal(stage, one, asked))


def _note(stage: Stage, one: Told, asked: Told) -> None:
    peer, notes = stage.again(asked["peer"]), actions.Notes(**asked["notes"])
    actions.note_down(actor=peer, rehearsal=_rehearsal(stage, one, asked), notes=notes)


def _rehearsal(stage: Stage, one: Told, asked: Told) -> Rehearsal:
    people = {"author": stage.again(one["who"]), "peer": stage.again(asked["peer"])}
    return Rehearsal.objects.get(**people)


def _put(stage: Stage, one: Told) -> None:
    person = stage.again(one["who"])
    actions.put(actor=person, title=one["title"], why=one["why"], is_shared=True)
