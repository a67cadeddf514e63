"""What follows an introduction: did you meet, what came of it, thank you."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.core.errors import DomainError
from footbridge.core.versions import NOT_THERE, Version, expect
from footbridge.introductions import letters
from footbridge.introductions.actions._steps import clean_lines, lock, move_to, require
from footbridge.introductions.models import Introduction, Report
from footbridge.introductions.states import Move, Outcome, State
from footbridge.journal import actions as journal
from footbridge.people.models import Person

MOST_WORDS = 1000


@transaction.atomic
def report(
    *,
    actor: Person,
    introduction: Introduction,
    outcome: Outcome,
    words: str = "",
    version: Version | None = None,
) -> Introduction:
    """Say what came of it. Each of the two may, and may say so anew when more has come of it.
    `version` is that of the report that was seen, 0 where there was none: a newer one raises
    Overtaken."""
    introduction = lock(introduction.id)
    require(actor, Move.REPORT, introduction)
    outcome = Outcome(outcome)
    row = _report_of(actor, introduction)
    current = NOT_THERE if row._state.adding else row.version
    expect(version, current, lambda: {"outcome": row.outcome, "words": row.words})
    row.version += 0 if row._state.adding else 1
    row.outcome, row.words, row.reported_at = outcome, _tidy(words), clock.now()
    row.save()
    if outcome != Outcome.NOT_YET and introduction.state == State.INTRODUCED:
        move_to(State.CLOSED, introduction)
    journal.record(
        "introductions.reported", introduction.id, actor=actor.id, facts={"outcome": outcome}
    )
    return introduction


def _report_of(person: Person, introduction: Introduction) -> Report:
    known = Report.objects.filter(introduction=introduction, person=person).first()
    return known or Report(introduction=introduction, person=person)


@transaction.atomic
def thank(*, actor: Person, introduction: Introduction, words: str) -> Introduction:
    """Thank the connector in one's own words; each of the two can do so once."""
    introduction = lock(introduction.id)
    require(actor, Move.THANK, introduction)
    tidied = _tidy(words)
    if not tidied:
        raise DomainError(_("Please write a word of thanks."), field="words")
    letters.thank(introduction, actor, tidied)
    introduction.thanked_at = introduction.thanked_at or clock.now()
    introduction.save(update_fields=["thanked_at"])
    journal.record("introductions.thanked", introduction.id, actor=actor.id)
    return introduction


def _tidy(words: str) -> str:
    tidied = clean_lines(words)
    if len(tidied) > MOST_WORDS:
        message = _("Please keep it to %(most)d characters.") % {"most": MOST_WORDS}
        raise DomainError(message, field="words")
    return tidied
