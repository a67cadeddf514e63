"""Reading answers: one's own, those that somebody decides on, and the entries that are shown."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Prefetch, QuerySet

from footbridge.calls import policy
from footbridge.calls.cards import AnswerCard, EntryCard, answer_card, entry_cards
from footbridge.calls.models import Answer, AnswerFile, Call
from footbridge.calls.states import RECEIVED, STANDING, UNCLOSED, AnswerState
from footbridge.core import clock
from footbridge.core.errors import NotHere
from footbridge.people.cards import Page
from footbridge.people.models import Member, Person
from footbridge.people.policy import Anyone, Viewer
from footbridge.people.policy import visible_to as members_visible_to
from footbridge.people.queries import as_id, with_affiliations

PAGE = 50
MOST_ENTRIES = 200
# What the list of answers can be narrowed to, besides the states themselves.
WAITING, LATE = "waiting", "late"


def with_author(viewer: Anyone, answers: QuerySet[Answer]) -> QuerySet[Answer]:
    """Have authors and files at hand in a fixed number of queries, for cards; what is in a file
    is not read."""
    authors = with_affiliations(members_visible_to(viewer))
    files = AnswerFile.objects.defer("content")
    rows = answers.select_related("call", "by")
    return rows.prefetch_related(Prefetch("member", authors), Prefetch("files", files))


def get_answer(viewer: Viewer, answer_id: uuid.UUID | str) -> Answer:
    """One answer, or NotHere: for who gave it and for who decides on it."""
    wanted = as_id(str(answer_id))
    rows = policy.answers_visible_to(viewer).select_related("call__owner", "member", "by")
    found = rows.filter(id=wanted).first() if wanted else None
    if found is None or not _is_for(viewer, found):
        raise NotHere
    return found


def _is_for(viewer: Viewer, answer: Answer) -> bool:
    if policy.is_own(viewer, answer):
        return True
    return answer.state in RECEIVED and policy.may_steward(viewer, answer.call)


def card_of(viewer: Anyone, answer: Answer) -> AnswerCard:
    """The card of one answer that is at hand; what is in its files is not read."""
    return answer_card(viewer, with_author(viewer, Answer.objects.filter(id=answer.id)).get())


# One's own.


def own_answer(viewer: Person, call: Call, member: Member) -> AnswerCard | None:
    """What a member, for whom the viewer answers, has written to a call; None where nothing
    stands."""
    rows = policy.own_answers(viewer).filter(call=call, member=member.id, state__in=STANDING)
    found = with_author(viewer, rows).first()
    return answer_card(viewer, found) if found else None


def own_answers_to(viewer: Person, call: Call) -> list[Answer]:
    """What somebody sent to one call, in each name that they have."""
    rows = policy.own_answers(viewer).filter(call=call, state__in=RECEIVED, member__isnull=False)
    return list(rows.select_related("call", "member__place", "member__chapter").order_by("id"))


@dataclass(frozen=True)
class OwnAnswer:
    """One of one's own answers in a list: to which call, and where it stands."""

    slug: str
    title: str
    card: AnswerCard


def own_answers(viewer: Person, most: int = 50) -> list[OwnAnswer]:
    """What somebody answered, and their organisations; the latest first."""
    rows = policy.own_answers(viewer).filter(state__in=STANDING).order_by("-begun_at", "id")
    found = with_author(viewer, rows)[:most]
    return [OwnAnswer(one.call.slug, one.call.title, answer_card(viewer, one)) for one in found]


# For whoever decides.


def list_for(
    viewer: Viewer, call: Call, *, state: str = "", page: int = 1, size: int = PAGE
) -> Page[AnswerCard]:
    """The answers to a call for who looks after it, the first sent first; a page at a time."""
    if not policy.may_steward(viewer, call):
        raise NotHere
    rows = _narrowed(Answer.objects.filter(call=call, state__in=RECEIVED), state)
    total = rows.count()
    number = min(max(1, page), max(1, -(-total // size)))
    start = (number - 1) * size
    shown = with_author(viewer, rows.order_by("sent_at", "id"))[start : start + size]
    return Page([answer_card(viewer, one) for one in shown], total, number, size)


def _narrowed(rows: QuerySet[Answer], state: str) -> QuerySet[Answer]:
    if state == WAITING:
        return rows.filter(state__in=UNCLOSED)
    if state == LATE:
        return rows.filter(state__in=UNCLOSED, due_at__lte=clock.now())
    return rows.filter(state=state) if state in AnswerState.values else rows


def counts(viewer: Viewer, call: Call) -> dict[str, int]:
    """How many answers stand where, for who looks after the call; in one query."""
    if not policy.may_steward(viewer, call):
        raise NotHere
    rows = Answer.objects.filter(call=call, state__in=RECEIVED).order_by()
    found = {row["state"]: row["many"] for row in rows.values("state").annotate(many=Count("id"))}
    counted = {str(state): found.get(state, 0) for state in RECEIVED}
    return {
        **counted,
        WAITING: sum(counted[state] for state in UNCLOSED),
        "all": sum(found.values()),
    }


def how_many_wait(viewer: Viewer, calls: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
    """How many answers wait for a word in each of these calls, as far as the viewer looks after
    them; in one query."""
    ours = policy.stewarded_by(viewer).filter(id__in=list(calls)).values("id")
    rows = Answer.objects.filter(call__in=ours, state__in=UNCLOSED).order_by()
    return dict(rows.values_list("call").annotate(many=Count("id")))


# For all who see the call.


def entries(viewer: Anyone, call: Call) -> tuple[EntryCard, ...]:
    """The answers that their authors show, where the call shows any; who wrote it is visible to
    the viewer, or the entry is not."""
    if not call.entries_shown:
        return ()
    rows = policy.entries_shown_to(viewer).filter(call=call)
    ordered = with_author(viewer, rows.order_by(F("sent_at").asc(), "id"))
    return entry_cards(viewer, ordered[:MOST_ENTRIES])
