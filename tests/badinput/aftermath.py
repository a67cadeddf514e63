"""What is left when the requests have ceased: whole rows, pages that open, exports that read."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from openpyxl import load_workbook

from footbridge.export.cells import FORMULA
from footbridge.journal.actions import deliver_due
from footbridge.mail.models import Message
from footbridge.people.models import Person
from footbridge.veil.guard import Service, lifted
from tests.badinput.sending import Request, Sender
from tests.badinput.stage import Stage
from tests.badinput.strings import UNESCAPED
from tests.badinput.surface import pages
from tests.badinput.tally import Tally


def look_after(stage: Stage, tally: Tally) -> None:
    """The worker catches up; then rows, letters, pages and exports are looked at."""
    while deliver_due():
        pass
    rows_are_whole(tally)
    letters_are_clean(tally)
    pages_open(stage, tally)
    exports_are_read(stage, tally)


def rows_are_whole(tally: Tally) -> None:
    """Each reference leads somewhere, and each value is one that its column may hold."""
    with lifted(Service.OPERATOR):
        connection.check_constraints()
        _look_at_rows(tally)


def _look_at_rows(tally: Tally) -> None:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy or not model.__module__.startswith("footbridge."):
            continue
        for row in model._base_manager.all():
            tally.checked("rows")
            for fault in _faults_of_row(row):
                tally.fault("a row that should not be", f"{model._meta.label}: {fault}")


def _faults_of_row(row: Any) -> list[str]:
    relations = [one.name for one in row._meta.fields if one.is_relation]
    try:
        row.clean_fields(exclude=[*relations, *_optional(row)])
    except ValidationError as error:
        return [f"{name}: {said}" for name, said in error.message_dict.items()]
    texts = [value for value in vars(row).values() if isinstance(value, str)]
    return [repr(text[:80]) for text in texts if "\x00" in text or not _is_text(text)]


def _optional(row: Any) -> list[str]:
    """Empty lists and mappings are fine, though a form would ask for something."""
    return [one.name for one in row._meta.fields if getattr(row, one.attname) in ("", [], {}, None)]


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def letters_are_clean(tally: Tally) -> None:
    """No letter carries a tag of a stranger, a second subject or another reader."""
    for message in Message.objects.all():
        tally.checked("letters")
        if any(sign in message.html.lower() for sign in UNESCAPED):
            tally.fault("unescaped in a letter", message.kind, message.html[:500])
        head = message.subject + message.to_name + message.to_address
        if any(sign in head for sign in "\r\n\x00"):
            tally.fault("a line break in a head line", message.kind, head)


def pages_open(stage: Stage, tally: Tally) -> None:
    """What was kept of all that breaks no page for those who look at it."""
    looks = Tally()
    sender = Sender(looks)
    for role in ("host", "member"):
        browser = stage.browser(role)
        for route, _view in pages():
            sender.send(browser, Request("GET", stage.address(route), "a look afterwards"))
        for person in Person.objects.order_by("-created_at")[:10]:
            sender.send(browser, Request("GET", f"/members/{person.id}/", "a look afterwards"))
    tally.checked("pages looked at afterwards", looks.sent)
    tally.faults += looks.faults


def exports_are_read(stage: Stage, tally: Tally) -> None:
    """The spreadsheets and the personal data open again, and hold nothing that computes."""
    host = stage.browser("host")
    chapter = stage.world.cast.chapter.id
    for kind, read in (("csv", _cells_of_csv), ("xlsx", _cells_of_workbook)):
        content = _taken(host, f"/host/{chapter}/export.{kind}")
        for cell in read(content) if content else []:
            tally.checked(f"exported cells ({kind})")
            if kind == "csv" and any(line.startswith(FORMULA) for line in _pieces(cell)):
                tally.fault("a formula in an export", cell)
    held = _taken(stage.browser("member"), "/you/data/download/")
    if held:
        json.loads(held)
        tally.checked("personal exports")


def _taken(client: Client, path: str) -> bytes:
    answer = client.get(path)
    streamed = getattr(answer, "streaming", False)
    content: bytes = b"".join(answer.streaming_content) if streamed else answer.content  # type: ignore[attr-defined]
    return content if answer.status_code == 200 else b""


def _pieces(cell: str) -> list[str]:
    """A cell as cut by a spreadsheet that takes other signs for the end of one."""
    for sign in ("\r", "\n", "\t"):
        cell = cell.replace(sign, ";")
    return cell.split(";")


def _cells_of_csv(content: bytes) -> list[str]:
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return [cell for row in rows for cell in row]


def _cells_of_workbook(content: bytes) -> list[str]:
    book = load_workbook(io.BytesIO(content))
    cells = [cell for row in book.active.iter_rows() for cell in row]  # type: ignore[union-attr]
    assert all(cell.data_type in ("s", "n", "inlineStr") for cell in cells)
    return [str(cell.value or "") for cell in cells]
