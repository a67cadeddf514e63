"""Reading needs, offers and the vocabulary, for a viewer."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple, TypeVar

from django.db.models import (
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Prefetch,
    QuerySet,
    Value,
)
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from footbridge.core import links
from footbridge.core.errors import NotHere
from footbridge.core.prepared import prepared
from footbridge.exchange.cards import (
    CauseCard,
    NeedCard,
    OfferCard,
    SkillCard,
    cause_card,
    need_cards,
    offer_cards,
    skill_card,
)
from footbridge.exchange.dictionary import (
    Suggested,
    find_cause,
    find_skill,
    suggest_causes,
    suggest_skills,
)
from footbridge.exchange.models import Cause, Need, NeedSkill, Offer, OfferSkill, Skill
from footbridge.exchange.policy import (
    cares_visible_to,
    needs_visible_to,
    offers_visible_to,
    open_now,
)
from footbridge.exchange.sentences import text_key
from footbridge.exchange.states import Source
from footbridge.exchange.vocabulary import load_groups
from footbridge.people import policy as people_policy
from footbridge.people.models import Member, Person
from footbridge.people.policy import Viewer, hosted_by
from footbridge.people.queries import with_affiliations

__all__ = ["Suggested", "find_cause", "find_skill", "suggest_causes", "suggest_skills"]

Kept = TypeVar("Kept", Need, Offer)

NEED_LINK = "need"

LONG_AWAY = timedelta(days=365)


def get_need(viewer: Viewer, need_id: uuid.UUID | str) -> Need:
    """One need, or NotHere: missing and hidden answer alike."""
    return _one(needs_visible_to(viewer), need_id)


def get_offer(viewer: Viewer, offer_id: uuid.UUID | str) -> Offer:
    """One offer, or NotHere."""
    return _one(offers_visible_to(viewer), offer_id)


def _one(shown: QuerySet[Kept], posting_id: uuid.UUID | str) -> Kept:
    found = shown.select_related("owner").filter(id=_as_id(posting_id)).first()
    if found is None:
        raise NotHere
    return found


def _as_id(posting_id: uuid.UUID | str) -> uuid.UUID:
    try:
        return uuid.UUID(str(posting_id))
    except ValueError as error:
        raise NotHere from error


def with_details(viewer: Viewer, postings: QuerySet[Kept]) -> QuerySet[Kept]:
    """Have owners, skills and causes at hand in a fixed number of queries, for cards."""
    lines = (NeedSkill if postings.model is Need else OfferSkill)._default_manager
    owners = with_affiliations(people_policy.visible_to(viewer))
    return postings.prefetch_related(
        Prefetch("owner", owners),
        Prefetch("lines", lines.select_related("skill").order_by("id")),
        "causes",
    )


def open_needs(viewer: Viewer) -> QuerySet[Need]:
    """What the people and organisations whom the viewer may see look for now, newest first."""
    return needs_visible_to(viewer).filter(open_now())


def open_offers(viewer: Viewer) -> QuerySet[Offer]:
    """What they offer now, newest first."""
    return offers_visible_to(viewer).filter(open_now())


def looks_for_something(viewer: Viewer, member: Member) -> bool:
    """Whether a member looks for anything now."""
    return open_needs(viewer).filter(owner=member.id).exists()


class Brief(NamedTuple):
    """A need or an offer in its owner's words, and no more."""

    text: str
    urgent: bool = False


def needs_in_brief(viewer: Viewer, member: Member) -> list[Brief]:
    """What a member looks for now, the urgent first."""
    needs = open_needs(viewer).filter(owner=member.id).order_by("-urgent", "-opened_at", "id")
    return [Brief(*row) for row in needs.values_list("text", "urgent")]


def offers_in_brief(viewer: Viewer, member: Member) -> list[Brief]:
    """What a member offers now, newest first."""
    offers = open_offers(viewer).filter(owner=member.id)
    return [Brief(text) for text in offers.values_list("text", flat=True)]


def needs_of(viewer: Viewer, member: Member) -> list[NeedCard]:
    """What a member looks for now, the urgent first."""
    needs = open_needs(viewer).filter(owner=member.id).order_by("-urgent", "-opened_at", "id")
    return need_cards(viewer, with_details(viewer, needs))


def offers_of(viewer: Viewer, member: Member) -> list[OfferCard]:
    """What a member offers now, newest first."""
    offers = open_offers(viewer).filter(owner=member.id)
    return offer_cards(viewer, with_details(viewer, offers))


def past_needs_of(viewer: Viewer, member: Member) -> list[NeedCard]:
    """What a member looked for once: shown to the member's own side only."""
    needs = needs_visible_to(viewer).filter(owner=member.id).exclude(open_now())
    return need_cards(viewer, with_details(viewer, needs))


def past_offers_of(viewer: Viewer, member: Member) -> list[OfferCard]:
    """What a member offered once: shown to the member's own side only."""
    offers = offers_visible_to(viewer).filter(owner=member.id).exclude(open_now())
    return offer_cards(viewer, with_details(viewer, offers))


def needs_of_many(viewer: Viewer, members: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[NeedCard]]:
    """What each of these members looks for now, in as many queries as for one."""
    needs = open_needs(viewer).filter(owner__in=list(members)).order_by("-urgent", "-opened_at")
    return _by_owner(need_cards(viewer, with_details(viewer, needs)))


