"""Ragged rows, many at once."""

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


def spread(indptr: Ints, rows: npt.NDArray[np.integer]) -> tuple[Ints, Ints]:
    """Positions of all entries of the given rows, and for each the place of its row in ``rows``.

    >>> positions, owner = spread(np.array([0, 2, 2, 5]), np.array([2, 0]))
    >>> positions.tolist(), owner.tolist()
    ([2, 3, 4, 0, 1], [0, 0, 0, 1, 1])
    """
    starts = indptr[rows]
    lengths = indptr[rows + 1] - starts
    owner = np.repeat(np.arange(len(rows)), lengths)
    before = np.cumsum(lengths) - lengths
    return np.arange(len(owner)) + (starts - before)[owner], owner


def is_among(members: npt.NDArray[np.integer], some: npt.NDArray[np.integer]) -> Mask:
    """Which members are among some, which ascend.

    >>> is_among(np.array([4, 1, 9]), np.array([1, 4])).tolist()
    [True, True, False]
    """
    if not len(some):
        return np.zeros(len(members), bool)
    at = np.minimum(np.searchsorted(some, members), len(some) - 1)
    found: Mask = np.equal(some[at], members)
    return found


def look_up(
    keys: Ints, values: npt.NDArray[np.float64], wanted: npt.NDArray[np.integer]
) -> npt.NDArray[np.float64]:
    """The value beside each wanted key in an ascending table, 0 where it is absent.

    >>> look_up(np.array([3, 8]), np.array([.5, .25]), np.array([8, 1, 3, 9])).tolist()
    [0.25, 0.0, 0.5, 0.0]
    """
    if not len(keys):
        return np.zeros(len(wanted))
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, values[at], 0.0)
