"""Evenings that were and that are to come: planned, filled, opened at the door, seated."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from footbridge.core.audience import OPERATOR
from footbridge.demo.stage import Event, Stage
from footbridge.demo.tables import rows, story
from footbridge.insight import seating
from footbridge.meetings import actions, queries
from footbridge.meetings.formats import seated_steps, steps_from
from footbridge.meetings.models import Seat, Session
from footbridge.people.models import Person

Told = dict[str, Any]
SECONDS_A_DAY = 86_400


def sessions(stage: Stage) -> Iterator[Event]:
    """Each session from its planning to its end, as far as it has come."""
    for told in story("sessions"):
        if "started" in told:
            yield Event(told["started"], f"series:{told['key']}", partial(_start, stage, told))
            continue
        yield Event(told["planned"], f"session:{told['key']}", partial(plan, stage, told))
        yield Event(told["planned"] - 1, f"seats:{told['key']}", partial(fill, stage, told))
        if "came" in told:
            yield Event(days_ago(stage, told), f"evening:{told['key']}", partial(hold, stage, told))


def _start(stage: Stage, told: Told) -> None:
    stage.series[told["key"]] = actions.start_series(
        actor=host_of(stage, told),
        chapter=stage.chapters[told["chapter"]],
        title=told["title"],
        about=told["about"],
    )


def host_of(stage: Stage, told: Told) -> Person:
    """Who hosts the chapter of a session."""
    return stage.again(_chapter(told)["host"])


def _chapter(told: Told) -> dict[str, str]:
    return next(row for row in rows("chapters") if row["key"] == told["chapter"])


def _begins(stage: Stage, told: Told) -> datetime:
    """So many days from today, at an hour by the clocks of the chapter."""
    day = stage.day(-told["in_days"])
    zone = ZoneInfo(_chapter(told)["timezone"])
    return datetime.combine(day, time.fromisoformat(told["hour"]), zone)


def days_ago(stage: Stage, told: Told) -> float:
    """So many days before today it began."""
    return (stage.today - _begins(stage, told)).total_seconds() / SECONDS_A_DAY


def plan(stage: Stage, told: Told) -> None:
    """Planned by the host of its chapter; opened, unless it is still a draft."""
    host = host_of(stage, told)
    session = actions.plan(
        actor=host,
        chapter=stage.chapters[told["chapter"]],
        series=stage.series.get(told.get("series", "")),
        starts_at=_begins(stage, told),
        **{name: told[name] for name in ("format", "title", "question", "where")},
    )
    if not told.get("is_draft"):
        session = actions.open_up(actor=host, session=session)
    stage.sessions[told["key"]] = session


def fill(stage: Stage, told: Told) -> None:
    """Some are asked, some come by themselves; who finds no chair stands in line."""
    session = again(stage, told)
    asked = [stage.again(key) for key in _keys(told, "invited") + _keys(told, "no")]
    if asked:
        actions.invite(actor=host_of(stage, told), session=session, people=asked)
    for key in _keys(told, "yes"):
        actions.accept(actor=stage.again(key), session=session)
    for key in _keys(told, "no"):
        actions.decline(actor=stage.again(key), session=session)


def hold(stage: Stage, told: Told) -> None:
    """The evening itself: who came is ticked off, the tables are made, the rounds run."""
    host, session = host_of(stage, told), again(stage, told)
    session = actions.begin(actor=host, session=session)
    for key in _keys(told, "came"):
        actions.check_in(actor=host, seat=seat_of(session, stage.again(key)))
    if seated_steps(steps_from(session.steps)):
        for _round in seating.make_tables(actor=host, session=session):
            actions.start_round(actor=host, session=session)
    actions.end(actor=host, session=session)


def seat_of(session: Session, person: Person) -> Seat:
    """The seat that somebody has in a session."""
    found = queries.seat_of(person, session)
    assert found is not None, f"{person} has no seat in {session}"
    return found


def again(stage: Stage, told: Told) -> Session:
    """A session as it stands now."""
    return queries.get(OPERATOR, stage.sessions[told["key"]].id)


def _keys(told: Told, who: str) -> list[str]:
    return list(told.get(who, "").split())
