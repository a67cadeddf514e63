"""Keeping lines and saying what an organisation funds: who may, what is refused, what is noted."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from footbridge.core import clock
from footbridge.core.audience import OPERATOR
from footbridge.core.errors import Conflict, DomainError, NotAllowed, NotHere, Overtaken
from footbridge.funding import actions, queries
from footbridge.funding.models import Funder, Grant, Line
from footbridge.journal.models import Entry
from footbridge.people.models import Identifier
from footbridge.people.personal_data import export_all
from footbridge.people.states import Sector
from tests.cast import Cast
from tests.rooms.funding.story import grant, granted, line, said

pytestmark = pytest.mark.django_db


def test_a_host_adds_a_line_that_says_where_it_is_known_from(cast: Cast) -> None:
    added = line(cast)
    card = queries.get_card(cast.seeker, added.id)
    assert (card.title, card.funder, card.amount_words) == (
        "Clean water for villages",
        "Fundación Río Claro",
        "5,000 to 20,000 USD",
    )
    assert (card.source, card.checked_on, card.checked_by) == (
        "The foundation's page",
        date(2026, 2, 20),
        "Hana Host",
    )
    entry = Entry.objects.get(verb="funding.line_added")
    assert (entry.subject, entry.actor, entry.facts) == (added.id, cast.host.id, {})


def test_only_hosts_keep_lines(cast: Cast) -> None:
    kept = line(cast)
    for act in (actions.check_line, actions.close_line, actions.open_line):
        with pytest.raises(NotAllowed):
            act(actor=cast.seeker, line=kept)
    with pytest.raises(NotAllowed):
        actions.add_line(actor=cast.seeker, chapter=cast.chapter, said=said("Another"))
    with pytest.raises(NotAllowed):
        actions.change_line(actor=cast.seeker, line=kept, said=said("Another"))
    with pytest.raises(NotAllowed):
        actions.take_in_lines(actor=cast.seeker, chapter=cast.chapter, lines=[said("Another")])
    with pytest.raises(NotHere):
        queries.to_look_after(cast.seeker, kept.id)
    assert Line.objects.get().version == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"source": ""}, "source"),
        ({"funder": ""}, "funder"),
        ({"money": "gold"}, "money"),
        ({"places": ("Narnia",)}, "places"),
        ({"stages": ("late",)}, "stages"),
        ({"amount_from": Decimal("NaN")}, "amount_from"),
        ({"amount_from": Decimal(-1)}, "amount_from"),
        ({"amount_to": Decimal(0)}, "amount_to"),
        ({"amount_to": Decimal(10) ** 15}, "amount_to"),
        ({"amount_from": Decimal(30_000)}, "amount_to"),
        ({"currency": ""}, "currency"),
        ({"currency": "ABC"}, "currency"),
        ({"timezone": "Mars/Olympus"}, "timezone"),
        ({"is_rolling": True}, "deadline"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"source_url": "not an address"}, "source_url"),
        ({"checked_on": date(2030, 1, 1)}, "checked_on"),
        ({"conditions": "x" * 2001}, "conditions"),
    ],
)
def test_what_cannot_stand_is_refused_beside_its_field(
    cast: Cast, wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(DomainError) as refused:
        line(cast, **wrong)
    assert (refused.value.field, bool(refused.value.message)) == (field, True)
    assert not Line.objects.exists()


def test_a_nul_in_a_text_goes(cast: Cast) -> None:
    added = line(cast, "Wa\x00ter", conditions="One\x00\nTwo", where_spent="By\x00 the river")
    assert (added.title, added.conditions, added.where_spent) == (
        "Water",
        "One\nTwo",
        "By the river",
    )


def test_the_same_line_is_kept_once(cast: Cast) -> None:
    line(cast)
    with pytest.raises(Conflict):
        line(cast, "CLEAN WATER for villages", funder="fundacion rio claro")
    other = line(cast, "Another")
    with pytest.raises(Conflict):
        actions.change_line(actor=cast.host, line=other, said=said())


def test_what_was_changed_meanwhile_is_not_overwritten(cast: Cast) -> None:
    kept = line(cast)
    actions.change_line(actor=cast.host, line=kept, said=said(conditions="Newer"), version=1)
    with pytest.raises(Overtaken) as overtaken:
        actions.change_line(actor=cast.deputy, line=kept, said=said(), version=1)
    assert (overtaken.value.version, overtaken.value.theirs["conditions"]) == (2, "Newer")


def test_looking_again_sets_the_day_and_who(cast: Cast) -> None:
    kept = line(cast, checked_on=date(2024, 1, 1))
    assert not queries.get_card(cast.seeker, kept.id).is_fresh
    actions.check_line(actor=cast.deputy, line=kept)
    card = queries.get_card(cast.seeker, kept.id)
    assert (card.checked_on, card.checked_by, card.is_fresh) == (
        clock.today(),
        "Sven Deputy",
        True,
    )


def test_closing_twice_is_closing_once(cast: Cast) -> None:
    kept = line(cast)
    for _ in range(2):
        actions.close_line(actor=cast.host, line=kept)
    assert not queries.get_card(cast.seeker, kept.id).is_open
    for _ in range(2):
        actions.open_line(actor=cast.host, line=kept)
    assert queries.get_card(cast.seeker, kept.id).is_open
    verbs = Entry.objects.filter(verb__startswith="funding.line_").values_list("verb", flat=True)
    assert sorted(verbs) == ["funding.line_added", "funding.line_closed", "funding.line_opened"]


def test_lines_are_listed_for_hosts_with_the_longest_unseen_first(cast: Cast) -> None:
    line(cast, "Fresh")
    line(cast, "Stale", checked_on=date(2024, 1, 1))
    page = queries.lines_of(cast.host, cast.chapter)
    assert [one.title for one in page.items] == ["Stale", "Fresh"]
    assert queries.lines_of(cast.stranger, cast.chapter).items == []


@pytest.mark.parametrize("count", [1, 3])
def test_listing_asks_as_often_for_three_lines_as_for_one(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        line(cast, f"Line {number}")
    with django_assert_num_queries(3):
        assert len(queries.lines_of(OPERATOR, cast.chapter).items) == count


# Many at once.


def test_each_line_of_many_is_judged_alone_and_a_second_time_changes_nothing(cast: Cast) -> None:
    lines = [said("One"), said("Two", amount_to=Decimal(-5)), said("Three", currency="??")]
    first = actions.take_in_lines(actor=cast.host, chapter=cast.chapter, lines=lines)
    assert [(one.landed, one.why_not) for one in first] == [
        ("new", ""),
        (None, "An amount is more than nothing."),
        (None, "“??” is not a currency."),
    ]
    before = list(Line.objects.values())
    again = actions.take_in_lines(actor=cast.host, chapter=cast.chapter, lines=lines[:1])
    assert [one.landed for one in again] == ["known"]
    assert list(Line.objects.values()) == before


def test_a_trial_writes_nothing(cast: Cast) -> None:
    kept = line(cast, "One")
    outcomes = actions.take_in_lines(
        actor=cast.host,
        chapter=cast.chapter,
        lines=[said("One", conditions="Other ones"), said("Two")],
        is_trial=True,
    )
    assert [one.landed for one in outcomes] == ["changed", "new"]
    assert list(Line.objects.values_list("conditions", flat=True)) == [kept.conditions]


def test_a_line_that_another_chapter_keeps_stays_theirs(cast: Cast) -> None:
    kept = line(cast)
    outcome = actions.take_in_lines(
        actor=OPERATOR, chapter=cast.other_chapter, lines=[said(conditions="Ours now")]
    )
    assert [one.landed for one in outcome] == ["known"]
    kept.refresh_from_db()
    assert (kept.chapter, kept.conditions) == (cast.chapter, said().conditions)


def test_a_grant_is_known_again_by_its_number_and_changed_where_its_publisher_did(
    cast: Cast,
) -> None:
    granted(cast, grant())
    first = Grant.objects.get()
    landed = actions.take_in_grants(
        actor=cast.host,
        chapter=cast.chapter,
        grants=[
            grant(source_row=99),
            grant(amount=Decimal(13_000)),
            grant("Other", amount=Decimal(1)),
        ],
    )
    assert list(landed) == ["known", "changed", "new"]
    first.refresh_from_db()
    assert (first.amount, first.source_row, Grant.objects.count()) == (Decimal(13_000), 2, 2)


def test_a_number_that_others_may_use_too_is_not_enough(cast: Cast) -> None:
    granted(cast, grant(identifier="1"), grant("Another", funder="Banco Llano", identifier="1"))
    assert Grant.objects.count() == 2


def test_parties_are_known_by_their_number_or_by_a_name_that_only_one_has(cast: Cast) -> None:
    Identifier.objects.create(member=cast.food_bank, scheme="org-id", value="GB-CHC-123")
    assert cast.cold_chain
    cast.organisation("Twice", Sector.NONPROFIT)
    cast.organisation("TWICE", Sector.NONPROFIT)
    granted(
        cast,
        grant("Some other name", recipient_number="GB-CHC-123", funder="northwind cold chain"),
        grant("Twice"),
    )
    by_name = Grant.objects.order_by("recipient_name").values_list("recipient", "funder")
    assert list(by_name) == [(cast.food_bank.id, cast.cold_chain.id), (None, None)]


def test_an_organisation_that_comes_later_is_found_by_the_next_list(cast: Cast) -> None:
    granted(cast, grant())
    late = cast.organisation("Casa del Agua", Sector.NONPROFIT)
    landed = actions.take_in_grants(actor=cast.host, chapter=cast.chapter, grants=[grant()])
    assert (list(landed), Grant.objects.get().recipient_id) == (["changed"], late.id)


@pytest.mark.parametrize("count", [1, 3])
def test_taking_in_asks_as_often_for_three_grants_as_for_one(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    host, chapter = cast.host, cast.chapter
    grants = [grant(f"Recipient {number}") for number in range(count)]
    with django_assert_num_queries(7):
        actions.take_in_grants(actor=host, chapter=chapter, grants=grants)
    assert Grant.objects.count() == count


# Organisations that fund.


def test_who_acts_for_an_organisation_says_what_it_funds(cast: Cast) -> None:
    actions.describe_funder(
        actor=cast.target,
        organisation=cast.cold_chain,
        kind="lender",
        gives="Small loans for cold rooms",
        money=["loan", "in_kind", "loan"],
        home="https://northwind.example/loans",
        version=0,
    )
    card = queries.funder_of(cast.stranger, cast.cold_chain)
    assert card is not None
    assert (card.kind_words, card.money_words, card.version) == ("Lends", ("Loan", "In kind"), 1)
    assert [one.name for one in queries.funders(cast.stranger, kind="lender")] == [
        "Northwind Cold Chain"
    ]
    assert queries.funders(cast.stranger, kind="investor") == []


def test_nobody_else_says_what_an_organisation_funds(cast: Cast) -> None:
    assert cast.target
    with pytest.raises(NotAllowed):
        actions.describe_funder(actor=cast.seeker, organisation=cast.cold_chain, kind="lender")
    assert not Funder.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "banker"}, "kind"),
        ({"money": ["gold"]}, "kind"),
        ({"home": "ftp://old.example"}, "home"),
        ({"gives": "x" * 201}, "gives"),
    ],
)
def test_what_a_funder_cannot_be_is_refused(cast: Cast, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(DomainError) as refused:
        actions.describe_funder(
            actor=cast.target, organisation=cast.cold_chain, **{"kind": "lender", **wrong}
        )
    assert refused.value.field == field


def test_taking_it_back_leaves_the_grants_on_record(cast: Cast) -> None:
    assert cast.cold_chain
    granted(cast, grant(funder="Northwind Cold Chain"))
    actions.describe_funder(actor=cast.target, organisation=cast.cold_chain, kind="lender")
    actions.withdraw_funder(actor=cast.target, organisation=cast.cold_chain)
    assert queries.funder_of(cast.seeker, cast.cold_chain) is None
    given = queries.grants_given(cast.seeker, cast.cold_chain)
    assert [one.recipient for one in given] == ["Casa del Agua"]


def test_a_personal_export_says_at_which_lines_one_looked(cast: Cast) -> None:
    kept = line(cast)
    assert export_all(cast.host)["funding"] == {
        "checked": [
            {"id": str(kept.id), "title": kept.title, "checked_on": "2026-02-20"},
        ]
    }
    assert export_all(cast.seeker)["funding"] == {"checked": []}


def test_a_line_that_is_gone_is_not_here(cast: Cast) -> None:
    with pytest.raises(NotHere):
        queries.get(cast.seeker, uuid.uuid4())
    gone = line(cast)
    Line.objects.all().delete()
    with pytest.raises(NotHere):
        actions.check_line(actor=cast.host, line=gone)


def test_a_deadline_is_a_moment_wherever_one_reads_it(cast: Cast) -> None:
    until = datetime(2026, 6, 30, 23, 59, tzinfo=UTC)
    kept = line(cast, deadline=until, timezone="America/Bogota")
    card = queries.get_card(cast.seeker, kept.id)
    assert card.deadline is not None
    assert card.deadline == until
    assert card.deadline.isoformat() == "2026-06-30T18:59:00-05:00"
    with clock.held_at(datetime(2026, 6, 30, 23, 58, tzinfo=UTC)):
        assert queries.get_card(cast.seeker, kept.id).is_open
    with clock.held_at(until):
        assert not queries.get_card(cast.seeker, kept.id).is_open
