"""What somebody typed, as a column wants it."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import models

from footbridge.core.errors import DomainError
from footbridge.core.words import clean_line


def words(model: type[models.Model], field: str, said: Any, *, of: str = "") -> str:
    """A text as its column wants it: its length, its kind, and whether there must be one. `of` is
    the part of the form that it belongs to, where that has another name."""
    column = cast("models.Field[str, str]", model._meta.get_field(field))
    text = str(said or "").replace("\x00", "")
    lines = [clean_line(line) for line in text.splitlines()]
    joined = "\n" if isinstance(column, models.TextField) else " "
    try:
        return str(column.clean(joined.join(lines).strip(), None))
    except ValidationError as error:
        raise DomainError(" ".join(error.messages), field=of or field) from error
