"""What someone asks for, in the engine's numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from footbridge.core.errors import DomainError
from footbridge.engine import fit
from footbridge.engine.snapshot import EARTH_KM, on_sphere
from footbridge.exchange import queries as exchange
from footbridge.insight.cards import Filters
from footbridge.insight.rows import LAST_BIT, SECTORS, Rows
from footbridge.insight.version import View
from footbridge.people import places
from footbridge.people.queries import as_id
from footbridge.people.states import Kind


def of_engine(rows: Rows, filters: Filters, excluded: frozenset[int]) -> fit.Filters:
    """The engine's filters. What nobody in the network has can be met by nobody."""
    return fit.Filters(
        kind=_kind(filters.kind) if filters.kind else None,
        sectors=_one(_sector(filters.sector)) if filters.sector else frozenset(),
        causes=_one(_cause(rows, filters.cause)) if filters.cause else frozenset(),
        languages=_bit(rows, filters.language) if filters.language else 0,
        chapters=_one(_chapter(rows, filters.chapter)) if filters.chapter else frozenset(),
        groups=_one(_group(rows, filters.group)) if filters.group else frozenset(),
        near=spot(filters.near),
        within_km=float(filters.within_km),
        excluded=excluded,
    )


_KINDS = {Kind.PERSON.value: 0, Kind.ORGANISATION.value: 1}


def passes(view: View, filters: Filters) -> Any:
    """bool[n]: who passes every filter, for a search."""
    rows, snapshot = view.rows, view.snapshot
    keep = np.ones(rows.size, bool)
    if filters.kind:
        keep &= snapshot.kind == _kind(filters.kind)
    if filters.sector:
        keep &= snapshot.sector == _sector(filters.sector)
    if filters.language:
        keep &= (snapshot.languages & np.uint64(_bit(rows, filters.language))) != 0
    if filters.chapter:
        keep &= snapshot.chapter == _chapter(rows, filters.chapter)
    if filters.group:
        keep &= snapshot.group == _group(rows, filters.group)
    if filters.cause:
        keep &= _having_cause(view, _cause(rows, filters.cause))
    if towards := spot(filters.near):
        keep &= _within(view, towards, filters.within_km)
    return keep


def step_in_words(strength: float) -> str:
    """How warm one step is."""
    if strength >= 0.75:
        return _("trust each other")
    if strength >= 0.5:
        return _("have worked together")
    if strength >= 0.25:
        return _("know each other")
    return _("have met")


def _one(number: int) -> frozenset[int]:
    return frozenset((number,))


def _kind(name: str) -> int:
    if name not in _KINDS:
        raise DomainError(_("«%(name)s» is no kind of member.") % {"name": name}, field="kind")
    return _KINDS[name]


def _sector(name: str) -> int:
    if name not in SECTORS:
        raise DomainError(_("«%(name)s» is no sector.") % {"name": name}, field="sector")
    return SECTORS.index(name)


def spot(near: str) -> tuple[float, float] | None:
    """Where a filter points, in degrees north and east."""
    return places.spot(near) if near.strip() else None


def _bit(rows: Rows, language: str) -> int:
    """The bit of a language; one that nobody speaks has the highest bit, which nobody has."""
    place = rows.place_of["languages"].get(language)
    return 1 << 63 if place is None else 1 << min(place, LAST_BIT)


def _cause(rows: Rows, key: str) -> int:
    cause = exchange.find_cause(key)
    known = rows.place_of["causes"]
    return known.get(cause.id.hex, len(known)) if cause else len(known)


def _chapter(rows: Rows, chapter_id: str) -> int:
    known = rows.place_of["chapters"]
    return known.get(chapter_id.replace("-", "").lower(), len(known))


def _group(rows: Rows, organisation_id: str) -> int:
    wanted = as_id(organisation_id)
    found = rows.number_of(wanted) if wanted else None
    return rows.size if found is None else found


def _having_cause(view: View, cause: int) -> Any:
    having = np.zeros(view.rows.size, bool)
    having[view.snapshot.causes.members_with(cause)] = True
    return having


def _within(view: View, spot: tuple[float, float], kilometres: int) -> Any:
    """Whoever has any place within the distance, on the great circle."""
    sites = view.snapshot.places
    towards = on_sphere([spot[0]], [spot[1]])[0]
    close = sites.xyz @ towards >= np.cos(min(kilometres / EARTH_KM, np.pi))
    inside = np.zeros(view.rows.size, bool)
    owners = np.repeat(np.arange(len(inside)), np.diff(sites.indptr))
    inside[owners[close]] = True
    return inside
