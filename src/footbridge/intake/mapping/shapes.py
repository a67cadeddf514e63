"""What kind of sheet the columns make together, and which fields each kind can have."""

from __future__ import annotations

import re
from collections.abc import Sequence

from footbridge.intake.mapping.contents import Column
from footbridge.intake.mapping.fields import Field, Shape
from footbridge.intake.mapping.values.dates import looks_like_date
from footbridge.intake.mapping.words import fold
from footbridge.intake.reading.said import Said, said

_MEMBER_FIELDS = frozenset(
    {
        Field.MEMBER_ID, Field.MEMBER_NAME, Field.MEMBER_KIND, Field.DESCRIPTION, Field.TAGS,
        Field.CHAPTER, Field.NOTE, Field.PERSON_NAME, Field.GIVEN_NAME, Field.FAMILY_NAME,
        Field.EMAIL, Field.PHONE, Field.ROLE, Field.HEADLINE, Field.PROFILE_URL, Field.LANGUAGES,
        Field.SINCE, Field.UNTIL, Field.ORGANISATION_NAME, Field.ORGANISATION_ID,
        Field.CHARITY_NUMBER, Field.COMPANY_NUMBER, Field.FORMER_NAMES, Field.SECTOR,
        Field.LEGAL_FORM, Field.SIZE, Field.INCOME, Field.GROUP, Field.WEBSITE, Field.FOUNDED,
        Field.ACTIVE, Field.NEED, Field.OFFER, Field.CAUSES, Field.PLACE, Field.REGION,
        Field.COUNTRY, Field.POSTCODE, Field.LATITUDE, Field.LONGITUDE, Field.WORKS_IN,
        Field.OTHER_PERSON, Field.OTHER_EMAIL, Field.OTHER_ORGANISATION, Field.TIE_TO,
        Field.LAST_CONFIRMED, Field.HOW, Field.STRENGTH, Field.STAGE,
    }
)  # fmt: skip
_CONTACT_FIELDS = _MEMBER_FIELDS - {
    Field.SECTOR, Field.SIZE, Field.INCOME, Field.GROUP, Field.NEED, Field.OFFER, Field.CAUSES,
    Field.TAGS, Field.TIE_TO, Field.OTHER_PERSON, Field.MEMBER_ID, Field.CHAPTER,
}  # fmt: skip
_NODE_FIELDS = frozenset(
    {
        Field.MEMBER_ID, Field.MEMBER_NAME, Field.MEMBER_KIND, Field.ORGANISATION_NAME,
        Field.SECTOR, Field.PLACE, Field.REGION, Field.COUNTRY, Field.POSTCODE, Field.LATITUDE,
        Field.LONGITUDE, Field.ROLE, Field.GROUP, Field.FOUNDED, Field.SIZE,
    }
)  # fmt: skip
_TIE_FIELDS = frozenset(
    {
        Field.TIE_FROM,
        Field.TIE_TO,
        Field.STRENGTH,
        Field.SINCE,
        Field.UNTIL,
        Field.LAST_CONFIRMED,
        Field.HOW,
        Field.NOTE,
    }
)
_GRANT_FIELDS = frozenset(
    {
        Field.GRANT_ID, Field.FUNDER_NAME, Field.FUNDER_ID, Field.RECIPIENT_NAME,
        Field.RECIPIENT_ID, Field.AMOUNT, Field.CURRENCY, Field.AWARD_DATE, Field.TITLE,
        Field.DESCRIPTION, Field.PROGRAMME, Field.SINCE, Field.UNTIL, Field.CHARITY_NUMBER,
        Field.COMPANY_NUMBER, Field.LEGAL_FORM, Field.SECTOR, Field.PLACE, Field.REGION,
        Field.COUNTRY, Field.POSTCODE, Field.LATITUDE, Field.LONGITUDE, Field.WEBSITE,
        Field.CAUSES,
    }
)  # fmt: skip
_KNOWN_FROM = frozenset({Field.KNOWN_FROM, Field.KNOWN_FROM_URL})
_LINE_FIELDS = _KNOWN_FROM | {
    Field.TITLE, Field.FUNDER_NAME, Field.MONEY, Field.OPEN_TO, Field.STAGE, Field.CAUSES,
    Field.AMOUNT_FROM, Field.AMOUNT_TO, Field.CURRENCY, Field.DEADLINE, Field.CONDITIONS,
    Field.WEBSITE, Field.FAVOURS_SCARCE, Field.CHECKED_ON, Field.WORKS_IN,
}  # fmt: skip
_TERM_FIELDS = frozenset(
    {
        Field.TERM_ID,
        Field.TERM_LABEL,
        Field.TERM_SYNONYMS,
        Field.TERM_PARENT,
        Field.DESCRIPTION,
        Field.NOTE,
    }
)

