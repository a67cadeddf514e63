"""What somebody, or a file, says of a line or a grant: plain values, and why they cannot stand.

Nothing here asks the database, so that a form, a program and a row of a file are judged alike.
"""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from django.utils.translation import gettext_noop

from footbridge.core.words import clean_line, fold, tokens
from footbridge.funding.states import LARGEST, Money

EARLIEST = date(1900, 1, 1)
# Until then a day lasts on which something ends, where no hour is said.
END_OF_DAY = time(23, 59)


@dataclass(frozen=True)
class LineSaid:
    """A funding line in words and figures; `places` are codes of countries and areas."""

    title: str
    source: str
    funder: str = ""
    money: str = Money.GRANT
    places: tuple[str, ...] = ()
    where_spent: str = ""
    favours_scarce: bool = False
    stages: tuple[str, ...] = ()
    causes: tuple[uuid.UUID, ...] = ()
    amount_from: Decimal | None = None
    amount_to: Decimal | None = None
    currency: str = ""
    deadline: datetime | None = None
    timezone: str = "UTC"
    is_rolling: bool = False
    conditions: str = ""
    url: str = ""
    source_url: str = ""
    checked_on: date | None = None
    funder_id: uuid.UUID | None = field(default=None)

    @property
    def key(self) -> str:
        """The same line of the same funder with the same closing day is one, however often it is
        brought."""
        day = self.deadline.date().isoformat() if self.deadline else ""
        return _digest(name_key(self.funder), name_key(self.title), day)


@dataclass(frozen=True)
class GrantSaid:
    """That somebody gave something to somebody, as a row of a file says."""

    funder: str
    recipient: str
    amount: Decimal
    currency: str
    awarded_on: date
    source: str
    source_row: int = 0
    source_url: str = ""
    funder_number: str = ""
    recipient_number: str = ""
    # Further numbers by which a recipient may be known here.
    recipient_numbers: tuple[str, ...] = ()
    title: str = ""
    about: str = ""
    programme: str = ""
    # Each as a row here, and in the words of the file.
    place: uuid.UUID | None = None
    place_said: str = ""
    cause: uuid.UUID | None = None
    cause_said: str = ""
    identifier: str = ""

    @property
    def funder_key(self) -> str:
        return party_key(self.funder, self.funder_number)

    @property
    def recipient_key(self) -> str:
        return party_key(self.recipient, self.recipient_number)

    @property
    def key(self) -> str:
        """What makes it the same grant when it is brought again: the identifier that its publisher
        gave it, else all that says which one it is."""
        if self.identifier.upper().startswith("360G-"):
            return _digest("identifier", self.identifier.upper())
        if self.identifier:  # which other publishers may use as well
            return _digest("identifier", self.funder_key, self.identifier)
        return _digest(
            self.funder_key,
            self.recipient_key,
            str(self.amount.normalize()),
            self.currency,
            self.awarded_on.isoformat(),
            name_key(self.title),
        )

    @property
    def digest(self) -> str:
        """All that it says but for where it stands: the same file in another order is the same."""
        said = (
            self.key, self.funder, self.funder_number, self.recipient, self.recipient_number,
            str(self.amount.normalize()), self.currency, self.awarded_on.isoformat(), self.title,
            self.about, self.programme, self.place_said, self.cause_said, self.source_url,
        )  # fmt: skip
        return _digest(*said)[:32]


def party_key(name: str, number: str) -> str:
    """What one funder, or one recipient, is recognised by in every file: the number of a public
    register where there is one, else the name.

    >>> party_key("Fundación Río", "") == party_key("FUNDACION RIO", "")
    True
    """
    return (number.upper() if number else name_key(name))[:200]


def name_key(name: str) -> str:
    """What two spellings of a name share."""
    return " ".join(tokens(fold(name)))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


@lru_cache(maxsize=1)
def currencies() -> frozenset[str]:
    """The codes of all currencies that there are or were (ISO 4217, from Babel), without those
    that stand for no money."""
    return frozenset(Locale.parse("en").currencies) - {"XXX", "XTS"}


# Why an amount cannot stand; refusals are told in the reader's language.
NOTHING = gettext_noop("An amount is more than nothing.")
TOO_LARGE = gettext_noop("No amount is that large.")
NO_CURRENCY = gettext_noop("There is no currency.")
UNKNOWN_CURRENCY = gettext_noop("“{code}” is not a currency.")


def why_not_amount(amount: Decimal) -> str:
    """Why this is no amount of money; empty where it is one."""
    if not amount.is_finite() or amount <= 0:
        return NOTHING
    return TOO_LARGE if amount >= LARGEST else ""


def why_not_currency(code: str) -> str:
    """Why this is no currency; empty where it is one."""
    if not code:
        return NO_CURRENCY
    return "" if code in currencies() else UNKNOWN_CURRENCY


def in_cents(amount: Decimal) -> Decimal:
    """As it is kept: two digits after the point, as banks round."""
    return amount.quantize(Decimal("0.01"))


def line_of(text: str, longest: int) -> str:
    """One clean line, no longer than its column."""
    tidied = clean_line(text)
    return tidied if len(tidied) <= longest else tidied[: longest - 1].rstrip() + "…"
