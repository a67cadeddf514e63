"""Who may read a card, where a rehearsal stands, and how a meeting went."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Readers(models.TextChoices):
    """Who may read how somebody sees the world from where they stand."""

    NOBODY = "nobody", _("Only your own side")
    GIVEN = "given", _("Those to whom you give it")
    MEMBERS = "members", _("All members")


class State(models.TextChoices):
    """From a question to a peer to their notes."""

    ASKED = "asked", _("Waiting for an answer")
    AGREED = "agreed", _("Agreed")
    NOT_NOW = "not_now", _("Not this time")
    EXPIRED = "expired", _("No answer in time")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Role(models.TextChoices):
    """The two of a rehearsal."""

    AUTHOR = "author", _("Prepares a talk")
    PEER = "peer", _("Listens first")


class Move(models.TextChoices):
    """What one of the two may do next."""

    AGREE = "agree", _("Yes")
    NOT_NOW = "not_now", _("Not now")
    WITHDRAW = "withdraw", _("Withdraw")
    NOTE = "note", _("Write your notes")


class Felt(models.TextChoices):
    """What a peer says to each of the three questions."""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("Not yet")


class Went(models.TextChoices):
    """What came of a meeting."""

    YES = "yes", _("They said yes")
    GOES_ON = "goes_on", _("We talk on")
    NOT_NOW = "not_now", _("Not now")
    NO_TALK = "no_talk", _("No meeting came about")
