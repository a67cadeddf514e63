"""The number of queries does not grow with the people in an answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from footbridge.insight import network, queries
from tests.cast import Cast
from tests.rooms.insight import story

pytestmark = pytest.mark.django_db

QUESTIONS: dict[str, tuple[int, Callable[[Cast], Any]]] = {
    "suggest": (9, lambda cast: queries.suggest(cast.seeker, cast.seeker)),
    "suggest_for_text": (
        11,
        lambda cast: queries.suggest_for_text(cast.seeker, "a cold store", asker=cast.seeker),
    ),
    "chains": (11, lambda cast: queries.chains(cast.seeker, cast.seeker, cast.target)),
    "search": (4, lambda cast: queries.search(cast.seeker, "offers")),
    "pairs": (13, lambda cast: queries.pairs(cast.host, cast.chapter)),
    "unmatched": (11, lambda cast: queries.unmatched(cast.host, cast.chapter)),
}


def more_people(cast: Cast, start: int, end: int) -> None:
    for n in range(start, end):
        offering = cast.person(f"Offers Much {n}", at=cast.cold_chain, role="Sales")
        story.offers(offering)
        story.know(offering, cast.connector)
        needing = cast.person(f"Needs Much {n}", at=cast.food_bank, role="Cook")
        story.needs(needing)
        middle = cast.person(f"Middle {n}")
        story.know(cast.seeker, middle)
        story.know(middle, cast.target)
        cast.person(f"Lone {n}", place=None, languages=[])


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_number_of_queries_is_the_same_for_one_and_for_three(
    cast: Cast, name: str, django_assert_num_queries: Any
) -> None:
    story.cold_story(cast)
    assert cast.host
    wanted, ask = QUESTIONS[name]
    sizes = []
    for start, end in ((0, 1), (1, 3)):
        more_people(cast, start, end)
        network.current()
        ask(cast)
        with django_assert_num_queries(wanted):
            found = ask(cast)
        sizes.append(len(getattr(found, "cards", found)))
    assert sizes[1] > sizes[0] >= 1


def test_a_search_at_rest_reads_only_what_it_shows(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    assert cast.target
    network.current()
    queries.search(cast.seeker, "lena")
    with django_assert_num_queries(4) as seen:
        queries.search(cast.seeker, "lena")
    assert [re.findall(r'FROM "?(\w+)', query["sql"])[0] for query in seen.captured_queries] == [
        "journal_entry", "people_host", "people_member", "people_affiliation",
    ]  # fmt: skip
