"""What the veil store keeps: sealed, and found by digests."""

from __future__ import annotations

from footbridge.core.data import (
    ERASED,
    MEMBERS,
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

TABLES: dict[str, Table] = {
    "veil.Hidden": table(
        "someone under the radar",
        "deleted when they leave, or come out",
        OWN,
        id=TECHNICAL,
        account=secret(),
        address=secret(),
        sealed=secret(seen_by=OWN),
        version=TECHNICAL,
    ),
    "veil.Glance": table(
        "that somebody saw something of a person under the radar",
        "deleted with that person",
        OWN,
        id=TECHNICAL,
        hidden=relation(withheld="read by the person under the radar on their own page"),
        sealed=secret(seen_by=OWN),
    ),
    "veil.Approach": table(
        "what passes between a person under the radar and one other",
        "deleted with either",
        "the two",
        id=TECHNICAL,
        hidden=relation(withheld="read by the person under the radar on their own page"),
        other=secret(),
        sealed=content("veil.from_under_the_radar"),
    ),
    "veil.StandingYes": table(
        "to which kind of person under the radar someone is glad to be introduced",
        ERASED,
        MEMBERS,
        id=TECHNICAL,
        person=relation("veil.standing_yes"),
        sectors=consent("veil.standing_yes.sectors"),
        causes=consent("veil.standing_yes.causes"),
        words=consent("veil.standing_yes.words"),
        since=consent("veil.standing_yes.since"),
        takes_cards=consent("veil.standing_yes.takes_cards"),
    ),
}

LIMITS: tuple[Limit, ...] = ()
