"""Circles that could be: around a cause that people share, or out of people who worked together.

Whom a host may not see is left out before anything is computed. Who is in which circle is closed
to hosts, so it moves nothing here either.
"""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from footbridge.circles.states import CircleKind
from footbridge.core.audience import Operator
from footbridge.core.errors import NotHere
from footbridge.engine import circles
from footbridge.engine.ties import Ties
from footbridge.insight import apart, rows, tags
from footbridge.insight import network as networks
from footbridge.insight.rows import Rows
from footbridge.insight.version import View
from footbridge.network.policy import visible_to as ties_visible_to
from footbridge.network.states import Strength, TieState
from footbridge.people import cards as people_cards
from footbridge.people import queries as people
from footbridge.people.cards import MemberCard
from footbridge.people.models import Chapter
from footbridge.people.policy import Viewer, hosted_ids, may_host, visible_to
from footbridge.people.states import Kind, Sector, Standing

MOST_PEOPLE = 3_000
MOST_BUILDER_CIRCLES = 4
MOST_REASONS = 4
BUILDERS_CORE = 5
# What a member calls having worked together, and trusting, as the engine counts it.
_TOGETHER = {Strength.WORKED_TOGETHER: 0.7, Strength.TRUST: 1.0}

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Proposal:
    """People who could be a circle, and why, in sentences that are fit to show."""

    kind: str
    cause_id: uuid.UUID | None
    cause: str
    members: tuple[MemberCard, ...]
    reasons: tuple[str, ...]


# Around a cause.


def around_causes(
    viewer: Viewer, chapter: Chapter, *, size: int = 6, seed: int = 0
) -> list[Proposal]:
    """Circles of peers for a chapter: people who share a cause, from different places. Another
    seed gives others that are as good. NotHere for who does not host the chapter."""
    view = _for_host(viewer, chapter)
    pool = _pool(viewer, chapter)
    numbers = [view.rows.place(one) for one in pool]
    employers = apart.organisations_of(set(pool))
    formed = circles.form(
        circles.People.of(
            _causes(view.rows, numbers, [employers[one] for one in pool]),
            sector=view.rows.columns["sector"][numbers],
            organisation=_houses(view.rows, numbers, seed),
            places=_places(view.rows, numbers),
        ),
        size=size,
        never=_never(pool, employers),
        seed=seed,
    )
    shown = _cards(viewer, pool)
    return _told(view, formed.circles, pool, numbers, shown)


def _for_host(viewer: Viewer, chapter: Chapter) -> View:
    if not may_host(viewer, chapter):
        raise NotHere
    hosted = None if isinstance(viewer, Operator) else hosted_ids(viewer)
    return networks.current().seen_by(hosted)


def _pool(viewer: Viewer, chapter: Chapter) -> list[uuid.UUID]:
    """Members of a chapter who do not pause, in a stable order."""
    here = visible_to(viewer).filter(chapter=chapter, kind=Kind.PERSON, standing=Standing.JOINED)
    known = networks.current().rows
    ids = [one.id for one in here.order_by("id")[:MOST_PEOPLE] if not one.is_paused]
    return [one for one in ids if known.number_of(one) is not None]


def _causes(
    known: Rows, numbers: Sequence[int], employers: Sequence[set[uuid.UUID]]
) -> list[set[int]]:
    """What each cares for, by themself or through an organisation that they act for."""
    of: dict[int, set[int]] = defaultdict(set)
    lists = known.lists
    for member, cause in zip(
        lists["causes/member"].tolist(), lists["causes/term"].tolist(), strict=True
    ):
        of[member].add(cause)
    return [
        of[number].union(*(of[one] for one in known.numbers_of(theirs)))
        for number, theirs in zip(numbers, employers, strict=True)
    ]


def _houses(known: Rows, numbers: Sequence[int], seed: int) -> Array:
    """The group that somebody's organisation belongs to, or else the organisation; under numbers
    that each seed draws anew, since people are dealt in their order."""
    group = known.columns["group"][numbers]
    named = np.where(group >= 0, group, known.columns["organisation"][numbers])
    different, code = np.unique(named, return_inverse=True)
    drawn = np.random.default_rng(seed).permutation(len(different))[code.reshape(-1)]
    found: Array = np.where(named < 0, -1, drawn).astype(np.int64)
    return found


