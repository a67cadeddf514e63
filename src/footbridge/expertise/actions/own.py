"""Saying what one has done: ticking lines, writing an episode; and which skills that shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.core.errors import DomainError, LimitReached, NotHere
from footbridge.core.versions import Version, expect
from footbridge.exchange.models import Skill
from footbridge.expertise.actions._steps import (
    carries_of,
    level_of,
    lock_person,
    note,
    story_of,
    title_of,
    years_of,
)
from footbridge.expertise.cards import LineCard
from footbridge.expertise.models import Claim, Confirmation, Episode
from footbridge.expertise.policy import FIRST_PICKS, MOST_CLAIMS
from footbridge.expertise.queries import line_cards
from footbridge.expertise.states import Carries, Level, State, step_of
from footbridge.mail.actions import forget_about
from footbridge.people.models import Person


@dataclass(frozen=True)
class Pick:
    """A skill that an episode shows, how far somebody has come in it, how far it carries over."""

    skill: Skill
    level: str = Level.DID
    carries: str = Carries.SAME


@transaction.atomic
def pick(*, actor: Person, keys: Iterable[str]) -> list[Claim]:
    """Tick lines of lived work: each becomes an episode, and the skills that it shows are claimed
    at the level that it mostly stands for. The first time, the five that matter most are enough.
    """
    person = lock_person(actor)
    wanted = _wanted(person, keys)
    is_first = not Claim.objects.filter(person=person).exists()
    if is_first and len(wanted) > FIRST_PICKS:
        message = _("Tick the %(most)d that matter most. You can add more afterwards.")
        raise DomainError(message % {"most": FIRST_PICKS}, field="lines")
    found = [claim for line in wanted for claim in _tick(person, line)]
    if found:
        note("told", person.id, person.id)
    return found


def _wanted(person: Person, keys: Iterable[str]) -> list[LineCard]:
    """The lines that are meant, without those that were ticked before."""
    offered = line_cards(person.chapter)
    chosen = list(dict.fromkeys(keys))
    if not chosen:
        raise DomainError(_("Tick at least one line."), field="lines")
    if any(key not in offered for key in chosen):
        raise DomainError(_("Choose one of the lines offered."), field="lines")
    known = Episode.objects.filter(person=person, line__in=chosen).values_list("line", flat=True)
    return [offered[key] for key in chosen if key not in set(known)]


def _tick(person: Person, line: LineCard) -> list[Claim]:
    episode = Episode.objects.create(person=person, title=line.text, line=line.key)
    skills = {one.id: one for one in Skill.objects.filter(id__in=[x.skill_id for x in line.leads])}
    picks = [Pick(skills[one.skill_id], one.level, one.carries) for one in line.leads]
    return [claim_by(person, episode, one) for one in picks]


def claim_by(person: Person, episode: Episode, wanted: Pick) -> Claim:
    """A skill is claimed once: where it is claimed already, the further level and its episode
    stand."""
    level, carries = level_of(wanted.level), carries_of(wanted.carries)
    said = {"level": level, "carries": carries, "episode": episode}
    claim = Claim.objects.filter(person=person, skill=wanted.skill).first()
    if claim is None:
        _make_room(person)
        return Claim.objects.create(person=person, skill=wanted.skill, **said)
    if step_of(level) > step_of(claim.level):
        _change(claim, **said)
    return claim


def _make_room(person: Person) -> None:
    if Claim.objects.filter(person=person).count() >= MOST_CLAIMS:
        message = _("%(most)d skills are as many as anybody reads. Take one away first.")
        raise LimitReached(message % {"most": MOST_CLAIMS})


def _change(claim: Claim, **said: Any) -> None:
    """What others confirmed was another thing, so their word for it goes."""
    for name, value in said.items():
        setattr(claim, name, value)
    claim.version += 1
    claim.save()
    _forget_confirmations([claim])


def _forget_confirmations(claims: Iterable[Claim]) -> None:
    """Words for something else are nobody's word any more; a no is remembered, so that nobody is
    asked twice."""
    stale = Confirmation.objects.filter(claim__in=list(claims))
    stale = stale.filter(state__in=(State.ASKED, State.CONFIRMED, State.EXPIRED))
    forget_about(stale.values_list("id", flat=True))
    stale.delete()


@transaction.atomic
def write_episode(
    *,
    actor: Person,
    title: str,
    story: str = "",
    since: int | None = None,
    until: int | None = None,
    is_shown: bool = True,
    picks: Iterable[Pick] = (),
) -> Episode:
    """Tell in one's own words what one did, and which skills it shows: at least one."""
    person = lock_person(actor)
    since, until = years_of(since, until)
    chosen = list(picks)
    if not chosen:
        raise DomainError(_("Choose at least one skill that it shows."), field="skills")
    episode = Episode(person=person, title=title_of(title), story=story_of(story))
    episode.since, episode.until, episode.is_shown = since, until, is_shown
    episode.save()
    for one in chosen:
        claim_by(person, episode, one)
    if not episode.claims.exists():
        raise DomainError(
            _("These skills are among yours already, at this level or further."), field="skills"
        )
    note("told", person.id, person.id)
    return episode


@transaction.atomic
def edit_claim(
    *, actor: Person, claim: Claim, level: str, carries: str, version: Version | None = None
) -> Claim:
    """Say how far one has come in a skill, and how far it carries over. Going further undoes what
    others confirmed: it was less."""
    person, row = _own(actor, claim)
    expect(version, row.version, lambda: {"level": row.level, "carries": row.carries})
    further = step_of(level_of(level)) > step_of(row.level)
    changed = (row.level, row.carries) != (level, carries)
    row.level, row.carries = level_of(level), carries_of(carries)
    if changed:
        row.version += 1
        row.save()
        note("told", person.id, person.id)
    if further:
        _forget_confirmations([row])
    return row


def _own(actor: Person, claim: Claim) -> tuple[Person, Claim]:
    person = lock_person(actor)
    rows = Claim.objects.select_for_update(of=("self",)).select_related("episode", "skill")
    row = rows.filter(id=claim.id, person=person).first()
    if row is None:
        raise NotHere
    return person, row


@transaction.atomic
def edit_episode(
    *,
    actor: Person,
    claim: Claim,
    title: str,
    story: str = "",
    since: int | None = None,
    until: int | None = None,
    is_shown: bool = True,
    version: Version | None = None,
) -> Episode:
    """Tell the episode behind a skill otherwise. Other words undo what was confirmed of them."""
    person, row = _own(actor, claim)
    episode = Episode.objects.select_for_update().get(id=row.episode_id)
    expect(version, episode.version, lambda: _as_it_stands(episode))
    was = (episode.title, episode.story)
    episode.title, episode.story = title_of(title), story_of(story)
    episode.since, episode.until = years_of(since, until)
    episode.is_shown = is_shown
    episode.version += 1
    episode.save()
    if (episode.title, episode.story) != was:
        _forget_confirmations(episode.claims.all())
    note("told", person.id, person.id)
    return episode


def _as_it_stands(episode: Episode) -> dict[str, Any]:
    names = ("title", "story", "since", "until", "is_shown")
    return {name: getattr(episode, name) for name in names}


@transaction.atomic
def drop(*, actor: Person, claim: Claim) -> None:
    """Take a skill away, and its episode when that shows no other."""
    person, row = _own(actor, claim)
    forget_about(row.confirmations.values_list("id", flat=True))
    episode = row.episode
    row.delete()
    if not episode.claims.exists():
        episode.delete()
    note("dropped", person.id, person.id)
