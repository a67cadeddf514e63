"""An agreement of a partnership: its clauses, what each puts in, its versions and approvals."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from footbridge.agreements.states import Form, Level, Resource, Standing, Way, Weight
from footbridge.core import clock, versions
from footbridge.core.fields import random_id
from footbridge.partnerships.models import Partnership, Party
from footbridge.partnerships.states import Role
from footbridge.people.models import Person

MOST_IN_A_CLAUSE = 4000
MOST_WORDS = 300
MOST_HOURS_A_MONTH = 2000


class Agreement(models.Model):
    """What the parties of a partnership agree on, as far as it has come. It is written together:
    every party reads all of it."""

    id = random_id()
    partnership = models.OneToOneField(
        Partnership, on_delete=models.CASCADE, related_name="agreement"
    )
    form = models.CharField(_("How much"), max_length=5, choices=Form.choices)
    standing = models.CharField(
        _("What it is"), max_length=11, choices=Standing.choices, blank=True, default=""
    )
    # In which language it is set: its headings, and what a reader's voice reads it as.
    language = models.CharField(_("Language"), max_length=7, default="en")
    begun_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    # One more with whatever is changed in it.
    version = versions.counted()

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return f"{self.form} of {self.partnership_id}"


class Clause(models.Model):
    """The words of one field of an agreement, as they stand."""

    id = random_id()
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="clauses")
    key = models.CharField(max_length=20)
    text = models.TextField(_("Clause"), max_length=MOST_IN_A_CLAUSE, blank=True)
    level = models.CharField(
        _("How far it is"), max_length=12, choices=Level.choices, default=Level.MISSING
    )
    changed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)
    version = versions.counted()

    class Meta:
        ordering = ["key", "id"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "key"], name="clause_once_per_agreement")
        ]

    def __str__(self) -> str:
        return self.key


class Wording(models.Model):
    """How a clause read before somebody changed it: what was bargained stays readable."""

    id = random_id()
    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="wordings")
    number = models.PositiveIntegerField()
    text = models.TextField(max_length=MOST_IN_A_CLAUSE, blank=True)
    level = models.CharField(max_length=12, choices=Level.choices)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["clause", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["clause", "number"], name="wording_once_per_clause")
        ]

    def __str__(self) -> str:
        return f"{self.clause_id} {self.number}"


def _weight(label: Any) -> models.PositiveSmallIntegerField[int, int]:
    return models.PositiveSmallIntegerField(
        label, choices=Weight.choices, default=Weight.NONE, validators=[MaxValueValidator(3)]
    )


class Contribution(models.Model):
    """What one party puts in, what it risks by it, and what it gets."""

    id = random_id()
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="contributions")
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="contributions")
    resource = models.CharField(_("What kind"), max_length=6, choices=Resource.choices)
    words = models.CharField(_("What exactly"), max_length=MOST_WORDS)
    amount = models.DecimalField(
        _("Worth in money"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    currency = models.CharField(_("Currency"), max_length=3, blank=True)
    hours_a_month = models.DecimalField(
        _("Hours a month"),
        max_digits=6,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(MOST_HOURS_A_MONTH)],
    )
    due_on = models.DateField(_("By when"), null=True, blank=True)
    risk = models.CharField(_("What it risks"), max_length=MOST_WORDS, blank=True)
    risk_weight = _weight(_("How heavy the risk is"))
    reward = models.CharField(_("What it gets"), max_length=MOST_WORDS, blank=True)
    reward_weight = _weight(_("How much the reward is worth to it"))
    entered_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    entered_at = models.DateTimeField(default=clock.now)
    version = versions.counted()

    class Meta:
        ordering = ["entered_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | ~Q(currency=""),
                name="amount_has_a_currency",
            )
        ]

    def __str__(self) -> str:
        return self.words


class Capacity(models.Model):
    """How many hours a month a party says it has for this partnership."""

    id = random_id()
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="capacities")
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="+")
    hours_a_month = models.DecimalField(
        _("Hours a month that it has for this"),
        max_digits=6,
        decimal_places=1,
        validators=[MinValueValidator(0), MaxValueValidator(MOST_HOURS_A_MONTH)],
    )
    entered_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    entered_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["entered_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "party"], name="capacity_once_per_party")
        ]

    def __str__(self) -> str:
        return f"{self.hours_a_month} hours"


class Rate(models.Model):
    """What one unit of a currency counts in the currency of the partnership, by whose word and on
    which day. Without one, two currencies are never added up."""

    id = random_id()
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="rates")
    currency = models.CharField(_("Currency"), max_length=3)
    counts = models.DecimalField(
        _("One of it counts"), max_digits=14, decimal_places=6, validators=[MinValueValidator(0)]
    )
    day = models.DateField(_("On which day"))
    source = models.CharField(_("By whose word"), max_length=160)
    entered_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    entered_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["currency", "id"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "currency"], name="rate_once_per_currency")
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.counts}"


class Version(models.Model):
    """The whole agreement as it stood at one moment, numbered, never changed again."""

    id = random_id()
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    # All of it, and the sum by which a copy can be compared.
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    frozen_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    frozen_at = models.DateTimeField(default=clock.now)
    # When those who have not answered are reminded next, and how often they were.
    remind_at = models.DateTimeField(null=True)
    reminders = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["agreement", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="version_numbered_once")
        ]
        indexes = [models.Index(fields=["remind_at"], name="version_by_reminder")]

    def __str__(self) -> str:
        return f"version {self.number}"


class Approval(models.Model):
    """One party's yes to one version. Without a person: somebody who is gone; what they were for
    their party stays."""

    id = random_id()
    of = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="approvals")
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="approvals")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="approvals")
    role = models.CharField(max_length=10, choices=Role.choices)
    way = models.CharField(max_length=4, choices=Way.choices)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["of", "party"], name="version_approved_once_per_party")
        ]

    def __str__(self) -> str:
        return f"{self.party_id} approved {self.of_id}"
