"""An archive holds everything, and an empty installation becomes the same one from it."""

from __future__ import annotations

import csv
import json
import os
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from footbridge.core import ids
from footbridge.core.errors import Conflict, DomainError
from footbridge.exchange import actions as exchange
from footbridge.export import is_archive, restore, write
from footbridge.export.tables import LEFT_OUT, tables
from footbridge.journal.actions import record
from footbridge.journal.models import Entry
from footbridge.network import queries as network
from footbridge.people.models import Member, Person
from tests.cast import Cast
from tests.export import everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of this test's own for what lies beside the database."""
    monkeypatch.setattr(settings, "HOME", tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def full(cast: Cast, home: Path) -> Cast:
    """An installation with a row in every table."""
    everything.fill(cast)
    return cast


def contents(path: Path) -> dict[str, bytes]:
    """Every file of an archive, by name."""
    if path.is_dir():
        files = (each for each in path.rglob("*") if each.is_file())
        return {each.relative_to(path).as_posix(): each.read_bytes() for each in files}
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def start_afresh(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """A new installation: no rows but the shipped words, another folder."""
    everything.leave_nothing()
    with ids.repeatable("another installation"):
        exchange.load_shipped_vocabulary()
    monkeypatch.setattr(settings, "HOME", home)


def test_every_table_of_every_room_is_in_the_archive() -> None:
    ours = {
        model._meta.label_lower
        for app in apps.get_app_configs()
        if app.name.startswith("footbridge.")
        for model in app.get_models(include_auto_created=True)
        if not model._meta.proxy
    }
    named = {table.name for table in tables()}
    assert len(ours) > 30
    assert ours - named == {label.lower() for label in LEFT_OUT}
    assert named - ours == {"account.emailaddress", "mfa.authenticator"}


def test_the_story_of_these_tests_has_a_row_in_every_table(full: Cast, tmp_path: Path) -> None:
    done = write(tmp_path / "archive")
    assert [name for name, count in done["tables"].items() if not count] == []
    assert done["files"] == 1


@pytest.mark.parametrize("name", ["archive", "archive.zip"])
@pytest.mark.parametrize("kind", ["csv", "json"])
def test_what_came_out_goes_in_and_comes_out_the_same(
    full: Cast, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, name: str
) -> None:
    first, second = tmp_path / "first" / name, tmp_path / "second" / name
    told = write(first, kind=kind)
    start_afresh(monkeypatch, tmp_path / "elsewhere")
    came_in = restore(first)
    assert came_in == {name: told[name] for name in ("rows", "files", "tables")}
    assert write(second, kind=kind)["tables"] == told["tables"]
    assert contents(second) == contents(first)
    if name.endswith(".zip"):
        assert second.read_bytes() == first.read_bytes()


def test_csv_and_json_hold_the_same(
    full: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "csv", kind="csv")
    write(tmp_path / "json", kind="json")
    start_afresh(monkeypatch, tmp_path / "elsewhere")
    restore(tmp_path / "json")
    write(tmp_path / "again", kind="csv")
    assert contents(tmp_path / "again") == contents(tmp_path / "csv")


def test_the_restored_is_alive_and_not_only_alike(
    full: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = list(Member.objects.order_by("id").values())
    entries = Entry.objects.count()
    write(tmp_path / "archive.zip")
    start_afresh(monkeypatch, tmp_path / "elsewhere")
    restore(tmp_path / "archive.zip")
    assert list(Member.objects.order_by("id").values()) == before
    record("test.happened", full.seeker.id)  # the next counted id is a free one
    assert Entry.objects.count() == entries + 1
    seeker = Person.objects.get(id=full.seeker.id)
    assert [wish.about.name for wish in network.wishes(seeker)] == ["Tariq Colleague"]
    batch = next((tmp_path / "elsewhere" / "imports").iterdir())
    assert (batch / "0.csv").read_bytes() == b"Name,Email\r\nIvo,\r\n"


SCRIPT = """
import sys
from pathlib import Path
import django
django.setup()
from django.core.management import call_command
from footbridge.export import restore, write
call_command("migrate", verbosity=0)
print(restore(Path(sys.argv[1]))["rows"])
write(Path(sys.argv[2]), kind=sys.argv[3])
"""


def elsewhere(home: Path, source: Path, target: Path, kind: str) -> None:
    """Bring an archive into a new installation on SQLite, in a process of its own, and write it
    out there again."""
    mine = {name: value for name, value in os.environ.items() if "FOOTBRIDGE" not in name}
    mine |= {"FOOTBRIDGE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "footbridge.config.settings"}
    mine["PYTHONPATH"] = str(Path(settings.PACKAGE).parent)
    words = [sys.executable, "-c", SCRIPT, str(source), str(target), kind]
    subprocess.run(words, env=mine, check=True, timeout=120)


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_it_moves_from_this_database_to_sqlite_and_back(
    full: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    first, there, back = (tmp_path / name for name in ("first.zip", "there.zip", "back.zip"))
    write(first, kind=kind)
    elsewhere(tmp_path / "new", first, there, kind)
    assert there.read_bytes() == first.read_bytes()
    start_afresh(monkeypatch, tmp_path / "elsewhere")
    restore(there)
    write(back, kind=kind)
    assert back.read_bytes() == first.read_bytes()


def test_the_archive_says_what_it_holds(full: Cast, tmp_path: Path) -> None:
    write(tmp_path / "archive")
    said = json.loads((tmp_path / "archive" / "schema.json").read_text())
    assert (said["format"], said["version"], said["kind"]) == ("footbridge-archive", 1, "csv")
    tie = next(one for one in said["tables"] if one["name"] == "network.tie")
    assert tie["file"] == "tables/network.tie.csv"
    assert tie["columns"][1] == {
        "name": "teller_id",
        "type": "uuid",
        "may_be_empty": False,
        "refers_to": "people.member",
    }
    with (tmp_path / "archive" / tie["file"]).open(newline="") as file:
        header, *rows = csv.reader(file)
    assert header == [column["name"] for column in tie["columns"]]
    assert len(rows) == tie["rows"] > 1


def test_no_cell_is_a_formula(full: Cast, tmp_path: Path) -> None:
    write(tmp_path / "archive")
    texts = 0
    for path in (tmp_path / "archive" / "tables").glob("*.csv"):
        with path.open(newline="") as file:
            for cell in (cell for row in csv.reader(file) for cell in row):
                is_number = cell[:1] == "-" and cell[1:2].isdigit()
                assert is_number or not cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝")), (
                    cell
                )
                texts += cell.startswith("'=")
    assert texts >= 3


def test_only_its_owner_reads_an_archive(full: Cast, tmp_path: Path) -> None:
    write(tmp_path / "archive.zip")
    write(tmp_path / "archive")
    assert stat.S_IMODE((tmp_path / "archive.zip").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "archive").stat().st_mode) == 0o700


def test_what_is_there_is_never_overwritten(cast: Cast, home: Path, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "mine.txt").write_text("mine")
    (tmp_path / "old.zip").write_bytes(b"old")
    for taken in ("notes", "old.zip"):
        with pytest.raises(DomainError, match="is there already"):
            write(tmp_path / taken)
    assert (tmp_path / "old.zip").read_bytes() == b"old"
    (tmp_path / "empty").mkdir()
    write(tmp_path / "empty")
    assert is_archive(tmp_path / "empty")


def test_an_export_that_fails_leaves_nothing_behind(
    full: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(*_given: object) -> int:
        raise OSError("disk full")

    monkeypatch.setattr("footbridge.export.writing._write_files", break_off)
    (tmp_path / "out").mkdir()
    for name in ("archive", "archive.zip"):
        with pytest.raises(OSError, match="disk full"):
            write(tmp_path / "out" / name)
    assert list((tmp_path / "out").iterdir()) == []


def test_nothing_goes_into_an_installation_that_is_in_use(full: Cast, tmp_path: Path) -> None:
    write(tmp_path / "archive")
    before = Member.objects.count()
    with pytest.raises(Conflict, match="something here already"):
        restore(tmp_path / "archive")
    assert Member.objects.count() == before


def test_words_added_here_are_not_thrown_away(
    full: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "archive")
    start_afresh(monkeypatch, tmp_path / "elsewhere")
    from footbridge.core.audience import OPERATOR

    exchange.add_skill(actor=OPERATOR, label="Zorb polishing")
    with pytest.raises(Conflict, match=r"exchange\.skill"):
        restore(tmp_path / "archive")


Damage = Callable[[Path], None]


def _changed(file: str, old: str, new: str) -> Damage:
    def damage(archive: Path) -> None:
        path = archive / file
        text = path.read_bytes().decode()
        assert old in text
        path.write_bytes(text.replace(old, new, 1).encode())

    return damage


def _appended(file: str, more: bytes) -> Damage:
    def damage(archive: Path) -> None:
        with (archive / file).open("ab") as stream:
            stream.write(more)

    return damage


def _planted(name: str) -> Damage:
    def damage(archive: Path) -> None:
        (archive / name).parent.mkdir(parents=True, exist_ok=True)
        (archive / name).write_text("x")

    return damage


MEMBERS = "tables/people.member.csv"
DAMAGES: dict[str, tuple[Damage, str]] = {
    "a later version": (_changed("schema.json", '"version": 1', '"version": 9'), "version 9"),
    "an unknown table": (_changed("schema.json", '"people.reach"', '"people.lost"'), "people.lost"),
    "an unknown column": (_changed(MEMBERS, "headline", "nickname"), "nickname"),
    "a missing column": (_changed("tables/people.identifier.csv", "scheme", "id"), "«scheme»"),
    "a row too many": (_appended(MEMBERS, b"x\r\n"), "as many cells"),
    "a broken id": (_changed("tables/people.reach.csv", "-", "?"), "people.reach, line 2, id"),
    "a broken day": (_changed(MEMBERS, "2026-05-01", "soon"), "paused_until"),
    "a broken choice": (_changed(MEMBERS, ",person,", ",ghost,"), "do not fit together"),
    "not UTF-8": (_appended(MEMBERS, b"\xff\xfe"), "cannot be read"),
    "a missing file": (lambda archive: (archive / MEMBERS).unlink(), "cannot be read"),
    "a file of no import": (_planted("files/secret.key"), "does not belong"),
    "too few rows": (_changed("schema.json", '"rows": 1,', '"rows": 2,'), "should have"),
    "an open quote": (_appended(MEMBERS, b'"open'), "people.member, line"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_archive_changes_nothing(
    full: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    write(tmp_path / "archive")
    damage, complaint = DAMAGES[name]
    damage(tmp_path / "archive")
    start_afresh(monkeypatch, tmp_path / "elsewhere")
    with pytest.raises(DomainError, match=complaint):
        restore(tmp_path / "archive")
    assert not Member.objects.exists()
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("name", ["imports/x/../../../y", "imports/x\\..\\y", "/y"])
def test_no_file_of_an_archive_leaves_its_folder(
    full: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    write(tmp_path / "archive.zip")
    with zipfile.ZipFile(tmp_path / "archive.zip", "a") as archive:
        archive.writestr(f"files/{name}", "x")
    start_afresh(monkeypatch, tmp_path / "elsewhere")
    with pytest.raises(DomainError, match="does not belong"):
        restore(tmp_path / "archive.zip")
    assert not Member.objects.exists()
    assert not (tmp_path / "elsewhere").exists()


def test_a_reference_to_nobody_is_refused(
    full: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "archive", kind="json")
    path = tmp_path / "archive" / "tables" / "people.identifier.jsonl"
    row = json.loads(path.read_text()) | {"member_id": "00000000-0000-4000-8000-000000000000"}
    path.write_text(json.dumps(row) + "\n")
    start_afresh(monkeypatch, tmp_path / "elsewhere")
    with pytest.raises(DomainError, match="do not fit together"):
        restore(tmp_path / "archive")
    assert not Member.objects.exists()


@pytest.mark.parametrize("text", ["", "no zip", "[1]", '{"format": "else"}', "{"])
def test_other_files_are_not_archives(tmp_path: Path, text: str) -> None:
    (tmp_path / "list.zip").write_text(text)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "schema.json").write_text(text)
    with zipfile.ZipFile(tmp_path / "real.zip", "w") as archive:
        archive.writestr("schema.json", text)
        archive.writestr("people.csv", "Name\r\nIvo\r\n")
    for name in ("list.zip", "folder", "real.zip", "missing.zip"):
        assert not is_archive(tmp_path / name)
        with pytest.raises(DomainError):
            restore(tmp_path / name)


def test_rows_are_read_and_written_as_they_pass(full: Cast, tmp_path: Path) -> None:
    """As many queries for three more members as for none: nothing is fetched row by row."""
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        write(tmp_path / "few")
    for name in ("Ada One", "Ada Two", "Ada Three"):
        full.person(name)
    with CaptureQueriesContext(connection) as more:
        write(tmp_path / "more")
    assert len(more) == len(few)
