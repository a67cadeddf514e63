"""Finding members by words."""

from __future__ import annotations

import pytest

from footbridge.core import ids
from footbridge.core.errors import DomainError
from footbridge.insight import queries
from footbridge.insight.cards import Filters
from footbridge.people.models import Place
from footbridge.people.states import Sector
from tests.cast import Cast
from tests.rooms.insight import story

pytestmark = pytest.mark.django_db


def found(cast: Cast, text: str, **filters: object) -> list[str]:
    story.anew()
    answer = queries.search(cast.seeker, text, filters=Filters(**filters))  # type: ignore[arg-type]
    assert answer.total == len(answer.cards)
    return [card.name for card in answer.cards]


@pytest.mark.parametrize(
    "typed",
    ["Lena", "lena sought", "LENA", "Léna", "len", "lnea", "operations lead", "operatoins"],
)
def test_a_person_is_found_by_name_and_role_with_typing_errors_forgiven(
    cast: Cast, typed: str
) -> None:
    assert cast.target
    assert "Lena Sought" in found(cast, typed)


def test_a_person_is_found_by_where_they_are_what_they_offer_and_care_for(cast: Cast) -> None:
    story.offers(cast.target)
    story.cares(cast.target, "sdg-2")
    assert found(cast, "northwind") == ["Northwind Cold Chain", "Lena Sought"]
    assert found(cast, "cold storage") == ["Lena Sought"]
    assert found(cast, "food for everyone lena") == ["Lena Sought"]
    assert "Lena Sought" in found(cast, "porto")


def test_every_word_counts_and_the_best_come_first(cast: Cast) -> None:
    cast.person("Lena Lund", role="Sales", at=cast.city)
    assert cast.target
    assert set(found(cast, "lena")) == {"Lena Lund", "Lena Sought"}
    assert found(cast, "lena city") == ["Lena Lund"]
    cast.person("Sal Lenagan", role="Lena")
    assert found(cast, "lena")[2] == "Sal Lenagan"
    assert found(cast, "lena operations") == ["Lena Sought"]


def test_when_nobody_answers_every_word_who_answers_most_is_shown(cast: Cast) -> None:
    assert cast.target
    assert found(cast, "lena sought astronaut") == ["Lena Sought"]


def test_nonsense_finds_nobody(cast: Cast) -> None:
    assert found(cast, "qqqqqqqq zzzzzzz") == []
    assert found(cast, "!?") == []


def test_without_a_word_everyone_is_listed_by_name(cast: Cast) -> None:
    assert cast.target
    assert found(cast, "") == [
        "Harbour Food Bank", "Lena Sought", "Northwind Cold Chain", "Rosa Seeker",
    ]  # fmt: skip


def test_filters_leave_only_who_passes_them_all(cast: Cast) -> None:
    story.cares(cast.target, "sdg-2")
    cast.person("Ivan Inland", place=cast.lisbon, languages=["pt"])
    assert found(cast, "", kind="person") == ["Ivan Inland", "Lena Sought", "Rosa Seeker"]
    assert found(cast, "", kind="person", sector=Sector.PRIVATE) == ["Lena Sought"]
    assert found(cast, "", language="pt") == ["Ivan Inland"]
    assert found(cast, "", language="cy") == []
    assert found(cast, "", cause="sdg-2") == ["Lena Sought"]
    assert found(cast, "", cause="sdg-1") == []
    assert found(cast, "", cause="no such cause") == []
    assert found(cast, "", kind="person", near="Lisbon", within_km=25) == ["Ivan Inland"]
    assert found(cast, "", chapter=str(cast.chapter.id), kind="organisation", group="") == [
        "Harbour Food Bank", "Northwind Cold Chain",
    ]  # fmt: skip
    assert found(cast, "", chapter=str(cast.other_chapter.id)) == []
    assert found(cast, "", group="no id at all") == []


def test_a_place_that_is_not_known_is_told(cast: Cast) -> None:
    with pytest.raises(DomainError, match="No place called «Xqzzyville»"):
        found(cast, "", near="Xqzzyville")


def test_a_town_that_only_the_network_knows_is_near_its_people(cast: Cast) -> None:
    town = Place.objects.create(
        id=ids.new_id(), key="own:1", name="Brackenford", country="PT", latitude=37.0, longitude=-8
    )
    cast.person("Bea Brackenford", place=town)
    assert cast.target
    before = Place.objects.count()
    assert found(cast, "", near="brackenford") == ["Bea Brackenford"]
    assert found(cast, "", near="Brackenford, Portugal", within_km=10) == ["Bea Brackenford"]
    assert Place.objects.count() == before


@pytest.mark.parametrize("field", ["sector", "kind"])
def test_what_is_no_sector_or_kind_is_told(cast: Cast, field: str) -> None:
    filters = Filters(**{field: "no such thing"})
    for ask in (
        lambda: queries.search(cast.seeker, "", filters=filters),
        lambda: queries.suggest(cast.seeker, cast.seeker, filters=filters),
    ):
        with pytest.raises(DomainError, match="no such thing") as refused:
            ask()
        assert refused.value.field == field


def test_pages_hold_twenty_and_a_page_too_far_is_the_last(cast: Cast) -> None:
    for n in range(45):
        cast.person(f"Member {n:02}")
    first = queries.search(cast.seeker, "member")
    assert (first.total, first.pages, first.page, len(first.cards)) == (45, 3, 1, 20)
    last = queries.search(cast.seeker, "member", page=99)
    assert (last.page, len(last.cards)) == (3, 5)
    assert queries.search(cast.seeker, "member", page=-1).page == 1
