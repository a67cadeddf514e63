"""From what is said of a line to its columns, each in its bounds."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import Model
from django.utils import translation
from django.utils.translation import gettext as _

from footbridge.core import clock, times, typed
from footbridge.core.errors import DomainError
from footbridge.core.words import STEMMED_LANGUAGES
from footbridge.funding import areas
from footbridge.funding.indexing import index_of
from footbridge.funding.models import MOST_WORDS, Line
from footbridge.funding.said import (
    EARLIEST,
    LineSaid,
    in_cents,
    why_not_amount,
    why_not_currency,
)
from footbridge.funding.states import Money
from footbridge.people.models import Organisation
from footbridge.people.states import Stage

MOST_PLACES = 250
_is_web = URLValidator(["https", "http"])


def of_line(said: LineSaid, funder: Organisation | None) -> dict[str, Any]:
    """The columns of a line; a DomainError says what cannot stand."""
    columns = {
        "title": _needed(said.title, "title"),
        "source": _needed(said.source, "source"),
        "funder": funder,
        "funder_name": typed.words(Line, "funder_name", said.funder, of="funder"),
        "money": _one_of(Money, said.money, "money"),
        "places": _places(said.places),
        "where_spent": typed.words(Line, "where_spent", said.where_spent),
        "favours_scarce": said.favours_scarce,
        "stages": [_one_of(Stage, one, "stages") for one in dict.fromkeys(said.stages)],
        "conditions": _prose(said.conditions),
        "url": link(said.url, "url"),
        "source_url": link(said.source_url, "source_url"),
        "checked_on": _looked(said),
        **_amounts(said),
        **_until(said),
    }
    if funder is None and not columns["funder_name"]:
        raise DomainError(_("Say who gives it."), field="funder")
    return columns | {"index": index_of(_words_of(columns))}


def _words_of(columns: dict[str, Any]) -> list[str]:
    """What it is found by, the kind of money and the places in each language among it."""
    funder = columns["funder"].name if columns["funder"] else ""
    texts = [columns["title"], columns["funder_name"], funder, columns["conditions"]]
    for language in STEMMED_LANGUAGES:
        texts += [areas.name_of(code, language) for code in columns["places"][:30]]
        with translation.override(language):
            texts.append(str(Money(columns["money"]).label))
    return [*texts, columns["where_spent"]]


def _prose(text: str) -> str:
    found = typed.words(Line, "conditions", text)
    if len(found) > MOST_WORDS:
        message = _("Please keep it to %(most)d characters.") % {"most": MOST_WORDS}
        raise DomainError(message, field="conditions")
    return found


def _needed(text: str, field: str) -> str:
    found = typed.words(Line, field, text)
    if not found:
        raise DomainError(_("Please fill this in."), field=field)
    return found


def _one_of(choices: Any, value: str, field: str) -> str:
    if value not in choices.values:
        raise DomainError(_("Choose one of those offered."), field=field)
    return value


def _places(codes: tuple[str, ...]) -> list[str]:
    unknown = [code for code in codes if not areas.is_known(code)]
    if unknown or len(codes) > MOST_PLACES:
        message = _("“%(name)s” is neither a country nor a larger area.")
        raise DomainError(message % {"name": (unknown or [""])[0][:60]}, field="places")
    return list(dict.fromkeys(codes))


def link(url: str, field: str, of: type[Model] = Line) -> str:
    """A web address that a browser opens, or none."""
    found = typed.words(of, field, url)
    try:
        if found:
            _is_web(found)
    except ValidationError as error:
        raise DomainError(_("This is not a web address."), field=field) from error
    return found


def _looked(said: LineSaid) -> Any:
    day = said.checked_on or clock.today()
    if not EARLIEST <= day <= clock.today():
        raise DomainError(_("Nobody has looked on a day to come."), field="checked_on")
    return day


def _amounts(said: LineSaid) -> dict[str, Any]:
    least, most = (
        _amount(amount, name)
        for amount, name in ((said.amount_from, "amount_from"), (said.amount_to, "amount_to"))
    )
    if least is not None and most is not None and least > most:
        raise DomainError(_("The larger amount stands second."), field="amount_to")
    if least is None and most is None:
        return {"amount_from": None, "amount_to": None, "currency": ""}
    _refuse(why_not_currency(said.currency), "currency", code=said.currency[:20])
    return {"amount_from": least, "amount_to": most, "currency": said.currency}


def _amount(amount: Decimal | None, field: str) -> Decimal | None:
    if amount is None:
        return None
    _refuse(why_not_amount(amount), field)
    return in_cents(amount)


def _refuse(why: str, field: str, **values: str) -> None:
    if why:
        raise DomainError(_(why).format(**values), field=field)


def _until(said: LineSaid) -> dict[str, Any]:
    times.zone(said.timezone)
    if said.is_rolling and said.deadline is not None:
        raise DomainError(
            _("Either it can be asked for at any time, or until a day."), field="deadline"
        )
    return {
        "deadline": said.deadline,
        "timezone": said.timezone,
        "is_rolling": said.is_rolling,
    }


def unchanged(line: Line, columns: dict[str, Any]) -> bool:
    """Whether a line says all of this already."""
    same: Callable[[str], bool] = lambda name: getattr(line, name) == columns[name]  # noqa: E731
    return all(same(name) for name in columns)
