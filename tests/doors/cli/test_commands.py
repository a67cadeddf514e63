"""What each command says, and the exit code it leaves."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

import pytest
from django.core.management import call_command

from footbridge.cli import commands
from footbridge.cli.__main__ import main
from footbridge.core import links
from footbridge.exchange import actions as exchange
from footbridge.journal import actions as journal
from footbridge.journal.models import Delivery, Entry
from footbridge.mail import actions as mail
from footbridge.mail.models import Message
from footbridge.mail.states import MessageState
from footbridge.people.models import Chapter, Host, Person
from footbridge.people.states import Hosting, Standing
from tests.cast import Cast

pytestmark = pytest.mark.django_db

HELLO = """
from footbridge.core.errors import DomainError, NotHere
from django.db.utils import OperationalError

def register(subparsers):
    parser = subparsers.add_parser("hello", help="Say hello")
    parser.add_argument("how")
    parser.set_defaults(run=hello)

def hello(options):
    if options.how == "rude":
        raise DomainError("mind your words")
    if options.how == "nowhere":
        raise NotHere
    if options.how == "unready":
        raise OperationalError("no such table: people_member\\nmore")
    if options.how == "stopped":
        raise KeyboardInterrupt
    print("hello", options.how)
    return 7 if options.how == "seven" else None
"""


@pytest.fixture
def with_hello(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that someone else put beside ours."""
    (tmp_path / "hello.py").write_text(HELLO)
    monkeypatch.setattr(commands, "__path__", [*commands.__path__, str(tmp_path)])


def test_help_names_every_command_that_is_there(
    with_hello: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--help"]) == 0
    said = capsys.readouterr().out
    for command in ("check", "hello", "host", "link", "migrate", "serve", "work"):
        assert f"\n    {command} " in said


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ([], "required: COMMAND"),
        (["dance"], "invalid choice: 'dance'"),
        (["link"], "required: email"),
        (["serve", "--port", "many"], "argument --port"),
        (["serve", "--port", "70000"], "1 to 65535"),
        (["host", "a@example.org", "--name", "A"], "required: --chapter"),
    ],
)
def test_a_line_that_makes_no_sense_ends_with_two(
    words: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    said = capsys.readouterr()
    assert complaint in said.err
    assert said.out == ""


@pytest.mark.parametrize(
    ("how", "code", "out", "err"),
    [
        ("kindly", 0, "hello kindly\n", ""),
        ("seven", 7, "hello seven\n", ""),
        ("rude", 1, "", "footbridge: mind your words\n"),
        ("nowhere", 1, "", "footbridge: there is no such thing here\n"),
        (
            "unready",
            1,
            "",
            "footbridge: the database is not ready (no such table: people_member). "
            "Try: footbridge migrate\n",
        ),
        ("stopped", 1, "", "footbridge: stopped\n"),
    ],
)
def test_a_command_that_was_put_there_is_found_and_its_refusals_are_told(
    with_hello: None,
    how: str,
    code: int,
    out: str,
    err: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["hello", how]) == code
    assert tuple(capsys.readouterr()) == (out, err)


def test_migrate_has_nothing_to_say_when_all_is_done(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["migrate", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"applied": []}


def test_a_link_is_good_for_one_person_and_an_hour(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    email = cast.target.email or ""
    assert main(["link", email.upper()]) == 0
    address = capsys.readouterr().out.strip()
    token = address.removeprefix("http://127.0.0.1:8000/sign-in/by/").rstrip("/")
    assert links.read(token, "sign-in").thing == cast.target.id
    assert main(["link", email, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["link"].startswith("http://127.0.0.1:8000/sign-in/")


def test_there_is_no_link_for_who_is_not_here_or_has_not_joined(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["link", "nobody@example.org"]) == 1
    assert "nobody here has the address nobody@example.org" in capsys.readouterr().err
    assert main(["link", cast.listed.email or ""]) == 1
    assert "Ivo Listed has not joined" in capsys.readouterr().err
    assert main(["link", cast.food_bank.name]) == 1
    assert "nobody here" in capsys.readouterr().err


HOST = ["host", "Hana@Example.org", "--name", "Hana", "--chapter", "Quay"]


def test_the_first_host_founds_a_chapter_and_gets_a_way_in(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([*HOST, "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    chapter, person = Chapter.objects.get(), Person.objects.get()
    assert (made["chapter"], made["person"]) == (str(chapter.id), str(person.id))
    assert (chapter.name, person.name, person.email) == ("Quay", "Hana", "hana@example.org")
    assert person.standing == Standing.JOINED
    assert Host.objects.get().role == Hosting.HOST
    token = made["link"].split("/sign-in/by/")[1].rstrip("/")
    assert links.read(token, "sign-in").thing == person.id


def test_a_member_can_be_made_host_of_a_further_chapter(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    email = cast.target.email or ""
    assert main(["host", email, "--name", "Lena", "--chapter", "Quay"]) == 0
    assert "Lena Sought looks after Quay" in capsys.readouterr().out
    assert Host.objects.get(person=cast.target).chapter.name == "Quay"


def test_a_refused_host_leaves_nothing_behind(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["host", "no address", "--name", "X", "--chapter", "Quay"]) == 1
    assert capsys.readouterr().err.startswith("footbridge: ")
    assert not Chapter.objects.filter(name="Quay").exists()
    assert main(HOST) == 0
    assert main(["host", "other@example.org", "--name", "O", "--chapter", "Quay"]) == 1
    assert "has a host already" in capsys.readouterr().err


def test_work_once_carries_the_news_that_waits(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told: list[Entry] = []
    monkeypatch.setattr(journal, "_subscribers", {"test.happened": [("ear", told.append)]})
    entry = journal.record("test.happened", uuid.uuid4())
    assert main(["work", "--once", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["done"] >= 1
    assert told == [entry]
    assert main(["work", "--once"]) == 0
    assert capsys.readouterr().out == "Nothing was due.\n"


def test_check_finds_nothing_in_a_sound_installation(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    exchange.open_need(actor=cast.seeker, owner=cast.seeker, text="A van")
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "All is well.\n"
    assert main(["check", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"ok": True, "findings": []}


def test_check_tells_of_news_and_mail_that_got_stuck(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = journal.record("test.happened", cast.seeker.id)
    Delivery.objects.create(entry=entry, subscriber="ear", attempts=3, error="ValueError: deaf")
    mail.send("sign_in_code", to_address="a@example.org", context={"code": "123"})
    Message.objects.update(state=MessageState.FAILED, error="refused by the server")
    assert main(["check"]) == 1
    assert capsys.readouterr().out == (
        "news: 1 could not be delivered; ear said: ValueError: deaf\n"
        "mail: 1 messages were not taken; the server said: refused by the server\n"
    )
    assert main(["check", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [(each["about"], each["count"]) for each in found["findings"]] == [
        ("news", 1),
        ("mail", 1),
    ]


def test_check_tells_of_steps_that_the_database_lacks(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from footbridge.cli.commands import check

    monkeypatch.setattr(check, "pending_migrations", lambda: ["people.0002_more"])
    assert main(["check"]) == 1
    assert capsys.readouterr().out == ("database: 1 steps are missing. Run: footbridge migrate\n")


def test_the_models_and_their_migrations_agree() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
