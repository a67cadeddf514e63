"""Leaks by what sessions keep: seats, lines, tables, marks, insights, lists, answers, feeds; and
what others under the radar are shown."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db.models import F

from footbridge.core import clock
from footbridge.meetings.models import (
    FollowUp,
    Improvement,
    Insight,
    Interest,
    Mark,
    Round,
    Seat,
    Session,
)
from footbridge.meetings.states import Holding, List
from tests.twin.leaks.planting import append, changed, every_answer, how_many, leak
from tests.twin.network import Stage

Planted = AbstractContextManager[object]
HELP = "/help/"
HIDE = "footbridge.veil.actions.hide"
LISTED = "hidden instead of deleted"
MEET, RUN = "/meet/<uuid:session_id>/", "/host/sessions/<uuid:session_id>/"
RADAR = "under the radar, too"


def _their_evening(stage: Stage) -> Session:
    """One at which they were, and others still are known to have been."""
    return Session.objects.filter(chapter=stage.cast.chapter, ended_at__isnull=False).latest("id")


def _after_hiding(what: Any) -> Planted:
    """Something that is done when somebody hides, and not when they leave."""

    def done(account: Any, **_: Any) -> Any:
        what()
        return account

    return changed(HIDE, done)


@leak("whom they wished to meet again wishes it of another", "knew them", HELP, story=LISTED)
def mark_left(stage: Stage) -> Planted:
    def left() -> None:
        # Any two of one evening: whose seat has the first id follows from the seed.
        seats = Seat.objects.filter(came_at__isnull=False).order_by("id")
        one, other = next(
            (one, other)
            for one in seats
            for other in seats
            if one.session_id == other.session_id and one.id != other.id
        )
        Mark.objects.get_or_create(seat=one, other=other)

    return _after_hiding(left)


@leak("what they said in a session is told as if another had said it", "host", HELP, story=LISTED)
def insight_left(stage: Stage) -> Planted:
    return _after_hiding(
        lambda: Insight.objects.create(
            session=_their_evening(stage), speaker=stage.cast.seeker, text="Nobody counts hours"
        )
    )


@leak("another stands on the list in their place", "host", HELP, story=LISTED)
def list_left(stage: Stage) -> Planted:
    return _after_hiding(
        lambda: Interest.objects.get_or_create(
            session=_their_evening(stage), person=stage.cast.host, list=List.BUILDING
        )
    )


@leak("what they promised is another's to do", "co-worker", HELP, story=LISTED)
def promise_left(stage: Stage) -> Planted:
    return _after_hiding(
        lambda: FollowUp.objects.create(
            session=_their_evening(stage), person=stage.cast.colleague, text="Weigh it"
        )
    )


@leak("a change that they led to says so", "host", HELP, story=LISTED)
def credit_left(stage: Stage) -> Planted:
    return _after_hiding(
        lambda: Improvement.objects.update(observation="Somebody had no time to speak")
    )


@leak("a seat that they left is held for longer", "same city and skill", HELP, story=LISTED)
def seat_held(stage: Stage) -> Planted:
    def longer() -> None:
        waiting = Seat.objects.filter(holding__in=(Holding.OFFERED, Holding.WAITING))
        waiting.update(waiting_since=F("waiting_since") + timedelta(hours=1))

    return _after_hiding(longer)


@leak("who came at the door after them is here for the first time", "host", HELP, story=LISTED)
def first_time(stage: Stage) -> Planted:
    return _after_hiding(lambda: Seat.objects.filter(walked_in=False).update(first_time=False))


@leak("a round says that a chair was left", "deputy", HELP, story=LISTED)
def chair_left(stage: Stage) -> Planted:
    left = [{"seat": "", "code": "gone"}]
    return _after_hiding(lambda: Round.objects.update(left_over=left))


@leak("who waits in line waits behind them", "knew them", "/meet/", story=LISTED)
def behind_them(stage: Stage) -> Planted:
    def later(mine: Any, *_: Any, **__: Any) -> Any:
        return replace(mine, waiting_place=(mine.waiting_place or 0) + 7 * how_many())

    return changed("footbridge.meetings.queries.sessions.my_seat", later)


@leak("the lists of a session have a line for them", "host", f"{RUN}harvest/")
def on_lists(stage: Stage) -> Planted:
    def longer(found: Any, *_: Any, **__: Any) -> Any:
        name = type("Name", (), {"id": stage.cast.host.id, "name": "Somebody"})()
        return replace(found, informed=(*found.informed, *[name] * how_many()))

    return changed("footbridge.meetings.queries.host_harvest", longer)


@leak("how an evening felt counts them", "host", f"{RUN}harvest/")
def felt(stage: Stage) -> Planted:
    def more(found: Any, *_: Any, **__: Any) -> Any:
        enough = found.answers.few != bool(how_many())
        return replace(found, answers=replace(found.answers, few=enough))

    return changed("footbridge.meetings.queries.host_harvest", more)


@leak("a session has changes where they led to one", "of another chapter", MEET)
def changes_shown(stage: Stage) -> Planted:
    def shown(found: Any, *_: Any, **__: Any) -> Any:
        return replace(found, has_changes=found.has_changes != bool(how_many()))

    return changed("footbridge.meetings.queries.harvest", shown)


@leak("a calendar has one line more", "anonymous", "/calendar/")
def feed(stage: Stage) -> Planted:
    def longer(request: Any, response: Any) -> None:
        if request.path.startswith("/calendar/") and response.status_code == 200:
            append(response, "X-SEATS:1\r\n" * how_many())

    return every_answer(longer)


@leak("how many seats are taken counts them", "program", "/api/v1/sessions")
def seats_taken(stage: Stage) -> Planted:
    def more(found: Any, *_: Any, **__: Any) -> Any:
        return replace(found, taken=found.taken + how_many())

    return changed("footbridge.meetings.queries.sessions._card", more)


@leak("a forecast expects them", "host", RUN)
def expected(stage: Stage) -> Planted:
    def more(found: Any, *_: Any, **__: Any) -> Any:
        return [*found, *found[-1:] * how_many()]

    return changed("footbridge.insight.turnout.said_yes", more)


@leak("tables are made as if they came", "host", HELP, story=LISTED)
def tables(stage: Stage) -> Planted:
    return _after_hiding(
        lambda: Round.objects.filter(started_at=None).update(minutes=F("minutes") + 1)
    )


# For another one under the radar.


@leak("one under the radar is shown how many there are", RADAR, "/under-the-radar/$")
def others(stage: Stage) -> Planted:
    def told(request: Any, response: Any) -> None:
        if request.path == "/under-the-radar/":
            append(response, f"<!-- {how_many()} -->")

    return every_answer(told)


@leak(
    "one who is not verified is shown another's yes",
    RADAR,
    "/under-the-radar/glad/$",
    story="hidden, doing everything",
)
def unverified(stage: Stage) -> Planted:
    def shown(found: list[Any], *_: Any, **__: Any) -> list[Any]:
        return [*found, *[replace(one, is_peer=True) for one in found[:1] * how_many()]]

    return changed("footbridge.veil.queries.glad", shown)


@leak(
    "looking out walks over another one under the radar",
    RADAR,
    "/under-the-radar/find/",
    only_costs=True,
)
def walks_over(stage: Stage) -> Planted:
    def looked_up(found: Any, *_: Any, **__: Any) -> Any:
        for _one in range(how_many()):
            Session.objects.filter(starts_at__lt=clock.now()).exists()
        return found

    return changed("footbridge.insight.lookout.search", looked_up)
