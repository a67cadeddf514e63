"""Text of people is text wherever it stands: in every page, picture, letter, list and export.

Nothing of theirs is rendered as HTML or Markdown anywhere, so nothing needs to be cleaned; these
tests hold it to that. Every column that may hold words is filled with a tag and with what breaks
out of an attribute, and then everything is opened by everyone.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.utils import translation

import footbridge
from footbridge.core import clock
from footbridge.mail import actions as mail
from footbridge.mail.models import Message
from tests.badinput.sending import faults_of
from tests.badinput.stage import filled_in
from tests.badinput.strings import COMPUTED, MARK, UNESCAPED
from tests.badinput.surface import pages
from tests.cast import Cast
from tests.doors.web.world import PEOPLE, World, build

pytestmark = pytest.mark.django_db

PACKAGE = Path(footbridge.__file__).parent
CANARY = f"<{MARK}>{MARK}\" on{MARK}=1 {{{{7*191}}}}{MARK} {MARK}' on{MARK}=1"
ROOMS = (
    "people",
    "network",
    "exchange",
    "circles",
    "expertise",
    "introductions",
    "meetings",
    "hours",
    "calls",
    "funding",
    "assignments",
    "partnerships",
    "agreements",
    "pitches",
    "intake",
    "mail",
)
# Texts that a program writes and reads: codes, keys, addresses, rendered letters.
CODES = re.compile(
    r"^(key|code|state|kind|role|once|digest|email|folded|look|html|shape|header|standing|door|"
    r"country|language|scheme|value|verdict|strength|answer|reason|wish|outcome|sector|basis|"
    r"format|holding|part|timezone|felt|level|carries|line|theme|seen_by|"
    r"to_address|media_type|network|version|precision|hosting|token|move|how_sure|error|claim|path|source|ending)$"
)


def worded_fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The columns of a table that hold what somebody typed."""
    return [
        field
        for field in model._meta.local_fields
        if type(field) in (models.CharField, models.TextField, models.URLField)
        and not field.choices
        and not field.unique
        and not CODES.match(field.name)
        and (field.max_length or 9999) >= 30
    ]


def fill_with_canaries() -> int:
    """Write the canary into every such column of every row; returns how many columns."""
    filled = 0
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            for field in worded_fields(model) if not model._meta.proxy else []:
                if model._base_manager.update(**{field.name: CANARY[: field.max_length]}):
                    filled += 1
    return filled


@pytest.fixture
def world(cast: Cast) -> World:
    return build(cast)


@pytest.mark.parametrize("who", PEOPLE)
def test_no_page_shows_what_people_typed_as_anything_but_text(world: World, who: str) -> None:
    shown, wrong, links = 0, {}, world.tokens()
    assert fill_with_canaries() >= 15
    client = world.client(who)
    for route, _view in pages():
        if "(" in route:
            continue
        answer = client.get(filled_in(route, world.ids(), links))
        found = faults_of(answer) + ([f"{answer.status_code}"] if answer.status_code >= 500 else [])
        if found:
            wrong[route] = found
        shown += not answer.streaming and f"&lt;{MARK}&gt;".encode() in answer.content
    assert wrong == {}
    assert shown >= {"member": 12, "host": 18}.get(who, 0)


def test_the_api_answers_in_json_that_no_browser_takes_for_a_page(world: World) -> None:
    from footbridge.people import actions as people

    fill_with_canaries()
    secret = people.make_token(actor=world.cast.seeker, name="mine")[1]
    for path in ("/me", "/members", "/needs", "/introductions", "/ties", "/me/data"):
        answer = Client().get(f"/api/v1{path}", HTTP_AUTHORIZATION=f"Bearer {secret}")
        assert answer.headers["Content-Type"].startswith("application/json"), path
        assert answer.headers["X-Content-Type-Options"] == "nosniff", path
        answer.json()


# Letters that are plain text alone go another way (`mail/sealed.py`) and have no markup.
# How many of something; everything else that a letter is given may have been typed.
NUMBERS = ("many",)
KINDS = sorted(path.parent.name for path in (PACKAGE / "mail/templates/mail").glob("*/body.html"))


