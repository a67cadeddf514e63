"""What the network room keeps."""

from __future__ import annotations

from footbridge.core.data import (
    ERASED,
    OWN,
    TECHNICAL,
    Limit,
    Table,
    consent,
    content,
    relation,
    secret,
    table,
)
from footbridge.network.actions.contacts import UNMATCHED_KEPT

TABLES: dict[str, Table] = {
    "network.Tie": table(
        "what one member states about another",
        ERASED,
        "both, their hosts; members where both confirmed it or organisations state it",
        id=TECHNICAL,
        teller=relation("network.ties.other"),
        other=relation("network.said_of_me.teller"),
        kind=relation("network.ties.kind"),
        strength=relation("network.ties.strength"),
        how=content("network.ties.how"),
        since=content("network.ties.since"),
        last_confirmed=content("network.ties.last_confirmed"),
        state=content("network.ties.state"),
        proposed_by=relation(withheld="a host's hand in a tie of others"),
        from_list=TECHNICAL,
        created_at=content("network.ties.created_at"),
        version=TECHNICAL,
    ),
    "network.Contact": table(
        "someone whom a person knows outside the network, to find warm paths",
        f"deleted after {UNMATCHED_KEPT.days} days where it matches nobody; {ERASED}",
        OWN,
        id=TECHNICAL,
        owner=relation("network.contacts.name"),
        digest=secret(),
        sealed=content("network.contacts.name"),
        sealed_work=content("network.contacts.work"),
        source=content("network.contacts.source"),
        imported_at=content("network.contacts.imported_at"),
    ),
    "network.Preference": table(
        "what someone privately wishes about another member",
        ERASED,
        OWN,
        id=TECHNICAL,
        owner=relation("network.wishes.about"),
        about=relation("network.wishes.about"),
        wish=consent("network.wishes.wish"),
        until=consent("network.wishes.until"),
        since=consent("network.wishes.since"),
        version=TECHNICAL,
    ),
    "network.Competitor": table(
        "with whom somebody competes, so as not to be seated with them",
        ERASED,
        OWN,
        id=TECHNICAL,
        owner=relation("network.competitors.about"),
        about=relation("network.competitors.about"),
        since=content("network.competitors.since"),
    ),
    "network.Findable": table(
        "the digest of the address of someone who chose to be found by it",
        "deleted when they choose otherwise; " + ERASED,
        OWN,
        id=TECHNICAL,
        person=relation("people.person.findable_by_email"),
        digest=secret(),
    ),
}

LIMITS = (
    Limit(
        "private contacts that match nobody",
        f"{UNMATCHED_KEPT.days} days",
        "footbridge.network.actions.contacts.forget_unmatched_contacts",
    ),
)
