"""Deal by background: the people of a cause go round its circles like cards, sector by sector."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from footbridge.engine.circles.assign import LARGEST, NONE, SMALLEST
from footbridge.engine.circles.people import Floats, Ints, People

NEIGHBOURS = 4
"""Where places are known, backgrounds are dealt among so many circles that are close by."""


def dealt(people: People, cause: Ints, size: int, seed: int) -> tuple[Ints, Ints]:
    """int64[n] twice: the circle of each person, and the block of circles it was dealt among.

    Sorted by block, sector and organisation, and dealt one to each circle in turn, a sector with m
    people meets in each of g circles ⌊m/g⌋ or ⌈m/g⌉ times: as evenly as can be. Circles of one
    cause differ in size by at most one. NONE for those without a cause.
    """
    block, circles = _blocks(people, cause, size)
    circle = np.full(len(people), NONE)
    placed = np.flatnonzero(block != NONE)
    luck = np.random.default_rng(seed).permutation(len(people))[placed]
    order = np.lexsort((luck, people.organisation[placed], people.sector[placed], block[placed]))
    placed = placed[order]
    at = block[placed]
    many = np.bincount(at, minlength=len(circles))
    begin, first = np.cumsum(many) - many, np.cumsum(circles) - circles
    circle[placed] = first[at] + (np.arange(len(placed)) - begin[at]) % circles[at]
    return circle, block


def circles_for(people: int, size: int) -> int:
    """How many circles of 4 to 8, as near to `size` as can be.

    >>> [circles_for(n, 6) for n in (4, 8, 9, 11, 14, 18)]
    [1, 1, 2, 2, 2, 3]
    """
    wanted = max(1, round(people / size))
    return min(max(wanted, -(-people // LARGEST)), people // SMALLEST)


def _blocks(people: People, cause: Ints, size: int) -> tuple[Ints, Ints]:
    """int64[n]: among which block of circles each is dealt; int64[blocks]: how many circles it has.

    All of a cause, or, where places are known, its people and circles halved along the direction
    in which they are spread furthest, until few enough circles are left.
    """
    block = np.full(len(people), NONE)
    circles: list[int] = []
    placed = np.flatnonzero(cause != NONE)
    placed = placed[np.argsort(cause[placed], kind="stable")]
    ends = np.flatnonzero(np.diff(cause[placed])) + 1
    points = None if people.places is None else _on_sphere(people.places)
    for of_cause in np.split(placed, ends) if len(placed) else ():
        for some, many in _halved(of_cause, circles_for(len(of_cause), size), points):
            block[some] = len(circles)
            circles.append(many)
    return block, np.array(circles, np.int64)


def _halved(some: Ints, circles: int, points: Floats | None) -> Iterator[tuple[Ints, int]]:
    if points is None or circles <= NEIGHBOURS:
        yield some, circles
        return
    each, more = divmod(len(some), circles)
    left = circles // 2
    here = points[some]
    along = here[:, int(np.ptp(here, axis=0).argmax())]
    some = some[np.lexsort((some, along))]
    middle = left * each + min(more, left)
    yield from _halved(some[:middle], left, points)
    yield from _halved(some[middle:], circles - left, points)


def _on_sphere(places: Floats) -> Floats:
    """Degrees as points in space, where there is no edge of the map; the unknown on one spot."""
    known = np.where(np.isfinite(places), places, 0.0)
    latitude, longitude = np.radians(known).T
    return np.stack(
        (
            np.cos(latitude) * np.cos(longitude),
            np.cos(latitude) * np.sin(longitude),
            np.sin(latitude),
        ),
        axis=1,
    )
