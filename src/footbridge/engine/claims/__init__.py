"""How strong a claim the evidence allows, and how much is known of an outcome.

>>> from footbridge.engine import claims
>>> from footbridge.engine.claims.examples import story
>>> found = claims.ceiling(story([["2a", "2b"], ["2a"]], rivals=[-1]))
>>> found.level, [(one.deed.value, one.about) for one in found.lifts]
(<Level.PLAUSIBLE: 2>, [('find_second_source', ('l2',))])
"""

from footbridge.engine.claims.ceiling import (
    Bound,
    Ceiling,
    Condition,
    Deed,
    Level,
    Lift,
    ceiling,
    may_claim,
    with_evidence,
)
from footbridge.engine.claims.dimensions import (
    CATEGORIES,
    Category,
    Completeness,
    Dimension,
    completeness,
)
from footbridge.engine.claims.story import (
    Assumption,
    AssumptionKind,
    Evidence,
    EvidenceKind,
    Holds,
    Link,
    Node,
    NodeKind,
    Risk,
    Rival,
    RivalKind,
    Story,
    link_score,
)

__all__ = [
    "CATEGORIES",
    "Assumption",
    "AssumptionKind",
    "Bound",
    "Category",
    "Ceiling",
    "Completeness",
    "Condition",
    "Deed",
    "Dimension",
    "Evidence",
    "EvidenceKind",
    "Holds",
    "Level",
    "Lift",
    "Link",
    "Node",
    "NodeKind",
    "Risk",
    "Rival",
    "RivalKind",
    "Story",
    "ceiling",
    "completeness",
    "link_score",
    "may_claim",
    "with_evidence",
]
