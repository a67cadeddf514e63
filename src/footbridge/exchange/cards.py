"""What a door may show of a need or an offer."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from footbridge.exchange.models import Cause, Need, Offer, Skill, SkillLine
from footbridge.exchange.states import Ending, Resource
from footbridge.people.cards import MemberCard
from footbridge.people.cards import card as member_card
from footbridge.people.policy import Viewer


@dataclass(frozen=True)
class SkillCard:
    """A skill in the reader's language. In a need or an offer, `guessed` says that its owner has
    not confirmed it, and `phrase` is the piece of the sentence that suggested it."""

    id: uuid.UUID
    key: str
    label: str
    group: str = ""
    resource: str = ""
    guessed: bool = False
    phrase: str = ""


@dataclass(frozen=True)
class CauseCard:
    """A cause in the reader's language; the Sustainable Development Goals have their number."""

    id: uuid.UUID
    key: str
    label: str
    number: int | None = None


@dataclass(frozen=True)
class _PostingCard:
    id: uuid.UUID
    owner: MemberCard
    text: str
    skills: tuple[SkillCard, ...]
    causes: tuple[CauseCard, ...]
    resource: str
    resource_label: str
    place: str
    opened_at: datetime
    until: date | None
    is_open: bool
    ending: str
    version: int

    @property
    def has_guesses(self) -> bool:
        """Whether its owner is still to say if the skills are the right ones."""
        return any(skill.guessed for skill in self.skills)

    @property
    def ending_label(self) -> str:
        return str(Ending(self.ending).label) if self.ending else ""


@dataclass(frozen=True)
class NeedCard(_PostingCard):
    """Something that someone looks for."""

    urgent: bool = False
    kind = "need"


@dataclass(frozen=True)
class OfferCard(_PostingCard):
    """Something that someone can give."""

    hours_per_month: int | None = None
    kind = "offer"


def skill_card(skill: Skill, line: SkillLine | None = None) -> SkillCard:
    """The card of a skill, alone or as one need or offer has it."""
    return SkillCard(
        id=skill.id,
        key=skill.key,
        label=skill.label,
        group=skill.group,
        resource=skill.resource,
        guessed=line.guessed if line else False,
        phrase=line.phrase if line else "",
    )


def cause_card(cause: Cause) -> CauseCard:
    """The card of a cause."""
    return CauseCard(cause.id, cause.key, cause.label, cause.number)


def need_card(viewer: Viewer, need: Need) -> NeedCard:
    """The card of one need. Fetch through `queries.with_details` to spare queries."""
    return NeedCard(**_shared(viewer, need), urgent=need.urgent)


def offer_card(viewer: Viewer, offer: Offer) -> OfferCard:
    """The card of one offer."""
    return OfferCard(**_shared(viewer, offer), hours_per_month=offer.hours_per_month)


def need_cards(viewer: Viewer, needs: Iterable[Need]) -> list[NeedCard]:
    """The cards of many needs."""
    return [need_card(viewer, need) for need in needs]


def offer_cards(viewer: Viewer, offers: Iterable[Offer]) -> list[OfferCard]:
    """The cards of many offers."""
    return [offer_card(viewer, offer) for offer in offers]


def _shared(viewer: Viewer, posting: Need | Offer) -> dict[str, Any]:
    lines = sorted(posting.lines.all(), key=lambda line: (line.guessed, -line.weight))
    skills = tuple(skill_card(line.skill, line) for line in lines)
    resource = posting.resource or next((each.resource for each in skills if each.resource), "")
    causes = sorted(posting.causes.all(), key=lambda cause: (cause.number or 99, cause.key))
    return {
        "id": posting.id,
        "owner": member_card(viewer, posting.owner),
        "text": posting.text,
        "skills": skills,
        "causes": tuple(cause_card(cause) for cause in causes),
        "resource": resource,
        "resource_label": str(Resource(resource).label) if resource else "",
        "place": str(posting.place) if posting.place else "",
        "opened_at": posting.reopened_at or posting.opened_at,
        "until": posting.until,
        "is_open": posting.is_open,
        "ending": posting.ending,
        "version": posting.version,
    }
