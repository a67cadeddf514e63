"""How two members become one, row by row, and how exactly that is taken back.

Every table that points at members is found through Django's own relations, so a room that is
added later is merged as well. A row that cannot point at the member kept, because it would stand
there twice, is written down whole, with all that hangs on it, and dropped.
"""

from __future__ import annotations

import base64
import uuid
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, router, transaction
from django.db.models.deletion import Collector

from footbridge.core import clock
from footbridge.core.audience import Operator
from footbridge.intake.models import Merge
from footbridge.people.models import Identifier, Member
from footbridge.people.policy import Viewer
from footbridge.people.states import FIELDS, Seen, Standing

Json = dict[str, Any]

# Filled from the one that goes wherever the one that stays has nothing.
_FILLED = (
    "headline", "about", "sector", "stage", "place", "languages", "website", "account", "email",
    "joined_at", "size", "group", "legal_form",
)  # fmt: skip
_WIDTH = (Seen.INTRODUCED, Seen.MEMBERS, Seen.EVERYONE)
_RANK = (Standing.KNOWN, Standing.INVITED, Standing.APPLIED, Standing.JOINED)


def join(kept: Member, gone: Member, *, by: Viewer) -> Merge:
    """Move everything from one member to another and write down how to take it back."""
    merge = Merge(
        kept=kept,
        chapter=kept.chapter,
        by=None if isinstance(by, Operator) else by,
        gone=_written(gone),
    )
    for model, column in _pointing_at_members():
        for row in model._base_manager.filter(**{column: gone.pk}).order_by("pk"):
            _move(merge, row, column, kept)
    gone_id = str(gone.pk)
    _drop(merge, gone, into=merge.dropped)
    merge.dropped = [one for one in merge.dropped if one["key"] != gone_id]
    kept.refresh_from_db()
    _fill(merge, kept, gone, gone_id)
    _leave_a_sign(merge, kept, gone)
    merge.save()
    return merge


def part(merge: Merge, kept: Member) -> Member:
    """Bring the second member back with all that was theirs."""
    Identifier.objects.filter(id__in=merge.added).delete()
    _unfill(merge, kept)
    _insert({"model": "people.member", "key": merge.gone["id"], "row": merge.gone})
    for one in merge.moved:
        _move_back(one, kept, merge.gone["id"])
    for one in merge.dropped:
        _insert(one)
    merge.undone_at = clock.now()
    merge.save(update_fields=["undone_at"])
    return Member.objects.get(id=merge.gone["id"])


def _pointing_at_members() -> Iterator[tuple[type[models.Model], str]]:
    """Every table and column with a foreign key to members, those of hidden tables included."""
    for relation in Member._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and relation.field.concrete:
            yield relation.related_model, relation.field.name


def _move(merge: Merge, row: models.Model, column: str, kept: Member) -> None:
    place = {"model": row._meta.label_lower, "key": str(row.pk), "column": column}
    try:
        with transaction.atomic():
            _base(row).filter(pk=row.pk).update(**{column: kept.pk})
    except IntegrityError:
        _drop(merge, row, into=merge.dropped)
    else:
        merge.moved.append(place)


def _drop(merge: Merge, row: models.Model, *, into: list[Json]) -> None:
    """Delete a row, having written down whatever goes or changes with it."""
    using = router.db_for_write(type(row))
    collector = Collector(using=using)
    collector.collect([row])
    before = len(into)
    for model, rows in collector.data.items():
        into += [_row(model, each) for each in rows]
    for queryset in collector.fast_deletes:
        into += [_row(queryset.model, each) for each in queryset]
    for (field, _value), groups in collector.field_updates.items():
        changed: Any = groups  # querysets or lists of rows, as the collector found them
        for each in (each for group in changed for each in group):
            merge.moved.append(
                {
                    "model": each._meta.label_lower,
                    "key": str(each.pk),
                    "column": field.name,
                    "was": _plain(getattr(each, field.attname)),
                }
            )
    # What hangs on a row comes back after it.
    into[before:] = sorted(into[before:], key=lambda one: one["key"] != str(row.pk))
    collector.delete()


