"""What partnerships hold about one person: to hand over, and to erase. Roles stay, without them."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from footbridge.mail.actions import forget_about
from footbridge.partnerships.actions.parties import take_out
from footbridge.partnerships.actions.people import finish
from footbridge.partnerships.models import (
    Commitment,
    Cost,
    Deepening,
    DeepeningYes,
    Depth,
    ExitDone,
    Link,
    LogEntry,
    Message,
    Partnership,
    Party,
    Representative,
)
from footbridge.partnerships.states import Ended, PartyState
from footbridge.people.models import Person

Rows = list[dict[str, Any]]


def export(person: Person) -> dict[str, Any]:
    """The partnerships that they began or stand for; what they promised, wrote and spent there."""
    theirs = Q(by=person.id)
    return {
        "mine": _mine(person),
        "parties": _parties(person),
        "represents": _represents(person),
        "depths": _depths(person),
        "deepenings": _deepenings(person),
        "commitments": _commitments(person),
        "log": _rows(LogEntry.objects.filter(theirs), "kind", "text", "why", "on", "written_at"),
        "links": _rows(Link.objects.filter(theirs), "title", "url", "added_at"),
        "messages": _rows(Message.objects.filter(theirs), "text", "said_at"),
        "costs": _rows(
            Cost.objects.filter(theirs),
            *("kind", "minutes", "amount", "currency", "on", "words", "told_at"),
        ),
        "exit": _rows(ExitDone.objects.filter(theirs), "key", "done_at", party=False),
    }


def _mine(person: Person) -> Rows:
    names = ("title", "purpose", "what", "community_gain", "kind", "is_formal", "state")
    more = ("starter", "begins_on", "ends_on", "review_on", "currency", "created_at")
    days = ("active_since", "closing_since", "closed_at", "closing_words")
    rows = _theirs(person).select_related("chapter", "introduction__seeker", "introduction__target")
    return [
        {
            "id": str(one.id),
            "chapter": one.chapter.name if one.chapter else "",
            "introduction": str(one.introduction_id or ""),
            **{name: _plain(getattr(one, name)) for name in (*names, *more, *days)},
        }
        for one in rows.order_by("created_at", "id")
    ]


def _theirs(person: Person) -> QuerySet[Partnership]:
    stands = Representative.objects.filter(party__partnership=OuterRef("pk"), person=person.id)
    return Partnership.objects.filter(Q(made_by=person.id) | Exists(stands))


def _parties(person: Person) -> Rows:
    """The sides that they are, were asked for, or proposed."""
    rows = Party.objects.filter(
        Q(member=person.id) | Q(asked=person.id) | Q(asked_by=person.id)
    ).select_related("partnership", "member", "circle", "asked_by")
    names = ("role", "sector", "counts_as", "shares_profits", "size", "size_scheme", "group")
    more = ("gain", "state", "asked_at", "expires_at", "answered_at", "left_at")
    return [
        {
            "id": str(row.id),
            "partnership": row.partnership.title,
            "party": row.called,
            "asked_by": row.asked_by.name if row.asked_by else "",
            **{name: _plain(getattr(row, name)) for name in (*names, *more)},
        }
        for row in rows.order_by("partnership_id", "position", "id")
    ]


def _represents(person: Person) -> Rows:
    rows = Representative.objects.filter(person=person.id).select_related(
        "party__partnership", "party__member", "party__circle"
    )
    return [
        {
            "id": str(row.id),
            "partnership": row.party.partnership.title,
            "party": row.party.called,
            "role": row.role,
            "since": _plain(row.since),
            "named_at": _plain(row.named_at),
            "until": _plain(row.until),
            "ended_because": row.ended_because,
        }
        for row in rows
    ]


def _depths(person: Person) -> Rows:
    rows = Depth.objects.filter(by=person.id).select_related("party__member", "party__circle")
    return [
        {"party": row.party.called, "marks": row.marks, "said_at": _plain(row.said_at)}
        for row in rows
    ]


def _deepenings(person: Person) -> Rows:
    rows = DeepeningYes.objects.filter(by=person.id).select_related(
        "deepening__partnership", "party__member", "party__circle"
    )
    return [{"id": str(row.id), **_deepening(row.deepening), **_yes(row)} for row in rows]


def _deepening(row: Deepening) -> dict[str, Any]:
    names = ("to_kind", "why", "state", "proposed_at", "ended_at")
    said = {name: _plain(getattr(row, name)) for name in names}
    return {"partnership": row.partnership.title, **said}


def _yes(row: DeepeningYes) -> dict[str, Any]:
    return {"party": row.party.called, "said_at": _plain(row.said_at)}


def _commitments(person: Person) -> Rows:
    rows = Commitment.objects.filter(Q(person=person.id) | Q(made_by=person.id)).select_related(
        "partnership", "party__member", "party__circle", "person", "made_by"
    )
    names = ("text", "due_on", "made_at", "done_at", "dropped_at")
    return [
        {
            "partnership": row.partnership.title,
            "party": row.party.called,
            "person": row.person.name if row.person else "",
            "made_by": row.made_by.name if row.made_by else "",
            **{name: _plain(getattr(row, name)) for name in names},
        }
        for row in rows
    ]


def _rows(rows: QuerySet[Any], *names: str, party: bool = True) -> Rows:
    """What they wrote in some table: the partnership, the side, and these columns."""
    related = ("partnership", "party__member", "party__circle") if party else ("partnership",)
    return [
        {
            "partnership": row.partnership.title,
            **({"party": row.party.called if row.party else ""} if party else {}),
            **{name: _plain(getattr(row, name)) for name in names},
        }
        for row in rows.select_related(*related)
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal | uuid.UUID) else value


def hold(person: Person) -> None:
    """Take the partnerships that they are in: nobody answers or writes there while they go."""
    touched = Party.objects.filter(
        Q(member=person.id) | Q(asked=person.id), partnership=OuterRef("pk")
    )
    stands = Representative.objects.filter(party__partnership=OuterRef("pk"), person=person.id)
    rows = Partnership.objects.filter(Q(made_by=person.id) | Exists(touched) | Exists(stands))
    list(rows.select_for_update(of=("self",)).order_by("id").values_list("id", flat=True))


def erase(person: Person) -> None:
    """They stand for nobody any more: that somebody did, as what and from when until when, stays
    without them. Their messages go; what was promised, decided and spent for an organisation is
    the partnership's, and stays without a name. A side that they were themselves leaves, and takes
    its own words along."""
    forget_about(_told(person))
    Message.objects.filter(by=person.id).delete()
    _take_own_words(person)
    for party in _as(person, Party.objects.filter(member=person.id, state=PartyState.IN)):
        _without_words(party)
        take_out(party, None)
    Party.objects.filter(member=person.id).exclude(state=PartyState.LEFT).delete()
    Party.objects.filter(member=person.id).update(gain="", group="")
    for row in _current(person):
        finish(row, Ended.GONE, None)
    asked = Party.objects.filter(asked=person.id, state=PartyState.PROPOSED)
    asked.update(asked=None, asked_at=None, expires_at=None)


def _take_own_words(person: Person) -> None:
    """What they promised, wrote and spent for themselves alone, and why they wanted more depth."""
    own = list(Party.objects.filter(member=person.id).values_list("id", flat=True))
    for model in (Commitment, LogEntry, Link, Cost, Depth):
        model.objects.filter(party__in=own).delete()
    for deepening in Deepening.objects.filter(yeses__party__in=own).distinct():
        first = deepening.yeses.first()
        if first is not None and first.party_id in own:
            Deepening.objects.filter(id=deepening.id).update(why="")


def _told(person: Person) -> list[uuid.UUID]:
    """Everything of which letters to others speak by this person's name."""
    rows = Representative.objects.filter(person=person.id)
    parties = Party.objects.filter(Q(member=person.id) | Q(asked=person.id) | Q(asked_by=person.id))
    messages = Message.objects.filter(by=person.id)
    return [
        person.id,
        *rows.values_list("id", flat=True),
        *parties.values_list("id", flat=True),
        *messages.values_list("id", flat=True),
    ]


def _as(person: Person, rows: QuerySet[Party]) -> list[Party]:
    return list(rows.select_related("partnership__chapter", "member", "circle").order_by("id"))


def _without_words(party: Party) -> None:
    """The others are told without a name."""
    party.member, party.gain, party.group = None, "", ""


def _current(person: Person) -> list[Representative]:
    rows = Representative.objects.filter(person=person.id, until=None)
    related = rows.select_related(
        "person", "party__partnership__chapter", "party__member", "party__circle"
    )
    return list(related.order_by("id"))
