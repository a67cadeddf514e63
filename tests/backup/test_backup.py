"""A backup and the way back, with the real program on real installations of both databases."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import uuid
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from footbridge import backup
from footbridge.backup import manifest, postgresql, taking
from footbridge.core.errors import DomainError
from tests.faults.home import Home, copied
from tests.faults.migrating import fingerprints
from tests.faults.postgres import cluster, programs

# These tests bring their own databases of both kinds: once is enough.
pytestmark = pytest.mark.skipif(
    bool(os.environ.get("FOOTBRIDGE_DATABASE_URL")), reason="run with the tests on SQLite"
)
BATCH = uuid.UUID("00000000-0000-4000-8000-0000000000aa")


def populate(home: Home) -> Home:
    """Some people, what two of them wrote, and an import whose file lies beside the database."""
    home.run("migrate")
    home.stage(2)
    for writer in ("0", "1"):
        assert home.script("writer", writer, "9").returncode == 0
    done = home.script("importing", str(BATCH))
    assert done.returncode == 0, done.stderr
    over = home.folder / "imports" / str(uuid.uuid4())
    over.mkdir()
    (over / "0.file").write_text("of an import that is over")
    return home


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return populate(Home(tmp_path_factory.mktemp("source")))


@pytest.fixture(scope="module")
def archive(source: Home, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup with its keys beside it."""
    path = tmp_path_factory.mktemp("archive") / "all.zip"
    source.run("backup", str(path), "--with-keys")
    return path


@pytest.fixture
def empty(tmp_path: Path) -> Home:
    (tmp_path / "empty").mkdir()
    return Home(tmp_path / "empty")


def test_what_comes_back_is_what_was_there_to_the_last_row(
    source: Home, archive: Path, empty: Home
) -> None:
    said = json.loads(empty.run("restore", str(archive), "--with-keys", "--json"))
    assert fingerprints(empty) == fingerprints(source)
    assert empty.torn() == []
    assert (said["findings"], said["missing_keys"], said["files"]) == ([], {}, 1)
    file = empty.folder / "imports" / str(BATCH) / "0.file"
    assert file.read_text() == "Name\nIvo Listed\n"
    for key in ("secret.key", "veil.key"):
        there, here = (home.folder / key for home in (source, empty))
        assert there.exists() == here.exists()
        assert not there.exists() or there.read_text() == here.read_text()
    assert json.loads(empty.run("check", "--json"))["ok"]


def test_a_backup_holds_no_key_and_only_its_owner_may_read_it(source: Home, archive: Path) -> None:
    secret = (source.folder / "secret.key").read_text()
    with zipfile.ZipFile(archive) as file:
        names = file.namelist()
        assert not any(secret.encode() in file.read(name) for name in names)
    assert sorted(names) == [
        "database.sqlite3", f"files/imports/{BATCH}/0.file", "manifest.json"
    ]  # fmt: skip
    beside = archive.with_name("all.zip.keys")
    assert json.loads(beside.read_text())["secret.key"] == secret
    assert {stat.S_IMODE(path.stat().st_mode) for path in (archive, beside)} == {0o600}


def test_which_key_is_missing_is_said_with_what_that_means(
    source: Home, tmp_path: Path, empty: Home
) -> None:
    veiled = copied(source, tmp_path / "veiled")
    (veiled.folder / "veil.key").write_text("k" * 80)
    veiled.run("backup", str(tmp_path / "veiled.zip"))
    said = empty.run("restore", str(tmp_path / "veiled.zip"))
    assert "secret.key is not the one of this backup: links and sessions from before" in said
    assert "veil.key is not the one of this backup: what people under the radar said" in said
    assert "Put the right key in its place" in said


def test_a_backup_goes_into_an_empty_place_or_after_a_typed_word_in_place_of_what_is_there(
    source: Home, archive: Path, tmp_path: Path
) -> None:
    there = copied(source, tmp_path / "there")
    assert there.script("writer", "0", "3").returncode == 0
    before = fingerprints(there)
    refused = there.try_to("restore", str(archive))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "--replace" in refused.stderr
    unconfirmed = there.try_to("restore", str(archive), "--replace")
    assert "nothing was changed" in unconfirmed.stderr
    assert fingerprints(there) == before
    said = json.loads(there.run("restore", str(archive), "--replace", "--yes", "--json"))
    assert fingerprints(there) == fingerprints(source)
    aside = Home(Path(said["set_aside"]))
    assert fingerprints(aside) == before
    assert stat.S_IMODE(aside.folder.stat().st_mode) == 0o700


def test_a_database_that_someone_has_open_is_not_replaced(
    source: Home, archive: Path, tmp_path: Path
) -> None:
    there = copied(source, tmp_path / "there")
    there.run("check")
    with closing(sqlite3.connect(there.database)) as running:
        running.execute("PRAGMA journal_mode=WAL")
        running.execute("SELECT count(*) FROM people_member").fetchone()
        refused = there.try_to("restore", str(archive), "--replace", "--yes")
    assert refused.returncode == 1
    assert "Stop it first" in refused.stderr
    assert list(there.folder.glob("replaced-*")) == []


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_damaged_backup_is_refused_and_nothing_is_changed(
    archive: Path, tmp_path: Path, part: float
) -> None:
    data = bytearray(archive.read_bytes())
    at = int(len(data) * part)
    data[at] ^= 0xFF
    damaged = tmp_path / "damaged.zip"
    damaged.write_bytes(data)
    with pytest.raises(DomainError, match=r"damaged|cannot be read"):
        backup.verify(damaged)
    damaged.write_bytes(bytes(data[:at]))
    with pytest.raises(DomainError, match="cannot be read"):
        backup.verify(damaged)


