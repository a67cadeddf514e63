"""What goes on in the room just now: the step, its time, who has spoken how often."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from footbridge.core import clock
from footbridge.meetings.formats import Step
from footbridge.meetings.models import Session
from footbridge.meetings.seated import RoundCard
from footbridge.meetings.states import Format, Gathering, State


@dataclass(frozen=True)
class StepNow:
    """The step that goes on: which one, since when, for how many minutes; the one after it; and
    the round that is seated for it, if people sit at tables."""

    index: int
    step: Step
    next: Step | None
    since: datetime
    minutes: int
    ended_at: datetime | None
    round: RoundCard | None

    @property
    def title(self) -> str:
        return self.step.title

    @property
    def prompt(self) -> str:
        return self.step.prompt

    @property
    def is_silent(self) -> bool:
        return self.step.gathering == Gathering.SILENT

    @property
    def is_running(self) -> bool:
        return self.ended_at is None

    @property
    def until(self) -> datetime:
        """When its time is up."""
        return self.since + timedelta(minutes=self.minutes)

    @property
    def seconds_left(self) -> int:
        """Negative once it is over its time."""
        return round((self.until - clock.now()).total_seconds())

    @property
    def minutes_left(self) -> int:
        """The same in minutes that have begun."""
        return max(0, -(-self.seconds_left // 60))


@dataclass(frozen=True)
class Voice:
    """Somebody who is there, and how often they have spoken tonight."""

    seat_id: uuid.UUID
    name: str
    spoke: int
    part_words: str


@dataclass(frozen=True)
class JottingCard:
    """What one wrote in silence, for oneself alone."""

    id: uuid.UUID
    kind: str
    kind_words: str
    text: str


def step_now(session: Session, rounds: Sequence[RoundCard]) -> StepNow | None:
    """The step that goes on, given the rounds that may be seen."""
    if session.state != State.RUNNING or session.step is None or session.step_since is None:
        return None
    steps = [Step.from_json(one) for one in session.steps]
    if session.step >= len(steps):
        return None
    begun = [one for one in rounds if one.step == session.step and not one.is_coming]
    seated = begun[-1] if begun else None
    since = seated.started_at if seated and seated.started_at else session.step_since
    return StepNow(
        index=session.step,
        step=steps[session.step],
        next=steps[session.step + 1] if session.step + 1 < len(steps) else None,
        since=since,
        minutes=seated.minutes if seated else session.step_minutes,
        ended_at=seated.ended_at if seated else None,
        round=seated,
    )


def is_writing(session: Session) -> bool:
    """Whether people write a need and an offer now: in a silent step, and all through an hour of
    needs and offers."""
    if session.state != State.RUNNING:
        return False
    if session.format == Format.NEEDS_AND_OFFERS:
        return True
    if session.step is None or session.step >= len(session.steps):
        return False
    return Step.from_json(session.steps[session.step]).gathering == Gathering.SILENT
