"""Who funds, what there is to apply for, and who gave what to whom: each with its source."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from footbridge.core import clock, versions
from footbridge.core.fields import random_id
from footbridge.exchange.models import Cause
from footbridge.funding.states import FunderKind, Money
from footbridge.people.models import Chapter, Organisation, Person, Place

MOST_WORDS = 2_000


def _amount() -> models.DecimalField:
    return models.DecimalField(max_digits=18, decimal_places=2, null=True)


class Funder(models.Model):
    """That an organisation funds others: how, what, and where it says so."""

    id = random_id()
    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="funding"
    )
    kind = models.CharField(max_length=10, choices=FunderKind.choices, default=FunderKind.FUNDER)
    gives = models.CharField(max_length=200, blank=True)
    # Of `states.Money`, in that order.
    money = models.JSONField(default=list)
    home = models.URLField(max_length=500, blank=True)
    since = models.DateTimeField(default=clock.now)
    version = versions.counted()

    def __str__(self) -> str:
        return f"{self.organisation} funds"


class Line(models.Model):
    """Money that one can apply for somewhere else, where that is known from, and who looked."""

    id = random_id()
    # Whose hosts look after it; every member of the network sees it.
    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="funding_lines")
    funder = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, related_name="funding_lines"
    )
    funder_name = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=300)
    money = models.CharField(max_length=10, choices=Money.choices, default=Money.GRANT)
    # Codes of countries and of larger areas (`areas`); none means that it is not said.
    places = models.JSONField(default=list)
    where_spent = models.CharField(max_length=300, blank=True)
    # It keeps money for places that get little of it.
    favours_scarce = models.BooleanField(default=False)
    # None named means all.
    stages = models.JSONField(default=list)
    causes = models.ManyToManyField(Cause, related_name="+")
    amount_from = _amount()
    amount_to = _amount()
    currency = models.CharField(max_length=3, blank=True)
    deadline = models.DateTimeField(null=True)
    timezone = models.CharField(max_length=60, default="UTC")
    # It can be asked for at any time.
    is_rolling = models.BooleanField(default=False)
    conditions = models.TextField(max_length=MOST_WORDS, blank=True)
    url = models.URLField(max_length=500, blank=True)
    # Where we know it from, when somebody last looked, and who.
    source = models.CharField(max_length=300)
    source_url = models.URLField(max_length=500, blank=True)
    checked_on = models.DateField()
    checked_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    added_at = models.DateTimeField(default=clock.now)
    # What makes it the same line when it is brought again.
    key = models.CharField(max_length=64, unique=True, editable=False)
    # Its words as they are compared (`indexing`).
    index = models.TextField(editable=False, blank=True)
    version = versions.counted()

    class Meta:
        ordering = ["deadline", "id"]
        indexes = [models.Index(fields=["closed_at", "deadline"], name="line_by_deadline")]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_from=None)
                | Q(amount_to=None)
                | Q(amount_from__lte=F("amount_to")),
                name="line_from_less_to_more",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_past(self) -> bool:
        return self.deadline is not None and self.deadline <= clock.now()

    @property
    def is_open(self) -> bool:
        return self.closed_at is None and not self.is_past

    @property
    def given_by(self) -> str:
        """The name of the funder: the organisation here, else as the source has it."""
        return self.funder.name if self.funder else self.funder_name


class Grant(models.Model):
    """That somebody funded somebody, as a file that anyone can read says."""

    id = random_id()
    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="grants")
    funder = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, related_name="grants_given"
    )
    funder_name = models.CharField(max_length=200)
    # The number under which a public register knows them.
    funder_number = models.CharField(max_length=200, blank=True)
    recipient = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, related_name="grants_received"
    )
    recipient_name = models.CharField(max_length=200)
    recipient_number = models.CharField(max_length=200, blank=True)
    # Names as they are compared: one funder, and one recipient, are one in every file.
    funder_key = models.CharField(max_length=200, editable=False)
    recipient_key = models.CharField(max_length=200, editable=False)
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    currency = models.CharField(max_length=3)
    awarded_on = models.DateField()
    title = models.CharField(max_length=300, blank=True)
    about = models.TextField(max_length=MOST_WORDS, blank=True)
    programme = models.CharField(max_length=200, blank=True)
    place = models.ForeignKey(Place, on_delete=models.SET_NULL, null=True, related_name="+")
    cause = models.ForeignKey(Cause, on_delete=models.SET_NULL, null=True, related_name="+")
    identifier = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=300)
    source_url = models.URLField(max_length=500, blank=True)
    source_row = models.PositiveIntegerField(default=0)
    added_at = models.DateTimeField(default=clock.now)
    key = models.CharField(max_length=64, unique=True, editable=False)
    # All that it says, as a digest: what is the same is not written again.
    digest = models.CharField(max_length=32, editable=False)
    index = models.TextField(editable=False, blank=True)

    class Meta:
        ordering = ["-awarded_on", "id"]
        indexes = [
            models.Index(fields=["recipient_key"], name="grant_by_recipient"),
            models.Index(fields=["funder_key"], name="grant_by_funder"),
            models.Index(fields=["awarded_on"], name="grant_by_day"),
        ]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="grant_of_something")]

    def __str__(self) -> str:
        return f"{self.funder_name} to {self.recipient_name}"
