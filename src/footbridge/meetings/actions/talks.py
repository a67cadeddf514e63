"""A live talk: questions before and during it, where it can be seen again, who talks on."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from footbridge.core import clock, typed
from footbridge.core.errors import Conflict, DomainError, NotAllowed, NotHere
from footbridge.meetings import letters, policy, talks
from footbridge.meetings.actions._steps import lock, lock_run, seat_in, tell, tell_of
from footbridge.meetings.actions.harvest import lock_there
from footbridge.meetings.models import Echo, Pairing, Question, Seat, Session
from footbridge.meetings.states import State
from footbridge.people.models import Person
from footbridge.people.policy import Viewer

# Questions.


@transaction.atomic
def bring_question(*, actor: Person, session: Session, text: str) -> Question:
    """Bring a question to a live talk, before it or while it goes on. The speaker and who runs it
    see whose it is; the others read the question."""
    session, seat = _comes(actor, session)
    if not talks.takes_questions(session):
        raise Conflict(_("Questions are brought to a talk until it ends."))
    waiting = Question.objects.filter(seat=seat, answered_at=None).count()
    if waiting >= talks.MOST_QUESTIONS:
        words = ngettext(
            "%(most)d question of yours waits already.",
            "%(most)d questions of yours wait already. Take one back, and bring this one.",
            talks.MOST_QUESTIONS,
        )
        raise Conflict(words % {"most": talks.MOST_QUESTIONS}, field="text")
    words = typed.words(Question, "text", text)
    question = Question.objects.create(seat=seat, text=words)
    tell_of("question_brought", session, actor, question=str(question.id))
    return question


def _comes(actor: Person, session: Session) -> tuple[Session, Seat]:
    session = lock(session.id)
    seat = seat_in(session, actor)
    if seat is None or not policy.is_active(seat):
        raise NotAllowed(_("This is for those who have a seat."))
    return session, seat


@transaction.atomic
def echo(*, actor: Person, question: Question) -> None:
    """Say that one wants to hear the answer, too. Doing it twice changes nothing."""
    session, seat = _comes(actor, question.seat.session)
    row = _again(session, question)
    if row.seat_id == seat.id:
        raise Conflict(_("This is your own question."))
    Echo.objects.get_or_create(question=row, seat=seat)


@transaction.atomic
def take_echo_back(*, actor: Person, question: Question) -> None:
    """Say that one does not, after all."""
    session, seat = _comes(actor, question.seat.session)
    Echo.objects.filter(question=_again(session, question), seat=seat).delete()


def _again(session: Session, question: Question) -> Question:
    """A question as it stands now that its session is locked; NotHere if it is gone."""
    rows = Question.objects.select_related("seat").filter(seat__session=session)
    found = rows.filter(id=question.id).first()
    if found is None:
        raise NotHere
    return found


@transaction.atomic
def drop_question(*, actor: Viewer, question: Question) -> None:
    """Take one's own question back; who answers them takes away what does not belong here."""
    session = lock(question.seat.session_id)
    row = _again(session, question)
    is_mine = isinstance(actor, Person) and row.seat.person_id == actor.id
    if not is_mine and not talks.answers_questions(actor, session):
        raise NotHere
    row.delete()
    tell_of("question_dropped", session, actor, question=str(question.id))


@transaction.atomic
def take_question(*, actor: Viewer, question: Question) -> Question:
    """Put a question on the wall: it is the one that is answered now."""
    session, row = _to_answer(actor, question)
    others = Question.objects.filter(
        seat__session=session, taken_at__isnull=False, answered_at=None
    )
    others.exclude(id=row.id).update(taken_at=None)
    if row.taken_at is None or row.answered_at is not None:
        row.taken_at, row.answered_at = clock.now(), None
        row.save(update_fields=["taken_at", "answered_at"])
    return row


@transaction.atomic
def answer_question(*, actor: Viewer, question: Question) -> Question:
    """Tick a question off as answered."""
    session, row = _to_answer(actor, question)
    if row.answered_at is None:
        row.answered_at = clock.now()
        row.save(update_fields=["answered_at"])
        tell_of("question_answered", session, actor, question=str(row.id))
    return row


@transaction.atomic
def reopen_question(*, actor: Viewer, question: Question) -> Question:
    """Take the tick back, or the question off the wall."""
    _session, row = _to_answer(actor, question)
    row.taken_at = row.answered_at = None
    row.save(update_fields=["taken_at", "answered_at"])
    return row


def _to_answer(actor: Viewer, question: Question) -> tuple[Session, Question]:
    session = lock(question.seat.session_id)
    row = _again(session, question)
    if not talks.answers_questions(actor, session):
        raise NotAllowed(_("The speaker and those who run it see to the questions."))
    return session, row


# Afterwards.


@transaction.atomic
def keep_recording(*, actor: Viewer, session: Session, url: str) -> Session:
    """Say where a session can be seen again; saying nothing takes it away."""
    session = lock_run(actor, session.id)
    if session.state != State.OVER:
        raise Conflict(_("It can be seen again when it is over."))
    address = typed.words(Session, "recording", url)
    if address and not address.startswith("https://"):
        raise DomainError(_("The address begins with https://."), field="recording")
    if session.recording != address:
        session.recording = address
        session.save(update_fields=["recording"])
        tell_of("recording_kept" if address else "recording_dropped", session, actor)
    return session


@transaction.atomic
def want_to_talk_on(*, actor: Person, session: Session, wants: bool = True) -> Seat:
    """Say that one wants to be put together with somebody who was there, or not after all. Each of
    them gets the other's name and address."""
    session, seat = lock_there(actor, session)
    if not talks.may_talk_on(seat, session):
        raise Conflict(_("You have been put together with somebody already."))
    if seat.wants_pairing != wants:
        seat.wants_pairing = wants
        seat.save(update_fields=["wants_pairing"])
        tell("wants_to_talk_on" if wants else "does_not_talk_on", seat, actor)
    return seat


@transaction.atomic
def pair_up(*, actor: Viewer, session: Session, groups: Sequence[talks.Group]) -> list[Pairing]:
    """Write down who talks on with whom, and tell each of them. Who does not want it any more, or
    was put together with somebody meanwhile, is left out; so is whoever would be alone then."""
    session = lock_run(actor, session.id)
    willing = {seat.id: seat for seat in _willing(session)}
    made = []
    for group in groups:
        seats = [willing.pop(one) for one in group.seats if one in willing]
        if len(seats) > 1:
            made.append(_put_together(session, group, seats))
    tell_of("paired_up", session, actor, pairs=len(made))
    return made


def _willing(session: Session) -> list[Seat]:
    rows = Seat.objects.filter(session=session, wants_pairing=True, pairing=None)
    found = list(rows.filter(came_at__isnull=False).select_related("person__chapter"))
    for seat in found:
        seat.session = session
    return found


def _put_together(session: Session, group: talks.Group, seats: Sequence[Seat]) -> Pairing:
    pairing = Pairing.objects.create(session=session, why=dict(group.why))
    Seat.objects.filter(id__in=[seat.id for seat in seats]).update(pairing=pairing)
    for seat in seats:
        letters.talk_on(seat, [other for other in seats if other is not seat], pairing)
    return pairing
