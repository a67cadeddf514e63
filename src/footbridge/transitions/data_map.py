"""What transitions keep."""

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
    table,
)

_CHOSEN = "as its person chose: those whom they ask, the hosts of their chapter, or members"
_BOTH = "the two of the question"

TABLES: dict[str, Table] = {
    "transitions.Transition": table(
        "what somebody passes or passed through, and who may learn of it",
        ERASED,
        _CHOSEN,
        id=TECHNICAL,
        person=relation("transitions.transitions.id"),
        passage=content("transitions.transitions.passage"),
        point=content("transitions.transitions.point"),
        since=content("transitions.transitions.since"),
        is_over=content("transitions.transitions.is_over"),
        motives=content("transitions.transitions.motives"),
        words=content("transitions.transitions.words"),
        shown=consent("transitions.transitions.shown"),
        glad_to_be_asked=consent("transitions.transitions.glad_to_be_asked"),
        created_at=TECHNICAL,
        version=TECHNICAL,
    ),
    "transitions.StepNote": table(
        "what somebody wrote for themself at a step of a list",
        ERASED,
        OWN,
        id=TECHNICAL,
        transition=relation("transitions.transitions.id"),
        step=content("transitions.transitions.notes"),
        words=content("transitions.transitions.notes"),
        is_done=content("transitions.transitions.notes"),
        changed_at=TECHNICAL,
    ),
    "transitions.GuideAsk": table(
        "who asked whom for a talk about what both know",
        "erased with either of the two",
        _BOTH,
        id=TECHNICAL,
        asker=relation("transitions.asks.asker"),
        guide=relation("transitions.asks.guide"),
        transition=relation("transitions.asks.transition"),
        lived=relation("transitions.asks.lived"),
        words=content("transitions.asks.words"),
        state=consent("transitions.asks.state"),
        asked_at=content("transitions.asks.asked_at"),
        expires_at=TECHNICAL,
        answered_at=content("transitions.asks.answered_at", seen_by="its guide; the asker, a yes"),
        told_at=TECHNICAL,
    ),
}

LIMITS: tuple[Limit, ...] = (
    Limit(
        "questions to guides that led to nothing",
        "365 days after the date for an answer",
        "footbridge.transitions.keeping.forget_old_questions",
    ),
)
