"""A team for what one person alone does not have: the fewest people who together have every skill
that is asked for, from different sides, who have time and have worked together before.

Whom the viewer may not see, who pauses, who wishes not to be asked and who is to be kept away is
left out before anything is computed. Every reason is something that the viewer could read up.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from footbridge.core.audience import Operator
from footbridge.core.errors import DomainError, NotHere
from footbridge.engine import circles
from footbridge.exchange.models import Need, OfferSkill, Skill
from footbridge.exchange.policy import may_open, offers_visible_to, open_now
from footbridge.expertise.models import Claim, Confirmation
from footbridge.expertise.policy import visible_to as expertise_visible_to
from footbridge.expertise.states import Level
from footbridge.expertise.states import State as Confirmed
from footbridge.hours.queries import free_slots_of
from footbridge.insight import apart, together
from footbridge.insight.cards import Reason
from footbridge.insight.together import Pair
from footbridge.network.queries import set_aside_by
from footbridge.people import cards as people_cards
from footbridge.people import queries as people
from footbridge.people.cards import MemberCard
from footbridge.people.models import Affiliation, Member
from footbridge.people.policy import Viewer, current
from footbridge.people.states import Kind, Sector, Standing

MOST_SKILLS = 20
MOST_PEOPLE = 3_000
MOST_OTHERS = 3
MOST_TOGETHER = 4

Ids = set[uuid.UUID]


@dataclass(frozen=True)
class TeamMember:
    """Somebody in the team, which of the skills they bring, and what speaks for them."""

    card: MemberCard
    skills: tuple[str, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class ForSkill:
    """One skill that is asked for: who in the team has it, and who else does."""

    id: uuid.UUID
    label: str
    by: tuple[str, ...]
    others: tuple[MemberCard, ...]

    @property
    def is_covered(self) -> bool:
        return bool(self.by)


@dataclass(frozen=True)
class SuggestedTeam:
    """A team, what speaks for it as a whole, and what it lacks. `proven`: nobody could do it with
    fewer people."""

    members: tuple[TeamMember, ...]
    skills: tuple[ForSkill, ...]
    reasons: tuple[str, ...]
    proven: bool

    @property
    def uncovered(self) -> tuple[str, ...]:
        """What nobody who is available has."""
        return tuple(one.label for one in self.skills if not one.is_covered)


def for_need(viewer: Viewer, need: Need) -> SuggestedTeam:
    """A team for a need of one's own side. NotHere for others."""
    if not may_open(viewer, need.owner):
        raise NotHere
    skills = list(need.skills.all())[:MOST_SKILLS]
    return for_skills(viewer, skills, asker=need.owner)


def for_skills(
    viewer: Viewer,
    skills: Collection[Skill],
    *,
    asker: Member | None = None,
    leave_out: Collection[uuid.UUID] = (),
) -> SuggestedTeam:
    """A team that has these skills, for a member whom the viewer speaks for; `leave_out` are
    people who are not to be in it, such as those who have said no already."""
    if len(skills) > MOST_SKILLS:
        message = _("Choose at most %(most)d skills.") % {"most": MOST_SKILLS}
        raise DomainError(message, field="skills")
    if isinstance(viewer, Operator) or viewer.has_joined:
        pool = _pool(viewer, skills, asker, leave_out)
        return _told(viewer, skills, pool, _chosen(viewer, skills, pool))
    raise NotHere


# Who is looked at.


@dataclass(frozen=True)
class _Candidate:
    """Somebody who has one of the skills: what says so, and how much time they say they have."""

    card: MemberCard
    says: dict[uuid.UUID, Reason] = field(default_factory=dict)
    hours: int = 0
    slots: int = 0


def _pool(
    viewer: Viewer, skills: Collection[Skill], asker: Member | None, leave_out: Iterable[uuid.UUID]
) -> list[_Candidate]:
    """Those who have any of the skills and may be suggested, in a stable order."""
    wanted = [skill.id for skill in skills]
    said = _offered(viewer, wanted)
    for one, shown in _shown(viewer, wanted).items():
        said[one] = shown | said[one]
    out = _left_out(viewer, asker, said) | set(leave_out)
    known = people.by_ids(viewer, sorted(said.keys() - out)[:MOST_PEOPLE])
    home = _home(viewer, asker)
    fit = {one: member for one, member in known.items() if _may_be_asked(member, home)}
    slots = free_slots_of(viewer, fit)
    return [
        _Candidate(
            card=people_cards.card(viewer, fit[one]),
            says={skill: why for skill, (why, _hours) in said[one].items()},
            hours=max(many for _why, many in said[one].values()),
            slots=slots.get(one, 0),
        )
        for one in sorted(fit)
    ]


