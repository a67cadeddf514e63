"""A grant that was read becomes cash that was put in."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from footbridge.funding.said import GrantSaid
from footbridge.standards import CashPutIn, cash_of

GRANT = GrantSaid(
    funder="Coast Foundation",
    recipient="Tideway Food Bank",
    amount=Decimal("12500.50"),
    currency="GBP",
    awarded_on=date(2026, 3, 1),
    source="grants.csv",
    title="Bread for all",
    identifier="360G-coast-17",
)


def test_a_grant_read_from_a_file_is_cash_from_its_funder_with_every_digit() -> None:
    assert cash_of(GRANT) == CashPutIn(
        "360G-coast-17", "Coast Foundation", "12500.50", "GBP", 2026, "Bread for all", "grants.csv"
    )


def test_without_an_identifier_the_same_grant_has_the_same_key() -> None:
    bare = replace(GRANT, identifier="")
    assert cash_of(bare).key == "Coast Foundation/2026-03-01/12500.50"
