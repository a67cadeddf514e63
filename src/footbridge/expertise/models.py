"""What somebody has done, in their own words; what it shows that they can do; who was there."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from footbridge.core import clock, versions
from footbridge.core.fields import random_id
from footbridge.exchange.models import Skill
from footbridge.expertise.states import Carries, Level, State, Theme
from footbridge.people.models import Chapter, Person
from footbridge.people.states import Seen

LONGEST_TITLE, LONGEST_STORY, LONGEST_WORDS = 160, 2000, 200


class Episode(models.Model):
    """A piece of lived work: a line that somebody ticked, or what they wrote themself."""

    id = random_id()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="episodes")
    title = models.CharField(_("In one sentence"), max_length=LONGEST_TITLE)
    story = models.TextField(_("What happened"), blank=True, max_length=LONGEST_STORY)
    since = models.PositiveSmallIntegerField(_("From (year)"), null=True)
    until = models.PositiveSmallIntegerField(_("To (year)"), null=True)
    # The line it came from, so that it is ticked once: a shipped key, or the id of a chapter's.
    line = models.CharField(max_length=60, blank=True)
    # Whether whoever sees the skill reads the episode beside it.
    is_shown = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now)
    version = versions.counted()

    class Meta:
        ordering = ["-created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "line"], condition=~Q(line=""), name="line_ticked_once"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Claim(models.Model):
    """A skill that somebody says they have, how far they have come in it, and the episode that
    shows it."""

    id = random_id()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="claims")
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="+")
    level = models.CharField(max_length=10, choices=Level.choices)
    carries = models.CharField(max_length=10, choices=Carries.choices, default=Carries.SAME)
    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="claims")
    created_at = models.DateTimeField(default=clock.now)
    version = versions.counted()

    class Meta:
        ordering = ["-created_at", "id"]
        constraints = [models.UniqueConstraint(fields=["person", "skill"], name="claimed_once")]
        indexes = [models.Index(fields=["skill", "level"], name="claim_by_skill")]

    def __str__(self) -> str:
        return f"{self.person} can {self.skill}"


class Listing(models.Model):
    """That somebody said "list my expertise", and to whom. Without a row nobody else sees any."""

    id = random_id()
    person = models.OneToOneField(
        Person, on_delete=models.CASCADE, related_name="expertise_listing"
    )
    seen_by = models.CharField(max_length=10, choices=Seen.choices, default=Seen.MEMBERS)
    since = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.person} is listed"


class Confirmation(models.Model):
    """The question to somebody who was there whether a claim is so, and their answer."""

    id = random_id()
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="confirmations")
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="confirmations")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    # Whether who confirms may be named beside it; until they say so, they are only counted.
    is_named = models.BooleanField(default=False)
    words = models.CharField(_("In a few words"), max_length=LONGEST_WORDS, blank=True)
    asked_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at", "id"]
        constraints = [models.UniqueConstraint(fields=["claim", "by"], name="asked_once_each")]
        indexes = [models.Index(fields=["state", "expires_at"], name="confirmation_expiry")]

    def __str__(self) -> str:
        return f"{self.by} on {self.claim_id}"


class LivedLine(models.Model):
    """A line that a chapter added to the list to tick."""

    id = random_id()
    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="lived_lines")
    text = models.CharField(_("In one sentence"), max_length=LONGEST_TITLE)
    theme = models.CharField(max_length=20, choices=Theme.choices)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    version = versions.counted()

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return self.text


class LivedLineSkill(models.Model):
    """What a chapter's line leads to: a skill, the level it mostly stands for, how far it carries
    over."""

    id = random_id()
    line = models.ForeignKey(LivedLine, on_delete=models.CASCADE, related_name="skills")
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="+")
    level = models.CharField(max_length=10, choices=Level.choices)
    carries = models.CharField(max_length=10, choices=Carries.choices)

    class Meta:
        ordering = ["line", "skill__key"]
        constraints = [models.UniqueConstraint(fields=["line", "skill"], name="line_skill_once")]

    def __str__(self) -> str:
        return str(self.skill_id)


class LeftOut(models.Model):
    """A shipped line that a chapter does not offer."""

    id = random_id()
    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chapter", "key"], name="left_out_once")]

    def __str__(self) -> str:
        return self.key
