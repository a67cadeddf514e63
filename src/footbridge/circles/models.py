"""Circles, who is in them, what they mean to do, and what their members ask of one another."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from footbridge.circles.states import Belonging, CircleKind, Reply
from footbridge.core import clock, versions
from footbridge.core.fields import random_id
from footbridge.exchange.models import Cause
from footbridge.people.models import Chapter, Person


class Circle(models.Model):
    """A few people around a shared cause, or who build something together. They may call on one
    another without new vetting; it needs no legal entity."""

    id = random_id()
    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="circles")
    name = models.CharField(_("name"), max_length=120)
    about = models.TextField(_("about"), max_length=1000, blank=True)
    cause = models.ForeignKey(Cause, on_delete=models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=10, choices=CircleKind.choices, default=CircleKind.PEERS)
    rhythm = models.CharField(_("how often it meets"), max_length=120, blank=True)
    # Planned growth: how many it wants to be, and whom it looks for.
    wanted_size = models.PositiveSmallIntegerField(_("how many it wants to be"), null=True)
    looks_for = models.CharField(_("whom it looks for"), max_length=300, blank=True)
    formed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    formed_at = models.DateTimeField(default=clock.now)
    # Since enough were in it; from then on members see addresses and may call on one another.
    stands_since = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    is_demo = models.BooleanField(default=False)
    version = versions.counted()

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def stands(self) -> bool:
        return self.stands_since is not None and self.ended_at is None

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None


class Membership(models.Model):
    """Someone in a circle, asked to join it, or gone from it."""

    id = random_id()
    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="circles")
    belonging = models.CharField(
        max_length=10, choices=Belonging.choices, default=Belonging.INVITED
    )
    role = models.CharField(_("what they do in it"), max_length=120, blank=True)
    asked_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    joined_at = models.DateTimeField(null=True)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["joined_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["circle", "person"], name="circle_member_once")
        ]
        indexes = [models.Index(fields=["person", "belonging"], name="circle_by_person")]

    def __str__(self) -> str:
        return f"{self.person} in {self.circle}"

    @property
    def is_in(self) -> bool:
        return self.belonging == Belonging.IN


class NextStep(models.Model):
    """What a circle means to do: what, who, by when."""

    id = random_id()
    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="steps")
    text = models.CharField(_("what is to be done"), max_length=300)
    who = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    due = models.DateField(_("by when"), null=True)
    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due", "made_at", "id"]

    def __str__(self) -> str:
        return self.text


class Call(models.Model):
    """What one member asks of the circle, until a day."""

    id = random_id()
    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="calls")
    asker = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    text = models.CharField(_("what you ask"), max_length=500)
    until = models.DateField(_("by when"))
    made_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "id"]

    def __str__(self) -> str:
        return self.text

    @property
    def is_open(self) -> bool:
        return self.closed_at is None and self.until >= clock.today()


class Answer(models.Model):
    """What one member said to a call, for the eyes of whoever asked."""

    id = random_id()
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="answers")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    reply = models.CharField(max_length=15, choices=Reply.choices)
    words = models.CharField(_("in a few words"), max_length=500, blank=True)
    given_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["given_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["call", "person"], name="circle_answer_once")
        ]

    def __str__(self) -> str:
        return self.reply