def _row(model: type[models.Model], row: models.Model) -> Json:
    return {"model": model._meta.label_lower, "key": str(row.pk), "row": _written(row)}


def _written(row: models.Model) -> Json:
    """Every column of a row, as JSON, to the microsecond."""
    return {
        field.attname: _plain(field.value_from_object(row)) for field in row._meta.concrete_fields
    }


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, uuid.UUID | Decimal):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    return value


def _read(field: models.Field[Any, Any], value: Any) -> Any:
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.BinaryField):
        return base64.b64decode(value)
    if isinstance(field, models.DateTimeField):
        return datetime.fromisoformat(value)
    if isinstance(field, models.ForeignKey):
        return field.target_field.to_python(value)
    return field.to_python(value)


def _insert(one: Json) -> None:
    model = apps.get_model(one["model"])
    values = {
        field.attname: _read(field, one["row"][field.attname])
        for field in model._meta.concrete_fields
        if field.attname in one["row"]
    }
    model(**values).save_base(raw=True, force_insert=True)


def _fill(merge: Merge, kept: Member, gone: Member, gone_id: str) -> None:
    """What the one that stays lacks is taken from the other."""
    before = _written(kept)
    if str(kept.group_id) in (str(kept.id), gone_id):
        kept.group = None
    if gone.group_id == kept.id:
        gone.group = None
    for name in _FILLED:
        if getattr(kept, name) in (None, "", []) and getattr(gone, name) not in (None, "", []):
            setattr(kept, name, getattr(gone, name))
    _keep_choices(kept, gone)
    if kept.is_person and _RANK.index(Standing(gone.standing)) > _RANK.index(
        Standing(kept.standing)
    ):
        kept.standing = gone.standing
    if not kept.is_person and gone.name != kept.name:
        names = [*kept.former_names, gone.name, *gone.former_names]
        kept.former_names = list(dict.fromkeys(names))
    kept.changed_at = clock.now()
    kept.save()
    after = _written(kept)
    merge.filled = {
        column: [before[column], after[column]]
        for column in before
        if before[column] != after[column]
    }


def _keep_choices(kept: Member, gone: Member) -> None:
    """To whom fields are shown is for whoever joined to say; where both did, the fewer see it."""
    if not gone.has_joined:
        return
    for name in (f"{field}_seen_by" for field in FIELDS):
        theirs, ours = getattr(gone, name), getattr(kept, name)
        setattr(kept, name, min(theirs, ours, key=_WIDTH.index) if kept.has_joined else theirs)


def _unfill(merge: Merge, kept: Member) -> None:
    """Give back what was filled in, save where it was changed since."""
    now = _written(kept)
    fields = {field.attname: field for field in Member._meta.concrete_fields}
    for column, (before, after) in merge.filled.items():
        if now[column] == after:
            setattr(kept, column, _read(fields[column], before))
    kept.save()


def _leave_a_sign(merge: Merge, kept: Member, gone: Member) -> None:
    """The next import of the same list finds the one that stays under the other's name and
    address too."""
    signs = [(f"name:{gone.chapter_id}", gone.folded)]
    if gone.email and gone.email != kept.email:
        signs.append(("email", gone.email))
    for scheme, value in signs:
        row, is_new = Identifier.objects.get_or_create(
            scheme=scheme[:60], value=value[:200], defaults={"member": kept}
        )
        if is_new:
            merge.added.append(str(row.id))


def _move_back(one: Json, kept: Member, gone_id: str) -> None:
    """A row goes back unless it is gone, or points elsewhere, by now."""
    model, column = apps.get_model(one["model"]), one["column"]
    rows = model._base_manager.filter(pk=one["key"])
    if "was" in one:
        rows.filter(**{column: None}).update(**{column: one["was"]})
    else:
        rows.filter(**{column: kept.pk}).update(**{column: gone_id})


def _base(row: models.Model) -> models.Manager[Any]:
    return type(row)._base_manager
