"""How a member sees the world from where they stand; what somebody wants to say to another side,
what their own work is worth, and who listened first."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from footbridge.core import clock, versions
from footbridge.core.fields import random_id
from footbridge.people.models import Member, Person
from footbridge.pitches.states import Felt, Readers, State, Went

MOST_WORDS = 600
MOST_STORY = 1200
MOST_LINE = 200


class ShoesCard(models.Model):
    """How a member sees the world from where they stand, in its own words, on one page, for
    another side to read before both talk."""

    id = random_id()
    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="shoes_card")
    constraints = models.TextField(_("What ties your hands"), max_length=MOST_WORDS, blank=True)
    incentives = models.TextField(
        _("What you are praised and paid for"), max_length=MOST_WORDS, blank=True
    )
    fears = models.TextField(_("What you fear"), max_length=MOST_WORDS, blank=True)
    own_words = models.TextField(
        _("Words you use, and what you mean by them"), max_length=MOST_WORDS, blank=True
    )
    decides_who = models.CharField(_("Who decides"), max_length=MOST_LINE, blank=True)
    decides_how_long = models.CharField(
        _("How long it takes to decide"), max_length=MOST_LINE, blank=True
    )
    decides_paper = models.CharField(_("What paper it takes"), max_length=MOST_LINE, blank=True)
    readers = models.CharField(max_length=10, choices=Readers.choices, default=Readers.NOBODY)
    created_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    version = versions.counted()

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return f"card of {self.member_id}"


class Giving(models.Model):
    """A card was given to one other side, until it is taken back."""

    id = random_id()
    card = models.ForeignKey(ShoesCard, on_delete=models.CASCADE, related_name="givings")
    to = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="shoes_cards_given")
    given_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["given_at", "id"]
        constraints = [models.UniqueConstraint(fields=["card", "to"], name="card_given_once")]

    def __str__(self) -> str:
        return f"{self.card_id} to {self.to_id}"


class Pitch(models.Model):
    """What somebody wants to say to one other side, in that side's terms. Its author reads it, and
    the peers who said that they listen."""

    id = random_id()
    author = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="pitches")
    on_behalf_of = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    # A member, or a name from outside; neither once the member has left.
    target = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    target_name = models.CharField(_("Whom you want to win"), max_length=MOST_LINE, blank=True)
    contact = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    ask = models.CharField(_("The one thing you ask for"), max_length=MOST_LINE, blank=True)
    decider = models.CharField(_("Who decides, by name"), max_length=MOST_LINE, blank=True)
    theirs = models.TextField(_("What they gain"), max_length=MOST_WORDS, blank=True)
    ours = models.TextField(_("What you gain"), max_length=MOST_WORDS, blank=True)
    community = models.TextField(_("What the community gains"), max_length=MOST_WORDS, blank=True)
    story = models.TextField(
        _("The story, with one person in it"), max_length=MOST_STORY, blank=True
    )
    emotion = models.CharField(_("What they should feel"), max_length=MOST_LINE, blank=True)
    proof = models.TextField(_("Why they can believe you"), max_length=MOST_WORDS, blank=True)
    takes = models.CharField(_("What it takes from them"), max_length=MOST_LINE, blank=True)
    gives = models.CharField(
        _("What they have from it, and when"), max_length=MOST_LINE, blank=True
    )
    objections = models.TextField(
        _("What they may say against it, and your answer"), max_length=MOST_WORDS, blank=True
    )
    language = models.CharField(max_length=10, default="en")
    met_on = models.DateField(null=True)
    went = models.CharField(max_length=10, choices=Went.choices, blank=True)
    went_words = models.TextField(max_length=MOST_WORDS, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    version = versions.counted()

    class Meta:
        ordering = ["-created_at", "id"]

    def __str__(self) -> str:
        return f"{self.author_id} to {self.target_id or self.target_name}"


class Worth(models.Model):
    """What somebody brings, in words and numbers, and when they had better walk away."""

    id = random_id()
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="worth")
    brings = models.TextField(_("What you bring"), max_length=MOST_WORDS, blank=True)
    outcomes = models.TextField(_("What came of it before"), max_length=MOST_WORDS, blank=True)
    otherwise = models.TextField(
        _("What it would cost them otherwise"), max_length=MOST_WORDS, blank=True
    )
    day_rate = models.PositiveIntegerField(_("The least for a day"), null=True)
    currency = models.CharField(_("Currency"), max_length=3, blank=True)
    alternatives = models.TextField(
        _("What you do if they say no"), max_length=MOST_WORDS, blank=True
    )
    walk_away = models.TextField(_("When you walk away"), max_length=MOST_WORDS, blank=True)
    changed_at = models.DateTimeField(default=clock.now)
    version = versions.counted()

    def __str__(self) -> str:
        return f"worth of {self.person_id}"


class Rehearsal(models.Model):
    """A peer is asked to listen first: yes or silence, and what they noted."""

    id = random_id()
    pitch = models.ForeignKey(Pitch, on_delete=models.CASCADE, related_name="rehearsals")
    author = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="rehearsals_asked")
    peer = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="rehearsals")
    words = models.CharField(_("A line to them"), max_length=MOST_LINE, blank=True)
    # Whether the peer reads the author's own worth as well.
    shows_worth = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    # When the author was told "not this time": at the same moment whatever lay behind it.
    told_at = models.DateTimeField(null=True)

    clear_ask = models.CharField(
        _("Is it clear what is asked for?"), max_length=10, choices=Felt.choices, blank=True
    )
    their_words = models.CharField(
        _("Is it said in the other side's words?"), max_length=10, choices=Felt.choices, blank=True
    )
    answered = models.CharField(
        _("Are objections answered?"), max_length=10, choices=Felt.choices, blank=True
    )
    heard = models.CharField(_("What you heard them ask for"), max_length=MOST_LINE, blank=True)
    missing = models.TextField(_("What you would change"), max_length=MOST_WORDS, blank=True)
    noted_at = models.DateTimeField(null=True)
    version = versions.counted()

    class Meta:
        ordering = ["-asked_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(author=F("peer")), name="peer_is_another"),
            models.UniqueConstraint(
                fields=["pitch", "peer"], condition=Q(told_at=None), name="peer_asked_once"
            ),
        ]
        indexes = [models.Index(fields=["told_at", "expires_at"], name="rehearsal_expiry")]

    def __str__(self) -> str:
        return f"{self.author_id} before {self.peer_id}"


class Reading(models.Model):
    """Something worth reading about how the other side thinks."""

    id = random_id()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="readings")
    title = models.CharField(_("Title"), max_length=MOST_LINE)
    link = models.URLField(_("Link"), max_length=500, blank=True)
    why = models.CharField(_("Why it is worth reading"), max_length=300, blank=True)
    is_shared = models.BooleanField(_("Other members may see it"), default=False)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-created_at", "id"]

    def __str__(self) -> str:
        return self.title
