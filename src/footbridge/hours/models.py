"""The time that somebody gives in a quarter, the slots it has, and the appointments in them."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from footbridge.core import clock, versions
from footbridge.core.fields import random_id
from footbridge.exchange.models import Cause, Need, Offer
from footbridge.hours.states import LIVE, Manner, Role, State
from footbridge.people.models import Chapter, Member, Person, Place

MOST_WORDS = 300


class Availability(models.Model):
    """When somebody has time for others in one quarter, and for whom."""

    id = random_id()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="availabilities")
    # Its first day.
    quarter = models.DateField()
    timezone = models.CharField(max_length=60)
    # What `windows.Window` keeps, in the order in which it was said.
    windows = models.JSONField(default=list)
    minutes = models.PositiveSmallIntegerField()
    most_hours = models.PositiveSmallIntegerField()
    manner = models.CharField(max_length=10, choices=Manner.choices, default=Manner.ONLINE)
    place = models.ForeignKey(Place, on_delete=models.SET_NULL, null=True, related_name="+")
    within_km = models.PositiveSmallIntegerField(default=25)
    where = models.CharField(_("Where exactly"), max_length=200, blank=True)
    online_link = models.URLField(_("Link to join online"), max_length=500, blank=True)
    # Which of their offers it is for; none named means all of them.
    offers = models.ManyToManyField(Offer, related_name="+")
    # For whom; none named means for everyone.
    sectors = models.JSONField(default=list)
    chapters = models.ManyToManyField(Chapter, related_name="+")
    only_unpaid = models.BooleanField(default=False)
    is_paused = models.BooleanField(default=False)
    asked_again_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)
    version = versions.counted()

    class Meta:
        ordering = ["quarter", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "quarter"], name="availability_once")
        ]
        indexes = [models.Index(fields=["quarter"], name="availability_by_quarter")]

    def __str__(self) -> str:
        return f"{self.person} from {self.quarter}"


class Slot(models.Model):
    """One time at which somebody has room for one talk."""

    id = random_id()
    availability = models.ForeignKey(Availability, on_delete=models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["availability", "starts_at"], name="slot_once")
        ]
        indexes = [models.Index(fields=["starts_at"], name="slot_by_start")]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def minutes(self) -> int:
        return _minutes(self.ends_at - self.starts_at)


class Booking(models.Model):
    """An appointment: somebody asked for a slot, for a need; what was answered and what came of
    it. It keeps its own time, since a slot goes when its owner says other times."""

    id = random_id()
    slot = models.ForeignKey(Slot, on_delete=models.SET_NULL, null=True, related_name="bookings")
    giver = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="hours_given")
    # Gone when they left: that an hour was given stays with who gave it.
    receiver = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="hours_received"
    )
    on_behalf_of = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    need = models.ForeignKey(Need, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    timezone = models.CharField(max_length=60)
    is_online = models.BooleanField(default=True)
    where = models.CharField(max_length=300, blank=True)
    online_link = models.URLField(max_length=500, blank=True)
    what_for = models.CharField(_("What for, in one sentence"), max_length=MOST_WORDS)
    could_not_pay = models.BooleanField(default=False)

    asked_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    cancelled_by = models.CharField(max_length=10, choices=Role.choices, blank=True)
    # Rises with each change, so that calendar programs take the latest (RFC 5545).
    calendar_sequence = models.PositiveIntegerField(default=0)

    # What came of it, as each of the two says; 0 minutes: it did not take place.
    asked_how_it_went_at = models.DateTimeField(null=True)
    giver_minutes = models.PositiveSmallIntegerField(null=True)
    told_at = models.DateTimeField(null=True)
    receiver_minutes = models.PositiveSmallIntegerField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    learned = models.CharField(_("What you learned"), max_length=MOST_WORDS, blank=True)
    # Where and for what it was, for counts that outlive the need and the receiver.
    chapter = models.ForeignKey(Chapter, on_delete=models.SET_NULL, null=True, related_name="+")
    causes = models.ManyToManyField(Cause, related_name="+")

    class Meta:
        ordering = ["-starts_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="two_different_people"),
            models.UniqueConstraint(
                fields=["slot"], condition=Q(state__in=LIVE), name="one_live_booking_each"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "expires_at"], name="booking_expiry"),
            models.Index(fields=["state", "ends_at"], name="booking_by_end"),
        ]

    def __str__(self) -> str:
        return f"{self.giver} for {self.receiver}"

    @property
    def minutes(self) -> int:
        """How long it is meant to take."""
        return _minutes(self.ends_at - self.starts_at)

    @property
    def told_version(self) -> str:
        """A word that changes with what the giver says of it."""
        return versions.of_choice([str(self.giver_minutes), self.learned])

    @property
    def counted_minutes(self) -> int | None:
        """What was confirmed; None while it was not."""
        return self.receiver_minutes if self.giver_minutes else None


def _minutes(length: timedelta) -> int:
    return int(length.total_seconds()) // 60
