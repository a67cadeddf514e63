"""`footbridge expertise`: who can do something, in words and as JSON."""

from __future__ import annotations

import json

import pytest

from footbridge.cli.__main__ import main
from tests.cast import Cast
from tests.rooms.expertise import story

pytestmark = pytest.mark.django_db


def test_it_prints_who_can_do_something(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    story.listed(cast.target, level="led")
    assert main(["expertise", "--skill", "negociation"]) == 0
    assert capsys.readouterr().out == (
        "Lena Sought (Northwind Cold Chain)\n"
        "  Negotiation: Led it «We negotiated a lease with the port for two years»\n"
    )


def test_as_json_it_says_what_is_missing(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    story.listed(cast.target)
    assert main(["expertise", "--skill", "negotiation", "--level", "led", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["understood"], said["found"], said["total"]) == (["Negotiation"], [], 0)
    [near] = said["nearest"]
    assert (near["name"], near["missing"]) == ("Lena Sought", ["Has not come as far as you asked"])


def test_nobody_and_a_level_that_there_is_not(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    story.tells(cast.target)
    assert main(["expertise"]) == 0
    assert capsys.readouterr().out == "nobody has listed any expertise\n"
    assert main(["expertise", "--level", "wizard"]) == 1
    assert "Choose one of the words offered." in capsys.readouterr().err
