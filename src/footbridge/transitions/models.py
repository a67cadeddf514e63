"""Passages in somebody's working life, what they wrote on the way, and whom they asked for it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from footbridge.core import clock, versions
from footbridge.core.fields import random_id
from footbridge.people.models import Person
from footbridge.transitions.states import Passage, Point, Shown, State

MOST_WORDS = 1000
MOST_ASKED_WORDS = 500
MOST_STEP_WORDS = 4000


class Transition(models.Model):
    """What somebody passes through, or has passed through. It is theirs: whoever else learns of
    it, learns it by their choice."""

    id = random_id()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="transitions")
    passage = models.CharField(max_length=14, choices=Passage.choices)
    point = models.CharField(max_length=10, choices=Point.choices, default=Point.AMIDST)
    since = models.DateField(null=True)
    # Lived through, so that one can look back; else they are in it now.
    is_over = models.BooleanField(default=False)
    # What moves them, most first.
    motives = models.JSONField(default=list)
    words = models.TextField(_("In your own words"), max_length=MOST_WORDS, blank=True)
    shown = models.CharField(max_length=10, choices=Shown.choices, default=Shown.ASKED)
    glad_to_be_asked = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)
    version = versions.counted()

    class Meta:
        ordering = ["is_over", "-created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "passage"],
                condition=Q(is_over=False),
                name="transition_in_it_once",
            )
        ]
        indexes = [models.Index(fields=["glad_to_be_asked", "passage"], name="transition_glad")]

    def __str__(self) -> str:
        return f"{self.passage} of {self.person_id}"


class StepNote(models.Model):
    """What somebody wrote at one step of a list, and whether it is done. Nobody else reads it."""

    id = random_id()
    transition = models.ForeignKey(Transition, on_delete=models.CASCADE, related_name="notes")
    step = models.CharField(max_length=20)
    words = models.TextField(max_length=MOST_STEP_WORDS, blank=True)
    is_done = models.BooleanField(default=False)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["step"]
        constraints = [
            models.UniqueConstraint(fields=["transition", "step"], name="step_note_once")
        ]

    def __str__(self) -> str:
        return self.step


class GuideAsk(models.Model):
    """Somebody asked another for a talk, who lived the same. A no is never told as one."""

    id = random_id()
    asker = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="guides_asked")
    guide = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="guide_asks")
    # What the one is in, and what the other lived through; either may be taken back since.
    transition = models.ForeignKey(
        Transition, on_delete=models.SET_NULL, null=True, related_name="asks"
    )
    lived = models.ForeignKey(Transition, on_delete=models.SET_NULL, null=True, related_name="+")
    words = models.CharField(_("What you would like to ask"), max_length=MOST_ASKED_WORDS)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    # When the asker was told "not this time": at the same moment whatever lay behind it.
    told_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(asker=F("guide")), name="guide_is_another"),
            models.UniqueConstraint(
                fields=["asker", "guide"], condition=Q(told_at=None), name="guide_asked_once"
            ),
        ]
        indexes = [models.Index(fields=["told_at", "expires_at"], name="guide_ask_expiry")]

    def __str__(self) -> str:
        return f"{self.asker_id} to {self.guide_id}"
