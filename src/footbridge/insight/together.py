"""Who has worked with whom before, as far as somebody may know: what people said of one another,
sessions that one was at, circles and teams that one is in."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from django.utils.translation import gettext as _

from footbridge.circles.models import Membership
from footbridge.circles.policy import visible_to as circles_visible_to
from footbridge.circles.states import Belonging
from footbridge.core.audience import Operator
from footbridge.meetings.models import Seat
from footbridge.network.policy import visible_to as ties_visible_to
from footbridge.network.states import Strength, TieState
from footbridge.people.models import Person
from footbridge.people.policy import Viewer

# The last sessions that somebody was at.
MOST_SESSIONS = 50
_TOGETHER = (Strength.WORKED_TOGETHER, Strength.TRUST)

# Two people, by their places in a list, the lower first.
Pair = tuple[int, int]
# Two people by id, and what brought them together, in words.
Meeting = tuple[uuid.UUID, uuid.UUID, str]


def known_to(viewer: Viewer, people: Sequence[uuid.UUID]) -> dict[Pair, str]:
    """The pairs of these people who are known to the viewer to have done something together, each
    with one sentence: what they said themselves first."""
    place = {one: n for n, one in enumerate(people)}
    found: dict[Pair, str] = {}
    for one, other, words in (*_ties(viewer, people), *_circles(viewer, people)):
        found.setdefault(_pair(place[one], place[other]), words)
    for one, other, words in _sessions(viewer, people):
        found.setdefault(_pair(place[one], place[other]), words)
    return found


def _pair(a: int, b: int) -> Pair:
    return (a, b) if a < b else (b, a)


def _ties(viewer: Viewer, people: Sequence[uuid.UUID]) -> Iterable[Meeting]:
    """Either side's word counts, where the viewer may read it."""
    told = ties_visible_to(viewer).filter(
        state=TieState.STATED, strength__in=_TOGETHER, teller__in=people, other__in=people
    )
    rows = told.order_by("id").values_list(
        "teller_id", "other_id", "teller__name", "other__name", "how"
    )
    for teller, other, one_name, other_name, how in rows:
        names = {"one": one_name, "other": other_name, "how": how.rstrip(".")}
        if how:
            yield teller, other, _("%(one)s and %(other)s worked together: %(how)s.") % names
        else:
            yield teller, other, _("%(one)s and %(other)s worked together.") % names


def _circles(viewer: Viewer, people: Sequence[uuid.UUID]) -> Iterable[Meeting]:
    """Who is in a circle with the viewer; circles are closed to everybody else."""
    if isinstance(viewer, Operator):
        return
    mine = circles_visible_to(viewer).filter(ended_at=None).order_by().values("id")
    rows = Membership.objects.filter(circle__in=mine, person__in=people, belonging=Belonging.IN)
    of: dict[tuple[uuid.UUID, str], list[tuple[uuid.UUID, str]]] = defaultdict(list)
    columns = ("circle_id", "circle__name", "person_id", "person__name")
    for circle, name, person, person_name in rows.order_by("id").values_list(*columns):
        of[circle, name].append((person, person_name))
    words = _("%(one)s and %(other)s are in your circle «%(circle)s».")
    for (_circle, name), inside in of.items():
        for (one, a), (other, b) in combinations(inside, 2):
            yield one, other, words % {"one": a, "other": b, "circle": name}


def _sessions(viewer: Viewer, people: Sequence[uuid.UUID]) -> Iterable[Meeting]:
    """Who was at a session at which the viewer was too."""
    if not isinstance(viewer, Person):
        return
    mine = Seat.objects.filter(person=viewer, came_at__isnull=False).order_by("-came_at")
    sessions = list(mine.values_list("session_id", flat=True)[:MOST_SESSIONS])
    rows = Seat.objects.filter(session__in=sessions, person__in=people, came_at__isnull=False)
    of: dict[tuple[uuid.UUID, str], list[tuple[uuid.UUID, str]]] = defaultdict(list)
    columns = ("session_id", "session__title", "person_id", "person__name")
    for session, title, person, name in rows.order_by("id").values_list(*columns):
        of[session, title].append((person, name))
    words = _("%(one)s and %(other)s were both at «%(session)s».")
    for (_session, title), there in of.items():
        for (one, a), (other, b) in combinations(there, 2):
            yield one, other, words % {"one": a, "other": b, "session": title}
