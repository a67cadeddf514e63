"""Who may be one and the same is offered to a host; nobody is merged silently."""

from __future__ import annotations

import pytest

from footbridge.core.errors import NotAllowed, NotHere
from footbridge.intake import actions, queries
from footbridge.intake.models import Duplicate
from footbridge.people.models import Member
from tests.cast import Cast
from tests.rooms.intake.lists import bring_in

pytestmark = pytest.mark.django_db


def pairs(cast: Cast) -> list[tuple[str, str, list[str]]]:
    return [
        (*sorted((card.one.name, card.other.name)), card.why)
        for card in queries.duplicates(cast.host)
    ]


def test_names_that_look_the_same_are_offered_and_stay_two(cast: Cast) -> None:
    bring_in(cast.chapter, "Name,Email\nPaul Nagy,paul@x.org\nРaul Nagy,paul@y.org\n")
    assert pairs(cast) == [("Paul Nagy", "Рaul Nagy", ["Names that look the same"])]
    assert Member.objects.filter(email__in=["paul@x.org", "paul@y.org"]).count() == 2


def test_a_slip_of_the_pen_in_one_town_is_offered(cast: Cast) -> None:
    bring_in(
        cast.chapter,
        "Organisation,City,Sector\nHarbour Kitchen Trust,Porto,charity\n"
        "Harbor Kitchen Trust,Porto,charity\nHarbour Kitchin Trust,Lisbon,charity\n",
    )
    assert pairs(cast) == [
        (
            "Harbor Kitchen Trust",
            "Harbour Kitchen Trust",
            ["Names that are nearly the same", "The same place"],
        )
    ]


def test_one_website_is_offered_a_platform_is_not(cast: Cast) -> None:
    bring_in(
        cast.chapter,
        "Organisation,Website,Sector\nAlpha,https://www.same.org/,charity\n"
        "Beta,http://same.org,charity\nGamma,https://facebook.com,charity\n"
        "Delta,https://facebook.com,charity\n",
    )
    assert pairs(cast) == [("Alpha", "Beta", ["The same website"])]


def test_branches_with_different_numbers_are_not_offered(cast: Cast) -> None:
    bring_in(
        cast.chapter,
        "Organisation,City,Sector\nScout Group 14 Porto,Porto,charity\n"
        "Scout Group 15 Porto,Porto,charity\n",
    )
    assert pairs(cast) == []


def test_a_pair_that_was_told_apart_is_not_offered_again(cast: Cast) -> None:
    text = "Name,Email\nPaul Nagy,paul@x.org\nPaul Nagy,paul@y.org\n"
    bring_in(cast.chapter, text)
    duplicate = queries.get_duplicate(cast.host, queries.duplicates(cast.host)[0].id)
    actions.different(actor=cast.host, duplicate=duplicate)
    bring_in(cast.chapter, text)
    assert queries.duplicates(cast.host) == []
    assert queries.count_duplicates(cast.host) == 0
    assert Duplicate.objects.count() == 1


def test_a_merged_pair_is_no_longer_offered(cast: Cast) -> None:
    bring_in(cast.chapter, "Name,Email\nPaul Nagy,paul@x.org\nPaul Nagy,paul@y.org\n")
    card = queries.duplicates(cast.host)[0]
    members = Member.objects.in_bulk([card.one.id, card.other.id])
    actions.merge(actor=cast.host, keep=members[card.one.id], gone=members[card.other.id])
    assert queries.duplicates(cast.host) == []


def test_pairs_are_shown_to_who_looks_after_both(cast: Cast) -> None:
    bring_in(cast.chapter, "Name,Email\nPaul Nagy,paul@x.org\nPaul Nagy,paul@y.org\n")
    duplicate = Duplicate.objects.get()
    assert queries.duplicates(cast.seeker) == []
    with pytest.raises(NotHere):
        queries.get_duplicate(cast.seeker, duplicate.id)
    with pytest.raises(NotAllowed):
        actions.different(actor=cast.seeker, duplicate=duplicate)


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_of_pairs_takes_as_many_queries_as_one(
    cast: Cast, count: int, django_assert_num_queries: object
) -> None:
    assert cast.host
    rows = "".join(f"Paul {n * 'n'} Nagy,a{n}@x.org\nPaul {n * 'n'} Nagy,b{n}@x.org\n" for n in
                   range(1, count + 1))  # fmt: skip
    bring_in(cast.chapter, "Name,Email\n" + rows)
    with django_assert_num_queries(3):  # type: ignore[operator]
        assert len(queries.duplicates(cast.host)) == count
