"""The append-only record of what happened, and what is still to be told to whom."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models

from footbridge.core import clock
from footbridge.core.fields import random_id


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries can be added and read, nothing else."""

    def update(self, **changes: Any) -> NoReturn:
        raise TypeError("The journal is append-only.")

    def delete(self) -> NoReturn:
        raise TypeError("The journal is append-only.")


class Entry(models.Model):
    """One thing that happened: who did what to which thing, and the facts needed to tell of it."""

    # Counted, so that «has anything happened since?» is one look; never part of any output.
    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(default=clock.now)
    actor = models.UUIDField(null=True)
    verb = models.CharField(max_length=80)
    subject = models.UUIDField()
    facts = models.JSONField(default=dict)

    objects = EntryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["subject", "at"], name="journal_by_subject"),
            models.Index(fields=["verb", "at"], name="journal_by_verb"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise TypeError("The journal is append-only.")
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        raise TypeError("The journal is append-only.")


class Delivery(models.Model):
    """News of one entry on its way to one subscriber."""

    id = random_id()
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="deliveries")
    subscriber = models.CharField(max_length=120)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=clock.now)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "subscriber"], name="one_delivery_each")
        ]
        indexes = [models.Index(fields=["due_at"], name="delivery_due")]

    def __str__(self) -> str:
        return f"{self.subscriber} ({self.attempts})"


class Receipt(models.Model):
    """That a request was carried out, and its answer, so that the same request again gets it.

    The row is written in the transaction of the work: both are there, or neither. Who asked, what
    was asked and the key are kept as digests, the answer is sealed under the key, which only
    whoever asked has; a copy of the database tells nothing. Gone after a day or two.
    """

    id = random_id()
    name = models.CharField(max_length=64, unique=True)
    asked = models.CharField(max_length=64)
    answer = models.BinaryField(null=True)
    made_at = models.DateTimeField(default=clock.now, db_index=True)

    def __str__(self) -> str:
        return self.name[:8]
