"""From free text to a place: what stands behind the comma narrows down what stands before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process

from footbridge.people.gazetteer.areas import (
    Region,
    postcode_areas,
    region_name,
    regions_of,
    state_of_zip,
    uk_area_of,
)
from footbridge.people.gazetteer.cities import Cities, Found, cities
from footbridge.people.gazetteer.countries import capitals, country_name, country_of
from footbridge.people.gazetteer.keys import key

LONGEST_TEXT = 300
SHORTEST_MENDED = 5
SPELLED_ALIKE = 86
SPELLED_ALIKE_ANYWHERE = 90
LARGE_ENOUGH_TO_GUESS = 100_000
OWN_NAME_COUNTS = 20

_BETWEEN = re.compile(r"\s*[,;\n|()/]\s*|\s+[-–—·]\s+")
_ZIP = re.compile(r"(?<![\d-])(\d{5})(?:-\d{4})?(?!\d)")
_POSTAL = re.compile(r"\b(?:[A-Z]{1,2}-)?\d{4,6}\b")
_AROUND = re.compile(
    r"^(?:the\s+)?(?:greater|metropolitan|metro|city of|town of|county of|central|downtown|near"
    r"|gran|area metropolitana de|area de|ciudad de|ville de|grand|grossraum|grande|citta di)\s+"
    r"|\s+(?:metropolitan area|metropolitan region|metro area|bay area|area|metro"
    r"|metropolitan|region"
    r"|county|bay|city|city region|district|borough|und umgebung|y alrededores|et environs"
    r"|prefecture|province|ken|shi)$"
)  # fmt: skip
# What stands behind some cities: a province, a district, a sorting office.
_BEHIND = re.compile(r"(?: (?:[a-z]{1,2}|\d{1,2}|cedex))+$")
_SHORT_FORMS = ((re.compile(r"^st "), "saint "), (re.compile(r"^ft "), "fort "),
                (re.compile(r"^mt "), "mount "), (re.compile(r"^saint "), "st "))  # fmt: skip


def resolve(text: str, *, country: str | None = None, region: str | None = None) -> Found | None:
    """The place a person means, or nothing rather than a wild guess.

    `country` and `region` are what other columns say, in any language or as codes.

    >>> resolve("Cambridge, MA").region, resolve("Cambridge").country
    ('Massachusetts', 'GB')
    >>> resolve("Köln").name == resolve("Cologne, Germany").name == resolve("ケルン").name
    True
    >>> resolve("Wales").precision, resolve("Kenia").precision
    ('area', 'country')
    """
    return _resolve(text.strip()[:LONGEST_TEXT], (country or "").strip(), (region or "").strip())


@lru_cache(maxsize=65_536)
def _resolve(text: str, country: str, region: str) -> Found | None:
    code = country_of(country)
    hints = _hints_of([region], code)
    if not text:
        return _largest_fitting(hints) or (_whole_country(code) if code else None)
    named = _by_name(text, code, hints)
    if named is not None and named.precision == "city":
        return named
    return (
        _by_uk_postcode(text, code)
        or named
        or _largest_fitting(hints)
        or (_whole_country(code) if code else None)
    )


def _hints_of(texts: Sequence[str], country: str | None = None) -> tuple[Region, ...]:
    """Regions and countries named by the texts; a country is a region with an empty code."""
    hints: list[Region] = []
    for text in texts:
        hints += regions_of(text)
        if (code := country_of(text)) is not None:
            hints.append((code, ""))
    if country:
        within = [hint for hint in hints if hint[0] == country]
        return tuple(within or [(country, "")])
    return tuple(dict.fromkeys(hints))


def _by_name(text: str, country: str | None, outer: tuple[Region, ...]) -> Found | None:
    parts, zip_state = _parts(text, country)
    whole = _region_or_country(parts, outer) if len(parts) == 1 else None
    if whole is not None:
        return whole
    for place, part in enumerate(parts):
        if place and (regions_of(part) or country_of(part)):
            continue
        hints = _combined(_hints_of(parts[1:]), outer, zip_state)
        found = _city(part, hints, may_mend=False)
        if found is not None:
            return found
    hints = _combined(_hints_of(parts[1:]), outer, zip_state)
    return (
        (_city(parts[0], hints, may_mend=True) if parts else None)
        or _largest_fitting(hints)
        or next((found for part in parts if (found := _region_or_country([part], outer))), None)
    )


def _parts(text: str, country: str | None) -> tuple[list[str], str | None]:
    """The pieces between commas, postal codes taken out, a state's code split from its city."""
    zip_code = _ZIP.search(text) if country in (None, "US") else None
    state = state_of_zip(zip_code[1]) if zip_code else None
    bare = text if text.isdigit() else _POSTAL.sub(" ", text)
    parts: list[str] = []
    for piece in _BETWEEN.split(bare):
        words = piece.split()
        if (
            len(words) > 1
            and len(words[-1]) in (2, 3)
            and words[-1].isupper()
            and not piece.isupper()
            and (regions_of(words[-1]) or country_of(words[-1]))
        ):
            parts += [" ".join(words[:-1]), words[-1]]
        elif words:
            parts.append(" ".join(words))
    return parts, state


def _combined(
    inner: tuple[Region, ...], outer: tuple[Region, ...], state: str | None
) -> tuple[Region, ...]:
    """What the text itself says comes before what other columns say."""
    hints = inner or outer
    if inner and outer:
        countries = {country for country, _ in outer}
        hints = tuple(hint for hint in inner if hint[0] in countries) or inner
    if state and (not hints or any(country == "US" for country, _ in hints)):
        exact = tuple(hint for hint in hints if hint[1])
        return exact or (("US", state),)
    return hints


