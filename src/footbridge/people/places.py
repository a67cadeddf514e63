"""From what someone typed to a place in the network: found offline, kept once."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from footbridge.core import ids
from footbridge.core.errors import DomainError
from footbridge.people import gazetteer
from footbridge.people.gazetteer import Found
from footbridge.people.models import Place


def named(text: str, *, country: str | None = None, field: str = "place") -> Place:
    """The place that a name stands for; a DomainError says when none is known."""
    found = meant(text, country, field)
    return found if isinstance(found, Place) else kept([found])[key(found)]


def spot(text: str, *, field: str = "near") -> tuple[float, float]:
    """Where a name is, in degrees north and east, the same place that `named` gives. Nothing is
    kept; a DomainError says when none is known."""
    found = meant(text, None, field)
    return found.latitude, found.longitude


def meant(text: str, country: str | None = None, field: str = "place") -> Place | Found:
    """The place that a name stands for, here or in the gazetteer. Nothing is kept."""
    found = gazetteer.resolve(text, country=country)
    if (found is None or found.precision != "city") and (known := _known_here(text)):
        return known
    if found is None:
        raise DomainError(
            _("No place called «%(name)s» is known. Try the nearest town.") % {"name": text[:80]},
            field=field,
        )
    return found


def _known_here(text: str) -> Place | None:
    """A place that the network has though the gazetteer does not: too small, or invented."""
    name, _comma, _rest = text.partition(",")
    return Place.objects.filter(name__iexact=name.strip()).order_by("key").first()


def kept(found: Iterable[Found]) -> dict[str, Place]:
    """The rows of these places by key, written where they are new."""
    wanted = {key(one): one for one in found}
    known = Place.objects.in_bulk(list(wanted), field_name="key")
    new = [_row(name, one) for name, one in wanted.items() if name not in known]
    if not new:
        return known
    Place.objects.bulk_create(new, ignore_conflicts=True)
    return Place.objects.in_bulk(list(wanted), field_name="key")


def key(found: Found) -> str:
    """What names a place in the gazetteer: the same town is one row."""
    return f"{found.precision}:{found.geonames_id}:{found.name}"[:80]


def _row(name: str, found: Found) -> Place:
    return Place(
        id=ids.new_id(),
        key=name,
        name=found.name,
        region=found.region,
        country=found.country,
        latitude=found.latitude,
        longitude=found.longitude,
        timezone=found.timezone,
        precision=found.precision,
    )