class Anything(str):
    """Stands for whatever a letter asks for: a text, its parts, each of them the canary."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name in ("resolve_expression", "as_sql"):
            raise AttributeError(name)
        return Anything(CANARY)


@pytest.mark.parametrize("language", ["en", "es", "fr"])
@pytest.mark.parametrize("kind", KINDS)
def test_no_letter_carries_what_people_typed_as_anything_but_text(kind: str, language: str) -> None:
    folder = PACKAGE / "mail/templates/mail" / kind
    source = "".join(path.read_text() for path in folder.iterdir())
    names = set(re.findall(r"[{ (=](\w+)(?:\.\w+)*\s*(?:\||\}\}|%\}|\s)", source))
    context = {name: Anything(CANARY) for name in names if name not in ("links", "code")}
    context |= dict.fromkeys(("expires_at", "since", "until", "day"), clock.now())
    context |= dict.fromkeys(NUMBERS, 3)
    with translation.override(language):
        message = mail.send(
            kind,
            to_address="ana@example.org",
            to_name=CANARY,
            language=language,
            context=context,
            links=[(CANARY, "/i/x")],
        )
    assert message is not None
    assert not any(sign in message.html for sign in UNESCAPED)
    assert COMPUTED not in message.html + message.text + message.subject
    assert f"&lt;{MARK}&gt;" in message.html


LINES = ["Ana\r\nBcc: x@evil.example", "Ana\nX: 1", "Ana\x00\r\x85Subject: y", "Ana\u2028Bcc: z"]


@pytest.mark.parametrize("name", LINES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_name_with_line_breaks_adds_no_head_line_to_a_letter(
    cast: Cast, settings: Any, mailoutbox: list[Any], kind: str, name: str
) -> None:
    settings.EMAIL_HOST = "mail.example"
    words = ("seeker", "target", "connector", "other", "chapter", "applicant", "sender_name")
    context = dict.fromkeys(words, name) | dict.fromkeys(NUMBERS, 3)
    mail.send(kind, to_address="ana@example.org", to_name=name, context=context)
    assert mail.deliver_due() == 1
    assert Message.objects.get().error == ""
    (letter,) = mailoutbox
    head = letter.message()
    assert set(head.keys()) <= {
        *("Content-Type", "MIME-Version", "Subject", "From", "To", "Date", "Message-ID"),
        *("Content-Transfer-Encoding", "Auto-Submitted", "X-Auto-Response-Suppress"),
    }
    assert head.get_all("To") == ["ana@example.org"]


def test_no_template_switches_the_escaping_off_for_what_people_type() -> None:
    """Plain-text letters have no markup to escape; help texts are ours."""
    pages_with_holes = [
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.html")
        if re.search(r"\|\s*safe\b|autoescape off|safeseq", path.read_text())
    ]
    assert pages_with_holes == ["web/templates/cotton/_field_words.html"]
    letters = [
        path
        for path in (PACKAGE / "mail/templates").rglob("*.txt")
        if "autoescape off" not in path.read_text()
        and re.search(r"\{\{\s*(?!code\b)", path.read_text())
    ]
    assert letters == []


def test_no_code_calls_what_people_type_safe() -> None:
    """Only words of our own are called safe, the pictures, which escape each text, and what a
    public call says to machines, where nothing can end the element that it stands in."""
    marked = re.compile(r"mark_safe\((?![\"'])|SafeString\(|SafeText\(|import markdown|__html__")
    found = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if marked.search(path.read_text())
    }
    assert found == {"web/pictures/svg.py", "web/calls/structured.py"}


@pytest.mark.parametrize("name", ['a"b\r\nX-Evil: 1', "../../etc", "é\u202e", "a" * 120, "'x'"])
def test_the_file_names_of_exports_are_ours(world: World, name: str) -> None:
    chapter = world.cast.chapter
    type(chapter).objects.filter(id=chapter.id).update(name=name)
    client = world.client("host")
    ours = re.compile(r'attachment; filename="[a-z0-9.-]+"')
    paths = [f"/host/{chapter.id}/export.csv", f"/host/{chapter.id}/export.xlsx"]
    paths += [f"/host/imports/{world.batch.id}/refused.csv", "/you/data/download/"]
    for path in paths:
        answer = client.get(path)
        assert ours.fullmatch(answer.headers["Content-Disposition"]), path
        assert "X-Evil" not in answer.headers
