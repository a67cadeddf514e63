"""Rows about money: what was given to whom, and what one can apply for.

What decides whether a row stands (who, how much, when) refuses it where it cannot be read; all
else is mended or left away, and said.
"""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal

from footbridge.core import clock
from footbridge.core.words import clean_line
from footbridge.funding import areas
from footbridge.funding.said import EARLIEST, why_not_amount, why_not_currency
from footbridge.funding.states import Money as Form
from footbridge.intake.interpret import cells
from footbridge.intake.interpret.records import GrantRead, LineRead, RowSaid
from footbridge.intake.mapping import Field, MappedRow
from footbridge.intake.mapping.values.cells import split_aligned, split_many
from footbridge.intake.mapping.values.funding import (
    ROLLING,
    Range,
    read_form,
    read_range,
    whole_thousands,
)
from footbridge.intake.mapping.values.identifiers import is_organisation_id
from footbridge.intake.mapping.values.numbers import Money, read_boolean, read_money
from footbridge.intake.mapping.values.stages import read_stage
from footbridge.intake.mapping.words import fold
from footbridge.intake.reading import Said, said

LONGEST_TITLE = 300
LONGEST_WORDS = 2_000
_HOUR = re.compile(r"\b([01]?\d|2[0-3])[:.h]([0-5]\d)(?!\d|[./-])")


class _Refused(Exception):
    """Why a row cannot be used."""

    def __init__(self, why: Said) -> None:
        super().__init__(why)
        self.why = why


def read_grant_record(told: RowSaid, row: MappedRow) -> None:
    """Fill in what a funder gave to a recipient, or why the row cannot be used."""
    try:
        told.grant = _grant(row, told.repairs)
    except _Refused as refused:
        told.refusal = refused.why


def _grant(row: MappedRow, repairs: list[Said]) -> GrantRead:
    funder, funder_ids = _party(row, repairs, Field.FUNDER_NAME, Field.FUNDER_ID)
    recipient, ids = _party(row, repairs, Field.RECIPIENT_NAME, Field.RECIPIENT_ID)
    if not recipient:
        raise _Refused(said("There is no recipient in this row."))
    if not funder:
        raise _Refused(said("There is no funder in this row."))
    numbers = cells.register_ids(row, Field.CHARITY_NUMBER, Field.COMPANY_NUMBER)
    money = _given(row, repairs)
    cause = next(iter(cells.causes(row)), None)
    return GrantRead(
        funder=funder,
        recipient=recipient,
        amount=money.amount,
        currency=money.currency,
        awarded_on=_awarded(row),
        funder_number=next(iter(funder_ids), ""),
        recipient_numbers=tuple(dict.fromkeys((*ids, *(value for _scheme, value in numbers)))),
        title=cells.line(row.text(Field.TITLE), LONGEST_TITLE, repairs),
        about=_prose(row.text(Field.DESCRIPTION), repairs),
        programme=cells.line(row.text(Field.PROGRAMME), cells.LONGEST_LINE, repairs),
        identifier=clean_line(row.text(Field.GRANT_ID))[:200],
        place=cells.place(row, repairs),
        cause=cause,
        source=cells.line(row.text(Field.KNOWN_FROM), 300, repairs),
        source_url=cells.website(row.text(Field.KNOWN_FROM_URL), repairs),
    )


def _party(
    row: MappedRow, repairs: list[Said], called: Field, number: Field
) -> tuple[str, tuple[str, ...]]:
    """Its name and its number; the first of several, which a list in JSON may name."""
    names, numbers = split_aligned(row.text(called)), split_aligned(row.text(number))
    if len(numbers) < 2:  # a name alone may well have a semicolon in it
        ids = tuple(value for _scheme, value in cells.register_ids(row, number))
        return cells.name(row.text(called), repairs) or next(iter(ids), ""), ids
    repairs.append(said("Several are named; “{name}” was taken.", name=(names or numbers)[0][:80]))
    found = numbers[0].upper()
    ids = (found,) if is_organisation_id(found) else ()
    return cells.name(names[0] if names else numbers[0], repairs), ids


def _given(row: MappedRow, repairs: list[Said]) -> Money:
    text = _figures(row, Field.AMOUNT, repairs)
    if not text:
        raise _Refused(said("There is no amount in this row."))
    outcome = read_money(text, row.mark_of(Field.AMOUNT))
    if outcome.value is None:
        raise _Refused(outcome.refused or said("There is no amount in this row."))
    currency = outcome.value.currency or row.text(Field.CURRENCY).strip().upper()[:20]
    _judge(outcome.value.amount, currency)
    return Money(outcome.value.amount, currency)


def _judge(amount: Decimal, currency: str) -> None:
    why = why_not_amount(amount) or why_not_currency(currency)
    if why:
        raise _Refused(said(why, code=currency[:20]))


def _awarded(row: MappedRow) -> date:
    """The day of the award; a grant that is yet to be given was not given."""
    outcome = row.date(Field.AWARD_DATE)
    if outcome.refused is not None:
        raise _Refused(outcome.refused)
    if outcome.value is None:
        raise _Refused(said("There is no day of the award in this row."))
    day = outcome.value.day
    if not EARLIEST <= day <= clock.today():
        raise _Refused(said("The day {day} has not been yet, or long ago.", day=day.isoformat()))
    return day


