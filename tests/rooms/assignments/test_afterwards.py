"""Once both sides looked back: skills that were seen, the case, and what leaving takes along."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils.translation import override

from footbridge.assignments import actions, keeping, queries
from footbridge.assignments.models import (
    Assignment,
    Case,
    HoursGiven,
    Part,
    Review,
    SkillSeen,
)
from footbridge.assignments.states import CaseState, PartState, Seen, State
from footbridge.core import clock
from footbridge.core.errors import DomainError, NotAllowed, NotHere, Overtaken
from footbridge.expertise import queries as expertise
from footbridge.expertise.models import Claim, Episode
from footbridge.hours import queries as hours
from footbridge.people import actions as people
from footbridge.people.personal_data import export_all
from tests.cast import Cast
from tests.rooms.assignments import story

pytestmark = pytest.mark.django_db


def _seen(cast: Cast, assignment: Assignment) -> SkillSeen:
    return actions.see_skill(
        actor=cast.seeker,
        assignment=assignment,
        person=cast.target,
        skill=story.skill(),
        words="She read the lease in an hour",
    )


def test_a_skill_that_was_seen_counts_once_the_person_agrees(cast: Cast) -> None:
    assignment = story.reviewed(cast, cast.connector)
    seen = _seen(cast, assignment)
    assert "Rosa Seeker says that you showed this skill: nets." in (
        story.letter("assignment_skill", cast.target).text
    )
    assert queries.seen_of(cast.connector, assignment) == []
    assert queries.waiting_for(cast.target)[0].waits == ("Somebody says what you can do",)
    actions.answer_seen(actor=cast.target, assignment=assignment, seen=seen, yes=True)
    told = queries.seen_of(cast.connector, assignment)[0]
    assert (told.name, told.skill, told.by, told.consent) == (
        "Lena Sought",
        "nets",
        "Rosa Seeker",
        Seen.CONSENTED,
    )


def test_a_yes_makes_it_a_skill_of_theirs_confirmed_by_whoever_saw_it(cast: Cast) -> None:
    assignment = story.reviewed(cast, cast.connector)
    seen = _seen(cast, assignment)
    for _again in range(2):
        actions.answer_seen(actor=cast.target, assignment=assignment, seen=seen, yes=True)
    [claim] = Claim.objects.filter(person=cast.target)
    [word] = claim.confirmations.all()
    assert (claim.skill, claim.level, claim.episode.title, claim.episode.is_shown) == (
        seen.skill,
        "did",
        "An assignment: Find the right partner",
        False,
    )
    assert (word.by, word.state, word.words, word.is_named) == (
        cast.seeker,
        "confirmed",
        "She read the lease in an hour",
        False,
    )
    [card] = expertise.own_claims(cast.target)
    assert card.confirmed == 1
    actions.answer_seen(actor=cast.target, assignment=assignment, seen=seen, yes=False)
    assert not Claim.objects.filter(person=cast.target).exists()


def test_a_skill_that_they_claim_already_is_asked_about_where_it_came_from(cast: Cast) -> None:
    assignment = story.reviewed(cast, cast.connector)
    seen = _seen(cast, assignment)
    known = Claim.objects.create(
        person=cast.target,
        skill=seen.skill,
        level="led",
        episode=Episode.objects.create(person=cast.target, title="Mended nets for ten years"),
    )
    actions.answer_seen(actor=cast.target, assignment=assignment, seen=seen, yes=True)
    [asked] = known.confirmations.all()
    assert (asked.by, asked.state) == (cast.seeker, "asked")
    assert "Mended nets for ten years" in story.letter("expertise_asked", cast.seeker).text
    actions.answer_seen(actor=cast.target, assignment=assignment, seen=seen, yes=False)
    assert Claim.objects.get(person=cast.target) == known


def test_that_somebody_would_rather_not_looks_like_waiting(cast: Cast) -> None:
    assignment = story.reviewed(cast, cast.connector)
    seen = _seen(cast, assignment)
    actions.answer_seen(actor=cast.target, assignment=assignment, seen=seen, yes=False)
    assert [one.consent for one in queries.seen_of(cast.seeker, assignment)] == [Seen.ASKED]
    assert [one.consent for one in queries.seen_of(cast.target, assignment)] == [Seen.DECLINED]
    assert queries.seen_of(cast.connector, assignment) == []


def test_nobody_answers_for_another_or_says_it_of_themself(cast: Cast) -> None:
    assignment = story.reviewed(cast, cast.connector)
    seen = _seen(cast, assignment)
    with pytest.raises(NotHere):
        actions.answer_seen(actor=cast.connector, assignment=assignment, seen=seen, yes=True)
    with pytest.raises(DomainError, match="Others say it of you"):
        actions.see_skill(
            actor=cast.target, assignment=assignment, person=cast.target, skill=story.skill()
        )
    with pytest.raises(NotHere):
        actions.see_skill(
            actor=cast.seeker, assignment=assignment, person=cast.stranger, skill=story.skill()
        )


def test_skills_are_seen_afterwards_and_not_before(cast: Cast) -> None:
    assignment = story.delivered(cast)
    with pytest.raises(NotAllowed):
        _seen(cast, assignment)


# The case.


def test_a_draft_says_who_what_how_long_and_what_both_wish_to_have_quoted(cast: Cast) -> None:
    assignment = story.under_way(cast, cast.connector)
    for key in ("talk", "gap"):
        actions.tick(actor=cast.target, assignment=assignment, key=key)
    told = story.hours(cast.target, assignment, 150)
    actions.confirm_hours(actor=cast.seeker, assignment=assignment, given=told, minutes=120)
    actions.deliver(actor=cast.target, assignment=assignment)
    story.reviews(cast.seeker, assignment, keep="Their maps", may_be_quoted=True)
    story.reviews(cast.target, assignment, keep="Their patience")
    case = actions.draft_case(actor=cast.connector, assignment=assignment)
    assert case.text == (
        f"{story.TITLE}\nHarbour Food Bank with Lena Sought, Kofi Connector.\n\n"
        f"What was needed\n{story.OUTCOME}\n\n"
        f"What was done\n{story.SCOPE}\n– Say what is missing\n– Talk with five of them\n\n"
        "What changed\n"
        "Client on whether it came to what was agreed: mostly.\n"
        "Team on whether it came to what was agreed: mostly.\n\n"
        "Time given\n2 hours, by 1 person.\n\n"
        "In their words\n«Their maps» Harbour Food Bank"
    )
    again = actions.draft_case(actor=cast.seeker, assignment=assignment)
    assert again.id == case.id


def test_a_draft_is_in_the_language_of_whoever_begins_it(cast: Cast) -> None:
    assignment = story.under_way(cast)
    actions.tick(actor=cast.target, assignment=assignment, key="gap")
    actions.deliver(actor=cast.target, assignment=assignment)
    for person in (cast.seeker, cast.target):
        story.reviews(person, assignment)
    with override("fr"):
        case = actions.draft_case(actor=cast.seeker, assignment=assignment)
    assert case.language == "fr"
    assert "– Dire ce qui manque" in case.text


def test_a_case_is_agreed_once_everybody_said_yes_to_the_same_words(cast: Cast) -> None:
    assignment = story.reviewed(cast, cast.connector)
    case = actions.draft_case(actor=cast.seeker, assignment=assignment)
    for person in (cast.seeker, cast.target):
        actions.agree_to_case(actor=person, assignment=assignment, version=case.version)
    card = queries.case_of(cast.connector, assignment)
    assert card is not None
    assert (card.state, card.missing, card.i_agreed) == ("draft", ("Kofi Connector",), False)
    agreed = actions.agree_to_case(
        actor=cast.connector, assignment=assignment, version=case.version
    )
    assert agreed.state == CaseState.AGREED
    assert story.letters().count("assignment_case") == 3
    actions.write_case(actor=cast.target, assignment=assignment, text="Shorter", version=1)
    card = queries.case_of(cast.seeker, assignment)
    assert card is not None
    assert (card.state, len(card.missing)) == ("draft", 3)


def test_a_yes_is_to_the_words_that_were_read(cast: Cast) -> None:
    assignment = story.reviewed(cast)
    case = actions.draft_case(actor=cast.seeker, assignment=assignment)
    actions.write_case(actor=cast.target, assignment=assignment, text="Shorter")
    with pytest.raises(Overtaken):
        actions.agree_to_case(actor=cast.seeker, assignment=assignment, version=case.version)
    with pytest.raises(Overtaken):
        actions.write_case(
            actor=cast.seeker, assignment=assignment, text="Longer", version=case.version
        )


def test_a_yes_is_taken_back_and_the_case_is_a_draft_again(cast: Cast) -> None:
    assignment = story.reviewed(cast)
    case = actions.draft_case(actor=cast.seeker, assignment=assignment)
    for person in (cast.seeker, cast.target):
        actions.agree_to_case(actor=person, assignment=assignment, version=case.version)
    assert Case.objects.get().state == CaseState.AGREED
    actions.take_back_case(actor=cast.target, assignment=assignment)
    assert Case.objects.get().state == CaseState.DRAFT


def test_nobody_else_reads_a_word_of_a_case(cast: Cast) -> None:
    assignment = story.reviewed(cast)
    actions.draft_case(actor=cast.seeker, assignment=assignment)
    with pytest.raises(NotHere):
        actions.draft_case(actor=cast.connector, assignment=assignment)
    with pytest.raises(NotHere):
        queries.get(cast.host, assignment.id)


# Leaving and hiding.


@pytest.mark.parametrize("leave", ["erase", "hide"])
def test_who_leaves_takes_their_part_their_words_and_every_case_along(
    cast: Cast, leave: str
) -> None:
    assignment = story.reviewed(cast, cast.connector)
    for person in (cast.target, cast.connector):
        story.hours(person, assignment)
    seen = actions.see_skill(
        actor=cast.target, assignment=assignment, person=cast.connector, skill=story.skill()
    )
    actions.draft_case(actor=cast.target, assignment=assignment)
    name = cast.target.name
    _leave(cast, cast.target, leave)
    assert [part.person_id for part in Part.objects.all()] == [cast.connector.id]
    assert not Case.objects.exists()
    assert HoursGiven.objects.count() == 1
    review = Review.objects.get(side="team")
    assert (review.by, review.keep, review.may_be_quoted) == (None, "", False)
    row = SkillSeen.objects.get(id=seen.id)
    assert (row.by, row.words) == (None, "")
    for page in (
        queries.get_card(cast.seeker, assignment.id),
        queries.hours_of(cast.seeker, assignment),
        queries.seen_of(cast.connector, assignment),
    ):
        assert name not in str(page)


def _leave(cast: Cast, person: Any, leave: str) -> None:
    if leave == "hide":
        cast.hidden(person)
    else:
        people.erase(actor=person, person=person)


def test_the_hours_outlive_a_client_who_leaves(cast: Cast) -> None:
    client = cast.stranger
    assignment = story.under_way(cast, actor=client, client=client)
    told = story.hours(cast.target, assignment)
    actions.confirm_hours(actor=client, assignment=assignment, given=told, minutes=90)
    people.erase(actor=client, person=client)
    now = story.fresh(assignment)
    assert (now.state, now.client, now.contact) == (State.CALLED_OFF, None, None)
    assert story.TITLE not in str(queries.get_card(cast.target, assignment.id))
    told = story.letter("assignment_called_off", cast.target).text
    assert "Somebody it depended on has left." in told
    assert story.TITLE not in told
    assert client.name not in told
    assert hours.hours_given(cast.target, 2026).minutes == 90


def test_what_one_gave_said_and_was_asked_is_handed_over(cast: Cast) -> None:
    assignment = story.reviewed(cast, cast.connector)
    story.hours(cast.target, assignment)
    _seen(cast, assignment)
    actions.draft_case(actor=cast.target, assignment=assignment)
    mine = export_all(cast.target)["assignments"]
    assert [part["assignment"] for part in mine["parts"]] == [story.TITLE]
    assert mine["reviews"][0]["keep"] == "What Lena Sought would keep"
    assert mine["hours"][0]["minutes"] == 90
    assert mine["skills_seen"][0]["words"] == "She read the lease in an hour"
    assert mine["cases"][0]["state"] == "draft"
    theirs = export_all(cast.seeker)["assignments"]
    assert [one["title"] for one in theirs["given"]] == [story.TITLE]
    assert "Lena Sought would keep" not in str(theirs)


# What goes by itself.


def test_who_said_no_is_forgotten_after_three_months(cast: Cast) -> None:
    assignment = story.begun(cast)
    actions.decline(actor=cast.target, assignment=assignment, reason="terms")
    with clock.held_at(clock.now() + timedelta(days=90)):
        assert keeping.forget_who_said_no() == 0
    with clock.held_at(clock.now() + timedelta(days=91)):
        assert keeping.forget_who_said_no() == 1
    assert not Part.objects.filter(state=PartState.DECLINED).exists()


def test_what_came_to_nothing_is_forgotten_after_a_year_and_work_is_not(cast: Cast) -> None:
    nothing = story.agreed(cast)
    work = story.under_way(cast)
    for one in (nothing, work):
        actions.call_off(actor=cast.seeker, assignment=one, because="changed")
    with clock.held_at(clock.now() + timedelta(days=366)):
        assert keeping.forget_what_was_called_off() == 1
    assert [one.id for one in Assignment.objects.all()] == [work.id]
