from __future__ import annotations

from datetime import timedelta

import pytest

from footbridge.agreements import actions, guarding, queries
from footbridge.agreements.freezing import digest_of
from footbridge.agreements.models import Agreement, Approval, Version
from footbridge.core import clock
from footbridge.core.errors import Conflict, DomainError, LinkNotValid, NotAllowed
from footbridge.journal.models import Entry
from footbridge.mail.models import Message
from footbridge.partnerships import actions as partnerships
from footbridge.partnerships import guards
from footbridge.partnerships.actions import NewParty
from footbridge.partnerships.states import Move, Role
from footbridge.people import actions as people
from tests.cast import Cast
from tests.rooms.agreements import story
from tests.rooms.partnerships import story as sides

pytestmark = pytest.mark.django_db


def test_nothing_is_frozen_before_it_is_said_what_it_is(cast: Cast) -> None:
    one = story.begun(cast)
    with pytest.raises(DomainError, match="contract") as refused:
        actions.freeze(actor=cast.seeker, agreement=one)
    assert refused.value.field == "standing"


def test_a_version_holds_everything_and_its_sum(cast: Cast) -> None:
    version = story.frozen(cast)
    assert version.number == 1
    assert version.digest == digest_of(version.content)
    said = {each["key"]: each["text"] for each in version.content["clauses"] if each["text"]}
    assert said == story.PILOT
    assert [each["name"] for each in version.content["parties"]] == [
        cast.food_bank.name,
        cast.cold_chain.name,
    ]
    assert {each["words"] for each in version.content["contributions"]} == {
        f"What {cast.food_bank.name} puts in",
        f"What {cast.cold_chain.name} puts in",
    }


def test_a_version_of_the_same_is_not_made_twice(cast: Cast) -> None:
    version = story.frozen(cast)
    with pytest.raises(Conflict, match="version 1"):
        actions.freeze(actor=cast.target, agreement=version.agreement)


def test_each_side_is_asked_by_letter_and_says_yes_in_one_tap(cast: Cast) -> None:
    version = story.frozen(cast)
    asked = Message.objects.filter(kind="agreement_to_approve")
    assert {row.to_person for row in asked} == {cast.seeker.id, cast.target.id}
    person, found = queries.version_by_link(story.token_of(cast.target))
    assert (person.id, found.id) == (cast.target.id, version.id)
    assert not Approval.objects.exists()
    for _tap in range(2):
        actions.approve_by_link(actor=person, version=found)
    given = Approval.objects.get()
    assert (given.party, given.by, given.role, given.way) == (
        story.party(version.agreement, 1),
        cast.target,
        Role.STEWARD,
        "link",
    )
    entry = Entry.objects.get(verb="agreements.approved")
    assert entry.actor == cast.target.id
    assert entry.facts["number"] == 1


def test_a_link_opens_nothing_after_its_time_or_for_who_stands_for_nobody_now(cast: Cast) -> None:
    one = sides.manned(cast)
    story.frozen(cast, partnership=one)
    token = story.token_of(cast.target)
    with clock.held_at(clock.now() + timedelta(days=31)), pytest.raises(LinkNotValid):
        queries.version_by_link(token)
    with pytest.raises(LinkNotValid):
        queries.version_by_link(token[:-2])
    assert queries.version_by_link(token)
    stands = one.parties.get(position=1).representatives.get(person=cast.target)
    partnerships.end(actor=cast.target, representative=stands)
    with pytest.raises(LinkNotValid):
        queries.version_by_link(token)


def test_only_who_signs_for_a_side_approves(cast: Cast) -> None:
    one = sides.both_in(cast)
    party = sides.party(one, 1)
    version = story.frozen(cast, partnership=one)
    partnerships.name(actor=cast.target, party=party, person=cast.colleague, role=Role.CONTACT)
    with pytest.raises(NotAllowed, match="steward"):
        actions.approve(actor=cast.colleague, version=version)
    assert not Approval.objects.exists()


def test_all_are_told_once_every_side_has_approved(cast: Cast) -> None:
    version = story.approved(cast)
    told = Message.objects.filter(kind="agreement_approved")
    assert {row.to_person for row in told} == {cast.seeker.id, cast.target.id}
    assert Version.objects.get().remind_at is None
    [line] = queries.card(cast.seeker, version.agreement).versions
    assert line.is_approved
    assert line.given == 2


def test_a_change_after_an_approval_needs_a_new_version_and_the_old_yes_stays(cast: Cast) -> None:
    version = story.approved(cast)
    one = version.agreement
    assert not queries.card(cast.seeker, one).changed_since
    actions.write_clause(
        actor=cast.seeker, agreement=one, key="stop", text="We stop if anybody is harmed."
    )
    assert queries.card(cast.seeker, one).changed_since
    actions.freeze(actor=cast.seeker, agreement=one)
    lines = queries.card(cast.target, one).versions
    assert [(each.number, each.given, each.is_approved) for each in lines] == [
        (2, 0, False),
        (1, 2, True),
    ]
    card = queries.version_card(cast.target, one, 2)
    [change] = card.changes
    assert change.key == "stop"
    assert [piece.words for piece in change.pieces if piece.kind == "removed"] == [
        "two deliveries in a row arrive warm."
    ]


