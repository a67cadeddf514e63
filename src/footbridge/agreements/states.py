"""How binding an agreement is, how far each part of it is, and how heavy a risk or a reward."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Form(models.TextChoices):
    """How much is agreed on: a page for a trial, or everything."""

    PILOT = "pilot", _("Pilot on one page")
    FULL = "full", _("Full agreement")


class Standing(models.TextChoices):
    """What the parties mean by it; it has to be said before anybody approves."""

    UNSAID = "", _("Not said yet")
    NON_BINDING = "non_binding", _("A shared understanding, not a legal contract")
    CONTRACT = "contract", _("A contract, to be checked by a lawyer")


class Heading(models.TextChoices):
    """The five questions that an agreement answers, in their order."""

    WHO = "who", _("Who")
    WHY = "why", _("Why")
    WHAT = "what", _("What")
    HOW = "how", _("How")
    WHAT_IF = "what_if", _("What if")


class Level(models.TextChoices):
    """How far a clause is."""

    NOT_RELEVANT = "not_relevant", _("Not relevant here")
    MISSING = "missing", _("Not in place")
    PARTLY = "partly", _("Partly in place")
    FULLY = "fully", _("Fully in place")


# What a level counts in the score; what is not relevant is left out of it.
COUNTS: dict[Level, float] = {Level.MISSING: 0.0, Level.PARTLY: 0.5, Level.FULLY: 1.0}


class Resource(models.TextChoices):
    """What somebody puts in."""

    MONEY = "money", _("Money")
    TIME = "time", _("People's time")
    SKILL = "skill", _("Skill and knowledge")
    ACCESS = "access", _("Access to people or places")
    GOODS = "goods", _("Goods, rooms or equipment")
    DATA = "data", _("Data")
    NAME = "name", _("Name and reputation")
    IDEA = "idea", _("An idea")
    OTHER = "other", _("Something else")


class Weight(models.IntegerChoices):
    """How heavy a risk or a reward is for whoever has it."""

    NONE = 0, _("None at all")
    SLIGHT = 1, _("Slight")
    FAIR = 2, _("Considerable")
    HEAVY = 3, _("Heavy")


class Way(models.TextChoices):
    """How somebody approved."""

    PAGE = "page", _("signed in")
    LINK = "link", _("by the link of a letter")


class Move(models.TextChoices):
    """What somebody may do next."""

    WRITE = "write", _("Write")
    FREEZE = "freeze", _("Make a version to be approved")
    GROW = "grow", _("Make it a full agreement")
    APPROVE = "approve", _("Approve")
