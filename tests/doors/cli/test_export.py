"""`footbridge export`: everything as files, said in words or JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from footbridge.cli.__main__ import main
from footbridge.export import is_archive
from tests.cast import Cast

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
