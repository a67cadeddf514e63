"""Sessions, who sits in them, who sat with whom, and what they leave behind."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from footbridge.circles.models import Circle
from footbridge.core import clock, versions
from footbridge.core.fields import random_id
from footbridge.meetings.states import (
    Felt,
    Format,
    Holding,
    Kind,
    List,
    Part,
    Release,
    State,
    Verdict,
)
from footbridge.people.models import Chapter, Organisation, Person, Place


class RunSheet(models.Model):
    """A chapter's own way of running a format, cloned from ours or from another one."""

    id = random_id()
    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="run_sheets")
    name = models.CharField(_("name"), max_length=120)
    format = models.CharField(max_length=20, choices=Format.choices)
    # [{gathering, minutes, title, prompt, size}], as `formats.Step` reads and writes them.
    steps = models.JSONField(default=list)
    cap = models.PositiveSmallIntegerField(_("seats"))
    quorum = models.PositiveSmallIntegerField(_("fewest people"))
    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    is_demo = models.BooleanField(default=False)
    version = versions.counted()

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Series(models.Model):
    """Sessions that belong together: the same place and shape, again and again."""

    id = random_id()
    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="series")
    title = models.CharField(_("title"), max_length=120)
    about = models.TextField(_("about"), max_length=2000, blank=True)
    # A closed series is for those in its circle, and goes with it.
    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, null=True, related_name="series")
    # A programme for a partner body: a delegation, a class, a women's group.
    for_body = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, related_name="programmes"
    )
    # For so many days two people who met are not put together again.
    apart_days = models.PositiveSmallIntegerField(_("days before two meet again"), default=90)
    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    is_demo = models.BooleanField(default=False)
    version = versions.counted()

    class Meta:
        ordering = ["title", "id"]

    def __str__(self) -> str:
        return self.title


