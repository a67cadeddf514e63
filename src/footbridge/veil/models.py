"""The veil store. No other table knows of anyone in it, and none of its columns can be read
without the key file; `guard.py` lets only the named services near."""

from __future__ import annotations

from django.db import models

from footbridge.core.fields import random_id
from footbridge.people.models import Person


class Hidden(models.Model):
    """Someone under the radar: found by a digest of their log-in identity or of their address."""

    id = random_id()
    account = models.CharField(max_length=64, unique=True)
    address = models.CharField(max_length=64, unique=True)
    sealed = models.BinaryField()
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return "someone under the radar"


class Glance(models.Model):
    """That somebody saw something of a person under the radar: their own access log."""

    id = random_id()
    hidden = models.ForeignKey(Hidden, on_delete=models.CASCADE, related_name="glances")
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return "a glance"


class Approach(models.Model):
    """What passes between a person under the radar and one other, from the first sign on.

    `other` is the digest of who was approached, so that both find it and nobody else does.
    """

    id = random_id()
    hidden = models.ForeignKey(Hidden, on_delete=models.CASCADE, related_name="approaches")
    other = models.CharField(max_length=64, db_index=True)
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hidden", "other"], name="approach_once_each")
        ]

    def __str__(self) -> str:
        return "an approach"


class StandingYes(models.Model):
    """A listed person's word, said in advance and once, to which kind of person under the radar
    they are glad to be introduced. It names nobody hidden, so it lies outside the veil."""

    id = random_id()
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="standing_yes")
    sectors = models.JSONField(default=list)
    causes = models.JSONField(default=list)
    words = models.CharField(max_length=200, blank=True)
    # Empty where they take veiled cards, or refuse them, without having said whom they wish for.
    since = models.DateTimeField(null=True)
    takes_cards = models.BooleanField(default=True)

    class Meta:
        db_table = "standing_yes"

    def __str__(self) -> str:
        return self.words
