"""A host brings a list through the pages; what goes wrong is said, and nothing is lost."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from footbridge.intake import actions as intake
from footbridge.intake.models import Batch, Duplicate, KnownMapping
from footbridge.intake.states import BatchState, DuplicateState
from footbridge.people import actions as people
from footbridge.people.models import Member, Person
from footbridge.people.states import Standing
from tests.cast import Cast

pytestmark = pytest.mark.django_db

LIST = (
    "Name\tEmail\tOrganisation\tNeeds\tOffers\n"
    "Ada Moreno\tada@example.org\tQuay Kitchen\tcold storage two nights a week\tcooked meals\n"
    "Bilal Haddad\tbilal@example.org\tNorth Store\tsomeone to take surplus food\tcold storage\n"
)
WITH_A_HITCH = LIST + "\t\t\ta hall with a kitchen\t\n"


@pytest.fixture
def host(cast: Cast) -> Client:
    client = Client()
    client.force_login(people.account_for(cast.host))
    return client


def give(host: Client, cast: Cast, **said: object):  # type: ignore[no-untyped-def]
    return host.post(f"/host/{cast.chapter.id}/import/", said)


def words(response) -> str:  # type: ignore[no-untyped-def]
    """The page as text on one line."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(text.split())


def test_pasted_cells_are_read_and_tried_and_nobody_is_in_yet(host: Client, cast: Cast) -> None:
    answer = give(host, cast, cells=LIST)
    batch = Batch.objects.get()
    assert answer.headers["Location"] == f"/host/imports/{batch.id}/"
    assert batch.state == BatchState.CHECKED
    page = words(host.get(answer.headers["Location"]))
    assert "This is how we read it" in page
    assert "Bring 2 rows in" in page
    assert "2 people, 2 organisations, 2 needs, 2 offers" in page
    assert not Person.objects.filter(standing=Standing.KNOWN).exists()


def test_one_press_brings_a_list_in_and_leads_on_to_who_should_meet(
    host: Client, cast: Cast
) -> None:
    batch = _read(cast)
    answer = host.post(f"/host/imports/{batch.id}/bring-in/")
    assert answer.headers["Location"] == f"/host/{cast.chapter.id}/pairs/"
    assert Person.objects.filter(standing=Standing.KNOWN).count() == 2
    page = words(host.get(answer.headers["Location"]))
    assert "2 rows are in. Nobody was written to." in page
    assert "Ada Moreno and Bilal Haddad" in page or "Bilal Haddad and Ada Moreno" in page


def test_pressing_twice_brings_nobody_in_twice(host: Client, cast: Cast) -> None:
    batch = _read(cast)
    host.post(f"/host/imports/{batch.id}/bring-in/")
    answer = host.post(f"/host/imports/{batch.id}/bring-in/", follow=True)
    assert "imported already" in words(answer)
    assert Person.objects.filter(standing=Standing.KNOWN).count() == 2


def test_rows_that_cannot_be_used_are_shown_and_can_be_taken_along(
    host: Client, cast: Cast
) -> None:
    batch = _read(cast, WITH_A_HITCH)
    answer = host.post(f"/host/imports/{batch.id}/bring-in/")
    assert answer.headers["Location"] == f"/host/imports/{batch.id}/"
    page = words(host.get(answer.headers["Location"]))
    assert "1 row was left out" in page
    assert "See who should meet whom" in page
    assert "a hall with a kitchen" in page
    sheet = host.get(f"/host/imports/{batch.id}/refused.csv")
    assert sheet.headers["Content-Disposition"] == 'attachment; filename="refused.csv"'
    lines = b"".join(sheet.streaming_content).decode().splitlines()
    assert lines[0] == "\ufeffName,Email,Organisation,Needs,Offers,Why not"
    assert lines[1].startswith(",,,a hall with a kitchen,,")
    assert len(lines) == 2


def test_a_column_is_corrected_and_remembered(host: Client, cast: Cast) -> None:
    batch = _read(cast)
    said = _as_it_stands(batch) | {"sheet0-column4": "leave_out"}
    answer = host.post(f"/host/imports/{batch.id}/", said)
    assert answer.status_code == 302
    batch.refresh_from_db()
    assert batch.state == BatchState.CHECKED
    assert batch.sheets[0]["fields"][4] == "leave_out"
    assert KnownMapping.objects.get().mapping["fields"][4] == "leave_out"
    assert "2 needs" in words(host.get(f"/host/imports/{batch.id}/"))
    assert (
        "offers" not in words(host.get(f"/host/imports/{batch.id}/")).lower().split("new")[1][:60]
    )