def _prose(text: str, repairs: list[Said]) -> str:
    tidied = "\n".join(filter(None, map(clean_line, text.splitlines())))
    if len(tidied) > LONGEST_WORDS:
        repairs.append(said("The description was cut to {most} characters.", most=LONGEST_WORDS))
        return tidied[: LONGEST_WORDS - 1].rstrip() + "…"
    return tidied


def read_line_row(told: RowSaid, row: MappedRow) -> None:
    """Fill in what one can apply for, or why the row cannot be used."""
    try:
        told.line = _line(row, told.repairs)
    except _Refused as refused:
        told.refusal = refused.why


def _line(row: MappedRow, repairs: list[Said]) -> LineRead:
    title = cells.line(row.text(Field.TITLE), LONGEST_TITLE, repairs)
    funder = cells.name(row.text(Field.FUNDER_NAME), repairs)
    if not title:
        raise _Refused(said("There is no title in this row."))
    if not funder:
        raise _Refused(said("It is not said who gives it."))
    places, where = _places(row, repairs)
    least, most, currency = _amounts(row, repairs)
    day, hour, is_rolling = _deadline(row)
    return LineRead(
        title=title,
        funder=funder,
        money=_form(row, repairs),
        places=places,
        where_spent=where,
        favours_scarce=_favours(row, repairs),
        stages=_stages(row, repairs),
        causes=cells.causes(row),
        amount_from=least,
        amount_to=most,
        currency=currency,
        day=day,
        hour=hour,
        is_rolling=is_rolling,
        conditions=_prose("\n".join(row.texts(Field.CONDITIONS)), repairs),
        url=cells.website(row.text(Field.WEBSITE), repairs),
        source=cells.line(row.text(Field.KNOWN_FROM), 300, repairs),
        source_url=cells.website(row.text(Field.KNOWN_FROM_URL), repairs),
        checked_on=cells.day(row, Field.CHECKED_ON, repairs),
    )


def _form(row: MappedRow, repairs: list[Said]) -> str:
    """A form of money that is not known is a grant until a host says otherwise."""
    found: str | None = cells.taken(read_form(row.text(Field.MONEY)), repairs)
    return found or str(Form.GRANT)


def _favours(row: MappedRow, repairs: list[Said]) -> bool:
    found: bool | None = cells.taken(read_boolean(row.text(Field.FAVOURS_SCARCE)), repairs)
    return bool(found)


def _places(row: MappedRow, repairs: list[Said]) -> tuple[tuple[str, ...], str]:
    """The countries and areas, and in words whatever is named besides."""
    codes: list[str] = []
    words = [clean_line(row.text(Field.WORKS_IN))]
    for text in row.texts(Field.OPEN_TO):
        found, unknown = areas.read_many(text)
        codes += found
        words += unknown
        for word in unknown:
            why = "“{name}” is no country or area that is known; it was kept in words."
            repairs.append(said(why, name=word[:60]))
    where = cells.line(", ".join(filter(None, words)), 300, repairs)
    return tuple(dict.fromkeys(codes)), where


def _stages(row: MappedRow, repairs: list[Said]) -> tuple[str, ...]:
    parts = [part for text in row.texts(Field.STAGE) for part in split_many(text, commas=True)]
    found = [cells.taken(read_stage(part), repairs) for part in parts]
    return tuple(dict.fromkeys(str(one) for one in found if one))


def _amounts(row: MappedRow, repairs: list[Said]) -> tuple[Decimal | None, Decimal | None, str]:
    """From how much to how much; without a currency no amount says anything."""
    first, second = (_range(row, field, repairs) for field in (Field.AMOUNT_FROM, Field.AMOUNT_TO))
    lower, upper = first[0] or first[1] or second[0], second[1]
    if lower is None and upper is None:
        return None, None, ""
    currency = next((one.currency for one in (upper, lower) if one and one.currency), "")
    currency = currency or row.text(Field.CURRENCY).strip().upper()[:20]
    for one in (lower, upper):
        if one is not None:
            _judge(one.amount, currency)
    if lower is not None and upper is not None and lower.amount > upper.amount:
        raise _Refused(said("The larger amount stands first."))
    return (lower.amount if lower else None), (upper.amount if upper else None), currency


def _range(row: MappedRow, field: Field, repairs: list[Said]) -> Range:
    outcome = read_range(_figures(row, field, repairs), row.mark_of(field))
    if outcome.refused is not None:
        raise _Refused(outcome.refused)
    return outcome.value or (None, None)


def _figures(row: MappedRow, field: Field, repairs: list[Said]) -> str:
    """What the cell says, with the points between thousands taken out."""
    currency = row.text(Field.CURRENCY).strip().upper()
    outcome = whole_thousands(row.text(field), row.mark_of(field), currency)
    text: str | None = cells.taken(outcome, repairs)
    return text or ""


def _deadline(row: MappedRow) -> tuple[date | None, time | None, bool]:
    """The day, the hour where one is written, or that it can be asked for at any time."""
    text = row.text(Field.DEADLINE)
    if fold(text) in ROLLING:
        return None, None, True
    outcome = row.date(Field.DEADLINE)
    if outcome.refused is not None:
        raise _Refused(outcome.refused)
    if outcome.value is None:
        return None, None, False
    if outcome.value.precision != "day":
        raise _Refused(said("“{text}” is not a day.", text=text[:60]))
    hour = _HOUR.search(text)
    return outcome.value.day, time(int(hour[1]), int(hour[2])) if hour else None, False
