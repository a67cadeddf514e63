"""`footbridge export`: everything as files, said in words or JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from footbridge.cli.__main__ import main
from footbridge.export import is_archive
from footbridge.people.models import Person
from tests.cast import Cast
from tests.export import everything

pytestmark = pytest.mark.django_db


def test_an_export_says_what_it_wrote(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cast.seeker
    path = tmp_path / "all.zip"
    assert main(["export", str(path), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["path"] == str(path)
    assert said["tables"]["people.member"] == 2
    assert said["rows"] == sum(said["tables"].values())
    assert is_archive(path)


@pytest.mark.parametrize(("kind", "file"), [("csv", "csv"), ("json", "jsonl")])
def test_an_export_goes_to_a_folder_in_either_format(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, file: str
) -> None:
    assert cast.seeker
    assert main(["export", str(tmp_path / "all"), "--format", kind]) == 0
    assert "keep it safe" in capsys.readouterr().out
    assert (tmp_path / "all" / "tables" / f"people.member.{file}").is_file()


def test_an_export_overwrites_nothing(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "all.zip").write_text("mine")
    assert main(["export", str(tmp_path / "all.zip")]) == 1
    assert "is there already" in capsys.readouterr().err
    assert (tmp_path / "all.zip").read_text() == "mine"


def test_an_export_without_a_name_or_with_another_format_makes_no_sense(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export"]) == 2
    assert main(["export", str(tmp_path / "all"), "--format", "xml"]) == 2
    assert "xml" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_an_archive_comes_back_through_import(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cast.seeker
    path = tmp_path / "all.zip"
    assert main(["export", str(path), "--json"]) == 0
    wrote = json.loads(capsys.readouterr().out)
    everything.leave_nothing()
    assert main(["import", str(path), "--yes", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "accepted": wrote["rows"],
        "repaired": 0,
        "refused": 0,
        "rows": [],
        "tables": wrote["tables"],
        "files": wrote["files"],
    }
    assert Person.objects.get().name == "Rosa Seeker"


@pytest.mark.parametrize("more", [[], ["--dry-run"], ["list.csv", "--yes"]])
def test_an_archive_is_brought_in_whole_and_alone(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str]
) -> None:
    assert cast.seeker
    path = tmp_path / "all.zip"
    assert main(["export", str(path)]) == 0
    everything.leave_nothing()
    assert main(["import", str(path), *more]) == 1
    assert "archive" in capsys.readouterr().err
    assert not Person.objects.exists()


def test_an_archive_does_not_go_into_an_installation_in_use(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cast.seeker
    assert main(["export", str(tmp_path / "all.zip")]) == 0
    assert main(["import", str(tmp_path / "all.zip"), "--yes"]) == 1
    assert "something here already" in capsys.readouterr().err