class Session(models.Model):
    """One meeting, with its seats, its steps and what it left behind."""

    id = random_id()
    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="sessions")
    series = models.ForeignKey(
        Series, on_delete=models.SET_NULL, null=True, related_name="sessions"
    )
    # The event of which this is one part, and the track in which it stands there.
    event = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="parts")
    track = models.CharField(_("track"), max_length=80, blank=True)
    # A closed session is for those in its circle, and goes with it.
    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, null=True, related_name="sessions")
    format = models.CharField(max_length=20, choices=Format.choices)
    title = models.CharField(_("title"), max_length=120)
    question = models.CharField(_("the question"), max_length=300, blank=True)
    about = models.TextField(_("about"), max_length=2000, blank=True)
    # The run-sheet as it was when the session was planned, edited since: a session keeps its own.
    steps = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)

    starts_at = models.DateTimeField(_("starts"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    timezone = models.CharField(_("time zone"), max_length=60)
    language = models.CharField(_("language"), max_length=10)
    where = models.CharField(_("where"), max_length=300, blank=True)
    place = models.ForeignKey(Place, on_delete=models.SET_NULL, null=True, related_name="+")
    online_link = models.URLField(_("link to join online"), max_length=500, blank=True)

    cap = models.PositiveSmallIntegerField(_("seats"))
    quorum = models.PositiveSmallIntegerField(_("fewest people"))
    # Whether more may say yes than there are seats, since some who say yes do not come.
    overbooks = models.BooleanField(_("allow for people who do not come"), default=False)
    # How many may say yes, and the rate of coming that this was worked out with.
    accept_limit = models.PositiveSmallIntegerField()
    rate_used = models.FloatField(null=True)

    # [{words, url}] to read before.
    reading = models.JSONField(default=list)

    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    # The step of the run-sheet that goes on, since when, and how many minutes it is given by now.
    step = models.PositiveSmallIntegerField(null=True)
    step_since = models.DateTimeField(null=True)
    step_minutes = models.PositiveSmallIntegerField(default=0)
    # Where it can be seen again, for those who were asked to it.
    recording = models.URLField(_("the recording"), max_length=500, blank=True)
    cancelled_because = models.CharField(max_length=300, blank=True)
    # Counts what calendars must hear of: time, place, cancelling (RFC 5545, SEQUENCE).
    calendar_sequence = models.PositiveIntegerField(default=0)
    is_demo = models.BooleanField(default=False)
    version = versions.counted()

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gt=0), name="session_lasts"),
            models.CheckConstraint(
                condition=Q(cap__gt=0) & Q(quorum__lte=F("cap")) & Q(accept_limit__gte=F("cap")),
                name="session_seats_make_sense",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "starts_at"], name="session_by_start"),
            models.Index(fields=["chapter", "starts_at"], name="session_by_chapter"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def is_closed(self) -> bool:
        return self.circle_id is not None


class Seat(models.Model):
    """One person's seat in a session, from the invitation to having been there."""

    id = random_id()
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="seats")
    holding = models.CharField(max_length=10, choices=Holding.choices, default=Holding.INVITED)
    part = models.CharField(max_length=15, choices=Part.choices, default=Part.GUEST)
    invited_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True)
    # On the waiting list since; a seat that was freed is held until.
    waiting_since = models.DateTimeField(null=True)
    held_until = models.DateTimeField(null=True)
    # When they last said that they come, and when they were last asked whether they do.
    confirmed_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    # Came when the room was full; for that they stand first in line the next time.
    turned_away_at = models.DateTimeField(null=True)
    comes_first = models.BooleanField(default=False)
    came_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    walked_in = models.BooleanField(default=False)
    # Whether their record was made at the door, together with this seat.
    listed_at_door = models.BooleanField(default=False)
    first_time = models.BooleanField(default=False)
    # When they were thanked for having come, and asked the one question.
    thanked_at = models.DateTimeField(null=True)
    # How often they have spoken tonight; forgotten when the session ends.
    spoke = models.PositiveSmallIntegerField(default=0)
    # Whether they want to talk with somebody who was there, and with whom they do.
    wants_pairing = models.BooleanField(default=False)
    pairing = models.ForeignKey(
        "Pairing", on_delete=models.SET_NULL, null=True, related_name="seats"
    )

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="seat_once")]
        indexes = [
            models.Index(fields=["session", "holding"], name="seat_by_holding"),
            models.Index(fields=["person", "came_at"], name="seat_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.session}"

    @property
    def is_there(self) -> bool:
        return self.came_at is not None and self.left_at is None


class Round(models.Model):
    """One seating of those who are there, for one step of the run-sheet."""

    id = random_id()
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    step = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    # One entry for each table: what its people have for one another, as codes and ids.
    why = models.JSONField(default=list)
    # Who could not be seated, and for what reason: [{seat, code}].
    left_over = models.JSONField(default=list)
    seed = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="round_number_once")
        ]

    def __str__(self) -> str:
        return f"round {self.number} of {self.session_id}"


class Sitting(models.Model):
    """Who sits at which table in a round."""

    id = random_id()
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="sittings")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="sittings")
    table = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["table", "id"]
        constraints = [models.UniqueConstraint(fields=["round", "seat"], name="one_table_a_round")]

    def __str__(self) -> str:
        return f"table {self.table}"


class Pairing(models.Model):
    """Two, or three, who were at a live talk and talk on by themselves afterwards."""

    id = random_id()
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="pairings")
    made_at = models.DateTimeField(default=clock.now)
    # What they have for one another, as codes and ids, like that of a table.
    why = models.JSONField(default=dict)

    class Meta:
        ordering = ["made_at", "id"]

    def __str__(self) -> str:
        return f"a talk after {self.session_id}"


class Question(models.Model):
    """A question that someone brings to a live talk, before it or while it goes on."""

    id = random_id()
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="questions")
    text = models.CharField(_("your question"), max_length=300)
    asked_at = models.DateTimeField(default=clock.now)
    # Since when it is the one that is being answered, and when it was.
    taken_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at", "id"]

    def __str__(self) -> str:
        return self.text


class Echo(models.Model):
    """Someone who wants to hear the answer to a question of somebody else, too."""

    id = random_id()
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="echoes")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "seat"], name="echo_once")]

    def __str__(self) -> str:
        return "me too"


