"""Imports: the file, what its columns mean, what became of each row, and likely duplicates."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from footbridge.core import clock
from footbridge.core.fields import random_id
from footbridge.intake.states import BatchState, DuplicateState, Verdict
from footbridge.people.models import Chapter, Member, Person


class Batch(models.Model):
    """One file (or one paste) on its way into a chapter.

    The files lie in FOOTBRIDGE_HOME/imports/<id>. `sheets` holds, for each sheet, its name,
    header and mapping as the host sees and corrects them; `sheets.py` reads and writes it.
    """

    id = random_id()
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="imports")
    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="imports")
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=BatchState.choices, default=BatchState.READ)
    sheets = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(default=clock.now)
    # Who is at it, and when it last moved on: a batch whose worker died is taken up again.
    claim = models.UUIDField(null=True)
    beat_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "id"]
        indexes = [models.Index(fields=["state", "created_at"], name="batch_by_state")]

    def __str__(self) -> str:
        return self.name


class RowResult(models.Model):
    """What became of a row that was not plainly accepted: how it was repaired or why refused."""

    id = random_id()
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="results")
    sheet = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    # Each note as its template and values, so that it can be read in any language.
    notes = models.JSONField(default=list)
    cells = models.JSONField(default=list)

    class Meta:
        ordering = ["sheet", "number", "id"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "sheet", "number"], name="one_result_each")
        ]

    def __str__(self) -> str:
        return f"row {self.number}: {self.verdict}"


class KnownMapping(models.Model):
    """How a chapter's host last mapped a header: the next file with it needs no correction."""

    id = random_id()
    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="+")
    header = models.CharField(max_length=64)
    mapping = models.JSONField()
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chapter", "header"], name="mapping_once")]

    def __str__(self) -> str:
        return self.header


class Duplicate(models.Model):
    """Two members who may be the same, for a host to decide."""

    id = random_id()
    one = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    likeness = models.FloatField()
    why = models.JSONField(default=list)
    state = models.CharField(
        max_length=10, choices=DuplicateState.choices, default=DuplicateState.OPEN
    )
    found_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-likeness", "id"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="duplicate_once"),
            models.CheckConstraint(condition=~Q(one=F("other")), name="duplicate_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.one} = {self.other}?"


class Merge(models.Model):
    """Two members made one, with all that is needed to make them two again: the row that is gone,
    the rows that moved over, those that clashed and were dropped, what was filled in or added."""

    id = random_id()
    kept = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, null=True, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    gone = models.JSONField()
    moved = models.JSONField(default=list)
    dropped = models.JSONField(default=list)
    filled = models.JSONField(default=dict)
    added = models.JSONField(default=list)
    merged_at = models.DateTimeField(default=clock.now)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-merged_at", "id"]

    def __str__(self) -> str:
        return f"into {self.kept}"
