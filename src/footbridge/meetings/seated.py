"""What a door may show of rounds: tables, who sits there, and why just these people."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from footbridge.core import clock
from footbridge.exchange.models import Skill
from footbridge.meetings.models import Round, Seat, Session
from footbridge.people.states import Sector


@dataclass(frozen=True)
class TableCard:
    """One table in one round: its number, the names of who sits there, one line that says why, and
    who stays there."""

    number: int
    seats: tuple[uuid.UUID, ...]
    names: tuple[str, ...]
    why: str
    # Who stays at it as its host while the others move on.
    stays: str = ""
    stays_seat: uuid.UUID | None = None


@dataclass(frozen=True)
class RoundCard:
    """One round: when it began, when it is to end, its tables, and who found no place."""

    number: int
    step: int
    title: str
    prompt: str
    minutes: int
    started_at: datetime | None
    ended_at: datetime | None
    tables: tuple[TableCard, ...]
    left_over: tuple[str, ...]

    @property
    def is_running(self) -> bool:
        return self.started_at is not None and self.ended_at is None

    @property
    def is_coming(self) -> bool:
        return self.started_at is None

    @property
    def until(self) -> datetime | None:
        """When its time is up."""
        return self.started_at + timedelta(minutes=self.minutes) if self.started_at else None

    @property
    def seconds_left(self) -> int:
        """Of a round that runs; negative once it is over its time."""
        return round((self.until - clock.now()).total_seconds()) if self.until else 0

    @property
    def minutes_left(self) -> int:
        """The same in minutes that have begun."""
        return max(0, -(-self.seconds_left // 60))


def cards_of(session: Session, rounds: Iterable[Round]) -> list[RoundCard]:
    """The cards of a session's rounds, which come with their sittings, seats and people."""
    rounds = list(rounds)
    seats = {sitting.seat_id: sitting.seat for one in rounds for sitting in one.sittings.all()}
    missing = {entry["seat"] for one in rounds for entry in one.left_over} - set(map(str, seats))
    absent = Seat.objects.filter(id__in=missing).select_related("person") if missing else ()
    names = {str(seat.id): seat.person.name for seat in (*seats.values(), *absent)}
    skills = _skills(rounds)
    return [_card(session, one, names, skills) for one in rounds]


def why_of(said: Mapping[str, Any], seats: Iterable[Seat]) -> str:
    """Why these people were put together, in one line."""
    names = {str(seat.id): seat.person.name for seat in seats}
    return _why(said, names, _skills_in([said]))


def _skills(rounds: Iterable[Round]) -> dict[str, str]:
    return _skills_in(entry for one in rounds for entry in one.why)


def _skills_in(entries: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    named = {entry["skill"] for entry in entries if entry.get("skill")}
    found = Skill.objects.filter(id__in=named) if named else ()
    return {str(skill.id): skill.label for skill in found}


def _card(
    session: Session, one: Round, names: Mapping[str, str], skills: Mapping[str, str]
) -> RoundCard:
    step = session.steps[one.step] if one.step < len(session.steps) else {}
    return RoundCard(
        one.number,
        one.step,
        step.get("title", ""),
        step.get("prompt", ""),
        one.minutes,
        one.started_at,
        one.ended_at,
        tuple(_tables(one, names, skills)),
        tuple(_why_not(entry, names) for entry in one.left_over),
    )


def _tables(one: Round, names: Mapping[str, str], skills: Mapping[str, str]) -> Iterable[TableCard]:
    at: dict[int, list[uuid.UUID]] = {}
    for sitting in one.sittings.all():
        at.setdefault(sitting.table, []).append(sitting.seat_id)
    for number, seats in sorted(at.items()):
        in_order = sorted(seats, key=lambda seat: (names[str(seat)].casefold(), seat))
        said = one.why[number - 1] if number <= len(one.why) else {}
        shown = tuple(names[str(seat)] for seat in in_order)
        why, host = _why(said, names, skills), said.get("stays", "")
        seat = uuid.UUID(host) if host in names else None
        yield TableCard(number, tuple(in_order), shown, why, names.get(host, ""), seat)


def _why(said: Mapping[str, Any], names: Mapping[str, str], skills: Mapping[str, str]) -> str:
    """One line: an answered need before somebody one step ahead, that before different sectors."""
    who = {"one": names.get(said.get("one", ""), ""), "other": names.get(said.get("other", ""), "")}
    if said.get("kind") == "answers" and all(who.values()):
        skill = skills.get(said.get("skill", ""), "")
        if skill:
            words = _("%(other)s offers what %(one)s needs: %(skill)s.")
            return words % {**who, "skill": skill}
        return _("%(other)s offers what %(one)s needs.") % who
    if said.get("kind") == "ahead" and all(who.values()):
        return _("%(other)s is one step ahead of %(one)s.") % who
    if len(said.get("sectors", ())) > 1:
        sectors = [str(Sector(name).label) for name in said["sectors"]]
        return _("From different sectors: %(sectors)s.") % {"sectors": ", ".join(sectors)}
    if said.get("new"):
        return ngettext(
            "%(count)d pair meets for the first time.",
            "%(count)d pairs meet for the first time.",
            said["new"],
        ) % {"count": said["new"]}
    return ""


def _why_not(entry: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Whose wish it is that keeps people apart is never said."""
    name = names.get(entry["seat"], "")
    if entry.get("code") == "alone":
        return _("%(name)s has nobody to sit with.") % {"name": name}
    return _("%(name)s found no table: somebody whom a rule or a wish keeps apart is at each.") % {
        "name": name
    }