class Jotting(models.Model):
    """One need or one offer, written in a silent minute; its writer's alone until they show it."""

    id = random_id()
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="jottings")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.CharField(_("in one sentence"), max_length=500)
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["kind", "id"]
        constraints = [models.UniqueConstraint(fields=["seat", "kind"], name="jotting_once")]

    def __str__(self) -> str:
        return self.text


class Mark(models.Model):
    """One participant's private wish to meet another one again."""

    id = random_id()
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="marks")
    other = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seat", "other"], name="mark_once"),
            models.CheckConstraint(condition=~Q(seat=F("other")), name="mark_another"),
        ]

    def __str__(self) -> str:
        return "to meet again"


class Insight(models.Model):
    """Something worth telling on, in the words of who said it; at most three leave a session."""

    id = random_id()
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="insights")
    speaker = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    text = models.CharField(_("the insight"), max_length=500)
    written_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=clock.now)
    release = models.CharField(max_length=10, choices=Release.choices, default=Release.ASKED)
    decided_at = models.DateTimeField(null=True)
    version = versions.counted()

    class Meta:
        ordering = ["written_at", "id"]

    def __str__(self) -> str:
        return self.text


class Interest(models.Model):
    """Someone's name on one of a session's two lists."""

    id = random_id()
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="interests")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    list = models.CharField(max_length=10, choices=List.choices)
    since = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(fields=["session", "person", "list"], name="interest_once")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.list}"


class FollowUp(models.Model):
    """What someone means to try or do after a session, by when. The next session opens with it."""

    id = random_id()
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="follow_ups")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    text = models.CharField(_("what you will do"), max_length=300)
    due = models.DateField(_("by when"), null=True)
    made_at = models.DateTimeField(default=clock.now)
    done_at = models.DateTimeField(null=True)
    came_of_it = models.CharField(_("what came of it"), max_length=500, blank=True)
    version = versions.counted()

    class Meta:
        ordering = ["due", "id"]

    def __str__(self) -> str:
        return self.text


class Feedback(models.Model):
    """One person's answer to the one question after a session."""

    id = random_id()
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="feedback")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    felt = models.CharField(max_length=10, choices=Felt.choices)
    text = models.CharField(_("what would make it better"), max_length=500, blank=True)
    given_at = models.DateTimeField(default=clock.now)
    version = versions.counted()

    class Meta:
        ordering = ["given_at", "id"]
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="feedback_once")]

    def __str__(self) -> str:
        return self.felt


class Improvement(models.Model):
    """One change tried in a series: why, what is expected, how it is measured, what came of it."""

    id = random_id()
    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="improvements")
    observation = models.CharField(_("what we noticed"), max_length=500)
    seen_in = models.ManyToManyField(Session, related_name="+")
    problem = models.CharField(_("what is wrong with it"), max_length=500, blank=True)
    change = models.CharField(_("what we change"), max_length=500)
    expected = models.CharField(_("what we expect"), max_length=500, blank=True)
    measure = models.CharField(_("what we count"), max_length=200)
    baseline = models.CharField(_("how it was before"), max_length=200, blank=True)
    begins_on = models.DateField(_("from"))
    review_on = models.DateField(_("looked at on"), null=True)
    result = models.CharField(_("what came of it"), max_length=500, blank=True)
    verdict = models.CharField(max_length=10, choices=Verdict.choices, default=Verdict.OPEN)
    decided_at = models.DateTimeField(null=True)
    # Whose word led to it; named in the public log if they agree.
    because_of = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    may_be_named = models.BooleanField(default=False)
    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    version = versions.counted()

    class Meta:
        ordering = ["-begins_on", "id"]
        constraints = [
            # One change at a time, or nobody can say which of them helped.
            models.UniqueConstraint(
                fields=["series"], condition=Q(verdict=Verdict.OPEN), name="one_change_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return self.change


class FeedRenewal(models.Model):
    """Somebody took back every address of a calendar feed that was given out before: their own,
    or that of a chapter as they may read it."""

    id = random_id()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    # The person, or a chapter.
    feed = models.UUIDField()
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "feed"], name="feed_renewed_once")]

    def __str__(self) -> str:
        return f"a feed of {self.person_id}"
