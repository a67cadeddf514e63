"""One change at a time: noticed, tried in a series, judged after three sessions, written down."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from footbridge.core import clock, typed
from footbridge.core.errors import Conflict, DomainError, NotHere
from footbridge.core.versions import Version, expect
from footbridge.journal import actions as journal
from footbridge.meetings import afterwards, counting, letters
from footbridge.meetings.actions.series import held_series
from footbridge.meetings.models import Improvement, Seat, Series, Session
from footbridge.meetings.states import Verdict
from footbridge.people.models import Person
from footbridge.people.policy import Viewer, id_of


@transaction.atomic
def try_change(
    *,
    actor: Viewer,
    series: Series,
    observation: str,
    change: str,
    measure: str,
    begins_on: date,
    problem: str = "",
    expected: str = "",
    baseline: str = "",
    review_on: date | None = None,
    seen_in: Iterable[Session] = (),
    because_of: Person | None = None,
) -> Improvement:
    """Try one change in the sessions of a series that come from a day on. There is one at a time,
    or nobody could say which of them helped. Whose word led to it is asked whether they want to be
    named."""
    row = held_series(actor, series)
    _require_none_open(row)
    said = {
        "observation": observation,
        "problem": problem,
        "change": change,
        "expected": expected,
        "measure": measure,
        "baseline": baseline,
    }
    words = {name: typed.words(Improvement, name, text) for name, text in said.items()}
    sessions = [_said_in(row, session) for session in seen_in]
    seat = _latest_seat(row, because_of) if because_of else None
    improvement = Improvement.objects.create(
        series=row,
        begins_on=_day(begins_on, "begins_on"),
        review_on=_review(begins_on, review_on),
        because_of=because_of,
        may_be_named=_is_oneself(actor, because_of),
        made_by=actor if isinstance(actor, Person) else None,
        **words,
    )
    improvement.seen_in.set(sessions)
    if seat is not None and not improvement.may_be_named:
        letters.ask_to_be_named(seat, improvement)
    _tell("change_tried", improvement, actor)
    return improvement


def _require_none_open(series: Series) -> None:
    if series.improvements.filter(verdict=Verdict.OPEN).exists():
        raise Conflict(_("A change is being tried already. Decide on that one first."))


def _said_in(series: Series, session: Session) -> Session:
    if session.series_id != series.id:
        raise DomainError(_("Choose sessions of this series."), field="seen_in")
    return session


def _day(said: date | None, field: str) -> date:
    """A day not more than a year away in either direction: a change may have begun already."""
    if said is None or abs((said - clock.today()).days) > 366:
        raise DomainError(_("Choose a day within a year of today."), field=field)
    return said


def _review(begins_on: date, said: date | None) -> date | None:
    if said is not None and said < begins_on:
        raise DomainError(_("Look at it after it has begun."), field="review_on")
    return said and _day(said, "review_on")


def _is_oneself(actor: Viewer, because_of: Person | None) -> bool:
    return because_of is not None and id_of(actor) == because_of.id


def _latest_seat(series: Series, person: Person) -> Seat:
    """Where to ask them: only somebody who was there can have led to a change."""
    rows = Seat.objects.filter(session__series=series, person=person, came_at__isnull=False)
    related = rows.select_related("person__chapter", "session__chapter")
    seat = related.order_by("-session__starts_at", "id").first()
    if seat is None:
        raise DomainError(_("Choose somebody who came to this series."), field="because_of")
    return seat


@transaction.atomic
def decide(
    *,
    actor: Viewer,
    improvement: Improvement,
    verdict: Verdict,
    result: str,
    seen: Version | None = None,
) -> Improvement:
    """Say what becomes of a change, once three sessions were held with it."""
    row = _held(actor, improvement)
    expect(seen, row.version, lambda: {"verdict": row.verdict, "result": row.result})
    if row.verdict != Verdict.OPEN:
        raise Conflict(_("This was decided already."))
    if verdict == Verdict.OPEN:
        raise DomainError(_("Keep it, change it or drop it."), field="verdict")
    _require_enough(counting.sessions_missing(row))
    row.result = typed.words(Improvement, "result", result)
    row.verdict, row.decided_at = verdict, clock.now()
    row.version += 1
    row.save()
    _tell("change_decided", row, actor, verdict=verdict.value)
    return row


def _require_enough(missing: int) -> None:
    if missing:
        words = ngettext(
            "%(count)d more session has to be held with it before you decide.",
            "%(count)d more sessions have to be held with it before you decide.",
            missing,
        )
        raise Conflict(words % {"count": missing})


@transaction.atomic
def withdraw_change(*, actor: Viewer, improvement: Improvement) -> None:
    """Take back a change with which no session was held yet."""
    row = _held(actor, improvement)
    if row.verdict != Verdict.OPEN:
        raise Conflict(_("This was decided already."))
    if counting.sessions_missing(row) < afterwards.SESSIONS_BEFORE_VERDICT:
        raise Conflict(_("A session was held with it. Decide on it when there were three."))
    _tell("change_withdrawn", row, actor)
    row.delete()


def _held(actor: Viewer, improvement: Improvement) -> Improvement:
    held_series(actor, improvement.series)
    row = Improvement.objects.select_related("series").filter(id=improvement.id).first()
    if row is None:
        raise NotHere
    return row


@transaction.atomic
def be_named(*, actor: Person, improvement: Improvement, agreed: bool) -> Improvement:
    """Say whether one's name may stand beside a change that one's word led to; at any time."""
    rows = Improvement.objects.select_for_update(of=("self",))
    row = rows.filter(id=improvement.id, because_of=actor.id).first()
    if row is None:
        raise NotHere
    if row.may_be_named != agreed:
        row.may_be_named = agreed
        row.save(update_fields=["may_be_named"])
        _tell("credit_agreed" if agreed else "credit_refused", row, actor)
    return row


def _tell(what: str, improvement: Improvement, actor: Viewer, **facts: Any) -> None:
    facts = {"series": str(improvement.series_id), **facts}
    journal.record(f"meetings.{what}", improvement.id, actor=id_of(actor), facts=facts)
