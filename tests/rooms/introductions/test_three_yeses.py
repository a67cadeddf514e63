"""From a note in the drawer to two people who met: each yes in its turn, nobody asked early."""

from __future__ import annotations

from datetime import date

import pytest

from footbridge.core.errors import DomainError, NotAllowed, NotHere
from footbridge.introductions import actions, queries
from footbridge.introductions.models import Introduction
from footbridge.introductions.states import Outcome, Shown, State
from footbridge.journal.models import Entry
from tests.cast import Cast
from tests.rooms.introductions import story

pytestmark = pytest.mark.django_db


def verbs() -> list[str]:
    return [e.verb.removeprefix("introductions.") for e in Entry.objects.order_by("at", "verb")]


def test_a_draft_asks_nobody_and_only_its_seeker_knows(cast: Cast) -> None:
    introduction = story.drafted(cast)
    assert story.kinds() == []
    assert queries.list_for(cast.connector) == []
    with pytest.raises(NotHere):
        queries.get(cast.connector, introduction.id)
    card = story.seen_by(cast.seeker, introduction)
    assert (card.shown, card.note.what_i_ask) == (Shown.DRAFT, story.NOTE["what_i_ask"])
    assert card.moves == ("write", "ask", "withdraw")


def test_a_note_is_saved_as_it_is_written(cast: Cast) -> None:
    introduction = story.drafted(cast)
    actions.write(actor=cast.seeker, introduction=introduction, how_long="Half\tan hour ")
    introduction.refresh_from_db()
    assert introduction.how_long == "Half an hour"
    assert introduction.why_you == story.NOTE["why_you"]


def test_beginning_again_goes_on_with_the_draft(cast: Cast) -> None:
    first = story.drafted(cast)
    story.tie(cast.seeker, cast.colleague)
    second = actions.draft(actor=cast.seeker, target=cast.target, connector=cast.colleague)
    assert (second.id, second.connector, second.why_you) == (
        first.id,
        cast.colleague,
        story.NOTE["why_you"],
    )
    assert Introduction.objects.count() == 1


def test_a_part_that_is_too_long_is_named(cast: Cast) -> None:
    introduction = story.drafted(cast)
    with pytest.raises(DomainError, match="at most 100") as refused:
        actions.write(actor=cast.seeker, introduction=introduction, how_long="x" * 101)
    assert refused.value.field == "how_long"


@pytest.mark.parametrize("part", ["why_you", "what_i_ask"])
def test_a_note_without_its_heart_is_not_sent(cast: Cast, part: str) -> None:
    introduction = story.drafted(cast)
    actions.write(actor=cast.seeker, introduction=introduction, **{part: "  "})
    with pytest.raises(DomainError, match="is missing") as refused:
        actions.ask(actor=cast.seeker, introduction=introduction)
    assert refused.value.field == part
    assert story.kinds() == []


def test_the_connector_is_asked_first_and_alone(cast: Cast) -> None:
    introduction = story.asked(cast)
    assert story.kinds() == [("ask_connector", "Kofi Connector")]
    letter = story.letters()[0]
    assert "Rosa Seeker asks you for an introduction to Lena Sought" in letter.subject
    assert story.NOTE["why_you"] in letter.text
    assert story.NOTE["why_you"] in letter.html
    assert queries.list_for(cast.target) == []
    card = story.seen_by(cast.connector, introduction)
    assert (card.shown, card.answer_by) == (Shown.YOURS, date(2026, 3, 16))
    assert card.moves == ("agree", "not_now", "decline")


def test_the_one_sought_is_asked_once_the_connector_agreed(cast: Cast) -> None:
    introduction = story.asked(cast)
    actions.agree(
        actor=cast.connector,
        introduction=introduction,
        word="I trust her.",
        what_i_ask="One night to begin with.",
    )
    letter = story.letters("ask_target")[0]
    assert letter.to_name == "Lena Sought"
    assert "I trust her." in letter.text
    assert "One night to begin with." in letter.text
    assert story.NOTE["what_i_ask"] not in letter.text


def test_the_one_sought_sees_a_card_and_no_profile(cast: Cast) -> None:
    introduction = story.passed_on(cast)
    card = story.seen_by(cast.target, introduction)
    assert card.seeker == queries.Party("Rosa Seeker")
    assert card.connector.name == "Kofi Connector"
    assert card.note == queries.Note(**story.NOTE)
    assert card.shown == Shown.YOURS


def test_the_seeker_cannot_tell_that_the_connector_agreed(cast: Cast) -> None:
    introduction = story.asked(cast)
    before = story.seen_by(cast.seeker, introduction)
    actions.agree(
        actor=cast.connector, introduction=introduction, word="Hm.", why_you="Other words"
    )
    assert story.seen_by(cast.seeker, introduction) == before
    assert before.shown == Shown.WAITING


def test_after_three_yeses_both_get_the_same_message(cast: Cast) -> None:
    story.introduced(cast)
    first, second = story.letters("made")
    assert {first.to_name, second.to_name} == {"Rosa Seeker", "Lena Sought"}
    assert (first.subject, first.text, first.html) == (second.subject, second.text, second.html)
    assert first.subject == "Rosa Seeker, meet Lena Sought"
    assert "rosa.seeker@example.org" in first.text
    assert "lena.sought@example.org" in first.text
    for point in ("1. Who each of you is", "2. What Rosa Seeker asks", "3. What Lena Sought might"):
        assert point in first.text