ALLOWED: dict[Shape, frozenset[Field]] = {
    Shape.MEMBERS: _MEMBER_FIELDS,
    Shape.CONTACTS: _CONTACT_FIELDS,
    Shape.NODES: _NODE_FIELDS,
    Shape.TIES: _TIE_FIELDS,
    Shape.GRANTS: _GRANT_FIELDS,
    Shape.VOCABULARY: _TERM_FIELDS,
    Shape.GRANT_RECORDS: _GRANT_FIELDS | _KNOWN_FROM,
    Shape.FUNDING_LINES: _LINE_FIELDS,
}

# What is kept for those who look for money; nobody comes on a list by it.
OF_FUNDING = frozenset({Shape.GRANT_RECORDS, Shape.FUNDING_LINES})

# What nobody writes about a term of a vocabulary, nor about a bare node.
_LIVELY = frozenset(
    {
        Field.EMAIL, Field.WEBSITE, Field.GIVEN_NAME, Field.FAMILY_NAME, Field.NEED, Field.OFFER,
        Field.LANGUAGES, Field.PHONE, Field.HEADLINE, Field.PERSON_NAME, Field.CAUSES,
        Field.OTHER_PERSON, Field.FORMER_NAMES, Field.ORGANISATION_ID,
    }
)  # fmt: skip
_MOST_NODE_COLUMNS = 8
_GOOGLE_COLUMN = re.compile(r"E-mail \d+ - (?:Value|Type|Label)", re.IGNORECASE)

Options = Sequence[Sequence[Field]]


def shape_of(columns: Sequence[Column], options: Options, form: str) -> tuple[Shape, Said]:
    """The shape of the sheet and why, the most telling shapes first."""
    if form == "vcard" or _is_address_book(columns):
        return Shape.CONTACTS, said("This is an address book.")
    first = {found for fields in options for found in fields[:1]}
    every = {found for fields in options for found in fields}
    if _is_grants(every):
        return Shape.GRANTS, said("Each row has a funder and a recipient.")
    if _is_ties(columns, options):
        return Shape.TIES, said("Each row names two members.")
    if _is_vocabulary(every, first):
        return Shape.VOCABULARY, said("Each row is a term with its words.")
    if _is_nodes(columns, every, first):
        return Shape.NODES, said("Each row is little more than an identifier.")
    return Shape.MEMBERS, said("Each row is a person or an organisation.")


def _is_address_book(columns: Sequence[Column]) -> bool:
    """LinkedIn's list of connections and Google's contacts are known by their titles."""
    titles = {fold(column.title) for column in columns}
    linkedin = {"first name", "last name", "connected on"} <= titles
    return linkedin or any(_GOOGLE_COLUMN.match(column.title) for column in columns)


def _is_grants(every: set[Field]) -> bool:
    recipient = bool(every & {Field.RECIPIENT_NAME, Field.RECIPIENT_ID})
    funder = bool(every & {Field.FUNDER_NAME, Field.FUNDER_ID})
    money = bool(every & {Field.AMOUNT, Field.AWARD_DATE, Field.GRANT_ID})
    return recipient and (funder or money)


def _is_ties(columns: Sequence[Column], options: Options) -> bool:
    """A first and a second end; “from” and “to” over dates are a time, not a tie."""
    ends = {
        end: [column for column, fields in zip(columns, options) if end in fields]
        for end in (Field.TIE_FROM, Field.TIE_TO)
    }
    return all(
        found and not all(column.share(looks_like_date) > 0.5 for column in found)
        for found in ends.values()
    )


def _is_vocabulary(every: set[Field], first: set[Field]) -> bool:
    named = bool(every & {Field.TERM_LABEL, Field.TERM_SYNONYMS})
    listed = bool(every & {Field.TERM_ID, Field.TERM_SYNONYMS})
    places = {Field.PLACE, Field.COUNTRY, Field.LATITUDE, Field.LONGITUDE, Field.POSTCODE}
    names = {Field.MEMBER_NAME, Field.ORGANISATION_NAME, Field.SECTOR}
    return named and listed and not first & (_LIVELY | places | names)


def _is_nodes(columns: Sequence[Column], every: set[Field], first: set[Field]) -> bool:
    titles = [fold(column.title) for column in columns]
    has_id = bool(titles) and titles[0] in {"id", "node", "node id", "vertex", "key"}
    return has_id and len(columns) <= _MOST_NODE_COLUMNS and not first & _LIVELY
