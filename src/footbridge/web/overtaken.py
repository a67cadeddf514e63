"""When something was changed while someone was writing: both texts, side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.forms import BoundField, Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from footbridge.core.errors import Conflict, Overtaken
from footbridge.web.kept import kept

VERSION = "version"


class Shown(Conflict):
    """A conflict on its way to the page that shows both texts."""

    def __init__(self, form: Form, error: Overtaken) -> None:
        super().__init__(error.message)
        self.form, self.error = form, error


@dataclass(frozen=True)
class Pair:
    """One field: what was typed, still to be changed, and what stands there now."""

    mine: BoundField
    theirs: str


def page(request: HttpRequest, form: Form, error: Overtaken) -> HttpResponse:
    """Nothing was overwritten. One button saves what was typed over what was just shown."""
    differing = [name for name in error.theirs if _differs(form, name, error.theirs[name])]
    context = {
        "message": error.message,
        "pairs": [Pair(form[name], _shown(form, name, error.theirs[name])) for name in differing],
        "version": error.version,
        "kept": kept(request, with_key=False, leave_out=(VERSION, *differing)),
        "address": request.get_full_path(),
    }
    return render(request, "overtaken.html", context, status=error.status)


def _differs(form: Form, name: str, theirs: Any) -> bool:
    return name in form.fields and _plain(form.cleaned_data.get(name)) != _plain(theirs)


def _plain(value: Any) -> Any:
    """What was typed and what stands there, in a form in which they can be compared."""
    if value is None or value is False:
        return ""
    if isinstance(value, list | tuple | set | frozenset):
        return sorted(str(each) for each in value)
    return str(value).replace("\r\n", "\n").strip()


def _shown(form: Form, name: str, theirs: Any) -> str:
    """A value in words: the label of a choice, a day as people write it."""
    labels = _labels(form, name)
    if isinstance(theirs, bool):
        return _("yes") if theirs else _("no")
    if isinstance(theirs, list | tuple):
        return ", ".join(labels.get(str(each), str(each)) for each in theirs) or "—"
    if isinstance(theirs, date):
        return date_format(theirs, "DATE_FORMAT")
    text = "" if theirs is None else str(theirs)
    return labels.get(text, text) or "—"


def _labels(form: Form, name: str) -> dict[str, str]:
    choices: Iterable[Any] = getattr(form.fields[name], "choices", ())
    return {str(value): str(label) for value, label in choices}
