"""The demo comes with one command, goes with another, and is never mixed with anyone real."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.apps import apps

from footbridge import demo
from footbridge.cli.__main__ import main
from footbridge.core.audience import OPERATOR
from footbridge.intake import actions as intake
from footbridge.intake.models import Batch
from footbridge.intake.sheets import folder
from footbridge.journal.models import Entry
from footbridge.mail.models import Message
from footbridge.mail.states import MessageState
from footbridge.people.models import Chapter, Member, Person, Place
from tests.cast import Cast

pytestmark = pytest.mark.django_db

ROOMS = (
    "people",
    "network",
    "exchange",
    "introductions",
    "meetings",
    "hours",
    "calls",
    "funding",
    "intake",
    "mail",
)


def test_two_loads_give_the_same_ids() -> None:
    demo.load()
    before = _ids()
    demo.load(again=True)
    assert _ids() == before
    assert len(before["network.tie"]) > 500


def _ids() -> dict[str, set[Any]]:
    """The ids of every row of the rooms, but for the shipped words and for the links between
    tables, which are only counted."""
    return {
        model._meta.label_lower: set(model._default_manager.values_list("pk", flat=True))
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
        if not model._meta.proxy
    }


def test_wiping_leaves_nothing_but_the_journal_and_who_is_real(
    cast: Cast, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    assert main(["demo", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["personas"]) == 6
    assert not Message.objects.filter(state=MessageState.WAITING).exists()
    real = cast.seeker
    before = _ids()
    told = Entry.objects.count()
    assert demo.wipe() == 215
    assert _ids() == {label: set() for label in before} | _of_real(before, real)
    assert Entry.objects.count() > told


def _of_real(before: dict[str, set[Any]], real: Person) -> dict[str, set[Any]]:
    """What is left: the real member, where they work, their chapter and town, the words."""
    [work] = real.affiliations.all()
    kept = {"exchange.skill", "exchange.cause", "exchange.edition"}
    return {label: before[label] for label in kept} | {
        "people.member": {real.id, work.organisation_id},
        "people.affiliation": {work.id},
        "people.chapter": {real.chapter_id},
        "people.place": {real.place_id},
    }


def test_the_wipe_takes_the_lists_that_were_brought_in_to_look_around(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    demo.load()
    [chapter, *_others] = Chapter.objects.filter(is_demo=True)
    text = b"Name,Email\nSomebody Else,somebody@example.org\n"
    batch = intake.read_file(actor=OPERATOR, chapter=chapter, source=text, name="list.csv")
    assert folder(batch.id).exists()
    with django_capture_on_commit_callbacks(execute=True):
        demo.wipe()
    assert not folder(batch.id).exists()
    assert not Batch.objects.exists()
    assert not Place.objects.exists()


def test_the_demo_is_not_mixed_with_real_people(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cast.seeker
    assert main(["demo"]) == 1
    assert "there are real people here" in capsys.readouterr().err
    assert main(["demo", "--again"]) == 1
    assert main(["demo", "--if-empty"]) == 0
    assert capsys.readouterr().out == ""
    assert not Member.objects.filter(is_demo=True).exists()


def test_the_command_loads_once_says_whom_to_be_and_wipes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["demo", "--if-empty"]) == 0
    said = capsys.readouterr().out
    assert "145 invented people in 70 organisations and 2 chapters." in said
    assert "Gwen Tarrow" in said
    assert main(["demo", "--if-empty"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["demo"]) == 1
    assert "--again" in capsys.readouterr().err
    assert main(["demo", "--wipe", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"wiped": 215}
    assert main(["demo", "--wipe"]) == 0
    assert capsys.readouterr().out == "There is no demo here.\n"


def test_what_cannot_be_wanted_together_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--wipe", "--again"]) == 2
    assert "not allowed with" in capsys.readouterr().err