def test_a_meaning_that_nobody_offers_is_refused_and_the_page_stays(
    host: Client, cast: Cast
) -> None:
    batch = _read(cast)
    answer = host.post(
        f"/host/imports/{batch.id}/", _as_it_stands(batch) | {"sheet0-column4": "shoe_size"}
    )
    assert answer.status_code == 400
    assert b'role="alert"' in answer.content
    batch.refresh_from_db()
    assert batch.sheets[0]["fields"][4] == "offer"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.csv", b"", "empty"),
        ("photo.csv", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "PNG"),
        ("page.html", b"<!doctype html><html><body>x</body></html>", "web page"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words_and_what_was_pasted_is_kept(
    host: Client, cast: Cast, name: str, content: bytes, said: str
) -> None:
    answer = give(host, cast, cells="Ada Moreno\tkept", uploads=SimpleUploadedFile(name, content))
    assert answer.status_code == 400
    page = words(answer)
    assert said in page
    assert name in page
    assert "Ada Moreno\tkept" in answer.content.decode()
    assert "Choose your files again" in page
    assert not Batch.objects.exists()


def test_a_refusal_is_said_in_the_language_of_the_reader(
    host: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("footbridge.web.forms._", lambda text: text.replace("empty", "vacío"))
    answer = give(host, cast, uploads=SimpleUploadedFile("list.csv", b""))
    assert "“list.csv” is vacío." in words(answer)


def test_nothing_given_asks_for_one_of_the_two(host: Client, cast: Cast) -> None:
    answer = give(host, cast, cells="   \n ")
    assert answer.status_code == 400
    assert "Paste some cells, or choose a file." in words(answer)


def test_several_files_go_in_together(host: Client, cast: Cast) -> None:
    people_list = SimpleUploadedFile("people.csv", b"Name,Email\nAda Moreno,ada@example.org\n")
    ties = SimpleUploadedFile("ties.csv", b"From,To,Strength\nAda Moreno,Hana Host,strong\n")
    answer = give(host, cast, uploads=[people_list, ties])
    assert answer.status_code == 302
    batch = Batch.objects.get()
    assert [sheet["title"] for sheet in batch.sheets] == ["people.csv", "ties.csv"]
    page = words(host.get(f"/host/imports/{batch.id}/"))
    assert "people.csv" in page
    assert "ties.csv" in page


def test_work_that_goes_on_shows_how_far_it_is_and_reloads_when_it_is_over(
    host: Client, cast: Cast
) -> None:
    batch = _read(cast)
    Batch.objects.filter(id=batch.id).update(state=BatchState.RUNNING, done=400, total=1000)
    page = host.get(f"/host/imports/{batch.id}/")
    assert 'value="400" max="1000"' in page.content.decode()
    assert '<noscript><meta http-equiv="refresh"' in page.content.decode()
    part = host.get(f"/host/imports/{batch.id}/progress/")
    assert part.content.decode().lstrip().startswith('<div class="progress"')
    assert "HX-Refresh" not in part.headers
    Batch.objects.filter(id=batch.id).update(state=BatchState.DONE)
    assert host.get(f"/host/imports/{batch.id}/progress/").headers["HX-Refresh"] == "true"


def test_an_import_that_stopped_says_why_and_can_be_tried_again(host: Client, cast: Cast) -> None:
    batch = _read(cast)
    Batch.objects.filter(id=batch.id).update(state=BatchState.FAILED, error="The disk is full.")
    assert "The disk is full." in words(host.get(f"/host/imports/{batch.id}/"))
    host.post(f"/host/imports/{batch.id}/", _as_it_stands(batch))
    batch.refresh_from_db()
    assert batch.state == BatchState.CHECKED


def test_a_list_is_thrown_away_before_it_is_in(host: Client, cast: Cast) -> None:
    batch = _read(cast)
    answer = host.post(f"/host/imports/{batch.id}/discard/")
    assert answer.headers["Location"] == f"/host/{cast.chapter.id}/import/"
    assert not Batch.objects.exists()


def test_lists_of_another_chapter_are_not_there(host: Client, cast: Cast) -> None:
    batch = _read(cast)
    Batch.objects.filter(id=batch.id).update(chapter=cast.other_chapter)
    for page in ("", "progress/", "refused.csv"):
        assert host.get(f"/host/imports/{batch.id}/{page}").status_code == 404
    for page in ("bring-in/", "discard/", "check/"):
        assert host.post(f"/host/imports/{batch.id}/{page}").status_code == 404
    assert Batch.objects.exists()


def test_two_who_are_one_are_made_one_and_taken_apart_again(host: Client, cast: Cast) -> None:
    pair = _pair(cast)
    page = words(host.get(f"/host/{cast.chapter.id}/duplicates/"))
    assert "Maria Silva" in page
    assert "María Silva" in page
    assert "Names that look the same" in page
    host.post(f"/host/duplicates/{pair.id}/", {"keep": pair.one_id})
    assert Member.objects.filter(id=pair.one_id).exists()
    assert not Member.objects.filter(id=pair.other_id).exists()
    page = host.get(f"/host/{cast.chapter.id}/merges/").content.decode()
    undo = re.search(r'action="(/host/merges/[^"]+/undo/)"', page)
    assert undo is not None
    host.post(undo[1])
    assert Member.objects.filter(id=pair.other_id).exists()
    assert "taken back" in words(host.get(f"/host/{cast.chapter.id}/merges/"))


def test_two_who_are_two_are_not_offered_again(host: Client, cast: Cast) -> None:
    pair = _pair(cast)
    host.post(f"/host/duplicates/{pair.id}/", {"different": "yes"})
    pair.refresh_from_db()
    assert pair.state == DuplicateState.DIFFERENT
    assert "Nothing to decide" in words(host.get(f"/host/{cast.chapter.id}/duplicates/"))


def test_a_choice_that_names_neither_changes_nothing(host: Client, cast: Cast) -> None:
    pair = _pair(cast)
    host.post(f"/host/duplicates/{pair.id}/", {"keep": cast.target.id})
    pair.refresh_from_db()
    assert pair.state == DuplicateState.OPEN
    assert Member.objects.filter(id__in=[pair.one_id, pair.other_id]).count() == 2


def _read(cast: Cast, text: str = LIST) -> Batch:
    batch = intake.read_paste(actor=cast.host, chapter=cast.chapter, text=text)
    return intake.check(actor=cast.host, batch=batch)


def _as_it_stands(batch: Batch) -> dict[str, str]:
    kept = batch.sheets[0]
    columns = {f"sheet0-column{at}": field for at, field in enumerate(kept["fields"])}
    return columns | {"sheet0-shape": kept["shape"], "sheet0-kind": kept["kind"]}


def _pair(cast: Cast) -> Duplicate:
    one = cast.person("Maria Silva", standing=Standing.KNOWN, email="maria@example.org")
    other = cast.person("María Silva", standing=Standing.KNOWN, email="m.silva@example.org")
    first, second = sorted((one, other), key=lambda member: str(member.id))
    return Duplicate.objects.create(one=first, other=second, likeness=0.93, why=["look"])


def test_more_than_a_page_can_carry_is_said_so(
    host: Client, cast: Cast, settings: pytest.FixtureRequest
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000  # type: ignore[attr-defined]
    answer = give(host, cast, cells="x" * 2000)
    assert answer.status_code == 400
    assert "A long list goes in as a file." in words(answer)


def test_everyone_of_a_list_is_invited_with_one_press(host: Client, cast: Cast) -> None:
    intake.start(actor=cast.host, batch=_read(cast))
    page = host.get(f"/host/{cast.chapter.id}/people/?standing=known").content.decode()
    listed = re.findall(r'name="listed" value="([^"]+)"', page)
    assert len(listed) == 2
    answer = host.post(
        f"/host/{cast.chapter.id}/people/invite/", {"listed": listed, "everyone": "yes"}
    )
    assert answer.headers["Location"] == "/outbox/"
    invited = Person.objects.filter(standing=Standing.INVITED).values_list("name", flat=True)
    assert sorted(invited) == ["Ada Moreno", "Bilal Haddad"]


def test_inviting_nobody_asks_to_tick_someone(host: Client, cast: Cast) -> None:
    answer = host.post(f"/host/{cast.chapter.id}/people/invite/", {}, follow=True)
    assert "Tick whom you would like to invite first." in words(answer)


def test_an_address_book_is_taken_in_or_refused_in_words(cast: Cast) -> None:
    member = Client()
    member.force_login(people.account_for(cast.seeker))
    card = b"BEGIN:VCARD\nVERSION:3.0\nFN:Lena Sought\nEMAIL:lena.sought@example.org\nEND:VCARD\n"
    answer = member.post("/you/contacts/", {"file": SimpleUploadedFile("all.vcf", card)})
    assert answer.status_code == 302
    assert "Read. Nobody was told." in words(member.get("/you/contacts/"))
    answer = member.post("/you/contacts/", {"file": SimpleUploadedFile("all.csv", b"Name\nAda\n")})
    assert answer.status_code == 400
    assert "no e-mail address" in words(answer)
