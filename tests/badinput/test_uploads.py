"""What is too large is refused before it is kept, and nothing lands beside its place."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files import uploadhandler
from django.test import Client

from footbridge.people import actions as people
from tests.cast import Cast

pytestmark = pytest.mark.django_db

BACKEND = "footbridge.people.signed_in.SignedIn"


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Every piece of a file that anyone keeps."""
    pieces: list[bytes] = []
    for handler in ("MemoryFileUploadHandler", "TemporaryFileUploadHandler"):
        monkeypatch.setattr(
            getattr(uploadhandler, handler),
            "receive_data_chunk",
            lambda _self, piece, _start: pieces.append(piece),
        )
    return pieces


def upload(client: Client, path: str, size: int) -> Any:
    file = io.BytesIO(b"Name\n" * (size // 5))
    file.name = "list.csv"
    return client.post(path, {"uploads": file, "file": file})


def test_a_stranger_uploads_hardly_anything(settings: Any, kept: list[bytes]) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 50_000
    answer = upload(Client(), "/sign-in/", 60_000)
    assert answer.status_code == 413
    assert kept == []
    assert b"larger than one upload may be" in answer.content


def test_a_host_uploads_a_list_and_no_more_than_lists_take(
    cast: Cast, settings: Any, kept: list[bytes]
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 50_000
    settings.MOST_UPLOADED_AT_ONCE = 200_000
    client = Client()
    client.force_login(people.account_for(cast.host), backend=BACKEND)
    path = f"/host/{cast.chapter.id}/import/"
    assert upload(client, path, 300_000).status_code == 413
    assert kept == []
    assert upload(client, path, 90_000).status_code != 413
    assert kept


def test_more_files_than_an_import_takes_are_refused(cast: Cast) -> None:
    client = Client()
    client.force_login(people.account_for(cast.host), backend=BACKEND)
    files = [io.BytesIO(b"Name\nAda\n") for _ in range(101)]
    for number, file in enumerate(files):
        file.name = f"{number}.csv"
    path = f"/host/{cast.chapter.id}/import/"
    assert client.post(path, {"uploads": files[:21]}).status_code == 400
    assert client.post(path, {"uploads": files}).status_code == 400


@pytest.mark.parametrize("name", ["../../x.csv", "/etc/x.csv", "..\\..\\x.csv", "a\x00b.csv", ".."])
def test_a_file_lies_where_its_import_lies_whatever_it_is_called(
    cast: Cast, settings: Any, name: str
) -> None:
    from footbridge.intake import actions as intake
    from footbridge.intake.sheets import folder

    batch = intake.read_file(
        actor=cast.host, chapter=cast.chapter, source=b"Name,Email\nAda,a@example.org\n", name=name
    )
    (lies,) = folder(batch.id).iterdir()
    assert lies.name == "0.file"
    assert folder(batch.id).parent == settings.HOME / "imports"
