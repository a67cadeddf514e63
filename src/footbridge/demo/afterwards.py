"""What the evenings of the demo left behind, and what was tried in their series."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from footbridge.core import clock
from footbridge.demo.stage import Event, Stage
from footbridge.demo.tables import rows, story
from footbridge.meetings import actions, queries
from footbridge.meetings.models import Improvement
from footbridge.meetings.states import Felt, List, Verdict
from footbridge.people.models import Person

Told = dict[str, Any]


def afterwards(stage: Stage) -> Iterator[Event]:
    """The day after each evening; and each change from the day on which it was tried."""
    for told in story("sessions"):
        for change in told.get("changes", ()):
            yield from _change(stage, told, change)
        if "afterwards" in told:
            days_ago = -told["in_days"] - 1
            yield Event(days_ago, f"afterwards:{told['key']}", partial(_say, stage, told))


def _say(stage: Stage, told: Told) -> None:
    session, said = stage.sessions[told["key"]], told["afterwards"]
    for felt, people in said["felt"].items():
        for key in people.split():
            actions.give_feedback(
                actor=stage.again(key),
                session=session,
                felt=Felt(felt),
                text=said.get("lines", {}).get(key, ""),
            )
    for each in List:
        for key in said.get(each.value, "").split():
            actions.put_on_list(actor=stage.again(key), session=session, list=each)
    for one in said.get("insights", ()):
        _tell_on(stage.again(one["who"]), session, one)
    for one in said.get("promises", ()):
        _promise(stage.again(one["who"]), session, one)


def _tell_on(speaker: Person, session: Any, one: Told) -> None:
    """What is not released stays in the room."""
    insight = actions.write_insight(
        actor=speaker, session=session, speaker=speaker, text=one["text"]
    )
    if one["release"]:
        actions.release_insight(actor=speaker, insight=insight)
    else:
        actions.keep_insight(actor=speaker, insight=insight)


def _promise(person: Person, session: Any, one: Told) -> None:
    due = clock.today() + timedelta(days=one["in_days"])
    follow_up = actions.promise(actor=person, session=session, text=one["text"], due=due)
    if "came_of_it" in one:
        actions.report(actor=person, follow_up=follow_up, came_of_it=one["came_of_it"])


# One change at a time.


def _change(stage: Stage, told: Told, change: Told) -> Iterator[Event]:
    tried: list[Improvement] = []
    name = f"{told['key']}:{change['tried']}"
    yield Event(change["tried"], f"change:{name}", partial(_try, stage, told, change, tried))
    if "verdict" in change:
        decided = partial(_decide, stage, told, change, tried)
        yield Event(change["decided"], f"verdict:{name}", decided)


def _try(stage: Stage, told: Told, change: Told, tried: list[Improvement]) -> None:
    because_of = stage.again(change["because_of"])
    words = ("observation", "change", "expected", "measure", "baseline")
    row = actions.try_change(
        actor=_host(stage, told),
        series=stage.series[told["key"]],
        begins_on=stage.day(change["begins"]),
        seen_in=[stage.sessions[key] for key in change["seen_in"].split()],
        because_of=because_of,
        **{name: change[name] for name in words},
    )
    if change["is_named"]:
        actions.be_named(actor=because_of, improvement=row, agreed=True)
    tried.append(row)


def _decide(stage: Stage, told: Told, change: Told, tried: list[Improvement]) -> None:
    host = _host(stage, told)
    actions.decide(
        actor=host,
        improvement=queries.get_improvement(host, tried[0].id),
        verdict=Verdict(change["verdict"]),
        result=change["result"],
    )


def _host(stage: Stage, told: Told) -> Person:
    chapter = next(row for row in rows("chapters") if row["key"] == told["chapter"])
    return stage.again(chapter["host"])
