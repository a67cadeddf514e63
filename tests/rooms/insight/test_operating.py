"""Where organisations work: found there, through whom, and whom to turn to first."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import override

from footbridge.core.errors import DomainError, NotAllowed, NotHere, Overtaken
from footbridge.exchange import actions as exchange
from footbridge.insight.cards import Filters
from footbridge.insight.entry import entry_contacts
from footbridge.insight.queries import search, suggest
from footbridge.introductions.models import Introduction
from footbridge.network import actions as network
from footbridge.people import actions, queries
from footbridge.people.models import Affiliation, Organisation, Person, Place, Reach
from footbridge.people.states import Precision, Sector
from tests.cast import Cast
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


def _lagos() -> Place:
    return Place.objects.create(
        key="test:Lagos",
        name="Lagos",
        country="NG",
        latitude=6.45,
        longitude=3.39,
        precision=Precision.CITY,
    )


def _group(cast: Cast) -> tuple[Organisation, Organisation]:
    """An international group that sits in Porto, and its local affiliate."""
    head = cast.organisation("Solidar International", Sector.NONPROFIT)
    local = cast.organisation("Solidar Naija", Sector.NONPROFIT, place=_lagos(), group=head)
    return head, local


def _names(found: Any) -> list[str]:
    return [card.name for card in found.cards]


@pytest.mark.parametrize("words", ["Nigeria", "nigéria", "NIGERIA", "Lagos", "lagso"])
def test_a_group_is_found_by_where_its_affiliate_works_and_says_so(cast: Cast, words: str) -> None:
    head, local = _group(cast)
    found = search(cast.seeker, words)
    assert set(_names(found)) == {"Solidar International", "Solidar Naija"}
    if words != "lagso":
        assert found.notes == {
            head.id: "Works in Lagos, Nigeria through its affiliate Solidar Naija"
        }
        assert local.id not in found.notes


def test_a_country_is_found_by_its_name_in_each_language(cast: Cast) -> None:
    cast.organisation("Baltic Aid", Sector.NONPROFIT)
    place = Place.objects.create(
        key="t:R", name="Riga", country="LV", latitude=56.9, longitude=24.1
    )
    Reach.objects.create(organisation=Organisation.objects.get(name="Baltic Aid"), place=place)
    for words in ("Latvia", "Letonia", "Lettonie"):
        found = search(cast.seeker, words)
        assert _names(found) == ["Baltic Aid"]
        assert list(found.notes.values()) == ["Works in Riga, Latvia"]
    with override("es"):
        assert "Letonia" in next(iter(search(cast.seeker, "Letonia").notes.values()))


def test_the_place_filter_finds_a_group_through_its_affiliate(cast: Cast) -> None:
    head, _local = _group(cast)
    found = search(cast.seeker, "", filters=Filters(near="Lagos", within_km=50))
    assert set(_names(found)) == {"Solidar International", "Solidar Naija"}
    assert "through its affiliate" in found.notes[head.id]
    near_porto = search(cast.seeker, "", filters=Filters(near="Porto", within_km=50))
    assert head.id not in near_porto.notes


def test_the_place_filter_knows_towns_that_only_this_network_has(cast: Cast) -> None:
    tiny = Place.objects.create(
        key="own:Mareby", name="Mareby Quay", country="PT", latitude=40.0, longitude=-8.0
    )
    cast.person("Ada Quay", place=tiny)
    found = search(cast.seeker, "", filters=Filters(near="mareby quay", within_km=10))
    assert _names(found) == ["Ada Quay"]


def test_a_need_of_a_group_is_matched_near_its_affiliate(cast: Cast) -> None:
    head, _local = _group(cast)
    exchange.load_shipped_vocabulary()
    exchange.open_offer(actor=cast.host, owner=head, text="Cold storage, two pallets, at night.")
    asker = cast.person("Chidi Ask", place=Place.objects.get(name="Lagos"))
    exchange.open_need(actor=asker, owner=asker, text="We need cold storage two nights a week.")
    found = next(one for one in suggest(asker, asker) if one.card.id == head.id)
    assert "In the same place" in [reason.text for reason in found.reasons]


# Full text: accents, synonyms, three languages.


def _offers(person: Person, text: str) -> None:
    exchange.load_shipped_vocabulary()
    exchange.open_offer(actor=person, owner=person, text=text)


@pytest.mark.parametrize(
    ("headline", "words"),
    [
        ("Entrepôts frigorifiques", "entrepot frigorifique"),
        ("Coordina voluntarios", "voluntaria"),
        ("Bénévoles du marché", "benevole"),
        ("Runs a bakery", "bakeries"),
        ("Żółw i ryba", "zolw"),
    ],
)
def test_accents_and_endings_are_forgiven_in_each_language(
    cast: Cast, headline: str, words: str
) -> None:
    cast.person("Ada One", headline=headline)
    cast.person("Bo Two", headline="Paints boats")
    assert _names(search(cast.seeker, words)) == ["Ada One"]


@pytest.mark.parametrize("words", ["listening ear", "charlar", "une oreille", "conversación"])
def test_a_skill_is_found_by_its_synonyms_in_each_language(cast: Cast, words: str) -> None:
    _offers(cast.target, "Just a conversation.")
    assert _names(search(cast.seeker, words))[:1] == ["Lena Sought"]


# Never an empty page.


def test_who_answers_the_words_but_not_the_filter_is_a_near_miss(cast: Cast) -> None:
    cast.person("Ada Baker", headline="Bakes bread")
    found = search(cast.seeker, "bread", filters=Filters(language="pl"))
    assert found.cards == ()
    assert [one.card.name for one in found.nearest] == ["Ada Baker"]
    assert found.nearest[0].missing[0].text == "Does not speak the language you asked for"


def test_where_no_word_is_known_those_who_pass_the_filters_are_near(cast: Cast) -> None:
    cast.target  # noqa: B018 - written to the database
    found = search(cast.seeker, "xylophagy", filters=Filters(kind="person"))
    assert found.nearest
    assert found.nearest[0].missing[-1].text == "Says nothing of «xylophagy»"
    assert cast.seeker.id not in {one.card.id for one in found.nearest}


def test_near_misses_are_of_people_whom_one_may_see(cast: Cast) -> None:
    cast.person("Listed Baker", headline="Bakes bread", standing="known")
    hidden = cast.person("Hidden Baker", headline="Bakes bread")
    cast.hidden(hidden)
    found = search(cast.seeker, "bread", filters=Filters(language="pl"))
    assert not {"Listed Baker", "Hidden Baker"} & {one.card.name for one in found.nearest}


# The page of an organisation.


def test_its_group_and_its_places_with_the_people_there(cast: Cast) -> None:
    head, local = _group(cast)
    lagos = Place.objects.get(name="Lagos")
    cast.person("Chidi There", at=local, place=lagos)
    shy = cast.person("Shy There", at=local, place=lagos)
    actions.show(actor=shy, place="introduced")
    cast.person("Elsewhere", at=local)
    (site,) = queries.works_in(cast.seeker, head)
    assert (site.name, site.through and site.through.name) == ("Lagos", "Solidar Naija")
    assert [one.name for one in site.people] == ["Chidi There"]
    assert [one.name for one in queries.group_of(cast.seeker, head).affiliates] == ["Solidar Naija"]
    group = queries.group_of(cast.seeker, local)
    assert group.head is not None
    assert group.head.name == "Solidar International"


@pytest.mark.parametrize("count", [1, 3])
def test_places_take_the_same_queries_for_one_and_for_many(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    head = cast.organisation("Solidar International", Sector.NONPROFIT)
    for number in range(count):
        local = cast.organisation(f"Local {number}", Sector.NONPROFIT, group=head)
        cast.person(f"There {number}", at=local)
    with django_assert_num_queries(9):
        assert len(queries.works_in(cast.seeker, head)) == count


def test_those_who_act_for_it_say_where_it_works(cast: Cast) -> None:
    cast.seeker  # noqa: B018 - written to the database
    made = actions.work_in(
        actor=cast.seeker, organisation=cast.food_bank, names=["Lisbon", " ", "Porto", "Lisbon"]
    )
    assert {one.place.name for one in made} == {"Lisbon", "Porto"}
    made = actions.work_in(actor=cast.seeker, organisation=cast.food_bank, names=["Porto"])
    assert [one.place.name for one in made] == ["Porto"]
    with pytest.raises(NotAllowed):
        actions.work_in(actor=cast.target, organisation=cast.food_bank, names=[])
    with pytest.raises(NotHere):
        actions.work_in(actor=cast.target, organisation=cast.target, names=[])


def test_an_unknown_place_or_a_newer_word_changes_nothing(cast: Cast) -> None:
    act = {"actor": cast.seeker, "organisation": cast.food_bank}
    actions.work_in(names=["Porto"], **act)
    with pytest.raises(DomainError) as refused:
        actions.work_in(names=["Lisbon", "Xyzzyville"], **act)
    assert refused.value.field == "places"
    with pytest.raises(Overtaken):
        actions.work_in(names=["Lisbon"], version="0", **act)
    assert [one.place.name for one in Reach.objects.all()] == ["Porto"]


# Whom to turn to first.


def _works(cast: Cast, name: str, role: str) -> Person:
    return cast.person(name, at=cast.city, role=role)


def test_who_reaches_out_comes_before_the_head(cast: Cast) -> None:
    _works(cast, "Head One", "Chief executive")
    _works(cast, "Press Two", "Head of communications")
    _works(cast, "Clerk Three", "Clerk")
    found = entry_contacts(cast.seeker, cast.city)
    assert [one.member.name for one in found] == ["Press Two", "Clerk Three", "Head One"]
    assert found[0].reasons == ("reaching out is their work",)


def test_a_mandate_counts_most_and_a_warm_way_moves_somebody_up(cast: Cast) -> None:
    head, press = _works(cast, "Head One", "CEO"), _works(cast, "Press Two", "Press")
    network.state_tie(actor=cast.seeker, other=cast.target, strength="trust")
    network.state_tie(actor=cast.target, other=head, strength="trust")
    found = {one.member.name: one for one in entry_contacts(cast.seeker, cast.city)}
    assert found["Head One"].reasons[1] == "Lena Sought knows you both"
    network.state_tie(actor=cast.seeker, other=press, strength="know")
    found = {one.member.name: one for one in entry_contacts(cast.seeker, cast.city)}
    assert found["Press Two"].reasons[1] == "you know each other"
    Affiliation.objects.filter(person=head).update(has_mandate=True)
    assert "has a mandate to agree to things" in entry_contacts(cast.seeker, cast.city)[0].reasons


def test_who_met_several_through_introductions_is_told_as_that_and_a_no_as_nothing(
    cast: Cast,
) -> None:
    press = _works(cast, "Press Two", "Press")
    met = [cast.person(f"Guest {n}") for n in range(3)]
    for one in met[:2]:
        _met(one, cast.connector, press)
    (found, *_rest) = entry_contacts(cast.seeker, cast.city)
    assert len(found.reasons) == 1
    _met(met[2], cast.connector, press)
    found = next(one for one in entry_contacts(cast.seeker, cast.city) if one.member.id == press.id)
    assert found.reasons[1] == "has met people through introductions before"


def _met(seeker: Person, connector: Person, target: Person) -> None:
    Introduction.objects.create(
        seeker=seeker, connector=connector, target=target, state="introduced", introduced_at=NOON
    )


@pytest.mark.parametrize("count", [1, 3])
def test_entry_contacts_take_the_same_queries_for_one_and_for_many(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        _works(cast, f"Clerk {number}", "Clerk")
    network.state_tie(actor=cast.seeker, other=cast.target, strength="know")
    entry_contacts(cast.seeker, cast.city)
    with django_assert_num_queries(6):
        assert len(entry_contacts(cast.seeker, cast.city)) == count
