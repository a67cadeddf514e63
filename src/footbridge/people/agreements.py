"""What people agreed to, and in which words: each version of the words is kept here, so that it can
be said for good what somebody read when they said yes.

A new wording is added at the end under the day it came into use; none is ever changed or taken out.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language

from footbridge.core import clock
from footbridge.people.models import Agreement, Person
from footbridge.people.states import AgreedTo


@dataclass(frozen=True)
class Wording:
    """The words beside a button, in English; readers see them in their own language."""

    version: str
    words: str


WORDINGS: dict[AgreedTo, tuple[Wording, ...]] = {
    AgreedTo.BEING_LISTED: (
        Wording(
            "2026-11-22",
            "Members see your name and what you say of yourself. You can pause, take your data "
            "along, or leave at any time.",
        ),
    ),
    AgreedTo.BEING_FOUND: (
        Wording(
            "2026-11-22",
            "Let people who have my address find me",
        ),
    ),
    AgreedTo.BEING_PUBLIC: (
        Wording(
            "2026-11-22",
            "Everyone on the web who has the address of this page sees your name and what you set "
            "to «everyone», without signing in. You can take it back at any time; what others "
            "have copied by then stays with them.",
        ),
    ),
}


def agree(person: Person, to: AgreedTo) -> None:
    """Note that someone said yes to these words now; who had said yes to them has done so still."""
    wording = WORDINGS[to][-1].version
    Agreement.objects.get_or_create(
        person=person,
        to=to,
        wording=wording,
        withdrawn_at=None,
        defaults={"language": get_language() or ""},
    )


def withdraw(person: Person, to: AgreedTo) -> None:
    """Note that someone took their yes back; that they had said it stays on record."""
    given = Agreement.objects.filter(person=person, to=to, withdrawn_at=None)
    given.update(withdrawn_at=clock.now())
