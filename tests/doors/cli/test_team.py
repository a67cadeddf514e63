"""`footbridge team`: who could do it together, at the console."""

from __future__ import annotations

import json

import pytest

from footbridge.cli.__main__ import main
from footbridge.exchange import actions as exchange
from tests.cast import Cast
from tests.rooms.assignments import story

pytestmark = pytest.mark.django_db


def test_a_team_for_skills_and_for_a_need_says_who_why_and_what_nobody_has(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = story.skill("nets"), story.skill("boats")
    offer = exchange.open_offer(actor=cast.target, owner=cast.target, text="I mend things")
    exchange.confirm_skills(actor=cast.target, posting=offer, skills=[one])
    need = exchange.open_need(actor=cast.seeker, owner=cast.seeker, text="Help us fish")
    exchange.confirm_skills(actor=cast.seeker, posting=need, skills=[one, other])
    assert main(["team", "--need", str(need.id), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(one["name"], one["skills"]) for one in found["members"]] == [("Lena Sought", ["nets"])]
    assert found["uncovered"] == ["boats"]
    assert main(["team", "--skills", "own-nets,own-boats"]) == 0
    assert "nobody who has time: boats" in capsys.readouterr().out
    assert main(["team", "--skills", "no such thing at all"]) == 1
    assert "no skill is called" in capsys.readouterr().err
