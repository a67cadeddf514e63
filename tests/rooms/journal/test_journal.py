"""News travels from the journal to those who subscribed, at least once, and is never rewritten."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import transaction

from footbridge.core import clock
from footbridge.journal import actions
from footbridge.journal.models import Delivery, Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[Entry]:
    """What a subscriber of `test.happened` was told."""
    told: list[Entry] = []
    monkeypatch.setattr(actions, "_subscribers", {"test.happened": [("ear", told.append)]})
    return told


def test_news_reaches_a_subscriber_once(heard: list[Entry]) -> None:
    entry = actions.record("test.happened", uuid.uuid4(), facts={"colour": "blue"})
    assert actions.deliver_due() == 1
    assert heard == [entry]
    assert actions.deliver_due() == 0


def test_news_of_a_change_that_was_rolled_back_is_not_told(heard: list[Entry]) -> None:
    with transaction.atomic():
        actions.record("test.happened", uuid.uuid4())
        transaction.set_rollback(True)
    assert actions.deliver_due() == 0
    assert heard == []


def test_a_failing_subscriber_is_asked_again_later(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[Entry] = []

    def stumble_once(entry: Entry) -> None:
        calls.append(entry)
        if len(calls) == 1:
            raise ValueError("not today")

    monkeypatch.setattr(actions, "_subscribers", {"test.happened": [("ear", stumble_once)]})
    actions.record("test.happened", uuid.uuid4())
    assert actions.deliver_due() == 0
    assert Delivery.objects.get().error == "ValueError: not today"
    with clock.held_at(clock.now() + timedelta(minutes=1)):
        assert actions.deliver_due() == 1
    assert len(calls) == 2
    assert not Delivery.objects.exists()


def test_what_a_failing_subscriber_had_written_is_undone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def write_then_fail(entry: Entry) -> None:
        actions.record("test.followed", entry.subject)
        raise ValueError

    monkeypatch.setattr(actions, "_subscribers", {"test.happened": [("ear", write_then_fail)]})
    actions.record("test.happened", uuid.uuid4())
    actions.deliver_due()
    assert not Entry.objects.filter(verb="test.followed").exists()


def test_entries_cannot_be_changed_or_removed() -> None:
    entry = actions.record("test.happened", uuid.uuid4())
    for attempt in (
        entry.save,
        entry.delete,
        Entry.objects.all().delete,
        lambda: Entry.objects.update(verb="other"),
    ):
        with pytest.raises(TypeError, match="append-only"):
            attempt()
