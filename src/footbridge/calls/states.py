"""The kinds of call, where a call and an answer stand, and the words in which an answer ends."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a call asks for."""

    BRIEF = "brief", _("Open brief")
    ASSIGNMENT = "assignment", _("Assignment")
    FUNDING = "funding", _("Funding")
    COMPETITION = "competition", _("Competition")


class State(models.TextChoices):
    """From a draft to a door that is closed again."""

    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    DECIDING = "deciding", _("Being decided")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# What others than its owner may see.
SHOWN = (State.OPEN, State.DECIDING, State.CLOSED)
# While one of these stands, answers may come or wait for a word.
LIVE = (State.OPEN, State.DECIDING)
OVER = (State.CLOSED, State.WITHDRAWN)

MOVES: dict[State, tuple[State, ...]] = {
    State.DRAFT: (State.OPEN,),
    State.OPEN: (State.DECIDING, State.WITHDRAWN),
    State.DECIDING: (State.CLOSED, State.WITHDRAWN),
}


class Audience(models.TextChoices):
    """Who may see a call."""

    CHAPTER = "chapter", _("Members of my chapter")
    MEMBERS = "members", _("All members")
    EVERYONE = "everyone", _("Everyone on the web")


class From(models.TextChoices):
    """Who may answer a call."""

    MEMBERS = "members", _("Members of the network")
    ANYONE = "anyone", _("Anyone, also from outside")


class Reward(models.TextChoices):
    """What whoever is chosen receives."""

    PAID = "paid", _("Paid work")
    GRANT = "grant", _("A grant")
    PRIZE = "prize", _("A prize")
    INVESTMENT = "investment", _("An investment or a loan")
    IN_KIND = "in_kind", _("Time, space, goods or advice")
    PARTNERSHIP = "partnership", _("Work together, unpaid at first")


class Criterion(models.TextChoices):
    """What a rule of eligibility asks about whoever answers."""

    SECTOR = "sector", _("Sector")
    COUNTRY = "country", _("Country")
    WITHIN = "within", _("Distance")
    STAGE = "stage", _("Stage")
    SIZE = "size", _("Size")
    CAUSE = "cause", _("Cause")
    LEGAL_FORM = "legal_form", _("Legal form")
    LANGUAGE = "language", _("Language")


class AnswerState(models.TextChoices):
    """From a draft to a word back."""

    DRAFT = "draft", _("Draft")
    SENT = "sent", _("Sent")
    SHORTLISTED = "shortlisted", _("Shortlisted")
    CHOSEN = "chosen", _("Chosen")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# Waiting for the last word of whoever decides.
UNCLOSED = (AnswerState.SENT, AnswerState.SHORTLISTED)
# What reached the owner and was not taken back.
RECEIVED = (*UNCLOSED, AnswerState.CHOSEN, AnswerState.CLOSED)
# One of these at a time for one member.
STANDING = (AnswerState.DRAFT, *RECEIVED)

ANSWER_MOVES: dict[AnswerState, tuple[AnswerState, ...]] = {
    AnswerState.DRAFT: (AnswerState.SENT, AnswerState.WITHDRAWN),
    AnswerState.SENT: (
        AnswerState.SHORTLISTED,
        AnswerState.CHOSEN,
        AnswerState.CLOSED,
        AnswerState.WITHDRAWN,
    ),
    AnswerState.SHORTLISTED: (
        AnswerState.SENT,
        AnswerState.CHOSEN,
        AnswerState.CLOSED,
        AnswerState.WITHDRAWN,
    ),
}


class Reason(models.TextChoices):
    """Why an answer was not taken further: one from this list, with a line of one's own."""

    NOT_ELIGIBLE = "not_eligible", _("Not eligible under the rules of this call")
    ANOTHER = "another", _("Another answer fits better")
    TOO_EARLY = "too_early", _("Too early for this; come back when it has run for a while")
    OUT_OF_SCOPE = "out_of_scope", _("Outside what this call is about")
    OUT_OF_BUDGET = "out_of_budget", _("More than this call can pay for")
    TOO_FAR = "too_far", _("Too far away, or not at that time")
    UNCLEAR = "unclear", _("We could not tell what you would do")
    FULL = "full", _("We have all the answers that we can use")
    LATER = "later", _("Good, and not now: we keep you in mind")
    CALL_WITHDRAWN = "call_withdrawn", _("The call was withdrawn")
