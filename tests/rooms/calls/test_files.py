"""Files come in by what is in them; everything else is refused with the reason."""

from __future__ import annotations

import uuid

import pytest

from footbridge.calls import actions, limits, sniffing
from footbridge.calls.actions import outside
from footbridge.calls.actions.files import add_file, check_size, remove_file
from footbridge.calls.models import Answer, AnswerFile
from footbridge.calls.queries import by_link
from footbridge.core import clock
from footbridge.core.errors import Conflict, DomainError, LimitReached, NotHere
from tests.cast import Cast
from tests.rooms.calls.outsiders import PDF, PNG, opened, packed, sent, written

ODT = "application/vnd.oasis.opendocument.text"
DOCX = packed("[Content_Types].xml", "word/document.xml")
XLSX = packed("[Content_Types].xml", "xl/workbook.xml")
GOOD = {
    "plan.pdf": (PDF, "application/pdf"),
    "PLAN.PDF": (PDF, "application/pdf"),
    "photo.png": (PNG, "image/png"),
    "photo.jpg": (b"\xff\xd8\xff\xe0rest", "image/jpeg"),
    "notes.txt": ("Kühl & süß".encode(), "text/plain"),
    "notes.md": (b"# Cold", "text/plain"),
    "table.csv": (b"\xef\xbb\xbfa;b\n1;2\n", "text/csv"),
    "letter.docx": (DOCX, sniffing.KINDS["docx"].media_type),
    "sums.xlsx": (
        packed("[Content_Types].xml", "xl/workbook.xml"),
        sniffing.KINDS["xlsx"].media_type,
    ),
    "letter.odt": (packed("content.xml", mimetype=ODT), ODT),
}
BAD = {
    "": PDF,
    "plan": PDF,
    "plan.exe": b"MZ\x90",
    "plan.svg": b"<svg onload='alert(1)'/>",
    "plan.html": b"<script>alert(1)</script>",
    "plan.zip": packed("a.txt"),
    "plan.docm": DOCX,
    "plan.pdf.exe": PDF,
    "plan.pdf": b"<html>%PDF-1.7",
    "other.pdf": b"MZ\x90\x00",
    "photo.png": PDF,
    "photo.jpg": PNG,
    "notes.txt": b"\x00\x01binary",
    "latin.txt": "süß".encode("latin-1"),
    "letter.docx": packed("xl/workbook.xml", "[Content_Types].xml"),
    "broken.docx": b"PK\x03\x04 and nothing more",
    "macros.docx": packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
    "macros.odt": packed("Basic/script-lc.xml", mimetype=ODT),
    "letter.odt": packed("content.xml", mimetype="text/plain"),
    "letter.ods": packed("content.xml", mimetype=ODT),
    "empty.pdf": b"",
}


@pytest.mark.parametrize("name", GOOD)
def test_a_file_that_is_what_its_name_says_is_taken(name: str) -> None:
    content, media_type = GOOD[name]
    assert sniffing.media_type_of(name, content) == media_type