def rewritten(archive: Path, target: Path, change: Callable[[dict], None], **more: bytes) -> Path:
    """A backup with another manifest, and with further files."""
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(target, "w") as new:
        said = json.loads(old.read(manifest.NAME))
        change(said)
        new.writestr(manifest.NAME, json.dumps(said))
        for name in old.namelist():
            if name != manifest.NAME:
                new.writestr(name, old.read(name))
        for name, data in more.items():
            new.writestr(name, data)
    return target


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda said: said.update(database="postgresql"), "footbridge export"),
        (lambda said: said["migrations"].append("people.9999_later"), "newer version"),
        (lambda said: said["tables"].update(people_member=999), "should have 999 rows"),
    ],
)
def test_what_does_not_fit_is_refused_in_words_and_nothing_is_changed(
    archive: Path, tmp_path: Path, empty: Home, change: Callable[[dict], None], words: str
) -> None:
    odd = rewritten(archive, tmp_path / "odd.zip", change)
    refused = empty.try_to("restore", str(odd))
    assert refused.returncode == 1
    assert words in refused.stderr
    assert not empty.database.exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda said: said.update(version=2), "version 2"),
        (lambda said: said.update(form="a cake"), "a cake"),
        (lambda said: said.pop("files"), "cannot be read"),
        (lambda said: said["files"].update(more={"bytes": 0, "sha256": ""}), "does not hold"),
    ],
)
def test_a_manifest_that_is_none_of_ours_is_refused_in_words(
    archive: Path, tmp_path: Path, change: Callable[[dict], None], words: str
) -> None:
    with pytest.raises(DomainError, match=words):
        backup.verify(rewritten(archive, tmp_path / "odd.zip", change))


def test_a_name_that_leads_out_of_its_folder_is_refused(archive: Path, tmp_path: Path) -> None:
    def change(said: dict) -> None:
        said["files"]["../up"] = {"bytes": 0, "sha256": ""}

    with pytest.raises(DomainError, match="does not belong"):
        backup.verify(rewritten(archive, tmp_path / "odd.zip", change, **{"../up": b""}))


def test_a_folder_keeps_the_latest_and_nothing_of_others_is_touched(tmp_path: Path) -> None:
    names = ["footbridge-20260301T120000Z.zip", "footbridge-20260302T120000Z.zip"]
    names += ["footbridge-20260302T120000Z-2.zip", "footbridge-20260302T120000Z-10.zip"]
    others = ["letters.zip", "footbridge-old.zip", "footbridge-20260301T120000Z.zip.txt"]
    for name in names + others:
        (tmp_path / name).touch()
    (tmp_path / f"{names[0]}.keys").touch()
    removed = taking._leave(tmp_path, 2)
    assert sorted(path.name for path in removed) == sorted(names[:2])
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {*others, *names[2:]}


def test_backups_of_a_folder_are_kept_by_number_and_what_was_killed_is_cleared_away(
    source: Home, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    (folder / ".footbridge-work").mkdir(parents=True)
    (folder / ".footbridge-work" / "backup.zip").write_text("half of it")
    made = [
        json.loads(source.run("backup", str(folder), "--keep", "2", "--json")) for _each in range(3)
    ]
    assert [Path(path).name for path in made[2]["removed"]] == [Path(made[0]["path"]).name]
    assert made[2]["rows"] == made[0]["rows"] > 100
    left = {path.name for path in folder.iterdir()}
    assert left == {Path(one["path"]).name for one in made[1:]} | {".footbridge-lock"}
    source.run("restore", made[2]["path"], "--verify")


def test_a_damaged_database_is_not_backed_up_as_if_it_were_whole(
    source: Home, tmp_path: Path
) -> None:
    there = copied(source, tmp_path / "there")
    with closing(sqlite3.connect(there.database)) as opened, opened:
        opened.execute("PRAGMA foreign_keys=OFF")
        opened.execute("UPDATE exchange_need SET owner_id = 'nobody'")
    refused = there.try_to("backup", str(tmp_path / "backups"))
    assert refused.returncode == 1
    assert "the database in it is damaged" in refused.stderr
    assert [path.name for path in (tmp_path / "backups").iterdir()] == [".footbridge-lock"]


# PostgreSQL.


@pytest.fixture(scope="module")
def databases() -> Iterator[Callable[[Path, str], Home]]:
    if programs() is None:
        pytest.skip("no PostgreSQL on this machine (apt install postgresql)")
    with cluster() as made:
        yield lambda folder, name: Home(folder, made.make(name))


def test_a_dump_of_postgresql_comes_back_and_takes_the_place_of_what_was_there(
    databases: Callable[[Path, str], Home], tmp_path_factory: pytest.TempPathFactory
) -> None:
    source = populate(databases(tmp_path_factory.mktemp("pg"), "source"))
    folder = tmp_path_factory.mktemp("dumps")
    first = json.loads(source.run("backup", str(folder), "--json"))
    there = databases(tmp_path_factory.mktemp("there"), "there")
    there.run("restore", first["path"])
    assert fingerprints(there) == fingerprints(source)
    assert there.torn() == []
    assert there.script("writer", "0", "3").returncode == 0
    assert fingerprints(there) != fingerprints(source)
    assert "--replace" in there.try_to("restore", first["path"]).stderr
    said = json.loads(there.run("restore", first["path"], "--replace", "--yes", "--json"))
    assert fingerprints(there) == fingerprints(source)
    assert (Path(said["set_aside"]) / "database.dump").stat().st_size > 1000


def test_without_a_program_that_fits_the_way_to_one_is_told() -> None:
    with pytest.raises(DomainError, match="apt install postgresql-client-99"):
        postgresql.fitting("pg_dump", 99)
