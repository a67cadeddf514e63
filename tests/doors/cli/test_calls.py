"""`footbridge calls`: what is open, until when, and what waits."""

from __future__ import annotations

import json

import pytest

from footbridge.cli.__main__ import main
from footbridge.core import clock
from tests.cast import Cast
from tests.rooms.calls import story

pytestmark = pytest.mark.django_db


def test_it_tells_what_is_open_and_what_waits(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    call = story.opened(cast, timezone="Europe/Lisbon")
    story.answered(cast, call)
    assert main(["calls"]) == 0
    said = capsys.readouterr().out
    assert "Open brief · Northwind Cold Chain · until 2026-03-16 17:00 Europe/Lisbon" in said
    assert "1 waiting for a word" in said
    assert main(["calls", "--json"]) == 0
    (one,) = json.loads(capsys.readouterr().out)
    assert (one["slug"], one["waiting"]) == (call.slug, 1)


def test_what_takes_no_more_answers_is_told_apart(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    story.opened(cast)
    with clock.held_at(story.after_deadline()):
        assert main(["calls"]) == 0
        assert capsys.readouterr().out == "No call is open.\n"
        assert main(["calls", "--past", "--json"]) == 0
        assert len(json.loads(capsys.readouterr().out)) == 1
