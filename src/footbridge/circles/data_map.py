"""What circles keep."""

from __future__ import annotations

from footbridge.circles.policy import CALLS_KEPT_FOR, FORMS_WITHIN, READABLE_FOR, RESTS_FOR
from footbridge.core.data import (
    ERASED,
    OWN,
    SHARED,
    TECHNICAL,
    Class,
    Kept,
    Limit,
    Table,
    content,
    relation,
    table,
)

_INSIDE = "those in the circle"
_ITS_END = f"{READABLE_FOR.days} days after the circle's end"
_HOSTS_TOO = "those in the circle and those asked; the chapter's hosts"

TABLES: dict[str, Table] = {
    "circles.Circle": table(
        "a few people around a shared cause, or who build something together",
        _ITS_END,
        _INSIDE,
        id=TECHNICAL,
        chapter=TECHNICAL,
        name=Kept(Class.SHARED, seen_by=_HOSTS_TOO),
        about=SHARED,
        cause=Kept(Class.SHARED, seen_by=_HOSTS_TOO),
        kind=Kept(Class.SHARED, seen_by=_HOSTS_TOO),
        rhythm=SHARED,
        wanted_size=SHARED,
        looks_for=SHARED,
        formed_by=relation("circles.formed", until=ERASED),
        formed_at=TECHNICAL,
        stands_since=TECHNICAL,
        ended_at=TECHNICAL,
        is_demo=TECHNICAL,
        version=TECHNICAL,
    ),
    "circles.Membership": table(
        "who is in a circle, who is asked, who went",
        f"{ERASED}, or with the circle",
        f"{_INSIDE}; the host who formed it",
        id=TECHNICAL,
        circle=relation("circles.circles.circle"),
        person=relation("circles.circles.id"),
        belonging=Kept(
            Class.CONSENT,
            "circles.circles.belonging",
            seen_by="those in the circle see who is in; that somebody said no, or left, nobody",
        ),
        role=content("circles.circles.role"),
        asked_by=relation("circles.circles.asked_by"),
        asked_at=content("circles.circles.asked_at"),
        joined_at=content("circles.circles.joined_at"),
        gone_at=content("circles.circles.gone_at", seen_by=OWN),
    ),
    "circles.NextStep": table(
        "what a circle means to do: what, who, by when",
        _ITS_END,
        _INSIDE,
        id=TECHNICAL,
        circle=relation("circles.steps.circle"),
        text=content("circles.steps.text"),
        who=relation("circles.steps.mine_to_do", until=ERASED),
        due=content("circles.steps.due"),
        made_by=relation("circles.steps.mine_to_say", until=ERASED),
        made_at=content("circles.steps.made_at"),
        done_at=content("circles.steps.done_at"),
    ),
    "circles.Call": table(
        "what a member asks of their circle",
        f"{ERASED}, or {CALLS_KEPT_FOR.days} days after its day",
        _INSIDE,
        id=TECHNICAL,
        circle=relation("circles.calls.circle"),
        asker=relation("circles.calls.id"),
        text=content("circles.calls.text"),
        until=content("circles.calls.until"),
        made_at=content("circles.calls.made_at"),
        closed_at=content("circles.calls.closed_at"),
    ),
    "circles.Answer": table(
        "what a member said to another one's call",
        f"{ERASED}, or {CALLS_KEPT_FOR.days} days after the day of the call",
        "the person and whoever asked",
        id=TECHNICAL,
        call=relation("circles.answers.circle"),
        person=relation("circles.answers.id"),
        reply=content("circles.answers.reply"),
        words=content("circles.answers.words"),
        given_at=content("circles.answers.given_at"),
    ),
}

_JOBS = "footbridge.circles.keeping"
LIMITS: tuple[Limit, ...] = (
    Limit(
        "a circle that did not find enough people",
        f"ends after {FORMS_WITHIN.days} days",
        f"{_JOBS}.end_what_came_to_nothing",
    ),
    Limit("a circle that ended", f"{READABLE_FOR.days} days", f"{_JOBS}.forget_what_ended"),
    Limit(
        "a call in a circle, with its answers",
        f"{CALLS_KEPT_FOR.days} days after its day",
        f"{_JOBS}.forget_calls",
    ),
    Limit(
        "that somebody was asked into a circle and is not in, or left it",
        f"{RESTS_FOR.days} days",
        f"{_JOBS}.forget_who_did_not_join",
    ),
)
