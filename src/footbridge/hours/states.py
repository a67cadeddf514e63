"""Where an appointment stands, which moves are allowed, and how somebody gives their time."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

LENGTHS = (30, 45, 60)
DAYS_OF_THE_WEEK = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)


class Manner(models.TextChoices):
    """How two people meet for an appointment."""

    ONLINE = "online", _("Online")
    IN_PERSON = "in_person", _("In person")
    EITHER = "either", _("Online or in person")


class Rhythm(models.TextChoices):
    """In which weeks of the quarter a weekday is meant. Weeks are counted by that weekday: the
    first Tuesday, the second Tuesday."""

    EVERY = "every", _("every week")
    FIRST = "first", _("every second week, from the first")
    SECOND = "second", _("every second week, from the second")


class State(models.TextChoices):
    """From a question to two people who met."""

    ASKED = "asked", _("Waiting for an answer")
    PROPOSED = "proposed", _("Another time was proposed")
    AGREED = "agreed", _("Agreed")
    NOT_NOW = "not_now", _("Not this time")
    EXPIRED = "expired", _("No answer in time")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CANCELLED = "cancelled", _("Cancelled")


# While one of these stands, the time is kept for it.
LIVE = (State.ASKED, State.PROPOSED, State.AGREED)
UNANSWERED = (State.ASKED, State.PROPOSED)

MOVES: dict[State, tuple[State, ...]] = {
    State.ASKED: (
        State.AGREED,
        State.PROPOSED,
        State.NOT_NOW,
        State.EXPIRED,
        State.WITHDRAWN,
    ),
    State.PROPOSED: (State.AGREED, State.NOT_NOW, State.EXPIRED, State.WITHDRAWN),
    State.AGREED: (State.CANCELLED,),
}


class Role(models.TextChoices):
    """The two of an appointment."""

    GIVER = "giver", _("Gives their time")
    RECEIVER = "receiver", _("Asked for it")


class Move(models.TextChoices):
    """What one of the two may do next."""

    AGREE = "agree", _("Yes")
    ANOTHER = "another", _("Another time")
    NOT_NOW = "not_now", _("Not now")
    WITHDRAW = "withdraw", _("Withdraw")
    CANCEL = "cancel", _("Cancel it")
    TELL = "tell", _("Say how long it took")
    CONFIRM = "confirm", _("Confirm")
    LEARN = "learn", _("Write down what you learned")


# Whose answer is waited for.
ASKED_IN: dict[State, Role] = {State.ASKED: Role.GIVER, State.PROPOSED: Role.RECEIVER}
