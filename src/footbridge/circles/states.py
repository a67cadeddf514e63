"""What a circle can be, how someone stands to it, and what can be said to a call."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class CircleKind(models.TextChoices):
    """Why a small group exists."""

    PEERS = "peers", _("Circle of peers")
    BUILDERS = "builders", _("Builder circle")


# From how many on a circle stands, and how many it can be.
FEWEST: dict[str, int] = {CircleKind.PEERS: 4, CircleKind.BUILDERS: 3}
MOST = 8


class Belonging(models.TextChoices):
    """How someone stands to a circle."""

    INVITED = "invited", _("Asked to join")
    IN = "in", _("In the circle")
    DECLINED = "declined", _("Not this time")
    LEFT = "left", _("Left")


class Reply(models.TextChoices):
    """What a member says to a call."""

    CAN_HELP = "can_help", _("I can help")
    KNOW_SOMEBODY = "know_somebody", _("I know somebody")
    NOT_NOW = "not_now", _("Not now")


# Replies of which the asker gets a letter.
GOOD_NEWS = (Reply.CAN_HELP, Reply.KNOW_SOMEBODY)
