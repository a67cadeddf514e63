"""The words to choose from, and what typed words stand for."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from footbridge.core.errors import DomainError
from footbridge.funding import areas
from footbridge.funding.cards import places_words
from footbridge.funding.states import FunderKind, Money


def all_countries() -> list[tuple[str, str]]:
    """Every country by name in the reader's language."""
    return list(areas.choices(get_language() or "en"))


def all_places() -> list[tuple[str, str]]:
    """The larger areas, then every country."""
    return [*areas.area_choices(get_language() or "en"), *all_countries()]


def kinds_of_money() -> list[tuple[str, str]]:
    """The forms in which money is given."""
    return [(one.value, str(one.label)) for one in Money]


def kinds_of_funder() -> list[tuple[str, str]]:
    """What an organisation can be to those who look for money."""
    return [(one.value, str(one.label)) for one in FunderKind]


def names_of(codes: Iterable[str]) -> list[str]:
    """Countries and areas by name, in the reader's language; each is read again as the same."""
    return list(places_words(list(codes)))


def country_named(text: str, field: str = "country") -> str:
    """The code of a country by its name or code in any language; empty for no words."""
    if not text.strip():
        return ""
    found = areas.read(text.strip())
    if found is None or not found.isalpha():
        message = _("“%(name)s” is not a country.") % {"name": text[:60]}
        raise DomainError(message, field=field)
    return found


def places_named(text: str, field: str = "places") -> tuple[str, ...]:
    """The codes of countries and areas in a text, in the order in which they stand."""
    found, unknown = areas.read_many(text) if text.strip() else ([], [])
    if unknown:
        message = _("“%(name)s” is neither a country nor a larger area.")
        raise DomainError(message % {"name": unknown[0][:60]}, field=field)
    return tuple(found)
