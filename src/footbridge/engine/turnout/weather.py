"""The weather of an evening: what makes everybody a little more, or less, likely to come.

Rain, a holiday, a match on television move all who have accepted at once. A standard normal z per
evening is added, times `sway`, to everybody's log-odds; fifteen values of z stand for all.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

NODES = 15
NEARLY = 1e-12


@cache
def weathers(sway: float) -> tuple[Floats, Floats]:
    """Values of z and how likely each is (Gauss–Hermite); one calm weather where nothing sways.

    >>> [len(one) for one in weathers(0.0) + weathers(0.4)]
    [1, 1, 15, 15]
    """
    if not 0 <= sway <= 5:
        raise ValueError(f"sway is a standard deviation of log-odds, 0 to 5, not {sway}")
    if sway == 0:
        return np.zeros(1), np.ones(1)
    z, weight = np.polynomial.hermite_e.hermegauss(NODES)
    return z, weight / weight.sum()


def in_each_weather(mean: ArrayLike, sway: float) -> Floats:
    """Chances [n, weathers] whose average over the weathers is `mean` [n].

    1 / (1 + exp(−(centre + sway · z))) with the centre found by Newton's method: a curve of
    log-odds bends, so that the chance in average weather is not the average chance.

    >>> chance = in_each_weather([0.8], 0.6)
    >>> round(float(chance[0].min()), 2), round(float((chance @ weathers(0.6)[1])[0]), 9)
    (0.09, 0.8)
    """
    z, weight = weathers(sway)
    wanted = np.clip(np.asarray(mean, np.float64), NEARLY, 1 - NEARLY)
    centre = np.log(wanted / (1 - wanted))
    # The well-known first guess: a logistic curve is nearly a normal one.
    centre = centre * np.sqrt(1 + 0.346 * sway**2)
    for _ in range(6 if sway else 0):
        chance = _logistic(centre[:, None] + sway * z)
        slope = (chance * (1 - chance)) @ weight
        centre = centre + np.clip((wanted - chance @ weight) / np.maximum(slope, NEARLY), -1, 1)
    return _logistic(centre[:, None] + sway * z)


def _logistic(odds: Floats) -> Floats:
    chance: Floats = 1 / (1 + np.exp(-np.clip(odds, -700, 700)))
    return chance
