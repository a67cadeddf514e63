"""From what people type to a point on the map, without the network."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from footbridge.people.gazetteer import country_of, is_uk_postcode, near, resolve, us_state_of
from footbridge.people.gazetteer.areas import postcode_areas
from footbridge.people.gazetteer.cities import distance_km
from footbridge.people.gazetteer.resolving import _resolve


@pytest.mark.parametrize(
    ("text", "name", "country", "region"),
    [
        ("Leeds", "Leeds", "GB", "England"),
        ("Paris", "Paris", "FR", "Île-de-France"),
        ("Paris, TX", "Paris", "US", "Texas"),
        ("Paris, Texas, USA", "Paris", "US", "Texas"),
        ("Madison,WI", "Madison", "US", "Wisconsin"),
        ("Austin TX", "Austin", "US", "Texas"),
        ("Portland, Maine", "Portland", "US", "Maine"),
        ("Wilmington, DE", "Wilmington", "US", "Delaware"),
        ("Köln", "Köln", "DE", "Nordrhein-Westfalen"),
        ("Colonia, Alemania", "Köln", "DE", "Nordrhein-Westfalen"),
        ("Londres", "London", "GB", "England"),
        ("Florianópolis, SC - Brazil", "Florianópolis", "BR", "Santa Catarina"),
        ("Curitiba, PR", "Curitiba", "BR", "Paraná"),
        ("San Juan, PR", "San Juan", "PR", ""),
        ("Toronto, ON", "Toronto", "CA", "Ontario"),
        ("Greater Manchester", "Manchester", "GB", "England"),
        ("Greater Seattle Area", "Seattle", "US", "Washington"),
        ("São Paulo", "São Paulo", "BR", "São Paulo"),
        ("SAO PAULO", "São Paulo", "BR", "São Paulo"),
        ("St. Louis, MO", "St. Louis", "US", "Missouri"),
        ("東京", "Tokyo", "JP", ""),
        ("القاهرة", "Cairo", "EG", ""),
        ("Киев", "Kyiv", "UA", ""),
        ("Αθήνα", "Athens", "GR", ""),
        ("Madgeburg, Germany", "Magdeburg", "DE", "Sachsen-Anhalt"),
        ("Manchestr", "Manchester", "GB", "England"),
        ("12 Quay Street, Bristol, BS1 4DB", "Bristol", "GB", "England"),
        ("Cambridge, MA 02139", "Cambridge", "US", "Massachusetts"),
        ("New York", "New York City", "US", "New York"),
        ("Singapore", "Singapore", "SG", ""),
        ("Bryan-College Station, TX", "Bryan", "US", "Texas"),
    ],
)  # fmt: skip
def test_a_city_is_found_however_it_is_written(
    text: str, name: str, country: str, region: str
) -> None:
    found = resolve(text)
    assert found is not None
    assert (found.name, found.country, found.region, found.precision) == (
        name,
        country,
        region,
        "city",
    )


@pytest.mark.parametrize(
    ("text", "country", "region", "where"),
    [
        ("Cambridge", None, None, ("GB", "England")),
        ("Cambridge", "USA", None, ("US", "Massachusetts")),
        ("Cambridge", "Canada", "Ontario", ("CA", "Ontario")),
        ("Springfield", "US", "MO", ("US", "Missouri")),
        ("Springfield", "United States", "Illinois", ("US", "Illinois")),
        ("Birmingham", "Reino Unido", None, ("GB", "England")),
        ("Birmingham", None, "Alabama", ("US", "Alabama")),
        ("Valencia", "ES", None, ("ES", "Comunitat Valenciana")),
        ("GRANADA", "ES", None, ("ES", "Andalucía")),
        ("Córdoba", "Argentina", None, ("AR", "")),
        ("GENOVA GE", "IT", None, ("IT", "")),
        ("PARIS CEDEX 15", "FR", None, ("FR", "Île-de-France")),
        ("Luxembourg", "LU", None, ("LU", "")),
    ],
)
def test_other_columns_decide_between_namesakes(
    text: str, country: str | None, region: str | None, where: tuple[str, str]
) -> None:
    found = resolve(text, country=country, region=region)
    assert found is not None
    assert (found.country, found.region, found.precision) == (*where, "city")


@pytest.mark.parametrize(
    ("text", "name", "precision"),
    [
        ("Kenya", "Kenya", "country"),
        ("Deutschland", "Germany", "country"),
        ("España", "Spain", "country"),
        ("日本", "Japan", "country"),
        ("UK", "United Kingdom", "country"),
        ("North Carolina", "North Carolina", "area"),
        ("Scotland", "Scotland", "area"),
        ("Bradford, VT", "Vermont", "area"),
        ("A village nobody lists, Kenya", "Kenya", "country"),
        ("OX20 1TR", "Oxford", "area"),
        ("ZE1 0AA", "Lerwick", "area"),
    ],
)
def test_what_is_larger_than_a_city_says_so(text: str, name: str, precision: str) -> None:
    found = resolve(text)
    assert found is not None
    assert (found.name, found.precision) == (name, precision)


def test_a_country_stands_at_its_capital() -> None:
    kenya = resolve("Kenia")
    assert kenya is not None
    assert distance_km(kenya.latitude, kenya.longitude, -1.286, 36.817) < 20
    assert kenya.timezone == "Africa/Nairobi"


@pytest.mark.parametrize(
    "text",
    ["", "   ", "Europe", "n/a", "remote", "online", "worldwide", "?", "-", "zzqx", "12345678"],
)
def test_what_is_no_place_is_nothing_rather_than_a_wild_guess(text: str) -> None:
    assert resolve(text) is None


def test_a_state_without_the_city_does_not_lead_to_a_namesake_abroad() -> None:
    found = resolve("Bradford, VT")
    assert found is not None
    assert found.country == "US"


def test_a_postcode_in_its_own_column_is_enough_with_the_country() -> None:
    leeds = resolve("LS3 1HH", country="GB")
    assert leeds is not None
    assert (leeds.name, leeds.how) == ("Leeds", "postcode")
    assert resolve("LS3", country="GB") == leeds


def test_every_postcode_area_leads_to_a_point_in_the_islands() -> None:
    assert len(postcode_areas()) == 124
    for area in postcode_areas():
        found = resolve(f"{area}1 1AA")
        assert found is not None, area
        assert 49 < found.latitude < 61, area
        assert -8.5 < found.longitude < 2, area


@pytest.mark.parametrize(
    ("text", "answer"),
    [("M1 1AE", True), ("sw1a1aa", True), ("POOLE", False), ("QQ1 1AA", False), ("M1", False)],
)
def test_postcodes_are_told_from_words(text: str, answer: bool) -> None:
    assert is_uk_postcode(text) is answer


@pytest.mark.parametrize(
    ("text", "code"),
    [("GB", "GB"), ("gb", None), ("in", None), ("IN", "IN"), ("USA", "US"), ("Côte d'Ivoire", "CI"),
     ("Tschechien", "CZ"), ("Países Bajos", "NL"), ("EU", None), ("Россия", "RU"),
     ("Palestine State", "PS"), ("Tanzania", "TZ"), ("United States of America", "US")],
)  # fmt: skip
def test_countries_are_known_by_code_and_in_many_languages(text: str, code: str | None) -> None:
    assert country_of(text) == code


def test_states_are_known_by_code_only_in_capitals() -> None:
    assert (us_state_of("OR"), us_state_of("or"), us_state_of("oregon")) == ("OR", None, "OR")


def test_the_nearest_city_is_found_across_the_date_line_and_none_at_sea() -> None:
    assert near(51.5074, -0.1278).name in {"London", "City of Westminster"}
    fiji = near(-16.9, -179.99)
    assert fiji is not None
    assert fiji.country == "FJ"
    assert near(-48.9, -123.4) is None
    assert near(95.0, 0.0) is None


def test_nonsense_and_very_long_texts_are_survived() -> None:
    assert resolve("x" * 100_000) is None
    assert resolve(",;,|\n()") is None
    assert resolve("\u202e" * 50) is None


@pytest.mark.data
def test_free_text_cities_of_civic_groups_lie_within_50_km(public_data: Path) -> None:
    """Of the groups that name a city; the few left are groups whose own point is elsewhere."""
    groups = json.loads((public_data / "civic-tech-brigades/organizations.json").read_text())
    placed = [
        (group["city"], float(group["latitude"]), float(group["longitude"]))
        for group in groups
        if group.get("city") and group.get("latitude")
    ]
    named = [place for place in placed if place[0] not in NO_CITY]
    close = [
        city
        for city, latitude, longitude in named
        if (found := resolve(city))
        and distance_km(found.latitude, found.longitude, latitude, longitude) <= 50
    ]
    assert len(named) == 209
    assert len(close) / len(named) >= 0.97


NO_CITY = {"Europe", "Ireland", "Japan", "Poland", "Taiwan", "North Carolina", "Columbia County PA"}


def test_known_texts_are_answered_twenty_thousand_times_a_second() -> None:
    texts = ["Leeds", "Paris, TX", "Köln", "Kenya", "M1 1AE"]
    for text in texts:
        resolve(text)
    hits = _resolve.cache_info().hits
    start = time.thread_time()
    for _ in range(4_000):
        for text in texts:
            resolve(text)
    assert time.thread_time() - start < 1.0
    assert _resolve.cache_info().hits - hits == 20_000
