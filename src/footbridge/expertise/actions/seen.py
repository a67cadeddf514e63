"""What others saw somebody do in a piece of work that the network knows of: kept among their skills
once they agree, and confirmed by whoever saw it."""

from __future__ import annotations

from django.db import transaction

from footbridge.core import clock
from footbridge.core.errors import LimitReached
from footbridge.exchange.models import Skill
from footbridge.expertise import policy
from footbridge.expertise.actions._steps import note
from footbridge.expertise.actions.confirming import ask
from footbridge.expertise.actions.own import Pick, claim_by, drop
from footbridge.expertise.models import Claim, Confirmation, Episode
from footbridge.expertise.states import State
from footbridge.people.actions.rows import lock_people
from footbridge.people.models import Person


@transaction.atomic
def keep_what_was_seen(
    *, actor: Person, skill: Skill, work: str, title: str, by: Person | None, words: str = ""
) -> Claim:
    """Keep a skill that was seen at work, now that its owner agrees. `work` names the piece of work
    for good, and `title` tells it without naming anybody.

    Where they never claimed it, the claim is new and the word of whoever saw it stands beside it,
    without their name until they say so. Where they claim it already, out of something else that
    they did, whoever saw it is asked whether that is so too. Agreeing twice changes nothing.
    """
    lock_people(actor.id, *([by.id] if by else []))
    known = Claim.objects.select_related("episode").filter(person=actor, skill=skill).first()
    claim = known or _new_claim(actor, skill, work, title)
    if by is None:
        return claim
    if claim.episode.line == work:
        _confirmed(claim, by, words)
    else:
        _ask(actor, claim, by)
    return claim


def _new_claim(actor: Person, skill: Skill, work: str, title: str) -> Claim:
    """What was done for others is shown to nobody else before its owner says so."""
    episode, _is_new = Episode.objects.get_or_create(
        person=actor, line=work, defaults={"title": title, "is_shown": False}
    )
    note("told", actor.id, actor.id)
    return claim_by(actor, episode, Pick(skill))


def _confirmed(claim: Claim, by: Person, words: str) -> None:
    said = {"state": State.CONFIRMED, "words": words, "answered_at": clock.now()}
    said["expires_at"] = clock.now() + policy.ANSWERED_WITHIN
    _row, is_new = Confirmation.objects.get_or_create(claim=claim, by=by, defaults=said)
    if is_new:
        note("confirmed", claim.person_id, by.id)


def _ask(actor: Person, claim: Claim, by: Person) -> None:
    """Too many questions that wait keep nobody from agreeing: they ask later, by themself."""
    try:
        ask(actor=actor, claim=claim, person=by, was_there=True)
    except LimitReached:
        return


@transaction.atomic
def forget_what_was_seen(*, actor: Person, skill: Skill, work: str) -> None:
    """Take back that one agreed: the skill goes, if it came from this piece of work alone."""
    lock_people(actor.id)
    found = Claim.objects.filter(person=actor, skill=skill, episode__line=work).first()
    if found is not None:
        drop(actor=actor, claim=found)
