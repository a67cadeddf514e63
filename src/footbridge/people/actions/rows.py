"""Rows held until the transaction ends, so that two acts come one after the other."""

from __future__ import annotations

import uuid
from typing import TypeVar

from django.db import models

from footbridge.core.errors import NotHere

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
