"""After someone left, no table and no file of the installation holds their name or address."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection

from footbridge.config.settings import _database
from footbridge.core.audience import OPERATOR
from footbridge.exchange import actions as exchange
from footbridge.insight import files as snapshots
from footbridge.insight import network as built
from footbridge.intake import actions as intake
from footbridge.intake import sheets
from footbridge.intake.models import Batch, Merge
from footbridge.introductions import actions as introductions
from footbridge.journal.actions import deliver_due
from footbridge.mail.actions import send
from footbridge.network import actions as network
from footbridge.people import actions as people
from footbridge.people.models import Affiliation, Host, Person
from footbridge.people.states import Hosting
from tests.cast import Cast
from tests.policy.test_personal_data import KEPT, mentions

NAME, ADDRESS = "Zelda Quillfeather", "zelda.quillfeather@canary.example"
LIST = f"Name,Email,Organisation,City\n{NAME},{ADDRESS},Canary Works,Qwxzptl\nAna Um,a@x.org,,\n"
OTHERS = "Name,Email,City\nBento Dois,bento@x.org,Qwxzptl\n"


def _batch(cast: Cast, chapter: Any, text: str, name: str = "list.csv") -> Batch:
    given = [intake.Given(text.encode(), name)]
    return intake.read_files(actor=OPERATOR, chapter=chapter, files=given)


def _all_about(cast: Cast) -> Person:
    """Someone whom every room and several chapters' lists speak of."""
    zelda = cast.person(NAME, email=ADDRESS, at=cast.food_bank, role="Chair")
    account = people.account_for(zelda)
    people.prove_address(account)
    need = exchange.open_need(actor=zelda, owner=zelda, text=f"Someone to write for {NAME}")
    exchange.open_offer(actor=zelda, owner=zelda, text="A canary")
    assert need
    network.state_tie(actor=zelda, other=cast.connector, strength="know", how="x")
    network.state_tie(actor=cast.connector, other=zelda, strength="know", how="y")
    note = {"who_i_am": NAME, "why_you": "w", "what_i_ask": "a"}
    draft = introductions.draft(actor=zelda, target=cast.target, connector=cast.connector, **note)
    introductions.ask(actor=zelda, introduction=draft)
    send("sign_in_code", to_address=ADDRESS, context={"code": "1234"}, private=True)
    Host.objects.create(person=zelda, chapter=cast.chapter, role=Hosting.DEPUTY)
    _sessions(account)
    while deliver_due():
        pass
    return zelda


def _sessions(account: Any) -> None:
    signed_in = SessionStore()
    signed_in["_auth_user_id"] = str(account.id)
    signed_in.create()
    on_the_way = SessionStore()
    on_the_way["account_login"] = {"email": ADDRESS}
    on_the_way.create()
    another = SessionStore()
    another["_auth_user_id"] = "somebody else"
    another.create()


def _lists(cast: Cast) -> dict[str, Batch]:
    found = {
        "read": _batch(cast, cast.other_chapter, LIST),
        "checked": intake.check(
            actor=OPERATOR, batch=_batch(cast, cast.other_chapter, LIST), wait=True
        ),
        "waiting": _batch(cast, cast.chapter, LIST),
        "done": intake.start(
            actor=OPERATOR, batch=_batch(cast, cast.other_chapter, LIST, f"{NAME}.csv"), wait=True
        ),
        "others": intake.start(
            actor=OPERATOR, batch=_batch(cast, cast.other_chapter, OTHERS), wait=True
        ),
    }
    Batch.objects.filter(id=found["waiting"].id).update(state="waiting", error=f"{NAME}: no")
    return found


