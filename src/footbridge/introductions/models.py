"""Introductions and the three yeses that each needs."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from footbridge.core import clock, versions
from footbridge.core.fields import random_id
from footbridge.exchange.models import Need
from footbridge.introductions.states import OPEN, Answer, Outcome, Role, State
from footbridge.people.models import Member, Person


class Introduction(models.Model):
    """One person's wish to meet another, carried by someone both know."""

    id = random_id()
    seeker = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sought")
    connector = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="carried")
    target = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="wanted")
    on_behalf_of = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    need = models.ForeignKey(Need, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=16, choices=State.choices, default=State.DRAFT)
    # A connector who brings two people together unasked, as hosts do, has said yes by doing so.
    made_by_connector = models.BooleanField(default=False)

    # The forwardable note, in the words of whoever began.
    who_i_am = models.CharField(_("Who I am"), max_length=300, blank=True)
    why_you = models.TextField(_("Why you"), max_length=1000, blank=True)
    what_i_ask = models.CharField(_("What I ask"), max_length=300, blank=True)
    how_long = models.CharField(_("How long it takes"), max_length=100, blank=True)
    your_gain = models.CharField(_("What you might gain"), max_length=300, blank=True)
    # Counts what whoever began wrote, and nothing that the other two did: it is shown to them.
    version = versions.counted()
    # What the connector changed before passing it on. Kept apart, because a seeker who saw the
    # change would learn that the connector agreed.
    forwarded = models.JSONField(default=dict)
    connector_word = models.TextField(_("A word from the connector"), max_length=1000, blank=True)

    created_at = models.DateTimeField(default=clock.now)
    asked_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    # When the one sought was really asked: after the connector's yes, and not while they pause.
    target_asked_at = models.DateTimeField(null=True)
    introduced_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    # When the seeker was told "not now"; the same moment whoever refused, or if nobody answered.
    told_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    checked_in_at = models.DateTimeField(null=True)
    thanked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(seeker=F("target"))
                & ~Q(seeker=F("connector"))
                & ~Q(connector=F("target")),
                name="three_different_people",
            ),
            # One connector is asked at a time.
            models.UniqueConstraint(
                fields=["seeker", "target"],
                condition=Q(state__in=OPEN),
                name="one_open_introduction_each",
            ),
        ]
        indexes = [models.Index(fields=["state", "expires_at"], name="introduction_expiry")]

    def __str__(self) -> str:
        return f"{self.seeker} to {self.target} through {self.connector}"


class Consent(models.Model):
    """What one of the three said, when, and through which door."""

    id = random_id()
    introduction = models.ForeignKey(
        Introduction, on_delete=models.CASCADE, related_name="consents"
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=10, choices=Role.choices)
    answer = models.CharField(max_length=10, choices=Answer.choices)
    given_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["introduction", "role"], name="one_answer_each")
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.answer}"


class Report(models.Model):
    """What the seeker or the one sought says came of an introduction."""

    id = random_id()
    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="reports")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    words = models.TextField(max_length=1000, blank=True)
    reported_at = models.DateTimeField(default=clock.now)
    version = versions.counted()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["introduction", "person"], name="one_report_each")
        ]

    def __str__(self) -> str:
        return self.outcome
