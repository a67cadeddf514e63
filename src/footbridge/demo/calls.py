"""Calls of the demo: one of each kind, what was answered to them, and what was said to that."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from functools import partial
from typing import Any

from footbridge.calls import actions
from footbridge.calls.models import Answer, Call
from footbridge.calls.scope import timezone_of
from footbridge.demo.stage import Event, Stage
from footbridge.demo.tables import story

Told = dict[str, Any]
_CLOSES_AT = time(17)
_SAID = (
    "outcome", "good_answer", "decided_by", "size_words", "reward", "reward_words", "reply_days",
    "audience", "answers_from", "entries_shown",
)  # fmt: skip


def calls(stage: Stage) -> Iterator[Event]:
    """Each call from its draft to where it stands today."""
    for told in story("calls"):
        yield from _call(stage, told)


def _call(stage: Stage, told: Told) -> Iterator[Event]:
    yield Event(told["opened"], f"call:{told['key']}", partial(_open, stage, told), True)
    for one in told["answers"]:
        key = f"{told['key']}:{one['by']}"
        yield Event(one["days"], f"answer:{key}", partial(_answer, stage, told, one), True)
        if "word" in one:
            yield Event(one["word"], f"word:{key}", partial(_say, stage, told, one), True)
    words = [one["word"] for one in told["answers"] if "word" in one]
    if words:
        yield Event(told["deadline"] - 1, f"shut:{told['key']}", actions.shut_what_is_due, True)
        yield Event(min(words) - 1, f"end:{told['key']}", partial(_end, stage, told), True)


def _open(stage: Stage, told: Told) -> None:
    steward = stage.again(told["steward"])
    owner = stage.member(told["owner"])
    call = actions.draft(actor=steward, owner=owner, kind=told["kind"], title=told["title"])
    said = {name: told[name] for name in _SAID} | {
        "place": stage.places[told["place"]].name,
        "timezone": timezone_of(steward),
        "causes": [cause.key for cause in stage.causes(told["causes"])],
        "rules": told["rules"],
        **{name: told.get(name) for name in ("amount_from", "amount_to", "currency")},
    }
    if told["deadline"] is not None:
        closes = stage.at(told["deadline"]).replace(tzinfo=None)
        said["deadline"] = closes.replace(hour=_CLOSES_AT.hour, minute=0, second=0, microsecond=0)
    call = actions.shape(actor=steward, call=call, said=said)
    actions.open_call(actor=steward, call=call)


def _called(stage: Stage, told: Told) -> Call:
    return Call.objects.get(owner=stage.member(told["owner"]).id, title=told["title"])


def _answer(stage: Stage, told: Told, one: Told) -> None:
    person = stage.again(one["by"])
    answer = actions.write(
        actor=person,
        call=_called(stage, told),
        member=person if one["as"] == one["by"] else stage.member(one["as"]),
        text=one["text"],
        gain=one["gain"],
        shown=one["shown"],
    )
    actions.send(actor=person, answer=answer)


def _say(stage: Stage, told: Told, one: Told) -> None:
    answer = Answer.objects.get(call=_called(stage, told), by=stage.people[one["by"]])
    steward = stage.again(told["steward"])
    if one.get("chosen"):
        actions.choose(actor=steward, answer=answer, words=one["words"])
    else:
        actions.close(actor=steward, answer=answer, reason=one["reason"], words=one["words"])


def _end(stage: Stage, told: Told) -> None:
    actions.end(actor=stage.again(told["steward"]), call=_called(stage, told))
    actions.lead_on()