def _merges(cast: Cast, zelda: Person) -> tuple[Merge, Merge, Merge]:
    """Two organisations where she worked; a second record of her; one that was two after all."""
    works = cast.organisation("Canary Works", "nonprofit")
    Affiliation.objects.create(person=zelda, organisation=works, role="Chair")
    told = intake.merge(actor=OPERATOR, keep=cast.food_bank, gone=works)
    second = cast.person(f"{NAME} Twice", email="zq@canary.example")
    hers = intake.merge(actor=OPERATOR, keep=Person.objects.get(id=zelda.id), gone=second)
    apart = intake.merge(actor=OPERATOR, keep=cast.colleague, gone=Person.objects.get(id=zelda.id))
    intake.undo(actor=OPERATOR, merge=apart)
    return told, hers, apart


def _files_that_tell() -> set[str]:
    words = [word.encode() for word in (NAME, ADDRESS, NAME.lower())]
    home = Path(settings.HOME)
    found = [path for path in home.rglob("*") if path.is_file() and "test.sqlite3" not in path.name]
    return {str(path) for path in found if any(word in path.read_bytes() for word in words)}


CANARIES = {"name": NAME.lower(), "address": ADDRESS}


@pytest.mark.django_db
def test_no_table_and_no_file_tells_of_someone_erased(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    zelda = _all_about(cast)
    lists = _lists(cast)
    _merges(cast, zelda)
    built.build_and_keep()
    before = mentions(CANARIES)
    assert {table for table, _column in before} >= {
        "people_member", "people_account", "mail_message", "intake_batch", "intake_rowresult",
        "intake_merge", "introductions_introduction", "account_emailaddress",
    }  # fmt: skip
    assert len(_files_that_tell()) == 4
    assert snapshots.newest()
    with django_capture_on_commit_callbacks(execute=True):
        people.erase(actor=OPERATOR, person=Person.objects.get(id=zelda.id))
    while deliver_due():
        pass
    built.refresh()
    listed_elsewhere = Person.objects.filter(name=NAME)
    assert [one.chapter for one in listed_elsewhere] == []
    assert {place: what for place, what in mentions(CANARIES).items() if place not in KEPT} == {}
    assert _files_that_tell() == set()
    assert not snapshots.newest()
    assert Session.objects.count() == 1
    assert Batch.objects.get(id=lists["others"].id).sheets
    assert sheets.folder(lists["others"].id).exists()


@pytest.mark.django_db
def test_a_list_under_way_that_speaks_of_someone_erased_stops(cast: Cast) -> None:
    zelda = _all_about(cast)
    lists = _lists(cast)
    people.erase(actor=OPERATOR, person=zelda)
    for name in ("read", "checked", "waiting"):
        batch = Batch.objects.get(id=lists[name].id)
        assert (batch.state, batch.sheets, batch.claim) == ("failed", [], None)
        assert batch.error == "This list is kept no longer. To go on, bring it once more."
    assert intake.run_due() == 0
    assert not Person.objects.filter(name=NAME).exists()


@pytest.mark.django_db
def test_a_merge_of_two_others_can_be_undone_after_an_erasure(cast: Cast) -> None:
    zelda = _all_about(cast)
    told, _hers, _apart = _merges(cast, zelda)
    people.erase(actor=OPERATOR, person=Person.objects.get(id=zelda.id))
    assert list(Merge.objects.values_list("id", flat=True)) == [told.id]
    back = intake.undo(actor=OPERATOR, merge=told)
    assert back.name == "Canary Works"
    connection.check_constraints()


@pytest.mark.django_db(transaction=True)
def test_the_database_file_does_not_keep_what_was_deleted(cast: Cast) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL clears deleted rows by its own vacuum")
    assert "PRAGMA secure_delete=ON" in _database("", Path("x"))["OPTIONS"]["init_command"]
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete=ON")
    zelda = _all_about(cast)
    people.leave_nothing_in_the_log()
    files = sorted(Path(settings.HOME).glob("test*.sqlite3*"))
    assert any(ADDRESS.encode() in path.read_bytes() for path in files)
    people.erase(actor=OPERATOR, person=Person.objects.get(id=zelda.id))
    assert people.leave_nothing_in_the_log() == 0
    assert not any(ADDRESS.encode() in path.read_bytes() for path in files if path.exists())
