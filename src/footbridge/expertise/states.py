"""How far somebody has come in a skill, where it carries over to, and where a question stands."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """What somebody did, not how good they feel: each step is something that others can see."""

    HELPED = "helped", _("Helped with it")
    DID = "did", _("Did it")
    LED = "led", _("Led it")
    TEACHES = "teaches", _("Teaches it")


LEVEL_MEANS = {
    Level.HELPED: _("You did a part of it, and somebody else knew the way."),
    Level.DID: _("You did it yourself, from beginning to end, and it held."),
    Level.LED: _("You answered for the result, others worked with you, and you found a way on "
                 "when it went wrong."),
    Level.TEACHES: _("Others come to you to learn it, or do it today the way you worked out."),
}  # fmt: skip
STEPS = tuple(Level)


def step_of(level: str) -> int:
    """The number of a level, from 1 to 4."""
    return STEPS.index(Level(level)) + 1


class Carries(models.TextChoices):
    """How far what somebody can do is of use elsewhere."""

    SAME = "same", _("To much the same work elsewhere")
    SECTOR = "sector", _("To other work in the same sector")
    ANY = "any", _("To any sector")


class Theme(models.TextChoices):
    """What a line of lived work is about: the headings of the list to tick."""

    BEGINNING = "beginning", _("Beginning something")
    PEOPLE = "people", _("Bringing people together")
    AGREEING = "agreeing", _("Coming to terms with others")
    OFFICES = "offices", _("Offices and rules")
    MONEY = "money", _("Money")
    RUNNING = "running", _("Making it run")
    TELLING = "telling", _("Telling others")
    LEARNING = "learning", _("Teaching and learning")
    HARD = "hard", _("When it was hard")
    PASSING_ON = "passing_on", _("Passing it on")


class State(models.TextChoices):
    """Where the question stands whether somebody was there and says the same."""

    ASKED = "asked", _("Waiting for an answer")
    CONFIRMED = "confirmed", _("Confirmed")
    NOT_MINE = "not_mine", _("Not mine to say")
    EXPIRED = "expired", _("No answer")
    WITHDRAWN = "withdrawn", _("Taken back")


class Role(models.TextChoices):
    """The two of a question."""

    ASKER = "asker", _("Asks")
    WITNESS = "witness", _("Was there")


class Move(models.TextChoices):
    """What one of the two may do next."""

    CONFIRM = "confirm", _("Yes, I was there")
    NOT_MINE = "not_mine", _("Not mine to say")
    WITHDRAW = "withdraw", _("Take it back")
