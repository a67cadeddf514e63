"""Calls as everyone on the web may know them; the same for all, whoever is signed in."""

from __future__ import annotations

import uuid

from django.db.models import F, QuerySet

from footbridge.calls import eligibility, policy
from footbridge.calls.cards import CallCard
from footbridge.calls.eligibility import Applicant, Verdict
from footbridge.calls.models import Answer, Call
from footbridge.calls.queries import reading
from footbridge.calls.states import SHOWN, Audience
from footbridge.core.errors import NotHere
from footbridge.core.words import stems
from footbridge.people.cards import Page
from footbridge.people.models import Chapter
from footbridge.people.policy import VISITOR

PAGE = 20
MOST_IN_A_FEED = 50


def get(slug: str) -> Call:
    """The call behind an address; NotHere where there is none for everyone."""
    return reading.get(VISITOR, slug)


def has_page(call: Call) -> bool:
    """Whether a call at hand has a page for everyone."""
    return call.audience == Audience.EVERYONE and call.state in SHOWN


def card(call: Call) -> CallCard:
    """What its page says of a call, with the record of its owner."""
    return reading.card(VISITOR, call)


def asked_of_strangers(call: Call) -> tuple[str, ...]:
    """What the rules of a call ask that whoever is no member can say in a word."""
    return tuple(one.value for one in eligibility.asked_outside(call.rules.all()))


def check(call: Call, known: Applicant) -> tuple[Verdict, ...]:
    """How somebody stands to each rule of a call, by what they say of themselves."""
    return eligibility.check(call, list(call.rules.all()), known)


def open_calls(chapter: Chapter | None = None, *, page: int = 1) -> Page[CallCard]:
    """The calls that take answers now, those that end soonest first; of one chapter, or of all."""
    rows = _open(chapter).order_by(F("deadline").asc(nulls_last=True), "-opened_at", "id")
    first = (page - 1) * PAGE
    ids = rows.values_list("id", flat=True)[first : first + PAGE]
    return Page(reading.cards(VISITOR, ids), total=rows.count(), number=page, size=PAGE)


def for_feed(chapter: Chapter | None = None) -> list[CallCard]:
    """The newest of them, for programs that look again and again."""
    rows = _open(chapter).order_by("-opened_at", "id")
    return reading.cards(VISITOR, rows.values_list("id", flat=True)[:MOST_IN_A_FEED])


def _open(chapter: Chapter | None) -> QuerySet[Call]:
    rows = policy.open_to(VISITOR)
    return rows.filter(chapter=chapter) if chapter else rows


def chapter_of(text: str) -> Chapter | None:
    """The chapter whose calls are asked for; None where none is named, NotHere for what is none."""
    if not text:
        return None
    try:
        wanted = uuid.UUID(text)
    except ValueError as error:
        raise NotHere from error
    found = Chapter.objects.filter(id=wanted).first()
    if found is None:
        raise NotHere
    return found


def others_for(answer: Answer, most: int = 3) -> list[CallCard]:
    """Other open calls for somebody from outside: those that speak of the same first, then those
    of the same kind; where none does, the newest, so that nobody leaves with nothing."""
    theirs = set(stems(f"{answer.text} {answer.call.title}", answer.language or None))
    found = [one for one in for_feed() if one.id != answer.call_id]

    def distance(one: CallCard) -> tuple[int, bool]:
        said = set(stems(f"{one.title} {one.outcome} {one.good_answer}", answer.language or None))
        return -len(said & theirs), one.kind != answer.call.kind

    return sorted(found, key=distance)[:most]
