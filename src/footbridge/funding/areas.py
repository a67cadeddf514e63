"""Countries and the parts of the world that they lie in, as the United Nations number them (M49).

Funding is often for «Latin America» or «Sub-Saharan Africa» rather than for a country. Names in
each language come from Babel, as those of countries do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from babel import Locale

from footbridge.core.words import fold, tokens
from footbridge.funding.states import Nearness
from footbridge.people.gazetteer import country_of

WORLD = "001"
# Each area with its countries; the statistics division's list as of 2025, and Kosovo (XK).
_COUNTRIES = {
    "013": "BZ CR GT HN MX NI PA SV",
    "005": "AR BO BR CL CO EC FK GF GY PE PY SR UY VE",
    "029": "AG AI AW BB BL BQ BS CU CW DM DO GD GP HT JM KN KY LC MF MQ MS PR SX TC TT VC VG VI",
    "021": "BM CA GL PM US",
    "015": "DZ EG EH LY MA SD TN",
    "011": "BF BJ CI CV GH GM GN GW LR ML MR NE NG SH SL SN TG",
    "014": "BI DJ ER ET IO KE KM MG MU MW MZ RE RW SC SO SS TZ UG YT ZM ZW",
    "017": "AO CD CF CG CM GA GQ ST TD",
    "018": "BW LS NA SZ ZA",
    "143": "KG KZ TJ TM UZ",
    "030": "CN HK JP KP KR MN MO TW",
    "035": "BN ID KH LA MM MY PH SG TH TL VN",
    "034": "AF BD BT IN IR LK MV NP PK",
    "145": "AE AM AZ BH CY GE IL IQ JO KW LB OM PS QA SA SY TR YE",
    "151": "BG BY CZ HU MD PL RO RU SK UA",
    "154": "AX DK EE FI FO GB GG IE IM IS JE LT LV NO SE SJ",
    "039": "AD AL BA ES GI GR HR IT ME MK MT PT RS SI SM VA XK",
    "155": "AT BE CH DE FR LI LU MC NL",
    "053": "AU CC CX NF NZ",
    "054": "FJ NC PG SB VU",
    "057": "FM GU KI MH MP NR PW UM",
    "061": "AS CK NU PF PN TK TO TV WF WS",
}
_WITHIN = {
    "013": ("419", "019"), "005": ("419", "019"), "029": ("419", "019"), "021": ("019",),
    "015": ("002",), "011": ("202", "002"), "014": ("202", "002"), "017": ("202", "002"),
    "018": ("202", "002"), "143": ("142",), "030": ("142",), "035": ("142",), "034": ("142",),
    "145": ("142",), "151": ("150",), "154": ("150",), "039": ("150",), "155": ("150",),
    "053": ("009",), "054": ("009",), "057": ("009",), "061": ("009",),
}  # fmt: skip
# The regions that people mean when they ask what there is around them.
_REGIONS = frozenset({"419", "202"})
_ALSO = {
    "latam": "419", "latinoamerica": "419", "america latina": "419", "amerique latine": "419",
    "latin america and the caribbean": "419", "america latina y el caribe": "419",
    "sudamerica": "005", "suramerica": "005",
    "sub saharan africa": "202", "africa subsahariana": "202", "afrique subsaharienne": "202",
    "global": WORLD, "worldwide": WORLD, "world": WORLD, "international": WORLD, "any": WORLD,
    "all countries": WORLD, "mundial": WORLD, "todo el mundo": WORLD, "internacional": WORLD,
    "todos los paises": WORLD, "monde entier": WORLD, "mondial": WORLD, "tous les pays": WORLD,
    "the americas": "019", "las americas": "019",
}  # fmt: skip
_AREAS = frozenset({*_COUNTRIES, *(one for above in _WITHIN.values() for one in above), WORLD})


def areas_of(country: str) -> tuple[str, ...]:
    """The areas that a country lies in, the smallest first.

    >>> areas_of("CO"), areas_of("US"), areas_of("??")
    (('005', '419', '019'), ('021', '019'), ())
    """
    smallest = _area_of().get(country)
    return (smallest, *_WITHIN[smallest]) if smallest else ()


def name_of(code: str, language: str = "en") -> str:
    """A country or an area in a language.

    >>> name_of("CO", "es"), name_of("419"), name_of("001")
    ('Colombia', 'Latin America', 'world')
    """
    base = language.replace("_", "-").split("-")[0]
    try:
        names = Locale.parse(base).territories
    except (ValueError, LookupError):
        names = Locale.parse("en").territories
    return str(names.get(code) or code)


def read(text: str) -> str | None:
    """The code of the country or area that a word names, in any of the languages here.

    >>> [read(one) for one in ("Colombia", "LATAM", "África", "worldwide", "419", "Atlantis")]
    ['CO', '419', '002', '001', '419', None]
    """
    bare = text.strip()
    if bare in _AREAS:
        return bare
    folded = " ".join(tokens(bare))
    return _ALSO.get(folded) or _named().get(folded) or country_of(bare)


def is_known(code: str) -> bool:
    """Whether a code is one of a country or an area here."""
    return code in _AREAS or code in _area_of()


def nearness(codes: Iterable[str], country: str) -> Nearness:
    """How near places are to a country: a line for Chile and the world is, for Chile, at home.

    >>> nearness(["005"], "CO").name, nearness(["001"], "CO").name, nearness(["PE"], "CO").name
    ('REGION', 'WORLD', 'NEIGHBOUR')
    """
    found = tuple(codes)
    if not found:
        return Nearness.UNSAID
    return min(_nearness(code, country) for code in found)


def _nearness(code: str, country: str) -> Nearness:
    if code == country:
        return Nearness.COUNTRY
    around = areas_of(country)
    if code == WORLD:
        return Nearness.WORLD
    if code in around:
        is_region = code == around[0] or code in _REGIONS
        return Nearness.REGION if is_region else Nearness.CONTINENT
    shared = set(areas_of(code)) & {one for one in around if one == around[0] or one in _REGIONS}
    return Nearness.NEIGHBOUR if shared else Nearness.ELSEWHERE


def region_of(country: str) -> str:
    """The region that is looked at where a country has few lines: Latin America for Colombia.

    >>> region_of("CO"), region_of("KE"), region_of("IT")
    ('419', '202', '039')
    """
    around = areas_of(country)
    return next((one for one in around if one in _REGIONS), around[0] if around else WORLD)


_SPLIT = re.compile(r"[;|\n]|,(?!\s*(?:the|Republic|Plurinational|Bolivarian|Islamic)\b)")


def read_many(text: str) -> tuple[list[str], list[str]]:
    """The codes that a cell names, and the words in it that name none.

    >>> read_many("Colombia, Perú; Latin America; Narnia")
    (['CO', 'PE', '419'], ['Narnia'])
    """
    words = [part.strip() for part in _SPLIT.split(text) if part.strip()]
    whole = read(text)
    if whole:
        return [whole], []
    codes = {word: read(word) for word in words}
    found = dict.fromkeys(code for code in codes.values() if code)
    return list(found), [word for word, code in codes.items() if not code]


@lru_cache(maxsize=1)
def _area_of() -> dict[str, str]:
    return {code: area for area, codes in _COUNTRIES.items() for code in codes.split()}


@lru_cache(maxsize=1)
def _named() -> dict[str, str]:
    """The areas by what they are called in the languages of the screens."""
    names: dict[str, str] = {}
    for language in ("fr", "es", "en"):
        territories = Locale.parse(language).territories
        for code in _AREAS:
            names[" ".join(tokens(fold(str(territories.get(code, code)))))] = code
    return names


@lru_cache(maxsize=1)
def countries() -> tuple[str, ...]:
    """Every country, by its code."""
    return tuple(sorted(_area_of()))


@lru_cache(maxsize=8)
def choices(language: str) -> tuple[tuple[str, str], ...]:
    """Every country by name in a language, to choose from."""
    named = ((code, name_of(code, language)) for code in countries())
    return tuple(sorted(named, key=lambda one: fold(one[1])))


def area_choices(language: str) -> tuple[tuple[str, str], ...]:
    """The larger areas by name in a language."""
    named = ((code, name_of(code, language)) for code in _AREAS)
    return tuple(sorted(named, key=lambda one: fold(one[1])))
