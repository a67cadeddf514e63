"""Introductions, step by step, as the three of each took them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from footbridge.core.audience import OPERATOR
from footbridge.demo.stage import Event, Stage
from footbridge.demo.tables import story
from footbridge.introductions import actions
from footbridge.introductions import queries as introductions
from footbridge.introductions.models import Introduction
from footbridge.introductions.states import ASKED_IN, Outcome, State
from footbridge.people.models import Person

Told = dict[str, Any]
NOTE = ("who_i_am", "why_you", "what_i_ask", "how_long", "your_gain")
# How often the worker would have looked, while these things happened.
ROUNDS = (240, 180, 120, 75, 47, 36, 33, 29, 26, 15, 12, 8, 5, 3, 1, 0)


def meetings(stage: Stage) -> Iterator[Event]:
    """Each step on its day, and what time does in between."""
    for told in story("introductions"):
        for number, (days, verb, *more) in enumerate(told["steps"]):
            key = f"introduction:{told['key']}:{number}"
            act = partial(_step, stage, told, verb, more[0] if more else {})
            yield Event(days, key, act, verb == "report")
    for days in ROUNDS:
        yield Event(days - 0.01 if days else 0, f"round:{days}", _let_time_pass)


def _let_time_pass() -> None:
    actions.ask_whom_we_held_back()
    actions.end_what_ran_out()
    actions.remind_the_silent()
    actions.check_in()


def _step(stage: Stage, told: Told, verb: str, more: Told) -> None:
    if verb in ("draft", "pair"):
        begin = _draft if verb == "draft" else _bring_together
        stage.introductions[told["key"]] = begin(stage, told)
        return
    introduction = introductions.get(OPERATOR, stage.introductions[told["key"]].id)
    _STEPS[verb](stage, told, introduction, more)


def _draft(stage: Stage, told: Told) -> Introduction:
    return actions.draft(
        actor=stage.again(told["seeker"]),
        target=stage.again(told["target"]),
        connector=stage.again(told["connector"]),
        **_note(told),
    )


def _bring_together(stage: Stage, told: Told) -> Introduction:
    return actions.introduce_pair(
        actor=stage.again(told["connector"]),
        one=stage.again(told["seeker"]),
        other=stage.again(told["target"]),
        **_note(told),
    )


def _note(told: Told) -> dict[str, Any]:
    return {part: told[part] for part in NOTE if part in told}


def _ask(stage: Stage, told: Told, introduction: Introduction, more: Told) -> None:
    actions.ask(actor=introduction.seeker, introduction=introduction)


def _agree(stage: Stage, told: Told, introduction: Introduction, more: Told) -> None:
    actions.agree(actor=_asked(introduction), introduction=introduction, word=more.get("word", ""))


def _not_now(stage: Stage, told: Told, introduction: Introduction, more: Told) -> None:
    actions.not_now(actor=_asked(introduction), introduction=introduction)


def _asked(introduction: Introduction) -> Person:
    """Whose turn it is."""
    asked: Person = getattr(introduction, ASKED_IN[State(introduction.state)].value)
    return asked


def _withdraw(stage: Stage, told: Told, introduction: Introduction, more: Told) -> None:
    actions.withdraw(actor=introduction.seeker, introduction=introduction)


def _report(stage: Stage, told: Told, introduction: Introduction, more: Told) -> None:
    actions.report(
        actor=getattr(introduction, more["who"]),
        introduction=introduction,
        outcome=Outcome(more["outcome"]),
        words=more["words"],
    )


def _thank(stage: Stage, told: Told, introduction: Introduction, more: Told) -> None:
    who = getattr(introduction, more["who"])
    actions.thank(actor=who, introduction=introduction, words=more["words"])


_STEPS = {
    "ask": _ask,
    "agree": _agree,
    "not_now": _not_now,
    "withdraw": _withdraw,
    "report": _report,
    "thank": _thank,
}
