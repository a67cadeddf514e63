"""Who sees somebody's expertise: nobody until they say so, and then whom they said."""

from __future__ import annotations

import pytest

from footbridge.core.audience import OPERATOR
from footbridge.core.errors import DomainError, NotAllowed
from footbridge.exchange import actions as exchange
from footbridge.expertise import actions, queries
from footbridge.expertise.models import Listing
from footbridge.people.actions.showing import acquaint
from footbridge.people.models import Host
from footbridge.people.states import Standing
from tests.cast import Cast
from tests.rooms.expertise import story

pytestmark = pytest.mark.django_db


def _seen(viewer: object, person: object) -> list[str]:
    return [one.skill.key for one in queries.claims_of(viewer, person)]  # type: ignore[arg-type]


def test_nothing_is_seen_until_somebody_says_list_my_expertise(cast: Cast) -> None:
    story.tells(cast.seeker)
    assert [_seen(one, cast.seeker) for one in (cast.target, cast.host, OPERATOR)] == [[], [], []]
    assert _seen(cast.seeker, cast.seeker) == ["negotiation"]
    story.lists(cast.seeker)
    assert _seen(cast.target, cast.seeker) == _seen(OPERATOR, cast.seeker) == ["negotiation"]


def test_what_is_for_those_one_was_introduced_to_is_for_them_and_ones_host(cast: Cast) -> None:
    story.tells(cast.seeker)
    story.lists(cast.seeker, "introduced")
    acquaint(cast.seeker, cast.connector)
    other_host = cast.person("Omar Host", chapter=cast.other_chapter)
    Host.objects.create(person=other_host, chapter=cast.other_chapter)
    seen = {one.name: _seen(one, cast.seeker) for one in (cast.target, cast.stranger, other_host)}
    assert seen == {"Lena Sought": [], "Noor Stranger": [], "Omar Host": []}
    assert _seen(cast.connector, cast.seeker) == _seen(cast.host, cast.seeker) == ["negotiation"]


def test_it_is_taken_back_at_once(cast: Cast) -> None:
    story.listed(cast.seeker)
    actions.unlist(actor=cast.seeker)
    assert (_seen(cast.target, cast.seeker), Listing.objects.count()) == ([], 0)


def test_who_waits_to_come_in_sees_nobodys_and_is_not_listed(cast: Cast) -> None:
    story.listed(cast.seeker)
    applicant = cast.person("Petra Applicant", standing=Standing.APPLIED)
    assert _seen(applicant, cast.seeker) == []
    with pytest.raises(NotAllowed):
        story.lists(applicant)


def test_who_goes_back_to_the_list_is_not_listed_any_more(cast: Cast) -> None:
    story.listed(cast.seeker)
    type(cast.seeker).objects.filter(id=cast.seeker.id).update(standing=Standing.KNOWN)
    assert _seen(cast.host, cast.seeker) == []


@pytest.mark.parametrize("word", ["everyone", "nobody", ""])
def test_it_is_listed_for_members_or_for_few_and_nothing_else(cast: Cast, word: str) -> None:
    with pytest.raises(DomainError) as refused:
        story.lists(cast.seeker, word)
    assert refused.value.field == "seen_by"


def test_an_episode_that_is_kept_back_is_kept_from_everyone_else(cast: Cast) -> None:
    exchange.load_shipped_vocabulary()
    story.listed(cast.seeker, story="It rained.", is_shown=False)
    [shown] = queries.claims_of(cast.target, cast.seeker)
    [own] = queries.own_claims(cast.seeker)
    assert shown.episode is None
    assert own.episode is not None
    assert own.episode.story == "It rained."


def test_a_confirmed_skill_tells_who_said_so_only_if_they_agreed(cast: Cast) -> None:
    row = story.confirmed(cast, words="I sat beside her.")
    story.lists(cast.seeker)
    [card] = queries.claims_of(cast.target, cast.seeker)
    assert (card.confirmed, card.confirmed_by, card.unnamed) == (1, (), 1)
    actions.confirm(actor=cast.connector, confirmation=row, words="I was there.", is_named=True)
    [card] = queries.claims_of(cast.target, cast.seeker)
    assert [(one.name, one.words) for one in card.confirmed_by] == [
        ("Kofi Connector", "I was there.")
    ]
    assert story.letters(cast.seeker) == ["expertise_confirmed"]


def test_who_confirmed_and_hides_is_neither_named_nor_counted(cast: Cast) -> None:
    row = story.confirmed(cast, is_named=True)
    story.lists(cast.seeker)
    cast.hidden(row.by)
    [card] = queries.claims_of(cast.target, cast.seeker)
    assert (card.confirmed, card.confirmed_by) == (0, ())


def test_who_hides_leaves_no_expertise_behind(cast: Cast) -> None:
    row = story.confirmed(cast)
    story.lists(cast.seeker)
    person_id = cast.seeker.id
    cast.hidden(cast.seeker)
    assert not queries.visible_to(OPERATOR).filter(person=person_id).exists()
    assert story.letters() == []
    assert not type(row)._default_manager.filter(id=row.id).exists()


@pytest.mark.parametrize("claims", [1, 3])
def test_somebodys_expertise_is_read_in_a_fixed_number_of_queries(
    cast: Cast, django_assert_num_queries, claims: int
) -> None:
    for key in ("negotiation", "grant-writing", "teaching")[:claims]:
        story.tells(cast.seeker, key, title=f"What I did: {key}")
    story.lists(cast.seeker)
    viewer = cast.target
    with django_assert_num_queries(3):
        assert len(queries.claims_of(viewer, cast.seeker)) == claims
