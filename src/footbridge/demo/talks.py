"""Live talks and an event of the demo: questions, a recording, who talks on; parts by time and
track."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from footbridge.demo import sessions
from footbridge.demo.stage import Event, Stage
from footbridge.demo.tables import story
from footbridge.insight import seating
from footbridge.meetings import actions
from footbridge.meetings.models import Session
from footbridge.meetings.states import Part

Told = dict[str, Any]


def talks(stage: Stage) -> Iterator[Event]:
    """Each from its planning to what came after it, as far as it has come."""
    for told in story("talks"):
        key = told["key"]
        yield Event(told["planned"], f"session:{key}", partial(_plan, stage, told))
        yield Event(told["planned"] - 1, f"seats:{key}", partial(_fill, stage, told))
        if "questions" in told:
            yield Event(told["planned"] - 2, f"questions:{key}", partial(_ask, stage, told))
        if "came" in told:
            held = sessions.days_ago(stage, told)
            yield Event(held, f"evening:{key}", partial(sessions.hold, stage, told))
            yield Event(held - 0.5, f"afterwards:{key}", partial(_look_back, stage, told))


def _plan(stage: Stage, told: Told) -> None:
    """An event is opened with its parts."""
    sessions.plan(stage, {**told, "is_draft": True})
    event, host = sessions.again(stage, told), sessions.host_of(stage, told)
    for part in told.get("parts", ()):
        actions.plan(
            actor=host,
            chapter=event.chapter,
            event=event,
            starts_at=event.starts_at + timedelta(minutes=part["after"]),
            quorum=2,
            **{name: part[name] for name in _OF_A_PART},
        )
    actions.open_up(actor=host, session=event)


_OF_A_PART = ("format", "title", "track", "where", "minutes", "cap")


def _fill(stage: Stage, told: Told) -> None:
    sessions.fill(stage, told)
    event = sessions.again(stage, told)
    for part in told.get("parts", ()):
        found = event.parts.get(title=part["title"])
        for key in part["yes"].split():
            actions.accept(actor=stage.again(key), session=found)


def _ask(stage: Stage, told: Told) -> None:
    """The speaker is named; questions come in, and others want to hear them, too."""
    session, host = sessions.again(stage, told), sessions.host_of(stage, told)
    speaker = sessions.seat_of(session, stage.again(told["speaker"]))
    actions.set_part(actor=host, seat=speaker, part=Part.SPEAKER)
    for one in told["questions"]:
        asker = stage.again(one["who"])
        question = actions.bring_question(actor=asker, session=session, text=one["text"])
        for key in one["echoed"].split():
            actions.echo(actor=stage.again(key), question=question)


def _look_back(stage: Stage, told: Told) -> None:
    """What was answered is ticked, the recording is linked, some are put together."""
    session, host = sessions.again(stage, told), sessions.host_of(stage, told)
    _tick(session, host, told)
    actions.keep_recording(actor=host, session=session, url=told["recording"])
    for key in told["talk_on"].split():
        actions.want_to_talk_on(actor=stage.again(key), session=session)
    seating.make_pairs(actor=host, session=session)


def _tick(session: Session, host: Any, told: Told) -> None:
    answered = {one["text"] for one in told["questions"] if one.get("answered")}
    for seat in session.seats.all():
        for question in seat.questions.filter(text__in=answered):
            actions.answer_question(actor=host, question=question)