def test_a_version_that_a_newer_one_followed_is_not_approved_any_more(cast: Cast) -> None:
    version = story.frozen(cast)
    one = version.agreement
    actions.write_clause(actor=cast.target, agreement=one, key="stop", text="If it harms anybody.")
    actions.freeze(actor=cast.target, agreement=one)
    with pytest.raises(Conflict, match="newer"):
        actions.approve(actor=cast.target, version=version)
    assert not Approval.objects.exists()


def test_who_never_answers_is_reminded_three_times_and_stays_open(cast: Cast) -> None:
    version = story.frozen(cast)
    actions.approve(actor=cast.seeker, version=version)
    start = version.frozen_at
    for day in (6, 8, 8, 22, 46, 60, 90):
        with clock.held_at(start + timedelta(days=day)):
            actions.remind_who_has_not_answered()
    reminded = Message.objects.filter(kind="agreement_reminder")
    assert [row.to_person for row in reminded] == [cast.target.id] * 3
    [line] = queries.card(cast.seeker, version.agreement).versions
    assert not line.is_approved
    assert line.reminders == 3
    assert [(each.party, each.is_given) for each in line.approvals] == [
        (cast.food_bank.name, True),
        (cast.cold_chain.name, False),
    ]
    assert Version.objects.get().remind_at is None


def test_nobody_is_reminded_of_a_partnership_that_closes(cast: Cast) -> None:
    version = story.frozen(cast)
    partnerships.move(actor=cast.seeker, partnership=version.agreement.partnership, to=Move.CLOSE)
    with clock.held_at(version.frozen_at + timedelta(days=8)):
        actions.remind_who_has_not_answered()
    assert not Message.objects.filter(kind="agreement_reminder").exists()


def test_what_a_partnership_lacks_before_it_is_active_is_said(cast: Cast) -> None:
    one = sides.manned(cast)
    assert guarding.what_is_missing(one) == [
        "There is no agreement yet. A pilot on one page will do."
    ]
    agreement = story.begun(cast, partnership=one)
    actions.set_terms(actor=cast.seeker, agreement=agreement, standing="contract", language="en")
    version = actions.freeze(actor=cast.seeker, agreement=agreement)
    missing = list(guarding.what_is_missing(one))
    assert "The agreement lacks «Money»." in missing
    assert f"{cast.cold_chain.name} has not approved version 1 of the agreement." in missing
    assert set(missing) <= set(guards.missing(one))
    story.fill(cast.seeker, story.fresh(agreement))
    version = actions.freeze(actor=cast.seeker, agreement=agreement)
    for person in (cast.seeker, cast.target):
        actions.approve(actor=person, version=version)
    assert list(guarding.what_is_missing(one)) == []


def test_a_full_agreement_asks_for_more_before_anything_becomes_active(cast: Cast) -> None:
    one = story.filled(cast)
    assert queries.card(cast.seeker, one).blocking == ()
    actions.grow(actor=cast.seeker, agreement=one)
    card = queries.get_card(cast.seeker, one.partnership_id)
    assert "Complaints" in card.blocking
    assert "If it becomes a success" in card.blocking
    assert queries.card(cast.seeker, story.full(cast, partnership=one.partnership)).blocking == ()


def test_who_approved_and_leaves_stays_by_their_role(cast: Cast) -> None:
    one = sides.manned(cast)
    version = story.approved(cast, partnership=one)
    digest = version.digest
    people.erase(actor=cast.target, person=cast.target)
    given = Approval.objects.get(party=sides.party(one, 1))
    assert (given.by, given.role) == (None, Role.STEWARD)
    assert digest_of(Version.objects.get().content) == digest
    found = queries.get(cast.seeker, one.id)
    sheet = queries.sheet_of(cast.seeker, found, queries.get_version(cast.seeker, found, 1))
    said = {each.party: each.words for each in sheet.approvals}
    assert "somebody who has left" in said[cast.cold_chain.name]
    assert cast.seeker.name in said[cast.food_bank.name]


def test_what_somebody_agreed_on_as_a_party_themselves_goes_with_them(cast: Cast) -> None:
    own = NewParty(member=cast.seeker, gain="A quiet kitchen")
    version = story.approved(cast, partnership=sides.both_in(cast, own=own))
    people.erase(actor=cast.seeker, person=cast.seeker)
    assert not Agreement.objects.exists()
    assert not Version.objects.filter(id=version.id).exists()
    assert not Message.objects.filter(kind__startswith="agreement").exists()


@pytest.mark.parametrize("times", [1, 3])
def test_the_page_asks_the_same_number_of_questions_however_much_there_is(
    cast: Cast, times: int, django_assert_num_queries: object
) -> None:
    version = story.approved(cast)
    one = version.agreement
    for number in range(times - 1):
        actions.write_clause(actor=cast.seeker, agreement=one, key="stop", text=f"If {number}")
        actions.freeze(actor=cast.seeker, agreement=one)
    found = queries.get(cast.seeker, one.partnership_id)
    with django_assert_num_queries(QUERIES):  # type: ignore[operator]
        queries.card(cast.seeker, found)


QUERIES = 19


def test_a_partnership_becomes_active_once_its_pilot_is_approved_by_both(cast: Cast) -> None:
    one = sides.manned(cast)
    partnerships.move(actor=cast.seeker, partnership=one, to=Move.FORM)
    with pytest.raises(Conflict, match="no agreement yet"):
        partnerships.move(actor=cast.seeker, partnership=one, to=Move.ACTIVATE)
    story.agree_on(one, cast.seeker, cast.target)
    active = partnerships.move(actor=cast.seeker, partnership=one, to=Move.ACTIVATE)
    assert active.state == "active"
