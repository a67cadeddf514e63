"""An assignment: what was agreed, who is in the team, what was done, what both sides say of it."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from footbridge.assignments.states import (
    OVER,
    STANDING,
    Because,
    CaseState,
    Decline,
    Kind,
    Mark,
    PartState,
    Phase,
    Role,
    Seen,
    Side,
    State,
)
from footbridge.calls.models import Answer, Call
from footbridge.core import clock, versions
from footbridge.core.fields import random_id
from footbridge.exchange.models import Cause, Need, Skill
from footbridge.people.models import Chapter, Member, Person

MOST_WORDS = 300


class Assignment(models.Model):
    """Work that a team does for a client, across sectors: agreed by both, reviewed by both."""

    id = random_id()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.FORMING)
    # Where it came from: what was said there was copied when it began, and may change there.
    call = models.ForeignKey(Call, on_delete=models.SET_NULL, null=True, related_name="+")
    answer = models.ForeignKey(Answer, on_delete=models.SET_NULL, null=True, related_name="+")
    need = models.ForeignKey(Need, on_delete=models.SET_NULL, null=True, related_name="+")
    # Gone when they left: what the others gave stays with them.
    client = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, related_name="assignments_given"
    )
    # Who speaks for the client and gets the letters.
    contact = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    chapter = models.ForeignKey(Chapter, on_delete=models.SET_NULL, null=True, related_name="+")
    skills = models.ManyToManyField(Skill, related_name="+")
    causes = models.ManyToManyField(Cause, related_name="+")

    title = models.CharField(_("In one line"), max_length=160)
    scope = models.TextField(_("What is done"), max_length=2000, blank=True)
    outcome = models.TextField(_("What will be different afterwards"), max_length=2000)
    begins = models.DateField(_("Begins"), null=True, blank=True)
    ends = models.DateField(_("Ends"), null=True, blank=True)

    created_at = models.DateTimeField(default=clock.now)
    # Each side's yes to these very words.
    client_agreed_at = models.DateTimeField(null=True)
    lead_agreed_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    over_at = models.DateTimeField(null=True)
    because = models.CharField(max_length=15, choices=Because.choices, blank=True)
    because_words = models.CharField(_("In your own words"), max_length=MOST_WORDS, blank=True)
    called_off_by = models.CharField(max_length=10, choices=Side.choices, blank=True)
    # When both sides were last asked for a review.
    asked_midway_at = models.DateTimeField(null=True)
    asked_final_at = models.DateTimeField(null=True)
    is_demo = models.BooleanField(default=False)
    version = versions.counted()

    class Meta:
        ordering = ["-created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["answer"],
                condition=Q(answer__isnull=False) & ~Q(state=State.CALLED_OFF),
                name="assignment_once_per_answer",
            )
        ]
        indexes = [models.Index(fields=["state", "delivered_at"], name="assignment_by_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        return self.state in OVER


class Part(models.Model):
    """Somebody who is asked into a team, is in it, or was."""

    id = random_id()
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="parts")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="parts")
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.MEMBER)
    state = models.CharField(max_length=10, choices=PartState.choices, default=PartState.ASKED)
    what = models.CharField(_("What they would do"), max_length=MOST_WORDS, blank=True)
    asked_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=10, choices=Decline.choices, blank=True)
    reason_words = models.CharField(_("In your own words"), max_length=MOST_WORDS, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "person"], name="part_once"),
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(role=Role.LEAD, state__in=STANDING),
                name="one_lead_each",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "state"], name="part_by_person"),
            models.Index(fields=["state", "expires_at"], name="part_expiry"),
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.assignment_id}"


class StepDone(models.Model):
    """A step of the playbook that was ticked."""

    id = random_id()
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="steps")
    key = models.CharField(max_length=40)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    done_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["done_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "key"], name="step_ticked_once")
        ]

    def __str__(self) -> str:
        return self.key


def _mark() -> models.PositiveSmallIntegerField[int, int]:
    return models.PositiveSmallIntegerField(
        choices=Mark.choices, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )


class Review(models.Model):
    """What one side says half-way or at the end; the other reads it once both have written, or
    two weeks have passed."""

    id = random_id()
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="reviews")
    phase = models.CharField(max_length=10, choices=Phase.choices)
    side = models.CharField(max_length=10, choices=Side.choices)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    # How near it came to what was agreed, whether promises were kept, whether each side was
    # heard, whether they would do it again together.
    outcome = _mark()
    promises = _mark()
    heard = _mark()
    again = _mark()
    keep = models.CharField(_("One thing to keep"), max_length=MOST_WORDS, blank=True)
    change = models.CharField(_("One thing to change"), max_length=MOST_WORDS, blank=True)
    # Whether "one thing to keep" may stand in a case, with the name.
    may_be_quoted = models.BooleanField(_("It may be quoted in the case"), default=False)
    written_at = models.DateTimeField(default=clock.now)
    version = versions.counted()

    class Meta:
        ordering = ["written_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "phase", "side"], name="review_once")
        ]
        indexes = [models.Index(fields=["phase", "written_at"], name="review_by_day")]

    def __str__(self) -> str:
        return f"{self.phase} by {self.side}"


class HoursGiven(models.Model):
    """The time that one of the team gave in a month, and what the client says of it."""

    id = random_id()
    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="hours")
    # The first day of the month.
    month = models.DateField()
    minutes = models.PositiveIntegerField()
    told_at = models.DateTimeField(default=clock.now)
    confirmed_minutes = models.PositiveIntegerField(null=True)
    confirmed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    version = versions.counted()

    class Meta:
        ordering = ["month", "id"]
        constraints = [models.UniqueConstraint(fields=["part", "month"], name="hours_once_a_month")]

    def __str__(self) -> str:
        return f"{self.minutes} minutes in {self.month:%Y-%m}"


class SkillSeen(models.Model):
    """That somebody of the other side saw a skill at work in one of the team."""

    id = random_id()
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="seen")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="skills_seen")
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    words = models.CharField(_("In a few words"), max_length=200, blank=True)
    said_at = models.DateTimeField(default=clock.now)
    consent = models.CharField(max_length=10, choices=Seen.choices, default=Seen.ASKED)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["said_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "person", "skill"], name="skill_seen_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} showed {self.skill}"


class Case(models.Model):
    """What came of an assignment, told for others. Shown to nobody until everybody agreed to the
    same words."""

    id = random_id()
    assignment = models.OneToOneField(Assignment, on_delete=models.CASCADE, related_name="case")
    text = models.TextField(_("The case"), max_length=8000)
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=CaseState.choices, default=CaseState.DRAFT)
    written_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=clock.now)
    agreed_at = models.DateTimeField(null=True)
    version = versions.counted()

    def __str__(self) -> str:
        return self.text[:60]


class CaseYes(models.Model):
    """Somebody's yes to one version of a case."""

    id = random_id()
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="yeses")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    to_version = models.PositiveIntegerField()
    said_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["said_at", "id"]
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="case_yes_once")]

    def __str__(self) -> str:
        return f"{self.person} to version {self.to_version}"
