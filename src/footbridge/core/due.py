"""Rows whose time has come, worked on one by one, by however many workers there are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import QuerySet

Row = TypeVar("Row", bound=models.Model)


def for_each(
    due: Callable[[], QuerySet[Row]],
    act: Callable[[Row], int | None],
    *related: str,
    most: int | None = None,
) -> int:
    """Act on each row that is due, each in a transaction of its own, with these related rows at
    hand. `due` is asked anew for each: what was done meanwhile is not done again.

    Returns how much was done: what `act` says, or one for each row where it says nothing.
    """
    waiting = list(due().values_list("pk", flat=True)[:most])
    return sum(take(one, due, act, *related) for one in waiting)


@transaction.atomic
def take(
    row_id: Any,
    due: Callable[[], QuerySet[Row]],
    act: Callable[[Row], int | None],
    *related: str,
) -> int:
    """Act on one row, unless another worker has it or has done it already."""
    rows = due().select_for_update(skip_locked=True, of=("self",))
    row = (rows.select_related(*related) if related else rows).filter(pk=row_id).first()
    if row is None:
        return 0
    done = act(row)
    return 1 if done is None else int(done)
