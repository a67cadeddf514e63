"""Two sides answer alone, and see together where they are alike and where they are not.

>>> from footbridge.engine import alike
>>> found = alike.dimension([4, 2, 5, 3, None], [5, 4, 5, None, 2], [3, 2, 1, 2, 2])
>>> round(found.score, 4), found.coverage
(0.7083, 0.6)
>>> [one.item for one in alike.agenda([4, 2, 5], [5, 4, 5], [3, 2, 1])]
[1, 0]
"""

from footbridge.engine.alike.items import (
    HIGH,
    LEAST_COVERAGE,
    LOW,
    TOP,
    Answers,
    Dimension,
    Mark,
    Overall,
    Topic,
    Withheld,
    agenda,
    dimension,
    goals,
    mutual,
    needs,
    overall,
    similarity,
    weights_of,
)
from footbridge.engine.alike.sides import (
    ENOUGH_FOR_BAND,
    OWN_TEAM_AGREES,
    Fit,
    Item,
    Side,
    band,
    fit,
    own_agreement,
    together,
)

__all__ = [
    "ENOUGH_FOR_BAND",
    "HIGH",
    "LEAST_COVERAGE",
    "LOW",
    "OWN_TEAM_AGREES",
    "TOP",
    "Answers",
    "Dimension",
    "Fit",
    "Item",
    "Mark",
    "Overall",
    "Side",
    "Topic",
    "Withheld",
    "agenda",
    "band",
    "dimension",
    "fit",
    "goals",
    "mutual",
    "needs",
    "overall",
    "own_agreement",
    "similarity",
    "together",
    "weights_of",
]
