"""Versions of what people edit, so that nobody overwrites words that they have not seen.

Each row that a form or a program edits counts its versions. Whoever saves says which version they
had before them; the action compares under the row's lock, and a newer one is a conflict that
shows both. Saving without naming a version is a choice to have the last word.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from footbridge.core.errors import Overtaken

# A number of a row; or, where something has no row of its own, a word that changes with it.
Version = int | str

NOT_THERE = 0


def counted() -> models.PositiveIntegerField[int, int]:
    """The column: 1 for a new row, one more with each edit."""
    return models.PositiveIntegerField(default=1, editable=False)


def of_choice(chosen: Iterable[uuid.UUID | str]) -> str:
    """The version of a choice among many, which has no row of its own: a word for just these."""
    return hashlib.sha256(" ".join(sorted(map(str, chosen))).encode()).hexdigest()[:16]


def expect(seen: Version | None, current: Version, theirs: Callable[[], Mapping[str, Any]]) -> None:
    """Go on if what stands there is what was seen, or if nobody said what they saw.

    Otherwise raises Overtaken with what stands there now. Call it while the row is locked.
    """
    if seen is None or str(seen) == str(current):
        return
    raise Overtaken(
        _("This was changed while you were writing. Nothing has been overwritten."),
        theirs=theirs(),
        version=current,
    )
