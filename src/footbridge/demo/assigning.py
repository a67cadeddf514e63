"""Assignments of the demo: one that is delivered and looked back on, one that goes on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from footbridge.assignments import actions
from footbridge.assignments.actions.working import MARKS
from footbridge.assignments.models import Assignment
from footbridge.demo.stage import Event, Stage
from footbridge.demo.tables import story
from footbridge.exchange import queries as exchange

Told = dict[str, Any]


def assigning(stage: Stage) -> Iterator[Event]:
    """Each assignment, from the question who leads it to what came of it."""
    for told in story("assignments"):
        key, begun = told["title"], told["begun"]
        yield Event(begun + 12, f"assignment:{key}", partial(_begin, stage, told), True)
        yield Event(begun + 9, f"assignment lead:{key}", partial(_form, stage, told), True)
        yield Event(begun, f"assignment begun:{key}", partial(_start, stage, told))
        yield Event(begun - 8, f"assignment work:{key}", partial(_work, stage, told), True)
        if "delivered" in told:
            yield from _afterwards(stage, told)


def _afterwards(stage: Stage, told: Told) -> Iterator[Event]:
    key, day = told["title"], told["delivered"]
    yield Event(day, f"assignment done:{key}", partial(_deliver, stage, told), True)
    yield Event(day - 2, f"assignment reviews:{key}", partial(_look_back, stage, told), True)
    yield Event(day - 4, f"assignment case:{key}", partial(_tell_it, stage, told))


def _begin(stage: Stage, told: Told) -> None:
    ends = stage.day(told.get("delivered", -60))
    actions.begin(
        actor=stage.again(told["contact"]),
        client=stage.member(told["client"]),
        lead=stage.again(told["lead"]),
        begins=stage.day(told["begun"]),
        ends=ends,
        **{name: told[name] for name in ("kind", "title", "scope", "outcome")},
    )


def _of(told: Told) -> Assignment:
    return Assignment.objects.get(title=told["title"], is_demo=True)


def _form(stage: Stage, told: Told) -> None:
    """The lead says yes, and finds the team."""
    lead, one = stage.again(told["lead"]), _of(told)
    actions.accept(actor=lead, assignment=one)
    for key in told["team"]:
        person = stage.again(key)
        actions.ask(actor=lead, assignment=one, person=person)
        actions.accept(actor=person, assignment=one)


def _start(stage: Stage, told: Told) -> None:
    actions.start(actor=stage.again(told["contact"]), assignment=_of(told))


def _work(stage: Stage, told: Told) -> None:
    """Steps are ticked, hours written down and confirmed."""
    one, contact = _of(told), stage.again(told["contact"])
    for key in told["ticks"]:
        actions.tick(actor=stage.again(told["lead"]), assignment=one, key=key)
    for key, minutes in told["hours"]:
        month = stage.day(told["begun"] - 8)
        given = actions.tell_hours(
            actor=stage.again(key), assignment=one, month=month, minutes=minutes
        )
        actions.confirm_hours(actor=contact, assignment=one, given=given, minutes=minutes)


def _deliver(stage: Stage, told: Told) -> None:
    actions.deliver(actor=stage.again(told["lead"]), assignment=_of(told))


def _look_back(stage: Stage, told: Told) -> None:
    for key, said in told["reviews"].items():
        actions.review(
            actor=stage.again(key),
            assignment=_of(told),
            marks=dict(zip(MARKS, said["marks"], strict=True)),
            keep=said["keep"],
            change=said["change"],
            may_be_quoted=True,
        )


def _tell_it(stage: Stage, told: Told) -> None:
    """A skill that was seen, agreed to; and a draft of the case that waits for all to agree."""
    one, contact = _of(told), stage.again(told["contact"])
    key, skill, words = told["skill"]
    person, found = stage.again(key), exchange.find_skill(skill)
    if found is not None:
        [known] = exchange.skills_by_ids([found.id])
        said = {"assignment": one, "person": person, "skill": known, "words": words}
        seen = actions.see_skill(actor=contact, **said)
        actions.answer_seen(actor=person, assignment=one, seen=seen, yes=True)
    actions.draft_case(actor=contact, assignment=one)
