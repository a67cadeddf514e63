"""Funding lines for somebody: what fits, what is missing, how near it is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.utils.translation import override

from footbridge.core.audience import OPERATOR
from footbridge.core.errors import NotHere
from footbridge.exchange.models import Cause
from footbridge.funding import actions, queries
from footbridge.funding.finding import Found, Wishes
from footbridge.people.states import Standing
from tests.cast import Cast
from tests.rooms.funding.story import bogota, entrepreneur, line, said, works_for

pytestmark = pytest.mark.django_db


def _titles(found: Found) -> list[str]:
    return [match.line.title for match in found.matches]


def _missing(found: Found) -> dict[str, list[str]]:
    return {one.line.title: [lack.code for lack in one.missing] for one in found.near}


def test_the_own_country_comes_before_the_region_before_the_world(cast: Cast) -> None:
    luz = entrepreneur(cast)
    line(cast, "For all", places=("001",))
    line(cast, "For the Americas", places=("019",))
    line(cast, "For the south", places=("005",))
    line(cast, "For Colombia", places=("CO",))
    found = queries.find(luz, asker=luz)
    assert _titles(found) == ["For Colombia", "For the south", "For the Americas", "For all"]
    assert [match.fits[0] for match in found.matches] == [
        "It is for Colombia.",
        "It is for South America, Colombia among it.",
        "It is for Americas, Colombia among it.",
        "It is for the whole world.",
    ]


def test_a_country_with_few_lines_is_shown_those_of_its_neighbours_and_told_so(cast: Cast) -> None:
    luz = entrepreneur(cast)
    line(cast, "For Peru", places=("PE",))
    line(cast, "For Portugal", places=("PT",))
    line(cast, "For Colombia", places=("CO",))
    found = queries.find(luz, asker=luz)
    assert _titles(found) == ["For Colombia"]
    assert (found.for_country, found.country_words, found.widened_to) == (
        1,
        "Colombia",
        "Latin America",
    )
    assert [match.line.title for match in found.near] == ["For Peru", "For Portugal"]
    assert found.near[0].missing[0].text == "It is for Peru, not for Colombia."


def test_where_a_country_has_enough_lines_nothing_is_widened(cast: Cast) -> None:
    luz = entrepreneur(cast)
    for number in range(5):
        line(cast, f"For Colombia {number}", places=("CO",))
    found = queries.find(luz, asker=luz)
    assert (found.for_country, found.widened_to) == (5, "")


def test_nothing_is_empty_while_there_is_a_line_at_all(cast: Cast) -> None:
    line(cast, "A loan for Peru", places=("PE",), money="loan")
    found = queries.find(cast.seeker, Wishes(country="CO", money="grant"))
    assert _titles(found) == []
    assert _missing(found) == {"A loan for Peru": ["place", "money"]}


@pytest.mark.parametrize(
    ("wish", "fits", "misses"),
    [
        ({"stage": "trying"}, {"stages": ("idea", "trying")}, {"stages": ("growing",)}),
        ({"money": "loan"}, {"money": "loan"}, {"money": "grant"}),
        ({"amount": Decimal(9000)}, {}, {"amount_to": Decimal(8000)}),
        ({"amount": Decimal(9000)}, {}, {"amount_from": Decimal(9001)}),
        ({"ready_on": date(2026, 6, 1)}, {}, {"deadline": datetime(2026, 5, 1, tzinfo=UTC)}),
        ({"text": "agua"}, {"title": "Agua limpia"}, {"title": "Solar roofs", "conditions": ""}),
    ],
)
def test_a_wish_that_is_not_met_makes_a_near_miss_that_says_so(
    cast: Cast, wish: dict[str, Any], fits: dict[str, Any], misses: dict[str, Any]
) -> None:
    line(cast, **{"title": "This fits", **fits})
    line(cast, **{"title": "This does not", **misses})
    found = queries.find(cast.seeker, Wishes(country="CO", **wish))
    assert _titles(found) == [fits.get("title", "This fits")]
    assert list(_missing(found)) == [misses.get("title", "This does not")]
    assert len(found.near[0].missing) == 1


def test_another_currency_is_told_and_not_computed(cast: Cast) -> None:
    line(cast, currency="COP", amount_to=Decimal(20_000_000))
    found = queries.find(cast.seeker, Wishes(amount=Decimal(100), currency="EUR"))
    (lack,) = found.matches[0].missing
    assert lack.code == "currency"
    assert lack.text == ("It gives 5,000 to 20,000,000 COP: another currency, so compare yourself.")


def test_words_are_found_without_accents_with_endings_and_mistyped(cast: Cast) -> None:
    line(cast, "Innovación social en Medellín", conditions="")
    line(cast, "Solar roofs", conditions="")
    for text in ("innovacion", "INNOVACIÓN", "innovacions", "inovacion", "medelin"):
        found = queries.find(cast.seeker, Wishes(text=text))
        assert _titles(found) == ["Innovación social en Medellín"], text


def test_words_find_a_cause_by_its_names_in_any_language(cast: Cast) -> None:
    water = Cause.objects.get(number=6)
    line(cast, "Pozos", causes=(water.id,), conditions="")
    line(cast, "Solar roofs", conditions="")
    assert _titles(queries.find(cast.seeker, Wishes(text="clean water"))) == ["Pozos"]


def test_the_kind_of_money_is_found_by_its_word(cast: Cast) -> None:
    line(cast, "One", money="loan", conditions="")
    line(cast, "Two", money="prize", conditions="")
    assert _titles(queries.find(cast.seeker, Wishes(text="loan"))) == ["One"]
    with override("es"):
        assert _titles(queries.find(cast.seeker, Wishes(text="colombia"))) == ["One", "Two"]


def test_what_one_works_for_and_ones_stage_speak_for_a_line_or_against_it(cast: Cast) -> None:
    luz = entrepreneur(cast)
    water = works_for(luz, 6)
    energy = Cause.objects.get(number=7)
    line(cast, "Water, early", causes=(water.id,), stages=("trying",))
    line(cast, "Energy", causes=(energy.id,))
    line(cast, "Water, late", causes=(water.id,), stages=("growing",))
    found = queries.find(luz, asker=luz)
    assert _titles(found) == ["Water, early"]
    assert found.matches[0].fits == (
        "It is for Colombia.",
        "It is for your stage: Trying it out.",
        "You work for it: Water and toilets.",
    )
    assert _missing(found) == {"Energy": ["cause"], "Water, late": ["stage"]}


def test_what_is_over_is_a_near_miss_for_half_a_year_and_then_nothing(cast: Cast) -> None:
    line(cast, "Just over", deadline=datetime(2026, 2, 1, tzinfo=UTC))
    line(cast, "Long over", deadline=datetime(2025, 5, 1, tzinfo=UTC))
    found = queries.find(cast.seeker)
    assert _titles(found) == []
    assert _missing(found) == {"Just over": ["over"]}
    assert found.near[0].missing[0].text == (
        "It ended on 1 February 2026. Ask when it opens again."
    )


def test_a_line_at_which_nobody_looked_for_long_says_so_and_fits_all_the_same(cast: Cast) -> None:
    line(cast, checked_on=date(2025, 6, 1))
    (match,) = queries.find(cast.seeker).matches
    assert [(lack.code, lack.is_hard) for lack in match.missing] == [("old", False)]


def test_where_places_are_not_said_one_is_told_to_ask(cast: Cast) -> None:
    line(cast, places=())
    (match,) = queries.find(cast.seeker, Wishes(country="CO")).matches
    assert [lack.code for lack in match.missing] == ["unsaid"]


def test_whoever_favours_places_that_get_little_comes_first_among_equals(cast: Cast) -> None:
    line(cast, "A plain one")
    line(cast, "Z for the edges", favours_scarce=True)
    assert _titles(queries.find(cast.seeker, Wishes(country="CO"))) == [
        "Z for the edges",
        "A plain one",
    ]


def test_lines_come_in_pages_with_near_misses_behind_the_last(cast: Cast) -> None:
    for number in range(21):
        line(cast, f"Line {number:02d}")
    line(cast, "Elsewhere", places=("PT",))
    first = queries.find(cast.seeker, Wishes(country="CO"))
    second = queries.find(cast.seeker, Wishes(country="CO"), page=2)
    assert (len(first.matches), first.near, first.total, first.pages) == (20, (), 21, 2)
    assert (_titles(second), len(second.near)) == (["Line 20"], 1)


def test_who_waits_to_be_let_in_is_shown_nothing(cast: Cast) -> None:
    known = line(cast)
    waiting = cast.person("Wanda Waiting", standing=Standing.APPLIED)
    assert queries.find(waiting).total == 0
    with pytest.raises(NotHere):
        queries.get(waiting, known.id)


def test_who_looked_is_named_to_those_who_may_see_them(cast: Cast) -> None:
    known = line(cast)
    assert queries.get_card(cast.stranger, known.id).checked_by == "Hana Host"
    cast.host.standing = Standing.KNOWN
    cast.host.save()
    assert queries.get_card(cast.stranger, known.id).checked_by == ""


def test_what_goes_with_a_person_is_their_name_alone(cast: Cast) -> None:
    known = line(cast)
    cast.host.delete()
    card = queries.get_card(OPERATOR, known.id)
    assert (card.title, card.checked_by) == ("Clean water for villages", "")


@pytest.mark.parametrize("count", [1, 3])
def test_finding_asks_as_often_for_three_lines_as_for_one(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    luz = entrepreneur(cast)
    water = works_for(luz, 6)
    for number in range(count):
        line(cast, f"Line {number}", causes=(water.id,))
    queries.find(luz, Wishes(text="agua"), asker=luz)  # the vocabulary is read once
    with django_assert_num_queries(4):
        found = queries.find(luz, Wishes(text="water"), asker=luz)
    assert found.total == count


def test_a_line_of_an_organisation_here_leads_to_it(cast: Cast) -> None:
    known = line(cast, funder="", funder_id=cast.food_bank.id)
    card = queries.get_card(cast.seeker, known.id)
    assert (card.funder, card.funder_id) == ("Harbour Food Bank", cast.food_bank.id)


def test_a_country_is_that_of_the_asker_unless_another_is_wished(cast: Cast) -> None:
    luz = entrepreneur(cast)
    assert bogota().country == "CO"
    line(cast, "For Peru", places=("PE",))
    assert _titles(queries.find(luz, Wishes(country="PE"), asker=luz)) == ["For Peru"]
    assert _titles(queries.find(luz, asker=luz)) == []


def test_a_line_can_be_said_again_as_it_stands(cast: Cast) -> None:
    known = line(cast, stages=("idea",), places=("CO", "419"))
    again = queries.said_of(queries.get(cast.host, known.id))
    changed = actions.change_line(actor=cast.host, line=known, said=again)
    assert (changed.key, changed.version) == (said(stages=("idea",)).key, 2)
    assert queries.get_card(cast.host, known.id).stages == ("idea",)
