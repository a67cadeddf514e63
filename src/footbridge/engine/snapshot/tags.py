"""Who carries which tag: needs, offers and causes, by member and by term."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

Entries = tuple[npt.ArrayLike, npt.ArrayLike, npt.ArrayLike]
"""Three columns of equal length: member, term, weight (in (0, 1])."""


@dataclass(frozen=True, eq=False)
class Tags:
    """Weighted tags, twice: as rows by member and as posting lists by term.

    A term is an integer: a skill of the vocabulary or a plain word. Skills weigh 1; words drawn
    from a sentence less. ``weights`` keeps what was stated. ``post_weights`` holds the same entry
    as a share of its member (``shares``), of unit length (``unit``) or as stated (``stated``), so
    that walking a posting list adds up coverage or likeness directly.

    Shapes: ``indptr`` int64 [n+1], ``terms`` int32 and ``weights`` float32 [entries], terms
    ascending within a row; ``post_indptr`` int64 [terms+1], ``post_members`` int32 and
    ``post_weights`` float32 [entries], members ascending within a list.
    """

    indptr: Longs
    terms: Ints
    weights: Floats
    post_indptr: Longs
    post_members: Ints
    post_weights: Floats

    @classmethod
    def build(
        cls, n: int, entries: Entries, scale: Callable[["Tags"], npt.NDArray[np.float64]]
    ) -> "Tags":
        """Sort entries both ways. A member's repeated term counts once, at its largest weight."""
        member, term, weight = _checked(n, entries)
        member, term, weight = _largest_of_each(member, term, weight)
        rows = cls(_starts(member, n), term, weight, *_EMPTY)
        scaled = scale(rows).astype(np.float32)
        order = np.lexsort((member, term))
        size = int(term.max()) + 1 if len(term) else 0
        return cls(
            rows.indptr, term, weight, _starts(term[order], size), member[order], scaled[order]
        )

    @property
    def size(self) -> int:
        """How many terms there are; a term from here upwards is carried by nobody."""
        return len(self.post_indptr) - 1

    def terms_of(self, member: int) -> Ints:
        """The terms one member carries, ascending."""
        return self.terms[self.indptr[member] : self.indptr[member + 1]]

    def weights_of(self, member: int) -> Floats:
        """The weights stated for ``terms_of``."""
        return self.weights[self.indptr[member] : self.indptr[member + 1]]

    def members_with(self, term: int) -> Ints:
        """The members who carry a term, ascending; none for an unknown term."""
        return self.post_members[self._span(term)]

    def post_weights_with(self, term: int) -> Floats:
        """The scaled weights beside ``members_with``."""
        return self.post_weights[self._span(term)]

    @cached_property
    def owners(self) -> Ints:
        """The member of each entry in row order."""
        return np.repeat(
            np.arange(len(self.indptr) - 1, dtype=np.int32), np.diff(self.indptr)
        ).astype(np.int32)

    def _span(self, term: int) -> slice:
        if not 0 <= term < self.size:
            return slice(0, 0)
        return slice(int(self.post_indptr[term]), int(self.post_indptr[term + 1]))


def stated(tags: Tags) -> npt.NDArray[np.float64]:
    """Weights as they are."""
    return tags.weights.astype(np.float64)


def shares(tags: Tags) -> npt.NDArray[np.float64]:
    """Weights as shares of their member's total."""
    weights = tags.weights.astype(np.float64)
    totals = np.bincount(tags.owners, weights, minlength=len(tags.indptr) - 1)
    return weights / totals[tags.owners]


def unit(tags: Tags) -> npt.NDArray[np.float64]:
    """Weights of unit length for each member, so that products add up to a cosine."""
    weights = tags.weights.astype(np.float64)
    squares = np.bincount(tags.owners, weights**2, minlength=len(tags.indptr) - 1)
    return weights / np.sqrt(squares[tags.owners])


_EMPTY = (np.zeros(1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.float32))


def _checked(n: int, entries: Entries) -> tuple[Ints, Ints, Floats]:
    member = np.asarray(entries[0], np.int32)
    term = np.asarray(entries[1], np.int32)
    weight = np.asarray(entries[2], np.float32)
    if not len(member) == len(term) == len(weight):
        raise ValueError("Members, terms and weights must be columns of equal length.")
    if len(member) and (member.min() < 0 or member.max() >= n or term.min() < 0):
        raise ValueError(f"Tags name a member outside 0..{n - 1} or a negative term.")
    if len(weight) and not (weight.min() > 0 and weight.max() <= 1):
        raise ValueError("Tag weights must lie above 0 and at most at 1.")
    return member, term, weight


def _largest_of_each(member: Ints, term: Ints, weight: Floats) -> tuple[Ints, Ints, Floats]:
    order = np.lexsort((-weight, term, member))
    member, term, weight = member[order], term[order], weight[order]
    first = np.ones(len(member), bool)
    first[1:] = (member[1:] != member[:-1]) | (term[1:] != term[:-1])
    return member[first], term[first], weight[first]


def _starts(keys: Ints, size: int) -> Longs:
    """Where each key's run begins in an ascending column, with the end appended."""
    return np.searchsorted(keys, np.arange(size + 1)).astype(np.int64)
