"""A partnership: whose it is, who stands for each side, what was promised, said and spent."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from footbridge.circles.models import Circle
from footbridge.core import clock, versions
from footbridge.core.fields import random_id
from footbridge.introductions.models import Introduction
from footbridge.partnerships.states import (
    STANDING,
    Counted,
    Ended,
    Entry,
    ExitItem,
    Kind,
    PartyRole,
    PartyState,
    Proposal,
    Role,
    SizeScheme,
    Spent,
    State,
)
from footbridge.people.models import Chapter, Member, Person
from footbridge.people.states import Sector, Size

MOST_WORDS = 300


class Partnership(models.Model):
    """Two or more parties that do something together, formally or not."""

    id = random_id()
    title = models.CharField(_("In one line"), max_length=160)
    purpose = models.TextField(_("Why you do it together"), max_length=2000, blank=True)
    what = models.TextField(_("What you do together"), max_length=2000, blank=True)
    # The third winner, beside the two sides.
    community_gain = models.CharField(
        _("What others gain from it"), max_length=MOST_WORDS, blank=True
    )
    kind = models.CharField(max_length=15, choices=Kind.choices, default=Kind.TRANSACTIONAL)
    is_formal = models.BooleanField(_("It is formal"), default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.EXPLORING)
    chapter = models.ForeignKey(Chapter, on_delete=models.SET_NULL, null=True, related_name="+")
    # Where it came from.
    introduction = models.ForeignKey(
        Introduction, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    starter = models.CharField(max_length=40, blank=True)

    begins_on = models.DateField(_("Begins"), null=True, blank=True)
    ends_on = models.DateField(_("Ends"), null=True, blank=True)
    review_on = models.DateField(_("Next review"), null=True, blank=True)
    currency = models.CharField(_("Currency"), max_length=3, default="EUR")

    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    active_since = models.DateTimeField(null=True)
    closing_since = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closing_words = models.CharField(_("Why it ends"), max_length=MOST_WORDS, blank=True)
    # For which review date the stewards were reminded.
    reminded_for = models.DateField(null=True)
    is_demo = models.BooleanField(default=False)
    version = versions.counted()

    class Meta:
        ordering = ["-created_at", "id"]
        indexes = [
            models.Index(fields=["state", "review_on"], name="partnership_by_review"),
            models.Index(fields=["chapter", "state"], name="partnership_by_chapter"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        return self.state == State.CLOSED


class Party(models.Model):
    """One of those in a partnership: a member, a circle, or an informal group by its name."""

    id = random_id()
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="parties")
    position = models.PositiveSmallIntegerField(default=0)
    member = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, related_name="partnerships"
    )
    circle = models.ForeignKey(
        Circle, on_delete=models.SET_NULL, null=True, related_name="partnerships"
    )
    name = models.CharField(_("Name of the group"), max_length=200, blank=True)
    # What an organisation or a circle was called: stays when it is gone. Never a person's name.
    known_as = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=12, choices=PartyRole.choices, default=PartyRole.CORE)

    # As entered at that time; what the organisation says of itself may change.
    sector = models.CharField(_("Sector"), max_length=10, choices=Sector.choices, blank=True)
    # For a sector that could be counted either way: the choice made for this partnership.
    counts_as = models.CharField(max_length=10, choices=Counted.choices, blank=True)
    shares_profits = models.BooleanField(
        _("May its profits be paid out to owners?"), null=True, blank=True
    )
    size = models.CharField(_("Size"), max_length=10, choices=Size.choices, blank=True)
    size_scheme = models.CharField(max_length=5, choices=SizeScheme.choices, default=SizeScheme.EU)
    group = models.CharField(_("Group it belongs to"), max_length=200, blank=True)
    gain = models.CharField(_("What it gains from it"), max_length=MOST_WORDS, blank=True)

    state = models.CharField(max_length=10, choices=PartyState.choices, default=PartyState.PROPOSED)
    # Who was asked for this party's yes, and by whom.
    asked = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    version = versions.counted()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=True) | Q(circle__isnull=True),
                name="party_is_one_thing",
            ),
            models.UniqueConstraint(
                fields=["partnership", "member"],
                condition=Q(state__in=STANDING, member__isnull=False),
                name="member_is_one_party",
            ),
            models.UniqueConstraint(
                fields=["partnership", "circle"],
                condition=Q(state__in=STANDING, circle__isnull=False),
                name="circle_is_one_party",
            ),
        ]
        indexes = [
            models.Index(fields=["asked", "state"], name="party_by_asked"),
            models.Index(fields=["state", "expires_at"], name="party_expiry"),
        ]

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        """The party's name today, or what it was called."""
        if self.member is not None:
            return self.member.name
        if self.circle is not None:
            return self.circle.name
        return self.name or self.known_as or str(_("a party that is gone"))

    @property
    def is_in(self) -> bool:
        return self.state == PartyState.IN


