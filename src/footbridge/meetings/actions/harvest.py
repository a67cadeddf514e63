"""What a session leaves behind: insights, two lists, promises, an answer, needs and offers.

Those say it who were there, from the beginning until its links end. What one said oneself can be
taken back at any time.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from footbridge.core import clock, typed
from footbridge.core.errors import Conflict, DomainError, NotAllowed, NotHere
from footbridge.core.versions import Version, expect
from footbridge.exchange import actions as exchange
from footbridge.exchange.models import Need, Offer
from footbridge.meetings import afterwards, letters
from footbridge.meetings.actions._steps import lock, tell_of
from footbridge.meetings.models import Feedback, FollowUp, Insight, Interest, Seat, Session
from footbridge.meetings.states import Felt, List, Release
from footbridge.people.models import Person
from footbridge.people.policy import Viewer


def lock_there(actor: Person, session: Session) -> tuple[Session, Seat]:
    """Take the session, for someone who was in it, while something can still be said of it."""
    held = lock(session.id)
    seat = afterwards.seat_there(actor, held.id)
    if seat is None:
        raise NotAllowed(_("Only those who were there can do this."))
    _require_open(held)
    return held, seat


def _require_open(session: Session) -> None:
    if not afterwards.is_open(session):
        raise Conflict(_("This can be said from the beginning until two months after."))


# Insights: told on by who said them, or not at all.


@transaction.atomic
def write_insight(*, actor: Viewer, session: Session, speaker: Person, text: str) -> Insight:
    """Write down what somebody said. It goes no further until they release it; they are asked."""
    session = lock(session.id)
    if not afterwards.may_write(actor, session, speaker):
        raise NotAllowed(_("Who runs it, who keeps notes and who said it write insights down."))
    _require_open(session)
    seat = afterwards.seat_there(speaker, session.id)
    if seat is None:
        raise DomainError(_("Choose somebody who was there."), field="speaker")
    _require_few(session, speaker)
    insight = Insight.objects.create(
        session=session,
        speaker=speaker,
        text=typed.words(Insight, "text", text),
        written_by=actor if isinstance(actor, Person) else None,
    )
    if insight.written_by_id != speaker.id:
        letters.ask_to_tell(seat, insight)
    tell_of("insight_written", session, actor, insight=str(insight.id))
    return insight


def _require_few(session: Session, speaker: Person) -> None:
    """Of one person so many are written down as could leave the session at all."""
    if Insight.objects.filter(session=session, speaker=speaker).count() < (
        afterwards.MOST_INSIGHTS_OF_ONE
    ):
        return
    words = _("There are %(most)d of one person already. Take one away first.")
    raise Conflict(words % {"most": afterwards.MOST_INSIGHTS_OF_ONE}, field="text")


@transaction.atomic
def release_insight(
    *, actor: Person, insight: Insight, text: str | None = None, seen: Version | None = None
) -> Insight:
    """Let what one said be told on, in these words where they are given. At most three leave a
    session. `seen` is the version that was seen: a newer one raises Overtaken."""
    session, row = _lock_own(actor, insight)
    expect(seen, row.version, lambda: {"text": row.text})
    words = row.text if text is None else typed.words(Insight, "text", text)
    if row.release == Release.RELEASED and row.text == words:
        return row
    _require_open(session)
    _require_place(session, row)
    row.text = words
    return _decide(row, Release.RELEASED, actor)


def _require_place(session: Session, row: Insight) -> None:
    others = Insight.objects.filter(session=session, release=Release.RELEASED).exclude(id=row.id)
    if others.count() >= afterwards.MOST_RELEASED:
        words = _("%(most)d insights have left this session; no more do. This one stays here.")
        raise Conflict(words % {"most": afterwards.MOST_RELEASED})


@transaction.atomic
def keep_insight(*, actor: Person, insight: Insight, seen: Version | None = None) -> Insight:
    """Keep what one said in the room, also what was released before. Nobody is told."""
    _session, row = _lock_own(actor, insight)
    expect(seen, row.version, lambda: {"text": row.text})
    return row if row.release == Release.KEPT else _decide(row, Release.KEPT, actor)


def _lock_own(actor: Person, insight: Insight) -> tuple[Session, Insight]:
    """What somebody else said is not here to decide on, even for who runs the session."""
    session = lock(insight.session_id)
    row = Insight.objects.filter(id=insight.id, speaker=actor.id).first()
    if row is None:
        raise NotHere
    return session, row


def _decide(row: Insight, release: Release, actor: Person) -> Insight:
    row.release, row.decided_at = release, clock.now()
    row.version += 1
    row.save()
    tell_of(f"insight_{release.value}", row.session, actor, insight=str(row.id))
    return row


@transaction.atomic
def drop_insight(*, actor: Person, insight: Insight) -> None:
    """Take an insight away: who said it at any time, who wrote it down until it is released."""
    session = lock(insight.session_id)
    row = Insight.objects.filter(id=insight.id).first()
    if row is None or actor.id not in (row.speaker_id, row.written_by_id):
        raise NotHere
    if row.release == Release.RELEASED and row.speaker_id != actor.id:
        raise NotAllowed(_("It was released; only who said it can take it back."))
    row.delete()
    tell_of("insight_dropped", session, actor, insight=str(insight.id))


# Two lists, one tap each.


@transaction.atomic
def put_on_list(*, actor: Person, session: Session, list: List) -> Interest:
    """Put oneself on one of the two lists. Doing it twice changes nothing."""
    session, _seat = lock_there(actor, session)
    found, is_new = Interest.objects.get_or_create(session=session, person=actor, list=list)
    if is_new:
        tell_of("listed", session, actor, list=list.value)
    return found


@transaction.atomic
def take_off_list(*, actor: Person, session: Session, list: List) -> None:
    """Take oneself off again, at any time."""
    session = lock(session.id)
    gone, _each = Interest.objects.filter(session=session, person=actor.id, list=list).delete()
    if gone:
        tell_of("unlisted", session, actor, list=list.value)


# Promises to oneself.


@transaction.atomic
def promise(*, actor: Person, session: Session, text: str, due: date | None) -> FollowUp:
    """Say what one will try or do, and by when. The next session opens with it; nobody else sees
    it."""
    session, _seat = lock_there(actor, session)
    open_ones = FollowUp.objects.filter(session=session, person=actor, done_at=None).count()
    if open_ones >= afterwards.MOST_PROMISES:
        words = ngettext(
            "You mean to do %(most)d thing already.",
            "You mean to do %(most)d things already. That is enough for one evening.",
            afterwards.MOST_PROMISES,
        )
        raise Conflict(words % {"most": afterwards.MOST_PROMISES}, field="text")
    follow_up = FollowUp.objects.create(
        session=session,
        person=actor,
        text=typed.words(FollowUp, "text", text),
        due=_day_to_come(due),
    )
    tell_of("promised", session, actor, follow_up=str(follow_up.id))
    return follow_up


def _day_to_come(due: date | None) -> date:
    today = clock.today()
    if due is None or not today <= due <= today + afterwards.FURTHEST_PROMISE:
        raise DomainError(_("Choose a day within the next twelve months."), field="due")
    return due


@transaction.atomic
def report(
    *, actor: Person, follow_up: FollowUp, came_of_it: str, seen: Version | None = None
) -> FollowUp:
    """Say what came of it. It can be said anew; `seen` is the version that was seen."""
    row = _own_follow_up(actor, follow_up)
    expect(seen, row.version, lambda: {"came_of_it": row.came_of_it})
    words = typed.words(FollowUp, "came_of_it", came_of_it)
    if not words:
        raise DomainError(_("Say in a few words what came of it."), field="came_of_it")
    if row.came_of_it != words:
        row.came_of_it, row.done_at = words, row.done_at or clock.now()
        row.version += 1
        row.save()
        tell_of("reported", row.session, actor, follow_up=str(row.id))
    return row


@transaction.atomic
def drop_promise(*, actor: Person, follow_up: FollowUp) -> None:
    """Let go of something that one meant to do."""
    row = _own_follow_up(actor, follow_up)
    row.delete()
    tell_of("promise_dropped", row.session, actor, follow_up=str(follow_up.id))


def _own_follow_up(actor: Person, follow_up: FollowUp) -> FollowUp:
    rows = FollowUp.objects.select_for_update(of=("self",)).select_related("session")
    row = rows.filter(id=follow_up.id, person=actor.id).first()
    if row is None:
        raise NotHere
    return row


# The one question.


@transaction.atomic
def give_feedback(
    *, actor: Person, session: Session, felt: Felt, text: str = "", seen: Version | None = None
) -> Feedback:
    """Say whether it was worth one's time, and one line besides. There is one answer of each
    person, which can be changed; `seen` is the version that was seen, None for a first one."""
    session, seat = lock_there(actor, session)
    if not afterwards.may_answer(seat, session):
        raise Conflict(_("Who came is asked when it is over; who ran it is not."))
    words = typed.words(Feedback, "text", text)
    row = Feedback.objects.filter(session=session, person=actor).first()
    if row is None:
        row = Feedback.objects.create(session=session, person=actor, felt=felt, text=words)
        tell_of("answered", session, actor)
        return row
    expect(seen, row.version, lambda: {"felt": row.felt, "text": row.text})
    if (row.felt, row.text) != (felt, words):
        row.felt, row.text, row.version = felt, words, row.version + 1
        row.save()
    return row


# Needs and offers that came up.


@transaction.atomic
def bring_need(*, actor: Person, session: Session, text: str) -> Need:
    """Put a need that came up into the exchange, where members see it, for oneself."""
    session, _seat = lock_there(actor, session)
    need = exchange.open_need(actor=actor, owner=actor, text=text)
    tell_of("brought", session, actor, need=str(need.id))
    return need


@transaction.atomic
def bring_offer(*, actor: Person, session: Session, text: str) -> Offer:
    """The same for an offer."""
    session, _seat = lock_there(actor, session)
    offer = exchange.open_offer(actor=actor, owner=actor, text=text)
    tell_of("brought", session, actor, offer=str(offer.id))
    return offer
