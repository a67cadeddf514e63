"""What an agreement says: its clauses under five headings, each as a question in plain words.

Which there are stands here; their words lie beside this file, one file for each language. They are
our own. What is blocking has to be fully in place before a partnership may become active: more of
it in a full agreement than in a pilot on one page.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache
from importlib import resources

from django.utils.translation import get_language

from footbridge.agreements.states import Form, Heading
from footbridge.core.words import base_language

LANGUAGES = ("en", "es", "fr")


class Kind(Enum):
    """What is typed into a clause; contributions are kept party by party."""

    WORDS = "words"
    DAY = "day"
    CONTRIBUTIONS = "contributions"


@dataclass(frozen=True)
class Field:
    """A clause that an agreement can have. `blocks` are the forms in which it has to be there;
    `law` marks what a lawyer should read."""

    key: str
    heading: Heading
    blocks: frozenset[Form] = frozenset()
    in_pilot: bool = False
    kind: Kind = Kind.WORDS
    law: bool = False

    def is_in(self, form: Form | str) -> bool:
        """Whether an agreement of this form asks for it."""
        return form == Form.FULL or self.in_pilot

    def is_blocking(self, form: Form | str) -> bool:
        """Whether nothing starts without it."""
        return form in self.blocks


@dataclass(frozen=True)
class Words:
    """How a clause is asked for: its name, the question, what a good answer has, and a wording of
    ours to begin with."""

    title: str
    question: str
    hint: str
    example: str


_BOTH = frozenset({Form.PILOT, Form.FULL})
_FULL = frozenset({Form.FULL})
_PILOT = frozenset({Form.PILOT})

FIELDS: tuple[Field, ...] = (
    Field("parties", Heading.WHO, _FULL),
    Field("people", Heading.WHO, _BOTH, in_pilot=True),
    Field("mandate", Heading.WHO),
    Field("purpose", Heading.WHY, _BOTH, in_pilot=True),
    Field("interests", Heading.WHY, _BOTH, in_pilot=True),
    Field("principles", Heading.WHY),
    Field("objectives", Heading.WHY),
    Field("activities", Heading.WHAT, _PILOT, in_pilot=True),
    Field("begins", Heading.WHAT, _PILOT, in_pilot=True, kind=Kind.DAY),
    Field("ends", Heading.WHAT, _PILOT, in_pilot=True, kind=Kind.DAY),
    Field("contributions", Heading.WHAT, _BOTH, in_pilot=True, kind=Kind.CONTRIBUTIONS),
    Field("stake", Heading.WHAT, in_pilot=True),
    Field("roles", Heading.WHAT, _FULL),
    Field("indicators", Heading.WHAT),
    Field("plan", Heading.WHAT),
    Field("money", Heading.WHAT, _BOTH, in_pilot=True),
    Field("decisions", Heading.HOW),
    Field("rhythm", Heading.HOW),
    Field("data", Heading.HOW, _FULL, law=True),
    Field("communications", Heading.HOW),
    Field("property", Heading.HOW, law=True),
    Field("confidence", Heading.HOW, law=True),
    Field("review", Heading.HOW, _BOTH, in_pilot=True, kind=Kind.DAY),
    Field("learning", Heading.HOW),
    Field("cost", Heading.HOW),
    Field("stop", Heading.WHAT_IF, _PILOT, in_pilot=True),
    Field("risks", Heading.WHAT_IF),
    Field("grievance", Heading.WHAT_IF, _FULL),
    Field("joining", Heading.WHAT_IF, _FULL),
    Field("exit", Heading.WHAT_IF, _FULL),
    Field("upside", Heading.WHAT_IF, _FULL, law=True),
    Field("people_change", Heading.WHAT_IF, _FULL),
    Field("law", Heading.WHAT_IF, law=True),
)

BY_KEY: dict[str, Field] = {field.key: field for field in FIELDS}


def day_in(field: Field, text: str) -> date | None:
    """The day that a clause names, where it is one that names a day."""
    if field.kind != Kind.DAY:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def fields_of(form: Form | str) -> tuple[Field, ...]:
    """The clauses of a form, in order."""
    return tuple(field for field in FIELDS if field.is_in(form))


def words_of(key: str, language: str = "") -> Words:
    """How a clause is asked for, in the reader's language or another one."""
    wanted = base_language(language or get_language() or "en")
    return _read(wanted if wanted in LANGUAGES else "en")[key]


@cache
def _read(language: str) -> dict[str, Words]:
    held = resources.files(__package__).joinpath(f"{language}.json").read_text("utf-8")
    return {key: Words(**told) for key, told in json.loads(held).items()}