class Representative(models.Model):
    """Who stands for a party, from when until when. Without a person: somebody who is gone, of
    whom the role and the days stay."""

    id = random_id()
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="representatives")
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="represents"
    )
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.STEWARD)
    since = models.DateField(default=clock.today)
    named_at = models.DateTimeField(default=clock.now)
    until = models.DateField(null=True)
    ended_because = models.CharField(max_length=15, choices=Ended.choices, blank=True)

    class Meta:
        ordering = ["since", "named_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["party", "person", "role"],
                condition=Q(until__isnull=True, person__isnull=False),
                name="represents_once",
            )
        ]
        indexes = [models.Index(fields=["person", "until"], name="represents_by_person")]

    def __str__(self) -> str:
        return f"{self.called} for {self.party_id}"

    @property
    def called(self) -> str:
        """Their name; the role of somebody who is gone."""
        if self.person is not None:
            return self.person.name
        return str(_("Former: %(role)s") % {"role": Role(self.role).label})

    @property
    def is_current(self) -> bool:
        return self.until is None and self.person_id is not None


class Depth(models.Model):
    """How deep one party finds the partnership: a mark for each dimension it looked at."""

    id = random_id()
    party = models.OneToOneField(Party, on_delete=models.CASCADE, related_name="depth")
    marks = models.JSONField(default=dict)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    said_at = models.DateTimeField(default=clock.now)
    version = versions.counted()

    def __str__(self) -> str:
        return f"depth for {self.party_id}"


class Deepening(models.Model):
    """A wish to deepen a partnership; it is deeper once every core party has said yes."""

    id = random_id()
    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, related_name="deepenings"
    )
    to_kind = models.CharField(max_length=15, choices=Kind.choices)
    why = models.CharField(_("Why"), max_length=MOST_WORDS, blank=True)
    state = models.CharField(max_length=10, choices=Proposal.choices, default=Proposal.OPEN)
    proposed_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-proposed_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership"],
                condition=Q(state=Proposal.OPEN),
                name="one_deepening_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return self.to_kind


class DeepeningYes(models.Model):
    """That one party wants the partnership deeper."""

    id = random_id()
    deepening = models.ForeignKey(Deepening, on_delete=models.CASCADE, related_name="yeses")
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    said_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["said_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["deepening", "party"], name="one_deeper_yes_each")
        ]

    def __str__(self) -> str:
        return f"yes of {self.party_id}"


class Commitment(models.Model):
    """What a party promised, who sees to it, and by when."""

    id = random_id()
    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, related_name="commitments"
    )
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="commitments")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.CharField(_("What is promised"), max_length=MOST_WORDS)
    due_on = models.DateField(_("By when"), null=True, blank=True)
    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    done_at = models.DateTimeField(null=True)
    # Released: nobody waits for it any more.
    dropped_at = models.DateTimeField(null=True)
    # For which date its owner was reminded.
    reminded_for = models.DateField(null=True)
    version = versions.counted()

    class Meta:
        ordering = ["due_on", "made_at", "id"]
        indexes = [models.Index(fields=["due_on", "done_at"], name="commitment_by_day")]

    def __str__(self) -> str:
        return self.text

    @property
    def is_open(self) -> bool:
        return self.done_at is None and self.dropped_at is None


class LogEntry(models.Model):
    """Something written down to be found again: a note, or a decision with its reason."""

    id = random_id()
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="log")
    kind = models.CharField(max_length=10, choices=Entry.choices, default=Entry.NOTE)
    text = models.TextField(_("What"), max_length=2000)
    why = models.TextField(_("Why"), max_length=1000, blank=True)
    on = models.DateField(_("When"), default=clock.today)
    party = models.ForeignKey(Party, on_delete=models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=clock.now)
    version = versions.counted()

    class Meta:
        ordering = ["-on", "-written_at", "id"]
        verbose_name_plural = "log entries"

    def __str__(self) -> str:
        return self.text[:60]


class Link(models.Model):
    """Where a document lives; it stays there."""

    id = random_id()
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="links")
    title = models.CharField(_("What it is"), max_length=160)
    url = models.URLField(_("Address"), max_length=500)
    party = models.ForeignKey(Party, on_delete=models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["title", "id"]
        constraints = [models.UniqueConstraint(fields=["partnership", "url"], name="linked_once")]

    def __str__(self) -> str:
        return self.title


class Message(models.Model):
    """What one representative says to the others."""

    id = random_id()
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="messages")
    text = models.TextField(_("Your message"), max_length=3000)
    party = models.ForeignKey(Party, on_delete=models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    said_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["said_at", "id"]

    def __str__(self) -> str:
        return self.text[:60]


class Cost(models.Model):
    """Time or money that a party spent on partnering itself, not on what it is for."""

    id = random_id()
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="costs")
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="costs")
    kind = models.CharField(max_length=10, choices=Spent.choices, default=Spent.MEETING)
    minutes = models.PositiveIntegerField(default=0)
    amount = models.DecimalField(
        max_digits=12, decimal_places=2, null=True, validators=[MinValueValidator(0)]
    )
    currency = models.CharField(max_length=3, blank=True)
    on = models.DateField(_("When"), default=clock.today)
    words = models.CharField(_("For what"), max_length=160, blank=True)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    told_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-on", "id"]

    def __str__(self) -> str:
        return f"{self.minutes} minutes"


class ExitDone(models.Model):
    """A point of the exit list that is settled."""

    id = random_id()
    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, related_name="exit_items"
    )
    key = models.CharField(max_length=10, choices=ExitItem.choices)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    done_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["done_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "key"], name="exit_item_once")
        ]

    def __str__(self) -> str:
        return self.key