def _region_or_country(parts: Sequence[str], outer: tuple[Region, ...]) -> Found | None:
    """A text that is nothing but a state or a country, unless a large city has that very name."""
    if not parts:
        return None
    text = parts[0]
    code = country_of(text)
    if code and key(text) in {"england", "scotland", "wales", "northern ireland"}:
        code = None
    if outer and _best(cities(), key(text), outer) is not None:
        return None
    if code and outer and code not in {country for country, _ in outer}:
        code = None
    if code and not _is_better_known_as_city(text, code):
        return _whole_country(code)
    regions = [hint for hint in regions_of(text) if not outer or hint[0] in {c for c, _ in outer}]
    if regions and not _is_better_known_as_city(text, regions[0][0]):
        return _largest_fitting(tuple(regions[:1]))
    return None


def _is_better_known_as_city(text: str, country: str) -> bool:
    """New York, São Paulo, Berlin, Singapore: the city is what is meant."""
    places = cities().by_name.get(key(text), ()) or cities().by_other_name.get(key(text), ())[:1]
    return any(
        cities().countries[at] == country
        and cities().populations[at] > 500_000
        and key(cities().names[at]) in (key(text), f"{key(text)} city")
        for at in places
    )


def _city(text: str, hints: tuple[Region, ...], *, may_mend: bool) -> Found | None:
    world = cities()
    for name in _variants(text):
        best = _best(world, name, hints)
        if best is not None:
            how = "name" if name in world.by_name and best in world.by_name[name] else "other name"
            return world.found(best, how)
    if may_mend:
        mended = _mended(world, key(text), hints)
        return None if mended is None else world.found(mended, "spelling")
    return None


def _variants(text: str) -> Iterator[str]:
    """The name as it stands, without its surroundings, and its halves."""
    name = key(text)
    yield name
    for pattern, instead in _SHORT_FORMS:
        if pattern.search(name):
            yield pattern.sub(instead, name)
    for bare in (_AROUND.sub("", _AROUND.sub("", name)).strip(), _BEHIND.sub("", name)):
        if bare and bare != name:
            yield bare
    for sign in ("-", "–", " and ", " & ", " y ", " et ", " und "):
        if sign in text:
            yield from filter(None, map(key, text.split(sign)))


def _best(world: Cities, name: str, hints: tuple[Region, ...]) -> int | None:
    """The city of this name that fits the hints, weighed by its people and by its own name."""
    own = world.by_name.get(name, ())
    others = world.by_other_name.get(name, ()) if len(name) > 2 or not name.isascii() else ()
    fitting = [at for at in {*own, *others} if _fits(world, at, hints)]
    if not fitting:
        return None
    return max(
        fitting, key=lambda at: (_exactness(world, at, hints), _weight(world, at, at in own))
    )


def _fits(world: Cities, at: int, hints: tuple[Region, ...]) -> bool:
    return not hints or any(
        world.countries[at] == country and code in ("", world.regions[at])
        for country, code in hints
    )


def _exactness(world: Cities, at: int, hints: tuple[Region, ...]) -> bool:
    """Where “CA” may be a state or a country, the state is meant."""
    return (world.countries[at], world.regions[at]) in hints


def _weight(world: Cities, at: int, is_own_name: bool) -> int:
    return world.populations[at] * (OWN_NAME_COUNTS if is_own_name else 1)


def _mended(world: Cities, name: str, hints: tuple[Region, ...]) -> int | None:
    """The city whose name is spelled nearly so: any in the countries named, else a large one."""
    if len(name) < SHORTEST_MENDED or name.isdigit():
        return None
    countries = {country for country, _ in hints}
    choices = [other for country in countries for other in world.of_country.get(country, ())]
    cutoff = SPELLED_ALIKE if choices else SPELLED_ALIKE_ANYWHERE
    found = process.extract(
        name, choices or _names_of_large_cities(), scorer=fuzz.ratio, score_cutoff=cutoff, limit=5
    )
    for other, _, _ in found:
        best = _best(world, other, hints)
        if best is not None and other[0] == name[0]:
            return best
    return None


@lru_cache(maxsize=1)
def _names_of_large_cities() -> list[str]:
    world = cities()
    return [
        name
        for name, places in world.by_name.items()
        if world.populations[places[0]] >= LARGE_ENOUGH_TO_GUESS
    ]


def _largest_fitting(hints: tuple[Region, ...]) -> Found | None:
    """The state, standing at its main city; for a country without a state, its capital."""
    for country, code in hints:
        if not code:
            continue
        at = cities().largest_of_region.get((country, code))
        if at is not None:
            return cities().found(at).meant_as(region_name(country, code), "area", "region")
    return _whole_country(hints[0][0]) if hints else None


def _whole_country(code: str) -> Found | None:
    world = cities()
    capital = _best(world, key(capitals().get(code, "")), ((code, ""),))
    at = world.largest_of_region.get((code, "")) if capital is None else capital
    if at is None:
        return None
    found = world.found(at).meant_as(country_name(code), "country", "country")
    return Found(**{**{name: getattr(found, name) for name in found.__slots__}, "region": ""})


def _by_uk_postcode(text: str, country: str | None) -> Found | None:
    """The post town of a UK postcode; Guernsey, Jersey and Man share the system."""
    if country not in (None, "GB", "GG", "JE", "IM"):
        return None
    area = uk_area_of(text, outward_alone=country is not None)
    if area is None:
        return None
    code, town, point = postcode_areas()[area]
    at = _best(cities(), key(town), ((code, ""),))
    if at is not None and point is None:
        return cities().found(at).meant_as(cities().names[at], "area", "postcode")
    if point is None:
        return None
    return Found(town, code, "", *point, "Europe/London", 0, "area", "postcode")
