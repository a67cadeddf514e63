"""Nobody answers a call in vain: whom else an answer fits, and whom a call would fit."""

from __future__ import annotations

from footbridge.calls import policy
from footbridge.calls.models import Answer, Call
from footbridge.calls.states import RECEIVED
from footbridge.core.errors import NotHere
from footbridge.insight import queries
from footbridge.insight.cards import Suggestion
from footbridge.people.models import Person

# A sentence is looked for, not an essay: what comes first says most.
MOST_WORDS = 120


def matches_for(viewer: Person, answer: Answer, *, top: int = 5) -> list[Suggestion]:
    """Whom else an answer fits: by its words, and where these lead to too few, by what its author
    needs and offers; near misses last. Whoever opened the call is left out."""
    if answer.member is None or not policy.is_own(viewer, answer):
        raise NotHere
    member = answer.member
    text = _beginning(answer.text, answer.gain)
    found = queries.suggest_for_text(viewer, text, asker=member, top=top + 1) if text else []
    if len([one for one in found if not one.near_miss]) < top:
        found = _both(found, queries.suggest(viewer, member, top=top + 1))
    return [one for one in found if one.card.id != answer.call.owner_id][:top]


def fitting(viewer: Person, call: Call, *, top: int = 5) -> list[Suggestion]:
    """Who would fit a call, for whoever looks after it: those who have not answered yet."""
    if not policy.may_steward(viewer, call):
        raise NotHere
    answered = set(call.answers.filter(state__in=RECEIVED).values_list("member", flat=True))
    skills = ", ".join(skill.label for skill in call.skills.all())
    text = _beginning(call.title, skills, call.outcome)
    asker = call.owner if policy.may_open_for(viewer, call.owner) else None
    found = queries.suggest_for_text(viewer, text, asker=asker, top=top + len(answered))
    return [one for one in found if one.card.id not in answered][:top]


def _beginning(*texts: str) -> str:
    return " ".join(" ".join(texts).split()[:MOST_WORDS])


def _both(first: list[Suggestion], then: list[Suggestion]) -> list[Suggestion]:
    """One list after the other, nobody twice, what fits before what nearly does."""
    named = {one.card.id for one in first}
    found = [*first, *(one for one in then if one.card.id not in named)]
    return sorted(found, key=lambda one: one.near_miss)
