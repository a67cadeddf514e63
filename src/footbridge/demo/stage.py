"""Who is on the stage, by the names that the tables use, and the calendar of what they do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from footbridge.core import clock, ids
from footbridge.core.audience import OPERATOR
from footbridge.exchange import queries as exchange
from footbridge.exchange.models import Cause, Skill
from footbridge.introductions.models import Introduction
from footbridge.meetings.models import Series, Session
from footbridge.people import queries as people
from footbridge.people.models import (
    Affiliation,
    Chapter,
    Invitation,
    Member,
    Organisation,
    Person,
    Place,
)


@dataclass(frozen=True)
class Event:
    """Something that someone did, so many days before today."""

    days: float
    key: str
    act: Callable[[], object]
    # Whether somebody waits to hear of it, by a letter or otherwise.
    is_news: bool = False


@dataclass
class Stage:
    """Everyone and everything that has come on stage so far."""

    today: datetime = field(default_factory=clock.now)
    places: dict[str, Place] = field(default_factory=dict)
    chapters: dict[str, Chapter] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    # Since how many days each one is a member, for those who are.
    joined: dict[str, float] = field(default_factory=dict)
    # What people are, and where they work now.
    work: dict[str, list[Affiliation]] = field(default_factory=dict)
    employers: dict[str, str] = field(default_factory=dict)
    doors: dict[str, Invitation] = field(default_factory=dict)
    postings: dict[str, Any] = field(default_factory=dict)
    introductions: dict[str, Introduction] = field(default_factory=dict)
    series: dict[str, Series] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    # Who speaks for an organisation.
    speakers: dict[str, str] = field(default_factory=dict)

    def play(self, event: Event) -> None:
        """Have something happen on its day. Its ids follow from its key, so that they are the
        same each time, whatever else is added to the tables."""
        with clock.held_at(self.at(event.days)), ids.repeatable(f"demo:{event.key}"):
            event.act()

    def at(self, days: float) -> datetime:
        """The moment so many days ago."""
        return self.today - timedelta(days=days)

    def day(self, days: float) -> date:
        """The day so many days ago."""
        return self.at(days).date()

    def member(self, key: str) -> Member:
        """A person or an organisation."""
        return self.people.get(key) or self.organisations[key]

    def again(self, key: str) -> Person:
        """A person as they stand by now."""
        self.people[key] = people.get_person(OPERATOR, self.people[key].id)
        return self.people[key]

    def skills(self, keys: str) -> list[Skill] | None:
        """Skills by their keys; none given means: read them out of the sentence."""
        return [self._skills[key] for key in keys.split()] or None

    def causes(self, numbers: str) -> list[Cause]:
        """The Sustainable Development Goals of these numbers."""
        return [self._causes[f"sdg-{number}"] for number in numbers.split()]

    @cached_property
    def _skills(self) -> dict[str, Skill]:
        ids_ = [skill.id for group in exchange.skill_groups() for skill in group.skills]
        return {skill.key: skill for skill in exchange.skills_by_ids(ids_)}

    @cached_property
    def _causes(self) -> dict[str, Cause]:
        ids_ = [cause.id for cause in exchange.causes()]
        return {cause.key: cause for cause in exchange.causes_by_ids(ids_)}
