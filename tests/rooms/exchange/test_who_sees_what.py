"""What is open follows its owner; what is over stays on its side; rules told twice agree."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from footbridge.core import clock
from footbridge.core.audience import OPERATOR
from footbridge.core.errors import NotHere
from footbridge.exchange import actions, policy, queries
from footbridge.exchange.models import Need, Offer
from footbridge.people.models import Affiliation, Member, Person
from footbridge.people.policy import Viewer
from footbridge.people.states import Sector, Standing
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def corpus(cast: Cast) -> dict[str, Member]:
    """Everyone of the cast, some organisations nobody speaks for, someone who left a firm."""
    left = cast.person("Lars Left", at=cast.cold_chain)
    Affiliation.objects.filter(person=left).update(until=clock.today() - timedelta(days=1))
    listed_worker = cast.person("Lea Listed", standing=Standing.INVITED)
    silent = cast.organisation("Silent Mill", Sector.PRIVATE)
    Affiliation.objects.create(person=listed_worker, organisation=silent)
    abroad = cast.person("Ada Abroad", chapter=cast.other_chapter, standing=Standing.KNOWN)
    homeless = cast.organisation("Homeless Choir", Sector.NONPROFIT)
    Member.objects.filter(id=homeless.id).update(chapter=None)
    members = [
        cast.seeker, cast.connector, cast.target, cast.colleague, cast.host, cast.deputy,
        cast.stranger, cast.listed, left, listed_worker, abroad, silent, homeless,
        cast.food_bank, cast.cold_chain, cast.city,
    ]  # fmt: skip
    return {member.name: Member.objects.get(id=member.id) for member in members}


def viewers(corpus: dict[str, Member]) -> list[Viewer]:
    return [OPERATOR, *Person.objects.filter(id__in=[m.id for m in corpus.values()])]


def test_speaking_for_one_and_for_many_is_the_same_rule(corpus: dict[str, Member]) -> None:
    allowed = 0
    for actor in viewers(corpus):
        many = set(policy.owners_open_to(actor).values_list("name", flat=True))
        one = {name for name, member in corpus.items() if policy.may_open(actor, member)}
        assert many == one, actor
        allowed += len(one)
    # The operator for all, each person for themselves, four for a firm of theirs, and each of the
    # two hosts for two people on the list and for the mill where nobody has joined.
    assert allowed == 16 + 11 + 4 + 2 * 3


def test_what_is_open_is_shown_to_whoever_sees_its_owner(
    cast: Cast, corpus: dict[str, Member]
) -> None:
    for member in corpus.values():
        actions.open_need(actor=OPERATOR, owner=member, text="A van")
        actions.open_offer(actor=OPERATOR, owner=member, text="A van")
    for viewer in viewers(corpus):
        seen = {name for name, member in corpus.items() if _sees(viewer, member)}
        for shown in (queries.open_needs(viewer), queries.open_offers(viewer)):
            assert set(shown.values_list("owner__name", flat=True)) == seen
    assert "Ivo Listed" not in queries.open_needs(cast.seeker).values_list("owner__name", flat=True)
    assert "Ivo Listed" in queries.open_needs(cast.host).values_list("owner__name", flat=True)


def _sees(viewer: Viewer, member: Member) -> bool:
    from footbridge.people.policy import visible_to

    return visible_to(viewer).filter(id=member.id).exists()


def test_what_is_over_is_shown_on_its_own_side_only(cast: Cast, corpus: dict[str, Member]) -> None:
    own = actions.open_need(actor=OPERATOR, owner=cast.seeker, text="Mine")
    firm = actions.open_need(actor=OPERATOR, owner=cast.food_bank, text="Ours")
    for need in (own, firm):
        actions.close(actor=OPERATOR, posting=need)
    shown = {
        str(viewer): set(policy.needs_visible_to(viewer).values_list("text", flat=True))
        for viewer in viewers(corpus)
    }
    everything = {"Mine", "Ours"}
    assert {name: texts for name, texts in shown.items() if texts} == {
        str(OPERATOR): everything,
        "Rosa Seeker": everything,
        "Hana Host": everything,
        "Sven Deputy": everything,
    }


def test_hidden_and_missing_answer_alike(cast: Cast) -> None:
    hidden = actions.open_need(actor=cast.host, owner=cast.listed, text="Quiet")
    closed = actions.open_offer(actor=cast.seeker, owner=cast.seeker, text="Over")
    actions.close(actor=cast.seeker, posting=closed)
    for find in (
        lambda: queries.get_need(cast.target, hidden.id),
        lambda: queries.get_need(cast.stranger, str(hidden.id)),
        lambda: queries.get_need(cast.target, uuid.uuid4()),
        lambda: queries.get_need(cast.target, "no id at all"),
        lambda: queries.get_offer(cast.target, closed.id),
    ):
        with pytest.raises(NotHere) as refused:
            find()
        assert refused.value.message == ""
    assert queries.get_need(cast.listed, hidden.id) == hidden
    assert queries.get_offer(cast.seeker, closed.id) == closed


def test_causes_are_shown_with_their_member(cast: Cast) -> None:
    cause = queries.causes_by_ids([queries.find_cause("SDG 2").id])
    actions.care_for(actor=cast.host, member=cast.listed, causes=cause)
    assert [c.number for c in queries.causes_of(cast.host, cast.listed)] == [2]
    assert queries.causes_of(cast.seeker, cast.listed) == []
    assert [c.number for c in queries.causes_of(OPERATOR, cast.listed)] == [2]


def test_past_and_present_lists_have_no_overlap_and_lose_nothing(
    cast: Cast, corpus: dict[str, Member]
) -> None:
    for number, member in enumerate(corpus.values()):
        until = clock.today() + timedelta(days=number % 3)
        need = actions.open_need(actor=OPERATOR, owner=member, text="A van", until=until)
        if number % 4 == 0:
            actions.close(actor=OPERATOR, posting=need)
    with clock.held_at(clock.now() + timedelta(days=1)):
        now, past = set(), set()
        for member in corpus.values():
            now |= {card.id for card in queries.needs_of(OPERATOR, member)}
            past |= {card.id for card in queries.past_needs_of(OPERATOR, member)}
        assert now
        assert past
        assert not now & past
        assert now | past == set(Need.objects.values_list("id", flat=True))
        assert now == {need.id for need in Need.objects.all() if need.is_open}
    assert not Offer.objects.exists()
