"""What a column, a row and a list can be, in the words a host reads."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from footbridge.intake.mapping import Field, Kind, Shape

_GROUPS = (
    (
        _("A person"),
        {
            Field.PERSON_NAME: _("Name of the person"),
            Field.GIVEN_NAME: _("First name"),
            Field.FAMILY_NAME: _("Family name"),
            Field.EMAIL: _("Email"),
            Field.ROLE: _("Role, job title"),
            Field.HEADLINE: _("Themselves in one line"),
            Field.PROFILE_URL: _("Address of their profile"),
            Field.LANGUAGES: _("Languages they speak"),
            Field.SINCE: _("Since when"),
            Field.UNTIL: _("Until when"),
        },
    ),
    (
        _("An organisation"),
        {
            Field.ORGANISATION_NAME: _("Name of the organisation"),
            Field.SECTOR: _("Sector"),
            Field.STAGE: _("How far it has come"),
            Field.SIZE: _("Size: staff or class"),
            Field.INCOME: _("Income"),
            Field.GROUP: _("The group it belongs to"),
            Field.LEGAL_FORM: _("Legal form"),
            Field.WEBSITE: _("Website"),
            Field.FOUNDED: _("Founded"),
            Field.ACTIVE: _("Whether it still exists"),
            Field.FORMER_NAMES: _("Former names"),
            Field.ORGANISATION_ID: _("Its number in a register"),
            Field.CHARITY_NUMBER: _("Charity number"),
            Field.COMPANY_NUMBER: _("Company number"),
        },
    ),
    (
        _("Needs and offers"),
        {
            Field.NEED: _("What they need"),
            Field.OFFER: _("What they offer"),
            Field.OFFER_IF_YES: _("An offer, where the cell says yes"),
            Field.CAUSES: _("Causes they work for"),
            Field.TAGS: _("Tags"),
            Field.DESCRIPTION: _("Description"),
        },
    ),
    (
        pgettext_lazy("a heading over town, region, country", "Place"),
        {
            Field.PLACE: _("Town"),
            Field.REGION: _("Region"),
            Field.COUNTRY: _("Country"),
            Field.POSTCODE: _("Postcode"),
            Field.LATITUDE: _("Latitude"),
            Field.LONGITUDE: _("Longitude"),
            Field.WORKS_IN: _("Where they work as well"),
        },
    ),
    (
        _("Whom they know"),
        {
            Field.TIE_FROM: _("One of the two"),
            Field.TIE_TO: _("The other, or whom they know"),
            Field.OTHER_PERSON: _("Someone they know, by name"),
            Field.OTHER_EMAIL: _("Someone they know, by address"),
            Field.OTHER_ORGANISATION: _("Organisation of the one they know"),
            Field.STRENGTH: _("How well they know each other"),
            Field.LAST_CONFIRMED: _("Last confirmed"),
            Field.HOW: _("How they know each other"),
        },
    ),
    (
        _("Grants"),
        {
            Field.FUNDER_NAME: _("Who gave"),
            Field.FUNDER_ID: _("Number of who gave"),
            Field.RECIPIENT_NAME: _("Who received"),
            Field.RECIPIENT_ID: _("Number of who received"),
            Field.AWARD_DATE: _("Day of the award"),
            Field.TITLE: _("Title of the grant"),
            Field.PROGRAMME: _("Programme"),
            Field.GRANT_ID: _("Number of the grant"),
            Field.AMOUNT: _("Amount"),
            Field.CURRENCY: _("Currency"),
        },
    ),
    (
        _("Funding"),
        {
            Field.MONEY: _("Kind of money"),
            Field.OPEN_TO: _("For which countries"),
            Field.AMOUNT_FROM: _("The least it gives"),
            Field.AMOUNT_TO: _("The most it gives"),
            Field.DEADLINE: _("Last day to apply"),
            Field.CONDITIONS: _("Conditions, in words"),
            Field.FAVOURS_SCARCE: _("It keeps money for places that get little"),
            Field.KNOWN_FROM: _("Where it is known from"),
            Field.KNOWN_FROM_URL: _("Address of where it is known from"),
            Field.CHECKED_ON: _("When somebody looked"),
        },
    ),
    (
        _("Other"),
        {
            Field.MEMBER_NAME: _("Name, of a person or an organisation"),
            Field.MEMBER_ID: _("The row's own number"),
            Field.MEMBER_KIND: _("Whether it is a person or an organisation"),
            Field.CHAPTER: _("Chapter"),
            Field.NOTE: _("A note"),
            Field.PHONE: _("Telephone"),
            Field.TERM_ID: _("Number of a term"),
            Field.TERM_LABEL: _("Term"),
            Field.TERM_SYNONYMS: _("Other words for a term"),
            Field.TERM_PARENT: _("The wider term"),
        },
    ),
)
LEAVE_OUT = (str(Field.LEAVE_OUT), _("— leave it out —"))

SHAPES = {
    Shape.MEMBERS: _("People or organisations"),
    Shape.CONTACTS: _("An address book"),
    Shape.NODES: _("Members known by a number"),
    Shape.TIES: _("Pairs who know each other"),
    Shape.GRANTS: _("Grants from one to another"),
    Shape.VOCABULARY: _("Terms with their words"),
    Shape.GRANT_RECORDS: _("Grants, each kept with its source"),
    Shape.FUNDING_LINES: _("Money that one can apply for"),
}

KINDS = {
    Kind.PERSON: _("a person"),
    Kind.ORGANISATION: _("an organisation"),
    Kind.BOTH: _("a person and their organisation"),
    Kind.UNKNOWN: _("one or the other"),
}

Choices = list[tuple[object, object]]


def meanings(allowed: list[str]) -> Choices:
    """What a column can be taken for, in groups, as a select wants it."""
    found: Choices = [LEAVE_OUT]
    for group, words in _GROUPS:
        choices = [(str(field), word) for field, word in words.items() if field in allowed]
        if choices:
            found.append((group, choices))
    return found


Counted = dict[str, Callable[[int], str]]


def new_words() -> Counted:
    """What a list may add, each in the words for how many there are."""
    return {
        "new_people": lambda n: ngettext("%(n)d person", "%(n)d people", n),
        "new_organisations": lambda n: ngettext("%(n)d organisation", "%(n)d organisations", n),
        "needs": lambda n: ngettext("%(n)d need", "%(n)d needs", n),
        "offers": lambda n: ngettext("%(n)d offer", "%(n)d offers", n),
        "ties": lambda n: ngettext("%(n)d tie", "%(n)d ties", n),
        "new_lines": lambda n: ngettext("%(n)d funding line", "%(n)d funding lines", n),
        "new_grants": lambda n: ngettext("%(n)d grant", "%(n)d grants", n),
        "changed_lines": lambda n: ngettext(
            "%(n)d funding line changed", "%(n)d funding lines changed", n
        ),
        "changed_grants": lambda n: ngettext("%(n)d grant changed", "%(n)d grants changed", n),
    }


def known_words() -> Counted:
    """Whom a list names that are known already."""
    return {
        "known_people": lambda n: ngettext("%(n)d person", "%(n)d people", n),
        "known_organisations": lambda n: ngettext("%(n)d organisation", "%(n)d organisations", n),
        "known_lines": lambda n: ngettext("%(n)d funding line", "%(n)d funding lines", n),
        "known_grants": lambda n: ngettext("%(n)d grant", "%(n)d grants", n),
    }
