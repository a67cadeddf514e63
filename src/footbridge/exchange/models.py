"""What members need and offer, in a sentence and in words that the other side understands."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from footbridge.core import clock, versions
from footbridge.core.fields import random_id
from footbridge.exchange.states import Ending, Resource, Source
from footbridge.people.models import Member, Person, Place


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
        return label_of(self.labels, self.key)


def label_of(labels: Mapping[str, str], key: str) -> str:
    """The label in the reader's language, else in English, else in any, else the key."""
    language = (get_language() or "en").split("-")[0]
    found = labels.get(language) or labels.get("en")
    return found or next(iter(labels.values()), key)


class Skill(Term):
    """Something that one can do for, or give to, another; space, goods and contacts included."""

    # How each side says it, by language: {"en": {"mission": [...], "business": [...]}}.
    sides = models.JSONField(default=dict)
    group = models.CharField(max_length=40, blank=True)
    resource = models.CharField(max_length=20, choices=Resource.choices, blank=True)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.SHIPPED)


class Cause(Term):
    """What someone works for: a Sustainable Development Goal, or a cause added here."""

    number = models.PositiveSmallIntegerField(null=True)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.SHIPPED)


class Edition(models.Model):
    """Which state the vocabulary is in: the code changes whenever a word does, so that what was
    worked out from the words is kept no longer than they stand."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    code = models.UUIDField()

    def __str__(self) -> str:
        return str(self.code)


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
    # A digest of the folded words: the same sentence of one owner is open once.
    text_key = models.CharField(max_length=32, editable=False)
    resource = models.CharField(max_length=20, choices=Resource.choices, blank=True)
    place = models.ForeignKey(Place, on_delete=models.SET_NULL, null=True, related_name="+")
    opened_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)
    reopened_at = models.DateTimeField(null=True)
    # When someone last said that it stands, and when we last asked.
    confirmed_at = models.DateTimeField(default=clock.now)
    reminded_at = models.DateTimeField(null=True)
    until = models.DateField(_("until"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=12, choices=Ending.choices, blank=True)
    version = versions.counted()

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
        ordering = ["-opened_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "text_key"], condition=Q(closed_at=None), name="need_open_once"
            )
        ]
        indexes = [models.Index(fields=["confirmed_at"], name="need_to_ask_after")]


class Offer(Posting):
    """Something a member can give."""

    owner = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="offers")
    hours_per_month = models.PositiveSmallIntegerField(null=True, blank=True)
    skills = models.ManyToManyField(Skill, through="OfferSkill", related_name="+")
    causes = models.ManyToManyField(Cause, related_name="+")

    class Meta:
        ordering = ["-opened_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "text_key"], condition=Q(closed_at=None), name="offer_open_once"
            )
        ]


class SkillLine(models.Model):
    """A skill in a need or an offer: guessed from a piece of the sentence until its owner
    confirmed it, and then of full weight."""

    id = random_id()
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="+")
    guessed = models.BooleanField(default=False)
    weight = models.FloatField(default=1.0)
    phrase = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.skill_id)


class NeedSkill(SkillLine):
    """A skill that a need asks for."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="lines")

    class Meta:
        ordering = ["guessed", "-weight", "skill__key"]
        constraints = [models.UniqueConstraint(fields=["need", "skill"], name="need_skill_once")]


class OfferSkill(SkillLine):
    """A skill that an offer gives."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="lines")

    class Meta:
        ordering = ["guessed", "-weight", "skill__key"]
        constraints = [models.UniqueConstraint(fields=["offer", "skill"], name="offer_skill_once")]
