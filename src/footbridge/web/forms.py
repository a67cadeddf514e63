"""How doors carry out forms: nothing that was typed is lost when a room refuses."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest
from django.utils.translation import gettext as _

from footbridge.core.errors import DomainError, NotHere
from footbridge.intake.reading import Said


def taken(form: Form, request: HttpRequest, act: Callable[[dict[str, Any]], Any]) -> bool:
    """Carry out what a form says; a refusal stands beside the field, with all that was typed."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, in_words(error))
        return False
    return True


def in_words(error: DomainError) -> str:
    """A refusal in the reader's language; what was said of a file is translated only here."""
    words = error.message
    return words.in_words_of(_(words.template)) if isinstance(words, Said) else words


def status_of(form: Form) -> int:
    """200, or 400 where the form came back with errors."""
    return 400 if form.is_bound and form.errors else 200


def id_in(request: HttpRequest, name: str) -> uuid.UUID:
    """The id that a form or an address carries; NotHere where there is none."""
    try:
        return uuid.UUID(request.POST.get(name) or request.GET.get(name, ""))
    except ValueError as error:
        raise NotHere from error
