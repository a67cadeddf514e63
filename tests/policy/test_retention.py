"""What goes by itself, and when: each limit is tried a moment before it and a moment after."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import import_module

import pytest
from django.contrib.sessions.models import Session
from django.db import models

from footbridge.assignments import actions as assignments
from footbridge.assignments.models import Assignment, Part
from footbridge.calls import actions as calls
from footbridge.calls.models import Answer as OpenAnswer
from footbridge.calls.models import Call as OpenCall
from footbridge.circles import actions as circles
from footbridge.circles.models import Call, Circle, Membership
from footbridge.core import clock, links
from footbridge.core.audience import OPERATOR
from footbridge.expertise.models import Confirmation
from footbridge.hours import actions as hours
from footbridge.hours.models import Booking, Slot
from footbridge.intake import actions as intake
from footbridge.intake import sheets
from footbridge.intake.models import Batch, Merge, RowResult
from footbridge.mail.actions import send
from footbridge.mail.keeping import empty_old, forget_identity_mail
from footbridge.mail.models import Message, SealedMessage
from footbridge.mail.sealed import send_sealed
from footbridge.mail.states import MessageState
from footbridge.meetings.models import Seat
from footbridge.network import actions as network
from footbridge.network.models import Contact
from footbridge.partnerships import actions as partnerships
from footbridge.partnerships.models import Partnership, Party, Representative
from footbridge.people import actions as people
from footbridge.people import personal_data
from footbridge.people.models import AccessToken, Invitation, SpentLink
from footbridge.people.states import Door
from footbridge.pitches import actions as pitches
from footbridge.pitches.models import Rehearsal
from footbridge.transitions import actions as transitions
from footbridge.transitions.models import GuideAsk
from tests.cast import Cast
from tests.conftest import NOON
from tests.rooms.assignments import story as assignments_story
from tests.rooms.calls import story as calls_story
from tests.rooms.circles import story as circle_story
from tests.rooms.expertise import story as expertise_story
from tests.rooms.hours import story as hours_story
from tests.rooms.meetings import story as evenings
from tests.rooms.partnerships import story as partnerships_story
from tests.rooms.pitches import story as pitches_story
from tests.rooms.transitions import story as transitions_story

pytestmark = pytest.mark.django_db

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
MEANWHILE = 3 * SECOND


def _run_all() -> None:
    """Every job that keeps a limit, once."""
    for limit in personal_data.limits():
        module, _dot, name = limit.job.rpartition(".")
        getattr(import_module(module), name)()


def _list(cast: Cast) -> None:
    text = b"Name,Email,City\nAna,ana@x.org,Qwxzptl\n"
    given = [intake.Given(text, "list.csv")]
    batch = intake.read_files(actor=OPERATOR, chapter=cast.chapter, files=given)
    intake.start(actor=OPERATOR, batch=batch, wait=True)


def _merge(cast: Cast) -> None:
    intake.merge(actor=OPERATOR, keep=cast.seeker, gone=cast.listed)


def _contact(cast: Cast) -> None:
    rows = [("Jo", "jo@example.net")]
    network.import_contacts(actor=cast.seeker, rows=rows, source="vcard")


def _link(cast: Cast) -> None:
    lasts = timedelta(days=10)
    people.invite(actor=cast.host, chapter=cast.chapter, door=Door.TRUSTED, lasts=lasts)


def _token(cast: Cast) -> None:
    people.make_token(actor=cast.seeker, name="x", lasts=timedelta(days=10))


def _spent(cast: Cast) -> None:
    token = links.sign("sign-in", cast.seeker.id, lasts=timedelta(hours=1))
    people.spend_link(token, "sign-in")


def _session(cast: Cast) -> None:
    Session.objects.create(session_key="x", session_data="", expire_date=NOON + 30 * DAY)


def _code(cast: Cast) -> None:
    lasts = timedelta(minutes=15)
    send_sealed(
        "sign_in_code", to_address="a@x.org", reader="r", context={"code": "1"}, lasts=lasts,
        even_without_server=True,
    )  # fmt: skip


def _notice(cast: Cast) -> None:
    sent = send("account_notice", to_address="a@x.org", context={"occasion": "email_changed"})
    assert sent
    Message.objects.filter(id=sent.id).update(state=MessageState.SENT, sent_at=NOON)


def _unsent_notice(cast: Cast) -> None:
    send("account_notice", to_address="a@x.org", context={"occasion": "email_changed"})


def _missed_evening(cast: Cast) -> None:
    session = evenings.opened(cast, starts_at=NOON + 10 * DAY)
    evenings.accepted(session, cast.seeker)


def _asked_in_vain(cast: Cast) -> None:
    booking = hours_story.asked(cast)
    hours.not_now(actor=cast.target, booking=booking)
    Booking.objects.update(ends_at=NOON)


def _asked_there(cast: Cast) -> None:
    expertise_story.asked(cast)


def _guide_in_vain(cast: Cast) -> None:
    ask = transitions_story.asked(cast)
    transitions.not_now(actor=cast.target, ask=ask)
    GuideAsk.objects.update(expires_at=NOON)


def _peer_in_vain(cast: Cast) -> None:
    rehearsal = pitches_story.asked(cast)
    pitches.not_now(actor=cast.connector, rehearsal=rehearsal)
    Rehearsal.objects.update(expires_at=NOON)


def _withdrawn_answer(cast: Cast) -> None:
    answer = calls_story.answered(cast, calls_story.opened(cast))
    calls.withdraw_answer(actor=cast.seeker, answer=answer)


def _answer_to_what_is_over(cast: Cast) -> None:
    call = calls_story.opened(cast)
    calls_story.answered(cast, call)
    calls.withdraw(actor=cast.target, call=call)


def _forgotten_draft(cast: Cast) -> None:
    calls_story.drafted(cast)


def _no_to_a_team(cast: Cast) -> None:
    assignment = assignments_story.begun(cast)
    assignments.decline(actor=cast.target, assignment=assignment, reason="no_time")


def _called_off(cast: Cast) -> None:
    assignment = assignments_story.begun(cast)
    assignments.call_off(actor=cast.seeker, assignment=assignment, because="changed")


def _no_to_a_partnership(cast: Cast) -> None:
    partnership = partnerships_story.begun(cast)
    partnerships.decline(actor=cast.target, party=partnerships_story.party(partnership, 1))
    partnership.parties.filter(position=0).delete()


def _partnership_of_nobody(cast: Cast) -> None:
    partnership = partnerships_story.begun(cast)
    row = Representative.objects.get(party__partnership=partnership)
    partnerships.end(actor=cast.seeker, representative=row)


def _past_slot(cast: Cast) -> None:
    hours_story.gives(cast.target)
    Slot.objects.exclude(id=Slot.objects.first().id).delete()
    Slot.objects.update(ends_at=NOON)


def _ended_circle(cast: Cast) -> None:
    circles.end(actor=cast.seeker, circle=circle_story.standing(cast))


def _call(cast: Cast) -> None:
    circle_story.called(circle_story.standing(cast), cast.seeker, until=NOON.date())


def _asked(cast: Cast) -> None:
    Membership.objects.create(
        circle=circle_story.standing(cast), person=cast.colleague, asked_by=cast.seeker
    )
    Membership.objects.exclude(person=cast.colleague.id).delete()


ROWS: dict[str, tuple[Callable[[Cast], None], type[models.Model], timedelta]] = {
    "what a list said": (_list, RowResult, 30 * DAY),
    "how a merge is undone": (_merge, Merge, 365 * DAY),
    "a contact that matches nobody": (_contact, Contact, 30 * DAY),
    "a link into a chapter": (_link, Invitation, 190 * DAY),
    "a token of a program": (_token, AccessToken, 40 * DAY),
    "that a sign-in link served": (_spent, SpentLink, timedelta(hours=1)),
    "a session": (_session, Session, 30 * DAY),
    "a code to sign in": (_code, SealedMessage, timedelta(minutes=15)),
    "a notice about an address": (_notice, Message, DAY),
    "that somebody did not come": (_missed_evening, Seat, 375 * DAY),
    "that somebody was asked in vain": (_asked_in_vain, Booking, 365 * DAY),
    "that somebody was asked whether they were there": (_asked_there, Confirmation, 180 * DAY),
    "that a guide was asked in vain": (_guide_in_vain, GuideAsk, 365 * DAY),
    "that a peer was asked in vain": (_peer_in_vain, Rehearsal, 365 * DAY),
    "that somebody did not want to be in a team": (_no_to_a_team, Part, 90 * DAY),
    "that a side did not want to be in it": (_no_to_a_partnership, Party, 90 * DAY),
    "a partnership that came to nothing": (_partnership_of_nobody, Partnership, 365 * DAY),
    "an assignment that came to nothing": (_called_off, Assignment, 365 * DAY),
    "when somebody had time": (_past_slot, Slot, 30 * DAY),
    "an answer that was withdrawn": (_withdrawn_answer, OpenAnswer, 30 * DAY),
    "an answer to a call that is over": (_answer_to_what_is_over, OpenAnswer, 3 * 365 * DAY),
    "a forgotten draft of a call": (_forgotten_draft, OpenCall, 365 * DAY),
    "a circle that ended": (_ended_circle, Circle, 180 * DAY),
    "a call in a circle": (_call, Call, 90.5 * DAY),
    "that somebody was asked into a circle": (_asked, Membership, 90 * DAY),
    "a notice that could not be sent": (_unsent_notice, Message, 7 * DAY),
}


@pytest.mark.parametrize("what", list(ROWS))
def test_it_stays_until_its_limit_and_no_longer(cast: Cast, what: str) -> None:
    make, model, kept = ROWS[what]
    make(cast)
    assert model._default_manager.count() == 1
    with clock.held_at(NOON + kept - MEANWHILE):
        _run_all()
        assert model._default_manager.count() == 1
    with clock.held_at(NOON + kept + MEANWHILE):
        _run_all()
        assert not model._default_manager.exists()
        _run_all()


def test_the_files_of_a_list_go_with_its_rows(cast: Cast) -> None:
    _list(cast)
    batch = Batch.objects.get()
    assert sheets.folder(batch.id).exists()
    with clock.held_at(NOON + 30 * DAY + MEANWHILE):
        _run_all()
    batch.refresh_from_db()
    assert (batch.sheets, sheets.folder(batch.id).exists()) == ([], False)
    assert batch.counts["refused"] == 0  # the figures stay


def _message(once: str, state: MessageState, sent_at: datetime | None) -> Message:
    context = {"chapter": "Harbour", "host": "Hana", "expires_at": NOON}
    made = send(
        "invitation", to_address="a@x.org", to_name="Ana", context=context,
        links=[("Look", "/join/x")], once=once,
    )  # fmt: skip
    assert made
    Message.objects.filter(id=made.id).update(state=state, sent_at=sent_at)
    return made


@pytest.mark.parametrize(
    ("state", "days"),
    [(MessageState.SENT, 30), (MessageState.WAITING, 90), (MessageState.FAILED, 90)],
)
def test_the_words_of_a_message_go_and_the_same_occasion_stays_known(
    cast: Cast, state: MessageState, days: int
) -> None:
    message = _message("invitation:1", state, NOON if state == MessageState.SENT else None)
    with clock.held_at(NOON + timedelta(days=days) - MEANWHILE):
        assert empty_old() == 0
    with clock.held_at(NOON + timedelta(days=days) + MEANWHILE):
        assert empty_old() == 1
        assert empty_old() == 0
        message.refresh_from_db()
        words = (message.to_address, message.to_name, message.subject, message.text, message.html)
        assert (*words, message.links) == ("", "", "", "", "", [])
        assert message.state == (MessageState.SENT if state == MessageState.SENT else "failed")
        again = send("account_notice", to_address="a@x.org", once="invitation:1")
        assert again is None


def test_identity_mail_waits_for_a_mail_server_that_is_away(cast: Cast) -> None:
    _unsent_notice(cast)
    with clock.held_at(NOON + 4 * DAY):
        assert forget_identity_mail() == 0
