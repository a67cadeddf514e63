"""What a host does: bring two people of the list together, both of whom must say yes."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.core.errors import DomainError, NotHere
from footbridge.introductions import letters, policy
from footbridge.introductions.actions._steps import clean_note, consent, lock_people, unavailable
from footbridge.introductions.actions.passing_time import end_between
from footbridge.introductions.models import Introduction
from footbridge.introductions.states import Answer, Role, State
from footbridge.journal import actions as journal
from footbridge.people.models import Person


@transaction.atomic
def introduce_pair(*, actor: Person, one: Person, other: Person, **note: str) -> Introduction:
    """Bring two people together, as the connector. The first is asked by link; after a yes the
    second; after both yeses they are introduced. Neither needs an account."""
    lock_people(actor, one, other)
    if not policy.may_introduce_pair(actor, one, other):
        raise NotHere
    end_between(one, other)
    introduction = _of_three(actor, one, other, note)
    _check_possible(introduction)
    introduction.save()
    consent(introduction, actor, Role.CONNECTOR, Answer.YES)
    letters.ask_seeker(introduction)
    journal.record("introductions.asked", introduction.id, actor=actor.id)
    return introduction


def _of_three(host: Person, one: Person, other: Person, note: dict[str, str]) -> Introduction:
    if len({host.id, one.id, other.id}) < 3:
        raise DomainError(_("An introduction needs three different people."))
    tidied = clean_note(note)
    if not tidied.get("why_you"):
        raise DomainError(_("Please say why these two should meet."), field="why_you")
    now = clock.now()
    return Introduction(
        seeker=one,
        connector=host,
        target=other,
        made_by_connector=True,
        state=State.ASKED_SEEKER,
        asked_at=now,
        expires_at=now + policy.ANSWERED_WITHIN,
        **tidied,
    )


def _check_possible(introduction: Introduction) -> None:
    """Hosts learn no more than seekers of why something is not possible."""
    one, other = introduction.seeker, introduction.target
    is_free = (
        policy.is_possible(introduction)
        and not policy.was_asked_lately(one, about=other)
        and not policy.was_asked_lately(other, about=one)
        and not policy.is_open_between(one, other)
        and not policy.were_introduced(one, other)
    )
    if not is_free:
        raise unavailable()