Said = dict[uuid.UUID, tuple[Reason, int]]


def _offered(viewer: Viewer, skills: Sequence[uuid.UUID]) -> dict[uuid.UUID, Said]:
    """For each person the skills they offer, each with the words and hours of one offer: one that
    they confirmed and that has most hours comes first."""
    shown = offers_visible_to(viewer).filter(
        open_now(), owner__kind=Kind.PERSON, owner__standing=Standing.JOINED
    )
    lines = OfferSkill.objects.filter(skill__in=skills, offer__in=shown.order_by())
    columns = ("offer__owner_id", "skill_id", "offer__text", "offer__hours_per_month")
    found: dict[uuid.UUID, Said] = defaultdict(dict)
    for owner, skill, text, many in lines.order_by("guessed", "id").values_list(*columns):
        best = found[owner].get(skill)
        if best is None or (many or 0) > best[1]:
            why = Reason("offers", _("Offers: «%(offer)s»") % {"offer": text}, 1.0)
            found[owner][skill] = (why, many or 0)
    return found


def _shown(viewer: Viewer, skills: Sequence[uuid.UUID]) -> dict[uuid.UUID, Said]:
    """The same of what people listed as their expertise, with what they did where they show it, and
    whether somebody who was there said so too."""
    claims = expertise_visible_to(viewer).filter(skill__in=skills, person__standing=Standing.JOINED)
    given = Confirmation.objects.filter(claim=OuterRef("pk"), state=Confirmed.CONFIRMED)
    found: dict[uuid.UUID, Said] = defaultdict(dict)
    for claim in claims.annotate(is_confirmed=Exists(given)).order_by("id"):
        why = Reason("expertise", _told_of(claim, claim.is_confirmed), 1.0)
        found[claim.person_id][claim.skill_id] = (why, 0)
    return found


def _told_of(claim: Claim, is_confirmed: bool) -> str:
    said = {"level": str(Level(claim.level).label), "title": claim.episode.title}
    words = (_("%(level)s: «%(title)s»") if claim.episode.is_shown else "%(level)s") % said
    return _("%(said)s, confirmed") % {"said": words} if is_confirmed else words


def _left_out(viewer: Viewer, asker: Member | None, found: Iterable[uuid.UUID]) -> Ids:
    """Whoever asks, those who act for it, and whom the viewer is to be spared, or who are to be
    spared them."""
    asking = {asker.id} if asker is not None else set()
    if not isinstance(viewer, Operator):
        asking.add(viewer.id)
    if asker is not None and not asker.is_person:
        staff = Affiliation.objects.filter(current(), organisation=asker.id)
        asking |= set(staff.values_list("person_id", flat=True))
    if isinstance(viewer, Operator):
        return asking
    return asking | apart.wished_by_either([viewer.id])[viewer.id] | set_aside_by(viewer)


def _home(viewer: Viewer, asker: Member | None) -> uuid.UUID | None:
    if asker is not None:
        return asker.chapter_id
    return None if isinstance(viewer, Operator) else viewer.chapter_id


def _may_be_asked(one: Member, home: uuid.UUID | None) -> bool:
    """Who does not pause, and does not stay in a chapter that is another."""
    at_home = one.beyond_chapter or home is None or one.chapter_id == home
    return at_home and not one.is_paused and one.asks_per_month > 0


# Who is chosen.


