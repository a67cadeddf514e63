"""Preparing a talk: one's own alone, changed without losing words, and how it went."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from footbridge.core import clock
from footbridge.core.audience import OPERATOR
from footbridge.core.errors import DomainError, LimitReached, NotHere, Overtaken
from footbridge.people import actions as people
from footbridge.people.models import Person
from footbridge.pitches import actions, policy, queries
from footbridge.pitches.actions import Kit, Met, Sheet
from footbridge.pitches.models import Pitch, Reading, Worth
from footbridge.pitches.personal import export
from tests.cast import Cast
from tests.rooms.pitches import story

pytestmark = pytest.mark.django_db


def test_a_pitch_is_its_authors_alone(cast: Cast) -> None:
    pitch = story.pitch(cast, on_behalf_of=cast.food_bank, contact=cast.target)
    card = queries.pitch_card_of(cast.seeker, queries.get(cast.seeker, pitch.id))
    assert (card.target_name, card.contact and card.contact.name) == (
        "Northwind Cold Chain",
        "Lena Sought",
    )
    assert card.ask == story.KIT.ask
    for other in (cast.target, cast.host, cast.connector, OPERATOR):
        with pytest.raises(NotHere):
            queries.get(other, pitch.id)
        with pytest.raises(NotHere):
            queries.get_own(other, pitch.id)


def test_a_pitch_can_be_for_a_name_from_outside(cast: Cast) -> None:
    pitch = story.pitch(cast, target_name="  Ministry of\nFish ")
    assert queries.pitch_card_of(cast.seeker, pitch).target_name == "Ministry of Fish"
    with pytest.raises(DomainError) as caught:
        story.pitch(cast, target_name=" ")
    assert caught.value.field == "target_name"


def test_nobody_speaks_for_others_or_to_whom_they_do_not_see(cast: Cast) -> None:
    with pytest.raises(NotHere):
        story.pitch(cast, on_behalf_of=cast.city)
    with pytest.raises(NotHere):
        story.pitch(cast, target=cast.listed)
    with pytest.raises(NotHere):
        story.pitch(cast, contact=cast.listed)


def test_changing_it_from_an_old_page_shows_both(cast: Cast) -> None:
    pitch = story.pitch(cast)
    better = replace(story.KIT, ask="One night?")
    actions.change(actor=cast.seeker, pitch=pitch, kit=better, version=1)
    with pytest.raises(Overtaken) as caught:
        actions.change(actor=cast.seeker, pitch=pitch, kit=story.KIT, version=1)
    assert caught.value.theirs["ask"] == "One night?"
    assert Pitch.objects.get().ask == "One night?"
    with pytest.raises(NotHere):
        actions.change(actor=cast.target, pitch=pitch, kit=Kit())


def test_how_it_went_is_kept_with_it(cast: Cast) -> None:
    pitch = story.pitch(cast)
    met = Met("goes_on", clock.today(), "They want a trial in May.")
    actions.tell(actor=cast.seeker, pitch=pitch, met=met)
    card = queries.pitch_card_of(cast.seeker, queries.get_own(cast.seeker, pitch.id))
    assert (card.went_label, card.went_words) == ("We talk on", "They want a trial in May.")
    wrong: list[tuple[Met, str]] = [
        (Met(""), "went"),
        (Met("perhaps"), "went"),
        (Met("yes", clock.today() + timedelta(days=2)), "met_on"),
        (Met("yes", date(1902, 1, 1)), "met_on"),
    ]
    for said, field in wrong:
        with pytest.raises(DomainError) as caught:
            actions.tell(actor=cast.seeker, pitch=pitch, met=said)
        assert caught.value.field == field


def test_who_takes_a_pitch_away_takes_its_rehearsals_and_letters_along(cast: Cast) -> None:
    asked = story.asked(cast)
    with pytest.raises(NotHere):
        actions.forget(actor=cast.connector, pitch=asked.pitch)
    actions.forget(actor=cast.seeker, pitch=asked.pitch)
    assert not Pitch.objects.exists()
    assert queries.waiting_for(cast.connector) == []
    assert story.letters() == []


def test_somebody_keeps_so_many_and_no_more(cast: Cast, monkeypatch: Any) -> None:
    monkeypatch.setattr(policy, "MOST_PITCHES", 1)
    monkeypatch.setattr(policy, "MOST_READINGS", 1)
    story.pitch(cast)
    with pytest.raises(LimitReached):
        story.pitch(cast)
    actions.put(actor=cast.seeker, title="One")
    with pytest.raises(LimitReached):
        actions.put(actor=cast.seeker, title="Two")


def test_the_sheet_is_its_authors_alone(cast: Cast) -> None:
    story.worth(cast.seeker)
    assert queries.own_worth(cast.seeker).day_rate == 450
    assert queries.own_worth(cast.connector).day_rate is None
    assert not policy.worth_of(OPERATOR).exists()
    with pytest.raises(Overtaken):
        actions.write_worth(actor=cast.seeker, sheet=Sheet(), version=0)
    actions.write_worth(actor=cast.seeker, sheet=Sheet(brings="Four"), version=1)
    row = Worth.objects.get()
    assert (row.day_rate, row.currency, row.version) == (None, "", 2)


@pytest.mark.parametrize(
    ("sheet", "field"),
    [
        (Sheet(day_rate=0, currency="EUR"), "day_rate"),
        (Sheet(day_rate=10**12, currency="EUR"), "day_rate"),
        (Sheet(day_rate=450), "currency"),
        (Sheet(day_rate=450, currency="eur"), "currency"),
    ],
)
def test_a_rate_is_an_amount_in_a_currency(cast: Cast, sheet: Sheet, field: str) -> None:
    with pytest.raises(DomainError) as caught:
        actions.write_worth(actor=cast.seeker, sheet=sheet)
    assert caught.value.field == field


def test_others_see_of_the_shelf_what_is_shared(cast: Cast) -> None:
    link = "https://example.org/aikido"
    shared = actions.put(actor=cast.seeker, title="Aikido", link=link, why="x", is_shared=True)
    actions.put(actor=cast.seeker, title="For me")
    assert [one.title for one in queries.shelf(cast.connector)] == ["Aikido"]
    assert {one.title for one in queries.shelf(cast.seeker)} == {"Aikido", "For me"}
    with pytest.raises(NotHere):
        actions.take_off(actor=cast.connector, reading=shared)
    actions.take_off(actor=cast.seeker, reading=shared)
    assert Reading.objects.count() == 1


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://example.org/x", "no link"])
def test_a_link_on_the_shelf_leads_to_the_web(cast: Cast, link: str) -> None:
    with pytest.raises(DomainError) as caught:
        actions.put(actor=cast.seeker, title="Aikido", link=link)
    assert caught.value.field == "link"


def test_who_leaves_takes_all_along_and_what_was_drawn_from_them(cast: Cast) -> None:
    story.asked(cast)
    story.worth(cast.seeker)
    actions.put(actor=cast.seeker, title="Aikido", is_shared=True)
    kit = replace(story.KIT, decider="Rosa Seeker", theirs="What Rosa said")
    other = story.pitch(cast, author=cast.host, target=cast.seeker, kit=kit)
    known = story.pitch(cast, author=cast.host, contact=cast.seeker)
    people.erase(actor=cast.seeker, person=cast.seeker)
    assert set(Pitch.objects.values_list("id", flat=True)) == {other.id, known.id}
    left = queries.pitch_card_of(cast.host, queries.get(cast.host, other.id))
    assert (left.target, left.target_name, left.decider, left.theirs) == (None, "", "", "")
    assert left.story == story.KIT.story
    assert Pitch.objects.get(id=known.id).contact_id is None
    assert not Worth.objects.exists()
    assert not Reading.objects.exists()
    assert queries.waiting_for(cast.connector) == []
    assert story.letters() == []


def test_the_export_holds_all_that_somebody_wrote(cast: Cast) -> None:
    story.asked(cast)
    story.worth(cast.seeker)
    story.writes(cast.seeker)
    actions.put(actor=cast.seeker, title="Aikido")
    told = export(cast.seeker)
    assert told["pitches"][0]["target"] == "Northwind Cold Chain"
    assert told["worth"][0]["day_rate"] == 450
    assert told["cards"][0]["fears"] == story.FEARS
    assert told["readings"][0]["title"] == "Aikido"
    assert told["rehearsals"][0]["peer"] == "Kofi Connector"
    theirs = export(cast.connector)
    assert theirs["rehearsals"][0]["role"] == "peer"
    assert theirs["pitches"] == []
    assert "dock seven" not in str(theirs)


@pytest.mark.parametrize("many", [1, 3])
def test_a_list_of_pitches_takes_the_same_questions_for_one_and_three(
    cast: Cast, many: int, django_assert_num_queries: Any
) -> None:
    for number in range(many):
        story.pitch(cast, target=cast.person(f"Guest {number}", at=cast.city))
    rosa = Person.objects.get(id=cast.seeker.id)
    with django_assert_num_queries(3):
        assert len(queries.mine(rosa)) == many
