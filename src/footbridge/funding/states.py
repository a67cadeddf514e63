"""What kinds of money there are, who gives it, and how far an amount may go."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

# What 18 digits with two after the point hold; nobody gives more in one piece.
LARGEST = Decimal(10) ** 15


class FunderKind(models.TextChoices):
    """What an organisation is to those who look for money."""

    FUNDER = "funder", _("Gives grants or prizes")
    INVESTOR = "investor", _("Invests")
    LENDER = "lender", _("Lends")
    PUBLIC = "public", _("Public agency")
    OUTLET = "outlet", _("A site where many give or lend a little")
    OTHER = "other", _("Funds in another way")


class Money(models.TextChoices):
    """In which form money, or what is worth money, is given."""

    GRANT = "grant", _("Grant")
    PRIZE = "prize", _("Prize")
    LOAN = "loan", _("Loan")
    EQUITY = "equity", _("Equity")
    GUARANTEE = "guarantee", _("Guarantee")
    IN_KIND = "in_kind", _("In kind")
    # Many give or lend a little on a site elsewhere: a link out, and nothing more.
    OUTLET = "outlet", _("Crowdfunding or microlending")


class Nearness(models.IntegerChoices):
    """How near the places of a line are to a country, the nearest first."""

    COUNTRY = 0, _("Your country")
    REGION = 1, _("Your region")
    CONTINENT = 2, _("Your part of the world")
    WORLD = 3, _("Worldwide")
    UNSAID = 4, _("Where it may be spent is not said")
    NEIGHBOUR = 5, _("Another country of your region")
    ELSEWHERE = 6, _("Somewhere else")
