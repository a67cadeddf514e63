"""`footbridge suggest`: whom someone should meet, in words and in the JSON that scripts rely on."""

from __future__ import annotations

import json
from typing import Any

import pytest

from footbridge.cli.__main__ import main
from footbridge.exchange import actions as exchange
from footbridge.people import actions as people
from tests.cast import Cast

pytestmark = pytest.mark.django_db

Read = pytest.CaptureFixture[str]


@pytest.fixture
def network(cast: Cast) -> Cast:
    """Rosa needs what Lena's firm offers."""
    exchange.load_shipped_vocabulary()
    exchange.open_need(
        actor=cast.seeker, owner=cast.seeker, text="We need cold storage two nights a week."
    )
    exchange.open_offer(actor=cast.target, owner=cast.target, text="Cold storage for two pallets.")
    exchange.open_offer(actor=cast.stranger, owner=cast.stranger, text="Advice on accounting.")
    return cast


def told(capsys: Read, *words: str) -> list[dict[str, Any]]:
    assert main(["suggest", *words, "--json"]) == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.parametrize("name", ["Rosa Seeker", "rosa SEEKER", "Rosa.Seeker@Example.org"])
def test_a_member_is_named_by_name_or_address(network: Cast, capsys: Read, name: str) -> None:
    found = told(capsys, "--for", name)
    assert found[0]["name"] == "Lena Sought"
    assert set(found[0]) >= {"name", "score", "reasons", "missing"}
    for reason in found[0]["reasons"]:
        assert set(reason) == {"kind", "text", "weight"}
        assert reason["text"]
        assert 0 < reason["weight"] <= 1
    scores = [one["score"] for one in found]
    assert scores == sorted(scores, reverse=True)
    assert 0 < scores[0] <= 1
    assert "Rosa Seeker" not in [one["name"] for one in found]


def test_a_sentence_finds_who_answers_it(network: Cast, capsys: Read) -> None:
    found = told(capsys, "--text", "a cold room for our food, two nights a week")
    assert found[0]["name"] == "Lena Sought"
    assert found[0]["reasons"]


def test_what_is_missing_is_said_in_words(network: Cast, capsys: Read) -> None:
    found = told(capsys, "--for", "Rosa Seeker")
    lacking = [text for one in found for text in one["missing"]]
    assert lacking
    assert all(isinstance(text, str) and text for text in lacking)


def test_no_more_are_told_than_asked_for(network: Cast, capsys: Read) -> None:
    everyone = told(capsys, "--for", "Rosa Seeker")
    assert len(everyone) > 1
    assert told(capsys, "--for", "Rosa Seeker", "--top", "1") == everyone[:1]
    assert len(told(capsys, "--for", "Rosa Seeker", "--top", "0")) == 1


def test_in_words_each_reason_stands_on_a_line(network: Cast, capsys: Read) -> None:
    assert main(["suggest", "--for", "Rosa Seeker", "--top", "1"]) == 0
    first, *lines = capsys.readouterr().out.splitlines()
    assert first.startswith("Lena Sought (Northwind Cold Chain)  0.")
    assert lines
    assert all(line.startswith(("  + ", "  - ")) for line in lines)


def test_who_pauses_is_not_suggested(network: Cast, capsys: Read) -> None:
    from datetime import date

    people.pause(actor=network.target, until=date(2026, 12, 1))
    names = [one["name"] for one in told(capsys, "--for", "Rosa Seeker")]
    assert "Lena Sought" not in names


def test_nobody_of_that_name_is_refused(network: Cast, capsys: Read) -> None:
    assert main(["suggest", "--for", "Nobody Here", "--json"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "footbridge: nobody here is called «Nobody Here»\n"


@pytest.mark.parametrize(
    "words",
    [
        ["suggest"],
        ["suggest", "--for", "A", "--text", "B"],
        ["suggest", "--for", "A", "--top", "many"],
    ],
)
def test_a_question_that_makes_no_sense_ends_with_two(words: list[str], capsys: Read) -> None:
    assert main(words) == 2


@pytest.mark.parametrize("text", ["", "   ", "\x00", "zzqx", "🌉" * 300])
def test_a_sentence_that_says_nothing_finds_no_one_in_particular(
    network: Cast, capsys: Read, text: str
) -> None:
    assert all(one["near_miss"] for one in told(capsys, "--text", text))
