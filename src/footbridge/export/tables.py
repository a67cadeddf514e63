"""Which tables an archive holds, and what their columns are: read from the rooms themselves, so
that a table that is added later is in the archive from its first day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from footbridge.export.cells import Kind
from footbridge.people.states import NAMELESS

# How people prove who they are belongs to a library's tables; without them nobody could sign in.
_SIGNING_IN = ("account.EmailAddress", "mfa.Authenticator")

# Tables of our rooms that hold nothing to be moved: Django brings the first two, nothing here uses
# them; a receipt is for whoever asks this installation twice within two days.
# What is sealed for somebody's eyes alone stays where its key is: nobody learns from an archive
# that anyone is under the radar. `footbridge backup` carries it.
LEFT_OUT = {
    "people.Account_groups",
    "people.Account_user_permissions",
    "journal.Receipt",
    "mail.SealedMessage",
    "veil.Hidden",
    "veil.Glance",
    "veil.Approach",
}
# Log-in identities without a readable address belong to people under the radar.
_NAMELESS = {
    "people.account": {"email__endswith": NAMELESS},
    "account.emailaddress": {"user__email__endswith": NAMELESS},
    "mfa.authenticator": {"user__email__endswith": NAMELESS},
}

_KINDS = {
    "CharField": Kind.TEXT,
    "TextField": Kind.TEXT,
    "UUIDField": Kind.ID,
    "BooleanField": Kind.YES_NO,
    "FloatField": Kind.NUMBER,
    "DecimalField": Kind.EXACT,
    "DateField": Kind.DAY,
    "DateTimeField": Kind.MOMENT,
    "JSONField": Kind.NESTED,
    "BinaryField": Kind.SEALED,
    "AutoField": Kind.WHOLE,
    "BigAutoField": Kind.WHOLE,
    "IntegerField": Kind.WHOLE,
    "BigIntegerField": Kind.WHOLE,
    "PositiveIntegerField": Kind.WHOLE,
    "PositiveSmallIntegerField": Kind.WHOLE,
    "PositiveBigIntegerField": Kind.WHOLE,
    "SmallIntegerField": Kind.WHOLE,
}


@dataclass(frozen=True)
class Column:
    """One column: its name in the archive and in the table, and what it holds."""

    name: str
    kind: Kind
    may_be_missing: bool
    longest: int | None
    refers_to: str
    has_default: bool


@dataclass(frozen=True)
class Table:
    """One table: its name in the archive, the model behind it, its columns in order."""

    name: str
    model: Any
    columns: tuple[Column, ...]

    @property
    def rows(self) -> models.QuerySet[Any]:
        """The rows that are moved."""
        return self.model._base_manager.exclude(**_NAMELESS.get(self.name, {"pk__in": ()}))

    @property
    def order(self) -> tuple[str, ...]:
        """The same order in every database: by id, or by all that the rows of a pairing hold."""
        if self.model._meta.auto_created:
            return tuple(column.name for column in self.columns)
        return ("pk",)


def tables() -> list[Table]:
    """Every table of an archive, in the order of the staircase."""
    return [_table(model) for model in _models()]


def _models() -> Iterable[Any]:
    for label in _SIGNING_IN:
        yield apps.get_model(label)
    for app in apps.get_app_configs():
        if app.name.startswith("footbridge."):
            for model in app.get_models(include_auto_created=True):
                if not model._meta.proxy and model._meta.label not in LEFT_OUT:
                    yield model


def _table(model: Any) -> Table:
    fields = model._meta.local_concrete_fields
    if model._meta.auto_created:  # a mere pairing: its own counted id means nothing
        fields = [field for field in fields if not field.primary_key]
    return Table(model._meta.label_lower, model, tuple(_column(field) for field in fields))


def _column(field: Any) -> Column:
    other = field.remote_field.model._meta if field.remote_field else None
    held = field.target_field if field.remote_field else field
    return Column(
        name=field.attname,
        kind=_kind(held),
        may_be_missing=field.null,
        longest=getattr(field, "max_length", None) if held.get_internal_type() in _SHORT else None,
        refers_to=other.concrete_model._meta.label_lower if other else "",
        has_default=field.has_default() or field.null or field.blank,
    )


_SHORT = {"CharField"}


def _kind(field: models.Field[Any, Any]) -> Kind:
    """A kind of column that is not known here stops the export: nothing is left out silently."""
    return _KINDS[field.get_internal_type()]
