"""Being confirmed by those who were there: asked by link, a refusal is silent."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from footbridge.core import clock
from footbridge.core.errors import Conflict, DomainError, LimitReached, LinkNotValid, NotHere
from footbridge.expertise import actions, keeping, queries
from footbridge.expertise.models import Confirmation
from footbridge.expertise.policy import ANSWERED_WITHIN, REMEMBERED_FOR
from footbridge.expertise.states import Move, Role, State
from footbridge.mail.models import Message
from footbridge.network import actions as network
from footbridge.people import actions as people
from footbridge.people.actions.showing import acquaint
from footbridge.people.models import Affiliation
from footbridge.people.states import Standing
from tests.cast import Cast
from tests.rooms.expertise import story

pytestmark = pytest.mark.django_db
LATER = ANSWERED_WITHIN + timedelta(minutes=1)


def _could_be_asked(cast: Cast) -> set[str]:
    claim = story.tells(cast.seeker)
    return {one.name for one in queries.could_be_asked(cast.seeker, claim)}


# Who may be asked.


def test_somebody_may_be_asked_who_is_known_worked_there_or_was_introduced(cast: Cast) -> None:
    story.knows(cast.seeker, cast.connector)
    story.knows(cast.target, cast.seeker)
    cast.person("Yara Other", at=cast.food_bank)
    acquaint(cast.seeker, cast.stranger)
    cast.colleague, cast.host  # noqa: B018  they are there, and are nobody's to ask
    assert _could_be_asked(cast) == {
        "Kofi Connector",
        "Lena Sought",
        "Yara Other",
        "Noor Stranger",
    }


def test_who_worked_there_at_another_time_was_not_there(cast: Cast) -> None:
    then = {"person": cast.seeker, "organisation": cast.city}
    Affiliation.objects.create(**then, since=date(2010, 1, 1), until=date(2012, 12, 31))
    before, during = cast.person("Bo Before"), cast.person("Di During")
    Affiliation.objects.create(person=before, organisation=cast.city, until=date(2009, 1, 1))
    Affiliation.objects.create(person=during, organisation=cast.city, since=date(2012, 1, 1))
    assert _could_be_asked(cast) == {"Di During"}


def test_where_somebody_works_is_not_found_out_by_asking(cast: Cast) -> None:
    other = cast.person("Yara Other", at=cast.food_bank)
    people.show(actor=other, work="introduced")
    assert _could_be_asked(cast) == set()


@pytest.mark.parametrize("why", ["pauses", "avoids", "denied", "applied"])
def test_who_is_not_to_be_asked_is_simply_not_there(cast: Cast, why: str) -> None:
    story.knows(cast.seeker, cast.connector)
    if why == "pauses":
        people.pause(actor=cast.connector, until=clock.today() + timedelta(days=3))
    if why == "avoids":
        network.wish(actor=cast.connector, about=cast.seeker, wish="avoid")
    if why == "denied":
        network.retract(actor=cast.seeker, tie=network_tie(cast))
    if why == "applied":
        type(cast.seeker).objects.filter(id=cast.connector.id).update(standing=Standing.APPLIED)
    claim = story.tells(cast.seeker)
    assert queries.could_be_asked(cast.seeker, claim) == []
    with pytest.raises(NotHere):
        actions.ask(actor=cast.seeker, claim=claim, person=cast.connector)
    assert (Confirmation.objects.count(), story.letters()) == (0, [])


def network_tie(cast: Cast) -> object:
    return cast.seeker.ties_told.get(other=cast.connector)


def test_nobody_asks_for_the_skill_of_another_nor_asks_themself(cast: Cast) -> None:
    claim = story.tells(cast.seeker)
    story.knows(cast.target, cast.connector)
    with pytest.raises(NotHere):
        actions.ask(actor=cast.target, claim=claim, person=cast.connector)
    with pytest.raises(DomainError):
        actions.ask(actor=cast.seeker, claim=claim, person=cast.seeker)


def test_a_room_that_knows_who_was_there_needs_no_tie(cast: Cast) -> None:
    claim = story.tells(cast.seeker)
    row = actions.ask(actor=cast.seeker, claim=claim, person=cast.stranger, was_there=True)
    assert (row.state, story.letters(cast.stranger)) == (State.ASKED, ["expertise_asked"])


def test_so_many_questions_wait_at_a_time_and_a_no_counts_like_waiting(cast: Cast) -> None:
    claim = story.tells(cast.seeker)
    rows = [story.asked(cast, claim, cast.person(f"Guest {number}")) for number in range(5)]
    actions.not_mine(actor=rows[0].by, confirmation=rows[0])
    with pytest.raises(LimitReached):
        story.asked(cast, claim, cast.person("Guest 6"))
    actions.withdraw(actor=cast.seeker, confirmation=rows[0])
    assert story.asked(cast, claim, cast.person("Guest 7")).state == State.ASKED


# What they say.


def test_the_letter_holds_a_link_by_which_whoever_was_there_says_so(cast: Cast) -> None:
    row = story.asked(cast)
    message = Message.objects.get(kind="expertise_asked")
    token = message.links[0]["url"].split("/was-there/")[1].rstrip("/")
    person, found = queries.question_by_link(token)
    assert (person, found) == (cast.connector, row)
    assert message.private
    assert story.TITLE in message.text
    actions.confirm(actor=person, confirmation=found)
    assert story.fresh(row).state == State.CONFIRMED
    with pytest.raises(LinkNotValid):
        queries.question_by_link(token[:-2])


def test_a_yes_is_told_and_saying_it_again_tells_nothing_new(cast: Cast) -> None:
    row = story.confirmed(cast)
    actions.confirm(actor=cast.connector, confirmation=row, words="At the table")
    assert story.letters() == ["expertise_asked", "expertise_confirmed"]
    assert (story.fresh(row).words, story.fresh(row).is_named) == ("At the table", False)


def test_a_refusal_is_silent(cast: Cast) -> None:
    refused, waiting = story.asked(cast), story.asked(cast, person=cast.target)
    actions.not_mine(actor=cast.connector, confirmation=refused)

    def told() -> list[tuple[object, ...]]:
        cards = queries.questions_about(cast.seeker, refused.claim)
        return [(one.state, one.state_words, one.moves, one.answer_by) for one in cards]

    assert told()[0] == told()[1]
    assert told()[0][0] == State.ASKED
    with clock.held_at(clock.now() + LATER):
        actions.end_what_ran_out()
        assert told()[0] == told()[1]
        assert told()[0][0] == State.EXPIRED
    assert story.fresh(waiting).state == State.EXPIRED
    assert story.letters(cast.seeker) == []


def test_after_two_weeks_a_question_is_over(cast: Cast) -> None:
    row = story.asked(cast)
    with clock.held_at(clock.now() + LATER):
        with pytest.raises(Conflict):
            actions.confirm(actor=cast.connector, confirmation=row)
        assert (actions.end_what_ran_out(), actions.end_what_ran_out()) == (1, 0)
        assert queries.waiting_for(cast.connector) == []
    assert story.fresh(row).state == State.EXPIRED


def test_a_word_is_taken_back_and_looks_like_silence(cast: Cast) -> None:
    row = story.confirmed(cast, words="I was there.", is_named=True)
    actions.withdraw(actor=cast.connector, confirmation=row)
    row = story.fresh(row)
    assert (row.state, row.words, row.is_named) == (State.WITHDRAWN, "", False)
    [card] = queries.questions_about(cast.seeker, row.claim)
    assert card.state == State.ASKED
    assert queries.own_claims(cast.seeker)[0].confirmed == 0


def test_a_question_is_taken_back_and_its_link_says_so(cast: Cast) -> None:
    row = story.asked(cast)
    actions.withdraw(actor=cast.seeker, confirmation=row)
    assert queries.waiting_for(cast.connector) == []
    with pytest.raises(Conflict) as refused:
        actions.confirm(actor=cast.connector, confirmation=story.fresh(row))
    assert refused.value.message == "This is no longer asked: it was withdrawn."


def test_each_of_the_two_does_only_what_is_theirs(cast: Cast) -> None:
    row = story.asked(cast)
    for act in (actions.confirm, actions.not_mine, actions.withdraw):
        with pytest.raises(NotHere):
            act(actor=cast.target, confirmation=row)
    with pytest.raises(DomainError):
        actions.confirm(actor=cast.seeker, confirmation=row)
    asker = queries.get_card(cast.seeker, row.id)
    witness = queries.get_card(cast.connector, row.id)
    assert (asker.role, asker.moves) == (Role.ASKER, (Move.WITHDRAW,))
    assert (witness.role, witness.moves) == (Role.WITNESS, (Move.CONFIRM, Move.NOT_MINE))


def test_what_nobody_answered_is_forgotten_after_half_a_year_and_a_yes_stays(cast: Cast) -> None:
    confirmed = story.confirmed(cast)
    refused = story.asked(cast, person=cast.target)
    actions.not_mine(actor=cast.target, confirmation=refused)
    with clock.held_at(clock.now() + REMEMBERED_FOR - timedelta(hours=1)):
        assert keeping.forget_what_was_not_answered() == 0
    with clock.held_at(clock.now() + REMEMBERED_FOR + timedelta(hours=1)):
        assert keeping.forget_what_was_not_answered() == 1
    assert list(Confirmation.objects.values_list("id", flat=True)) == [confirmed.id]
    assert story.letters(cast.target) == []


@pytest.mark.parametrize("asked", [1, 3])
def test_what_waits_for_somebody_is_read_in_one_query(
    cast: Cast, django_assert_num_queries, asked: int
) -> None:
    for key in ("negotiation", "grant-writing", "teaching")[:asked]:
        story.asked(cast, story.tells(cast.seeker, key, title=key))
    with django_assert_num_queries(1):
        assert len(queries.waiting_for(cast.connector)) == asked
