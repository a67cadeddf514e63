"""What a column can mean, and what a sheet as a whole can be."""

from __future__ import annotations

from enum import StrEnum


class Shape(StrEnum):
    """What one row of the sheet is."""

    MEMBERS = "members"  # a person, an organisation, or a person in an organisation
    NODES = "nodes"  # a member known by little more than an identifier
    CONTACTS = "contacts"  # someone in a private address book
    TIES = "ties"  # two members who know each other
    GRANTS = "grants"  # a funder who gave to a recipient
    VOCABULARY = "vocabulary"  # a term with its synonyms
    GRANT_RECORDS = "grant_records"  # the same as GRANTS, kept with its source; nobody is listed
    FUNDING_LINES = "funding_lines"  # money that one can apply for elsewhere


class Kind(StrEnum):
    """Whom the rows of a member sheet describe."""

    PERSON = "person"
    ORGANISATION = "organisation"
    BOTH = "both"  # a person, and the organisation the person belongs to
    UNKNOWN = "unknown"


class Field(StrEnum):
    """The meaning of a column; the value is what is stored with a remembered mapping."""

    # anyone
    MEMBER_ID = "member_id"  # the row's own identifier in the source
    MEMBER_NAME = "member_name"  # a name, of a person or of an organisation
    MEMBER_KIND = "member_kind"
    DESCRIPTION = "description"
    TAGS = "tags"
    CHAPTER = "chapter"
    NOTE = "note"

    # a person
    PERSON_NAME = "person_name"
    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    EMAIL = "email"
    PHONE = "phone"
    ROLE = "role"
    HEADLINE = "headline"
    PROFILE_URL = "profile_url"
    LANGUAGES = "languages"
    SINCE = "since"  # of the affiliation, the tie or the grant, by the shape of the sheet
    UNTIL = "until"

    # an organisation
    ORGANISATION_NAME = "organisation_name"
    ORGANISATION_ID = "organisation_id"  # GB-CHC-1136419 and the like
    CHARITY_NUMBER = "charity_number"
    COMPANY_NUMBER = "company_number"
    FORMER_NAMES = "former_names"
    SECTOR = "sector"
    STAGE = "stage"  # how far what somebody works on has come
    LEGAL_FORM = "legal_form"
    SIZE = "size"
    INCOME = "income"
    GROUP = "group"  # the larger organisation it is part of
    WEBSITE = "website"
    FOUNDED = "founded"
    ACTIVE = "active"

    # exchange
    NEED = "need"
    OFFER = "offer"
    OFFER_IF_YES = "offer_if_yes"  # a yes/no column whose title is what is offered
    CAUSES = "causes"

    # places
    PLACE = "place"
    REGION = "region"
    COUNTRY = "country"
    POSTCODE = "postcode"
    LATITUDE = "latitude"
    LONGITUDE = "longitude"
    WORKS_IN = "works_in"

    # ties
    TIE_FROM = "tie_from"
    TIE_TO = "tie_to"
    OTHER_PERSON = "other_person"
    OTHER_EMAIL = "other_email"
    OTHER_ORGANISATION = "other_organisation"
    STRENGTH = "strength"
    LAST_CONFIRMED = "last_confirmed"
    HOW = "how"

    # grants
    GRANT_ID = "grant_id"
    FUNDER_NAME = "funder_name"
    FUNDER_ID = "funder_id"
    RECIPIENT_NAME = "recipient_name"
    RECIPIENT_ID = "recipient_id"
    AMOUNT = "amount"
    CURRENCY = "currency"
    AWARD_DATE = "award_date"
    TITLE = "title"
    PROGRAMME = "programme"

    # what one can apply for
    MONEY = "money"  # grant, loan, prize …
    OPEN_TO = "open_to"  # the countries and areas where it may be spent
    AMOUNT_FROM = "amount_from"
    AMOUNT_TO = "amount_to"
    DEADLINE = "deadline"
    CONDITIONS = "conditions"
    FAVOURS_SCARCE = "favours_scarce"  # it keeps money for places that get little
    KNOWN_FROM = "known_from"  # where somebody knows it from
    KNOWN_FROM_URL = "known_from_url"
    CHECKED_ON = "checked_on"

    # vocabulary
    TERM_ID = "term_id"
    TERM_LABEL = "term_label"
    TERM_SYNONYMS = "term_synonyms"
    TERM_PARENT = "term_parent"

    LEAVE_OUT = "leave_out"


GATHERED = frozenset(
    {
        Field.NEED,
        Field.OFFER,
        Field.OFFER_IF_YES,
        Field.CAUSES,
        Field.LANGUAGES,
        Field.FORMER_NAMES,
        Field.WORKS_IN,
        Field.TAGS,
        Field.TERM_SYNONYMS,
        Field.TERM_LABEL,
        Field.EMAIL,
        Field.PHONE,
        Field.NOTE,
        Field.OPEN_TO,
        Field.CONDITIONS,
    }
)
"""Fields whose columns add up; of any other field the first column that is filled counts."""

DATES = frozenset(
    {
        Field.SINCE, Field.UNTIL, Field.LAST_CONFIRMED, Field.AWARD_DATE, Field.FOUNDED,
        Field.DEADLINE, Field.CHECKED_ON,
    }
)  # fmt: skip
NUMBERS = frozenset(
    {
        Field.AMOUNT, Field.INCOME, Field.LATITUDE, Field.LONGITUDE, Field.AMOUNT_FROM,
        Field.AMOUNT_TO,
    }
)  # fmt: skip
