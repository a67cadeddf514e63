"""A grant as something that was put in: what its funder gave stands below the line of a value map.

Grants themselves are read elsewhere (the 360Giving standard and others like it); this says what
such a grant is in a value map.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol


class Grant(Protocol):
    """A grant as it was read: any thing with these will do."""

    @property
    def funder(self) -> str: ...
    @property
    def amount(self) -> Decimal: ...
    @property
    def currency(self) -> str: ...
    @property
    def awarded_on(self) -> date: ...
    @property
    def title(self) -> str: ...
    @property
    def identifier(self) -> str: ...
    @property
    def source(self) -> str: ...


@dataclass(frozen=True, slots=True)
class CashPutIn:
    """Money from one funder: amount as a decimal string, the year of its prices, where it is told.

    key  the publisher's identifier where there is one, so that a grant is put in once
    """

    key: str
    stakeholder: str
    amount: str
    currency: str
    price_year: int
    description: str
    source: str


def cash_of(grant: Grant) -> CashPutIn:
    """A grant as cash from its funder, in the prices of the year in which it was awarded."""
    day = grant.awarded_on
    key = grant.identifier or f"{grant.funder}/{day.isoformat()}/{grant.amount:f}"
    return CashPutIn(
        key,
        grant.funder,
        f"{grant.amount:f}",
        grant.currency,
        day.year,
        grant.title,
        grant.source,
    )
