"""What members need and offer, in a sentence and in words that the other side understands."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from footbridge.core import clock
from footbridge.core.fields import random_id
from footbridge.exchange.states import Resource, Source
from footbridge.people.models import Member, Place


class Term(models.Model):
    """A word of the vocabulary, with its label in each language."""

    id = random_id()
    key = models.CharField(max_length=200, unique=True)
    labels = models.JSONField(default=dict)
    synonyms = models.JSONField(default=dict)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The label in the reader's language, else in English, else in any."""
        language = (get_language() or "en").split("-")[0]
        found = self.labels.get(language) or self.labels.get("en")
        return found or next(iter(self.labels.values()), self.key)


class Skill(Term):
    """Something that one can do for, or give to, another; space, goods and contacts included."""

    group = models.CharField(max_length=40, blank=True)
    resource = models.CharField(max_length=20, choices=Resource.choices, blank=True)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.SHIPPED)


class Cause(Term):
    """What someone works for: the Sustainable Development Goals by number, or a cause added here."""

    number = models.PositiveSmallIntegerField(null=True)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.SHIPPED)


class Care(models.Model):
    """A cause that a member works for."""

    id = random_id()
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="cares")
    cause = models.ForeignKey(Cause, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "cause"], name="care_once")]

    def __str__(self) -> str:
        return f"{self.member} cares for {self.cause}"


class Posting(models.Model):
    """What a need and an offer have in common: a sentence by someone, open for a time."""

    id = random_id()
    text = models.CharField(_("in one sentence"), max_length=500)
    resource = models.CharField(max_length=20, choices=Resource.choices, blank=True)
    place = models.ForeignKey(Place, on_delete=models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)
    until = models.DateField(_("until"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.text

    @property
    def is_open(self) -> bool:
        in_time = self.until is None or self.until >= clock.today()
        return self.closed_at is None and in_time


class Need(Posting):
    """Something a member looks for. «Just a conversation» is a need like any other."""

    owner = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="needs")
    urgent = models.BooleanField(_("urgent"), default=False)
    skills = models.ManyToManyField(Skill, through="NeedSkill", related_name="+")
    causes = models.ManyToManyField(Cause, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["owner"], condition=Q(closed_at=None), name="open_needs")
        ]


class Offer(Posting):
    """Something a member can give."""

    owner = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="offers")
    hours_per_month = models.PositiveSmallIntegerField(null=True, blank=True)
    skills = models.ManyToManyField(Skill, through="OfferSkill", related_name="+")
    causes = models.ManyToManyField(Cause, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["owner"], condition=Q(closed_at=None), name="open_offers")
        ]


class NeedSkill(models.Model):
    """A skill that a need asks for; `guessed` until its owner confirmed it."""

    id = random_id()
    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="asks")
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="+")
    guessed = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["need", "skill"], name="need_skill_once")]


class OfferSkill(models.Model):
    """A skill that an offer gives; `guessed` until its owner confirmed it."""

    id = random_id()
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="gives")
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="+")
    guessed = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["offer", "skill"], name="offer_skill_once")]
