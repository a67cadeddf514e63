"""What the cells of a column look like, whatever its title says."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext_noop as noop

from footbridge.intake.mapping.fields import DATES, NUMBERS, Field
from footbridge.intake.mapping.values.causes import is_cause_code, is_goal_tag
from footbridge.intake.mapping.values.cells import split_many, word_set
from footbridge.intake.mapping.values.dates import looks_like_date, read_date
from footbridge.intake.mapping.values.identifiers import is_organisation_id, is_website
from footbridge.intake.mapping.values.languages import read_language
from footbridge.intake.mapping.values.numbers import NO, YES, is_number, read_number
from footbridge.intake.mapping.values.sectors import is_sector_word, read_sector, sector_of_name
from footbridge.intake.mapping.values.stages import is_stage_word
from footbridge.intake.mapping.values.strengths import is_strength_word
from footbridge.people.gazetteer import country_of, is_uk_postcode, us_state_of

Test = Callable[[str], bool]
MOST_CELLS = 200

_EMAIL = re.compile(r"^(?:mailto:)?[^@]*<?[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+>?(?:\s*[;,].*)?$", re.I)
_PROFILE = re.compile(r"linkedin\.com/(?:in|pub)/", re.I)
_PHONE = re.compile(r"^(?:\+|\(|0|(?=\d+[\s./-]))[\d\s()./-]{6,18}\d$")
_DECIMALS = re.compile(r"^-?\d{1,3}[.,]\d{3,}$")
_NEEDS = re.compile(
    r"^(?:(?:we|i)\s+)?(?:need|seek|look(?:ing)? for|want|search(?:ing)? for|require)"
    r"|^(?:busc|necesit|requer)|^(?:(?:nous|je)\s+)?(?:cherch|recherch|besoin|avons besoin"
    r"|ai besoin)"
    r"|^(?:(?:wir|ich)\s+)?(?:such|brauch|benotig|benötig)|^(?:procur|precis)|^(?:cerc|bisogno)"
    r"|^(?:zoek|nodig)",
    re.IGNORECASE,
)  # fmt: skip
_OFFERS = re.compile(
    r"^(?:(?:we|i)\s+)?(?:can|offer|provide|give|happy to|able to|have)\b|^(?:(?:we"
    r"|i)\s+)?offer(?:s|ing)\b"
    r"|^(?:ofre|puedo|podemos)|^(?:(?:nous|je)\s+)?(?:propos|offr|peux|pouvons)"
    r"|^(?:(?:wir|ich)\s+)?(?:biete|kann|können)|^(?:oferec|posso)|^(?:offr|posso)|^(?:bied|kan)",
    re.IGNORECASE,
)  # fmt: skip
_NAME_WORD = re.compile(r"^(?:[^\W\d_][^\W\d_'’.-]*[.'’-]?)+$")
_PARTICLES = word_set(
    """
    de la del los da dos van von der den di du le bin ibn al el y e
    """
)


@dataclass(frozen=True)
class Column:
    """One column of the sample: its title and the cells that hold something."""

    index: int
    title: str
    cells: Sequence[str] = field(repr=False)

    def share(self, test: Test) -> float:
        """The share of filled cells that pass."""
        return sum(map(test, self.cells)) / len(self.cells) if self.cells else 0.0

    @cached_property
    def usual_length(self) -> float:
        return sum(map(len, self.cells)) / len(self.cells) if self.cells else 0.0

    @cached_property
    def variety(self) -> float:
        """Near 1 where every cell differs, near 0 where a few words repeat."""
        return len(set(self.cells)) / len(self.cells) if self.cells else 0.0


def columns_of(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Column]:
    """The sample turned on its side."""
    return [
        Column(
            index,
            title,
            [row[index] for row in rows if index < len(row) and row[index]][:MOST_CELLS],
        )
        for index, title in enumerate(header)
    ]


def is_email(text: str) -> bool:
    return bool(_EMAIL.match(text))


def is_phone(text: str) -> bool:
    return bool(_PHONE.match(text)) and not _DECIMALS.match(text) and not looks_like_date(text)


def is_person_name(text: str) -> bool:
    """Two to five words that could be somebody's name."""
    words = text.replace(",", " ").split()
    return (
        2 <= len(words) <= 5
        and all(_NAME_WORD.match(word) for word in words)
        and all(not word[0].islower() or word in _PARTICLES for word in words)
        and sector_of_name(text) is None
    )


def is_organisation_name(text: str) -> bool:
    return sector_of_name(text) is not None


def is_yes_or_no(text: str) -> bool:
    return text.casefold() in YES | NO and not text.isdigit()


