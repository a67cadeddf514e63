"""What past sessions teach about the next one: counts without a name, for the hosts alone."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.core.errors import NotAllowed
from footbridge.meetings import policy
from footbridge.meetings.cards import Turnout, Turnouts, WalkedIn
from footbridge.meetings.models import Seat, Session
from footbridge.meetings.states import Holding, State
from footbridge.people.models import Chapter
from footbridge.people.policy import Viewer, may_host

Says = Callable[[Any], bool]


def show_history(viewer: Viewer, chapter: Chapter) -> list[Turnout]:
    """For each session of the last year, how many said yes and how many of them came: those who
    were new and those who were not. Nobody is named. For hosts alone."""
    return turnouts(viewer, chapter).accepted


def turnouts(viewer: Viewer, chapter: Chapter) -> Turnouts:
    """The same; once more of those alone who had said a second time that they come; and how many
    walked in without having said that they would."""
    _require_host(viewer, chapter)
    rows = policy.seats_looked_at().filter(session__chapter=chapter)
    seats = list(rows.select_related("session").order_by("session__starts_at", "session_id", "id"))
    expected = [seat for seat in seats if not seat.walked_in]
    return Turnouts(
        accepted=_counted_apart(expected, _came),
        confirmed=_counted_apart([seat for seat in expected if _said_again(seat)], _came),
        walked_in=_walked_in(seats),
    )


def _said_again(seat: Seat) -> bool:
    """Who never said so is written down as confirmed by coming."""
    said, came = seat.confirmed_at, seat.came_at
    return said is not None and (came is None or said < came)


def _walked_in(seats: Iterable[Seat]) -> list[WalkedIn]:
    sessions: dict[uuid.UUID, Session] = {}
    unannounced: Counter[uuid.UUID] = Counter()
    for seat in seats:
        sessions[seat.session_id] = seat.session
        unannounced[seat.session_id] += seat.walked_in
    return [WalkedIn(one.format, unannounced[one.id], _age(one)) for one in sessions.values()]


def asked_history(viewer: Viewer, chapter: Chapter) -> list[Turnout]:
    """For each session of the last year, how many were asked by a host, and how many of them said
    yes, whatever became of it: `accepted` counts who was asked, `came` who said yes."""
    _require_host(viewer, chapter)
    asked = Seat.objects.filter(
        session__chapter=chapter,
        session__state=State.OVER,
        session__starts_at__gt=clock.now() - policy.REMEMBERED_FOR,
        invited_by__isnull=False,
    )
    before = Seat.objects.filter(
        person=OuterRef("person"),
        session__chapter=chapter,
        came_at__lt=OuterRef("session__starts_at"),
    ).exclude(session=OuterRef("session"))
    rows = asked.annotate(had_come=Exists(before)).select_related("session")
    return _counted_apart(rows, _said_yes, is_new=lambda seat: not seat.had_come)


def who_came_before(viewer: Viewer, chapter: Chapter) -> set[uuid.UUID]:
    """Who was at a session of a chapter in the last year. For its hosts alone."""
    _require_host(viewer, chapter)
    seats = Seat.objects.filter(
        session__chapter=chapter,
        session__starts_at__gt=clock.now() - policy.REMEMBERED_FOR,
        came_at__isnull=False,
    )
    return set(seats.order_by().values_list("person_id", flat=True).distinct())


def _require_host(viewer: Viewer, chapter: Chapter) -> None:
    if not may_host(viewer, chapter):
        raise NotAllowed(_("Only the hosts of this chapter see how many came."))


def _came(seat: Seat) -> bool:
    return seat.came_at is not None


def _said_yes(seat: Seat) -> bool:
    return seat.holding not in (Holding.INVITED, Holding.DECLINED) and not seat.walked_in


def _counted_apart(
    seats: Iterable[Seat], is_so: Says, is_new: Says = lambda seat: seat.first_time
) -> list[Turnout]:
    """Session by session, those who were not new before those who were."""
    counts: dict[tuple[uuid.UUID, bool], list[bool]] = defaultdict(list)
    sessions: dict[uuid.UUID, Session] = {}
    for seat in seats:
        sessions[seat.session_id] = seat.session
        counts[seat.session_id, is_new(seat)].append(is_so(seat))
    return [
        Turnout(sessions[one].format, new, len(held), sum(held), _age(sessions[one]))
        for (one, new), held in sorted(counts.items(), key=lambda item: _place(sessions, item[0]))
    ]


def _place(sessions: Mapping[uuid.UUID, Session], key: tuple[uuid.UUID, bool]) -> tuple[Any, ...]:
    session, new = key
    return sessions[session].starts_at, session, new


def _age(session: Session) -> float:
    return max(0.0, (clock.now() - session.starts_at).total_seconds() / 86400)
