"""Needs and offers from the first sentence to the end, in the words of those who have them."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from footbridge.core import clock
from footbridge.core.audience import OPERATOR
from footbridge.core.errors import Conflict, DomainError, NotAllowed, NotHere
from footbridge.exchange import actions, queries
from footbridge.exchange.models import Care, Cause, Need, Skill
from footbridge.exchange.states import Ending
from footbridge.journal.models import Entry
from footbridge.people.models import Member
from tests.cast import Cast

pytestmark = pytest.mark.django_db

SENTENCE = "We need cold storage two nights a week"


def skills(*keys: str) -> list[Skill]:
    return [Skill.objects.get(key=key) for key in keys]


def lines(posting: Any) -> dict[str, tuple[bool, float, str]]:
    rows = posting.lines.values_list("skill__key", "guessed", "weight", "phrase")
    return {key: tuple(rest) for key, *rest in rows}


def told() -> list[str]:
    return list(
        Entry.objects.filter(verb__startswith="exchange.")
        .order_by("at", "id")
        .values_list("verb", flat=True)
    )


def test_one_sentence_is_enough(cast: Cast) -> None:
    need = actions.open_need(actor=cast.seeker, owner=cast.seeker, text=SENTENCE)
    assert (need.text, need.is_open, need.urgent, need.opened_by_id) == (
        SENTENCE,
        True,
        False,
        cast.seeker.id,
    )
    guessed, weight, phrase = lines(need)["cold-storage"]
    assert guessed
    assert 0.3 <= weight < 1
    assert phrase == "cold storage"
    [entry] = Entry.objects.filter(subject=need.id)
    assert (entry.verb, entry.actor) == ("exchange.need_opened", cast.seeker.id)
    assert entry.facts == {"owner": str(cast.seeker.id)}


def test_just_a_conversation_is_a_need(cast: Cast) -> None:
    need = actions.open_need(actor=cast.seeker, owner=cast.seeker, text="Just a conversation")
    assert set(lines(need)) == {"conversation"}


def test_a_need_that_names_no_skill_is_a_need_all_the_same(cast: Cast) -> None:
    need = actions.open_need(actor=cast.seeker, owner=cast.seeker, text="The moon over the hills")
    assert lines(need) == {}
    assert queries.needs_of(cast.target, cast.seeker)[0].skills == ()


def test_chosen_skills_are_not_guesses(cast: Cast) -> None:
    need = actions.open_need(
        actor=cast.seeker, owner=cast.seeker, text=SENTENCE, skills=skills("mentoring")
    )
    assert lines(need) == {"mentoring": (False, 1.0, "")}


def test_an_offer_says_how_many_hours_it_is_good_for(cast: Cast) -> None:
    offer = actions.open_offer(
        actor=cast.target,
        owner=cast.target,
        text="I can mentor founders",
        causes=[Cause.objects.get(number=8)],
        place=cast.porto,
        until=clock.today() + timedelta(days=90),
        hours_per_month=4,
    )
    [card] = queries.offers_of(cast.seeker, cast.target)
    assert (card.id, card.hours_per_month, card.place) == (offer.id, 4, "Porto, PT")
    assert [cause.number for cause in card.causes] == [8]
    assert card.skills[0].key == "mentoring"
    assert card.resource == card.skills[0].resource == "expertise"
    assert told() == ["exchange.offer_opened"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "one sentence"),
        (" \n\t ", "one sentence"),
        ("\x00\u202e\u200b", "one sentence"),
        ("x" * 501, "at most 500 characters: this has 501"),
        ("need " * 40_000, "at most 500 characters: this has 200000"),
    ],
)
def test_what_is_no_sentence_is_refused(cast: Cast, text: str, complaint: str) -> None:
    for say in (actions.open_need, actions.open_offer):
        with pytest.raises(DomainError, match=complaint) as refused:
            say(actor=cast.seeker, owner=cast.seeker, text=text)
        assert refused.value.field == "text"
    assert not Need.objects.exists()
    assert told() == []


def test_nul_and_marks_that_turn_writing_are_taken_out(cast: Cast) -> None:
    need = actions.open_need(
        actor=cast.seeker, owner=cast.seeker, text="cold\x00 sto\u202erage \u2066tonight\n please"
    )
    assert need.text == "cold storage tonight please"


def test_text_of_any_script_is_kept_and_compared(cast: Cast) -> None:
    need = actions.open_need(actor=cast.seeker, owner=cast.seeker, text="冷蔵倉庫 🚚 ﷺ" * 40)
    assert need.text.startswith("冷蔵倉庫 🚚")
    with pytest.raises(Conflict):
        actions.open_need(actor=cast.seeker, owner=cast.seeker, text=need.text)


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"resource": "gold"}, "resource"),
        ({"until": date(2026, 3, 1)}, "until"),
        ({"hours_per_month": 0}, "hours_per_month"),
        ({"hours_per_month": -3}, "hours_per_month"),
        ({"hours_per_month": 301}, "hours_per_month"),
    ],
)
def test_a_detail_that_cannot_be_is_refused_by_name(
    cast: Cast, details: dict[str, Any], field: str
) -> None:
    with pytest.raises(DomainError) as refused:
        actions.open_offer(actor=cast.seeker, owner=cast.seeker, text="A van", **details)
    assert refused.value.field == field


def test_more_than_twenty_skills_are_refused(cast: Cast) -> None:
    with pytest.raises(DomainError, match="at most 20") as refused:
        actions.open_need(
            actor=cast.seeker, owner=cast.seeker, text="All", skills=Skill.objects.all()[:21]
        )
    assert refused.value.field == "skills"
    assert not Need.objects.exists()


def test_the_same_sentence_is_open_once(cast: Cast) -> None:
    actions.open_need(actor=cast.seeker, owner=cast.seeker, text=SENTENCE)
    with pytest.raises(Conflict, match="same words"):
        actions.open_need(actor=cast.seeker, owner=cast.seeker, text=SENTENCE.upper() + "!")
    actions.open_offer(actor=cast.seeker, owner=cast.seeker, text=SENTENCE)
    actions.open_need(actor=cast.target, owner=cast.target, text=SENTENCE)
    assert Need.objects.count() == 2


def test_a_sentence_whose_time_ran_out_can_be_said_again(cast: Cast) -> None:
    first = actions.open_need(
        actor=cast.seeker, owner=cast.seeker, text=SENTENCE, until=clock.today()
    )
    with clock.held_at(clock.now() + timedelta(days=1)):
        again = actions.open_need(actor=cast.seeker, owner=cast.seeker, text=SENTENCE)
        first.refresh_from_db()
        assert (first.ending, first.closed_at) == (Ending.RAN_OUT, clock.now())
        assert [need.id for need in queries.needs_of(cast.seeker, cast.seeker)] == [again.id]
        assert [need.id for need in queries.past_needs_of(cast.seeker, cast.seeker)] == [first.id]


def test_people_speak_for_themselves_and_for_organisations_they_act_for(cast: Cast) -> None:
    for actor, owner in (
        (cast.seeker, cast.seeker),
        (cast.seeker, cast.food_bank),
        (cast.host, cast.listed),
        (OPERATOR, cast.target),
    ):
        need = actions.open_need(actor=actor, owner=owner, text=f"For {owner.name}")
        assert need.owner_id == owner.id


def test_nobody_speaks_for_others(cast: Cast) -> None:
    for actor, owner in (
        (cast.seeker, cast.target),
        (cast.seeker, cast.cold_chain),
        (cast.host, cast.seeker),
        (cast.stranger, cast.food_bank),
    ):
        with pytest.raises(NotAllowed, match="cannot speak for them"):
            actions.open_need(actor=actor, owner=owner, text="A van")
    assert not Need.objects.exists()


def test_an_owner_who_is_gone_is_not_here(cast: Cast) -> None:
    gone = Member(id=cast.seeker.id, kind="person", name="Gone")
    Member.objects.filter(id=gone.id).delete()
    with pytest.raises(NotHere):
        actions.open_need(actor=OPERATOR, owner=gone, text="A van")


def test_confirming_keeps_what_is_meant_and_drops_the_rest(cast: Cast) -> None:
    need = actions.open_need(
        actor=cast.seeker, owner=cast.seeker, text="Cold storage, and a mentor for our founder"
    )
    assert {"cold-storage", "mentoring"} <= set(lines(need))
    chosen = skills("cold-storage", "conversation")
    actions.confirm_skills(actor=cast.seeker, posting=need, skills=chosen)
    kept = lines(need)
    assert kept == {
        "cold-storage": (False, 1.0, "Cold storage"),
        "conversation": (False, 1.0, ""),
    }
    assert told()[-1] == "exchange.need_skills_confirmed"


def test_a_changed_sentence_is_read_anew_but_what_was_confirmed_stays(cast: Cast) -> None:
    need = actions.open_need(actor=cast.seeker, owner=cast.seeker, text=SENTENCE)
    actions.confirm_skills(actor=cast.seeker, posting=need, skills=skills("conversation"))
    need = actions.edit_need(actor=cast.seeker, need=need, text="A mentor", urgent=True)
    assert need.urgent
    assert lines(need)["conversation"][0] is False
    assert lines(need)["mentoring"][0] is True
    assert "cold-storage" not in lines(need)


def test_what_is_not_given_stays_as_it_is(cast: Cast) -> None:
    until = clock.today() + timedelta(days=3)
    offer = actions.open_offer(
        actor=cast.seeker,
        owner=cast.seeker,
        text="A van",
        place=cast.porto,
        until=until,
        hours_per_month=5,
        causes=[Cause.objects.get(number=2)],
    )
    offer = actions.edit_offer(actor=cast.seeker, offer=offer, hours_per_month=None)
    offer.refresh_from_db()
    assert (offer.place, offer.until, offer.hours_per_month) == (cast.porto, until, None)
    assert offer.causes.get().number == 2
    offer = actions.edit_offer(actor=cast.seeker, offer=offer, until=None, causes=[])
    offer.refresh_from_db()
    assert (offer.place, offer.until) == (cast.porto, None)
    assert not offer.causes.exists()
    assert told() == ["exchange.offer_opened", "exchange.offer_edited", "exchange.offer_edited"]


def test_editing_into_a_sentence_that_is_open_already_is_refused(cast: Cast) -> None:
    actions.open_need(actor=cast.seeker, owner=cast.seeker, text="A van")
    other = actions.open_need(actor=cast.seeker, owner=cast.seeker, text="A lorry")
    with pytest.raises(Conflict):
        actions.edit_need(actor=cast.seeker, need=other, text="a VAN")
    other.refresh_from_db()
    assert other.text == "A lorry"
    assert actions.edit_need(actor=cast.seeker, need=other, text="a lorry!").text == "a lorry!"


def test_others_can_neither_edit_nor_close(cast: Cast) -> None:
    need = actions.open_need(actor=cast.seeker, owner=cast.seeker, text=SENTENCE)
    for attempt in (
        lambda: actions.edit_need(actor=cast.target, need=need, text="Mine now"),
        lambda: actions.close(actor=cast.host, posting=need),
        lambda: actions.keep(actor=cast.target, posting=need),
        lambda: actions.reopen(actor=cast.target, posting=need),
        lambda: actions.confirm_skills(actor=cast.target, posting=need, skills=[]),
        lambda: actions.care_for(actor=cast.target, member=cast.seeker, causes=[]),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    need.refresh_from_db()
    assert (need.text, need.is_open) == (SENTENCE, True)


def test_closing_says_how_it_ended_and_closing_twice_changes_nothing(cast: Cast) -> None:
    need = actions.open_need(actor=cast.seeker, owner=cast.seeker, text=SENTENCE)
    actions.close(actor=cast.seeker, posting=need, ending=Ending.HERE)
    again = actions.close(actor=cast.seeker, posting=need, ending=Ending.ELSEWHERE)
    assert (again.ending, again.is_open) == (Ending.HERE, False)
    assert told() == ["exchange.need_opened", "exchange.need_closed"]
    assert Entry.objects.get(verb="exchange.need_closed").facts == {
        "owner": str(cast.seeker.id),
        "ending": "here",
    }
    with pytest.raises(DomainError, match="not a way to end"):
        actions.close(actor=cast.seeker, posting=need, ending="with a bang")


def test_what_was_closed_can_be_opened_again(cast: Cast) -> None:
    need = actions.open_need(
        actor=cast.seeker, owner=cast.seeker, text=SENTENCE, until=clock.today()
    )
    actions.close(actor=cast.seeker, posting=need)
    with clock.held_at(clock.now() + timedelta(days=40)):
        need = actions.reopen(actor=cast.seeker, posting=need)
        assert (need.is_open, need.ending, need.until) == (True, "", None)
        assert need.opened_at < need.reopened_at == clock.now()
        assert actions.reopen(actor=cast.seeker, posting=need) == need
    assert told().count("exchange.need_reopened") == 1


def test_opening_again_gives_way_to_the_same_sentence_opened_since(cast: Cast) -> None:
    need = actions.open_need(actor=cast.seeker, owner=cast.seeker, text=SENTENCE)
    actions.close(actor=cast.seeker, posting=need)
    actions.open_need(actor=cast.seeker, owner=cast.seeker, text=SENTENCE)
    with pytest.raises(Conflict, match="open already"):
        actions.reopen(actor=cast.seeker, posting=need)
    need.refresh_from_db()
    assert not need.is_open


def test_a_need_is_good_through_its_last_day(cast: Cast) -> None:
    need = actions.open_need(
        actor=cast.seeker, owner=cast.seeker, text=SENTENCE, until=clock.today()
    )
    assert queries.open_needs(cast.target).count() == 1
    with clock.held_at(clock.now() + timedelta(days=1)):
        need.refresh_from_db()
        assert not need.is_open
        assert queries.open_needs(cast.target).count() == 0
        with pytest.raises(NotHere):
            queries.get_need(cast.target, need.id)
        assert queries.get_need(cast.seeker, need.id) == need
        with pytest.raises(Conflict, match="closed"):
            actions.keep(actor=cast.seeker, posting=need)


def test_causes_are_exactly_those_last_said(cast: Cast) -> None:
    two, three, five = (Cause.objects.get(number=n) for n in (2, 3, 5))
    actions.care_for(actor=cast.seeker, member=cast.food_bank, causes=[two, three])
    actions.care_for(actor=cast.seeker, member=cast.food_bank, causes=[three, two])
    actions.care_for(actor=cast.seeker, member=cast.food_bank, causes=[five, two])
    shown = queries.causes_of(cast.stranger, cast.food_bank)
    assert [cause.number for cause in shown] == [2, 5]
    assert told() == ["exchange.cares_changed", "exchange.cares_changed"]
    assert Care.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_same_sentence_said_twice_at_once_is_opened_once() -> None:
    cast = Cast()
    seeker, together, outcomes = cast.seeker, threading.Barrier(4), []

    def say() -> None:
        together.wait()
        try:
            actions.open_need(actor=seeker, owner=seeker, text=SENTENCE)
            outcomes.append("opened")
        except Conflict:
            outcomes.append("known")
        finally:
            connection.close()

    threads = [threading.Thread(target=say) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["known", "known", "known", "opened"]
    assert Need.objects.count() == 1
