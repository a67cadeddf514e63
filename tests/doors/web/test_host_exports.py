"""A host takes the list along as a spreadsheet: what the page shows, and no more."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from footbridge.core import clock
from footbridge.exchange import actions as exchange
from footbridge.export import lists
from footbridge.people import actions as people
from footbridge.people.models import Chapter, Person
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def signed_in(person: Person) -> Client:
    client = Client()
    backend = "footbridge.people.signed_in.SignedIn"
    client.force_login(people.account_for(person), backend=backend)
    return client


def without_csrf(page: bytes) -> bytes:
    """The token of a form is drawn anew for each page."""
    return re.sub(rb"\b[A-Za-z0-9]{64}\b", b"", page)


def taken(person: Person, chapter: Chapter, kind: str = "csv") -> bytes:
    response = signed_in(person).get(f"/host/{chapter.id}/export.{kind}")
    assert response.status_code == 200
    assert "attachment" in response.headers["Content-Disposition"]
    assert "no-store" in response.headers["Cache-Control"]
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def read(held: bytes) -> list[dict[str, str]]:
    assert held.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(held.decode("utf-8-sig"), newline="")))


def test_the_list_holds_everyone_on_it_with_needs_and_offers(cast: Cast) -> None:
    exchange.open_need(actor=cast.seeker, owner=cast.seeker, text="Cold storage at night")
    exchange.open_offer(actor=cast.target, owner=cast.target, text="Two pallets, a van")
    assert cast.listed
    assert cast.stranger
    rows = read(taken(cast.host, cast.chapter))
    assert [row["Name"] for row in rows] == [
        "Hana Host",
        "Ivo Listed",
        "Lena Sought",
        "Rosa Seeker",
    ]
    assert rows[3] == {
        "Name": "Rosa Seeker",
        "Email": "rosa.seeker@example.org",
        "Organisation": "Harbour Food Bank",
        "Role": "Founder",
        "Sector": "Nonprofit",
        "Town": "Porto",
        "Country": "PT",
        "Languages": "en",
        "Needs": "Cold storage at night",
        "Offers": "",
        "Standing": "Member",
        "Joined": "",
    }
    assert rows[2]["Offers"] == "Two pallets, a van"


def test_a_formula_is_a_text_in_both_kinds_of_file(cast: Cast) -> None:
    cast.person("=cmd|' /C calc'!A0", standing="known", email="x@example.org")
    rows = read(taken(cast.host, cast.chapter))
    assert rows[0]["Name"] == "'=cmd|' /C calc'!A0"
    book = load_workbook(io.BytesIO(taken(cast.host, cast.chapter, "xlsx")))
    cell = book.active["A2"]
    assert (cell.value, cell.data_type) == ("=cmd|' /C calc'!A0", "s")


def test_the_workbook_holds_the_same_as_the_csv(cast: Cast) -> None:
    assert cast.seeker
    assert cast.listed
    book = load_workbook(io.BytesIO(taken(cast.host, cast.chapter, "xlsx")))
    header, *rows = ([cell or "" for cell in row] for row in book.active.values)
    assert [dict(zip(header, row, strict=True)) for row in rows] == read(
        taken(cast.host, cast.chapter)
    )


def test_the_workbook_does_not_tell_when_it_was_made(cast: Cast) -> None:
    first = taken(cast.host, cast.chapter, "xlsx")
    with clock.held_at(clock.now() + timedelta(days=3)):
        later = taken(cast.host, cast.chapter, "xlsx")
    assert first == later
    with zipfile.ZipFile(io.BytesIO(first)) as book:
        assert {entry.date_time[0] for entry in book.infolist()} == {1980}
        assert b"1980-01-01T00:00:00Z" in book.read("docProps/core.xml")


def test_names_that_no_workbook_can_hold_are_cleaned(cast: Cast) -> None:
    cast.chapter.name = "Quay [a/b]: the very long name of a chapter"
    cast.chapter.save()
    cast.person("Ada\x07 Bell", standing="known", email="ada@example.org")
    book = load_workbook(io.BytesIO(taken(cast.host, cast.chapter, "xlsx")))
    assert book.active["A2"].value == "Ada Bell"
    assert book.active.title == "Quay  a b   the very long name "


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_only_hosts_of_the_chapter_take_its_list(cast: Cast, kind: str) -> None:
    address = f"/host/{cast.chapter.id}/export.{kind}"
    absent = f"/host/{cast.seeker.id}/export.{kind}"
    assert signed_in(cast.deputy).get(address).status_code == 200
    for nobody in (cast.seeker, cast.stranger):
        client = signed_in(nobody)
        response = client.get(address)
        assert response.status_code == 404
        assert without_csrf(response.content) == without_csrf(client.get(absent).content)
    assert Client().get(address).status_code == 302


def test_a_longer_list_takes_no_more_queries(cast: Cast) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert list(lists.of_people(cast.host, cast.chapter))
        return len(seen)

    assert cast.host
    exchange.open_need(actor=cast.seeker, owner=cast.seeker, text="One")
    few = cost()
    for name in ("Ada", "Ben", "Cleo"):
        one = cast.person(name, at=cast.food_bank)
        exchange.open_need(actor=one, owner=one, text="A van")
    assert cost() == few


def test_a_list_of_several_pages_is_whole(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "PAGE", 2)
    names = {cast.host.name, *(cast.person(f"Ada {n}").name for n in range(6))}
    rows = read(taken(cast.host, cast.chapter))
    assert {row["Name"] for row in rows} == names
    assert len(rows) == 7
