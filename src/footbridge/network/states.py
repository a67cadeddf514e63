"""The words in which people say how well they know one another."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Strength(models.TextChoices):
    """How well one knows the other, in one's own words, from least to most."""

    MET = "met", _("We have met")
    KNOW = "know", _("We know each other")
    WORKED_TOGETHER = "worked_together", _("We have worked together")
    TRUST = "trust", _("I trust them and would vouch for them")


class TieKind(models.TextChoices):
    """What ties two members together."""

    KNOWS = "knows", _("knows")
    FUNDS = "funds", _("funds")
    PARTNERS = "partners", _("works with")


class TieState(models.TextChoices):
    """A host may propose a tie; only the people in it can say that it is so."""

    PROPOSED = "proposed", _("Proposed")
    STATED = "stated", _("Stated")
    DENIED = "denied", _("Not so")


class Wish(models.TextChoices):
    """What someone privately wishes about being brought together with someone else."""

    NOT_NOW = "not_now", _("Not now")
    NOT_THEM = "not_them", _("Not them")
    AVOID = "avoid", _("Never bring us together")
