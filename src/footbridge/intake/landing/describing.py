"""What a row adds to a member: blanks are filled; what is known is changed only where it may be."""

from __future__ import annotations

import uuid
from typing import Any

from footbridge.core import clock, ids
from footbridge.intake.interpret import MemberSaid
from footbridge.intake.landing.directory import Outline
from footbridge.people import tidy
from footbridge.people.models import Chapter, Member
from footbridge.people.states import Kind, Standing

_WORDS = ("headline", "about", "sector", "stage", "website")
_WORDS_OF_ORGANISATION = ("size", "legal_form")
_MOST_LANGUAGES = 20


def new_member(
    said: MemberSaid, chapter: Chapter, place: uuid.UUID | None, email: str | None
) -> Member:
    """A member whom nobody knew: a person is on the host's list from now on, and no more."""
    person = said.kind == Kind.PERSON
    now = clock.now()
    return Member(
        id=ids.new_id(),
        kind=said.kind,
        name=said.name,
        folded=tidy.folded(said.name),
        headline=said.headline,
        about=said.about,
        sector=said.sector,
        stage=said.stage,
        website=said.website,
        languages=list(said.languages),
        place_id=place,
        chapter=chapter,
        email=email,
        standing=Standing.KNOWN if person else "",
        size="" if person else said.size,
        legal_form="" if person else said.legal_form,
        former_names=[] if person else list(said.former_names),
        created_at=now,
        changed_at=now,
    )


def describe(
    row: Member | Outline,
    said: MemberSaid,
    place: uuid.UUID | None,
    *,
    may_change: bool,
    numbers: set[str],
) -> bool:
    """Bring a known member in line with what a row says; returns whether anything is new. Of an
    outline, as a trial keeps it, only the name is brought in line."""
    if isinstance(row, Outline):
        return may_change and said.name not in numbers and _rename(row, said)
    before = _state(row)
    fields = (*_WORDS, *(() if row.is_person else _WORDS_OF_ORGANISATION))
    for name in fields:
        _set(row, name, getattr(said, name), may_change=may_change)
    _set(row, "place_id", place, may_change=may_change)
    _set(row, "languages", list(said.languages), may_change=may_change)
    if may_change and said.name not in numbers:
        _rename(row, said)
    if not row.is_person:
        row.former_names = _former_names(row, said)
    return _state(row) != before


def _set(row: Member, name: str, value: Any, *, may_change: bool) -> None:
    if value and (may_change or not getattr(row, name)):
        setattr(row, name, value)


def _rename(row: Member | Outline, said: MemberSaid) -> bool:
    if said.name == row.name:
        return False
    if isinstance(row, Member) and not row.is_person and tidy.folded(said.name) != row.folded:
        row.former_names = [*dict.fromkeys([*row.former_names, row.name])]
    row.name, row.folded = said.name, tidy.folded(said.name)
    return True


def _former_names(row: Member, said: MemberSaid) -> list[str]:
    names = dict.fromkeys([*row.former_names, *said.former_names])
    return [name for name in names if name != row.name]


def _state(row: Member) -> tuple[Any, ...]:
    return (
        *(getattr(row, name) for name in (*_WORDS, *_WORDS_OF_ORGANISATION)),
        row.place_id, tuple(row.languages), row.name, tuple(row.former_names), row.email,
    )  # fmt: skip
