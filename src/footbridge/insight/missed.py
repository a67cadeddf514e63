"""Whom a search did not find, but nearly: a search never ends in an empty page while anybody is
there. What is missing is said of each."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from footbridge.engine import fit
from footbridge.insight import asked
from footbridge.insight.cards import NO_FILTERS, Filters, Missing, Near
from footbridge.insight.reasons import MISSING
from footbridge.insight.version import View
from footbridge.people import cards as people_cards
from footbridge.people import queries as people
from footbridge.people.policy import Viewer

MOST = 3

_LACK: dict[str, fit.Missing] = {
    "kind": fit.Missing.OTHER_KIND,
    "sector": fit.Missing.OTHER_SECTOR,
    "language": fit.Missing.OTHER_LANGUAGE,
    "cause": fit.Missing.OTHER_CAUSE,
    "chapter": fit.Missing.OTHER_CHAPTER,
    "near": fit.Missing.OUTSIDE_AREA,
    "group": fit.Missing.OTHER_GROUP,
}


def near_misses(viewer: Viewer, view: View, text: str, filters: Filters) -> tuple[Near, ...]:
    """The few who answer the words but not every filter; else those who pass the filters but not
    the words; else those who lack least."""
    passing = {name: asked.passes(view, one) for name, one in _one_by_one(filters)}
    numbers, by_words = _nearest(view, text, passing)
    ids = {view.rows.id_of(number): number for number in numbers}
    shown = people.by_ids(viewer, [one for one in ids if one != _own(viewer)])
    return tuple(
        Near(
            people_cards.card(viewer, shown[one]),
            tuple(_lacks(number, passing, "" if by_words else text)),
        )
        for one, number in ids.items()
        if one in shown
    )[:MOST]


def _own(viewer: Viewer) -> uuid.UUID | None:
    return getattr(viewer, "id", None)


def _one_by_one(filters: Filters) -> Iterator[tuple[str, Filters]]:
    """Each filter that was set, alone."""
    for name in _LACK:
        if value := getattr(filters, name):
            alone = replace(NO_FILTERS, **{name: value})
            yield name, replace(alone, within_km=filters.within_km)


def _nearest(view: View, text: str, passing: dict[str, Any]) -> tuple[list[int], bool]:
    """One more than is shown, since the viewer may be among them; and whether they answer the
    words. Those who lack fewest come first."""
    everyone = np.ones(view.rows.size, bool)
    by_words = view.search(text, everyone) if text.strip() else np.zeros(0, np.int64)
    found = by_words if len(by_words) else view.by_name(everyone)
    passed = sum((keep[found].astype(int) for keep in passing.values()), np.zeros(len(found), int))
    order = np.argsort(-passed, kind="stable")[: MOST + 1]
    return [int(number) for number in found[order]], bool(len(by_words))


def _lacks(number: int, passing: dict[str, Any], text: str) -> Iterable[Missing]:
    for name, keep in passing.items():
        if not keep[number]:
            yield Missing(_LACK[name].value, str(MISSING[_LACK[name]]))
    if text.strip():
        yield Missing("words", _("Says nothing of «%(words)s»") % {"words": text.strip()[:60]})
