"""Opening and closing needs and offers, and keeping the vocabulary."""

from footbridge.exchange.actions.bulk import (
    Landed,
    NewPosting,
    care_many,
    open_many_needs,
    open_many_offers,
    try_many_needs,
    try_many_offers,
)
from footbridge.exchange.actions.postings import (
    KEEP,
    care_for,
    close,
    confirm_skills,
    edit_need,
    edit_offer,
    keep,
    open_need,
    open_offer,
    reopen,
)
from footbridge.exchange.actions.reminders import remind_owners
from footbridge.exchange.actions.words import (
    Imported,
    add_cause,
    add_skill,
    import_esco,
    learn_causes,
    learn_skills,
    load_shipped_vocabulary,
)

__all__ = [
    "KEEP",
    "Imported",
    "Landed",
    "NewPosting",
    "add_cause",
    "add_skill",
    "care_for",
    "care_many",
    "close",
    "confirm_skills",
    "edit_need",
    "edit_offer",
    "import_esco",
    "keep",
    "learn_causes",
    "learn_skills",
    "load_shipped_vocabulary",
    "open_many_needs",
    "open_many_offers",
    "open_need",
    "open_offer",
    "remind_owners",
    "reopen",
    "try_many_needs",
    "try_many_offers",
]