def _places(known: Rows, numbers: Sequence[int]) -> Array | None:
    lists, at = known.lists, {number: n for n, number in enumerate(numbers)}
    found = np.full((len(numbers), 2), np.nan)
    columns = (lists["places/member"], lists["places/north"], lists["places/east"])
    for member, north, east in zip(*(column.tolist() for column in columns), strict=True):
        if member in at and np.isnan(found[at[member], 0]):
            found[at[member]] = north, east
    return None if np.isnan(found).all() else found


def _never(pool: Sequence[uuid.UUID], employers: Mapping[uuid.UUID, set[uuid.UUID]]) -> Array:
    """Pairs who are never to be brought together, whichever side wishes it, and colleagues."""
    wishes, place = apart.wished_by_either(pool), {one: n for n, one in enumerate(pool)}
    pairs = {(place[one], place[other]) for one in pool for other in wishes[one] if other in place}
    of: dict[uuid.UUID, list[int]] = defaultdict(list)
    for one in pool:
        for organisation in employers[one]:
            of[organisation].append(place[one])
    pairs |= {pair for staff in of.values() for pair in combinations(staff, 2)}
    return np.array(sorted(pairs), np.int64).reshape(-1, 2)


def _cards(viewer: Viewer, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, MemberCard]:
    """Whom the viewer may see at this moment, read again."""
    found = people.by_ids(viewer, ids)
    return {one: people_cards.card(viewer, member) for one, member in found.items()}


def _told(
    view: View,
    formed: Sequence[circles.Circle],
    pool: Sequence[uuid.UUID],
    numbers: Sequence[int],
    shown: Mapping[uuid.UUID, MemberCard],
) -> list[Proposal]:
    names = view.rows.names["causes"]
    labels = rows.cause_labels({uuid.UUID(names[n]) for one in formed for n in one.shared})
    answers = _answers(view.rows, numbers, formed)
    skills = rows.skill_labels({skill for _one, _other, skill in answers if skill})
    told = [
        Proposal(
            kind=CircleKind.PEERS,
            cause_id=uuid.UUID(names[one.cause]),
            cause=labels.get(uuid.UUID(names[one.cause]), ""),
            members=tuple(shown[pool[n]] for n in one.members if pool[n] in shown),
            reasons=tuple(
                _reasons(one, [labels[uuid.UUID(names[n])] for n in one.shared])
                + _answer_in_words(answer, pool, shown, skills)
            ),
        )
        for one, answer in zip(formed, answers, strict=True)
        if all(pool[n] in shown for n in one.members)
    ]
    return _of_many_causes(told)


def _of_many_causes(told: Sequence[Proposal]) -> list[Proposal]:
    """One for each cause first, then a second one for each: who reads six sees six causes."""
    seen: Counter[uuid.UUID | None] = Counter()
    ranked: list[tuple[int, int, Proposal]] = []
    for one in told:
        ranked.append((seen[one.cause_id], len(ranked), one))
        seen[one.cause_id] += 1
    return [one for *_order, one in sorted(ranked, key=lambda each: each[:2])]


def _reasons(formed: circles.Circle, causes: Sequence[str]) -> list[str]:
    said = [_("All of them work for %(causes)s.") % {"causes": ", ".join(causes)}]
    if len(formed.sectors) > 1:
        sides = [str(Sector(rows.SECTORS[code]).label) for code in formed.sectors]
        said.append(_("They see it from different sides: %(sides)s.") % {"sides": ", ".join(sides)})
    if formed.organisations == len(formed.members):
        said.append(_("No two of them work at the same place."))
    return said


Answered = tuple[int, int, uuid.UUID | None]
NOBODY: Answered = (-1, -1, None)


def _answers(
    known: Rows, numbers: Sequence[int], formed: Sequence[circles.Circle]
) -> list[Answered]:
    """For each circle who in it answers best what another needs, and the skill; members see each
    other's needs anyhow."""
    terms = len(known.names["terms"])
    needs, offers = _said(known, "needs"), _said(known, "offers")
    found = []
    for one in formed:
        best, answered = 0.0, NOBODY
        for a in one.members:
            for b in one.members:
                if a == b or not terms:
                    continue
                worth, term = _best_term(needs[numbers[a]], offers[numbers[b]])
                skill = tags.skill_of_term(known.names["terms"][term]) if term >= 0 else None
                if skill and worth > best:
                    best, answered = worth, (a, b, skill)
        found.append(answered)
    return found


