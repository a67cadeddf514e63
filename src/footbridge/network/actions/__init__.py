"""Everything that can be done about ties, private wishes and private contacts."""

from footbridge.network.actions.competitors import compete, compete_no_more
from footbridge.network.actions.contacts import (
    Imported,
    forget,
    forget_contacts,
    forget_unmatched_contacts,
    import_contacts,
    refresh_findable,
)
from footbridge.network.actions.ties import (
    answer_proposal,
    propose_tie,
    renew,
    retract,
    state_tie,
)
from footbridge.network.actions.told import Recorded, Statement, record_ties
from footbridge.network.actions.wishes import drop_wish, wish

__all__ = [
    "Imported",
    "Recorded",
    "Statement",
    "answer_proposal",
    "compete",
    "compete_no_more",
    "drop_wish",
    "forget",
    "forget_contacts",
    "forget_unmatched_contacts",
    "import_contacts",
    "propose_tie",
    "record_ties",
    "refresh_findable",
    "renew",
    "retract",
    "state_tie",
    "wish",
]
