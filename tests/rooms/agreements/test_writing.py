from __future__ import annotations

import pytest

from footbridge.agreements import actions, queries
from footbridge.agreements.models import Agreement, Clause, Wording
from footbridge.core.errors import Conflict, DomainError, NotAllowed, NotHere, Overtaken
from footbridge.journal.models import Entry
from footbridge.mail.models import Message
from footbridge.partnerships import actions as partnerships
from footbridge.partnerships.states import Move
from tests.cast import Cast
from tests.rooms.agreements import story
from tests.rooms.partnerships import story as sides

pytestmark = pytest.mark.django_db


def test_a_pilot_begins_with_what_the_partnership_says_of_itself(cast: Cast) -> None:
    one = story.begun(cast)
    card = queries.card(cast.target, one)
    said = {each.key: each.text for heading in card.headings for each in heading.clauses}
    assert said["purpose"] == "Nobody goes without"
    assert said["activities"] == "Soup, kept cold"
    assert said["interests"] == f"{cast.food_bank.name}: Fewer nights without"
    assert card.form == "pilot"
    assert card.standing == ""


def test_beginning_twice_gives_the_same_one(cast: Cast) -> None:
    one = story.begun(cast)
    again = actions.begin(actor=cast.target, partnership=one.partnership, form="full")
    assert again.id == one.id
    assert Agreement.objects.get().form == "pilot"


def test_who_stands_for_no_party_reads_and_writes_nothing(cast: Cast) -> None:
    one = story.begun(cast)
    for person in (cast.stranger, cast.host, cast.colleague):
        assert not queries.visible_to(person).exists()
        with pytest.raises(NotHere):
            queries.get(person, one.partnership_id)
        with pytest.raises(NotAllowed):
            actions.write_clause(actor=person, agreement=one, key="purpose", text="Mine")


def test_a_clause_keeps_how_it_read_before_and_who_wrote_it(cast: Cast) -> None:
    one = story.filled(cast)
    actions.write_clause(
        actor=cast.target, agreement=one, key="purpose", text="Soup, three times a week."
    )
    card = queries.clause(cast.seeker, one, "purpose")
    assert card.text == "Soup, three times a week."
    assert card.changed_by == cast.target.name
    assert [(was.text, was.by) for was in card.wordings] == [
        (story.PILOT["purpose"], cast.seeker.name),
        ("Nobody goes without", cast.seeker.name),
    ]


def test_two_who_write_the_same_clause_lose_nothing_and_both_hear_of_it(cast: Cast) -> None:
    one = story.filled(cast)
    seen = queries.clause(cast.seeker, one, "money").version
    mine = {"agreement": one, "key": "money", "version": seen}
    actions.write_clause(actor=cast.seeker, text="The firm pays the petrol.", **mine)
    with pytest.raises(Overtaken) as met:
        actions.write_clause(actor=cast.target, text="The food bank pays.", **mine)
    assert met.value.theirs["text"] == "The firm pays the petrol."
    assert story.text_of(cast, one, "money") == "The firm pays the petrol."
    letter = Message.objects.get(kind="agreement_met")
    assert letter.to_person == cast.seeker.id
    assert cast.target.name in letter.text
    assert "Money" in letter.text
    mine["version"] = met.value.version
    actions.write_clause(actor=cast.target, text="The food bank pays.", **mine)
    assert Wording.objects.filter(text="The firm pays the petrol.", by=cast.seeker).exists()


def test_a_page_that_somebody_else_changed_meanwhile_overwrites_nothing(cast: Cast) -> None:
    one = story.filled(cast)
    seen = story.fresh(one).version
    actions.write_clause(actor=cast.target, agreement=one, key="stop", text="If anybody is harmed.")
    with pytest.raises(Overtaken) as met:
        actions.write_pilot(
            actor=cast.seeker,
            agreement=one,
            clauses=story.PILOT,
            puts_in={},
            standing="contract",
            version=seen,
        )
    assert met.value.theirs["stop"] == "If anybody is harmed."
    assert story.text_of(cast, one, "stop") == "If anybody is harmed."
    assert story.fresh(one).standing == "non_binding"
    assert Message.objects.filter(kind="agreement_met", to_person=cast.target.id).count() == 1


def test_nothing_is_in_place_without_words_and_what_blocks_is_relevant(cast: Cast) -> None:
    one = story.filled(cast)
    write = {"actor": cast.seeker, "agreement": one}
    assert actions.write_clause(**write, key="stake", text="  ", level="fully").level == "missing"
    none = actions.write_clause(**write, key="stake", text="", level="not_relevant")
    assert none.level == "not_relevant"
    with pytest.raises(DomainError, match="write: none") as refused:
        actions.write_clause(**write, key="money", text="", level="not_relevant")
    assert refused.value.field == "level"


@pytest.mark.parametrize("text", ["soon", "2026-02-30", "07/04/2026"])
def test_a_day_is_a_day(cast: Cast, text: str) -> None:
    one = story.begun(cast)
    with pytest.raises(DomainError, match="2026-03-01"):
        actions.write_clause(actor=cast.seeker, agreement=one, key="review", text=text)
    assert not Clause.objects.filter(key="review").exists()


@pytest.mark.parametrize("key", ["contributions", "nothing", ""])
def test_only_clauses_that_there_are_are_written(cast: Cast, key: str) -> None:
    one = story.begun(cast)
    with pytest.raises(NotHere):
        actions.write_clause(actor=cast.seeker, agreement=one, key=key, text="x")


def test_a_pilot_grows_into_a_full_agreement_with_all_that_was_written(cast: Cast) -> None:
    one = story.filled(cast)
    before = {row.key: row.text for row in one.clauses.all()}
    actions.grow(actor=cast.target, agreement=one)
    actions.grow(actor=cast.target, agreement=one)
    card = queries.get_card(cast.target, one.partnership_id)
    said = {each.key: each.text for heading in card.headings for each in heading.clauses}
    assert card.form == "full"
    assert {key: said[key] for key in before} == before
    assert {"grievance", "upside", "people_change"} <= set(said)
    assert Entry.objects.filter(verb="agreements.grown").count() == 1


def test_nothing_is_written_once_the_partnership_closes_and_all_still_read(cast: Cast) -> None:
    one = story.filled(cast)
    partnerships.move(actor=cast.seeker, partnership=one.partnership, to=Move.CLOSE)
    with pytest.raises(Conflict, match="closing"):
        actions.write_clause(actor=cast.seeker, agreement=one, key="stop", text="Now")
    assert queries.get_card(cast.target, one.partnership_id).moves == ()
    assert sides.fresh(one.partnership).state == "closing"


def test_nothing_ends_before_it_begins(cast: Cast) -> None:
    one = story.filled(cast)
    with pytest.raises(DomainError, match="before it begins"):
        actions.write_clause(actor=cast.seeker, agreement=one, key="ends", text="2026-04-06")
    assert story.text_of(cast, one, "ends") == story.PILOT["ends"]
    days = {"begins": "2026-05-01", "ends": "2026-04-01"}
    with pytest.raises(DomainError) as refused:
        actions.write_pilot(
            actor=cast.seeker, agreement=one, clauses=days, puts_in={}, standing="contract"
        )
    assert refused.value.field == "ends"
    assert story.fresh(one).standing == "non_binding"
