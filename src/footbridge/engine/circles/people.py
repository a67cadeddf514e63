"""Who may be put into circles: their causes and backgrounds, in columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class People:
    """Columns, one entry for each person.

    indptr        int64[n + 1]       where the causes of each begin
    causes        int64[entries]     what each cares for, ascending within a person, no repeats
    sector        int64[n]           −1 where unknown
    organisation  int64[n]           −1 for none: nobody shares it
    places        float64[n, 2]      latitude and longitude in degrees; NaN or None where unknown

    >>> people = People.of([{1, 2}, {2}, ()], sector=[0, 1, -1])
    >>> people.indptr.tolist(), people.causes.tolist(), people.carriers(2).tolist()
    ([0, 2, 3, 3], [1, 2, 2], [0, 1])
    """

    indptr: Ints
    causes: Ints
    sector: Ints
    organisation: Ints
    places: Floats | None

    @classmethod
    def of(
        cls,
        causes: Sequence[Iterable[int]] | tuple[NDArray[np.int64], NDArray[np.int64]],
        sector: ArrayLike | None = None,
        organisation: ArrayLike | None = None,
        places: ArrayLike | None = None,
    ) -> People:
        """From a collection of causes for each person, or from two arrays (indptr, causes).

        ValueError for causes that are not whole numbers from 0, columns of other lengths, and
        places that are not on Earth.
        """
        indptr, terms = _rows(causes)
        n = len(indptr) - 1
        return cls(
            indptr,
            terms,
            _codes(sector, n, "sector"),
            _codes(organisation, n, "organisation"),
            _on_earth(places, n),
        )

    def __len__(self) -> int:
        return len(self.indptr) - 1

    def causes_of(self, person: int) -> Ints:
        """What one person cares for, ascending."""
        return self.causes[self.indptr[person] : self.indptr[person + 1]]

    def carriers(self, cause: int) -> Ints:
        """Who cares for it, ascending."""
        if cause >= len(self._posts) - 1:
            return np.empty(0, np.int64)
        return self._by_cause[self._posts[cause] : self._posts[cause + 1]]

    @cached_property
    def owner(self) -> Ints:
        """int64[entries]: whose cause each entry is."""
        return np.repeat(np.arange(len(self)), np.diff(self.indptr))

    @cached_property
    def popular(self) -> Ints:
        """int64[causes]: how many care for each."""
        return np.bincount(self.causes, minlength=1)

    @cached_property
    def _by_cause(self) -> Ints:
        return self.owner[np.argsort(self.causes, kind="stable")]

    @cached_property
    def _posts(self) -> Ints:
        return np.concatenate(([0], np.cumsum(self.popular)))


def _rows(given: Sequence[Iterable[int]] | tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    if isinstance(given, tuple) and len(given) == 2 and isinstance(given[0], np.ndarray):
        indptr, terms = np.asarray(given[0]), np.asarray(given[1])
        return _checked_rows(indptr, terms)
    rows = [sorted({int(cause) for cause in one}) for one in given]
    indptr = np.cumsum([0, *(len(row) for row in rows)])
    terms = np.array([cause for row in rows for cause in row], np.int64)
    return indptr.astype(np.int64), _no_negative(terms)


def _checked_rows(indptr: NDArray[np.int64], terms: NDArray[np.int64]) -> tuple[Ints, Ints]:
    whole = indptr.dtype.kind in "iu" and (terms.dtype.kind in "iu" or not terms.size)
    if not whole or not len(indptr) or indptr[0] != 0 or indptr[-1] != len(terms):
        raise ValueError("indptr must begin at 0 and end at the number of causes")
    if (np.diff(indptr) < 0).any():
        raise ValueError("indptr must not fall")
    owner = np.repeat(np.arange(len(indptr) - 1), np.diff(indptr))
    rising = np.diff(terms.astype(np.int64)) > 0
    if not (rising | (np.diff(owner) > 0)).all():
        raise ValueError("causes must ascend within a person, without repeats")
    return indptr.astype(np.int64), _no_negative(terms.astype(np.int64))


def _no_negative(terms: Ints) -> Ints:
    if (terms < 0).any():
        raise ValueError("a cause is a whole number, 0 or more")
    return terms


def _codes(given: ArrayLike | None, n: int, name: str) -> Ints:
    if given is None:
        return np.full(n, -1, np.int64)
    values = np.asarray(given)
    if values.shape != (n,) or (values.size and values.dtype.kind not in "iu"):
        raise ValueError(f"{name} must hold one whole number for each of {n} people")
    return np.maximum(values.astype(np.int64), -1)


def _on_earth(given: ArrayLike | None, n: int) -> Floats | None:
    if given is None:
        return None
    values = np.asarray(given, np.float64)
    if values.shape != (n, 2):
        raise ValueError(f"places must hold latitude and longitude of each of {n} people")
    if (np.abs(values) > np.array([90.0, 360.0])).any():
        raise ValueError("places must hold latitudes up to 90 and longitudes up to 360 degrees")
    return values


def pairs_of(given: ArrayLike, n: int, name: str) -> Ints:
    """Pairs of different people as int64[pairs, 2], each once, lower number first."""
    values = np.asarray(given)
    if not values.size:
        return np.empty((0, 2), np.int64)
    if values.ndim != 2 or values.shape[1] != 2 or values.dtype.kind not in "iu":
        raise ValueError(f"{name} must hold pairs of people's numbers")
    if (values < 0).any() or (values >= n).any():
        raise ValueError(f"{name} names somebody outside 0 to {n - 1}")
    values = np.sort(values.astype(np.int64), axis=1)
    return np.unique(values[values[:, 0] != values[:, 1]], axis=0)
