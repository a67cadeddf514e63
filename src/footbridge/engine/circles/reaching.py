"""Whom a circle can reach: the people outside whom its members know, and through whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from footbridge.engine.ties import Ties, members_of

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Reached:
    """Somebody outside: the warmest tie to them, and all who know them, warmest first."""

    person: int
    strength: float
    through: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a circle can reach, warmest first, and how many there are of each background.

    people         the first `top` of them
    count          how many there are in all
    sectors        (sector, how many), most first, then lower; unknown is left out
    organisations  (organisation, how many), likewise
    only_through   (member, how many are known to nobody else in the circle), likewise
    """

    people: tuple[Reached, ...]
    count: int
    sectors: tuple[tuple[int, int], ...]
    organisations: tuple[tuple[int, int], ...]
    only_through: tuple[tuple[int, int], ...]


def reach(
    circle: Sequence[int] | NDArray[np.int64],
    ties: Ties,
    *,
    sector: ArrayLike | None = None,
    organisation: ArrayLike | None = None,
    leave_out: Sequence[int] | NDArray[np.bool_] | NDArray[np.int64] | None = None,
    top: int | None = None,
) -> Reach:
    """Everybody outside to whom at least one of the circle is tied.

    Order: the warmest tie first, then by how many of the circle know them, then lower numbers.
    `leave_out` are people of whom the circle shall not hear (by id or mask). ValueError for
    members outside the network, columns of other lengths and a `top` below 0.

    >>> ties = Ties.build(5, [0, 1, 1, 2], [2, 2, 3, 4], [0.5, 0.9, 0.4, 1.0])
    >>> found = reach([0, 1], ties, sector=[0, 0, 1, 1, 2])
    >>> [(one.person, one.strength, one.through) for one in found.people]
    [(2, 0.9, ((1, 0.9), (0, 0.5))), (3, 0.4, ((1, 0.4),))]
    >>> found.sectors, found.only_through
    (((1, 2),), ((1, 1),))
    """
    members = members_of(circle, ties.members, "circle")
    if top is not None and top < 0:
        raise ValueError(f"top must be 0 or more, not {top}")
    sectors = _column(sector, ties.members, "sector")
    organisations = _column(organisation, ties.members, "organisation")
    out = np.concatenate((members, members_of(leave_out, ties.members, "leave_out")))
    via, person, strength = _steps(ties, members, out)
    order = np.lexsort((via, -strength, person))
    via, person, strength = via[order], person[order], strength[order]
    people, first, known_by = np.unique(person, return_index=True, return_counts=True)
    best = np.lexsort((people, -known_by, -strength[first]))
    return Reach(
        tuple(
            _reached(via, strength, int(people[at]), int(first[at]), int(known_by[at]))
            for at in best[:top].tolist()
        ),
        len(people),
        _counted(sectors[people]),
        _counted(organisations[people]),
        _counted(via[first[known_by == 1]]),
    )


def _steps(ties: Ties, members: Ints, out: Ints) -> tuple[Ints, Ints, NDArray[np.float32]]:
    """(who knows, whom, how well) from the circle to all who are not left out."""
    rows = [np.arange(ties.indptr[one], ties.indptr[one + 1]) for one in members.tolist()]
    at = np.concatenate(rows) if rows else np.empty(0, np.int64)
    via = np.repeat(members, [len(row) for row in rows])
    person = ties.neighbours[at].astype(np.int64)
    kept = ~np.isin(person, out)
    return via[kept], person[kept], ties.strength[at][kept]


def _reached(
    via: Ints, strength: NDArray[np.float32], person: int, first: int, known_by: int
) -> Reached:
    rows = range(first, first + known_by)
    through = tuple((int(via[row]), round(float(strength[row]), 6)) for row in rows)
    return Reached(person, through[0][1], through)


def _counted(codes: Ints) -> tuple[tuple[int, int], ...]:
    found, many = np.unique(codes[codes >= 0], return_counts=True)
    order = np.lexsort((found, -many))
    return tuple(zip(found[order].tolist(), many[order].tolist(), strict=True))


def _column(given: ArrayLike | None, n: int, name: str) -> Ints:
    if given is None:
        return np.full(n, -1, np.int64)
    values = np.asarray(given)
    if values.shape != (n,) or values.dtype.kind not in "iu":
        raise ValueError(f"{name} must hold one whole number for each of {n} people")
    return values.astype(np.int64)
