"""Requests that no page of ours sends, but that somebody can: each is answered in words."""

from __future__ import annotations

import pytest

from footbridge.introductions import actions as introductions
from footbridge.introductions.models import Introduction
from tests.cast import Cast
from tests.doors.web.world import World, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast: Cast) -> World:
    return build(cast)


@pytest.mark.parametrize(
    "page", ["9" * 5000, "9" * 30, "9223372036854775808", "-1", "1e9", "٣", ""]
)
def test_a_page_number_that_is_none_shows_a_page(world: World, page: str) -> None:
    client = world.client("host")
    chapter = world.cast.chapter.id
    for path in (
        "/find/people/",
        f"/host/{chapter}/people/",
        f"/host/imports/{world.batch.id}/",
        "/outbox/",
        f"/host/{chapter}/merges/",
    ):
        assert client.get(path, {"page": page}).status_code == 200, path


@pytest.mark.parametrize("form", [None, "", "note", "answer", "report", "thanks", "x"])
@pytest.mark.parametrize("move", ["report", "thank"])
def test_a_move_without_the_form_that_it_needs_is_refused(
    world: World, move: str, form: str | None
) -> None:
    said = {"move": move} | ({"form": form} if form is not None else {})
    client, path = world.client("member"), f"/introductions/{world.introduction.id}/"
    assert client.post(path, said).status_code in (400, 404, 409)
    for person in (world.cast.connector, world.cast.target):
        introductions.agree(actor=person, introduction=world.introduction)
    assert client.post(path, said).status_code in (400, 404, 409)


TOO_LONG = "More than the field takes. " * 60


def test_a_yes_is_not_given_with_a_note_that_would_be_cut(world: World) -> None:
    """What a connector typed is never dropped without a word."""
    path = world.tokens()["/i/"]
    answer = world.client("anonymous").post(
        f"/i/{path}", {"move": "agree", "form": "answer", "word": TOO_LONG}
    )
    assert answer.status_code == 400
    assert TOO_LONG.strip() in answer.content.decode()
    found = Introduction.objects.get(id=world.introduction.id)
    assert found.state == world.introduction.state


def test_a_no_is_taken_whatever_stands_beside_it(world: World) -> None:
    path = world.tokens()["/i/"]
    answer = world.client("anonymous").post(
        f"/i/{path}", {"move": "decline", "form": "answer", "word": TOO_LONG}
    )
    assert answer.status_code in (302, 303)


def test_a_draft_may_lack_words_but_none_are_dropped(world: World) -> None:
    cast = world.cast
    draft = introductions.draft(actor=cast.seeker, target=cast.colleague, connector=cast.connector)
    client, path = world.client("member"), f"/introductions/{draft.id}/"
    kept = {"move": "write", "form": "note", "why_you": "You sell cold."}
    assert client.post(path, kept).status_code in (302, 303)
    dropped = client.post(path, kept | {"who_i_am": TOO_LONG})
    assert dropped.status_code == 400
    assert TOO_LONG.strip() in dropped.content.decode()
