"""Calls, who may answer them, and the answers that came."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from footbridge.calls.states import (
    RECEIVED,
    STANDING,
    AnswerState,
    Audience,
    Criterion,
    From,
    Kind,
    Reason,
    Reward,
    State,
)
from footbridge.core import clock, ids, versions
from footbridge.core.fields import random_id
from footbridge.exchange.models import Cause, Skill
from footbridge.people.models import Chapter, Member, Person, Place

REPLY_DAYS = 14


def new_slug() -> str:
    """The end of a call's address: random, and short enough to be read out."""
    return ids.new_code(10).lower()


class Call(models.Model):
    """A door that somebody opens: what should come of it, for whom, and when they answer."""

    id = random_id()
    slug = models.CharField(max_length=20, unique=True, default=new_slug, editable=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    owner = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="calls")
    # Who gets the letters; whoever acts for the owner may do the same.
    steward = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="stewarded_calls"
    )
    # The steward's chapter: whose members see it, and whose hosts are told what waits too long.
    chapter = models.ForeignKey(Chapter, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)

    title = models.CharField(_("In one line"), max_length=160)
    outcome = models.TextField(_("What will be different afterwards"), max_length=2000, blank=True)
    good_answer = models.TextField(_("What a good answer has"), max_length=1500, blank=True)
    decided_by = models.CharField(_("Who decides"), max_length=200, blank=True)
    size_words = models.CharField(_("How much it is"), max_length=200, blank=True)
    begins = models.DateField(_("Begins"), null=True, blank=True)
    ends = models.DateField(_("Ends"), null=True, blank=True)
    place = models.ForeignKey(Place, on_delete=models.SET_NULL, null=True, related_name="+")
    reach_km = models.PositiveSmallIntegerField(_("Within how many kilometres"), null=True)
    is_remote = models.BooleanField(_("It can be done from anywhere"), default=False)

    reward = models.CharField(max_length=12, choices=Reward.choices, blank=True)
    reward_words = models.CharField(_("In words"), max_length=300, blank=True)
    amount_from = models.PositiveBigIntegerField(_("From"), null=True, blank=True)
    amount_to = models.PositiveBigIntegerField(_("To"), null=True, blank=True)
    currency = models.CharField(_("Currency"), max_length=3, blank=True)

    # Without one, the owner closes the door by hand.
    deadline = models.DateTimeField(null=True)
    timezone = models.CharField(max_length=60, default="UTC")
    reply_days = models.PositiveSmallIntegerField(_("Reply within days"), default=REPLY_DAYS)
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.MEMBERS)
    answers_from = models.CharField(max_length=10, choices=From.choices, default=From.MEMBERS)
    # Whether answers may be shown to all who see the call, where their authors wish it.
    entries_shown = models.BooleanField(default=False)
    skills = models.ManyToManyField(Skill, related_name="+")
    causes = models.ManyToManyField(Cause, related_name="+")

    # The stems of what it says, in each language that is known here: for search.
    folded = models.TextField(blank=True, editable=False)
    created_at = models.DateTimeField(default=clock.now)
    opened_at = models.DateTimeField(null=True)
    # When the door was shut, and when the last word was said.
    deciding_at = models.DateTimeField(null=True)
    over_at = models.DateTimeField(null=True)
    # When the owner, and then the hosts, were last told what waits for an answer.
    reminded_at = models.DateTimeField(null=True)
    hosts_told_at = models.DateTimeField(null=True)
    is_demo = models.BooleanField(default=False)
    version = versions.counted()

    class Meta:
        ordering = ["-opened_at", "-created_at", "id"]
        indexes = [
            models.Index(fields=["state", "audience", "-opened_at"], name="call_list"),
            models.Index(fields=["state", "deadline"], name="call_by_deadline"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether answers may be sent now; the deadline counts to the second, whenever the
        worker comes by."""
        in_time = self.deadline is None or self.deadline > clock.now()
        return self.state == State.OPEN and in_time


class Rule(models.Model):
    """One condition that whoever answers has to meet: any of its values is enough."""

    id = random_id()
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="rules")
    kind = models.CharField(max_length=12, choices=Criterion.choices)
    # Codes: of sectors, countries, stages, sizes, languages, causes by key; for a distance its
    # kilometres, around the call's own place; words for a legal form.
    values = models.JSONField(default=list)

    class Meta:
        ordering = ["kind"]
        constraints = [models.UniqueConstraint(fields=["call", "kind"], name="rule_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.values}"


class Answer(models.Model):
    """What somebody answers to a call, and what was said to it."""

    id = random_id()
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="answers")
    # In whose name, and by whose hand; no member for somebody from outside.
    member = models.ForeignKey(Member, on_delete=models.CASCADE, null=True, related_name="answers")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    # Somebody from outside, who showed at this moment that the address is theirs.
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    language = models.CharField(max_length=10, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    # A digest of the network that it came from, while it waits to be confirmed (limits.py).
    network = models.CharField(max_length=32, blank=True)

    text = models.TextField(_("Your answer"), max_length=5000, blank=True)
    gain = models.TextField(_("What you hope to gain"), max_length=1000, blank=True)
    # Whether it may be seen by all who see the call.
    shown = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=AnswerState.choices, default=AnswerState.DRAFT)
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    reason_words = models.CharField(_("In your own words"), max_length=1000, blank=True)
    begun_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True)
    # By when the owner promised a word.
    due_at = models.DateTimeField(null=True)
    # When the last word was said: chosen, or closed with a reason.
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    # When its author was told that word, and led to others whom their answer fits.
    told_at = models.DateTimeField(null=True)
    matched_at = models.DateTimeField(null=True)
    version = versions.counted()

    class Meta:
        ordering = ["sent_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "member"],
                condition=Q(state__in=STANDING, member__isnull=False),
                name="answer_once_each",
            ),
            models.UniqueConstraint(
                fields=["call", "email"],
                condition=Q(state__in=RECEIVED) & ~Q(email=""),
                name="answer_once_from_outside",
            ),
        ]
        indexes = [
            models.Index(fields=["call", "state", "sent_at"], name="answer_list"),
            models.Index(fields=["state", "due_at"], name="answer_by_due"),
            models.Index(fields=["email", "begun_at"], name="answer_by_address"),
            models.Index(
                fields=["closed_at"],
                condition=Q(told_at=None, closed_at__isnull=False),
                name="answer_to_be_told",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member or self.name}: {self.text[:40]}"


class AnswerFile(models.Model):
    """A file that came with an answer."""

    id = random_id()
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    content = models.BinaryField()
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["added_at", "id"]
        constraints = [models.UniqueConstraint(fields=["answer", "digest"], name="file_once")]

    def __str__(self) -> str:
        return self.name
