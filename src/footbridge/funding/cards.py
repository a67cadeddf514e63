"""What a door may show of a line, a grant and a funder."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from babel.core import UnknownLocaleError
from babel.numbers import format_decimal
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from footbridge.core import clock, times
from footbridge.funding import areas
from footbridge.funding.models import Funder, Grant, Line
from footbridge.funding.states import FunderKind, Money
from footbridge.people.policy import Viewer, may_see
from footbridge.people.states import Stage

# Older than this, somebody should look again.
FRESH_DAYS = 180


@dataclass(frozen=True)
class LineCard:
    """A funding line, with where it is known from."""

    id: uuid.UUID
    title: str
    funder: str
    funder_id: uuid.UUID | None
    money: str
    money_words: str
    places: tuple[str, ...]
    places_words: tuple[str, ...]
    where_spent: str
    favours_scarce: bool
    stages: tuple[str, ...]
    stages_words: tuple[str, ...]
    causes: tuple[str, ...]
    causes_words: tuple[str, ...]
    amount_from: Decimal | None
    amount_to: Decimal | None
    currency: str
    amount_words: str
    deadline: datetime | None
    timezone: str
    is_rolling: bool
    conditions: str
    url: str
    source: str
    source_url: str
    checked_on: date
    checked_by: str
    is_fresh: bool
    is_open: bool
    is_past: bool
    chapter_id: uuid.UUID
    version: int

    @property
    def is_outlet(self) -> bool:
        """A link out, to a site where many give or lend a little."""
        return self.money == Money.OUTLET


def line_card(viewer: Viewer, line: Line) -> LineCard:
    """The card of a line; fetch with funder, checked_by and causes at hand."""
    causes = sorted(line.causes.all(), key=lambda one: (one.number or 99, one.key))
    checked_by = line.checked_by if line.checked_by and may_see(viewer, line.checked_by) else None
    return LineCard(
        id=line.id,
        title=line.title,
        funder=line.given_by,
        funder_id=line.funder_id,
        money=line.money,
        money_words=str(Money(line.money).label),
        places=tuple(line.places),
        places_words=places_words(line.places),
        where_spent=line.where_spent,
        favours_scarce=line.favours_scarce,
        stages=tuple(line.stages),
        stages_words=tuple(str(Stage(one).label) for one in line.stages if one in Stage.values),
        causes=tuple(one.key for one in causes),
        causes_words=tuple(one.label for one in causes),
        amount_from=line.amount_from,
        amount_to=line.amount_to,
        currency=line.currency,
        amount_words=amount_words(line.amount_from, line.amount_to, line.currency),
        deadline=times.there(line.deadline, line.timezone) if line.deadline else None,
        timezone=line.timezone,
        is_rolling=line.is_rolling,
        conditions=line.conditions,
        url=line.url,
        source=line.source,
        source_url=line.source_url,
        checked_on=line.checked_on,
        checked_by=checked_by.name if checked_by else "",
        is_fresh=(clock.today() - line.checked_on).days <= FRESH_DAYS,
        is_open=line.is_open,
        is_past=line.is_past,
        chapter_id=line.chapter_id,
        version=line.version,
    )


def places_words(codes: list[str]) -> tuple[str, ...]:
    """Countries and areas by name, in the reader's language."""
    language = get_language() or "en"
    return tuple(
        _("Worldwide") if one == areas.WORLD else areas.name_of(one, language) for one in codes
    )


def amount_words(least: Decimal | None, most: Decimal | None, currency: str) -> str:
    """An amount, or from one to another, as the reader writes numbers."""
    if least is None and most is None:
        return ""
    if least is not None and most is not None and least != most:
        said = _("%(least)s to %(most)s %(currency)s")
    elif most is None:
        said = _("from %(least)s %(currency)s")
    elif least is None:
        said = _("up to %(most)s %(currency)s")
    else:
        said = "%(most)s %(currency)s"
    return said % {"least": number_words(least), "most": number_words(most), "currency": currency}


def number_words(amount: Decimal | None) -> str:
    """A number as the reader writes it; cents only where there are some."""
    if amount is None:
        return ""
    pattern = "#,##0" if amount == amount.to_integral_value() else "#,##0.00"
    try:
        locale = (get_language() or "en").replace("-", "_")
        return str(format_decimal(amount, pattern, locale=locale))
    except (UnknownLocaleError, ValueError):
        return str(format_decimal(amount, pattern, locale="en"))


@dataclass(frozen=True)
class GrantCard:
    """That somebody gave something to somebody, and the row of the file that says so."""

    id: uuid.UUID
    funder: str
    funder_id: uuid.UUID | None
    recipient: str
    recipient_id: uuid.UUID | None
    amount: Decimal
    currency: str
    amount_words: str
    awarded_on: date
    title: str
    about: str
    programme: str
    place: str
    country: str
    cause: str
    identifier: str
    source: str
    source_url: str
    source_row: int


def grant_card(grant: Grant) -> GrantCard:
    """The card of a grant; fetch with place and cause at hand."""
    return GrantCard(
        id=grant.id,
        funder=grant.funder_name,
        funder_id=grant.funder_id,
        recipient=grant.recipient_name,
        recipient_id=grant.recipient_id,
        amount=grant.amount,
        currency=grant.currency,
        amount_words=amount_words(grant.amount, grant.amount, grant.currency),
        awarded_on=grant.awarded_on,
        title=grant.title,
        about=grant.about,
        programme=grant.programme,
        place=grant.place.name if grant.place else "",
        country=grant.place.country if grant.place else "",
        cause=grant.cause.label if grant.cause else "",
        identifier=grant.identifier,
        source=grant.source,
        source_url=grant.source_url,
        source_row=grant.source_row,
    )


@dataclass(frozen=True)
class FunderCard:
    """What an organisation funds."""

    organisation_id: uuid.UUID
    name: str
    kind: str
    kind_words: str
    gives: str
    money: tuple[str, ...]
    money_words: tuple[str, ...]
    home: str
    place: str
    version: int


def funder_card(funder: Funder) -> FunderCard:
    """The card of a funder."""
    place = funder.organisation.place
    return FunderCard(
        organisation_id=funder.organisation_id,
        name=funder.organisation.name,
        kind=funder.kind,
        kind_words=str(FunderKind(funder.kind).label),
        gives=funder.gives,
        money=tuple(funder.money),
        money_words=tuple(str(Money(one).label) for one in funder.money if one in Money.values),
        home=funder.home,
        place=place.name if place else "",
        version=funder.version,
    )