@pytest.mark.parametrize("name", BAD)
def test_what_is_of_another_kind_is_refused_with_the_reason(name: str) -> None:
    with pytest.raises(DomainError) as refusal:
        sniffing.media_type_of(name, BAD[name])
    assert refusal.value.field == "file"
    assert refusal.value.message.endswith(".")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("plan.pdf", "plan.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\pia\\plan.pdf", "plan.pdf"),
        ("plan\x00.pdf", "plan.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie: x.pdf"),
        ("\u202efdp.txt", "fdp.txt"),
        ("", "file"),
        (" .. ", "file"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_name_is_kept_without_folders_and_hidden_signs(typed: str, kept: str) -> None:
    assert sniffing.name_of(typed) == kept


in_database = pytest.mark.django_db


@pytest.fixture
def answer(cast: Cast) -> Answer:
    return sent(opened(cast))


@in_database
def test_a_file_lies_beside_the_answer_and_comes_out_as_it_went_in(answer: Answer) -> None:
    before = answer.version
    file = add_file(actor=None, answer=answer, name="plan.pdf", content=PDF)
    kept = AnswerFile.objects.get()
    assert (kept.name, kept.size, bytes(kept.content)) == ("plan.pdf", len(PDF), PDF)
    assert by_link.file_by_link(by_link.file_path(file).split("/")[2]) == kept
    answer.refresh_from_db()
    assert answer.version == before + 1


@in_database
def test_the_same_file_again_is_the_same(answer: Answer) -> None:
    first = add_file(actor=None, answer=answer, name="plan.pdf", content=PDF)
    assert add_file(actor=None, answer=answer, name="copy.pdf", content=PDF) == first
    assert AnswerFile.objects.count() == 1


@in_database
def test_nothing_is_kept_for_whoever_has_not_confirmed(cast: Cast) -> None:
    with pytest.raises(Conflict, match="Send your answer first"):
        add_file(actor=None, answer=written(opened(cast)), name="plan.pdf", content=PDF)
    assert AnswerFile.objects.count() == 0


@in_database
def test_a_file_that_is_too_large_is_refused_by_its_size_alone(answer: Answer) -> None:
    check_size(limits.LARGEST_FILE)
    with pytest.raises(DomainError, match="At most"):
        check_size(limits.LARGEST_FILE + 1)
    with pytest.raises(DomainError, match="At most"):
        add_file(actor=None, answer=answer, name="a.txt", content=b"x" * (limits.LARGEST_FILE + 1))


@in_database
def test_so_many_files_and_no_more(answer: Answer) -> None:
    for number in range(limits.MOST_FILES):
        last = add_file(actor=None, answer=answer, name="n.txt", content=b"%d" % number)
    with pytest.raises(LimitReached, match="5 files"):
        add_file(actor=None, answer=answer, name="n.txt", content=b"one more")
    remove_file(actor=None, answer=answer, file_id=last.id)
    add_file(actor=None, answer=answer, name="n.txt", content=b"one more")


@in_database
def test_an_answer_and_a_call_hold_so_much_and_no_more(
    answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_OF_AN_ANSWER", 10)
    add_file(actor=None, answer=answer, name="n.txt", content=b"12345678")
    with pytest.raises(LimitReached, match="in all files"):
        add_file(actor=None, answer=answer, name="m.txt", content=b"123")
    monkeypatch.setattr(limits, "MOST_OF_A_CALL", 10)
    other = sent(answer.call, email="second@elsewhere.test")
    with pytest.raises(LimitReached, match="write the link"):
        add_file(actor=None, answer=other, name="m.txt", content=b"123")


@in_database
def test_after_the_deadline_and_after_the_last_word_files_stay_as_they_are(
    cast: Cast, answer: Answer
) -> None:
    file = add_file(actor=None, answer=answer, name="plan.pdf", content=PDF)
    assert answer.call.deadline is not None
    with clock.held_at(answer.call.deadline):
        for act in (
            lambda: add_file(actor=None, answer=answer, name="n.txt", content=b"late"),
            lambda: remove_file(actor=None, answer=answer, file_id=file.id),
        ):
            with pytest.raises(Conflict):
                act()
    actions.close(actor=cast.seeker, answer=answer, reason="full")
    with pytest.raises(Conflict):
        remove_file(actor=None, answer=answer, file_id=file.id)
    assert AnswerFile.objects.count() == 1


@in_database
def test_whoever_decides_and_whoever_sent_it_get_a_file_and_nobody_else(cast: Cast) -> None:
    call = opened(cast)
    mine = actions.write(
        actor=cast.connector, call=call, member=cast.connector, text="With a plan", shown=True
    )
    file = add_file(actor=cast.connector, answer=mine, name="plan.pdf", content=PDF)
    assert by_link.file_for(cast.connector, file.id) == file
    with pytest.raises(NotHere):
        by_link.file_for(cast.seeker, file.id)
    actions.send(actor=cast.connector, answer=mine)
    assert by_link.file_for(cast.seeker, file.id) == file
    for other in (cast.target, cast.stranger, cast.host):
        with pytest.raises(NotHere):
            by_link.file_for(other, file.id)
    with pytest.raises(NotHere):
        by_link.file_for(cast.connector, uuid.uuid4())


@in_database
def test_nobody_puts_a_file_beside_the_answer_of_another(cast: Cast) -> None:
    call = opened(cast)
    mine = actions.write(actor=cast.connector, call=call, member=cast.connector, text="Mine")
    with pytest.raises(NotHere):
        add_file(actor=cast.target, answer=mine, name="plan.pdf", content=PDF)
    file = add_file(actor=cast.connector, answer=mine, name="plan.pdf", content=PDF)
    with pytest.raises(NotHere):
        remove_file(actor=cast.target, answer=mine, file_id=file.id)
    other = sent(call)
    with pytest.raises(NotHere):
        remove_file(actor=None, answer=other, file_id=file.id)


@in_database
def test_files_go_with_their_answer(answer: Answer) -> None:
    add_file(actor=None, answer=answer, name="plan.pdf", content=PDF)
    outside.withdraw(answer=answer)
    assert AnswerFile.objects.count() == 0
