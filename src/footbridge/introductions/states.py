"""Where an introduction stands, and which moves are allowed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """From a note in the drawer to two people who met. This is what is so; what each of the three
    is shown of it is `Shown`."""

    DRAFT = "draft", _("Draft")
    ASKED_SEEKER = "asked_seeker", _("Waiting for the first of the two")
    ASKED_CONNECTOR = "asked_connector", _("Waiting for the connector")
    ASKED_TARGET = "asked_target", _("Waiting for the one sought")
    INTRODUCED = "introduced", _("Introduced")
    CLOSED = "closed", _("Told what came of it")
    NOT_NOW = "not_now", _("Not now")
    EXPIRED = "expired", _("No answer in time")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN = (State.ASKED_SEEKER, State.ASKED_CONNECTOR, State.ASKED_TARGET)

# A refusal stays secret until the date for answers. Until then the seeker may withdraw what, for
# all they know, is still waiting: hence the way from "not now" to "withdrawn".
MOVES: dict[State, tuple[State, ...]] = {
    State.DRAFT: (State.ASKED_CONNECTOR, State.WITHDRAWN),
    State.ASKED_SEEKER: (State.ASKED_TARGET, State.NOT_NOW, State.EXPIRED, State.WITHDRAWN),
    State.ASKED_CONNECTOR: (State.ASKED_TARGET, State.NOT_NOW, State.EXPIRED, State.WITHDRAWN),
    State.ASKED_TARGET: (State.INTRODUCED, State.NOT_NOW, State.EXPIRED, State.WITHDRAWN),
    State.NOT_NOW: (State.WITHDRAWN,),
    State.INTRODUCED: (State.CLOSED,),
}


class Shown(models.TextChoices):
    """What one of the three is shown of where an introduction stands."""

    DRAFT = "draft", _("Draft")
    YOURS = "yours", _("Waiting for your answer")
    WAITING = "waiting", _("Waiting for an answer")
    INTRODUCED = "introduced", _("Introduced")
    CLOSED = "closed", _("Told what came of it")
    NOT_NOW = "not_now", _("Not now")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Move(models.TextChoices):
    """What one of the three may do next."""

    WRITE = "write", _("Write the note")
    ASK = "ask", _("Ask")
    WITHDRAW = "withdraw", _("Withdraw")
    AGREE = "agree", _("Yes")
    NOT_NOW = "not_now", _("Not now")
    DECLINE = "decline", _("No")
    REPORT = "report", _("Say what came of it")
    THANK = "thank", _("Say thank you")


class Role(models.TextChoices):
    """The three whose yes an introduction needs."""

    SEEKER = "seeker", _("Seeker")
    CONNECTOR = "connector", _("Connector")
    TARGET = "target", _("The one sought")


class Answer(models.TextChoices):
    """What one of the three said. The seeker is told the same for each refusal."""

    YES = "yes", _("Yes")
    NOT_NOW = "not_now", _("Not now")
    NO = "no", _("No")


ASKED_IN: dict[State, Role] = {
    State.ASKED_SEEKER: Role.SEEKER,
    State.ASKED_CONNECTOR: Role.CONNECTOR,
    State.ASKED_TARGET: Role.TARGET,
}


class Outcome(models.TextChoices):
    """What came of an introduction."""

    NOT_YET = "not_yet", _("We have not met yet")
    MET = "met", _("We met")
    GOING_ON = "going_on", _("We are doing something together")
    NOTHING = "nothing", _("It did not lead anywhere")


MET = (Outcome.MET, Outcome.GOING_ON)
