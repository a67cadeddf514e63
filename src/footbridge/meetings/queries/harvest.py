"""Reading what a session left behind: for everyone, for who was there, for who runs it."""

from __future__ import annotations

import uuid

from django.db.models import Q

from footbridge.core.audience import Operator
from footbridge.core.errors import NotAllowed, NotHere
from footbridge.meetings import afterwards as rules
from footbridge.meetings import counting, policy
from footbridge.meetings.harvested import (
    Afterwards,
    CreditCard,
    FeedbackCard,
    FollowUpCard,
    Harvest,
    HostHarvest,
    InsightCard,
    MetCard,
    Name,
    OpenQuestion,
)
from footbridge.meetings.models import (
    Feedback,
    FollowUp,
    Improvement,
    Insight,
    Interest,
    Seat,
    Session,
)
from footbridge.meetings.states import List, Release, State
from footbridge.people.cards import MemberCard
from footbridge.people.cards import card as member_card
from footbridge.people.models import Person
from footbridge.people.policy import Viewer, id_of
from footbridge.people.queries import as_id, by_ids


def harvest(viewer: Viewer, session: Session) -> Harvest:
    """What the page of a session shows of it: what was released, what oneself meant to try before
    it, whom one meets again, and whether one may add to it."""
    seat = rules.seat_there(viewer, session.id)
    shown = _insights(viewer, session)
    may_add = seat is not None and rules.is_open(session)
    return Harvest(
        insights=tuple(one for one in shown if one.is_released),
        tried=tuple(open_before(viewer, session)),
        again=tuple(one for one in _met(viewer, seat, both=True)) if seat else (),
        may_add=may_add,
        is_asked=seat is not None and rules.may_answer(seat, session) and not _answered(seat),
        to_release=sum(one.is_mine and not (one.is_released or one.is_kept) for one in shown),
        series_id=session.series_id,
        has_changes=_has_changes(viewer, session),
    )


def _answered(seat: Seat) -> bool:
    return Feedback.objects.filter(session=seat.session_id, person=seat.person_id).exists()


def _has_changes(viewer: Viewer, session: Session) -> bool:
    if session.series_id is None:
        return False
    return rules.improvements_visible_to(viewer).filter(series=session.series_id).exists()


def open_before(viewer: Viewer, session: Session) -> list[FollowUpCard]:
    """What someone meant to try after the sessions of the series before this one, and has not told
    of: the next session opens with it."""
    if session.series_id is None or session.state not in (State.OPEN, State.RUNNING):
        return []
    rows = rules.follow_ups_of(viewer).filter(session__series=session.series_id, done_at=None)
    return [_follow_up(row) for row in rows.filter(session__starts_at__lt=session.starts_at)]


def _follow_up(row: FollowUp) -> FollowUpCard:
    return FollowUpCard(
        row.id,
        row.session_id,
        row.session.title,
        row.text,
        row.due,
        row.done_at,
        row.came_of_it,
        row.version,
    )


def unanswered(viewer: Viewer) -> list[OpenQuestion]:
    """Of which sessions somebody is still asked whether they were worth their time."""
    if isinstance(viewer, Operator):
        return []
    return [
        OpenQuestion(row.id, row.title, row.starts_at, row.timezone)
        for row in rules.unanswered_by(viewer)
    ]


# For who was there.


def afterwards(viewer: Person, session: Session) -> Afterwards:
    """All that someone who was there can say afterwards. NotHere for who was not."""
    seat = rules.seat_there(viewer, session.id)
    if seat is None or session.state not in (State.RUNNING, State.OVER):
        raise NotHere
    mine = Interest.objects.filter(session=session, person=viewer.id)
    return Afterwards(
        insights=tuple(_insights(viewer, session)),
        lists=frozenset(mine.values_list("list", flat=True)),
        follow_ups=tuple(_said_after(viewer, session)),
        met=tuple(my_marks(viewer, session)),
        credits=tuple(_credit(row) for row in rules.credits_asked_of(viewer)),
        feedback=_feedback(viewer, session),
        may_answer=rules.may_answer(seat, session),
        keeps_notes=rules.keeps_notes(viewer, session),
        is_open=rules.is_open(session),
    )


def _said_after(viewer: Person, session: Session) -> list[FollowUpCard]:
    return [_follow_up(row) for row in rules.follow_ups_of(viewer).filter(session=session)]


def _credit(row: Improvement) -> CreditCard:
    return CreditCard(row.id, row.series.title, row.change, row.may_be_named)


def _feedback(viewer: Person, session: Session) -> FeedbackCard | None:
    row = Feedback.objects.filter(session=session, person=viewer.id).first()
    return FeedbackCard(row.felt, row.text, row.version) if row else None


def my_marks(viewer: Viewer, session: Session) -> list[MetCard]:
    """With whom someone sat, whom of them they want to meet again, and who wants it as well: that
    is shown where both do, and to them alone."""
    seat = rules.seat_there(viewer, session.id)
    return _met(viewer, seat) if seat else []


def _met(viewer: Viewer, seat: Seat, *, both: bool = False) -> list[MetCard]:
    marked, back = rules.marked_by(seat), rules.marked_by_both(seat)
    rows = rules.sat_with(seat).select_related("person")
    if both:
        rows = rows.filter(id__in=back)
    seats = sorted(rows, key=lambda one: (one.person.folded, one.id))
    found = by_ids(viewer, [one.person_id for one in seats])
    return [
        _met_card(
            one,
            member_card(viewer, found[one.person_id]) if one.person_id in found else None,
            marked,
            back,
        )
        for one in seats
    ]