def _said(known: Rows, kind: str) -> dict[int, dict[int, float]]:
    found: dict[int, dict[int, float]] = defaultdict(dict)
    lists = known.lists
    columns = (lists[f"{kind}/member"], lists[f"{kind}/term"], lists[f"{kind}/weight"])
    for member, term, weight in zip(*(column.tolist() for column in columns), strict=True):
        found[member][term] = max(weight, found[member].get(term, 0.0))
    return found


def _best_term(needs: Mapping[int, float], offers: Mapping[int, float]) -> tuple[float, int]:
    both = [(needs[term] * offers[term], -term) for term in needs.keys() & offers.keys()]
    worth, term = max(both, default=(0.0, 1))
    return worth, -term


def _answer_in_words(
    answer: Answered,
    pool: Sequence[uuid.UUID],
    shown: Mapping[uuid.UUID, MemberCard],
    skills: Mapping[uuid.UUID, str],
) -> list[str]:
    one, other, skill = answer
    if skill is None or skill not in skills:
        return []
    words = _("%(one)s needs what %(other)s offers: %(skill)s.")
    return [
        words
        % {"one": shown[pool[one]].name, "other": shown[pool[other]].name, "skill": skills[skill]}
    ]


# Out of people who worked together.


def of_builders(viewer: Viewer, chapter: Chapter, *, size: int = BUILDERS_CORE) -> list[Proposal]:
    """Builder circles for a chapter: core groups of people who say that they worked together, as
    far as the host may know of it."""
    _for_host(viewer, chapter)
    pool = _pool(viewer, chapter)
    worked, words = _worked_together(viewer, pool)
    apart_ = _wished_apart(pool)
    found = circles.builders(worked, size=size, count=MOST_BUILDER_CIRCLES, never=apart_)
    shown = _cards(viewer, {pool[n] for one in found for n in one.members})
    return [
        Proposal(
            kind=CircleKind.BUILDERS,
            cause_id=None,
            cause="",
            members=tuple(shown[pool[n]] for n in one.members),
            reasons=tuple(_who_worked(one, pool, shown, words)),
        )
        for one in found
        if all(pool[n] in shown for n in one.members)
    ]


Pair = tuple[int, int]


def _worked_together(viewer: Viewer, pool: Sequence[uuid.UUID]) -> tuple[Ties, dict[Pair, str]]:
    """What the viewer may know of who worked together; either side's word counts."""
    place = {one: n for n, one in enumerate(pool)}
    told = ties_visible_to(viewer).filter(
        state=TieState.STATED, strength__in=list(_TOGETHER), teller__in=pool, other__in=pool
    )
    best: dict[Pair, float] = {}
    words: dict[Pair, str] = {}
    for tie in told.order_by("id").only("teller_id", "other_id", "strength", "how"):
        pair = _pair(place[tie.teller_id], place[tie.other_id])
        best[pair] = max(best.get(pair, 0.0), _TOGETHER[Strength(tie.strength)])
        words[pair] = words.get(pair) or tie.how
    pairs = sorted(best)
    one, other = [a for a, _b in pairs], [b for _a, b in pairs]
    return Ties.build(len(pool), one, other, [best[pair] for pair in pairs]), words


def _pair(a: int, b: int) -> Pair:
    return (a, b) if a < b else (b, a)


def _wished_apart(pool: Sequence[uuid.UUID]) -> Array:
    wishes, place = apart.wished_by_either(pool), {one: n for n, one in enumerate(pool)}
    pairs = {_pair(place[a], place[b]) for a in pool for b in wishes[a] if b in place}
    return np.array(sorted(pairs), np.int64).reshape(-1, 2)


def _who_worked(
    found: circles.BuilderCircle,
    pool: Sequence[uuid.UUID],
    shown: Mapping[uuid.UUID, MemberCard],
    words: Mapping[Pair, str],
) -> Iterable[str]:
    warmest = sorted(found.worked, key=lambda pair: (-pair[2], pair[:2]))
    for a, b, _strength in warmest[:MOST_REASONS]:
        names = {"one": shown[pool[a]].name, "other": shown[pool[b]].name}
        how = words.get((a, b), "")
        if how:
            yield _("%(one)s and %(other)s worked together: %(how)s.") % {**names, "how": how}
        else:
            yield _("%(one)s and %(other)s worked together.") % names