def offers_of_many(
    viewer: Viewer, members: Iterable[uuid.UUID]
) -> dict[uuid.UUID, list[OfferCard]]:
    """What each of these members offers now, in as many queries as for one."""
    offers = open_offers(viewer).filter(owner__in=list(members))
    return _by_owner(offer_cards(viewer, with_details(viewer, offers)))


Card = TypeVar("Card", NeedCard, OfferCard)


def _by_owner(cards: Iterable[Card]) -> dict[uuid.UUID, list[Card]]:
    sorted_by: dict[uuid.UUID, list[Card]] = {}
    for card in cards:
        sorted_by.setdefault(card.owner.id, []).append(card)
    return sorted_by


def causes_of(viewer: Viewer, member: Member) -> list[CauseCard]:
    """The causes that a member works for, the goals first."""
    cares = cares_visible_to(viewer).filter(member=member.id)
    causes = [care.cause for care in cares]
    return [cause_card(each) for each in sorted(causes, key=lambda c: (c.number or 99, c.key))]


def returners(viewer: Viewer) -> QuerySet[Need]:
    """For a host: urgent needs of members who come back after more than a year of silence.

    They are welcomed by name, not taken through joining again.
    """
    moment = Coalesce("reopened_at", "opened_at")
    year_before = ExpressionWrapper(moment - Value(LONG_AWAY), output_field=DateTimeField())
    needs = needs_visible_to(viewer).filter(open_now(), urgent=True)
    known_since = Coalesce("owner__joined_at", "owner__created_at")
    candidates = needs.filter(owner__chapter__in=hosted_by(viewer)).annotate(
        moment=moment, year_before=year_before, known_since=known_since
    )
    return candidates.filter(
        ~Exists(_said_in_between(Need)),
        ~Exists(_said_in_between(Offer)),
        known_since__lt=F("year_before"),
    ).order_by("moment", "id")


def returner_cards(viewer: Viewer) -> list[NeedCard]:
    """The same, to be shown in the host's queue."""
    return need_cards(viewer, with_details(viewer, returners(viewer)))


def _said_in_between(kind: type[Kept]) -> QuerySet[Kept]:
    return kind._default_manager.filter(
        owner=OuterRef("owner"),
        opened_at__gte=OuterRef("year_before"),
        opened_at__lt=OuterRef("moment"),
    )


class SkillGroup(NamedTuple):
    """Skills that belong together, under one heading."""

    key: str
    label: str
    skills: list[SkillCard]


def skill_groups() -> list[SkillGroup]:
    """The shipped skills and those added here, group by group, to choose from."""
    language = (get_language() or "en").split("-")[0]
    skills = [skill_card(skill) for skill in Skill.objects.exclude(source=Source.ESCO)]
    groups = [
        SkillGroup(key, labels.get(language, labels["en"]), [])
        for key, labels in load_groups().items()
    ]
    by_key = {group.key: group for group in groups}
    own = SkillGroup("", str(Source.OWN.label), [])
    for skill in sorted(skills, key=lambda card: card.label.casefold()):
        by_key.get(skill.group, own).skills.append(skill)
    return [group for group in (*groups, own) if group.skills]


# What people seldom think of giving: not money, and not only time.
GIVABLE = (
    "meeting-room", "tools-equipment", "datasets", "network-contacts", "endorsement",
    "procurement-routes", "community-access", "grant-writing", "regulatory-guidance", "advocacy",
    "mission-values",
)  # fmt: skip


def givable() -> list[SkillCard]:
    """Kinds of things that can be given, each said in a tap."""
    known = {skill.key: skill_card(skill) for skill in Skill.objects.filter(key__in=GIVABLE)}
    return [known[key] for key in GIVABLE if key in known]


def causes() -> list[CauseCard]:
    """All causes to choose from: the goals by number, then those added here."""
    return [cause_card(each) for each in sorted(_causes(), key=lambda c: (c.number or 99, c.key))]


@prepared
def _causes() -> QuerySet[Cause]:
    return Cause.objects.all()


def skills_by_ids(skill_ids: Iterable[uuid.UUID | str]) -> list[Skill]:
    """The skills that these ids stand for; ids that stand for none are left out."""
    return list(Skill.objects.filter(id__in=_known_ids(skill_ids)))


def causes_by_ids(cause_ids: Iterable[uuid.UUID | str]) -> list[Cause]:
    """The causes that these ids stand for; ids that stand for none are left out."""
    return list(Cause.objects.filter(id__in=_known_ids(cause_ids)))


def _known_ids(given: Iterable[uuid.UUID | str]) -> list[uuid.UUID]:
    found = []
    for each in given:
        try:
            found.append(uuid.UUID(str(each)))
        except ValueError:
            continue
    return found


def has_said(owner: uuid.UUID, kind: str, text: str) -> bool:
    """Whether a member ever said this sentence as a need or as an offer, open or closed."""
    said = {"owner": owner, "text_key": text_key(text)}
    if kind == "need":
        return Need.objects.filter(**said).exists()
    return Offer.objects.filter(**said).exists()


def need_of_link(token: str) -> tuple[Person, Need]:
    """Whom a link was made for that asks whether a need still stands, and the need."""
    link = links.read(token, NEED_LINK)
    person = Person.objects.filter(id=link.person).first() if link.person else None
    if person is None:
        raise NotHere
    return person, get_need(person, link.thing)
