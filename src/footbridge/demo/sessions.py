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
        yield Event(told["planned"], f"session:{told['key']}", partial(_plan, stage, told))
        yield Event(told["planned"] - 1, f"seats:{told['key']}", partial(_fill, stage, told))
        if "came" in told:
            days_ago = (stage.today - _begins(stage, told)).total_seconds() / SECONDS_A_DAY
            yield Event(days_ago, f"evening:{told['key']}", partial(_hold, stage, told))


def _start(stage: Stage, told: Told) -> None:
    stage.series[told["key"]] = actions.start_series(
        actor=_host(stage, told),
        chapter=stage.chapters[told["chapter"]],
        title=told["title"],
        about=told["about"],
    )


def _host(stage: Stage, told: Told) -> Person:
    return stage.again(_chapter(told)["host"])


def _chapter(told: Told) -> dict[str, str]:
    return next(row for row in rows("chapters") if row["key"] == told["chapter"])


def _begins(stage: Stage, told: Told) -> datetime:
    """So many days from today, at an hour by the clocks of the chapter."""
    day = stage.day(-told["in_days"])
    zone = ZoneInfo(_chapter(told)["timezone"])
    return datetime.combine(day, time.fromisoformat(told["hour"]), zone)


def _plan(stage: Stage, told: Told) -> None:
    host = _host(stage, told)
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


def _fill(stage: Stage, told: Told) -> None:
    """Some are asked, some come by themselves; who finds no chair stands in line."""
    session = _again(stage, told)
    asked = [stage.again(key) for key in _keys(told, "invited") + _keys(told, "no")]
    if asked:
        actions.invite(actor=_host(stage, told), session=session, people=asked)
    for key in _keys(told, "yes"):
        actions.accept(actor=stage.again(key), session=session)
    for key in _keys(told, "no"):
        actions.decline(actor=stage.again(key), session=session)


def _hold(stage: Stage, told: Told) -> None:
    """The evening itself: who came is ticked off, the tables are made, the rounds run."""
    host, session = _host(stage, told), _again(stage, told)
    session = actions.begin(actor=host, session=session)
    for key in _keys(told, "came"):
        actions.check_in(actor=host, seat=_seat(session, stage.again(key)))
    for _round in seating.make_tables(actor=host, session=session):
        actions.start_round(actor=host, session=session)
    actions.end(actor=host, session=session)


def _seat(session: Session, person: Person) -> Seat:
    found = queries.seat_of(person, session)
    assert found is not None, f"{person} has no seat in {session}"
    return found


def _again(stage: Stage, told: Told) -> Session:
    return queries.get(OPERATOR, stage.sessions[told["key"]].id)


def _keys(told: Told, who: str) -> list[str]:
    return list(told.get(who, "").split())
