"""How doors carry out forms: nothing that was typed is lost when a room refuses."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.forms import Form
from django.http import HttpRequest
from django.utils.translation import gettext as _

from footbridge.core.errors import DomainError, NotHere, Overtaken
from footbridge.intake.reading import Said
from footbridge.web import overtaken


class VersionedForm(Form):
    """A form that changes what stands there: it carries the version that it was opened with."""

    version = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def clean_version(self) -> str | None:
        """None where nothing is said of it: then the last word counts."""
        return self.cleaned_data["version"] or None

    def carry(self, version: int | str | None) -> None:
        """Have the form, as it is shown once more, carry another version: its own was saved."""
        form: Any = self
        form.data = form.data.copy()
        form.data["version"] = "" if version is None else str(version)


def taken(form: Form, request: HttpRequest, act: Callable[[dict[str, Any]], Any]) -> bool:
    """Carry out what a form says; a refusal stands beside the field, with all that was typed, and
    what was changed meanwhile is shown beside it."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except Overtaken as error:
        raise overtaken.Shown(form, error) from error
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, in_words(error))
        return False
    return True


def in_words(error: DomainError) -> str:
    """A refusal in the reader's language; what was said of a file is translated only here."""
    words = error.message
    return words.translated(_) if isinstance(words, Said) else words


def status_of(form: Form) -> int:
    """200, or 400 where the form came back with errors."""
    return 400 if form.is_bound and form.errors else 200


def page_in(request: HttpRequest, *, most: int = 10_000) -> int:
    """The page that an address asks for; the first where it asks for none that there can be."""
    asked = request.GET.get("page", "")
    # A number of thousands of digits is none that Python reads.
    return min(int(asked[:9]), most) if asked.isascii() and asked.isdigit() else 1


def id_in(request: HttpRequest, name: str) -> uuid.UUID:
    """The id that a form or an address carries; NotHere where there is none."""
    try:
        return uuid.UUID(request.POST.get(name) or request.GET.get(name, ""))
    except ValueError as error:
        raise NotHere from error
