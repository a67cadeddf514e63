"""Who has worked with whom before, as far as somebody may know: what people said of one another,
assignments and circles that one is in, sessions that one was at."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from django.utils.translation import gettext as _

from footbridge.assignments.models import Part
from footbridge.assignments.policy import visible_to as assignments_visible_to
from footbridge.assignments.states import DONE, PartState
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
    for known in (_ties, _assignments, _circles, _sessions):
        for one, other, words in known(viewer, people):
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


def _assignments(viewer: Viewer, people: Sequence[uuid.UUID]) -> Iterable[Meeting]:
    """Who was in one team of an assignment that was delivered; only who was in it knows of it."""
    done = assignments_visible_to(viewer).filter(state__in=DONE).order_by().values("id")
    rows = Part.objects.filter(
        assignment__in=done, person__in=people, state=PartState.ACCEPTED
    ).order_by("assignment__delivered_at", "id")
    columns = ("assignment_id", "assignment__title", "person_id", "person__name")
    words = _("%(one)s and %(other)s were in one team for «%(assignment)s».")
    for title, (one, a), (other, b) in _in_pairs(rows.values_list(*columns)):
        yield one, other, words % {"one": a, "other": b, "assignment": title}


# What they were in, its name, somebody in it, their name.
Row = tuple[uuid.UUID, str, uuid.UUID, str]


def _in_pairs(
    rows: Iterable[Row],
) -> Iterable[tuple[str, tuple[uuid.UUID, str], tuple[uuid.UUID, str]]]:
    """Each two who were in the same, with the name of it."""
    of: dict[tuple[uuid.UUID, str], list[tuple[uuid.UUID, str]]] = defaultdict(list)
    for what, title, person, name in rows:
        of[what, title].append((person, name))
    for (_what, title), inside in of.items():
        for one, other in combinations(inside, 2):
            yield title, one, other


def _circles(viewer: Viewer, people: Sequence[uuid.UUID]) -> Iterable[Meeting]:
    """Who is in a circle with the viewer; circles are closed to everybody else."""
    if isinstance(viewer, Operator):
        return
    mine = circles_visible_to(viewer).filter(ended_at=None).order_by().values("id")
    rows = Membership.objects.filter(circle__in=mine, person__in=people, belonging=Belonging.IN)
    columns = ("circle_id", "circle__name", "person_id", "person__name")
    words = _("%(one)s and %(other)s are in your circle «%(circle)s».")
    for name, (one, a), (other, b) in _in_pairs(rows.order_by("id").values_list(*columns)):
        yield one, other, words % {"one": a, "other": b, "circle": name}


def _sessions(viewer: Viewer, people: Sequence[uuid.UUID]) -> Iterable[Meeting]:
    """Who was at a session at which the viewer was too."""
    if not isinstance(viewer, Person):
        return
    mine = Seat.objects.filter(person=viewer, came_at__isnull=False).order_by("-came_at")
    sessions = list(mine.values_list("session_id", flat=True)[:MOST_SESSIONS])
    rows = Seat.objects.filter(session__in=sessions, person__in=people, came_at__isnull=False)
    columns = ("session_id", "session__title", "person_id", "person__name")
    words = _("%(one)s and %(other)s were both at «%(session)s».")
    for title, (one, a), (other, b) in _in_pairs(rows.order_by("id").values_list(*columns)):
        yield one, other, words % {"one": a, "other": b, "session": title}
