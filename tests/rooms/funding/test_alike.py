"""Who funded organisations like one, near it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from footbridge.core.errors import NotHere
from footbridge.exchange import actions as exchange
from footbridge.exchange.models import Cause
from footbridge.funding import queries
from footbridge.people.models import Member, Organisation
from footbridge.people.states import Sector, Standing
from tests.cast import Cast
from tests.rooms.funding.story import bogota, grant, granted, works_for

pytestmark = pytest.mark.django_db


def _wells(cast: Cast) -> Organisation:
    """An organisation that digs wells in Bogotá."""
    made = cast.organisation("Agua para Todos", Sector.NONPROFIT)
    made.place, made.about, made.size = bogota(), "We dig wells and keep water tanks", "micro"
    made.save()
    works_for(made, 6)
    return made


def _many_others(cast: Cast) -> None:
    """Recipients that have nothing to do with wells, so that words tell something."""
    granted(
        cast,
        *(
            grant(f"Club {number}", funder="Sports Fund", title=f"Football shirts {number}")
            for number in range(8)
        ),
    )


def test_funders_of_those_alike_are_shown_with_the_grants_that_say_so(cast: Cast) -> None:
    mine = _wells(cast)
    water = Cause.objects.get(number=6)
    _many_others(cast)
    granted(
        cast,
        grant("Pozos del Sur", place=bogota().id, cause=water.id, source_row=17),
        grant(
            "Tanques",
            title="Water tanks",
            amount=Decimal(40_000),
            awarded_on=date(2023, 1, 1),
        ),
    )
    answer = queries.funded_alike(cast.seeker, mine)
    assert (answer.name, answer.compared, answer.is_widened) == ("Agua para Todos", 10, False)
    (funder,) = answer.funders
    assert (funder.name, funder.amounts, funder.years) == (
        "Fundación Río Claro",
        ("12,000.50 to 40,000 USD",),
        "2023–2025",
    )
    assert funder.reasons == (
        "Funded 2 organisations like yours.",
        "The nearest of them is in your town.",
    )
    first, second = funder.grants
    assert (first.grant.recipient, first.grant.source, first.grant.source_row) == (
        "Pozos del Sur",
        "grants.csv",
        17,
    )
    assert first.why == (
        "Both speak of: wells, tanks, water.",
        "Both work for: Water and toilets.",
        "In your town.",
    )
    assert second.grant.recipient == "Tanques"


def test_nearer_counts_for_more_between_two_that_do_the_same(cast: Cast) -> None:
    mine = _wells(cast)
    _many_others(cast)
    granted(
        cast,
        grant("Far away", funder="Far Fund", place=cast.lisbon.id),
        grant("Close by", funder="Near Fund", place=bogota().id),
    )
    assert [one.name for one in queries.funded_alike(cast.seeker, mine).funders] == [
        "Near Fund",
        "Far Fund",
    ]


def test_what_one_needs_says_what_one_is_like(cast: Cast) -> None:
    mine = cast.food_bank
    exchange.open_need(actor=cast.seeker, owner=mine, text="Someone who knows beehives")
    _many_others(cast)
    granted(cast, grant("Bee Keepers", funder="Honey Trust", title="Forty beehives"))
    (funder,) = queries.funded_alike(cast.seeker, mine).funders
    assert funder.name == "Honey Trust"


def test_who_funded_oneself_is_no_proof_and_is_marked_where_they_funded_others(cast: Cast) -> None:
    mine = _wells(cast)
    _many_others(cast)
    granted(cast, grant("AGUA PARA TODOS"))
    assert queries.funded_alike(cast.seeker, mine).funders[0].near_miss
    granted(cast, grant("Pozos del Sur"))
    (funder,) = queries.funded_alike(cast.seeker, mine).funders
    assert (funder.has_funded_you, funder.reasons[0]) == (
        True,
        "Funded 1 organisation like yours.",
    )


def test_where_nobody_alike_was_funded_the_nearest_are_near_misses(cast: Cast) -> None:
    mine = _wells(cast)
    granted(cast, grant("Opera", title="New seats", place=bogota().id))
    answer = queries.funded_alike(cast.seeker, mine)
    assert (answer.is_widened, [one.near_miss for one in answer.funders]) == (True, [True])


def test_without_any_grant_the_answer_is_empty_and_says_so(cast: Cast) -> None:
    answer = queries.funded_alike(cast.seeker, cast.food_bank)
    assert (answer.funders, answer.compared) == ((), 0)


def test_it_is_answered_for_whom_one_may_see_alone(cast: Cast) -> None:
    granted(cast, grant())
    with pytest.raises(NotHere):
        queries.funded_alike(cast.stranger, cast.listed)
    waiting = cast.person("Wanda Waiting", standing=Standing.APPLIED)
    with pytest.raises(NotHere):
        queries.funded_alike(waiting, cast.food_bank)


def test_a_person_can_ask_for_themselves(cast: Cast) -> None:
    cast.seeker.about = "We dig wells"
    cast.seeker.save()
    _many_others(cast)
    granted(cast, grant("Pozos"))
    (funder,) = queries.funded_alike(cast.seeker, Member.objects.get(id=cast.seeker.id)).funders
    assert funder.name == "Fundación Río Claro"


def test_amounts_in_two_currencies_stay_apart(cast: Cast) -> None:
    mine = _wells(cast)
    _many_others(cast)
    granted(cast, grant("One"), grant("Two", currency="EUR", amount=Decimal(700)))
    (funder,) = queries.funded_alike(cast.seeker, mine).funders
    assert funder.amounts == ("700 EUR", "12,000.50 USD")


@pytest.mark.parametrize("count", [1, 3])
def test_it_asks_as_often_for_three_grants_as_for_one(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    mine = _wells(cast)
    granted(cast, *(grant(f"Pozos {n}", funder=f"Fund {n}") for n in range(count)))
    seeker = cast.seeker
    with django_assert_num_queries(9):
        answer = queries.funded_alike(seeker, mine)
    assert len(answer.funders) == count
