"""Sort by cause: for each person the one cause around which their circle will form."""

from __future__ import annotations

import numpy as np

from footbridge.engine.circles.people import Ints, People

SMALLEST, LARGEST = 4, 8
"""A circle has 4 to 8 people."""
NONE = -1


def by_cause(people: People) -> Ints:
    """int64[n]: the cause of each, carried by at least four of those assigned to it; or NONE.

    First everybody's most popular cause, since among many there is most choice of backgrounds.
    Causes left with one to three people then win back some who can be spared elsewhere, or let
    theirs go to another cause. Nobody stays without while one of their causes has a circle, or
    while three others without share one of theirs.
    """
    cause = _most_popular(people)
    counts = np.bincount(cause[cause >= 0], minlength=len(people.popular))
    small = np.flatnonzero((counts > 0) & (counts < SMALLEST))
    for one in small[np.lexsort((small, -counts[small]))].tolist():
        _save_or_dissolve(people, cause, counts, one)
    _take_in(people, cause, counts)
    return cause


def _most_popular(people: People) -> Ints:
    """Of each person's causes that four or more carry, the one with most; then the lower code."""
    cause = np.full(len(people), NONE)
    if not len(people.causes):
        return cause
    carried, last = people.popular[people.causes], len(people.popular) - 1
    rank = np.where(carried >= SMALLEST, carried * (last + 1) + (last - people.causes), -1)
    some = np.flatnonzero(np.diff(people.indptr))
    best = np.maximum.reduceat(rank, people.indptr[some])
    cause[some] = np.where(best >= 0, last - best % (last + 1), NONE)
    return cause


def _save_or_dissolve(people: People, cause: Ints, counts: Ints, small: int) -> None:
    """Keep a small cause where somebody has no other; else its people go where there are enough."""
    if counts[small] >= SMALLEST:
        return
    members = np.flatnonzero(cause == small)
    elsewhere = {one: _another(people, counts, one, small) for one in members.tolist()}
    if NONE in elsewhere.values() and _win_back(people, cause, counts, small):
        return
    for one, other in elsewhere.items():
        _move(cause, counts, one, other)


def _another(people: People, counts: Ints, person: int, but: int) -> int:
    """Another of their causes that has enough people: the fullest, then the lower code."""
    own = people.causes_of(person)
    own = own[(own != but) & (counts[own] >= SMALLEST)]
    return int(own[counts[own].argmax()]) if len(own) else NONE


def _win_back(people: People, cause: Ints, counts: Ints, small: int) -> bool:
    """Bring a cause up to four with people whose own cause can spare them, or who have none."""
    taken: list[tuple[int, int]] = []
    for one in people.carriers(small).tolist():
        if counts[small] >= SMALLEST:
            break
        at = int(cause[one])
        if at != small and (at == NONE or counts[at] > SMALLEST):
            taken.append((one, at))
            _move(cause, counts, one, small)
    if counts[small] >= SMALLEST:
        return True
    for one, at in taken:
        _move(cause, counts, one, at)
    return False


def _take_in(people: People, cause: Ints, counts: Ints) -> None:
    """Who is without joins a cause that has enough people, or founds one with three others."""
    while True:
        without = np.flatnonzero(cause == NONE)
        for one in without.tolist():
            _move(cause, counts, one, _another(people, counts, one, NONE))
        entries = (cause == NONE)[people.owner]
        waiting = np.bincount(people.causes[entries], minlength=len(counts))
        if waiting.max(initial=0) < SMALLEST:
            return
        founded = int(waiting.argmax())
        for one in people.carriers(founded).tolist():
            if cause[one] == NONE:
                _move(cause, counts, one, founded)


def _move(cause: Ints, counts: Ints, person: int, to: int) -> None:
    if cause[person] != NONE:
        counts[cause[person]] -= 1
    if to != NONE:
        counts[to] += 1
    cause[person] = to
