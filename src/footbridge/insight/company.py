"""Somebody to talk to: for a need that asks for no skill, one person by name, and one way to them.

A need that no word of the vocabulary answers is answered by people, not by an empty list: who
offers an open ear, who lived the same, who is near, who speaks one's language. Where none of it
helps within a week, the hosts of the chapter see it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.exchange import queries as exchange
from footbridge.exchange.cards import NeedCard, need_cards
from footbridge.exchange.models import Need, NeedSkill
from footbridge.exchange.policy import offers_visible_to, open_now
from footbridge.hours.models import Booking
from footbridge.hours.states import State as Booked
from footbridge.insight.apart import set_aside
from footbridge.insight.cards import Reason
from footbridge.insight.guides import guides_for, hosts_of, of_place_and_language
from footbridge.insight.queries import chains
from footbridge.introductions.models import Introduction
from footbridge.people import cards as people_cards
from footbridge.people import queries as people
from footbridge.people.cards import MemberCard
from footbridge.people.models import Chapter, Member, Person
from footbridge.people.policy import Viewer, hosted_by, visible_to
from footbridge.people.states import Kind, Standing
from footbridge.transitions.models import GuideAsk
from footbridge.transitions.queries import present
from footbridge.transitions.states import State as Asked

# The skill that is none: an open ear.
CONVERSATION = "conversation"
A_HOST_SEES_IT_AFTER = timedelta(days=7)
MOST_NEIGHBOURS = 200
LISTENS = 3.0


@dataclass(frozen=True)
class Company:
    """Somebody to talk to, why they, and the one way to them: asked directly as a guide (`lived`),
    through somebody who can bring the two together (`through`), or by looking for a way."""

    card: MemberCard
    reasons: tuple[Reason, ...]
    lived: uuid.UUID | None = None
    transition: uuid.UUID | None = None
    through: MemberCard | None = None


def asks_for_company(need: Need) -> bool:
    """Whether a need asks for no skill, or for an open ear and, as far as its owner confirmed,
    for nothing else."""
    return Need.objects.filter(_asks_for_company(), id=need.id).exists()


def _asks_for_company() -> Q:
    lines = NeedSkill.objects.filter(need=OuterRef("pk"))
    confirmed = lines.filter(guessed=False).exclude(skill__key=CONVERSATION)
    ear = lines.filter(skill__key=CONVERSATION)
    return Q(~Exists(confirmed)) & Q(Q(~Exists(lines)) | Q(Exists(ear)))


def company_for(viewer: Person, need: Need) -> Company | None:
    """One person by name for such a need: None only where there is nobody at all."""
    if (guide := _guide(viewer)) is not None:
        return guide
    away = set_aside([viewer.id])[viewer.id]
    near = _neighbours(viewer, away)
    listening = _who_listen(viewer, away)
    found = people.by_ids(viewer, {*near, *listening})
    weighed = [
        (member, tuple(_reasons(viewer, member, member.id in listening)))
        for member in found.values()
    ]
    spoken_for = [one for one in weighed if one[1]] or weighed
    if not spoken_for:
        return _host(viewer)
    member, reasons = min(spoken_for, key=_last_of_all)
    company = Company(people_cards.card(viewer, member), reasons)
    return replace(company, through=_between(viewer, member))


def _last_of_all(one: tuple[Member, tuple[Reason, ...]]) -> tuple[float, str, str]:
    member, reasons = one
    return -sum(reason.weight for reason in reasons), member.folded, str(member.id)


def _guide(viewer: Person) -> Company | None:
    """Who lived what the viewer is in, and is glad to be asked."""
    mine = present(viewer)
    if mine is None or mine.is_over:
        return None
    best = guides_for(viewer, mine).best
    if best is None or not best.may_be_asked:
        return None
    return Company(best.card, best.reasons[:3], lived=best.lived.id, transition=mine.id)


def _open_to(viewer: Person) -> QuerySet[Member]:
    """People who can be suggested at this moment."""
    at_home = Q(beyond_chapter=True) | Q(chapter=viewer.chapter_id)
    awake = Q(paused_until=None) | Q(paused_until__lt=clock.today())
    rows = visible_to(viewer).filter(kind=Kind.PERSON, standing=Standing.JOINED)
    return rows.filter(at_home & awake).exclude(id=viewer.id)


def _neighbours(viewer: Person, away: set[uuid.UUID]) -> set[uuid.UUID]:
    """People of the same chapter, or where there are none of any."""
    rows = _open_to(viewer).exclude(id__in=away).order_by("folded", "id")
    same = list(
        rows.filter(chapter=viewer.chapter_id).values_list("id", flat=True)[:MOST_NEIGHBOURS]
    )
    return set(same or rows.values_list("id", flat=True)[:MOST_NEIGHBOURS])


def _who_listen(viewer: Person, away: set[uuid.UUID]) -> set[uuid.UUID]:
    offers = offers_visible_to(viewer).filter(open_now(), lines__skill__key=CONVERSATION)
    rows = _open_to(viewer).exclude(id__in=away)
    return set(rows.filter(id__in=offers.values("owner")).values_list("id", flat=True))


def _reasons(viewer: Person, member: Member, listens: bool) -> Iterable[Reason]:
    if listens:
        yield Reason("listens", _("Offers an open ear"), LISTENS)
    yield from of_place_and_language(viewer, member, viewer)


def _host(viewer: Person) -> Company | None:
    hosts = hosts_of(viewer)
    if not hosts:
        return None
    return Company(hosts[0], (Reason("hosts", _("Looks after your chapter"), 0.1),))


def _between(viewer: Person, member: Member) -> MemberCard | None:
    """Who can bring the two together: whom both know, else a host of the chapter."""
    for chain in chains(viewer, viewer, member, top=1):
        if chain.connector is not None and chain.connector.is_person and len(chain.stones) == 3:
            return chain.connector
        if chain.connector is None:
            return None
    return next((host for host in hosts_of(viewer) if host.id != member.id), None)


# What a host sees after a week.


def still_without_company(host: Viewer, chapter: Chapter) -> list[NeedCard]:
    """Needs of a chapter that ask for company and found none within a week, the oldest first."""
    if not hosted_by(host).filter(id=chapter.id).exists():
        return []
    rows = _old_and_unanswered().filter(owner__chapter=chapter).order_by("opened_at", "id")
    return need_cards(host, exchange.with_details(host, rows[:20]))


def _old_and_unanswered() -> QuerySet[Need]:
    old = clock.now() - A_HOST_SEES_IT_AFTER
    in_time = Q(reopened_at=None, opened_at__lte=old) | Q(reopened_at__lte=old)
    met = Introduction.objects.filter(need=OuterRef("pk"), introduced_at__isnull=False)
    booked = Booking.objects.filter(need=OuterRef("pk"), state=Booked.AGREED)
    guided = GuideAsk.objects.filter(
        asker=OuterRef("owner"), state=Asked.AGREED, asked_at__gte=OuterRef("opened_at")
    )
    rows = Need.objects.filter(open_now(), in_time, _asks_for_company())
    return rows.filter(~Exists(met), ~Exists(booked), ~Exists(guided))
