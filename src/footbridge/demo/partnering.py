"""Partnerships of the demo: one that forms, one that is explored, one that waits for a yes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from footbridge.demo.stage import Event, Stage
from footbridge.demo.tables import story
from footbridge.partnerships import actions
from footbridge.partnerships.actions import NewParty
from footbridge.partnerships.models import Partnership
from footbridge.partnerships.states import Move

Told = dict[str, Any]
WORDS = ("title", "starter", "kind", "purpose", "what", "community_gain")


def partnering(stage: Stage) -> Iterator[Event]:
    """Each partnership, from the first record to what is written in it."""
    for told in story("partnerships"):
        key, begun = told["title"], told["begun"]
        yield Event(begun, f"partnership:{key}", partial(_begin, stage, told), True)
        yield Event(begun - 2, f"partnership yes:{key}", partial(_say_yes, stage, told), True)
        yield Event(begun - 4, f"partnership work:{key}", partial(_work, stage, told), True)


def _begin(stage: Stage, told: Told) -> None:
    review = told["review"]
    actions.begin(
        actor=stage.again(told["own"]["by"]),
        own=_side(stage, told["own"]),
        others=[_side(stage, one, asked=True) for one in told["others"]],
        review_on=stage.day(review) if review is not None else None,
        is_demo=True,
        **{name: told[name] for name in WORDS},
    )


def _side(stage: Stage, told: Told, *, asked: bool = False) -> NewParty:
    person = stage.again(told["by"]) if asked else None
    return NewParty(member=stage.member(told["member"]), asked=person, gain=told["gain"])


def _of(told: Told) -> Partnership:
    return Partnership.objects.get(title=told["title"], is_demo=True)


def _say_yes(stage: Stage, told: Told) -> None:
    for position, other in enumerate(told["others"], start=1):
        if not other.get("waits"):
            side = _of(told).parties.get(position=position)
            actions.accept(actor=stage.again(other["by"]), party=side)


def _work(stage: Stage, told: Told) -> None:
    """What is promised, decided and said."""
    one = _of(told)
    for key, text, day, is_kept in told["promises"]:
        due = stage.day(day) if day is not None else None
        said: dict[str, Any] = {"actor": stage.again(key), "partnership": one}
        row = actions.promise(**said, text=text, due_on=due)
        if is_kept:
            actions.keep(**said, promise=row.id)
    for key, text, why in told["decisions"]:
        said = {"actor": stage.again(key), "partnership": one}
        actions.write(**said, text=text, why=why, kind="decision")
    for key, text in told["messages"]:
        actions.say(actor=stage.again(key), partnership=one, text=text)
    if told.get("forming"):
        actions.move(actor=stage.again(told["own"]["by"]), partnership=one, to=Move.FORM)
