"""Reading what was tried in a series, and what came of it."""

from __future__ import annotations

import uuid
from datetime import timedelta

from footbridge.core import clock
from footbridge.core.errors import NotHere
from footbridge.meetings import afterwards as rules
from footbridge.meetings import counting, policy
from footbridge.meetings.harvested import ImprovementCard, Name
from footbridge.meetings.models import Improvement, Seat, Series, Session
from footbridge.meetings.states import State, Verdict
from footbridge.people.models import Person
from footbridge.people.policy import Viewer
from footbridge.people.queries import as_id

# Of so many of the latest sessions a host says where something was noticed.
LATEST = 5


def improvements(viewer: Viewer, series: Series) -> list[ImprovementCard]:
    """What was tried in a series, the latest first, with the counts before and since."""
    rows = rules.improvements_visible_to(viewer).filter(series=series.id)
    found = list(rows.prefetch_related("seen_in"))
    tallies = counting.tallied(series.id) if found else None
    return [_card(row, tallies) for row in found] if tallies else []


def _card(row: Improvement, tallies: counting.Tallies) -> ImprovementCard:
    held = tallies.held
    return ImprovementCard(
        id=row.id,
        observation=row.observation,
        seen_in=tuple(one.title for one in row.seen_in.all()),
        problem=row.problem,
        change=row.change,
        expected=row.expected,
        measure=row.measure,
        baseline=row.baseline,
        begins_on=row.begins_on,
        review_on=row.review_on,
        before=counting.counted(tallies, counting.before(held, row)),
        since=counting.counted(tallies, counting.since(held, row)),
        missing=counting.missing_of(held, row),
        is_open=row.verdict == Verdict.OPEN,
        verdict=row.verdict,
        verdict_words=str(Verdict(row.verdict).label),
        result=row.result,
        decided_at=row.decided_at,
        thanks_to=row.because_of.name if row.because_of and row.may_be_named else "",
        version=row.version,
    )


def get_improvement(viewer: Viewer, improvement_id: uuid.UUID | str) -> Improvement:
    """One change, or NotHere."""
    wanted = as_id(str(improvement_id))
    rows = rules.improvements_visible_to(viewer)
    found = rows.filter(id=wanted).first() if wanted else None
    if found is None:
        raise NotHere
    return found


def credited(viewer: Person, improvement_id: uuid.UUID | str) -> Improvement:
    """A change that one's own word led to, or NotHere."""
    wanted = as_id(str(improvement_id))
    found = rules.credits_asked_of(viewer).filter(id=wanted).first() if wanted else None
    if found is None:
        raise NotHere
    return found


def changed_series(viewer: Viewer, series_id: uuid.UUID | str) -> Series:
    """A series of which someone may see a session, or NotHere: what was tried in it is no secret
    among members."""
    wanted = as_id(str(series_id))
    found = Series.objects.select_related("chapter").filter(id=wanted).first() if wanted else None
    seen = policy.visible_to(viewer).filter(series=wanted, state__in=_SHOWN)
    if found is None or not seen.exists():
        raise NotHere
    return found


_SHOWN = (State.OPEN, State.RUNNING, State.OVER)


def latest_of(viewer: Viewer, series: Series) -> list[Session]:
    """The latest sessions of a series that are over, in which something can have been noticed."""
    rows = policy.visible_to(viewer).filter(series=series.id, state=State.OVER)
    return list(rows.order_by("-starts_at", "id")[:LATEST])


def came_to(viewer: Viewer, series: Series) -> list[Name]:
    """Who came to a series lately, whose word may have led to a change; for its hosts."""
    if not policy.may_plan(viewer, series.chapter):
        raise NotHere
    since = clock.now() - policy.LINK_LASTS_AFTERWARDS + timedelta(days=1)
    rows = Seat.objects.filter(
        session__series=series.id, came_at__isnull=False, session__starts_at__gt=since
    )
    people = {seat.person_id: seat.person for seat in rows.select_related("person")}
    in_order = sorted(people.values(), key=lambda one: (one.folded, one.id))
    return [Name(one.id, one.name) for one in in_order]


def one_who_came(viewer: Viewer, series: Series, person_id: uuid.UUID | str) -> Person:
    """One of them, or NotHere."""
    wanted = as_id(str(person_id))
    if wanted not in {one.id for one in came_to(viewer, series)}:
        raise NotHere
    return Person.objects.get(id=wanted)
