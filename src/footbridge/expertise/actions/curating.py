"""A host looks after the chapter's list to tick: adds lines, leaves shipped ones out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.core.errors import DomainError, LimitReached, NotHere
from footbridge.core.versions import Version, expect
from footbridge.expertise import lived, policy
from footbridge.expertise.actions._steps import carries_of, level_of, note, title_of
from footbridge.expertise.actions.own import Pick
from footbridge.expertise.models import LeftOut, LivedLine, LivedLineSkill
from footbridge.expertise.states import Theme
from footbridge.people.actions.rows import held
from footbridge.people.models import Chapter, Person
from footbridge.people.policy import Viewer, id_of

MOST_LINES, MOST_SKILLS = 60, 4


@transaction.atomic
def add_line(
    *, actor: Viewer, chapter: Chapter, text: str, theme: str, leads: Iterable[Pick]
) -> LivedLine:
    """Add a line of lived work, with the one to four skills that it shows."""
    _require(actor, chapter)
    held(Chapter, chapter.id)
    if LivedLine.objects.filter(chapter=chapter).count() >= MOST_LINES:
        message = _("%(most)d lines of your own are enough. Take one away first.")
        raise LimitReached(message % {"most": MOST_LINES})
    chosen = _checked(leads)
    by = actor if isinstance(actor, Person) else None
    line = LivedLine.objects.create(
        chapter=chapter, text=title_of(text, "text"), theme=_theme(theme), by=by
    )
    _lead(line, chosen)
    note("line_added", line.id, id_of(actor))
    return line


def _require(actor: Viewer, chapter: Chapter) -> None:
    if not policy.may_curate(actor, chapter):
        raise NotHere


def _checked(leads: Iterable[Pick]) -> list[Pick]:
    chosen = list({one.skill.id: one for one in leads}.values())
    if not 1 <= len(chosen) <= MOST_SKILLS:
        message = _("Say one to %(most)d skills that it shows.") % {"most": MOST_SKILLS}
        raise DomainError(message, field="skills")
    return chosen


def _theme(said: str) -> str:
    if said not in Theme.values:
        raise DomainError(_("Choose one of the words offered."), field="theme")
    return said


def _lead(line: LivedLine, leads: Iterable[Pick]) -> None:
    LivedLineSkill.objects.filter(line=line).delete()
    rows = [
        LivedLineSkill(
            line=line,
            skill=one.skill,
            level=level_of(one.level),
            carries=carries_of(one.carries),
        )
        for one in leads
    ]
    LivedLineSkill.objects.bulk_create(rows)


@transaction.atomic
def change_line(
    *,
    actor: Viewer,
    line: LivedLine,
    text: str,
    theme: str,
    leads: Iterable[Pick],
    version: Version | None = None,
) -> LivedLine:
    """Say a line of the chapter otherwise; what people told with it stays as they told it."""
    row = _own(actor, line)
    expect(version, row.version, lambda: _as_it_stands(row))
    chosen = _checked(leads)
    row.text, row.theme = title_of(text, "text"), _theme(theme)
    row.version += 1
    row.save()
    _lead(row, chosen)
    note("line_changed", row.id, id_of(actor))
    return row


def _own(actor: Viewer, line: LivedLine) -> LivedLine:
    row = held(LivedLine, line.id)
    _require(actor, row.chapter)
    return row


def _as_it_stands(row: LivedLine) -> dict[str, Any]:
    return {"text": row.text, "theme": row.theme}


@transaction.atomic
def drop_line(*, actor: Viewer, line: LivedLine) -> None:
    """Take a line of the chapter away; what people told with it stays."""
    row = _own(actor, line)
    note("line_dropped", row.id, id_of(actor))
    row.delete()


@transaction.atomic
def leave_out(*, actor: Viewer, chapter: Chapter, key: str) -> None:
    """Do not offer a shipped line in this chapter."""
    _require(actor, chapter)
    if key not in {line.key for line in lived.lines()}:
        raise NotHere
    _row, is_new = LeftOut.objects.get_or_create(chapter=chapter, key=key)
    if is_new:
        note("line_left_out", chapter.id, id_of(actor))


@transaction.atomic
def bring_back(*, actor: Viewer, chapter: Chapter, key: str) -> None:
    """Offer a shipped line again."""
    _require(actor, chapter)
    gone, _each = LeftOut.objects.filter(chapter=chapter, key=key).delete()
    if gone:
        note("line_brought_back", chapter.id, id_of(actor))
