"""What the tests of expertise have in common: Rosa negotiated with a ministry, Kofi was there."""

from __future__ import annotations

from typing import Any

from footbridge.exchange import actions as exchange
from footbridge.exchange.models import Skill
from footbridge.expertise import actions
from footbridge.expertise.actions import Pick
from footbridge.expertise.models import Claim, Confirmation, Episode
from footbridge.mail.models import Message
from footbridge.network import actions as network
from footbridge.people.models import Person
from tests.cast import Cast

TITLE = "We negotiated a lease with the port for two years"


def skill(key: str) -> Skill:
    exchange.load_shipped_vocabulary()
    return Skill.objects.get(key=key)


def tells(
    person: Person, key: str = "negotiation", level: str = "did", title: str = TITLE, **said: Any
) -> Claim:
    """Somebody tells an episode that shows one skill."""
    carries = said.pop("carries", "any")
    actions.write_episode(
        actor=person, title=title, picks=[Pick(skill(key), level, carries)], **said
    )
    return Claim.objects.get(person=person, skill__key=key)


def lists(person: Person, seen_by: str = "members") -> None:
    actions.list_expertise(actor=person, seen_by=seen_by)


def listed(person: Person, key: str = "negotiation", **said: Any) -> Claim:
    """Somebody has a skill and lets all members know."""
    claim = tells(person, key, **said)
    lists(person)
    return claim


def knows(person: Person, other: Person) -> None:
    network.state_tie(actor=person, other=other, strength="know", how="From the port")


def asked(cast: Cast, claim: Claim | None = None, person: Person | None = None) -> Confirmation:
    """Rosa asks Kofi, whom she knows, to say the same."""
    person = person or cast.connector
    claim = claim or Claim.objects.filter(person=cast.seeker).first() or tells(cast.seeker)
    knows(cast.seeker, person)
    return actions.ask(actor=cast.seeker, claim=claim, person=person)


def confirmed(cast: Cast, claim: Claim | None = None, **said: Any) -> Confirmation:
    row = asked(cast, claim)
    return actions.confirm(actor=row.by, confirmation=row, **said)


def fresh(row: Any) -> Any:
    return type(row)._default_manager.get(id=row.id)


def letters(to: Person | None = None) -> list[str]:
    rows = Message.objects.filter(kind__startswith="expertise_").order_by("created_at", "id")
    rows = rows.filter(to_person=to.id) if to else rows
    return list(rows.values_list("kind", flat=True))


def titles(person: Person) -> list[str]:
    return sorted(Episode.objects.filter(person=person).values_list("title", flat=True))
