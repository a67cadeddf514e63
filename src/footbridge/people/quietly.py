"""One person asks another, who may say no without it ever being told as one.

Until the date for an answer a no looks like waiting to who asked; afterwards silence looks like a
no, and both are told in the same words at the same moment. Any room whose questions work so keeps
its own rows, with the states below and the columns `state`, `asked_at`, `expires_at`,
`answered_at` and `told_at`; it says what its two people are called, and the rules are here.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.core.errors import LimitReached, NotAllowed, NotHere
from footbridge.people import asks
from footbridge.people.actions.rows import lock_people
from footbridge.people.models import Person

ASKED, AGREED, NOT_NOW = "asked", "agreed", "not_now"
EXPIRED, WITHDRAWN = "expired", "withdrawn"
# All that looks alike to who asked.
REFUSED = (NOT_NOW, EXPIRED)
# For how many answers one person may wait at a time.
MOST_ASKED = 3
# How long it is remembered whom somebody asked in vain.
REMEMBERED_FOR = timedelta(days=365)

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Questions(Generic[Row]):
    """The questions of one room: its rows, and the columns of who asks and who is asked.

    Nobody is asked by the same person again sooner than `rests_for` after the date for an answer.
    """

    model: type[Row]
    asker: str
    asked: str
    rests_for: timedelta

    @property
    def _rows(self) -> QuerySet[Row]:
        return self.model._default_manager.all()

    # What is told of them.

    def shown_state(self, row: Any, *, to_asker: bool) -> str:
        """Where a question stands, as one of the two is told."""
        state = str(row.state)
        if state == ASKED:
            return NOT_NOW if is_past(row) else ASKED
        if state in REFUSED:
            return ASKED if to_asker and not is_past(row) else NOT_NOW
        return state

    def when_asked(self, people: Collection[uuid.UUID], since: datetime) -> QuerySet[Any, Any]:
        """When some people were asked, for the limit of a month that all rooms share."""
        rows = self._rows.filter(**{f"{self.asked}__in": people, "asked_at__gt": since})
        return rows.values_list(f"{self.asked}_id", "asked_at")

    def waits_for(self, asker: Person) -> int:
        """For how many answers somebody waits, as they are told."""
        rows = self._rows.filter(**{self.asker: asker, "expires_at__gt": clock.now()})
        return rows.exclude(state__in=(AGREED, WITHDRAWN)).count()

    def resting(self, asker: Person) -> QuerySet[Row]:
        """Those after which somebody may not ask the same person again yet, whatever was said."""
        since = clock.now() - self.rests_for
        return self._rows.filter(**{self.asker: asker, "expires_at__gt": since})

    def may_be_asked_again(self, asker: Person, asked: Person, **only: Any) -> datetime | None:
        """When somebody may ask the same person again; None if now. `only` names the questions
        that count."""
        last: Any = self.resting(asker).filter(**{self.asked: asked}, **only)
        found = last.order_by("-expires_at").first()
        return found.expires_at + self.rests_for if found else None

    # What the rooms' actions share.

    def require_room(self, asker: Person, asked: Person, again: datetime | None) -> None:
        """Raises NotAllowed while who asks is pausing; LimitReached where they wait for enough
        answers, may ask the same person only `again`, or that one was asked often enough."""
        if asker.is_paused:
            raise NotAllowed(_("You are pausing. End your pause to ask somebody."))
        if self.waits_for(asker) >= MOST_ASKED:
            message = _("You wait for %(most)d answers already. Wait for one, or withdraw one.")
            raise LimitReached(message % {"most": MOST_ASKED})
        if again is not None:
            raise LimitReached(_("You asked them not long ago. Ask somebody else this time."))
        if not asks.left([asked])[asked.id]:
            raise LimitReached(_("They were asked often enough this month. Ask somebody else."))

    def lock(self, row_id: uuid.UUID) -> Row:
        """Take a question for the length of the transaction, after the two whose it is."""
        both = self._rows.filter(id=row_id).values_list(f"{self.asker}_id", f"{self.asked}_id")
        found = both.first()
        if found is None:
            raise NotHere
        people = lock_people(*found)
        row = self._rows.select_for_update(of=("self",)).filter(id=row_id).first()
        if row is None:
            raise NotHere
        for name in (self.asker, self.asked):
            setattr(row, name, people[getattr(row, f"{name}_id")])
        return row

    def due(self) -> list[uuid.UUID]:
        """Those whose date for an answer came and of which nothing was told yet, first the oldest.

        Any number of workers may ask at once: each takes one by `take_due`."""
        rows = self._rows.filter(told_at=None, expires_at__lte=clock.now()).order_by("expires_at")
        return list(rows.values_list("id", flat=True))

    def take_due(self, row_id: uuid.UUID) -> Row | None:
        """End one of them: locked, and marked as told. None where another was quicker."""
        try:
            row: Any = self.lock(row_id)
        except NotHere:
            return None
        if row.told_at is not None or not is_past(row):
            return None
        row.state = row.state if row.state in REFUSED else EXPIRED
        row.told_at = clock.now()
        row.save(update_fields=["state", "told_at"])
        found: Row = row
        return found

    def forget(self) -> int:
        """Delete those that led to nothing, long after; returns how many."""
        old = self._rows.filter(expires_at__lt=clock.now() - REMEMBERED_FOR)
        gone, _each = old.filter(state__in=(*REFUSED, WITHDRAWN)).delete()
        return gone


def is_past(row: Any) -> bool:
    """Whether the date for an answer has passed."""
    past: bool = row.expires_at <= clock.now()
    return past


def answer(row: Any, state: str, *, is_told: bool) -> None:
    """Write down what was answered; what is told to who asked at once is told."""
    row.state, row.answered_at = state, clock.now()
    if is_told:
        row.told_at = clock.now()
    row.save(update_fields=["state", "answered_at", "told_at"])
