"""What expertise keeps."""

from __future__ import annotations

from footbridge.core.data import (
    ERASED,
    MEMBERS,
    OWN,
    SHARED,
    TECHNICAL,
    WITH_CHAPTER,
    Limit,
    Table,
    consent,
    content,
    relation,
    table,
)

_LISTED = "the person alone; members or those they were introduced to once they listed it"
_BOTH = "who asks and who was asked; who said yes and may be named, to whom the skill is shown"

TABLES: dict[str, Table] = {
    "expertise.Episode": table(
        "a piece of lived work in somebody's own words",
        ERASED,
        _LISTED,
        id=TECHNICAL,
        person=relation("expertise.episodes.id"),
        title=content("expertise.episodes.title"),
        story=content("expertise.episodes.story"),
        since=content("expertise.episodes.since"),
        until=content("expertise.episodes.until"),
        line=content("expertise.episodes.line"),
        is_shown=consent("expertise.episodes.is_shown"),
        created_at=content("expertise.episodes.created_at"),
        version=TECHNICAL,
    ),
    "expertise.Claim": table(
        "a skill that somebody says they have, and how far they have come in it",
        ERASED,
        _LISTED,
        id=TECHNICAL,
        person=relation("expertise.claims.id"),
        skill=content("expertise.claims.skill"),
        level=content("expertise.claims.level"),
        carries=content("expertise.claims.carries"),
        episode=relation("expertise.claims.episode"),
        created_at=content("expertise.claims.created_at"),
        version=TECHNICAL,
    ),
    "expertise.Listing": table(
        "that somebody agreed to be found by their expertise, and by whom",
        ERASED,
        OWN,
        id=TECHNICAL,
        person=relation("expertise.listing.since"),
        seen_by=consent("expertise.listing.seen_by"),
        since=consent("expertise.listing.since"),
    ),
    "expertise.Confirmation": table(
        "the question to somebody who was there whether a skill is so, and their answer",
        ERASED,
        _BOTH,
        id=TECHNICAL,
        claim=relation("expertise.confirmations.person"),
        by=relation("expertise.confirmations.by"),
        state=consent("expertise.confirmations.state"),
        is_named=consent("expertise.confirmations.is_named"),
        words=content("expertise.confirmations.words"),
        asked_at=content("expertise.confirmations.asked_at"),
        expires_at=TECHNICAL,
        answered_at=content("expertise.confirmations.answered_at"),
    ),
    "expertise.LivedLine": table(
        "a line of lived work that a chapter offers to tick",
        WITH_CHAPTER,
        MEMBERS,
        id=TECHNICAL,
        chapter=SHARED,
        text=content("expertise.lines"),
        theme=SHARED,
        by=relation("expertise.lines", until=ERASED),
        created_at=TECHNICAL,
        version=TECHNICAL,
    ),
    "expertise.LivedLineSkill": table(
        "the skills that a chapter's line shows",
        WITH_CHAPTER,
        MEMBERS,
        id=TECHNICAL,
        line=SHARED,
        skill=SHARED,
        level=SHARED,
        carries=SHARED,
    ),
    "expertise.LeftOut": table(
        "shipped lines that a chapter does not offer",
        WITH_CHAPTER,
        MEMBERS,
        id=TECHNICAL,
        chapter=SHARED,
        key=SHARED,
    ),
}

LIMITS: tuple[Limit, ...] = (
    Limit(
        "questions to people who were there that nobody answered or that were taken back",
        "180 days after",
        "footbridge.expertise.keeping.forget_what_was_not_answered",
    ),
)
