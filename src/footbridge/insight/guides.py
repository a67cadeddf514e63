"""Guides: people who lived the same passage. Matched on the passage, how far it has come and what
moves somebody; never on the topic, so that another field speaks for a guide and not against."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from footbridge.exchange.policy import cares_visible_to
from footbridge.insight.apart import set_aside
from footbridge.insight.cards import Missing, Reason
from footbridge.insight.reasons import FAR_KM, in_words_of_place, language_name, listed
from footbridge.people import asks
from footbridge.people import cards as people_cards
from footbridge.people import queries as people
from footbridge.people.cards import MemberCard
from footbridge.people.gazetteer import distance_km
from footbridge.people.models import Host, Member, Person
from footbridge.people.policy import sees
from footbridge.transitions import policy
from footbridge.transitions.cards import TransitionCard, transition_card
from footbridge.transitions.models import Transition
from footbridge.transitions.states import Motive, Passage, Point

# Of many who lived the same, so many are weighed: the latest first.
MOST_WEIGHED = 400

# What speaks for a guide; the same passage, lived through, says more than all the rest together.
SAME_PASSAGE, LIVED, FURTHER = 4.0, 2.0, 1.0
MOTIVE, NEAR, LANGUAGE, OTHER_FIELD, GLAD = 0.6, 1.5, 0.8, 0.4, 0.5

# Passages that have much in common: who lived the one knows something of the other.
_ALIKE = {
    Passage.STEPPING_OUT: {Passage.HANDING_OVER, Passage.BETWEEN},
    Passage.HANDING_OVER: {Passage.STEPPING_OUT},
    Passage.BETWEEN: {Passage.BEGINNING, Passage.STEPPING_OUT},
    Passage.BEGINNING: {Passage.BETWEEN, Passage.DISPLACED},
    Passage.DISPLACED: {Passage.BEGINNING},
}
_POINTS = list(Point.values)


@dataclass(frozen=True)
class Guide:
    """Somebody who lived the same, why they fit, and what is missing. `may_be_asked` says that
    they are glad to be; else an introduction leads to them."""

    card: MemberCard
    lived: TransitionCard
    score: float
    reasons: tuple[Reason, ...]
    missing: tuple[Missing, ...]
    near_miss: bool
    may_be_asked: bool
    was_asked: bool = False


@dataclass(frozen=True)
class Guides:
    """The guides for a passage, best first; and the hosts, who are there when nobody is."""

    found: tuple[Guide, ...]
    hosts: tuple[MemberCard, ...]

    @property
    def best(self) -> Guide | None:
        return next((one for one in self.found if not one.near_miss), None)


@dataclass(frozen=True)
class _Asking:
    """The one who looks for a guide, as far as they say it themself."""

    person: Person
    transition: Transition
    causes: frozenset[uuid.UUID]


@dataclass(frozen=True)
class _Known:
    """What the one who looks may know of those who might be asked."""

    members: Mapping[uuid.UUID, Member]
    causes: Mapping[uuid.UUID, frozenset[uuid.UUID]]
    left: Mapping[uuid.UUID, int]
    asked: set[uuid.UUID]
    viewer: Person

    def may_be_asked(self, row: Transition) -> bool:
        """Whether they are glad to be, were not asked often, and not by the same just now."""
        rested = row.person_id not in self.asked
        return row.glad_to_be_asked and rested and self.left[row.person_id] > 0


def guides_for(viewer: Person, transition: Transition, *, top: int = 5) -> Guides:
    """Who lived what somebody is in: one line for each person, near and of one's language first.
    Never empty while the chapter has a host."""
    rows = _open_to(viewer)
    known = _known_of(viewer, rows)
    asking = _Asking(viewer, transition, _causes_of([viewer], viewer).get(viewer.id, frozenset()))
    weighed = [_guide(asking, row, known) for row in rows if row.person_id in known.members]
    ranked = sorted(weighed, key=lambda one: (one.near_miss, -one.score, str(one.card.id)))
    return Guides(_one_of_each(ranked)[:top], hosts_of(viewer))


def _open_to(viewer: Person) -> list[Transition]:
    """What others lived, as the viewer may know it; without those set aside by either."""
    away = set_aside([viewer.id])[viewer.id]
    rows = policy.guides_open_to(viewer).exclude(person__in=away)
    return list(rows.order_by("-glad_to_be_asked", "-is_over", "-created_at")[:MOST_WEIGHED])


def _known_of(viewer: Person, rows: Sequence[Transition]) -> _Known:
    members = people.by_ids(viewer, {row.person_id for row in rows})
    left = asks.left([row.person for row in rows])
    asked = policy.asked_lately(viewer)
    return _Known(members, _causes_of(members.values(), viewer), left, asked, viewer)


def _causes_of(members: Iterable[Member], viewer: Person) -> dict[uuid.UUID, frozenset[uuid.UUID]]:
    found: dict[uuid.UUID, set[uuid.UUID]] = {}
    cares = cares_visible_to(viewer).filter(member__in=[one.id for one in members])
    for care in cares.select_related(None).only("member_id", "cause_id"):
        found.setdefault(care.member_id, set()).add(care.cause_id)
    return {one: frozenset(causes) for one, causes in found.items()}


def _one_of_each(ranked: Iterable[Guide]) -> tuple[Guide, ...]:
    """The best of what each of them lived."""
    first: dict[uuid.UUID, Guide] = {}
    for one in ranked:
        first.setdefault(one.card.id, one)
    return tuple(first.values())


def hosts_of(viewer: Person) -> tuple[MemberCard, ...]:
    """The hosts of the chapter that somebody may turn to: oneself is no help."""
    if viewer.chapter_id is None:
        return ()
    rows = Host.objects.filter(chapter=viewer.chapter_id).exclude(person=viewer)
    ids = list(rows.order_by("since", "id").values_list("person_id", flat=True))
    found = people.by_ids(viewer, ids)
    awake = (found[one] for one in ids if one in found and not found[one].is_paused)
    return tuple(people_cards.card(viewer, one) for one in awake)


def _guide(asking: _Asking, row: Transition, known: _Known) -> Guide:
    member = known.members[row.person_id]
    row.person = people.as_person(member)
    reasons = list(_reasons(asking, row, member, known))
    missing = tuple(_missing(asking, row, member, known))
    return Guide(
        card=people_cards.card(known.viewer, member),
        lived=transition_card(known.viewer, row),
        score=round(sum(reason.weight for reason in reasons), 4),
        reasons=tuple(sorted(reasons, key=lambda one: -one.weight)),
        missing=missing,
        near_miss=any(lack.code in _DECISIVE for lack in missing),
        may_be_asked=known.may_be_asked(row),
        was_asked=row.person_id in known.asked,
    )


# What makes a near miss; a language or a distance alone does not.
_DECISIVE = ("another_passage", "asked_often", "asked_by_you", "no_language")


def _reasons(asking: _Asking, row: Transition, member: Member, known: _Known) -> Iterable[Reason]:
    yield from _of_the_passage(asking.transition, row)
    yield from _of_what_moves(asking.transition, row)
    yield from of_place_and_language(asking.person, member, known.viewer)
    if row.glad_to_be_asked:
        yield Reason("glad", _("Is glad to be asked about it"), GLAD)
    theirs = known.causes.get(member.id, frozenset())
    if theirs and asking.causes and not theirs & asking.causes:
        text = _("Comes from another field, and looks at yours with fresh eyes")
        yield Reason("other_field", text, OTHER_FIELD)


def _of_the_passage(mine: Transition, theirs: Transition) -> Iterable[Reason]:
    label = {"what": Passage(theirs.passage).label}
    if theirs.passage == mine.passage:
        text = (
            _("Has been through the same: %(what)s")
            if theirs.is_over
            else _("Is in the same: %(what)s")
        )
        yield Reason("passage", text % label, SAME_PASSAGE + (LIVED if theirs.is_over else 0))
    elif theirs.passage in _ALIKE[Passage(mine.passage)]:
        yield Reason("alike", _("Has known something like it: %(what)s") % label, LIVED)
    ahead = _POINTS.index(theirs.point) - _POINTS.index(mine.point)
    if not theirs.is_over and ahead > 0:
        yield Reason("further", _("Is a step further on the way"), FURTHER)
    elif not theirs.is_over and ahead == 0:
        yield Reason("same_point", _("Stands at the same point"), FURTHER / 2)


def _of_what_moves(mine: Transition, theirs: Transition) -> Iterable[Reason]:
    """The first of three counts most, on both sides alike."""
    both = [code for code in mine.motives if code in theirs.motives]
    if not both:
        return
    weight = sum(_rank(mine.motives, one) * _rank(theirs.motives, one) for one in both)
    words = listed([str(Motive(code).label).lower() for code in both])
    yield Reason("motives", _("Moved by the same: %(what)s") % {"what": words}, MOTIVE * weight)


def _rank(motives: Sequence[str], code: str) -> float:
    return 1.0 / (1 + motives.index(code))


def of_place_and_language(asker: Person, member: Member, viewer: Person) -> Iterable[Reason]:
    away = _km(asker, member, viewer)
    if away is not None and away <= FAR_KM and (text := in_words_of_place(away)):
        yield Reason("place", text, NEAR * (1 - away / (2 * FAR_KM)))
    if shared := _shared_languages(asker, member, viewer):
        names = {"languages": listed([language_name(code) for code in shared])}
        yield Reason("language", _("Speaks %(languages)s") % names, LANGUAGE)


def _km(asker: Person, member: Member, viewer: Person) -> int | None:
    """How far apart two are, where both say where they are."""
    if not (asker.place and member.place and sees(viewer, member, "place")):
        return None
    here, there = asker.place, member.place
    return round(distance_km(here.latitude, here.longitude, there.latitude, there.longitude))


def _shared_languages(asker: Person, member: Member, viewer: Person) -> list[str]:
    if not sees(viewer, member, "languages"):
        return []
    return [code for code in asker.languages if code in member.languages]


def _missing(asking: _Asking, row: Transition, member: Member, known: _Known) -> Iterable[Missing]:
    if row.passage != asking.transition.passage:
        text = _("Lived something else: %(what)s") % {"what": Passage(row.passage).label}
        yield Missing("another_passage", text)
    if row.person_id in known.asked:
        yield Missing("asked_by_you", _("You asked them not long ago"))
    elif row.glad_to_be_asked and not known.left[row.person_id]:
        yield Missing("asked_often", _("Was asked often enough this month"))
    if not row.glad_to_be_asked:
        yield Missing("not_glad", _("Has not said that they may be asked directly"))
    if not row.is_over and row.passage == asking.transition.passage:
        yield Missing("amidst", _("Is in it as well"))
    said = asking.person.languages and member.languages and sees(known.viewer, member, "languages")
    if said and not _shared_languages(asking.person, member, known.viewer):
        yield Missing("no_language", _("No language in common"))
