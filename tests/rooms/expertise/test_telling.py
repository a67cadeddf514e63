"""Telling what one has done, and which skills it shows."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from footbridge.core.errors import DomainError, LimitReached, NotHere, Overtaken
from footbridge.exchange import actions as exchange
from footbridge.expertise import actions, queries
from footbridge.expertise.actions import Pick
from footbridge.expertise.models import Claim, Confirmation, Episode
from footbridge.expertise.states import State
from footbridge.journal.models import Entry
from tests.cast import Cast
from tests.rooms.expertise import story

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _words(db: None) -> None:
    exchange.load_shipped_vocabulary()


def _claims(person: object) -> dict[str, tuple[str, str]]:
    rows = Claim.objects.filter(person=person).values_list("skill__key", "level", "carries")
    return {key: (level, carries) for key, level, carries in rows}


def test_a_ticked_line_becomes_an_episode_and_the_skills_that_it_shows(cast: Cast) -> None:
    actions.pick(actor=cast.seeker, keys=["ministry"])
    assert _claims(cast.seeker) == {
        "negotiation": ("led", "any"),
        "policy-advice": ("did", "sector"),
    }
    assert story.titles(cast.seeker) == ["I negotiated with a ministry."]
    entry = Entry.objects.get(verb="expertise.told")
    assert (entry.subject, entry.actor, entry.facts) == (cast.seeker.id, cast.seeker.id, {})


def test_a_line_is_told_in_the_language_of_who_ticks_it(cast: Cast) -> None:
    with override("es"):
        actions.pick(actor=cast.seeker, keys=["ministry"])
    assert story.titles(cast.seeker) == ["Negocié con un ministerio."]


def test_a_line_that_is_ticked_twice_counts_once(cast: Cast) -> None:
    actions.pick(actor=cast.seeker, keys=["ministry"])
    assert actions.pick(actor=cast.seeker, keys=["ministry", "ministry"]) == []
    assert Episode.objects.count() == 1


def test_the_first_time_five_are_enough_and_later_as_many_as_one_likes(cast: Cast) -> None:
    six = ["ministry", "first-grant", "land", "kitchen", "lease", "board"]
    with pytest.raises(DomainError) as refused:
        actions.pick(actor=cast.seeker, keys=six)
    assert (refused.value.field, Episode.objects.count()) == ("lines", 0)
    actions.pick(actor=cast.seeker, keys=six[:1])
    actions.pick(actor=cast.seeker, keys=six)
    assert Episode.objects.count() == 6


@pytest.mark.parametrize("keys", [[], ["no-such-line"], ["ministry", ""]])
def test_what_is_not_on_the_list_is_not_ticked(cast: Cast, keys: list[str]) -> None:
    with pytest.raises(DomainError) as refused:
        actions.pick(actor=cast.seeker, keys=keys)
    assert (refused.value.field, Episode.objects.count()) == ("lines", 0)


def test_a_skill_is_claimed_once_and_the_further_level_stands(cast: Cast) -> None:
    actions.pick(actor=cast.seeker, keys=["ministry"])
    actions.pick(actor=cast.seeker, keys=["lease"])
    claim = Claim.objects.get(skill__key="negotiation")
    assert (claim.level, claim.episode.line) == ("led", "ministry")
    story.tells(cast.seeker, "negotiation", level="teaches")
    claim.refresh_from_db()
    assert (claim.level, claim.episode.title) == ("teaches", story.TITLE)


def test_an_episode_in_ones_own_words_suggests_skills_in_three_languages(cast: Cast) -> None:
    said = {
        "en": "I negotiated with the port for two years and wrote the contract",
        "es": "Negocié con el puerto durante dos años y redacté el contrato",
        "fr": "J'ai négocié avec le port pendant deux ans et rédigé le contrat",
    }
    for language, text in said.items():
        with override(language):
            keys = {one.key for one in queries.skills_in(text)}
        assert {"negotiation", "contracts"} <= keys, language


def test_a_skill_is_shown_in_both_sides_words_of_the_readers_language(cast: Cast) -> None:
    story.tells(cast.seeker)
    skill = story.skill("negotiation")
    for language in ("en", "es", "fr"):
        with override(language):
            card = queries.own_claims(cast.seeker)[0].skill
        assert list(card.mission) == skill.sides[language]["mission"]
        assert list(card.business) == skill.sides[language]["business"]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "a" * 161}, "title"),
        ({"title": "A", "story": "b" * 2001}, "story"),
        ({"title": "A", "since": 1200}, "since"),
        ({"title": "A", "since": 2020, "until": 2019}, "until"),
        ({"title": "A", "until": 3000}, "until"),
        ({"title": "A", "picks": []}, "skills"),
        ({"title": "A", "level": "expert"}, "level"),
        ({"title": "A", "carries": "far"}, "carries"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(cast: Cast, said: dict, field: str) -> None:
    level, carries = said.pop("level", "did"), said.pop("carries", "any")
    picks = said.pop("picks", [Pick(story.skill("negotiation"), level, carries)])
    with pytest.raises(DomainError) as refused:
        actions.write_episode(actor=cast.seeker, picks=picks, **said)
    assert (refused.value.field, Episode.objects.count()) == (field, 0)


def test_what_one_says_again_at_no_further_level_leaves_no_empty_episode(cast: Cast) -> None:
    story.tells(cast.seeker, level="led")
    with pytest.raises(DomainError) as refused:
        story.tells(cast.seeker, level="did", title="Another time")
    assert (refused.value.field, story.titles(cast.seeker)) == ("skills", [story.TITLE])


def test_nobody_claims_more_than_anybody_reads(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("footbridge.expertise.actions.own.MOST_CLAIMS", 1)
    story.tells(cast.seeker)
    with pytest.raises(LimitReached):
        story.tells(cast.seeker, "grant-writing")
    assert set(_claims(cast.seeker)) == {"negotiation"}


def test_a_level_is_changed_by_its_owner_alone_and_two_edits_meet(cast: Cast) -> None:
    claim = story.tells(cast.seeker)
    with pytest.raises(NotHere):
        actions.edit_claim(actor=cast.connector, claim=claim, level="led", carries="any")
    actions.edit_claim(actor=cast.seeker, claim=claim, level="led", carries="same", version=1)
    with pytest.raises(Overtaken) as met:
        actions.edit_claim(actor=cast.seeker, claim=claim, level="did", carries="any", version=1)
    assert met.value.theirs == {"level": "led", "carries": "same"}
    assert _claims(cast.seeker) == {"negotiation": ("led", "same")}


def test_going_further_undoes_what_others_confirmed_and_going_back_does_not(cast: Cast) -> None:
    row = story.confirmed(cast)
    claim = row.claim
    actions.edit_claim(actor=cast.seeker, claim=claim, level="helped", carries="any")
    assert story.fresh(row).state == State.CONFIRMED
    actions.edit_claim(actor=cast.seeker, claim=claim, level="led", carries="any")
    assert not Confirmation.objects.exists()
    assert story.letters() == []


def test_other_words_for_an_episode_undo_what_was_confirmed_of_them(cast: Cast) -> None:
    row = story.confirmed(cast)
    said = {"actor": cast.seeker, "claim": row.claim, "title": story.TITLE}
    actions.edit_episode(**said, since=2019, until=2021, is_shown=False)
    assert story.fresh(row).state == State.CONFIRMED
    actions.edit_episode(**said | {"title": "I led the talks with the state"})
    assert not Confirmation.objects.exists()


def test_a_no_is_remembered_whatever_is_changed(cast: Cast) -> None:
    row = story.asked(cast)
    actions.not_mine(actor=cast.connector, confirmation=row)
    actions.edit_claim(actor=cast.seeker, claim=row.claim, level="led", carries="any")
    again = actions.ask(actor=cast.seeker, claim=row.claim, person=cast.connector)
    assert (again.id, again.state) == (row.id, State.NOT_MINE)


def test_an_episode_goes_with_the_last_skill_that_it_shows(cast: Cast) -> None:
    actions.pick(actor=cast.seeker, keys=["first-grant"])
    first, second = Claim.objects.filter(person=cast.seeker)
    actions.drop(actor=cast.seeker, claim=first)
    assert Episode.objects.count() == 1
    actions.drop(actor=cast.seeker, claim=second)
    assert not Episode.objects.exists()
    with pytest.raises(NotHere):
        actions.drop(actor=cast.seeker, claim=second)


@pytest.mark.parametrize("claims", [1, 3])
def test_ones_own_skills_are_read_in_two_queries(
    cast: Cast, django_assert_num_queries, claims: int
) -> None:
    for key in ("negotiation", "grant-writing", "teaching")[:claims]:
        story.tells(cast.seeker, key, title=f"What I did: {key}")
    with django_assert_num_queries(2):
        assert len(queries.own_claims(cast.seeker)) == claims
