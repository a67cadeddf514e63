"""Where an approach from under the radar stands."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Way(models.TextChoices):
    """How a person under the radar meets another without being noticed first."""

    STANDING_YES = "standing_yes", _("They had said yes beforehand")
    CARD = "card", _("A veiled card")


class Step(models.TextChoices):
    """From a card that waits to two names, which appear at the same moment."""

    WAITING = "waiting", _("Waiting for an answer")
    REVEALED = "revealed", _("You both said yes")
    NOT_NOW = "not_now", _("Not now")
    WITHDRAWN = "withdrawn", _("Taken back")


MOVES: dict[Step, tuple[Step, ...]] = {
    Step.WAITING: (Step.REVEALED, Step.NOT_NOW, Step.WITHDRAWN),
}


class Seen(models.TextChoices):
    """What somebody saw of a person under the radar."""

    CARD = "card", _("Your veiled card was shown to someone")
    NAME = "name", _("You and someone saw each other's names")
    VOUCH = "vouch", _("Someone vouched for you")
    OPERATOR = "operator", _("The operator of this installation opened your record")
