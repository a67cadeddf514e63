"""Rounds in which nobody meets anybody twice, from algebra instead of search.

Think of the people as a grid: `chairs` rows of `tables` columns. In round r the person in row i and
column j sits at table j + f(r, i), counted in a field (or round a clock). Two people of one row
never meet; two of different rows meet in at most one round as long as f(r, i) − f(s, i) differs
from row to row for every two rounds r ≠ s. With a prime power of tables, f(r, i) = r·i does it for
as many rounds as there are tables. Then the rows are seated among themselves in the same manner.

Sources: Bose 1938 on orthogonal Latin squares from fields; Kirkman 1850 (fifteen schoolgirls); the
round robin is Schurig's, 1886.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
SEARCHED = 20_000
"""Places tried at most when shifts round a clock are searched for."""

KIRKMAN = ((0, 1, 3), (2, 7, 9), (4, 12, 13), (5, 8, 11), (6, 10, 14))
"""One walk of the fifteen schoolgirls; the other six by turning 0–6 and 7–13 round, 14 stays."""


def without_repeats(tables: int, chairs: int, most: int, empty: int = 0) -> Whole:
    """Up to `most` rounds without a repeat: places 0 … tables·chairs − 1, [rounds, tables, chairs].

    The last `empty` places (fewer than there are tables) never share a table: they stand for
    empty chairs. At least one round is found, and as many as the designs known here hold; more may
    exist. Sixteen people at tables of four: five rounds, and everybody has met everybody.

    >>> without_repeats(2, 2, 9).tolist()
    [[[0, 3], [1, 2]], [[1, 3], [2, 0]], [[2, 3], [0, 1]]]
    >>> [len(without_repeats(t, c, 99)) for t, c in ((4, 4), (8, 4), (5, 3), (10, 10), (3, 4))]
    [5, 9, 7, 3, 1]
    """
    if (tables, chairs) == (5, 3) and empty <= 1:
        return _schoolgirls()[:most]
    if chairs == 2 and empty <= 1:
        return round_robin(tables)[:most]
    found = _grid(tables, chairs, most)
    if tables % chairs == 0 and empty == 0 and len(found) < most:
        found = np.concatenate((found, _rows(tables, chairs, most - len(found))))
    return found


def round_robin(couples: int) -> Whole:
    """Everybody with everybody in one round fewer than there are people: [rounds, couples, 2]."""
    last = 2 * couples - 1
    first = np.arange(last)[:, None]
    step = np.arange(1, couples)
    left, right = (first + step) % last, (first - step) % last
    ends = np.stack((first, np.full_like(first, last)), axis=-1)
    return np.concatenate((ends, np.stack((left, right), axis=-1)), axis=1)


def _schoolgirls() -> Whole:
    start, turn = np.array(KIRKMAN), np.arange(7)[:, None, None]
    return np.where(start == 14, 14, start // 7 * 7 + (start % 7 + turn) % 7)


def _rows(tables: int, chairs: int, most: int) -> Whole:
    """Each row of the grid seated among itself, all rows in the same manner."""
    inside = without_repeats(tables // chairs, chairs, most)
    return np.concatenate([inside + row * tables for row in range(chairs)], axis=1)


def _grid(tables: int, chairs: int, most: int) -> Whole:
    """Rounds in which rows are shifted against each other."""
    if chairs > tables:
        most = 1
    field = _field(tables) if most > 1 else None
    if field is not None:
        minus, times = field
        rounds, table, row = np.ogrid[: min(most, tables), :tables, :chairs]
        return row * tables + minus[table, times[rounds, row]]
    shifts = np.array(_shifts(tables, chairs, most))[:, None, :]
    table, row = np.ogrid[:tables, :chairs]
    seats: Whole = row * tables + (table - shifts) % tables
    return seats


def _shifts(tables: int, chairs: int, most: int) -> list[list[int]]:
    """Shifts of each row in each round, round a clock of `tables` hours; at first they are r·i."""
    found = [[0] * chairs]
    while len(found) < most:
        plain = [len(found) * row % tables for row in range(chairs)]
        following = plain if _fits(found, plain, tables) else _search(found, tables, chairs)
        if following is None:
            return found
        found.append(following)
    return found


def _fits(found: list[list[int]], shifts: list[int], tables: int) -> bool:
    return all(
        len({(a - b) % tables for a, b in zip(shifts, before)}) == len(shifts) for before in found
    )


def _search(found: list[list[int]], tables: int, chairs: int) -> list[int] | None:
    """One more round, row by row, going back where a row has no place; given up after a while."""
    shifts = [0]
    start = 0
    for _ in range(SEARCHED // len(found)):
        if len(shifts) == chairs:
            return shifts
        row = len(shifts)
        taken = {(a - b + before[row]) % tables for before in found for a, b in zip(shifts, before)}
        nxt = next((value for value in range(start, tables) if value not in taken), None)
        if nxt is not None:
            shifts, start = [*shifts, nxt], 0
        elif row == 1:
            return None
        else:
            start = shifts.pop() + 1
    return None


@lru_cache(maxsize=16)
def _field(size: int) -> tuple[Whole, Whole] | None:
    """Differences and products of the field of this size; none unless it is a prime power.

    Elements are numbers whose digits in base p are the coefficients of a polynomial.
    """
    prime = next((p for p in range(2, size + 1) if size % p == 0), 0)
    degree = round(np.log(size) / np.log(prime)) if prime else 0
    if not prime or prime**degree != size:
        return None
    digits = np.arange(size)[:, None] // prime ** np.arange(degree) % prime
    minus = (digits[:, None] - digits) % prime @ prime ** np.arange(degree)
    return minus, _products(_powers(prime, degree, minus), size)


def _powers(prime: int, degree: int, minus: Whole) -> list[int]:
    """1, x, x², … through all elements but zero: with the first polynomial for which it is so.

    A prime field is the case of degree one: there x stands for a number that generates it.
    """
    size = prime**degree
    for remainder in range(size):
        powers, at = [], 1
        while at not in powers and at != 0:
            powers.append(at)
            at = _times_x(at, prime, degree, remainder, minus)
        if len(powers) == size - 1 and at == 1:
            return powers
    raise AssertionError("every prime power has a field")


def _times_x(element: int, prime: int, degree: int, remainder: int, minus: Whole) -> int:
    """x times an element, where x to the degree is `remainder`."""
    size: int = prime**degree
    over, shifted = divmod(element * prime, size)
    for _ in range(over):
        shifted = int(minus[shifted, minus[0, remainder]])
    return shifted


def _products(powers: list[int], size: int) -> Whole:
    log = np.zeros(size, np.int64)
    log[powers] = np.arange(size - 1)
    times: Whole = np.array(powers)[(log[:, None] + log) % (size - 1)]
    times[0], times[:, 0] = 0, 0
    return times
