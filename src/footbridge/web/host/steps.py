"""The steps of a run-sheet while a host changes them: each a row, all in one form, no script."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from footbridge.core.access import Audience, access
from footbridge.core.errors import DomainError, Overtaken
from footbridge.meetings import actions, queries
from footbridge.meetings.formats import MOST_STEPS, Step
from footbridge.meetings.states import Gathering
from footbridge.web.host.session_forms import StepForm
from footbridge.web.host.sessions import run_by

Row = dict[str, Any]
_FIELDS = tuple(StepForm.base_fields)
_MOVE = re.compile(r"(up|down|add|remove)-(\d{1,3})")
NEW: Row = {"title": "", "gathering": Gathering.ALL, "minutes": "10", "size": "", "prompt": ""}


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def edit(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """The steps of one session."""
    person = request.person  # type: ignore[attr-defined]
    found = run_by(request, session_id)
    card = queries.card(person, found)
    editor = Editor(request, card.steps, card.version)
    if editor.saves:
        editor.keep(
            lambda steps, seen: actions.edit_steps(
                actor=person, session=found, steps=steps, seen=seen
            )
        )
    if editor.is_saved:
        messages.success(request, _("Saved."))
        return redirect("web:host_session", found.id)
    context = editor.context() | {
        "title": _("The steps"),
        "lede": _("They are this session's own: the run-sheet that they came from stays as it is."),
        "back": reverse("web:host_session", args=[found.id]),
        "back_label": card.title,
    }
    return render(request, "host/edit_steps.html", context, status=editor.status)


class Editor:
    """Rows of steps, as they stand or as they were typed; moved about without being saved."""

    def __init__(self, request: HttpRequest, steps: Iterable[Step], version: int) -> None:
        self.version: Any = version
        self.wanted = request.POST.get("move", "save") if request.method == "POST" else ""
        self.refusal, self.status = "", 200
        self.theirs: tuple[Step, ...] = ()
        self.is_saved = False
        if self.wanted:
            self.version = request.POST.get("version", "")
            self.rows = _rearranged(_typed(request.POST), self.wanted)
        else:
            self.rows = [_row_of(step) for step in steps]
        self.forms = [_form(at, row, bound=self.saves) for at, row in enumerate(self.rows)]

    @property
    def saves(self) -> bool:
        """Whether the rows are to be kept, not only moved about."""
        return self.wanted == "save"

    @property
    def is_whole(self) -> bool:
        """Whether each row says what a step has to say."""
        return not any(form.errors for form in self.forms)

    def keep(self, act: Any) -> None:
        """Have the room keep the steps; what it refuses is said above them, and nothing is lost."""
        if not self.is_whole:
            self.status = 400
            return
        try:
            act([form.cleaned_data for form in self.forms], self.version or None)
            self.is_saved = True
        except Overtaken as error:
            self.refuse(error)
            self.theirs = tuple(_steps_in(error.theirs))
            self.version = error.version
        except DomainError as error:
            self.refuse(error)

    def refuse(self, error: DomainError) -> None:
        """Show a refusal with all that was typed."""
        self.refusal, self.status = error.message, error.status

    def context(self) -> dict[str, Any]:
        """What the page shows."""
        return {
            "rows": self.forms,
            "minutes": sum(_number(row["minutes"]) for row in self.rows),
            "refusal": self.refusal,
            "theirs": self.theirs,
            "seen": self.version,
            "has_errors": self.saves and not self.is_whole,
        }


def _steps_in(theirs: Mapping[str, Any]) -> Iterable[Step]:
    for step in theirs.get("steps", ()):
        yield step if isinstance(step, Step) else Step.from_json(step)


def _row_of(step: Step) -> Row:
    return {name: getattr(step, name) for name in _FIELDS} | {"size": step.size or ""}


def _typed(said: Any) -> list[Row]:
    """The rows as they were sent, whatever stands in them; not without end."""
    rows: list[Row] = []
    while f"step-{len(rows)}-title" in said and len(rows) <= MOST_STEPS:
        rows.append({name: said.get(f"step-{len(rows)}-{name}", "") for name in _FIELDS})
    return rows


def _rearranged(rows: list[Row], wanted: str) -> list[Row]:
    """One row up, down, away, or a new one before it."""
    found = _MOVE.fullmatch(wanted)
    if found is None:
        return rows
    verb, at = found[1], int(found[2])
    if verb == "add":
        return [*rows[:at], dict(NEW), *rows[at:]] if len(rows) < MOST_STEPS else rows
    if at >= len(rows):
        return rows
    row = rows.pop(at)
    if verb != "remove":
        rows.insert(max(0, at - 1) if verb == "up" else at + 1, row)
    return rows


def _form(at: int, row: Row, *, bound: bool) -> StepForm:
    prefix = f"step-{at}"
    if not bound:
        return StepForm(initial=row, prefix=prefix)
    return StepForm({f"{prefix}-{name}": value for name, value in row.items()}, prefix=prefix)


def _number(value: Any) -> int:
    text = str(value).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
