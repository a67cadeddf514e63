"""Who can be reached through one acquaintance."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from footbridge.engine.fit.rows import Ints, spread
from footbridge.engine.ties import Ties

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Paths:
    """Everyone two ties away: how much the common acquaintances say, and the warmest of them.

    ``adamic`` is the sum over common acquaintances z of 1 / ln(ties of z) (Adamic and Adar 2003:
    an acquaintance who knows few people says more). ``warmth`` is the largest product of the two
    tie strengths over those z who are willing to introduce. Members ascend.
    """

    members: Ints
    adamic: Floats
    warmth: Floats

    @classmethod
    def from_member(cls, ties: Ties, member: int) -> "Paths":
        """Two steps from a member; from nobody (-1) nowhere."""
        if member < 0:
            return NO_PATHS
        near, strength = ties.of(member)
        positions, owner = spread(ties.indptr, near)
        if not len(positions):
            return NO_PATHS
        far = ties.neighbours[positions]
        order = np.argsort(far, kind="stable")
        far, owner = far[order], owner[order]
        first = np.flatnonzero(np.diff(far, prepend=-1))
        product = strength.astype(np.float64)[owner] * ties.strength[positions[order]]
        willing = ties.willing[near][owner]
        return cls(
            members=far[first].astype(np.int64),
            adamic=np.add.reduceat(_rarity(ties, near)[owner], first),
            warmth=np.maximum.reduceat(np.where(willing, product, 0.0), first),
        )


def _rarity(ties: Ties, near: npt.NDArray[np.int32]) -> Floats:
    """1 / ln(degree). Whoever has one tie only introduces nobody, so a 1 there never counts."""
    degree = ties.indptr[near + 1] - ties.indptr[near]
    rarity: Floats = 1 / np.log(np.maximum(degree, 2))
    return rarity


NO_PATHS = Paths(np.zeros(0, np.int64), np.zeros(0), np.zeros(0))