def _met_card(
    seat: Seat, person: MemberCard | None, marked: set[uuid.UUID], back: set[uuid.UUID]
) -> MetCard:
    return MetCard(
        seat_id=seat.id,
        name=seat.person.name,
        role=person.role if person else "",
        organisation=person.organisation if person else "",
        sector=person.sector if person else "",
        person_id=person.id if person else None,
        is_marked=seat.id in marked,
        is_both=seat.id in back,
    )


def met_seat(viewer: Viewer, session: Session, seat_id: uuid.UUID | str) -> Seat:
    """The seat of somebody with whom one sat, or NotHere."""
    mine, wanted = rules.seat_there(viewer, session.id), as_id(str(seat_id))
    if mine is None or wanted is None:
        raise NotHere
    found = rules.sat_with(mine).select_related("session").filter(id=wanted).first()
    if found is None:
        raise NotHere
    return found


def get_insight(viewer: Viewer, session: Session, insight_id: uuid.UUID | str) -> Insight:
    """One insight that someone may see, or NotHere."""
    wanted = as_id(str(insight_id))
    rows = rules.insights_visible_to(viewer, session)
    found = rows.filter(id=wanted).first() if wanted else None
    if found is None:
        raise NotHere
    return found


def own_insight(viewer: Viewer, insight_id: uuid.UUID | str) -> Insight:
    """One insight that somebody said, or wrote down for another, of whichever session; or
    NotHere."""
    wanted, me = as_id(str(insight_id)), id_of(viewer)
    rows = Insight.objects.filter(Q(speaker=me) | Q(written_by=me)).select_related("speaker")
    found = rows.filter(id=wanted).first() if wanted and me else None
    if found is None:
        raise NotHere
    return found


def insights(viewer: Viewer, session: Session) -> list[InsightCard]:
    """What was said in a session and is for someone to read."""
    return _insights(viewer, session)


def insight_card(viewer: Viewer, insight: Insight) -> InsightCard:
    """One of them."""
    return _insight(viewer, insight)


def follow_ups(viewer: Viewer) -> list[FollowUpCard]:
    """All that someone means to do, or did, for them alone: by day."""
    rows = rules.follow_ups_of(viewer).order_by("due", "id")
    return [_follow_up(row) for row in rows]


def follow_up_card(follow_up: FollowUp) -> FollowUpCard:
    """One of them."""
    return _follow_up(follow_up)


def get_follow_up(viewer: Viewer, follow_up_id: uuid.UUID | str) -> FollowUp:
    """One of one's own promises, or NotHere."""
    wanted = as_id(str(follow_up_id))
    found = rules.follow_ups_of(viewer).filter(id=wanted).first() if wanted else None
    if found is None:
        raise NotHere
    return found


def _insights(viewer: Viewer, session: Session) -> list[InsightCard]:
    return [_insight(viewer, row) for row in rules.insights_visible_to(viewer, session)]


def _insight(viewer: Viewer, row: Insight) -> InsightCard:
    me = None if isinstance(viewer, Operator) else viewer.id
    is_mine, is_released = row.speaker_id == me, row.release == Release.RELEASED
    return InsightCard(
        id=row.id,
        text=row.text,
        speaker=row.speaker.name,
        is_mine=is_mine,
        is_released=is_released,
        is_kept=is_mine and row.release == Release.KEPT,
        may_drop=is_mine or (row.written_by_id == me and me is not None and not is_released),
        version=row.version,
    )


# For who runs it.


def host_harvest(viewer: Viewer, session: Session) -> HostHarvest:
    """The two lists by name, how many felt what, and what they said without their names. With
    fewer than five answers there is nothing but that they are few."""
    if not policy.runs(viewer, session):
        raise NotAllowed
    felt = counting.felt_in([session.id]).get(session.id)
    answers = counting.answers_of([felt] if felt else [])
    return HostHarvest(
        insights=tuple(_insights(viewer, session)),
        informed=_names(session, List.INFORMED),
        building=_names(session, List.BUILDING),
        answers=answers,
        lines=() if answers.few else _lines(session),
    )


def _names(session: Session, wanted: List) -> tuple[Name, ...]:
    rows = Interest.objects.filter(session=session, list=wanted).select_related("person")
    return tuple(Name(row.person_id, row.person.name) for row in rows)


def _lines(session: Session) -> tuple[str, ...]:
    """In an order that tells nothing of who wrote which, nor when."""
    rows = Feedback.objects.filter(session=session).exclude(text="")
    return tuple(sorted(rows.order_by().values_list("text", flat=True)))


def speakers(viewer: Viewer, session: Session) -> list[Name]:
    """Those who were there, for who writes down what they said."""
    if not (policy.runs(viewer, session) or rules.keeps_notes(viewer, session)):
        raise NotAllowed
    rows = Seat.objects.filter(session=session, came_at__isnull=False).select_related("person")
    in_order = sorted(rows, key=lambda one: (one.person.folded, one.id))
    return [Name(one.person_id, one.person.name) for one in in_order]


def speaker(viewer: Viewer, session: Session, person_id: uuid.UUID | str) -> Person:
    """One of them, or NotHere."""
    wanted = as_id(str(person_id))
    if wanted not in {one.id for one in speakers(viewer, session)}:
        raise NotHere
    return Person.objects.get(id=wanted)
