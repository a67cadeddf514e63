"""Public standards for impact data, as plain values: written, and read tolerantly.

Nothing here knows people, partnerships or a database, and nothing is ever fetched.

>>> from footbridge import standards
>>> bakery = standards.Organization("https://example.org/id/organization/1", "Harbour Bakery")
>>> standards.read(standards.to_bytes(standards.Capsule(bakery))).capsules[0].organization == bakery
True
"""

from footbridge.standards.cids import (
    Address,
    Area,
    Capsule,
    Fact,
    ImpactReport,
    Indicator,
    Kind,
    Organization,
    Outcome,
    Report,
    Role,
    Stakeholder,
    StakeholderOutcome,
    Target,
    Theme,
    address,
    goal,
    metric,
)
from footbridge.standards.grants import CashPutIn, Grant, cash_of
from footbridge.standards.notes import Note, Said
from footbridge.standards.reading import Reading, read
from footbridge.standards.terms import CONTEXTS, OURS
from footbridge.standards.writing import nodes, to_bytes

__all__ = [
    "CONTEXTS",
    "OURS",
    "Address",
    "Area",
    "Capsule",
    "CashPutIn",
    "Fact",
    "Grant",
    "ImpactReport",
    "Indicator",
    "Kind",
    "Note",
    "Organization",
    "Outcome",
    "Reading",
    "Report",
    "Role",
    "Said",
    "Stakeholder",
    "StakeholderOutcome",
    "Target",
    "Theme",
    "address",
    "cash_of",
    "goal",
    "metric",
    "nodes",
    "read",
    "to_bytes",
]
