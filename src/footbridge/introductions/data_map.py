"""What introductions keep."""

from __future__ import annotations

from footbridge.core.data import (
    ERASED,
    OWN,
    TECHNICAL,
    THREE,
    Limit,
    Table,
    consent,
    content,
    relation,
    table,
)

_NOTE = "introductions.introductions.note"

TABLES: dict[str, Table] = {
    "introductions.Introduction": table(
        "one person's wish to meet another, carried by someone both know",
        "erased for all three with any one of them",
        THREE,
        id=TECHNICAL,
        seeker=relation("introductions.introductions.seeker"),
        connector=relation("introductions.introductions.connector"),
        target=relation("introductions.introductions.target"),
        on_behalf_of=relation("introductions.introductions.on_behalf_of"),
        need=relation("introductions.introductions.need"),
        state=content("introductions.introductions.state"),
        made_by_connector=TECHNICAL,
        who_i_am=content(_NOTE),
        why_you=content(_NOTE),
        what_i_ask=content(_NOTE),
        how_long=content(_NOTE),
        your_gain=content(_NOTE),
        version=TECHNICAL,
        forwarded=content(_NOTE),
        connector_word=content("introductions.introductions.connector_word"),
        created_at=TECHNICAL,
        asked_at=content("introductions.introductions.asked_on"),
        expires_at=TECHNICAL,
        target_asked_at=content(withheld="would tell the seeker what the connector said"),
        introduced_at=content("introductions.introductions.introduced_on"),
        ended_at=content("introductions.introductions.ended_on"),
        told_at=TECHNICAL,
        reminded_at=TECHNICAL,
        checked_in_at=TECHNICAL,
        thanked_at=TECHNICAL,
    ),
    "introductions.Consent": table(
        "what one of the three said, and when",
        ERASED,
        OWN,
        id=TECHNICAL,
        introduction=relation("introductions.answers.introduction"),
        person=relation("introductions.answers.introduction"),
        role=consent("introductions.answers.role"),
        answer=consent("introductions.answers.answer"),
        given_at=consent("introductions.answers.given_at"),
    ),
    "introductions.Report": table(
        "what came of an introduction, in the words of one of the two",
        ERASED,
        "who told it; hosts see only that two people met",
        id=TECHNICAL,
        introduction=relation("introductions.introductions.id"),
        person=relation("introductions.introductions.my_outcome"),
        outcome=content("introductions.introductions.my_outcome"),
        words=content("introductions.introductions.my_words"),
        reported_at=TECHNICAL,
        version=TECHNICAL,
    ),
}

LIMITS: tuple[Limit, ...] = ()
