"""What somebody passes through, how far they have come, what moves them; and two lists to work
through, in our own words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Passage(models.TextChoices):
    """What somebody passes through."""

    STEPPING_OUT = "stepping_out", _("Stepping out of leading")
    BETWEEN = "between", _("Between two projects")
    BEGINNING = "beginning", _("Beginning again")
    DISPLACED = "displaced", _("Was displaced")
    HANDING_OVER = "handing_over", _("Handing over a family or community enterprise")


class Point(models.TextChoices):
    """How far somebody has come, one after the other."""

    THINKING = "thinking", _("Thinking about it")
    PREPARING = "preparing", _("Preparing it")
    AMIDST = "amidst", _("In the middle of it")
    AFTER = "after", _("The first year after")
    SETTLED = "settled", _("Settled again")


class Motive(models.TextChoices):
    """What moves somebody. In no order; nobody is asked for more than three."""

    MEANING = "meaning", _("Doing what matters")
    LEARNING = "learning", _("Learning something new")
    BELONGING = "belonging", _("Belonging somewhere")
    INDEPENDENCE = "independence", _("Deciding for myself")
    CRAFT = "craft", _("Doing good work with my hands or head")
    SCALE = "scale", _("Reaching many people")
    PLACE = "place", _("Being in a certain place")
    INCOME = "income", _("Earning a living")


MOST_MOTIVES = 3


class Shown(models.TextChoices):
    """Who learns that somebody is, or was, in it. Whoever is glad to be asked is shown besides to
    those who look for a guide."""

    ASKED = "asked", _("Only people whom I ask")
    HOSTS = "hosts", _("The hosts of my chapter too")
    MEMBERS = "members", _("All members")


class State(models.TextChoices):
    """From a question to two people who talk."""

    ASKED = "asked", _("Waiting for an answer")
    AGREED = "agreed", _("Said yes")
    NOT_NOW = "not_now", _("Not this time")
    EXPIRED = "expired", _("No answer in time")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Role(models.TextChoices):
    """The two of a question."""

    ASKER = "asker", _("Asks")
    GUIDE = "guide", _("Is asked")


class Move(models.TextChoices):
    """What one of the two may do now."""

    AGREE = "agree", _("Yes, write to me")
    NOT_NOW = "not_now", _("Not now")
    WITHDRAW = "withdraw", _("Withdraw")


@dataclass(frozen=True)
class Step:
    """One step of a list: what it asks, and why or how."""

    key: str
    title: Any
    help: Any


HAND_OVER = (
    Step(
        "only_you",
        _("What only you know"),
        _("Write it as if you were gone tomorrow: where things are, whom to call, what breaks."),
    ),
    Step(
        "who_decides",
        _("Who decides after you"),
        _("One name for each decision. Where there is no name yet, say by when there will be."),
    ),
    Step(
        "promises",
        _("Promises that are outstanding"),
        _("What was promised to whom, by when, and who keeps it from now on."),
    ),
    Step(
        "money_and_access",
        _("Money and access"),
        _("Who signs, who pays, who has the keys. Never write a password here."),
    ),
    Step(
        "whom_to_tell",
        _("Whom to tell, and in what order"),
        _("Those whom it touches most hear it first, and from you."),
    ),
    Step(
        "first_month",
        _("The first month after"),
        _("When you may be asked, and when not. Who takes the questions that still come to you."),
    ),
    Step(
        "what_you_keep",
        _("What you keep"),
        _("Friends, a share, a say, a story: what remains yours, and what you let go of."),
    ),
)

RESTART = (
    Step(
        "small_step",
        _("A small first step"),
        _("Something that takes an afternoon and can go wrong without harm."),
    ),
    Step(
        "whom_to_ask",
        _("Whom to ask"),
        _("Two or three people who would be glad that you ask them."),
    ),
    Step(
        "what_you_miss",
        _("What you miss"),
        _("What was good about it: it tells what the next thing has to have."),
    ),
)

_LEAVES_SOMETHING = (Passage.STEPPING_OUT, Passage.HANDING_OVER)


def steps_of(passage: str) -> tuple[Step, ...]:
    """The steps that fit a passage: who leaves something hands it over first."""
    return (*HAND_OVER, *RESTART) if passage in _LEAVES_SOMETHING else RESTART


STEPS: dict[str, Step] = {step.key: step for step in (*HAND_OVER, *RESTART)}
