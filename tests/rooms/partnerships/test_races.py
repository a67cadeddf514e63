"""Two at the same moment: one note, one deepening, one yes."""

from __future__ import annotations

from typing import Any

import pytest

from footbridge.core.errors import Conflict, Overtaken
from footbridge.mail.models import Message
from footbridge.partnerships import actions
from footbridge.partnerships.models import Deepening, DeepeningYes, LogEntry, Representative
from footbridge.people.models import Person
from tests.cast import Cast
from tests.nothing_lost.browser import at_once
from tests.rooms.partnerships import story

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_who_change_one_note_at_once_lose_nothing(cast: Cast) -> None:
    one = story.both_in(cast)
    row = actions.write(actor=cast.seeker, partnership=one, text="Mondays")

    def rewrites(told: tuple[Person, str]) -> str:
        person, text = told
        said: dict[str, Any] = {"entry": row.id, "text": text, "version": 1}
        try:
            actions.rewrite(actor=person, partnership=one, **said)
        except Overtaken as error:
            return f"sees {error.theirs['text']}"
        return text

    each = [(cast.seeker, "Tuesdays"), (cast.target, "Fridays")]
    found = at_once(rewrites, each, threads=2)
    kept = LogEntry.objects.get().text
    assert sorted(found) == sorted([kept, f"sees {kept}"])


def test_two_who_propose_to_deepen_at_once_deepen_it_together(cast: Cast) -> None:
    one = story.both_in(cast)

    def proposes(person: Person) -> None:
        actions.propose(actor=person, partnership=one, to="integrative")

    at_once(proposes, (cast.seeker, cast.target), threads=2)
    assert Deepening.objects.get().state == "agreed"
    assert DeepeningYes.objects.count() == 2
    assert story.fresh(one).kind == "integrative"


def test_a_yes_said_twice_at_once_counts_once(cast: Cast) -> None:
    one = story.begun(cast)
    side = story.party(one, 1)
    lena = cast.target
    at_once(lambda _time: actions.accept(actor=lena, party=side), range(2), threads=2)
    assert Representative.objects.filter(party=side).count() == 1
    told = Message.objects.filter(to_person=cast.seeker.id, kind="partnership_told")
    assert told.count() == 1


def test_a_yes_and_a_no_at_once_are_one_answer(cast: Cast) -> None:
    one = story.begun(cast)
    side = story.party(one, 1)

    lena = cast.target

    def says(act: Any) -> str:
        try:
            act(actor=lena, party=side)
        except Conflict:
            return "late"
        return "heard"

    found = at_once(says, (actions.accept, actions.decline), threads=2)
    assert sorted(found) == ["heard", "late"]