def test_the_connector_is_thanked_when_the_two_are_introduced(cast: Cast) -> None:
    story.introduced(cast)
    (thanks,) = story.letters("thanks")
    assert thanks.to_name == "Kofi Connector"
    assert thanks.subject == "Thanks to you: Rosa Seeker and Lena Sought"


def test_the_message_is_in_a_language_that_both_speak(cast: Cast) -> None:
    cast.seeker.languages = ["fr", "es", "en"]
    cast.seeker.save()
    cast.target.languages = ["pt", "es"]
    cast.target.save()
    story.introduced(cast)
    assert {letter.language for letter in story.letters("made")} == {"es"}


def test_the_journal_tells_the_story(cast: Cast) -> None:
    story.closed(cast)
    assert verbs() == sorted(
        ["drafted", "asked", "agreed", "target_asked", "agreed", "made", "reported"]
    )
    told = " ".join(str(entry.facts) for entry in Entry.objects.all())
    assert "Good talk" not in told


def test_a_report_closes_it_and_the_tie_grows(cast: Cast, worker) -> None:
    introduction = story.closed(cast)
    worker()
    assert introduction.state == State.CLOSED
    tie = cast.seeker.ties_told.get(other=cast.target)
    assert (tie.strength, tie.state, tie.since) == ("met", "stated", date(2026, 3, 2))
    assert not cast.target.ties_told.exists()


def test_a_stronger_tie_stays_as_strong(cast: Cast, worker) -> None:
    tie = story.tie(cast.seeker, cast.target)
    story.closed(cast)
    worker()
    tie.refresh_from_db()
    assert (tie.strength, tie.last_confirmed) == ("know", date(2026, 3, 2))


@pytest.mark.parametrize("outcome", [Outcome.NOT_YET, Outcome.NOTHING])
def test_no_tie_grows_where_nobody_met(cast: Cast, worker, outcome: Outcome) -> None:
    introduction = story.introduced(cast)
    actions.report(actor=cast.target, introduction=introduction, outcome=outcome)
    worker()
    assert not cast.target.ties_told.exists()


def test_not_yet_keeps_it_open_and_can_become_more(cast: Cast) -> None:
    introduction = story.introduced(cast)
    for outcome, state in ((Outcome.NOT_YET, State.INTRODUCED), (Outcome.GOING_ON, State.CLOSED)):
        after = actions.report(actor=cast.target, introduction=introduction, outcome=outcome)
        assert after.state == state
    assert introduction.reports.get().outcome == Outcome.GOING_ON
    assert story.seen_by(cast.connector, introduction).they_met


def test_each_of_the_two_can_thank_the_connector_once(cast: Cast) -> None:
    introduction = story.introduced(cast)
    for person in (cast.seeker, cast.target, cast.seeker):
        actions.thank(actor=person, introduction=introduction, words="You made my week.")
    own = [letter for letter in story.letters("thanks") if "made my week" in letter.text]
    assert sorted(letter.subject for letter in own) == [
        "Lena Sought says thank you",
        "Rosa Seeker says thank you",
    ]


def test_only_those_who_know_the_seeker_or_host_can_connect(cast: Cast) -> None:
    with pytest.raises(NotAllowed, match="Kofi Connector can connect you once"):
        actions.draft(actor=cast.seeker, target=cast.target, connector=cast.connector)
    assert actions.draft(actor=cast.seeker, target=cast.target, connector=cast.host).id


def test_a_tie_that_was_only_proposed_carries_nobody(cast: Cast) -> None:
    tie = story.tie(cast.seeker, cast.connector)
    for state in ("proposed", "denied"):
        tie.state = state
        tie.save()
        with pytest.raises(NotAllowed):
            actions.draft(actor=cast.seeker, target=cast.target, connector=cast.connector)


def test_who_has_not_joined_can_neither_ask_nor_be_sought(cast: Cast) -> None:
    story.tie(cast.connector, cast.seeker)
    with pytest.raises(NotHere):
        actions.draft(actor=cast.seeker, target=cast.listed, connector=cast.connector)
    with pytest.raises(NotAllowed):
        actions.draft(actor=cast.listed, target=cast.target, connector=cast.connector)


def test_nobody_asks_for_the_needs_of_others(cast: Cast) -> None:
    from footbridge.exchange.models import Need

    story.tie(cast.connector, cast.seeker)
    foreign = Need.objects.create(owner=cast.stranger, text="A van")
    own = Need.objects.create(owner=cast.seeker, text="A cold room")
    ask = {"actor": cast.seeker, "target": cast.target, "connector": cast.connector}
    with pytest.raises(NotHere):
        actions.draft(**ask, need=foreign)
    with pytest.raises(NotHere):
        actions.draft(**ask, on_behalf_of=cast.cold_chain)
    introduction = actions.draft(**ask, need=own)
    assert story.seen_by(cast.seeker, introduction).need == "A cold room"
