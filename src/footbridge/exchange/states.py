"""What can be needed and offered."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Resource(models.TextChoices):
    """What kind of thing changes hands."""

    MONEY = "money", _("Money")
    GOODS = "goods", _("Goods")
    EXPERTISE = "expertise", _("Expertise")
    INFRASTRUCTURE = "infrastructure", _("Space and equipment")
    NETWORK = "network", _("Contacts and reach")
    LEGITIMACY = "legitimacy", _("Credibility")
    DATA = "data", _("Data")


class Source(models.TextChoices):
    """Where a word of the vocabulary comes from."""

    SHIPPED = "shipped", _("Shipped with Footbridge")
    ESCO = "esco", "ESCO"
    OWN = "own", _("Added here")


class Ending(models.TextChoices):
    """How a need or an offer came to its end."""

    HERE = "here", _("Answered through the network")
    ELSEWHERE = "elsewhere", _("Answered elsewhere")
    NO_LONGER = "no_longer", _("No longer so")
    RAN_OUT = "ran_out", _("Its time ran out")
