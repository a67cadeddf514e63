"""What a door may show of somebody's expertise, of a question about it, and of the list to tick."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from footbridge.core.words import base_language
from footbridge.exchange.models import Skill
from footbridge.expertise.models import Claim, Confirmation, Episode
from footbridge.expertise.policy import may_name, moves, role_of, state_for
from footbridge.expertise.states import (
    LEVEL_MEANS,
    Carries,
    Level,
    Move,
    Role,
    State,
    Theme,
    step_of,
)
from footbridge.people.policy import Viewer


@dataclass(frozen=True)
class BothWays:
    """A skill as each side says it, in the reader's language."""

    id: uuid.UUID
    key: str
    label: str
    group: str
    mission: tuple[str, ...]
    business: tuple[str, ...]


@dataclass(frozen=True)
class EpisodeCard:
    """What somebody did, in their own words."""

    id: uuid.UUID
    title: str
    story: str
    since: int | None
    until: int | None
    years: str
    is_shown: bool
    version: int


@dataclass(frozen=True)
class Named:
    """Somebody who confirmed and agreed to be named."""

    id: uuid.UUID
    name: str
    words: str


@dataclass(frozen=True)
class ClaimCard:
    """A skill that somebody has, how far they have come, what shows it and who says the same."""

    id: uuid.UUID
    person_id: uuid.UUID
    skill: BothWays
    level: str
    level_words: str
    level_means: str
    step: int
    carries: str
    carries_words: str
    episode: EpisodeCard | None
    confirmed: int
    confirmed_by: tuple[Named, ...]
    version: int

    @property
    def unnamed(self) -> int:
        """How many of those who confirmed are not named here."""
        return self.confirmed - len(self.confirmed_by)


@dataclass(frozen=True)
class QuestionCard:
    """The question whether somebody was there and says the same, for one of the two."""

    id: uuid.UUID
    claim_id: uuid.UUID
    role: Role | None
    state: str
    state_words: str
    asker: str
    asker_id: uuid.UUID
    witness: str
    witness_id: uuid.UUID
    skill: BothWays
    level_words: str
    title: str
    story: str
    words: str
    is_named: bool
    asked_at: datetime
    answer_by: datetime | None
    moves: tuple[Move, ...]

    @property
    def waits_for_me(self) -> bool:
        return Move.CONFIRM in self.moves


@dataclass(frozen=True)
class LeadsTo:
    """A skill that a line of lived work leads to."""

    skill_id: uuid.UUID
    key: str
    label: str
    level: str
    level_words: str
    carries: str


@dataclass(frozen=True)
class LineCard:
    """A line of lived work, to be ticked."""

    key: str
    text: str
    theme: str
    leads: tuple[LeadsTo, ...]
    is_own: bool = False
    is_left_out: bool = False
    is_ticked: bool = False
    version: int = 0


@dataclass(frozen=True)
class LineGroup:
    """Lines under one heading."""

    theme: str
    label: str
    lines: tuple[LineCard, ...]


def both_ways(skill: Skill) -> BothWays:
    """A skill in changemaker words and in client words; in English where we lack the language."""
    sides = _said(skill.sides)
    return BothWays(
        id=skill.id,
        key=skill.key,
        label=skill.label,
        group=skill.group,
        mission=tuple(sides.get("mission", ())),
        business=tuple(sides.get("business", ())),
    )


def _said(sides: Mapping[str, Mapping[str, list[str]]]) -> Mapping[str, list[str]]:
    return sides.get(base_language(get_language())) or sides.get("en") or {}


def episode_card(episode: Episode) -> EpisodeCard:
    """The card of an episode."""
    return EpisodeCard(
        id=episode.id,
        title=episode.title,
        story=episode.story,
        since=episode.since,
        until=episode.until,
        years=_years(episode),
        is_shown=episode.is_shown,
        version=episode.version,
    )


def _years(episode: Episode) -> str:
    since, until = episode.since, episode.until
    if since and until and since != until:
        return _("%(since)d to %(until)d") % {"since": since, "until": until}
    if since and not until:
        return _("since %(since)d") % {"since": since}
    return str(since or until or "")


def claim_card(viewer: Viewer, claim: Claim) -> ClaimCard:
    """The card for one viewer. Fetch through `queries` to spare database queries."""
    level, given = Level(claim.level), _given(claim)
    return ClaimCard(
        id=claim.id,
        person_id=claim.person_id,
        skill=both_ways(claim.skill),
        level=level,
        level_words=str(level.label),
        level_means=str(LEVEL_MEANS[level]),
        step=step_of(level),
        carries=claim.carries,
        carries_words=str(Carries(claim.carries).label),
        episode=episode_card(claim.episode) if _shows_episode(viewer, claim) else None,
        confirmed=len(given),
        confirmed_by=tuple(
            Named(one.by_id, one.by.name, one.words) for one in given if may_name(viewer, one)
        ),
        version=claim.version,
    )


def _given(claim: Claim) -> list[Confirmation]:
    return [one for one in claim.confirmations.all() if one.state == State.CONFIRMED]


def _shows_episode(viewer: Viewer, claim: Claim) -> bool:
    is_own = getattr(viewer, "id", None) == claim.person_id
    return is_own or claim.episode.is_shown


def claim_cards(viewer: Viewer, claims: Iterable[Claim]) -> list[ClaimCard]:
    """The cards of many: the furthest first, then those that others confirmed."""
    found = [claim_card(viewer, claim) for claim in claims]
    return sorted(found, key=lambda one: (-one.step, -one.confirmed, one.skill.label.casefold()))


def question_card(viewer: Viewer, row: Confirmation) -> QuestionCard:
    """The card of a question, for one of the two."""
    role, claim = role_of(viewer, row), row.claim
    state = state_for(role, row)
    return QuestionCard(
        id=row.id,
        claim_id=row.claim_id,
        role=role,
        state=state,
        state_words=str(state.label),
        asker=claim.person.name,
        asker_id=claim.person_id,
        witness=row.by.name,
        witness_id=row.by_id,
        skill=both_ways(claim.skill),
        level_words=str(Level(claim.level).label),
        title=claim.episode.title,
        story=claim.episode.story,
        words=row.words,
        is_named=row.is_named,
        asked_at=row.asked_at,
        answer_by=row.expires_at if state == State.ASKED else None,
        moves=moves(role, row),
    )


def theme_words(theme: str) -> str:
    """A heading of the list to tick."""
    return str(Theme(theme).label)
