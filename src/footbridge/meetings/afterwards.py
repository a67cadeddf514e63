"""What a session leaves behind: who may say it, who is shown it, and the limits that hold.

Here as everywhere nobody is counted among fewer than five, and a refusal looks like waiting.
"""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from footbridge.core import clock
from footbridge.core.audience import Operator
from footbridge.meetings import policy
from footbridge.meetings.models import (
    Feedback,
    FollowUp,
    Improvement,
    Insight,
    Mark,
    Seat,
    Session,
    Sitting,
)
from footbridge.meetings.states import RUNS_IT, Holding, Part, Release, State
from footbridge.people.models import Person
from footbridge.people.policy import Viewer

# So many insights leave a session; the rest stays in the room.
MOST_RELEASED = 3
MOST_INSIGHTS_OF_ONE = 3
MOST_PROMISES = 5
FURTHEST_PROMISE = timedelta(days=365)
FEWEST_ANSWERS = 5
# A change is judged after so many sessions, not before.
SESSIONS_BEFORE_VERDICT = 3
# People are home by then, and the evening is still fresh; later on nobody is written to.
THANKED_AFTER = timedelta(hours=3)
# So long the question stands among what waits for somebody; it can be answered for much longer.
ASKED_ON_TODAY_FOR = timedelta(days=21)
THANKED_WITHIN = timedelta(days=7)


def seat_there(person: Viewer, session_id: uuid.UUID) -> Seat | None:
    """The seat of someone who was in a session, with all that a letter about it needs."""
    if isinstance(person, Operator):
        return None
    rows = Seat.objects.select_related("person__chapter", "session__chapter", "session__series")
    return rows.filter(session=session_id, person=person.id, came_at__isnull=False).first()


def is_open(session: Session) -> bool:
    """Whether something can still be said: from its beginning until its links end."""
    if session.state not in (State.RUNNING, State.OVER):
        return False
    return clock.now() <= session.ends_at + policy.LINK_LASTS_AFTERWARDS


# Insights.


def may_write(actor: Viewer, session: Session, speaker: Person) -> bool:
    """Who runs the session, its note keepers, and whoever said it."""
    if isinstance(actor, Person) and actor.id == speaker.id:
        return True
    return policy.runs(actor, session) or keeps_notes(actor, session)


def keeps_notes(actor: Viewer, session: Session) -> bool:
    """Whether someone writes down what others say."""
    if isinstance(actor, Operator):
        return False
    mine = Seat.objects.filter(session=session, person=actor.id, part=Part.NOTE_KEEPER)
    return mine.filter(holding=Holding.ACCEPTED).exists()


def insights_visible_to(viewer: Viewer, session: Session) -> QuerySet[Insight]:
    """What was released is for all who see the session. The rest is for who said it and who wrote
    it down; who runs the session sees what was written down of others, never that it was kept."""
    rows = Insight.objects.filter(session=session).select_related("speaker")
    released, of_others = Q(release=Release.RELEASED), ~Q(written_by=F("speaker"))
    if isinstance(viewer, Operator):
        return rows.filter(released | of_others)
    mine = Q(speaker=viewer.id) | Q(written_by=viewer.id)
    if policy.runs(viewer, session):
        return rows.filter(released | mine | of_others)
    return rows.filter(released | mine)


# Whom one met.


def sat_with(seat: Seat) -> QuerySet[Seat]:
    """The others with whom someone sat at a table. Who never sat at one, as in a session without
    tables, met all who were there."""
    others = Seat.objects.filter(session=seat.session_id, came_at__isnull=False).exclude(id=seat.id)
    seated = Sitting.objects.filter(round__started_at__isnull=False)
    if not seated.filter(seat=seat).exists():
        return others
    theirs = seated.filter(seat=OuterRef("pk"))
    shared = theirs.filter(
        Exists(Sitting.objects.filter(seat=seat, round=OuterRef("round"), table=OuterRef("table")))
    )
    return others.filter(Exists(shared) | ~Exists(theirs))


def marked_by(seat: Seat) -> set[uuid.UUID]:
    """The seats of those whom someone wants to meet again. For them alone."""
    return set(Mark.objects.filter(seat=seat).values_list("other_id", flat=True))


def marked_by_both(seat: Seat) -> set[uuid.UUID]:
    """Those of them who marked back. A mark of one side alone shows nowhere else."""
    back = Mark.objects.filter(seat=OuterRef("other"), other=OuterRef("seat"))
    there = Q(seat__came_at__isnull=False, other__came_at__isnull=False)
    rows = Mark.objects.filter(there, Exists(back), seat=seat)
    return set(rows.values_list("other_id", flat=True))


# What was promised, and what was asked.


def follow_ups_of(viewer: Viewer) -> QuerySet[FollowUp]:
    """What someone means to do is shown to them alone."""
    if isinstance(viewer, Operator):
        return FollowUp.objects.none()
    return FollowUp.objects.filter(person=viewer.id).select_related("session")


def may_answer(seat: Seat, session: Session) -> bool:
    """The question goes to those who came, once it is over; not to those who ran it."""
    return session.state == State.OVER and is_open(session) and seat.part not in RUNS_IT


def unanswered_by(person: Person) -> QuerySet[Session]:
    """Sessions of the last days to which somebody came and of which they have not said yet whether
    it was worth their time; the latest first. Who ran it is not asked."""
    answered = Feedback.objects.filter(session=OuterRef("pk"), person=person)
    mine = Seat.objects.filter(session=OuterRef("pk"), person=person, came_at__isnull=False)
    rows = Session.objects.filter(
        Exists(mine.exclude(part__in=RUNS_IT)),
        ~Exists(answered),
        state=State.OVER,
        ended_at__gt=clock.now() - ASKED_ON_TODAY_FOR,
    )
    return rows.order_by("-starts_at", "id")


def to_thank() -> QuerySet[Seat]:
    """Seats of those who came to a session that ended some hours ago, and were not thanked."""
    now = clock.now()
    ended = (now - THANKED_WITHIN, now - THANKED_AFTER)
    came = Seat.objects.filter(came_at__isnull=False, thanked_at=None).exclude(part__in=RUNS_IT)
    came = came.filter(session__event=None)
    return came.filter(session__state=State.OVER, session__ended_at__range=ended)


# Changes that are tried.


def improvements_visible_to(viewer: Viewer) -> QuerySet[Improvement]:
    """The changes of a series are shown to whoever may see a session of it."""
    rows = Improvement.objects.select_related("series__chapter", "because_of")
    if isinstance(viewer, Operator):
        return rows
    return rows.filter(Exists(policy.visible_to(viewer).filter(series=OuterRef("series"))))


def credits_asked_of(person: Person) -> QuerySet[Improvement]:
    """The changes for which someone is to say whether they want to be named."""
    return Improvement.objects.filter(because_of=person.id).select_related("series")
