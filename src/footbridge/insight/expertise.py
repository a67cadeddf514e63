"""Who can do what: people who listed their expertise, found by either side's words for it.

The words are read as those of needs and offers are: in three languages, synonyms included, typing
errors forgiven. Nobody is found who did not say "list my expertise", who pauses, who stays in a
chapter that is not the viewer's, or who is to be kept away. An answer is never empty while anybody
is listed: who comes near is shown with what is missing.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from rapidfuzz import fuzz, process, utils

from footbridge.core import clock
from footbridge.core.audience import Operator
from footbridge.core.errors import DomainError
from footbridge.engine import fit
from footbridge.exchange import queries as exchange
from footbridge.exchange.models import OfferSkill, Skill
from footbridge.exchange.states import Source
from footbridge.expertise import queries as expertise
from footbridge.expertise.cards import BothWays, ClaimCard, both_ways
from footbridge.expertise.models import Claim, Confirmation
from footbridge.expertise.states import Level, State, step_of
from footbridge.hours import queries as hours
from footbridge.insight import asked
from footbridge.insight import network as networks
from footbridge.insight.cards import NO_FILTERS, Filters, Missing
from footbridge.insight.reasons import MISSING
from footbridge.insight.tags import DONE
from footbridge.network.queries import kept_apart_from
from footbridge.people import cards as people_cards
from footbridge.people import queries as people
from footbridge.people.cards import MemberCard
from footbridge.people.policy import Viewer, hosted_ids

PAGE, NEAREST = 20, 3
# So many skills are read out of the words; a name that is none is taken for the most alike ones.
MOST_SKILLS, LEAST_ALIKE = 8, 60.0
# What each further skill of somebody adds to their best one.
FURTHER = 0.1

Ids = set[uuid.UUID]


@dataclass(frozen=True)
class Wanted:
    """What is looked for: words for it, a level at least, who has time now, who was confirmed."""

    text: str = ""
    level: str = ""
    available: bool = False
    confirmed: bool = False
    filters: Filters = NO_FILTERS


@dataclass(frozen=True)
class Expert:
    """Somebody who can do it, what shows it, whether they have time, and what is missing."""

    card: MemberCard
    claims: tuple[ClaimCard, ...]
    free_slots: int
    offers_it: bool
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True)
class Experts:
    """One page of an answer: how the words were understood, who was found, who comes near."""

    skills: tuple[BothWays, ...]
    found: tuple[Expert, ...]
    total: int
    page: int
    pages: int
    nearest: tuple[Expert, ...] = ()

    @property
    def previous(self) -> int:
        return self.page - 1

    @property
    def next(self) -> int:
        return self.page + 1


def search(viewer: Viewer, wanted: Wanted, *, page: int = 1) -> Experts:
    """People by what they can do, the surest first."""
    if wanted.level and wanted.level not in Level.values:
        raise DomainError(_("Choose one of the words offered."), field="level")
    asking = _Asking(viewer, wanted)
    ranked = asking.ranked()
    pages = max(1, -(-len(ranked) // PAGE))
    page = min(max(page, 1), pages)
    shown = ranked[(page - 1) * PAGE : page * PAGE]
    found = asking.told(shown, {})
    nearest = () if found else asking.nearest()
    gone = len(shown) - len(found)
    return Experts(asking.in_words(), found, len(ranked) - gone, page, pages, nearest)


@dataclass(frozen=True)
class _Line:
    """One claim, as far as it counts for a search."""

    person: uuid.UUID
    skill: uuid.UUID
    step: int
    weight: float
    is_confirmed: bool


class _Asking:
    """One question, with what it takes to answer it looked up once."""

    def __init__(self, viewer: Viewer, wanted: Wanted) -> None:
        self.viewer, self.wanted = viewer, wanted
        self.text = wanted.text.strip()

    @cached_property
    def understood(self) -> dict[uuid.UUID, float]:
        """The skills that the words speak of, and how surely."""
        found = exchange.suggest_skills(self.text, get_language(), MOST_SKILLS)
        return {one.id: one.score for one in found}

    @cached_property
    def alike(self) -> dict[uuid.UUID, float]:
        """For words that speak of no skill: those whose names look most like them."""
        rows = Skill.objects.exclude(source=Source.ESCO).values_list("id", "labels")
        names = {(one, tongue): said for one, labels in rows for tongue, said in labels.items()}
        found = process.extract(
            self.text, names, scorer=fuzz.WRatio, processor=utils.default_process, limit=NEAREST,
            score_cutoff=LEAST_ALIKE,
        )  # fmt: skip
        return {one: score / 100 for _name, score, (one, _tongue) in reversed(found)}

    @cached_property
    def related(self) -> set[uuid.UUID]:
        """Skills of the same kind as those that were meant."""
        meant = [*(self.understood or self.alike)]
        groups = Skill.objects.filter(id__in=meant).exclude(group="").values("group")
        kin = Skill.objects.filter(group__in=groups).exclude(id__in=meant)
        return set(kin.values_list("id", flat=True))

    def in_words(self) -> tuple[BothWays, ...]:
        known = {one.id: one for one in Skill.objects.filter(id__in=list(self.understood))}
        return tuple(both_ways(known[one]) for one in self.understood if one in known)

    # Who.

    def _claims(self) -> QuerySet[Claim]:
        """What is listed for the viewer, of people to whom they may be led."""
        rows = expertise.visible_to(self.viewer)
        awake = Q(person__paused_until=None) | Q(person__paused_until__lt=clock.today())
        rows = rows.filter(awake)
        if isinstance(self.viewer, Operator):
            return rows
        here = Q(person__beyond_chapter=True) | Q(person__chapter=self.viewer.chapter_id)
        away = kept_apart_from(self.viewer) | {self.viewer.id}
        return rows.filter(here).exclude(person__in=away)

    def lines(self, skills: Iterable[uuid.UUID] | None) -> list[_Line]:
        """The claims of some skills, or of all."""
        rows = self._claims() if skills is None else self._claims().filter(skill__in=list(skills))
        given = Confirmation.objects.filter(claim=OuterRef("pk"), state=State.CONFIRMED)
        columns = rows.annotate(is_confirmed=Exists(given)).order_by()
        found = columns.values_list("person_id", "skill_id", "level", "is_confirmed")
        return [_line(*row) for row in found.iterator(chunk_size=5000)]

    @cached_property
    def meant(self) -> list[_Line]:
        """The claims of what is looked for; of everything, where no word is said."""
        return self.lines(self.understood if self.text else None)

    def ranked(self) -> list[uuid.UUID]:
        """Everybody who answers all that is looked for, the surest first."""
        people_ = {line.person for line in self.meant}
        lacks = self.lacks(self.meant, people_)
        scores = self._scores(self.meant)
        answering = [one for one in people_ if not lacks[one]]
        return sorted(answering, key=lambda one: (-scores[one], one))

    def _scores(self, lines: Iterable[_Line]) -> dict[uuid.UUID, float]:
        sure = self.understood or self.alike
        each: dict[uuid.UUID, list[float]] = defaultdict(list)
        for line in lines:
            each[line.person].append(line.weight * sure.get(line.skill, 1.0))
        return {one: max(of) + FURTHER * (sum(of) - max(of)) for one, of in each.items()}

    # What is missing.

    def lacks(self, lines: Sequence[_Line], among: Ids) -> dict[uuid.UUID, list[str]]:
        """What each of these people lacks of what is looked for, by code."""
        missing: dict[uuid.UUID, list[str]] = {one: [] for one in among}
        for code, having in self._conditions(lines, among):
            for one in among - having:
                missing[one].append(code)
        return missing

    def _conditions(self, lines: Sequence[_Line], among: Ids) -> Iterator[tuple[str, Ids]]:
        """Each thing that is looked for, and who has it."""
        wanted = self.wanted
        if wanted.level:
            least = step_of(wanted.level)
            yield "level", {line.person for line in lines if line.step >= least}
        if wanted.confirmed:
            yield "confirmed", {line.person for line in lines if line.is_confirmed}
        if wanted.available:
            yield fit.Missing.NOT_AVAILABLE.value, self.available(among)
        for code, filters in _one_by_one(wanted.filters):
            yield code, self._passing(among, filters)

    def available(self, among: Ids) -> Ids:
        """Who has a time that the viewer may ask for, or offers it now."""
        return set(hours.free_slots_of(self.viewer, among)) | self.offering(among)

    def offering(self, among: Ids) -> Ids:
        """Who offers one of these skills now."""
        lines = OfferSkill.objects.filter(offer__in=exchange.open_offers(self.viewer).values("id"))
        if self.text:
            lines = lines.filter(skill__in=list(self.understood or self.alike))
        owners = lines.filter(offer__owner__in=list(among)).values_list("offer__owner", flat=True)
        return set(owners.order_by())

    def _passing(self, among: Ids, filters: Filters) -> Ids:
        hosted = None if isinstance(self.viewer, Operator) else hosted_ids(self.viewer)
        view = networks.current().seen_by(hosted)
        keep = asked.passes(view, filters) & view.shown
        numbers = ((one, view.rows.number_of(one)) for one in among)
        return {one for one, number in numbers if number is not None and keep[number]}

    def nearest(self) -> tuple[Expert, ...]:
        """Where nobody answers all of it: who lacks least; else who can do something alike; else
        who can do something else."""
        for code, lines in self._nearer():
            scores = self._scores(lines)
            lacks = self.lacks(lines, set(scores))
            for one in lacks:
                lacks[one] += [code] * bool(code)
            order = sorted(scores, key=lambda one: (len(lacks[one]), -scores[one], one))
            if found := self.told(order[:NEAREST], lacks, lines):
                return found
        return ()

    def _nearer(self) -> Iterator[tuple[str, list[_Line]]]:
        yield "", self.meant
        if self.text and not self.understood and self.alike:
            yield "unclear", self.lines(self.alike)
        if self.text:
            yield "related", self.lines(self.related)
            yield "other", self.lines(None)

    # In words.

    def told(
        self,
        order: Sequence[uuid.UUID],
        lacks: Mapping[uuid.UUID, Sequence[str]],
        lines: Sequence[_Line] | None = None,
    ) -> tuple[Expert, ...]:
        """People as the viewer is shown them, read again at this moment."""
        shown = people.by_ids(self.viewer, order)
        known = [one for one in order if one in shown]
        if not known:
            return ()
        claims = self._cards(known, self.meant if lines is None else lines)
        slots, offering = hours.free_slots_of(self.viewer, known), self.offering(set(known))
        return tuple(
            Expert(
                card=people_cards.card(self.viewer, shown[one]),
                claims=tuple(claims[one]),
                free_slots=slots.get(one, 0),
                offers_it=one in offering,
                missing=tuple(Missing(code, str(_WORDS[code])) for code in lacks.get(one, ())),
            )
            for one in known
            if claims.get(one)
        )

    def _cards(
        self, known: Sequence[uuid.UUID], lines: Sequence[_Line]
    ) -> dict[uuid.UUID, list[ClaimCard]]:
        skills = {line.skill for line in lines if line.person in set(known)}
        rows = self._claims().filter(person__in=list(known), skill__in=skills)
        cards: dict[uuid.UUID, list[ClaimCard]] = defaultdict(list)
        for one in expertise.claim_cards(self.viewer, expertise.with_details(rows)):
            cards[one.person_id].append(one)
        return cards


def _line(person: uuid.UUID, skill: uuid.UUID, level: str, is_confirmed: bool) -> _Line:
    weight = DONE[Level(level)]
    counted = (1 + weight) / 2 if is_confirmed else weight
    return _Line(person, skill, step_of(level), counted, is_confirmed)


_FILTERS: dict[str, fit.Missing] = {
    "sector": fit.Missing.OTHER_SECTOR,
    "language": fit.Missing.OTHER_LANGUAGE,
    "chapter": fit.Missing.OTHER_CHAPTER,
    "near": fit.Missing.OUTSIDE_AREA,
}


def _one_by_one(filters: Filters) -> Iterator[tuple[str, Filters]]:
    """Each filter that was set, alone."""
    for name, code in _FILTERS.items():
        if value := getattr(filters, name):
            alone: Any = {name: value, "within_km": filters.within_km}
            yield code.value, replace(NO_FILTERS, **alone)


_WORDS: dict[str, str | Promise] = {
    "level": lazy("Has not come as far as you asked"),
    "confirmed": lazy("Nobody who was there has confirmed it yet"),
    "unclear": lazy("We are not sure that this is what you meant"),
    "related": lazy("Not this, but something of the same kind"),
    "other": lazy("Something else than you asked for"),
    **{code.value: MISSING[code] for code in (*_FILTERS.values(), fit.Missing.NOT_AVAILABLE)},
}
