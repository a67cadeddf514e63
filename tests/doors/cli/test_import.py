"""`footbridge import`: the contract that scripts rely on."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from footbridge.cli.__main__ import main
from footbridge.exchange.models import Offer, Skill
from footbridge.intake.models import Batch, KnownMapping
from footbridge.network.models import Contact, Tie
from footbridge.people.models import Chapter, Person
from tests.cast import Cast

pytestmark = pytest.mark.django_db

PEOPLE = (
    "id,Name,Email,Stuff\n1,Ana,ana@x.org,a van with 3 seats\n2,Ben,ben(at)x.org,\n"
    "3,Zoe,zoe@x.org,\n,,,\n4,,,\n"
)
TIES = "from,to,strength\n1,2,strong\n2,2,weak\n"


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    people, ties = tmp_path / "people.csv.gz", tmp_path / "ties.csv"
    people.write_bytes(gzip.compress(PEOPLE.encode()))
    ties.write_text(TIES)
    return str(ties), str(people)


def run(words: Sequence[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, Any, str]:
    """The exit code, what was printed as JSON, and what was complained about."""
    code = main(["import", *words])
    printed = capsys.readouterr()
    return code, json.loads(printed.out) if printed.out else None, printed.err


def test_several_files_are_one_import_and_json_tells_what_became_of_rows(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    code, told, complaint = run([*files, "--yes", "--json"], capsys)
    assert (code, complaint) == (0, "")
    assert {key: told[key] for key in ("accepted", "repaired", "refused")} == {
        "accepted": 3,
        "repaired": 2,
        "refused": 1,
    }
    assert told["rows"] == [
        {
            "file": "ties.csv",
            "row": 3,
            "verdict": "refused",
            "notes": ["“2” is tied to itself."],
            "cells": ["2", "2", "weak"],
        },
        {
            "file": "people.csv",
            "row": 3,
            "verdict": "repaired",
            "notes": ["The address “ben(at)x.org” was read as “ben@x.org”."],
            "cells": ["2", "Ben", "ben(at)x.org", ""],
        },
        {
            "file": "people.csv",
            "row": 6,
            "verdict": "repaired",
            "notes": ["There is no name; “4” stands for it."],
            "cells": ["4", "", "", ""],
        },
    ]
    assert Chapter.objects.get().name == "Home"
    assert set(Tie.objects.values_list("teller__name", "other__name")) == {("Ana", "Ben")}


def test_the_same_files_again_change_nothing(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    run([*files, "--yes", "--json"], capsys)
    before = list(Person.objects.order_by("id").values())
    code, told, _complaint = run([*files, "--yes", "--json"], capsys)
    assert (code, told["accepted"]) == (0, 3)
    assert list(Person.objects.order_by("id").values()) == before


def test_a_dry_run_imports_nobody_and_leaves_nothing(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    code, told, _complaint = run([*files, "--dry-run", "--json"], capsys)
    assert (code, told["accepted"], told["repaired"], told["refused"]) == (0, 3, 2, 1)
    assert not Person.objects.exists()
    assert not Batch.objects.exists()


def test_without_yes_and_without_a_terminal_nothing_is_imported(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    code, told, complaint = run(list(files), capsys)
    assert (code, told) == (1, None)
    assert "Stuff = leave_out" in complaint
    assert "nothing was imported. With --yes, nobody is asked" in complaint
    assert not Person.objects.exists()


def test_a_column_is_mapped_by_hand_and_that_is_remembered(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    code, _told, _complaint = run([files[1], "--map", "stuff=offer", "--yes", "--json"], capsys)
    assert code == 0
    assert Offer.objects.get().text == "a van with 3 seats"
    assert KnownMapping.objects.count() == 1


@pytest.mark.parametrize("wrong", ["Nothing=offer", "Stuff=nothing", "Stuff"])
def test_a_mapping_that_makes_no_sense_is_refused(
    files: tuple[str, str], wrong: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told, complaint = run([files[1], "--map", wrong, "--yes", "--json"], capsys)
    assert (code, told) == (1, None)
    assert complaint.startswith("footbridge: ")
    assert not Batch.objects.exists()


def test_the_chapter_is_named_where_there_are_several(
    cast: Cast, files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cast.chapter
    assert cast.other_chapter
    code, _told, complaint = run([*files, "--yes"], capsys)
    assert (code, complaint) == (
        1,
        "footbridge: name one of the chapters with --chapter: Harbour chapter, Hill chapter\n",
    )
    code, _told, _complaint = run([*files, "--yes", "--json", "--chapter", "hill CHAPTER"], capsys)
    assert code == 0
    assert Person.objects.filter(chapter=cast.other_chapter, name="Ana").exists()


def test_a_missing_or_unreadable_file_is_a_sentence_and_exit_code_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told, complaint = run([str(tmp_path / "none.csv"), "--yes", "--json"], capsys)
    assert (code, told) == (1, None)
    assert complaint == "footbridge: “none.csv” cannot be opened: there is no such file.\n"
    (tmp_path / "empty.csv").write_bytes(b"")
    code, _told, complaint = run([str(tmp_path / "empty.csv"), "--yes"], capsys)
    assert (code, complaint) == (1, "footbridge: “empty.csv” is empty.\n")


def test_contacts_go_to_their_owner_alone(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "Connections.csv"
    book.write_text(
        "First Name,Last Name,Email Address,Connected On\nA,B,a@b.org,1 Jan 2020\n,C,,\n"
    )
    words = [str(book), "--as", "contacts", "--json", "--for"]
    code, told, _complaint = run([*words, cast.seeker.email or ""], capsys)
    assert (code, told) == (0, {"accepted": 1, "repaired": 0, "refused": 1, "rows": []})
    assert Contact.objects.get().owner_id == cast.seeker.id
    code, _told, complaint = run([*words, "nobody@x.org"], capsys)
    assert code == 1
    assert "--for EMAIL" in complaint


@pytest.mark.parametrize("flag", [["--esco"], []])
def test_esco_becomes_vocabulary(
    flag: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "skills_en.csv"
    path.write_text(
        "conceptType,conceptUri,preferredLabel,altLabels,description\n"
        "Skill,http://data.europa.eu/esco/skill/1,steer barges,barge handling,x\n"
        "Skill,http://data.europa.eu/esco/skill/2,mend nets,net mending,x\n"
    )
    code, told, _complaint = run([str(path), *flag, "--yes", "--json"], capsys)
    assert (code, told["accepted"], told["refused"]) == (0, 2, 0)
    assert Skill.objects.filter(source="esco").count() == 2
    assert not Person.objects.exists()
