"""Reading what goes on in the room: the step, who has spoken, what one wrote, what was asked."""

from __future__ import annotations

import uuid

from django.db.models import Count, Exists, F, OuterRef

from footbridge.core.audience import Operator
from footbridge.core.errors import NotAllowed, NotHere
from footbridge.meetings import policy, running, seated, talks
from footbridge.meetings.models import Echo, Jotting, Question, Seat, Session
from footbridge.meetings.queries.rounds import rounds
from footbridge.meetings.queries.sessions import get
from footbridge.meetings.states import Kind, Part
from footbridge.people.policy import Viewer
from footbridge.people.queries import as_id


def step_now(viewer: Viewer, session: Session) -> running.StepNow | None:
    """The step that goes on, for who runs the session and who sits in it."""
    if not (policy.runs(viewer, session) or policy.holds_active_seat(viewer, session)):
        return None
    return running.step_now(session, rounds(viewer, session))


def voices(viewer: Viewer, session: Session) -> list[running.Voice]:
    """Who is there and how often each has spoken, the quiet ones first; for who runs it alone."""
    if not policy.runs(viewer, session):
        raise NotHere
    here = Seat.objects.filter(session=session, came_at__isnull=False, left_at=None)
    rows = sorted(here.select_related("person"), key=lambda one: (one.spoke, one.person.folded))
    return [
        running.Voice(
            one.id,
            one.person.name,
            one.spoke,
            str(Part(one.part).label) if one.part != Part.GUEST else "",
        )
        for one in rows
    ]


# What one wrote in silence.


def my_jottings(viewer: Viewer, session: Session) -> list[running.JottingCard]:
    """What one wrote in a silent minute and has shown to nobody; for oneself alone."""
    if isinstance(viewer, Operator):
        return []
    rows = Jotting.objects.filter(seat__session=session, seat__person=viewer.id)
    return [
        running.JottingCard(row.id, row.kind, str(Kind(row.kind).label), row.text) for row in rows
    ]


def get_jotting(viewer: Viewer, session: Session, jotting_id: uuid.UUID | str) -> Jotting:
    """One of them, or NotHere."""
    wanted = as_id(str(jotting_id))
    rows = Jotting.objects.select_related("seat__session").filter(seat__session=session)
    mine = rows.none() if isinstance(viewer, Operator) else rows.filter(seat__person=viewer.id)
    found = mine.filter(id=wanted).first() if wanted else None
    if found is None:
        raise NotHere
    return found


# What was asked, and who talks on.


def questions(viewer: Viewer, session: Session) -> list[talks.QuestionCard]:
    """The questions to a live talk: the one that is answered now, then those that most want to
    hear, then what was answered."""
    me = None if isinstance(viewer, Operator) else viewer.id
    answers = talks.is_talk(session) and talks.answers_questions(viewer, session)
    echoed = Echo.objects.filter(question=OuterRef("pk"), seat__person=me)
    rows = talks.questions_visible_to(viewer, session).annotate(
        many=Count("echoes"), is_echoed=Exists(echoed)
    )
    rows = rows.select_related("seat__person").order_by(
        F("answered_at").asc(nulls_first=True),
        F("taken_at").asc(nulls_last=True),
        "-many",
        "asked_at",
        "id",
    )
    return [_question(row, me, answers) for row in rows]


def _question(row: Question, me: uuid.UUID | None, answers: bool) -> talks.QuestionCard:
    is_mine = me is not None and row.seat.person_id == me
    return talks.QuestionCard(
        id=row.id,
        text=row.text,
        name=row.seat.person.name if answers or is_mine else "",
        is_mine=is_mine,
        echoes=row.many,  # type: ignore[attr-defined]
        is_echoed=row.is_echoed,  # type: ignore[attr-defined]
        is_taken=row.taken_at is not None and row.answered_at is None,
        is_answered=row.answered_at is not None,
        may_drop=is_mine or answers,
    )


def get_question(viewer: Viewer, session: Session, question_id: uuid.UUID | str) -> Question:
    """One question that someone may see, or NotHere."""
    wanted = as_id(str(question_id))
    rows = talks.questions_visible_to(viewer, session).select_related("seat__session")
    found = rows.filter(id=wanted).first() if wanted else None
    if found is None:
        raise NotHere
    return found


def find_question(viewer: Viewer, question_id: uuid.UUID | str) -> Question:
    """The same, of whichever session."""
    wanted = as_id(str(question_id))
    rows = talks.questions_anywhere(viewer).select_related("seat")
    row = rows.filter(id=wanted).first() if wanted else None
    if row is None:
        raise NotHere
    return get_question(viewer, get(viewer, row.seat.session_id), row.id)


def on_the_wall(viewer: Viewer, session: Session) -> str:
    """The question that is answered now, for everyone in the room to read."""
    rows = talks.questions_visible_to(viewer, session)
    now = rows.filter(taken_at__isnull=False, answered_at=None).order_by("-taken_at").first()
    return now.text if now else ""


def talk(viewer: Viewer, session: Session) -> talks.Talk | None:
    """What the page of a live talk shows of it; None for a session of another kind."""
    if not talks.is_talk(session):
        return None
    seat = _seat(viewer, session)
    comes = seat is not None and policy.is_active(seat)
    return talks.Talk(
        questions=tuple(questions(viewer, session)),
        may_ask=comes and talks.takes_questions(session),
        may_answer=talks.answers_questions(viewer, session),
        recording=session.recording if talks.sees_recording(viewer, session) else "",
        may_talk_on=talks.may_talk_on(seat, session),
        wants_to=seat is not None and seat.wants_pairing,
        talks_with=_talks_with(seat) if seat else None,
    )


def _seat(viewer: Viewer, session: Session) -> Seat | None:
    if isinstance(viewer, Operator):
        return None
    rows = Seat.objects.filter(session=session, person=viewer.id)
    return rows.select_related("pairing").first()


def _talks_with(seat: Seat) -> talks.TalkOn | None:
    if seat.pairing is None:
        return None
    group = list(Seat.objects.filter(pairing=seat.pairing).select_related("person"))
    names = sorted(one.person.name for one in group if one.id != seat.id)
    return talks.TalkOn(tuple(names), seated.why_of(seat.pairing.why, group)) if names else None


def talking_on(viewer: Viewer, session: Session) -> list[talks.TalkOn]:
    """Who talks on with whom after a talk, for who runs it."""
    if not policy.runs(viewer, session):
        raise NotAllowed
    found = []
    for pairing in session.pairings.prefetch_related("seats__person"):
        group = list(pairing.seats.all())
        names = sorted(seat.person.name for seat in group)
        found.append(talks.TalkOn(tuple(names), seated.why_of(pairing.why, group)))
    return found


def want_to_talk_on(viewer: Viewer, session: Session) -> int:
    """How many wait to be put together with somebody, for who runs it."""
    if not policy.runs(viewer, session):
        raise NotAllowed
    willing = Seat.objects.filter(session=session, wants_pairing=True, pairing=None)
    return willing.filter(came_at__isnull=False).count()
