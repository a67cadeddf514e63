"""Single fields of a row, made fit to keep; what was mended is added to the row's repairs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from footbridge.core import clock
from footbridge.core.words import clean_line
from footbridge.intake.interpret.records import (
    MAILBOX,
    REGISTER,
    Identity,
    PlaceSaid,
    PostingSaid,
)
from footbridge.intake.mapping import Field, MappedRow
from footbridge.intake.mapping.values.causes import CauseRead, read_causes
from footbridge.intake.mapping.values.cells import split_many
from footbridge.intake.mapping.values.emails import read_emails
from footbridge.intake.mapping.values.identifiers import (
    charity_id,
    company_id,
    is_organisation_id,
    mixes_alphabets,
    read_website,
)
from footbridge.intake.mapping.values.languages import read_languages
from footbridge.intake.mapping.values.outcome import Outcome
from footbridge.intake.mapping.values.sectors import (
    read_sector,
    sector_of_name,
    sector_of_register,
)
from footbridge.intake.mapping.values.stages import read_stage
from footbridge.intake.reading import Said, said

T = TypeVar("T")

LONGEST_NAME = 200
LONGEST_LINE = 200
LONGEST_ABOUT = 5000
LONGEST_POSTING = 500
LONGEST_LEGAL_FORM = 120
LONGEST_WEBSITE = 500
MOST_LANGUAGES = 20
EARLIEST = date(1900, 1, 1)
WORDS_OF_A_TAG = 3
LETTERS_OF_A_TAG = 40


def taken(outcome: Outcome[T], repairs: list[Said]) -> T | None:
    """The value, with what was mended or left away put among the repairs."""
    if outcome.repaired is not None:
        repairs.append(outcome.repaired)
    if outcome.refused is not None:
        repairs.append(outcome.refused)
    return outcome.value


def name(text: str, repairs: list[Said]) -> str:
    """A name on one line, in any script; one that mixes alphabets is pointed out."""
    tidied = clean_line(text)
    if not tidied.isascii() and mixes_alphabets(tidied):
        repairs.append(
            said("The name “{name}” mixes letters of two alphabets. Is it right?", name=tidied[:80])
        )
    return line(tidied, LONGEST_NAME, repairs)


def line(text: str, longest: int, repairs: list[Said]) -> str:
    """One line of bounded length."""
    tidied = clean_line(text)
    if len(tidied) <= longest:
        return tidied
    repairs.append(
        said("“{start}…” was cut to {longest} characters.", start=tidied[:40], longest=str(longest))
    )
    return tidied[: longest - 1].rstrip() + "…"


def prose(row: MappedRow, field: Field, repairs: list[Said]) -> str:
    """A text of several lines, such as a description."""
    text = row.text(field).replace("\x00", "").strip()
    if len(text) > LONGEST_ABOUT:
        repairs.append(said("The description was cut to {most} characters.", most=LONGEST_ABOUT))
        text = text[: LONGEST_ABOUT - 1].rstrip() + "…"
    return text


def addresses(row: MappedRow, repairs: list[Said]) -> tuple[list[str], str]:
    """The e-mail addresses of a row in lower case, and a name that stood beside one."""
    found: list[str] = []
    called = ""
    for text in row.texts(Field.EMAIL):
        for outcome in read_emails(text):
            address = taken(outcome, repairs)
            if address is not None and address.key.isascii():
                found.append(address.key)
                called = called or address.name
            elif address is not None:
                repairs.append(said("“{text}” is not an e-mail address.", text=address.key[:80]))
    return list(dict.fromkeys(found)), called


def mailboxes(found: Sequence[str]) -> tuple[Identity, ...]:
    """Further addresses, kept so that the next list finds the same member by them."""
    return tuple((MAILBOX, address) for address in found)


def register_ids(row: MappedRow, *fields: Field) -> tuple[Identity, ...]:
    """The numbers under which public registers know an organisation."""
    found = []
    for field in fields:
        text = row.text(field).strip()
        if is_organisation_id(text.upper()):
            found.append(text.upper())
        elif field is Field.CHARITY_NUMBER:
            found.append(charity_id(text))
        elif field is Field.COMPANY_NUMBER:
            found.append(company_id(text))
    return tuple((REGISTER, value[:200]) for value in dict.fromkeys(found) if value)


def sector(row: MappedRow, called: str, ids: Sequence[Identity], repairs: list[Said]) -> str:
    """The sector that the list names, else what legal form, tags, register or name give away."""
    told = taken(read_sector(row.text(Field.SECTOR)), repairs)
    if told is None:
        told_by = [row.text(Field.LEGAL_FORM), *row.texts(Field.TAGS)]
        told = next((found for text in told_by if (found := read_sector(text).value)), None)
    return str(told) if told else sector_told_by(called, ids)


def stage(row: MappedRow, repairs: list[Said]) -> str:
    """How far what they work on has come, where the list says so."""
    return str(taken(read_stage(row.text(Field.STAGE)), repairs) or "")


def sector_told_by(called: str, ids: Sequence[Identity]) -> str:
    """What a register or the name itself gives away."""
    registers = (sector_of_register(value) for scheme, value in ids if scheme == REGISTER)
    return str(next(filter(None, registers), None) or sector_of_name(called) or "")


def website(text: str, repairs: list[Said]) -> str:
    """A web address that a browser opens."""
    outcome = read_website(text)
    # A scheme added to “www.example.org” is no news to anyone.
    if outcome.repaired is not None and outcome.value and not outcome.value.endswith(text.strip()):
        repairs.append(outcome.repaired)
    if outcome.refused is not None:
        repairs.append(outcome.refused)
    found = outcome.value or ""
    if len(found) > LONGEST_WEBSITE:
        repairs.append(said("“{text}” is not a web address.", text=found[:80]))
        return ""
    return found


def languages(row: MappedRow, repairs: list[Said]) -> tuple[str, ...]:
    """Codes of the languages that someone speaks."""
    found = [
        code
        for text in row.texts(Field.LANGUAGES)
        for outcome in read_languages(text)
        if (code := taken(outcome, repairs))
    ]
    return tuple(dict.fromkeys(found))[:MOST_LANGUAGES]


def place(row: MappedRow, repairs: list[Said]) -> PlaceSaid | None:
    """Where the list says that someone is."""
    latitude = taken(row.number(Field.LATITUDE), repairs)
    longitude = taken(row.number(Field.LONGITUDE), repairs)
    found = PlaceSaid(
        text=row.text(Field.PLACE)[:300],
        postcode=row.text(Field.POSTCODE)[:40],
        region=row.text(Field.REGION)[:120],
        country=row.text(Field.COUNTRY)[:80],
        latitude=latitude if longitude is not None else None,
        longitude=longitude if latitude is not None else None,
    )
    return None if found == PlaceSaid() else found


def day(row: MappedRow, field: Field, repairs: list[Said]) -> date | None:
    """A day that has been."""
    when = taken(row.date(field), repairs)
    if when is None:
        return None
    if not EARLIEST <= when.day <= clock.today():
        repairs.append(
            said("The day {day} has not been yet, or long ago.", day=when.day.isoformat())
        )
        return None
    return when.day


def any_day(row: MappedRow, field: Field, repairs: list[Said]) -> date | None:
    """A day that may still come, such as an end."""
    when = taken(row.date(field), repairs)
    return None if when is None else when.day


def causes(row: MappedRow) -> tuple[CauseRead, ...]:
    """What someone works for: goals, codes of known classifications, or own words."""
    found = [cause for text in row.texts(Field.CAUSES) for cause in read_causes(text)]
    return tuple(dict.fromkeys(found))


def names(row: MappedRow, field: Field) -> tuple[str, ...]:
    """Several names in one cell."""
    found = (clean_line(each)[:200] for text in row.texts(field) for each in split_many(text))
    return tuple(dict.fromkeys(filter(None, found)))


def places(row: MappedRow, field: Field) -> tuple[str, ...]:
    """Several places in one cell; “Bosnia and Herzegovina” is one."""
    parts = [part for text in row.texts(field) for part in split_many(text)]
    found = (clean_line(piece)[:200] for part in parts for piece in part.split(","))
    return tuple(dict.fromkeys(filter(None, found)))[:100]


def postings(row: MappedRow, field: Field, repairs: list[Said]) -> tuple[PostingSaid, ...]:
    """Needs or offers: each sentence is one; a list of single words is one with its words."""
    parts = [clean_line(part) for text in row.texts(field) for part in split_many(text)]
    parts = list(dict.fromkeys(filter(None, parts)))
    if len(parts) > 1 and all(map(_is_tag, parts)):
        together = line(", ".join(parts), LONGEST_POSTING, repairs)
        return (PostingSaid(together, tuple(parts)),)
    return tuple(PostingSaid(line(part, LONGEST_POSTING, repairs)) for part in parts)


def _is_tag(text: str) -> bool:
    return len(text) <= LETTERS_OF_A_TAG and len(text.split()) <= WORDS_OF_A_TAG
