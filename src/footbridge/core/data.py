"""The words in which each room says what it keeps: of what class, why, until when, for whose eyes.

A room's `data_map.py` holds `TABLES`, by the label of each model, and `LIMITS`, what goes by
itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Class(StrEnum):
    """What a column tells of somebody."""

    IDENTITY = "identity"  # who someone is
    CONTACT = "contact"  # where someone can be reached
    CONTENT = "content"  # what someone said, or was said of them
    RELATION = "relation"  # with whom or what someone has to do
    CONSENT = "consent"  # what someone agreed to, or wishes
    SECRET = "secret"  # noqa: S105  keys, digests, sealed words
    SHARED = "shared"  # words and places that stand for nobody
    TECHNICAL = "technical"  # what the machine needs to keep order


PERSONAL = frozenset({Class.IDENTITY, Class.CONTACT, Class.CONTENT, Class.RELATION, Class.CONSENT})

ERASED = "erased with the person or organisation"
WITH_CHAPTER = "deleted with the chapter"
FOR_GOOD = "kept: no name and no words about anyone"

EVERYONE = "everyone"
MEMBERS = "members"
HOSTS = "the chapter's hosts"
OWN = "the person alone"
THREE = "the three of the introduction, each in their turn"
NOBODY = "nobody: it is read by the machine only"
OPERATOR = "the operator"


@dataclass(frozen=True)
class Kept:
    """One column: its class, and where its owner finds it in their export, or why not there.

    `until` and `seen_by` are those of its table unless they are given.
    """

    kind: Class
    export: str = ""
    withheld: str = ""
    until: str = ""
    seen_by: str = ""


@dataclass(frozen=True)
class Table:
    """One table: what it is for, until when its rows stay, who sees them, and its columns."""

    purpose: str
    until: str
    seen_by: str
    columns: dict[str, Kept]


@dataclass(frozen=True)
class Limit:
    """Something that goes by itself: what, after how long, and the job that sees to it."""

    what: str
    after: str
    job: str


def table(purpose: str, until: str, seen_by: str, /, **columns: Kept) -> Table:
    """One table and its columns."""
    return Table(purpose, until, seen_by, columns)


def identity(export: str = "", **more: str) -> Kept:
    """Who someone is; `export` is the path in a personal export."""
    return Kept(Class.IDENTITY, export, **more)


def contact(export: str = "", **more: str) -> Kept:
    """Where someone can be reached."""
    return Kept(Class.CONTACT, export, **more)


def content(export: str = "", **more: str) -> Kept:
    """What someone said, or what was said of them."""
    return Kept(Class.CONTENT, export, **more)


def relation(export: str = "", **more: str) -> Kept:
    """With whom or what someone has to do."""
    return Kept(Class.RELATION, export, **more)


def consent(export: str = "", **more: str) -> Kept:
    """What someone agreed to, or wishes."""
    return Kept(Class.CONSENT, export, **more)


def secret(**more: str) -> Kept:
    """A key, a digest, sealed words: seen by nobody."""
    return Kept(Class.SECRET, seen_by=more.pop("seen_by", NOBODY), **more)


TECHNICAL = Kept(Class.TECHNICAL)
SHARED = Kept(Class.SHARED)
