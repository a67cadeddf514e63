"""Reading sessions: the lists, one session, its card."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from footbridge.circles.models import Circle
from footbridge.core import clock
from footbridge.core.audience import Operator
from footbridge.core.errors import NotHere
from footbridge.core.prepared import prepared
from footbridge.core.reading import asked_once
from footbridge.meetings import policy
from footbridge.meetings.cards import InPlay, MySeat, SessionCard
from footbridge.meetings.formats import Step
from footbridge.meetings.models import Seat, Series, Session
from footbridge.meetings.states import RUNS_IT, TAKEN, Format, Holding, Move, State
from footbridge.people.cards import Page
from footbridge.people.models import Chapter, Person
from footbridge.people.policy import Viewer, hosted_ids
from footbridge.people.queries import as_id

# A session that nobody ended stays among those to come for half a day after its start.
STILL_SHOWN_FOR = timedelta(hours=12)
MOST_PAST = 10
_WAITS_FOR_ME = (Holding.INVITED, Holding.ACCEPTED, Holding.WAITING, Holding.OFFERED)


def get(viewer: Viewer, session_id: uuid.UUID | str) -> Session:
    """One session, or NotHere: missing and hidden answer alike."""
    wanted = as_id(str(session_id))
    found = policy.visible_to(viewer).filter(id=wanted).first() if wanted else None
    if found is None:
        raise NotHere
    return found


def card(viewer: Viewer, session: Session) -> SessionCard:
    """The card of one session."""
    return cards(viewer, [session])[0]


def get_card(viewer: Viewer, session_id: uuid.UUID | str) -> SessionCard:
    """The card of one session, or NotHere."""
    return card(viewer, get(viewer, session_id))


def sessions(
    viewer: Viewer,
    *,
    chapter: Chapter | None = None,
    series: Series | None = None,
    when: str = "coming",
    page: int = 1,
    size: int = 50,
) -> Page[SessionCard]:
    """The sessions that someone may see: "coming" (the next one first), "past" (the last one
    first) or "drafts"."""
    # The parts of an event stand in its programme.
    rows = _when(policy.visible_to(viewer), when).filter(event=None)
    if chapter is not None:
        rows = rows.filter(chapter=chapter)
    if series is not None:
        rows = rows.filter(series=series)
    total = rows.count()
    number = min(max(1, page), max(1, -(-total // size)))
    start = (number - 1) * size
    return Page(cards(viewer, list(rows[start : start + size])), total, number, size)


def of_circle(viewer: Viewer, circle: Circle) -> list[SessionCard]:
    """The closed sessions of a circle, those to come first, then the latest that were."""
    rows = policy.visible_to(viewer).filter(circle=circle)
    coming = [*_when(rows, "drafts"), *_when(rows, "coming")]
    return cards(viewer, [*coming, *_when(rows, "past")[:MOST_PAST]])


def _when(rows: QuerySet[Session], when: str) -> QuerySet[Session]:
    if when == "drafts":
        return rows.filter(state=State.DRAFT)
    over = Q(state=State.OVER) | Q(starts_at__lt=clock.now() - STILL_SHOWN_FOR)
    if when == "past":
        # What was called off, or never opened, is no past session.
        past = rows.filter(over).exclude(state__in=(State.DRAFT, State.CANCELLED))
        return past.order_by("-starts_at", "id")
    return rows.exclude(over).exclude(state=State.DRAFT)


def my_sessions(viewer: Viewer) -> list[SessionCard]:
    """What someone comes to, waits for, or is asked to: the next one first."""
    if isinstance(viewer, Operator):
        return []
    return list(_my_sessions(viewer))


@asked_once
def _my_sessions(viewer: Person) -> tuple[SessionCard, ...]:
    rows = policy.visible_to(viewer).filter(
        seats__person=viewer,
        seats__holding__in=_WAITS_FOR_ME,
        state__in=(State.OPEN, State.RUNNING),
        starts_at__gt=clock.now() - STILL_SHOWN_FOR,
    )
    return tuple(cards(viewer, list(rows)))


def seats_in_play(viewer: Person) -> list[InPlay]:
    """One's seats among `my_sessions`, for one question to the database: every page counts those
    that wait for a word. Who stands in line is not told the place in it."""
    return [
        InPlay(my_seat(seat, seat.session, [], False), seat.session.state, seat.session.starts_at)
        for seat in _in_play(viewer.id, clock.now() - STILL_SHOWN_FOR)
    ]


@prepared
def _in_play(person_id: uuid.UUID, since: datetime) -> QuerySet[Seat]:
    seats = Seat.objects.select_related("session").filter(
        person=person_id,
        holding__in=_WAITS_FOR_ME,
        session__state__in=(State.OPEN, State.RUNNING),
        session__starts_at__gt=since,
    )
    return seats.order_by()


# Cards.


@dataclass(frozen=True)
class _Around:
    """What the cards of several sessions need besides the sessions, fetched at once."""

    tallies: Mapping[uuid.UUID, Counter[str]]
    there: Mapping[uuid.UUID, int]
    mine: Mapping[uuid.UUID, Seat]
    lines: Mapping[uuid.UUID, list[uuid.UUID]]
    hosted: frozenset[uuid.UUID]


def cards(viewer: Viewer, rows: Iterable[Session]) -> list[SessionCard]:
    """The cards of many sessions."""
    found = list(rows)
    around = _around(viewer, [session.id for session in found])
    return [_card(viewer, session, around) for session in found]


def _around(viewer: Viewer, ids: list[uuid.UUID]) -> _Around:
    tallies: dict[uuid.UUID, Counter[str]] = defaultdict(Counter)
    there: Counter[uuid.UUID] = Counter()
    in_room = Q(came_at__isnull=False, left_at=None)
    counted = Seat.objects.filter(session__in=ids).order_by().values("session_id", "holding")
    for row in counted.annotate(many=Count("id"), inside=Count("id", filter=in_room)):
        tallies[row["session_id"]][row["holding"]] = row["many"]
        there[row["session_id"]] += row["inside"]
    mine = _seats_of(viewer, ids)
    waits = [seat.session_id for seat in mine.values() if seat.holding == Holding.WAITING]
    return _Around(tallies, there, mine, _lines(waits), hosted_ids(viewer))


def _seats_of(viewer: Viewer, ids: list[uuid.UUID]) -> dict[uuid.UUID, Seat]:
    if isinstance(viewer, Operator):
        return {}
    return {seat.session_id: seat for seat in Seat.objects.filter(session__in=ids, person=viewer)}


def _lines(ids: list[uuid.UUID]) -> dict[uuid.UUID, list[uuid.UUID]]:
    """Who waits, in order, for each of these sessions."""
    lines: dict[uuid.UUID, list[uuid.UUID]] = {one: [] for one in ids}
    if ids:
        waiting = Seat.objects.filter(session__in=ids, holding=Holding.WAITING)
        in_order = waiting.order_by("-comes_first", "waiting_since", "id")
        for session, seat in in_order.values_list("session_id", "id"):
            lines[session].append(seat)
    return lines


def _card(viewer: Viewer, session: Session, around: _Around) -> SessionCard:
    tally = around.tallies.get(session.id, Counter())
    taken = sum(tally[holding] for holding in TAKEN)
    free = max(0, session.accept_limit - taken)
    seat = around.mine.get(session.id)
    runs = _runs(session, seat, around)
    is_in = runs or (seat is not None and policy.is_active(seat))
    mine = my_seat(seat, session, around.lines.get(session.id, []), free == 0) if seat else None
    return SessionCard(
        id=session.id,
        title=session.title,
        question=session.question,
        about=session.about,
        format=session.format,
        format_words=str(Format(session.format).label),
        state=session.state,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        timezone=session.timezone,
        language=session.language,
        where=session.where,
        place=session.place.name if session.place else "",
        online_link=session.online_link if is_in else "",
        chapter_id=session.chapter_id,
        chapter_name=session.chapter.name,
        series_id=session.series_id,
        series_title=session.series.title if session.series else "",
        event_id=session.event_id,
        event_title=session.event.title if session.event else "",
        track=session.track,
        circle_id=session.circle_id,
        circle_name=session.circle.name if session.circle else "",
        cap=session.cap,
        quorum=session.quorum,
        overbooks=session.overbooks,
        taken=taken,
        waiting=tally[Holding.WAITING],
        free=free,
        accept_limit=session.accept_limit,
        steps=tuple(Step.from_json(step) for step in session.steps),
        reading=tuple((one["words"], one["url"]) for one in session.reading),
        cancelled_because=session.cancelled_because,
        version=session.version,
        mine=mine,
        runs=runs,
        moves=_moves_without_seat(viewer, session, free) if seat is None else (),
        rate_used=session.rate_used if runs else None,
        there=around.there.get(session.id, 0) if runs else 0,
    )


def _runs(session: Session, seat: Seat | None, around: _Around) -> bool:
    if session.chapter_id in around.hosted:
        return True
    return seat is not None and seat.part in RUNS_IT and seat.holding == Holding.ACCEPTED


def _moves_without_seat(viewer: Viewer, session: Session, free: int) -> tuple[Move, ...]:
    if isinstance(viewer, Operator) or not (viewer.has_joined or session.event_id):
        return ()
    return policy.moves(None, session, is_full=free == 0)


def my_seat(seat: Seat, session: Session, in_line: list[uuid.UUID], is_full: bool) -> MySeat:
    """One's own seat, with what one can do about it."""
    return MySeat(
        id=seat.id,
        holding=seat.holding,
        holding_words=str(Holding(seat.holding).label),
        part=seat.part,
        waiting_place=in_line.index(seat.id) + 1 if seat.id in in_line else None,
        held_until=seat.held_until,
        confirmed=seat.confirmed_at is not None,
        came=seat.came_at is not None,
        moves=policy.moves(seat, session, is_full=is_full),
    )
