"""Who knows whom, how well, since when, in whose words."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from footbridge.core import clock, versions
from footbridge.core.fields import random_id
from footbridge.network.states import Strength, TieKind, TieState, Wish
from footbridge.people.models import Member, Person


class Tie(models.Model):
    """One member's statement about another. Two statements, one from each side, confirm a tie."""

    id = random_id()
    teller = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="ties_told")
    other = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="ties_told_of")
    kind = models.CharField(max_length=10, choices=TieKind.choices, default=TieKind.KNOWS)
    strength = models.CharField(max_length=16, choices=Strength.choices)
    how = models.CharField(max_length=200, blank=True)
    since = models.DateField(null=True)
    last_confirmed = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=TieState.choices, default=TieState.STATED)
    proposed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    # Told by a list that a host brought; what the people in it say themselves takes its place.
    from_list = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)
    version = versions.counted()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["teller", "other"], name="tie_once_each_way"),
            models.CheckConstraint(condition=~Q(teller=F("other")), name="tie_not_to_oneself"),
        ]
        indexes = [models.Index(fields=["other", "state"], name="tie_by_other")]

    def __str__(self) -> str:
        return f"{self.teller} {self.kind} {self.other}"


class Contact(models.Model):
    """Someone whom a person knows outside the network. It belongs to that person alone.

    The address is a keyed digest; the name, and where they work, are encrypted for its owner. Rows
    that match nobody are gone after 30 days.
    """

    id = random_id()
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contacts")
    digest = models.CharField(max_length=64)
    sealed = models.BinaryField()
    # Where they work and as what, as the list says: sealed in the same way, empty if it says none.
    sealed_work = models.BinaryField(default=bytes)
    source = models.CharField(max_length=20)
    imported_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "digest"], name="contact_once")]
        indexes = [models.Index(fields=["digest"], name="contact_by_digest")]

    def __str__(self) -> str:
        return f"a contact of {self.owner_id}"


class Preference(models.Model):
    """What someone privately wishes about another member. Nobody else ever learns of it."""

    id = random_id()
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="preferences")
    about = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    wish = models.CharField(max_length=10, choices=Wish.choices)
    until = models.DateField(null=True)
    since = models.DateTimeField(default=clock.now)
    version = versions.counted()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "about"], name="preference_once")]

    def __str__(self) -> str:
        return f"{self.wish}"


class Competitor(models.Model):
    """Whom someone competes with so closely that they are not to sit at one table, a person or an
    organisation. Nobody else ever learns of it, and nothing but the tables goes by it."""

    id = random_id()
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    about = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "about"], name="competitor_once")]

    def __str__(self) -> str:
        return f"a competitor of {self.owner_id}"


class Findable(models.Model):
    """The digest of the address of someone who chose to be found by it: it meets the digests of
    private contacts. That they still choose so is asked of their own row each time."""

    id = random_id()
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"{self.person_id} can be found"
