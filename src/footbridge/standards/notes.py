"""What there is to say about a file that was read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Said(StrEnum):
    """What there is to say about a file."""

    TOO_LARGE = "too_large"
    NOT_READABLE = "not_readable"
    TOO_DEEP = "too_deep"
    UNKNOWN_CONTEXT = "unknown_context"  # it names an address that we do not know, and do not ask
    NO_CONTEXT = "no_context"  # read as if it named the standard's
    NUMBER_NOT_TEXT = "number_not_text"  # taken as it was written
    UNKNOWN_TYPE = "unknown_type"  # a thing that we have no place for
    MISSING = "missing"  # something that the Basic tier asks for
    DANGLING = "dangling"  # a link to something that is not in the file
    NOT_A_DATE = "not_a_date"
    NO_IDENTIFIER = "no_identifier"  # brought again, it will not be known for the same
    NO_ORGANIZATION = "no_organization"  # belongs to none that is in the file


@dataclass(frozen=True, order=True, slots=True)
class Note:
    """One remark: about which thing, and which of its words."""

    said: Said
    about: str = ""
    detail: str = ""
