"""`footbridge funding`: lists in, lines found."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from footbridge.cli.__main__ import main
from footbridge.funding.models import Grant, Line
from footbridge.people.models import Member
from tests.cast import Cast

pytestmark = pytest.mark.django_db

CALLS = (
    "Title,Funder,Country,Amount,Currency,Deadline,Link\n"
    "Water,River Fund,Colombia,5000,USD,2026-12-31,https://river.example\n"
    "Broken,River Fund,Colombia,NaN,USD,,\n"
)
GRANTS = {
    "version": "1.1",
    "grants": [
        {
            "id": "360G-z-1",
            "title": "Wells",
            "currency": "GBP",
            "amountAwarded": 700,
            "awardDate": "2024-05-06",
            "recipientOrganization": [{"id": "GB-CHC-1009", "name": "Wells Trust"}],
            "fundingOrganization": [{"id": "GB-CHC-1002", "name": "River Fund"}],
        }
    ],
}


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    """The exit code, and what was printed as JSON."""
    code = main(["funding", *words, "--json"])
    printed = capsys.readouterr().out
    return code, json.loads(printed) if printed else None


def test_calls_come_in_and_are_found_with_their_source(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cast.chapter
    file = tmp_path / "calls.csv"
    file.write_text(CALLS)
    members = Member.objects.count()
    told = ("--source", "The ministry", "--as-of", "2026-02-01")
    code, data = run(capsys, "import", str(file), "--yes", *told)
    assert (code, data["accepted"], data["repaired"], data["refused"]) == (0, 1, 0, 1)
    assert data["counts"]["new_lines"] == 1
    assert data["rows"][0]["notes"] == ["“NaN” is not a number."]
    assert Member.objects.count() == members
    code, data = run(capsys, "find", "--country", "CO")
    assert (code, data["total"], data["country"], data["widened_to"]) == (
        0,
        1,
        "CO",
        "Latin America",
    )
    (line,) = data["lines"]
    assert (line["title"], line["source"], line["checked_on"], line["fits"]) == (
        "Water",
        "The ministry",
        "2026-02-01",
        ["It is for Colombia."],
    )
    code, data = run(capsys, "find", "--country", "Perú", "--money", "loan")
    assert (data["lines"], [one["title"] for one in data["near"]]) == ([], ["Water"])


def test_grants_come_in_and_a_second_time_nothing_changes(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cast.chapter
    file = tmp_path / "grants.json"
    file.write_text(json.dumps(GRANTS))
    _code, first = run(capsys, "import", str(file), "--yes")
    before = list(Grant.objects.values())
    _code, second = run(capsys, "import", str(file), "--yes")
    assert (first["counts"]["new_grants"], second["counts"]["known_grants"]) == (1, 1)
    assert list(Grant.objects.values()) == before
    code, data = run(capsys, "alike", "--for", cast.food_bank.name)
    assert (code, data["compared"], data["funders"][0]["near_miss"]) == (0, 1, True)


def test_a_dry_run_keeps_nothing(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cast.chapter
    file = tmp_path / "calls.csv"
    file.write_text(CALLS)
    _code, data = run(capsys, "import", str(file), "--dry-run")
    assert (data["accepted"], Line.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["find", "--country", "Narnia"], 1),
        (["find", "--cause", "Dragons"], 1),
        (["find", "--amount", "NaN"], 2),
        (["find", "--amount", "-5"], 2),
        (["find", "--ready-on", "tomorrow"], 2),
        (["import", "/nowhere.csv", "--yes"], 1),
        (["alike", "--for", "Nobody"], 1),
        ([], 2),
    ],
)
def test_what_cannot_be_done_is_said_and_answered_with_a_code(
    cast: Cast, capsys: pytest.CaptureFixture[str], words: list[str], code: int
) -> None:
    assert cast.chapter
    assert main(["funding", *words]) == code
    assert capsys.readouterr().err
