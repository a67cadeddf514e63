"""Answering a call and saying a word to an answer: the page, the link and the API leave the
same."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from footbridge.calls import actions
from footbridge.calls.models import Answer, Call
from footbridge.calls.queries import answer_path
from footbridge.journal.actions import deliver_due
from tests.cast import Cast
from tests.doors.test_parity import Act, Stage, left_by
from tests.doors.web.world import World, build
from tests.rooms.calls import story

pytestmark = pytest.mark.django_db

TEXT = "Three bicycles, from Monday on."


@pytest.fixture
def stage(cast: Cast) -> Stage:
    world: World = build(cast)
    made = Stage(world, cast)
    made.let(cast.seeker, cast.connector, cast.target)
    while deliver_due():
        pass
    return made


def page_of(call: Call) -> str:
    return f"/find/calls/{call.slug}/"


def drafted(stage: Stage) -> Answer:
    return story.written(stage.cast, stage.world.open_call, actor=stage.cast.connector)


def _sending(stage: Stage) -> dict[str, Act]:
    kofi, call, draft = stage.cast.connector, stage.world.open_call, drafted(stage)
    said = {"text": TEXT, "gain": "", "version": draft.version}
    link = answer_path(draft)

    def by_link() -> None:
        stage.link(link, move="change", **said)
        stage.link(link, move="send")

    def by_program() -> None:
        stage.api(kofi, "PUT", f"/calls/{call.id}/answer", **said)
        stage.api(kofi, "POST", f"/answers/{draft.id}/send")

    return {
        "page": lambda: stage.page(kofi, page_of(call), move="send", **said),
        "link": by_link,
        "api": by_program,
    }


def _changing(stage: Stage) -> dict[str, Act]:
    rosa, call, answer = stage.cast.seeker, stage.world.open_call, stage.world.call_answer
    said = {"text": TEXT, "gain": "Bread", "version": answer.version}
    return {
        "page": lambda: stage.page(rosa, page_of(call), move="save", **said),
        "link": lambda: stage.link(answer_path(answer), move="change", **said),
        "api": lambda: stage.api(rosa, "PUT", f"/calls/{call.id}/answer", **said),
    }


def _withdrawing(stage: Stage) -> dict[str, Act]:
    rosa, answer = stage.cast.seeker, stage.world.call_answer
    return {
        "link": lambda: stage.link(answer_path(answer), move="withdraw"),
        "api": lambda: stage.api(rosa, "POST", f"/answers/{answer.id}/withdraw"),
    }


def _showing(stage: Stage) -> dict[str, Act]:
    rosa, answer = stage.cast.seeker, stage.world.call_answer
    return {
        "link": lambda: stage.link(answer_path(answer), move="show", shown="yes"),
        "api": lambda: stage.api(rosa, "PUT", f"/answers/{answer.id}/shown", shown=True),
    }


def _taking_a_file_away(stage: Stage) -> dict[str, Act]:
    rosa, answer, file = stage.cast.seeker, stage.world.call_answer, stage.world.answer_file
    return {
        "link": lambda: stage.link(answer_path(answer), move="remove_file", file_id=str(file.id)),
        "api": lambda: stage.api(rosa, "DELETE", f"/answer-files/{file.id}"),
    }


def _said_to(stage: Stage, move: str, **said: str) -> dict[str, Act]:
    lena, call, answer = stage.cast.target, stage.world.open_call, stage.world.call_answer
    page = f"{page_of(call)}answers/{answer.id}/"
    path = {"off": "off-shortlist"}.get(move, move)
    return {
        "page": lambda: stage.page(lena, page, move=move, **said),
        "api": lambda: stage.api(lena, "POST", f"/answers/{answer.id}/{path}", **said),
    }


def _off_the_shortlist(stage: Stage) -> dict[str, Act]:
    actions.shortlist(actor=stage.cast.target, answer=stage.world.call_answer)
    return _said_to(stage, "off")


def _closing_all(stage: Stage) -> dict[str, Act]:
    lena, call = stage.cast.target, stage.world.open_call
    said = {"reason": "full", "words": "Come again."}
    return {
        "page": lambda: stage.page(lena, f"{page_of(call)}answers/", all="yes", **said),
        "api": lambda: stage.api(lena, "POST", f"/calls/{call.id}/close-answers", **said),
    }


ACTS: dict[str, tuple[Callable[[Stage], dict[str, Act]], str]] = {
    "send": (_sending, "calls.answered"),
    "change": (_changing, ""),
    "withdraw": (_withdrawing, "calls.answer_withdrawn"),
    "show": (_showing, "calls.answer_shown"),
    "take a file away": (_taking_a_file_away, "calls.file_removed"),
    "shortlist": (lambda stage: _said_to(stage, "shortlist"), "calls.shortlisted"),
    "off the shortlist": (_off_the_shortlist, "calls.off_shortlist"),
    "choose": (lambda stage: _said_to(stage, "choose", words="Welcome."), "calls.chosen"),
    "close": (
        lambda stage: _said_to(stage, "close", reason="too_far", words="Sorry."),
        "calls.answer_closed",
    ),
    "close all": (_closing_all, "calls.answer_closed"),
}


@pytest.mark.parametrize("name", ACTS)
def test_every_door_leaves_the_same(stage: Stage, name: str) -> None:
    tell, verb = ACTS[name]
    doors = tell(stage)
    assert len(doors) > 1
    left = {door: left_by(act) for door, act in doors.items()}
    (first, *others) = left
    assert left[first]
    came = left[first].get("journal.entry", {"came": []})["came"]
    assert not verb or any(f'"verb":"{verb}"' in row for row in came)
    for other in others:
        assert left[other] == left[first], f"{other} and {first} differ"
