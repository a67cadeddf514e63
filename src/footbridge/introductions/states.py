"""Where an introduction stands, and which moves are allowed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """From a note in the drawer to two people who met."""

    DRAFT = "draft", _("Draft")
    ASKED_CONNECTOR = "asked_connector", _("Waiting for the connector")
    ASKED_TARGET = "asked_target", _("Waiting for the one sought")
    INTRODUCED = "introduced", _("Introduced")
    CLOSED = "closed", _("Told what came of it")
    NOT_NOW = "not_now", _("Not now")
    EXPIRED = "expired", _("No answer in time")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN = (State.ASKED_CONNECTOR, State.ASKED_TARGET)

MOVES: dict[State, tuple[State, ...]] = {
    State.DRAFT: (State.ASKED_CONNECTOR, State.WITHDRAWN),
    State.ASKED_CONNECTOR: (State.ASKED_TARGET, State.NOT_NOW, State.EXPIRED, State.WITHDRAWN),
    State.ASKED_TARGET: (State.INTRODUCED, State.NOT_NOW, State.EXPIRED, State.WITHDRAWN),
    State.INTRODUCED: (State.CLOSED,),
}


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


class Outcome(models.TextChoices):
    """What came of an introduction."""

    NOT_YET = "not_yet", _("We have not met yet")
    MET = "met", _("We met")
    GOING_ON = "going_on", _("We are doing something together")
    NOTHING = "nothing", _("It did not lead anywhere")
