"""Questions, parts of an event and the board of who has spoken: the page, the link and the API
leave the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest

from footbridge.core import clock
from footbridge.journal.actions import deliver_due
from footbridge.meetings import actions
from footbridge.meetings import queries as meetings
from footbridge.meetings.models import Question, Session
from footbridge.meetings.states import Format
from footbridge.people.models import Person
from tests.cast import Cast
from tests.doors.test_parity import Act, Stage, left_by
from tests.doors.web.world import World

pytestmark = pytest.mark.django_db


@dataclass
class Evening:
    """A live talk to come, an event with a part, and a session that goes on."""

    stage: Stage
    talk: Session
    question: Question
    event: Session
    part: Session
    running: Session

    @property
    def ana(self) -> Person:
        return self.stage.cast.connector

    @property
    def hana(self) -> Person:
        return self.stage.cast.host

    def link(self, session: Session) -> str:
        """The seat's link of Ana."""
        return meetings.seat_path(session.seats.select_related("session").get(person=self.ana))


@pytest.fixture
def evening(cast: Cast) -> Evening:
    stage = Stage(World.__new__(World), cast)
    stage.let(cast.seeker, cast.connector, cast.host)
    talk = _opened(cast, Format.LIVE_TALK, 30)
    for person in (cast.seeker, cast.connector):
        actions.accept(actor=person, session=talk)
    question = actions.bring_question(actor=cast.seeker, session=talk, text="Who pays?")
    event = _opened(cast, Format.EVENT, 60)
    part = actions.plan(
        actor=cast.host,
        chapter=cast.chapter,
        event=event,
        format=Format.TROIKA,
        title="Ice",
        starts_at=event.starts_at,
    )
    part = actions.open_up(actor=cast.host, session=part)
    actions.accept(actor=cast.connector, session=event)
    running = _opened(cast, Format.PEER_ASSIST, 1)
    actions.accept(actor=cast.connector, session=running)
    running = actions.begin(actor=cast.host, session=running)
    actions.come(actor=cast.connector, session=running)
    while deliver_due():
        pass
    return Evening(stage, talk, question, event, part, running)


def _opened(cast: Cast, kind: Format, hours: float) -> Session:
    made = actions.plan(
        actor=cast.host,
        chapter=cast.chapter,
        format=kind,
        title=f"A {kind.value}",
        starts_at=clock.now() + timedelta(hours=hours),
    )
    return actions.open_up(actor=cast.host, session=made)


def _bringing(one: Evening) -> dict[str, Act]:
    stage, said = one.stage, {"text": "And how cold?"}
    return {
        "page": lambda: stage.page(one.ana, f"/meet/{one.talk.id}/", move="ask", **said),
        "link": lambda: stage.link(one.link(one.talk), move="ask", **said),
        "api": lambda: stage.api(one.ana, "POST", f"/sessions/{one.talk.id}/questions", **said),
    }


def _echoing(one: Evening) -> dict[str, Act]:
    stage, row = one.stage, str(one.question.id)
    said = {"move": "echo", "question": row}
    return {
        "page": lambda: stage.page(one.ana, f"/meet/{one.talk.id}/", **said),
        "link": lambda: stage.link(one.link(one.talk), **said),
        "api": lambda: stage.api(one.ana, "POST", f"/questions/{row}/echo"),
    }


def _ticking(one: Evening, move: str, path: str) -> dict[str, Act]:
    stage, row = one.stage, str(one.question.id)
    said, evening = {"move": move, "question": row}, f"/host/sessions/{one.talk.id}"
    return {
        "page": lambda: stage.page(one.hana, f"/meet/{one.talk.id}/", **said),
        "talk": lambda: stage.page(one.hana, f"{evening}/talk/", **said),
        "room": lambda: stage.page(one.hana, f"{evening}/room/", **said),
        "api": lambda: stage.api(one.hana, "POST", f"/questions/{row}/{path}"),
    }


def _choosing(one: Evening) -> dict[str, Act]:
    stage, said = one.stage, {"move": "part_accept", "part": str(one.part.id)}
    return {
        "page": lambda: stage.page(one.ana, f"/meet/{one.event.id}/", **said),
        "link": lambda: stage.link(one.link(one.event), **said),
        "part": lambda: stage.page(one.ana, f"/meet/{one.part.id}/", move="accept"),
        "api": lambda: stage.api(one.ana, "POST", f"/sessions/{one.part.id}/accept"),
    }


def _speaking(one: Evening) -> dict[str, Act]:
    stage, seat = one.stage, str(one.running.seats.get(person=one.ana).id)
    room = f"/host/sessions/{one.running.id}/room/"
    call = f"/sessions/{one.running.id}/seats/{seat}/spoke"
    return {
        "page": lambda: stage.page(one.hana, room, move="spoken", seat=seat),
        "api": lambda: stage.api(one.hana, "POST", call),
    }


def _going_on(one: Evening) -> dict[str, Act]:
    stage, session = one.stage, one.running.id
    room = f"/host/sessions/{session}/room/"
    return {
        "page": lambda: stage.page(one.hana, room, move="go_on", after="0"),
        "api": lambda: stage.api(one.hana, "POST", f"/sessions/{session}/go-on", after=0),
    }


ACTS: dict[str, tuple[Callable[[Evening], dict[str, Act]], str]] = {
    "bring a question": (_bringing, "meetings.question_brought"),
    "want to hear it, too": (_echoing, ""),
    "put it on the wall": (lambda one: _ticking(one, "take_question", "take"), ""),
    "tick it off": (
        lambda one: _ticking(one, "answer_question", "answered"),
        "meetings.question_answered",
    ),
    "choose a part": (_choosing, "meetings.accepted"),
    "note that somebody spoke": (_speaking, ""),
    "go on to the next step": (_going_on, "meetings.went_on"),
}


@pytest.mark.parametrize("name", ACTS)
def test_every_door_leaves_the_same(evening: Evening, name: str) -> None:
    tell, verb = ACTS[name]
    left = {door: left_by(act) for door, act in tell(evening).items()}
    (first, *others) = left
    assert left[first]
    came = left[first].get("journal.entry", {"came": []})["came"]
    assert not verb or any(f'"verb":"{verb}"' in row for row in came)
    for other in others:
        assert left[other] == left[first], f"{other} and {first} differ"


def test_who_has_spoken_stands_in_no_journal(evening: Evening) -> None:
    for act in _speaking(evening).values():
        assert set(left_by(act)) == {"meetings.seat"}
