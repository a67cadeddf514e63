"""What goes wrong in real files: a clear sentence, nothing lost, nothing half done."""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Callable

import pytest

from footbridge.intake import actions, queries, sheets
from footbridge.intake.models import Batch
from footbridge.intake.reading import UnreadableFile
from footbridge.people.models import Member, Person
from tests.cast import Cast
from tests.rooms.intake.lists import bring_in, said_of, verdicts

pytestmark = pytest.mark.django_db


def _bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        package.writestr("xl/worksheets/sheet1.xml", b"0" * 300_000_000)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (lambda: b"", "is empty"),
        (lambda: b"\xef\xbb\xbf\n\n", "is empty"),
        (lambda: b"\x89PNG\r\n\x1a\n" + b"x" * 99, "PNG"),
        (lambda: b"%PDF-1.7 ...", "PDF"),
        (lambda: b"PK\x03\x04 not a zip", "damaged"),
        (_bomb, "far more"),
    ],
)
def test_a_file_without_a_list_says_why_and_leaves_nothing(
    cast: Cast, content: Callable[[], bytes], says: str
) -> None:
    before = _folders()
    given = [actions.Given(content(), "list.xlsx")]
    with pytest.raises(UnreadableFile) as stop:
        actions.read_files(actor=cast.host, chapter=cast.chapter, files=given)
    assert says in stop.value.message
    assert not Batch.objects.exists()
    assert _folders() == before


def _folders() -> set[str]:
    home = sheets.folder(uuid.uuid4()).parent
    return {path.name for path in home.iterdir()} if home.exists() else set()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1", "cp1252"])
def test_any_usual_encoding_is_read(cast: Cast, encoding: str) -> None:
    bring_in(cast.chapter, "Name;Email\nJosé Núñez;jose@x.org\n".encode(encoding))
    assert Person.objects.get().name == "José Núñez"


def test_ragged_rows_a_double_header_and_nul_are_repaired(cast: Cast) -> None:
    batch = bring_in(
        cast.chapter,
        b"Name,Email,City\nAna,ana@x.org\nBen,ben@x.org,Porto,extra\nName,Email,City\n"
        b"Zo\x00e,zoe@x.org,Porto\n",
    )
    rows = said_of(batch)
    assert verdicts(batch) == (0, 4, 0)
    assert rows[2][1] == ["1 cells were missing at the end and are taken as empty."]
    assert "more cells than the header" in rows[3][1][0]
    assert rows[4][1] == ["This line repeats the header."]
    assert rows[5][1] == ["Zero bytes (NUL) were taken out."]
    assert sorted(Person.objects.values_list("name", flat=True)) == ["Ana", "Ben", "Zoe"]


def test_a_field_of_200_kb_refuses_its_row_alone(cast: Cast) -> None:
    batch = bring_in(
        cast.chapter, f"Name,Email,About\nAna,ana@x.org,{'x' * 200_000}\nBen,ben@x.org,y\n"
    )
    assert verdicts(batch) == (1, 0, 1)
    assert "at most 100,000" in said_of(batch)[2][1][0]
    assert Person.objects.get().name == "Ben"


def test_long_texts_are_cut_and_it_is_said(cast: Cast) -> None:
    batch = bring_in(
        cast.chapter,
        f"Name,Email,About,Need,Role,Organisation\n"
        f"{'n' * 300},ana@x.org,{'a' * 9000},{'d ' * 400},{'r' * 300},{'o' * 300}\n",
    )
    ana = Person.objects.get()
    assert (len(ana.name), len(ana.about), len(ana.needs.get().text)) == (200, 5000, 500)
    assert len(said_of(batch)[2][1]) == 5


def test_homoglyph_and_right_to_left_names_land_and_are_pointed_out(cast: Cast) -> None:
    batch = bring_in(
        cast.chapter,
        "Name,Email\nАnna Lind,anna@x.org\nAnna Lind,anna@y.org\nسارة,sara@x.org\n"
        "\u202eevil\u202c Bob,bob@x.org\n",
    )
    names = sorted(Person.objects.values_list("name", flat=True))
    assert names == sorted(["Аnna Lind", "Anna Lind", "سارة", "evil Bob"])
    rows = said_of(batch)
    assert "two alphabets" in rows[2][1][0]
    assert "reading direction" in rows[5][1][0]
    assert 4 not in rows
    found = queries.duplicates(cast.host)
    assert [(set(found[0].why))] == [{"Names that look the same"}]


def test_a_formula_is_text_here(cast: Cast) -> None:
    bring_in(cast.chapter, 'Name,Email\n"=HYPERLINK(""http://x"")",ana@x.org\n')
    assert Person.objects.get().name == '=HYPERLINK("http://x")'


def test_an_address_that_is_none_costs_only_itself(cast: Cast) -> None:
    batch = bring_in(
        cast.chapter,
        "Name,Email\nAna,not an address\nBen,ben(at)x.org\nZoe,zoe@x.org\nIvo,ivo@x.org\n",
    )
    found = dict(Person.objects.values_list("name", "email"))
    assert (found["Ana"], found["Ben"]) == (None, "ben@x.org")
    assert said_of(batch) == {
        2: ("repaired", ["“not an address” is not an e-mail address."]),
        3: ("repaired", ["The address “ben(at)x.org” was read as “ben@x.org”."]),
    }


def test_dates_and_places_that_cannot_be_cost_only_themselves(cast: Cast) -> None:
    batch = bring_in(
        cast.chapter,
        "Name,Email,Organisation,Since,Until,City\n"
        "Ana,ana@x.org,X,2020-02-30,,Qwxzptl\nBen,ben@x.org,X,2020-03-01,2019-01-01,\n",
    )
    assert said_of(batch) == {
        2: ("repaired", ["“2020-02-30” is not a date.", "“Qwxzptl” is not a place that is known."]),
        3: ("repaired", ["The end is before the beginning; the end was left out."]),
    }
    assert Member.objects.count() == 3


def test_a_failure_in_the_middle_is_said_and_what_landed_stays(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from footbridge.intake import work

    monkeypatch.setattr(work, "BLOCK", 1)
    landed = work.interpret

    def breaks(mapping: object, row: object, scheme: str) -> object:
        if getattr(row, "number", 0) == 3:
            raise RuntimeError("power cut")
        return landed(mapping, row, scheme)  # type: ignore[arg-type]

    given = [actions.Given(b"Name,Email\nAna,ana@x.org\nBen,ben@x.org\n", "list.csv")]
    batch = actions.read_files(actor=cast.host, chapter=cast.chapter, files=given)
    monkeypatch.setattr(work, "interpret", breaks)
    failed = actions.start(actor=cast.host, batch=batch)
    assert (failed.state, failed.error) == ("failed", "It could not be imported (RuntimeError).")
    assert Person.objects.filter(email__endswith="@x.org").count() == 1
    monkeypatch.setattr(work, "interpret", landed)
    again = actions.start(actor=cast.host, batch=failed)
    assert (again.state, verdicts(again)) == ("done", (2, 0, 0))
    assert Person.objects.filter(email__endswith="@x.org").count() == 2


def test_a_sheet_of_nothing_that_can_be_used_is_refused_row_by_row(cast: Cast) -> None:
    batch = bring_in(cast.chapter, "Colour,Weight\nred,12 kg\nblue,13 kg\n")
    why = "There is neither a name nor an e-mail address in this row."
    assert said_of(batch) == {2: ("refused", [why]), 3: ("refused", [why])}
    assert not Member.objects.exists()
