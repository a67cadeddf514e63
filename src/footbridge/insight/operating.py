"""Where organisations work, and through whom: said beside what a search found."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from footbridge.core.words import tokens
from footbridge.people.cards import MemberCard
from footbridge.people.gazetteer import country_name, distance_km
from footbridge.people.models import Member, Place, Reach
from footbridge.people.policy import Viewer, visible_to

# A country is found by its name in each of these.
LANGUAGES = ("en", "es", "fr")
SHORTEST = 3


@lru_cache(maxsize=300)
def country_words(code: str) -> str:
    """The names of a country in the languages of the pages.

    >>> country_words("ES")
    'Spain España Espagne'
    """
    names = (Locale(language).territories.get(code, "") for language in LANGUAGES)
    return " ".join(dict.fromkeys(filter(None, names)))


@dataclass(frozen=True)
class Site:
    """A place where an organisation works: itself, or through another of its group."""

    organisation: uuid.UUID
    place: Place
    through: str = ""

    @property
    def words(self) -> frozenset[str]:
        """What it is found by."""
        return frozenset(tokens(f"{self.place.name} {country_words(self.place.country)}"))

    def told(self) -> str:
        """The place, and through whom, as a sentence."""
        where = {"place": self.place.name, "country": country_name(self.place.country, _reading())}
        named = _("%(place)s, %(country)s") % where if where["country"] else where["place"]
        if self.through:
            return _("Works in %(where)s through its affiliate %(name)s") % {
                "where": named,
                "name": self.through,
            }
        return _("Works in %(where)s") % {"where": named}


def _reading() -> str:
    return (get_language() or "en").split("-")[0]


def sites_of(viewer: Viewer, organisations: Iterable[uuid.UUID]) -> list[Site]:
    """Where some organisations work besides where they sit, their affiliates included, in three
    queries."""
    wanted = list(organisations)
    own = Reach.objects.filter(organisation__in=wanted).select_related("place")
    found = [Site(row.organisation_id, row.place) for row in own.order_by("place__name", "id")]
    affiliates = list(visible_to(viewer).filter(group__in=wanted).order_by("folded", "id"))
    names = {one.id: one for one in affiliates}
    found += [Site(_head(one), one.place, one.name) for one in affiliates if one.place]
    theirs = Reach.objects.filter(organisation__in=list(names)).select_related("place")
    return found + [
        Site(_head(names[row.organisation_id]), row.place, names[row.organisation_id].name)
        for row in theirs.order_by("place__name", "id")
    ]


def _head(affiliate: Member) -> uuid.UUID:
    assert affiliate.group_id is not None
    return affiliate.group_id


def notes(
    viewer: Viewer,
    cards: Sequence[MemberCard],
    text: str,
    near: tuple[float, float] | None,
    within_km: int,
) -> dict[uuid.UUID, str]:
    """For the organisations on a page that were found by where they work and not by where they
    sit: where, and through whom."""
    organisations = {card.id: card for card in cards if not card.is_person}
    asked = {word for word in tokens(text) if len(word) >= SHORTEST}
    if not organisations or not (asked or near):
        return {}
    told: dict[uuid.UUID, str] = {}
    for site in sites_of(viewer, organisations):
        card = organisations[site.organisation]
        if site.organisation not in told and _explains(site, card, asked, near, within_km):
            told[site.organisation] = site.told()
    return told


def _explains(
    site: Site,
    card: MemberCard,
    asked: set[str],
    near: tuple[float, float] | None,
    within_km: int,
) -> bool:
    """Whether a site answers what was asked for, and the card itself does not."""
    own = set(tokens(f"{card.name} {card.headline} {card.place} {country_words(card.country)}"))
    by_word = bool((asked - own) & site.words)
    at = (site.place.latitude, site.place.longitude)
    elsewhere = near is not None and site.place.name != card.place
    return by_word or (elsewhere and near is not None and distance_km(*near, *at) <= within_km)
