"""Circles: formed, joined, with what they mean to do and what their members ask."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from footbridge.circles import actions, queries
from footbridge.circles.models import Circle
from footbridge.core.audience import OPERATOR
from footbridge.demo.stage import Event, Stage
from footbridge.demo.tables import story

Told = dict[str, Any]


def circles(stage: Stage) -> Iterator[Event]:
    """Each circle from the day on which it was formed."""
    for told in story("closed_circles"):
        key = f"circle:{told['key']}"
        yield Event(told["days"], key, partial(_form, stage, told), True)
        for who, days in told["said_yes"].items():
            yield Event(days, f"{key}:{who}", partial(_join, stage, told, who), True)
        for who, by, days in told["asked"]:
            yield Event(days, f"{key}:{who}", partial(_ask, stage, told, who, by), True)
        for number, step in enumerate(told["steps"]):
            yield Event(step["days"], f"{key}:step:{number}", partial(_step, stage, told, step))
            if "done" in step:
                done = partial(_done, stage, told, step)
                yield Event(step["done"], f"{key}:done:{number}", done)
        for number, call in enumerate(told["calls"]):
            act = partial(_call, stage, told, call)
            yield Event(call["days"], f"{key}:call:{number}", act, True)


def _form(stage: Stage, told: Told) -> None:
    people = [stage.again(who) for who in told["said_yes"]]
    roles = {person: told["roles"].get(who, "") for who, person in zip(
        told["said_yes"], people, strict=True
    )}  # fmt: skip
    said = {name: told[name] for name in ("name", "kind", "about", "rhythm", "wanted_size")}
    founder = stage.again(told["by"])
    circle = actions.form(
        actor=founder,
        chapter=stage.chapters[told["chapter"]],
        people=people,
        cause=stage.causes(told["cause"])[0],
        looks_for=told["looks_for"],
        roles=roles,
        **said,
    )
    if role := told["roles"].get(told["by"]):
        actions.give_role(actor=founder, circle=circle, person=founder, role=role)


def _circle(told: Told) -> Circle:
    found = next(one for one in queries.my_circles(OPERATOR) if one.name == told["name"])
    return queries.get(OPERATOR, found.id)


def _join(stage: Stage, told: Told, who: str) -> None:
    actions.join(actor=stage.again(who), circle=_circle(told))


def _ask(stage: Stage, told: Told, who: str, by: str) -> None:
    actions.ask(actor=stage.again(by), circle=_circle(told), person=stage.again(who))


def _step(stage: Stage, told: Told, step: Told) -> None:
    actions.add_step(
        actor=stage.again(step["by"]),
        circle=_circle(told),
        text=step["text"],
        who=stage.again(step["who"]) if "who" in step else None,
        due=stage.day(step["due"]) if "due" in step else None,
    )


def _done(stage: Stage, told: Told, step: Told) -> None:
    actor, circle = stage.again(step["by"]), _circle(told)
    card = next(one for one in queries.card(actor, circle).steps if one.text == step["text"])
    actions.set_done(actor=actor, step=queries.get_step(actor, circle, card.id))


def _call(stage: Stage, told: Told, call: Told) -> None:
    made = actions.call(
        actor=stage.again(call["by"]),
        circle=_circle(told),
        text=call["text"],
        until=stage.day(call["until"]),
    )
    for who, reply, words in call["answers"]:
        actions.answer(actor=stage.again(who), call=made, reply=reply, words_=words)
