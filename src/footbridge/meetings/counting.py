"""Counts, before a change and since: never a share, never a test, nobody among fewer than five.

Answers are added up from sessions with five or more of them alone, so that nothing can be taken
from a sum that is told elsewhere and leave a few.
"""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef

from footbridge.core import times
from footbridge.meetings.afterwards import FEWEST_ANSWERS, SESSIONS_BEFORE_VERDICT
from footbridge.meetings.models import Feedback, Improvement, Seat, Session
from footbridge.meetings.states import Felt, Holding, State

People = list[uuid.UUID]


@dataclass(frozen=True)
class Answers:
    """How many said yes, partly and no. `few` where fewer than five answered: then no numbers."""

    few: bool
    yes: int = 0
    partly: int = 0
    no: int = 0

    @property
    def total(self) -> int:
        return self.yes + self.partly + self.no


@dataclass(frozen=True)
class Counts:
    """What was counted in so many sessions; None for fewer than five people."""

    sessions: int
    said_yes: int | None
    came: int | None
    answers: Answers


@dataclass(frozen=True)
class Held:
    """A session of a series that took place, on its day by the clocks of its place."""

    id: uuid.UUID
    day: date
    over_at: datetime


@dataclass(frozen=True)
class Tallies:
    """What is counted of each session of a series."""

    held: tuple[Held, ...]
    said_yes: Mapping[uuid.UUID, People]
    came: Mapping[uuid.UUID, People]
    felt: Mapping[uuid.UUID, Counter[str]]


def held_in(series_id: uuid.UUID) -> tuple[Held, ...]:
    """The sessions of a series to which somebody came and that are over, in order."""
    came = Seat.objects.filter(session=OuterRef("pk"), came_at__isnull=False)
    rows = Session.objects.filter(Exists(came), series=series_id, state=State.OVER)
    return tuple(
        Held(one.id, times.there(one.starts_at, one.timezone).date(), one.ended_at or one.ends_at)
        for one in rows.order_by("starts_at", "id")
    )


def since(held: Iterable[Held], improvement: Improvement) -> list[Held]:
    """Those held with a change, until it was decided on."""
    until = improvement.decided_at
    return [
        one
        for one in held
        if one.day >= improvement.begins_on and (until is None or one.over_at <= until)
    ]


def before(held: Iterable[Held], improvement: Improvement) -> list[Held]:
    """As many of those before it as were held since, at least three."""
    earlier = [one for one in held if one.day < improvement.begins_on]
    return earlier[-max(SESSIONS_BEFORE_VERDICT, len(since(held, improvement))) :]


def sessions_missing(improvement: Improvement) -> int:
    """How many more sessions are to be held with a change before it is decided on."""
    return missing_of(held_in(improvement.series_id), improvement)


def missing_of(held: Iterable[Held], improvement: Improvement) -> int:
    """The same where the sessions of the series are at hand."""
    return max(0, SESSIONS_BEFORE_VERDICT - len(since(held, improvement)))


def tallied(series_id: uuid.UUID) -> Tallies:
    """All that is counted of a series, in three questions whatever its length."""
    held = held_in(series_id)
    ids = [one.id for one in held]
    said_yes: dict[uuid.UUID, People] = defaultdict(list)
    came: dict[uuid.UUID, People] = defaultdict(list)
    seats = Seat.objects.filter(session__in=ids).order_by()
    for seat in seats.only("session_id", "person_id", "holding", "walked_in", "came_at"):
        if seat.holding == Holding.ACCEPTED and not seat.walked_in:
            said_yes[seat.session_id].append(seat.person_id)
        if seat.came_at is not None:
            came[seat.session_id].append(seat.person_id)
    return Tallies(held, said_yes, came, felt_in(ids))


def felt_in(sessions: Sequence[uuid.UUID]) -> dict[uuid.UUID, Counter[str]]:
    """The answers of each session, by what was felt. For counting alone."""
    felt: dict[uuid.UUID, Counter[str]] = defaultdict(Counter)
    said = Feedback.objects.filter(session__in=sessions).order_by().values("session_id", "felt")
    for row in said.annotate(many=Count("id")):
        felt[row["session_id"]][row["felt"]] = row["many"]
    return dict(felt)


def counted(tallies: Tallies, sessions: Sequence[Held]) -> Counts:
    """What was counted in some of the sessions of a series."""
    ids = [one.id for one in sessions]
    return Counts(
        len(ids),
        _enough([person for one in ids for person in tallies.said_yes.get(one, ())]),
        _enough([person for one in ids for person in tallies.came.get(one, ())]),
        answers_of(tallies.felt.get(one, Counter()) for one in ids),
    )


def _enough(people: People) -> int | None:
    """How often they came; the same few again and again are still few."""
    return len(people) if not people or len(set(people)) >= FEWEST_ANSWERS else None


def answers_of(sessions: Iterable[Counter[str]]) -> Answers:
    """The answers of sessions with five or more of them, added up."""
    told: Counter[str] = Counter()
    for felt in sessions:
        if felt.total() >= FEWEST_ANSWERS:
            told += felt
    return Answers(not told, told[Felt.YES], told[Felt.PARTLY], told[Felt.NO])
