"""Rows held until the transaction ends, so that two acts come one after the other."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import TypeVar

from django.db import models

from footbridge.core.errors import NotHere
from footbridge.people.models import Member, Person

Row = TypeVar("Row", bound=models.Model)


def held(kind: type[Row], row_id: uuid.UUID) -> Row:
    """The row as it stands now, locked; NotHere if it is gone by now."""
    found = kind._default_manager.select_for_update().filter(pk=row_id).first()
    if found is None:
        raise NotHere
    return found


def hold_in_order(kind: type[Row], ids: list[uuid.UUID]) -> list[Row]:
    """Several rows, locked in one order everywhere, so that two acts never wait for each other."""
    return list(kind._default_manager.select_for_update().filter(pk__in=ids).order_by("pk"))


def lock_people(*ids: uuid.UUID) -> dict[uuid.UUID, Person]:
    """Some people before anything of theirs: who leaves or hides at this moment, and who asks them
    or writes about them, come one after the other. NotHere if one is gone."""
    return _all_of(Person, ids)


def lock_members(*ids: uuid.UUID) -> dict[uuid.UUID, Member]:
    """The same for members of every kind."""
    return _all_of(Member, ids)


def _all_of(kind: type[Row], ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Row]:
    rows = kind._default_manager.select_for_update(of=("self",))
    rows = rows.select_related("chapter", "place").filter(pk__in=ids).order_by("pk")
    found = {row.pk: row for row in rows}
    if len(found) < len(set(ids)):
        raise NotHere
    return found
