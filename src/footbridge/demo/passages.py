"""What people of the demo pass or passed through, and whom they asked about it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from footbridge.demo.stage import Event, Stage
from footbridge.demo.tables import story
from footbridge.transitions import actions
from footbridge.transitions.models import GuideAsk, Transition

Told = dict[str, Any]


def passages(stage: Stage) -> Iterator[Event]:
    """Each passage from the day on which it was said."""
    for told in story("transitions"):
        key = f"passage:{told['who']}"
        yield Event(told["days"], key, partial(_say, stage, told))
        for one in told.get("asks", ()):
            asked = f"{key}:{one['whom']}"
            yield Event(one["days"], asked, partial(_ask, stage, told, one), True)
            if "agreed" in one:
                yield Event(one["agreed"], f"{asked}:yes", partial(_agree, stage, told, one), True)


def _say(stage: Stage, told: Told) -> None:
    person = stage.again(told["who"])
    made = actions.say(actor=person, said=actions.Said(**told["said"]))
    steps = {key: actions.Wrote(**one) for key, one in told.get("list", {}).items()}
    actions.write_list(actor=person, transition=made, steps=steps)


def _ask(stage: Stage, told: Told, one: Told) -> None:
    person, guide = stage.again(told["who"]), stage.again(one["whom"])
    actions.ask(
        actor=person,
        lived=Transition.objects.get(person=guide),
        transition=Transition.objects.get(person=person),
        words=one["words"],
    )


def _agree(stage: Stage, told: Told, one: Told) -> None:
    guide = stage.again(one["whom"])
    asked = GuideAsk.objects.get(asker=stage.again(told["who"]), guide=guide)
    actions.agree(actor=guide, ask=asked)
