"""What a careful reader would ask about a map. Codes: doors have the words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from footbridge.engine.value.maps import InputsBasis, Outcome, ValueMap
from footbridge.engine.value.ranges import payback


class Remark(StrEnum):
    """What is doubtful."""

    DOUBLE_COUNT = "double_count"  # two outcomes of the same people whose prices overlap
    PAYS_BACK_TOO_LATE = "pays_back_too_late"  # outcomes end before what was put in is back
    EXCLUDED_WITHOUT_REASON = "excluded_without_reason"
    NOT_MATERIAL_WITHOUT_REASON = "not_material_without_reason"
    BASIS_WITHOUT_REASON = "basis_without_reason"  # some inputs do not count, and nothing says why
    NOBODY_ASKED = "nobody_asked"  # a group whose outcomes count took no part in finding them
    NO_HARM = "no_harm"  # nothing negative and nothing unintended was found, which is rare
    NO_RANGE = "no_range"  # no figure has a low and a high
    NO_SOURCE = "no_source"  # a price without a source


@dataclass(frozen=True, order=True, slots=True)
class Doubt:
    """A remark, and the keys of the rows, groups or prices it is about."""

    remark: Remark
    about: tuple[str, ...] = ()


def doubts(of: ValueMap) -> tuple[Doubt, ...]:
    """Everything doubtful, by kind and then in the order of the map. None of it forbids a ratio.

    >>> from footbridge.engine.value.examples import employment
    >>> [(one.remark.value, one.about) for one in doubts(employment())]
    [('no_harm', ()), ('no_range', ()), ('no_source', ('grant',))]
    """
    return tuple(_doubts(of))


def _doubts(of: ValueMap) -> Iterator[Doubt]:
    for one, other in combinations(of.counted, 2):
        if _overlap(one, other):
            yield Doubt(Remark.DOUBLE_COUNT, (one.key, other.key))
    if payback(of).is_too_late:
        yield Doubt(Remark.PAYS_BACK_TOO_LATE)
    for group in of.stakeholders:
        if not group.included and not group.reason.strip():
            yield Doubt(Remark.EXCLUDED_WITHOUT_REASON, (group.key,))
    for row in of.outcomes:
        if not row.material and not row.reason.strip():
            yield Doubt(Remark.NOT_MATERIAL_WITHOUT_REASON, (row.key,))
    if of.inputs_basis is not InputsBasis.ALL and not of.inputs_basis_reason.strip():
        yield Doubt(Remark.BASIS_WITHOUT_REASON)
    concerned = dict.fromkeys(row.stakeholders for row in of.counted)
    for key in concerned:
        if not of.groups[key].asked:
            yield Doubt(Remark.NOBODY_ASKED, (key,))
    if of.outcomes and not any(row.is_harm or not row.intended for row in of.outcomes):
        yield Doubt(Remark.NO_HARM)
    if not of.uncertain:
        yield Doubt(Remark.NO_RANGE)
    unsourced = tuple(key for key, price in of.prices.items() if not price.source.strip())
    if unsourced:
        yield Doubt(Remark.NO_SOURCE, unsourced)


def _overlap(one: Outcome, other: Outcome) -> bool:
    """Whether the same people would be credited twice for the same thing."""
    if one.stakeholders != other.stakeholders or one.price is None or other.price is None:
        return False
    return one.price.key == other.price.key or bool(set(one.price.covers) & set(other.price.covers))
