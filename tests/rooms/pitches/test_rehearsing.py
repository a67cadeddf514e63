"""A peer listens first: yes, not now, silence; what they may read; what they noted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from footbridge.core import clock
from footbridge.core.errors import (
    Conflict,
    DomainError,
    LimitReached,
    LinkNotValid,
    NotAllowed,
    NotHere,
    Overtaken,
)
from footbridge.network import actions as network
from footbridge.people import actions as people
from footbridge.people import asks
from footbridge.people.models import Acquaintance, Person
from footbridge.people.quietly import MOST_ASKED
from footbridge.pitches import actions, keeping, queries
from footbridge.pitches.actions import Kit, Notes
from footbridge.pitches.models import Rehearsal
from footbridge.pitches.policy import ANSWERED_WITHIN, QUESTIONS
from footbridge.pitches.states import State
from tests.cast import Cast
from tests.rooms.pitches import story

pytestmark = pytest.mark.django_db
AFTERWARDS = ANSWERED_WITHIN + timedelta(hours=1)
NOTES = Notes(clear_ask="yes", their_words="partly", answered="no", heard="A dock", missing="Rent")


def _card(person: Person, row: Rehearsal) -> Any:
    return queries.rehearsal_card_of(person, queries.get_rehearsal(person, row.id))


def test_a_peer_reads_the_pitch_once_they_say_yes(cast: Cast) -> None:
    row = story.asked(cast)
    sent = story.letter("rehearsal_asked", cast.connector)
    assert sent.private
    assert "/rehearsal/" in sent.text
    assert "dock seven" not in sent.text
    before = _card(cast.connector, row)
    assert (before.pitch, before.email, before.moves) == (None, "", ("agree", "not_now"))
    with pytest.raises(NotHere):
        queries.get(cast.connector, row.pitch_id)
    actions.agree(actor=cast.connector, rehearsal=row)
    actions.agree(actor=cast.connector, rehearsal=row)
    card = _card(cast.connector, row)
    assert card.pitch.ask == story.KIT.ask
    assert not card.pitch.is_mine
    assert card.email == cast.seeker.email
    assert card.moves == ("note",)
    assert Acquaintance.objects.filter(person=cast.seeker, other=cast.connector).exists()
    assert story.letters().count("rehearsal_agreed") == 2
    with pytest.raises(NotHere):
        actions.change(actor=cast.connector, pitch=row.pitch, kit=Kit())


def test_the_least_for_a_day_is_read_by_a_peer_only_where_it_is_shown(cast: Cast) -> None:
    story.worth(cast.seeker)
    kept = story.asked(cast)
    shown = story.asked(cast, pitch=kept.pitch, peer=cast.host, shows_worth=True)
    assert _card(cast.host, shown).worth is None
    actions.agree(actor=cast.connector, rehearsal=kept)
    actions.agree(actor=cast.host, rehearsal=shown)
    assert _card(cast.connector, kept).worth is None
    assert _card(cast.host, shown).worth.day_rate == 450
    actions.withdraw(actor=cast.seeker, rehearsal=shown)
    with pytest.raises(NotHere):
        queries.get_rehearsal(cast.host, shown.id)
    with pytest.raises(NotHere):
        queries.get(cast.host, kept.pitch_id)


def test_nobody_of_the_other_side_is_asked_or_proposed(cast: Cast) -> None:
    assert [cast.target, cast.colleague, cast.connector]
    pitch = story.pitch(cast)
    proposed = {one.name for one in queries.could_be_asked(cast.seeker, pitch)}
    assert "Kofi Connector" in proposed
    assert not proposed & {"Lena Sought", "Tariq Colleague", "Rosa Seeker"}
    for other in (cast.target, cast.colleague):
        with pytest.raises(NotHere):
            story.asked(cast, pitch=pitch, peer=other)
    to_lena = story.pitch(cast, target=cast.target)
    for other in (cast.target, cast.colleague):
        with pytest.raises(NotHere):
            story.asked(cast, pitch=to_lena, peer=other)


def test_whom_one_knows_is_proposed_first_and_anybody_is_found_by_name(cast: Cast) -> None:
    pitch = story.pitch(cast)
    cast.person("Aaron Early")
    assert cast.stranger
    network.state_tie(actor=cast.seeker, other=cast.connector, strength="know")
    names = [one.name for one in queries.could_be_asked(cast.seeker, pitch)]
    assert names[:2] == ["Kofi Connector", "Aaron Early"]
    assert names[-1] == "Noor Stranger"
    found = queries.could_be_asked(cast.seeker, pitch, text="NÓOR")
    assert [one.name for one in found] == ["Noor Stranger"]


def test_a_refusal_is_silent_until_the_date_for_an_answer(cast: Cast) -> None:
    """After a no, after silence, and at every moment in between, the author sees the same."""
    refused = story.asked(cast)
    silent = story.asked(cast, pitch=refused.pitch, peer=cast.host)
    actions.not_now(actor=cast.connector, rehearsal=refused)
    for moment in (timedelta(), timedelta(days=6)):
        with clock.held_at(clock.now() + moment):
            assert actions.end_what_ran_out() == 0
            seen = [_card(cast.seeker, one) for one in (refused, silent)]
            assert [one.state for one in seen] == ["asked", "asked"]
            assert seen[0].moves == seen[1].moves == ("withdraw",)
    assert _card(cast.connector, refused).state == "not_now"
    with clock.held_at(clock.now() + AFTERWARDS):
        assert actions.end_what_ran_out() == 2
        assert actions.end_what_ran_out() == 0
        assert {_card(cast.seeker, one).state for one in (refused, silent)} == {"not_now"}
    assert story.letters(cast.seeker) == ["rehearsal_not_now"] * 2


def test_the_export_of_who_asked_tells_a_no_no_sooner(cast: Cast) -> None:
    from footbridge.pitches.personal import export

    row = story.asked(cast)
    before = export(cast.seeker)["rehearsals"]
    actions.not_now(actor=cast.connector, rehearsal=row)
    assert export(cast.seeker)["rehearsals"] == before
    assert export(cast.connector)["rehearsals"][0]["state"] == "not_now"


def test_notes_are_short_and_reach_the_author(cast: Cast) -> None:
    row = story.asked(cast)
    with pytest.raises(NotAllowed):
        actions.note_down(actor=cast.connector, rehearsal=row, notes=NOTES)
    actions.agree(actor=cast.connector, rehearsal=row)
    with pytest.raises(DomainError, match="at least one"):
        actions.note_down(actor=cast.connector, rehearsal=row, notes=Notes())
    with pytest.raises(DomainError):
        actions.note_down(actor=cast.connector, rehearsal=row, notes=Notes(clear_ask="maybe"))
    actions.note_down(actor=cast.connector, rehearsal=row, notes=NOTES, version=1)
    with pytest.raises(Overtaken):
        actions.note_down(actor=cast.connector, rehearsal=row, notes=NOTES, version=1)
    actions.note_down(actor=cast.connector, rehearsal=row, notes=NOTES)
    notes = queries.rehearsals_of(cast.seeker, row.pitch)[0].notes
    assert notes
    assert (notes.clear_ask_words, notes.answered_words, notes.heard) == (
        "Yes",
        "Not yet",
        "A dock",
    )
    assert story.letters(cast.seeker).count("rehearsal_noted") == 1
    with pytest.raises(NotAllowed):
        actions.note_down(actor=cast.seeker, rehearsal=row, notes=NOTES)


def test_only_the_two_know_of_a_rehearsal(cast: Cast) -> None:
    row = story.asked(cast)
    for other in (cast.host, cast.target):
        with pytest.raises(NotHere):
            queries.get_rehearsal(other, row.id)
        with pytest.raises(NotHere):
            actions.agree(actor=other, rehearsal=row)
    with pytest.raises(NotAllowed):
        actions.agree(actor=cast.seeker, rehearsal=row)


def test_who_withdraws_is_nobody_to_the_peer_any_more(cast: Cast) -> None:
    row = story.asked(cast)
    actions.withdraw(actor=cast.seeker, rehearsal=row)
    actions.withdraw(actor=cast.seeker, rehearsal=row)
    with pytest.raises(NotHere):
        queries.get_rehearsal(cast.connector, row.id)
    with pytest.raises(Conflict, match="withdrawn"):
        actions.agree(actor=cast.connector, rehearsal=row)
    assert queries.waiting_for(cast.connector) == []
    assert queries.listens_to(cast.connector) == []


def test_an_answer_after_the_date_comes_too_late(cast: Cast) -> None:
    row = story.asked(cast)
    with clock.held_at(clock.now() + AFTERWARDS), pytest.raises(Conflict, match="has passed"):
        actions.agree(actor=cast.connector, rehearsal=row)


def test_budgets_protect_those_who_are_asked(cast: Cast) -> None:
    pitch = story.pitch(cast)
    story.asked(cast, pitch=pitch)
    with pytest.raises(LimitReached, match="not long ago"):
        story.asked(cast, pitch=pitch)
    for number in range(MOST_ASKED - 1):
        story.asked(cast, pitch=pitch, peer=cast.person(f"Peer {number}"))
    with pytest.raises(LimitReached, match="wait for"):
        story.asked(cast, pitch=pitch, peer=cast.person("One More"))
    busy = cast.person("Bea Busy", asks_per_month=1)
    story.asked(cast, pitch=story.pitch(cast, author=cast.host), peer=busy)
    with pytest.raises(LimitReached, match="often enough"):
        story.asked(cast, pitch=story.pitch(cast, author=cast.deputy), peer=busy)
    with clock.held_at(clock.now() + asks.PERIOD + timedelta(days=1)):
        story.asked(cast, pitch=story.pitch(cast, author=cast.deputy), peer=busy)


def test_the_same_peer_is_asked_again_after_a_rest_or_once_they_noted(cast: Cast) -> None:
    row = story.asked(cast)
    actions.not_now(actor=cast.connector, rehearsal=row)
    with clock.held_at(clock.now() + ANSWERED_WITHIN + QUESTIONS.rests_for + timedelta(hours=1)):
        actions.end_what_ran_out()
        again = story.asked(cast, pitch=row.pitch)
        actions.agree(actor=cast.connector, rehearsal=again)
        actions.note_down(actor=cast.connector, rehearsal=again, notes=NOTES)
        story.asked(cast, pitch=row.pitch)


def test_pauses_and_distances_are_absolute(cast: Cast) -> None:
    pitch = story.pitch(cast)
    people.pause(actor=cast.connector, until=clock.today() + timedelta(days=9))
    with pytest.raises(NotHere):
        story.asked(cast, pitch=pitch)
    people.resume(actor=cast.connector)
    row = story.asked(cast, pitch=pitch)
    network.wish(actor=cast.connector, about=cast.seeker, wish="avoid")
    actions.agree(actor=cast.connector, rehearsal=row)
    assert story.fresh(row).state == State.NOT_NOW
    assert "rehearsal_agreed" not in story.letters()
    with pytest.raises(NotHere):
        queries.get(cast.connector, pitch.id)
    people.pause(actor=cast.seeker, until=clock.today() + timedelta(days=9))
    rosa = Person.objects.get(id=cast.seeker.id)
    with pytest.raises(NotAllowed, match="pausing"):
        actions.ask(actor=rosa, pitch=pitch, peer=cast.host)


def test_a_link_leads_each_of_the_two_and_changes_nothing(cast: Cast) -> None:
    row = story.asked(cast)
    for person in (cast.connector, cast.seeker):
        token = queries.rehearsal_path(row, person).split("/")[2]
        who, found = queries.rehearsal_by_link(token)
        assert (who.id, found.id, found.state) == (person.id, row.id, State.ASKED)
    with pytest.raises(LinkNotValid):
        queries.rehearsal_by_link(token[:-2])
    foreign = queries.rehearsal_path(row, cast.host).split("/")[2]
    with pytest.raises(LinkNotValid):
        queries.rehearsal_by_link(foreign)


def test_questions_in_vain_are_forgotten_after_a_year(cast: Cast) -> None:
    agreed = story.asked(cast, peer=cast.host)
    actions.agree(actor=cast.host, rehearsal=agreed)
    refused = story.asked(cast, pitch=agreed.pitch)
    actions.not_now(actor=cast.connector, rehearsal=refused)
    assert keeping.forget_old_rehearsals() == 0
    with clock.held_at(clock.now() + timedelta(days=373)):
        assert keeping.forget_old_rehearsals() == 1
    assert Rehearsal.objects.get().id == agreed.id


@pytest.mark.parametrize("many", [1, 3])
def test_a_list_of_rehearsals_takes_the_same_questions_for_one_and_three(
    cast: Cast, many: int, django_assert_num_queries: Any
) -> None:
    pitch = story.pitch(cast)
    for number in range(many):
        story.asked(cast, pitch=pitch, peer=cast.person(f"Peer {number}"))
    rosa = Person.objects.get(id=cast.seeker.id)
    with django_assert_num_queries(6):
        assert len(queries.rehearsals_of(rosa, pitch)) == many
