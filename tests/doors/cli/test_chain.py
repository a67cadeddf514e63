"""`footbridge chain`: the warmest ways, in words and in the JSON that scripts rely on."""

from __future__ import annotations

import json
from typing import Any

import pytest

from footbridge.cli.__main__ import main
from footbridge.network.models import Tie
from footbridge.network.states import Strength
from tests.cast import Cast

pytestmark = pytest.mark.django_db

Read = pytest.CaptureFixture[str]


@pytest.fixture
def network(cast: Cast) -> Cast:
    """Rosa knows Kofi, who trusts Lena; and Tariq, who has merely met her."""
    _know(cast.seeker, cast.connector, Strength.TRUST)
    _know(cast.connector, cast.target, Strength.TRUST)
    _know(cast.seeker, cast.colleague, Strength.MET)
    _know(cast.colleague, cast.target, Strength.MET)
    assert cast.stranger
    return cast


def _know(one: Any, other: Any, strength: Strength) -> None:
    for teller, about in ((one, other), (other, one)):
        Tie.objects.create(teller=teller, other=about, strength=strength)


def told(capsys: Read, *words: str) -> list[dict[str, Any]]:
    assert main(["chain", *words, "--json"]) == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return found


def test_the_warmest_way_comes_first(network: Cast, capsys: Read) -> None:
    found = told(capsys, "--from", "Rosa Seeker", "--to", "Lena Sought")
    assert [one["steps"] for one in found] == [
        ["Rosa Seeker", "Kofi Connector", "Lena Sought"],
        ["Rosa Seeker", "Tariq Colleague", "Lena Sought"],
    ]
    strengths = [one["strength"] for one in found]
    assert strengths == sorted(strengths, reverse=True)
    assert all(0 < strength <= 1 for strength in strengths)
    assert all(set(one) == {"steps", "strength"} for one in found)


def test_the_two_can_be_named_by_address(network: Cast, capsys: Read) -> None:
    by_address = told(
        capsys, "--from", "rosa.seeker@example.org", "--to", "lena.sought@example.org"
    )
    assert by_address == told(capsys, "--from", "Rosa Seeker", "--to", "Lena Sought")


def test_no_more_are_told_than_asked_for(network: Cast, capsys: Read) -> None:
    found = told(capsys, "--from", "Rosa Seeker", "--to", "Lena Sought", "--top", "1")
    assert len(found) == 1


def test_no_way_is_an_empty_list_and_no_failure(network: Cast, capsys: Read) -> None:
    assert told(capsys, "--from", "Rosa Seeker", "--to", "Noor Stranger") == []
    assert main(["chain", "--from", "Rosa Seeker", "--to", "Noor Stranger"]) == 0
    assert capsys.readouterr().out == "No chain is known.\n"


def test_in_words_a_chain_is_a_line(network: Cast, capsys: Read) -> None:
    assert main(["chain", "--from", "Rosa Seeker", "--to", "Lena Sought", "--top", "1"]) == 0
    strength, _, names = capsys.readouterr().out.strip().partition("  ")
    assert 0 < float(strength) <= 1
    assert names == "Rosa Seeker → Kofi Connector → Lena Sought"


def test_someone_who_is_not_here_is_refused(network: Cast, capsys: Read) -> None:
    for words in (["--from", "X", "--to", "Lena Sought"], ["--from", "Rosa Seeker", "--to", "X"]):
        assert main(["chain", *words]) == 1
        assert capsys.readouterr().err == "footbridge: nobody here is called «X»\n"


def test_the_way_to_oneself_is_none(network: Cast, capsys: Read) -> None:
    assert told(capsys, "--from", "Rosa Seeker", "--to", "Rosa Seeker") == []


@pytest.mark.parametrize(
    "words",
    [["chain"], ["chain", "--from", "A"], ["chain", "--from", "A", "--to", "B", "--top", "x"]],
)
def test_a_question_that_makes_no_sense_ends_with_two(words: list[str], capsys: Read) -> None:
    assert main(words) == 2