def is_language(text: str) -> bool:
    return len(text) < 60 and all(
        read_language(part).value for part in split_many(text, commas=True)
    )


def is_country(text: str) -> bool:
    return country_of(text) is not None


def is_state(text: str) -> bool:
    return us_state_of(text) is not None


def has_sector(text: str) -> bool:
    return len(text) < 90 and read_sector(text).value is not None


def _all_parts(test: Test) -> Test:
    return lambda text: all(map(test, split_many(text, commas=True)))


def _is_date(text: str) -> bool:
    return len(text) < 40 and read_date(text).value is not None


def _is_strength(text: str) -> bool:
    return is_strength_word(text) or is_number(text) or text.casefold() in {"nan", "inf", "-inf"}


# What gives a column away even without a title: test, share of cells needed, and the words for it.
_TELLING: tuple[tuple[Field, Test, float, str], ...] = (
    (Field.EMAIL, is_email, 0.6, noop("e-mail addresses")),
    (Field.PROFILE_URL, lambda text: bool(_PROFILE.search(text)), 0.5, noop("profile addresses")),
    (Field.WEBSITE, is_website, 0.6, noop("web addresses")),
    (Field.ORGANISATION_ID, is_organisation_id, 0.6, noop("register identifiers")),
    (Field.CAUSES, _all_parts(is_goal_tag), 0.6, noop("development goals")),
    (Field.CAUSES, _all_parts(is_cause_code), 0.8, noop("codes of causes")),
    (Field.POSTCODE, is_uk_postcode, 0.6, noop("postcodes")),
    (Field.SINCE, looks_like_date, 0.8, noop("dates")),
    (Field.SECTOR, is_sector_word, 0.7, noop("kinds of organisation")),
    (Field.STRENGTH, is_strength_word, 0.8, noop("strengths of a tie")),
    (Field.COUNTRY, is_country, 0.8, noop("countries")),
    (Field.REGION, is_state, 0.8, noop("states")),
    (Field.PHONE, is_phone, 0.8, noop("telephone numbers")),
    (Field.NEED, lambda text: bool(_NEEDS.match(text)), 0.4, noop("wishes")),
    (Field.OFFER, lambda text: bool(_OFFERS.match(text)), 0.4, noop("offers")),
    (Field.LANGUAGES, is_language, 0.8, noop("languages")),
    (Field.ORGANISATION_NAME, is_organisation_name, 0.3, noop("names of organisations")),
    (Field.PERSON_NAME, is_person_name, 0.7, noop("names of people")),
)


def telling(column: Column) -> tuple[Field, float, str] | None:
    """The field that the cells give away, the share that does, and what they are."""
    for meaning, test, needed, words in _TELLING:
        share = column.share(test)
        if share >= needed:
            return meaning, share, words
    return None


# What the cells must at least look like before a title is believed.
_NEEDED: dict[Field, tuple[Test, float]] = {
    Field.EMAIL: (lambda text: "@" in text or "*" in text, 0.3),
    Field.OTHER_EMAIL: (lambda text: "@" in text, 0.3),
    Field.WEBSITE: (lambda text: "." in text and " " not in text.strip(), 0.3),
    Field.PROFILE_URL: (lambda text: "." in text or "/" in text, 0.3),
    Field.SECTOR: (has_sector, 0.3),
    Field.STAGE: (is_stage_word, 0.5),
    Field.STRENGTH: (_is_strength, 0.5),
    Field.COUNTRY: (is_country, 0.3),
    Field.LANGUAGES: (_all_parts(lambda text: read_language(text).value is not None), 0.3),
    Field.TERM_ID: (lambda text: len(text) < 200, 0.9),
    Field.LATITUDE: (lambda text: abs(read_number(text).value or 0) <= 90, 0.9),
    Field.LONGITUDE: (lambda text: abs(read_number(text).value or 0) <= 180, 0.9),
    **dict.fromkeys(DATES, (_is_date, 0.4)),
    **{
        meaning: (lambda text: any(sign.isdigit() for sign in text) or is_number(text), 0.5)
        for meaning in NUMBERS - {Field.LATITUDE, Field.LONGITUDE}
    },
}


def agrees(meaning: Field, column: Column) -> bool:
    """Whether the cells could be what the title says; an empty column contradicts nothing."""
    if not column.cells or meaning not in _NEEDED:
        return True
    test, needed = _NEEDED[meaning]
    return column.share(test) >= needed


def looks_like_coordinates(column: Column) -> bool:
    """Decimal degrees with at least three decimals."""
    return column.share(lambda text: bool(_DECIMALS.match(text))) >= 0.9
