"""`footbridge circles`: which circles could be in a chapter, in words and in JSON."""

from __future__ import annotations

import json

import pytest

from footbridge.cli.__main__ import main
from footbridge.exchange import actions as exchange
from tests.cast import Cast
from tests.rooms.circles import story
from tests.rooms.insight.story import cares, know

pytestmark = pytest.mark.django_db

Read = pytest.CaptureFixture[str]


def test_it_prints_who_could_be_in_one_and_why(cast: Cast, capsys: Read) -> None:
    exchange.load_shipped_vocabulary()
    people = story.peers(cast)
    for person in people:
        cares(person, "sdg-2")
    know(people[0], people[1])
    know(people[1], people[2])
    assert main(["circles", "--json"]) == 0
    peers, builders = json.loads(capsys.readouterr().out)
    assert {one["name"] for one in peers["people"]} == {one.name for one in people}
    assert (peers["kind"], builders["kind"]) == ("peers", "builders")
    assert peers["reasons"][0].startswith("All of them work for ")
    assert main(["circles"]) == 0
    assert "Rosa Seeker (Harbour Food Bank)" in capsys.readouterr().out


def test_with_several_chapters_it_asks_which(cast: Cast, capsys: Read) -> None:
    assert cast.chapter.name != cast.other_chapter.name
    assert main(["circles"]) != 0
    assert "Harbour chapter, Hill chapter" in capsys.readouterr().err
    assert main(["circles", "--chapter", "Hill chapter"]) == 0
    assert "No circle could be formed yet." in capsys.readouterr().out
