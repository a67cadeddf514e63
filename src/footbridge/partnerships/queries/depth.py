"""How deep each side finds it, dimension by dimension, and how far they are apart."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from footbridge.partnerships import policy, rules
from footbridge.partnerships.models import Depth, Partnership
from footbridge.partnerships.states import Dimension, Mark
from footbridge.people.policy import Viewer


@dataclass(frozen=True)
class DepthLine:
    """One dimension: what each side said, and the gap between the lowest and the highest."""

    key: str
    words: str
    marks: tuple[str, ...]
    values: tuple[int | None, ...]
    gap: int | None


@dataclass(frozen=True)
class DepthCard:
    """What all sides said; `own` are one's own marks, to begin from."""

    sides: tuple[str, ...]
    depths: tuple[int | None, ...]
    lines: tuple[DepthLine, ...]
    gap: int | None
    own: dict[str, int]
    version: int


def depths_of(viewer: Viewer, one: Partnership) -> DepthCard:
    """How deep each side that signs finds it: the lower median of its marks. Sides are never
    averaged into one number."""
    parties = list(policy.core_parties(one))
    said = {row.party_id: row for row in Depth.objects.filter(party__in=parties)}
    marks = {party.id: said[party.id].marks if party.id in said else {} for party in parties}
    mine = policy.party_of(viewer, one)
    own = Depth.objects.filter(party=mine).first() if mine else None
    depths = tuple(rules.depth_of(marks[party.id].values()) for party in parties)
    return DepthCard(
        sides=tuple(party.called for party in parties),
        depths=depths,
        lines=tuple(_line(one, marks) for one in Dimension),
        gap=_gap(depths),
        own=dict(own.marks) if own else {},
        version=own.version if own else 0,
    )


def _line(dimension: Dimension, marks: dict[uuid.UUID, dict[str, int]]) -> DepthLine:
    values = tuple(side.get(dimension.value) for side in marks.values())
    words = tuple(str(Mark(value).label) if value else "–" for value in values)
    return DepthLine(dimension.value, str(dimension.label), words, values, _gap(values))


def _gap(values: tuple[int | None, ...]) -> int | None:
    told = [value for value in values if value is not None]
    return max(told) - min(told) if len(told) > 1 else None