def _chosen(
    viewer: Viewer, skills: Collection[Skill], pool: Sequence[_Candidate]
) -> tuple[circles.Team, Mapping[Pair, str]]:
    """The smallest team, well mixed; and who of the pool is known to have worked together."""
    needed = sorted(skill.id for skill in skills)
    number = {skill: n for n, skill in enumerate(needed)}
    brings = [{number[skill] for skill in one.says} for one in pool]
    worked = together.known_to(viewer, [one.card.id for one in pool])
    organisation = _codes([one.card.organisation_id for one in pool])
    sector = _codes([one.card.sector for one in pool])
    hours = np.array([one.hours + one.slots for one in pool], np.float64)
    never = _never([one.card.id for one in pool])
    available = np.ones(len(pool), bool)
    while True:
        first = circles.team(
            range(len(needed)),
            brings,
            available=available,
            organisation=organisation,
            hours=hours,
        )
        found = circles.mixed(
            first,
            brings,
            available=available,
            sector=sector,
            organisation=organisation,
            hours=hours,
            worked=_as_pairs(worked),
            never=_as_pairs(never),
        )
        clash = next((pair for pair in never if set(pair) <= set(found.members)), None)
        if clash is None:
            return found, worked
        # One of the two goes: who brings less; then who comes later.
        available[max(clash, key=lambda one: (-len(brings[one]), one))] = False


def _codes(of: Sequence[object]) -> np.ndarray:
    """A number for each thing that is named; -1 for none."""
    known = {name: n for n, name in enumerate(dict.fromkeys(name for name in of if name))}
    return np.array([known.get(name, -1) for name in of], np.int64)


def _never(pool: Sequence[uuid.UUID]) -> list[Pair]:
    """Pairs who are never to be brought together, whichever side wishes it."""
    wishes, place = apart.wished_by_either(pool), {one: n for n, one in enumerate(pool)}
    pairs = {(place[one], place[other]) for one in pool for other in wishes[one] if other in place}
    return sorted({(min(pair), max(pair)) for pair in pairs})


def _as_pairs(pairs: Iterable[Pair]) -> np.ndarray:
    return np.array(sorted(pairs), np.int64).reshape(-1, 2)


# What is said of it.


def _told(
    viewer: Viewer,
    skills: Collection[Skill],
    pool: Sequence[_Candidate],
    chosen: tuple[circles.Team, Mapping[Pair, str]],
) -> SuggestedTeam:
    found, worked = chosen
    team = [pool[n] for n in found.members]
    in_order = sorted(skills, key=lambda skill: skill.label.casefold())
    return SuggestedTeam(
        members=tuple(_member(one, in_order) for one in team),
        skills=tuple(_for_skill(skill, team, pool) for skill in in_order),
        reasons=tuple(_of_the_whole(found, pool, worked)),
        proven=found.proven,
    )


def _member(one: _Candidate, skills: Sequence[Skill]) -> TeamMember:
    own = [skill for skill in skills if skill.id in one.says]
    return TeamMember(one.card, tuple(skill.label for skill in own), tuple(_reasons(one, own)))


def _reasons(one: _Candidate, own: Sequence[Skill]) -> Iterable[Reason]:
    """In their own words, and how much time they have said that they have."""
    yield from dict.fromkeys(one.says[skill.id] for skill in own)
    if one.hours:
        said = ngettext("Has %(n)d hour a month", "Has %(n)d hours a month", one.hours)
        yield Reason("hours", said % {"n": one.hours}, 0.5)
    if one.slots:
        said = ngettext("Has %(n)d time free", "Has %(n)d times free", one.slots)
        yield Reason("slots", said % {"n": one.slots}, 0.5)


def _for_skill(skill: Skill, team: Sequence[_Candidate], pool: Sequence[_Candidate]) -> ForSkill:
    """Who of the team has it, and the others, those with most time first."""
    others = [one for one in pool if skill.id in one.says and one not in team]
    others.sort(key=lambda one: (-len(one.says), -(one.hours + one.slots), one.card.id))
    return ForSkill(
        id=skill.id,
        label=skill.label,
        by=tuple(one.card.name for one in team if skill.id in one.says),
        others=tuple(one.card for one in others[:MOST_OTHERS]),
    )


def _of_the_whole(
    found: circles.Team, pool: Sequence[_Candidate], worked: Mapping[Pair, str]
) -> Iterable[str]:
    team = [pool[n] for n in found.members]
    if len(team) > 1 and found.proven:
        yield _("Nobody could do it with fewer people than these %(n)d.") % {"n": len(team)}
    sides = dict.fromkeys(one.card.sector for one in team if one.card.sector)
    if len(sides) > 1:
        named = ", ".join(str(Sector(side).label) for side in sides)
        yield _("They see it from different sides: %(sides)s.") % {"sides": named}
    pairs = [pair for pair in worked if set(pair) <= set(found.members)]
    yield from (worked[pair] for pair in pairs[:MOST_TOGETHER])
