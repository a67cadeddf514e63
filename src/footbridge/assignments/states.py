"""Where an assignment stands, who is in it, and the words in which somebody says no."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What is done for the client; each kind has a playbook."""

    PARTNER = "partner", _("Find the right partner")
    PILOT = "pilot", _("Design a pilot")
    LISTEN = "listen", _("Listen to those it is for")
    REVIEW = "review", _("Review a service")
    TRAIN = "train", _("Train a team")
    PROCURE = "procure", _("Open a way into procurement")
    GRANT = "grant", _("Write a joint grant application")


class State(models.TextChoices):
    """From a team that is being found to work that is done and looked back on."""

    FORMING = "forming", _("Being agreed")
    AGREED = "agreed", _("Agreed")
    UNDER_WAY = "under_way", _("Under way")
    MIDWAY = "midway", _("Reviewed half-way")
    DELIVERED = "delivered", _("Delivered")
    REVIEWED = "reviewed", _("Looked back on")
    CLOSED = "closed", _("Closed")
    CALLED_OFF = "called_off", _("Called off")


RUNNING = (State.UNDER_WAY, State.MIDWAY)
BEFORE_DELIVERY = (State.FORMING, State.AGREED, *RUNNING)
# Work was done: what remains is to look back.
DONE = (State.DELIVERED, State.REVIEWED, State.CLOSED)
AFTERWARDS = (State.REVIEWED, State.CLOSED)
OVER = (State.CLOSED, State.CALLED_OFF)

MOVES: dict[State, tuple[State, ...]] = {
    State.FORMING: (State.AGREED, State.CALLED_OFF),
    State.AGREED: (State.UNDER_WAY, State.FORMING, State.CALLED_OFF),
    State.UNDER_WAY: (State.MIDWAY, State.DELIVERED, State.CALLED_OFF),
    State.MIDWAY: (State.DELIVERED, State.CALLED_OFF),
    State.DELIVERED: (State.REVIEWED, State.CLOSED),
    State.REVIEWED: (State.CLOSED,),
}


class Side(models.TextChoices):
    """The two sides of an assignment."""

    CLIENT = "client", _("Client")
    TEAM = "team", _("Team")


class Role(models.TextChoices):
    """What somebody is in a team."""

    LEAD = "lead", _("Lead")
    MEMBER = "member", _("Member")
    FACILITATOR = "facilitator", _("Facilitator")


class PartState(models.TextChoices):
    """From a question to somebody who is in the team, or was."""

    ASKED = "asked", _("Asked")
    ACCEPTED = "accepted", _("In the team")
    DECLINED = "declined", _("Not this time")
    EXPIRED = "expired", _("No answer in time")
    WITHDRAWN = "withdrawn", _("No longer asked")
    LEFT = "left", _("Left the team")


STANDING = (PartState.ASKED, PartState.ACCEPTED)


class Decline(models.TextChoices):
    """Why somebody says no; told to whoever asked, and to nobody else."""

    NO_TIME = "no_time", _("I have no time for it")
    NOT_MINE = "not_mine", _("It is not what I do well")
    TERMS = "terms", _("I cannot do it under these terms")
    TOO_FAR = "too_far", _("It is too far away")
    CONFLICT = "conflict", _("I have a conflict of interest")
    NOT_SAID = "not_said", _("I would rather not say")


class Because(models.TextChoices):
    """Why an assignment is called off."""

    NO_TEAM = "no_team", _("The team was not found")
    NO_MEANS = "no_means", _("The money or the time is not there")
    CHANGED = "changed", _("What was needed has changed")
    NOT_WORKING = "not_working", _("It did not work between us")
    SOMEBODY_LEFT = "somebody_left", _("Somebody it depended on has left")
    OTHER = "other", _("Something else")


class Phase(models.TextChoices):
    """When both sides look back."""

    MIDWAY = "midway", _("Half-way review")
    FINAL = "final", _("Final review")


# In which states a review of each phase is written.
WRITTEN_IN: dict[Phase, tuple[State, ...]] = {
    Phase.MIDWAY: RUNNING,
    Phase.FINAL: (State.DELIVERED,),
}


class Mark(models.IntegerChoices):
    """One to five, in words."""

    NO = 1, _("No")
    HARDLY = 2, _("Hardly")
    PARTLY = 3, _("In part")
    MOSTLY = 4, _("Mostly")
    FULLY = 5, _("Fully")


class Seen(models.TextChoices):
    """Whether somebody wants it said of them that they showed a skill."""

    ASKED = "asked", _("Waiting for their word")
    CONSENTED = "consented", _("They agree")
    DECLINED = "declined", _("They would rather not")


class CaseState(models.TextChoices):
    """Whether everybody has agreed to the words of a case."""

    DRAFT = "draft", _("Draft")
    AGREED = "agreed", _("Agreed by everybody")


class Move(models.TextChoices):
    """What somebody may do next."""

    EDIT = "edit", _("Change the terms")
    AGREE = "agree", _("Agree")
    ASK = "ask", _("Ask somebody into the team")
    BEGIN = "begin", _("Begin")
    TICK = "tick", _("Tick a step")
    REVIEW = "review", _("Write a review")
    TELL = "tell", _("Write down hours")
    CONFIRM = "confirm", _("Confirm hours")
    DELIVER = "deliver", _("It is delivered")
    CLOSE = "close", _("Close")
    CALL_OFF = "call_off", _("Call it off")
    SEE = "see", _("Say who showed which skill")
    CASE = "case", _("Write the case")
    LEAVE = "leave", _("Leave the team")
