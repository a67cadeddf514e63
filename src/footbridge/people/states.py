"""The words that people and organisations are described with, and the moves allowed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

# The end of an address that says nothing; `.invalid` never resolves (RFC 6761).
NAMELESS = "@hidden.invalid"


class Kind(models.TextChoices):
    """A member is one person or one organisation."""

    PERSON = "person", _("Person")
    ORGANISATION = "organisation", _("Organisation")


class Sector(models.TextChoices):
    """The sectors that the network bridges."""

    PRIVATE = "private", _("Business")
    PUBLIC = "public", _("Public")
    NONPROFIT = "nonprofit", _("Nonprofit")
    ACADEMIC = "academic", _("Academic")
    HYBRID = "hybrid", _("Hybrid")


class Stage(models.TextChoices):
    """How far what somebody works on has come, one step after the other."""

    IDEA = "idea", _("An idea")
    TRYING = "trying", _("Trying it out")
    RUNNING = "running", _("Running")
    GROWING = "growing", _("Growing")
    PASSING_ON = "passing_on", _("Passing it on")


class Size(models.TextChoices):
    """How large an organisation is, by the EU's bands (Recommendation 2003/361)."""

    SOLO = "solo", _("One person")
    MICRO = "micro", _("Fewer than 10 people")
    SMALL = "small", _("10 to 49 people")
    MEDIUM = "medium", _("50 to 249 people")
    LARGE = "large", _("250 people or more")


class Standing(models.TextChoices):
    """How far a person has come in: only those who joined by their own act are listed."""

    KNOWN = "known", _("On the host's list")
    INVITED = "invited", _("Invited")
    APPLIED = "applied", _("Waiting for the host")
    JOINED = "joined", _("Member")


class Hosting(models.TextChoices):
    """What someone does for a chapter."""

    HOST = "host", _("Host")
    DEPUTY = "deputy", _("Deputy")


class Door(models.TextChoices):
    """How an invitation link lets people in."""

    PERSONAL = "personal", _("For one person on the list")
    TRUSTED = "trusted", _("Whoever opens it is in")
    VETTED = "vetted", _("Whoever opens it asks, the host decides")


class Precision(models.TextChoices):
    """How exactly a place is known."""

    CITY = "city", _("City")
    AREA = "area", _("Area")
    COUNTRY = "country", _("Country")


class Inside(models.TextChoices):
    """Whether an organisation has someone inside who can carry a thing through."""

    CHAMPION = "champion", _("Someone inside has a mandate")
    PEOPLE = "people", _("People are here, none with a mandate yet")
    VACUUM = "vacuum", _("Nobody is here now who could carry it")


class Seen(models.TextChoices):
    """To whom a person shows a field of theirs; the operator and the hosts of their chapter see
    it as well."""

    INTRODUCED = "introduced", _("People I was introduced to")
    MEMBERS = "members", _("All members")
    EVERYONE = "everyone", _("Everyone on the web, once I have a public page")


# What a person may show to few or many. A name is shown to every member.
FIELDS = ("headline", "about", "work", "place", "languages", "website")


class AgreedTo(models.TextChoices):
    """What people are asked to agree to."""

    BEING_LISTED = "being_listed", _("Being in the network, and seen by its members")
    BEING_FOUND = "being_found", _("Being found by those who have one's address")
    BEING_PUBLIC = "being_public", _("Having a page that everyone on the web can see")
