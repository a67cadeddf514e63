"""Writing an agreement: clause by clause, or a pilot in one go. No words are lost."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.agreements import letters, policy
from footbridge.agreements.actions._steps import lock, note, require_writing, touch
from footbridge.agreements.actions.beginning import standing_of
from footbridge.agreements.fields import BY_KEY, Field, Kind
from footbridge.agreements.models import Agreement, Clause, Contribution, Wording
from footbridge.agreements.states import Form, Level, Resource, Standing
from footbridge.core import clock, typed
from footbridge.core.errors import DomainError, NotHere, Overtaken
from footbridge.core.versions import NOT_THERE, Version, expect
from footbridge.people.models import Person


def write_clause(
    *,
    actor: Person,
    agreement: Agreement,
    key: str,
    text: str,
    level: Level | str = Level.FULLY,
    version: Version | None = None,
) -> Clause:
    """Write one clause, and say how far it is. Where somebody else wrote it meanwhile nothing is
    overwritten: both are told, and whoever came second sees both texts."""
    try:
        return _write_clause(actor, agreement, key, text, level, version)
    except Overtaken:
        _tell_the_other(actor, agreement, key)
        raise


@transaction.atomic
def _write_clause(
    actor: Person,
    agreement: Agreement,
    key: str,
    text: str,
    level: Level | str,
    version: Version | None,
) -> Clause:
    agreement = lock(agreement.id)
    require_writing(actor, agreement.partnership)
    field = _field(key)
    clause = _clause(agreement, key)
    expect(version, version_of(clause), lambda: {"text": clause.text, "level": clause.level})
    _put(clause, actor, *_checked(field, agreement, text, level))
    _check_days(agreement, "text")
    return clause


def _field(key: str) -> Field:
    """A clause that is written; what each puts in is entered party by party."""
    field = BY_KEY.get(key)
    if field is None or field.kind == Kind.CONTRIBUTIONS:
        raise NotHere
    return field


def _clause(agreement: Agreement, key: str) -> Clause:
    found = agreement.clauses.filter(key=key).first()
    return found or Clause(agreement=agreement, key=key)


def version_of(clause: Clause) -> int:
    """The version of a clause; of one that nobody has written, that there is none."""
    return NOT_THERE if clause._state.adding else clause.version


def _checked(
    field: Field, agreement: Agreement, text: str, level: Level | str
) -> tuple[str, Level]:
    """The words and how far they are: nothing is in place without words, and what nothing starts
    without is relevant."""
    words = typed.words(Clause, "text", text)
    if field.kind == Kind.DAY and words:
        words = _day(words)
    try:
        said = Level(level)
    except ValueError as error:
        raise DomainError(_("Say how far this clause is."), field="level") from error
    if said == Level.NOT_RELEVANT:
        if field.is_blocking(agreement.form):
            raise DomainError(
                _("Nothing starts without this clause. If there is none, write: none."),
                field="level",
            )
        return words, said
    if not words:
        return words, Level.MISSING
    return words, Level.PARTLY if said == Level.MISSING else said


def _day(words: str) -> str:
    try:
        return date.fromisoformat(words).isoformat()
    except ValueError as error:
        raise DomainError(_("Give a day, such as 2026-03-01."), field="text") from error


def _check_days(agreement: Agreement, field: str) -> None:
    """It begins before it ends. Days in this form sort as they follow each other."""
    said = dict(agreement.clauses.filter(key__in=("begins", "ends")).values_list("key", "text"))
    if said.get("begins") and said.get("ends") and said["ends"] < said["begins"]:
        raise DomainError(_("It ends before it begins."), field=field)


def _put(clause: Clause, actor: Person, text: str, level: Level) -> None:
    """Write a clause down, and keep how it read before."""
    if (clause.text, clause.level) == (text, level):
        return
    if not clause._state.adding:
        _keep_wording(clause)
        clause.version += 1
    clause.text, clause.level = text, level
    clause.changed_by, clause.changed_at = actor, clock.now()
    clause.save()
    touch(clause.agreement)
    note("clause_written", clause.id, clause.agreement, actor, key=clause.key, level=str(level))


def _keep_wording(clause: Clause) -> None:
    Wording.objects.create(
        clause=clause,
        number=clause.version,
        text=clause.text,
        level=clause.level,
        by=clause.changed_by,
        at=clause.changed_at,
    )


@transaction.atomic
def _tell_the_other(actor: Person, agreement: Agreement, key: str) -> None:
    rows = Clause.objects.select_related("changed_by__chapter", "agreement__partnership")
    clause = rows.filter(agreement=agreement, key=key).first()
    if clause is not None:
        letters.met(clause.agreement, clause, actor)


def write_pilot(
    *,
    actor: Person,
    agreement: Agreement,
    clauses: Mapping[str, str],
    puts_in: Mapping[uuid.UUID, str],
    standing: Standing | str,
    version: Version | None = None,
) -> Agreement:
    """Write the page of a pilot in one go: its clauses, and in a line each what the parties put
    in that have entered nothing yet, due when it begins. What somebody else wrote meanwhile is
    not overwritten."""
    try:
        return _write_pilot(actor, agreement, clauses, puts_in, standing, version)
    except Overtaken as error:
        for key in (key for key, text in clauses.items() if text != error.theirs.get(key)):
            _tell_the_other(actor, agreement, key)
        raise


@transaction.atomic
def _write_pilot(
    actor: Person,
    agreement: Agreement,
    clauses: Mapping[str, str],
    puts_in: Mapping[uuid.UUID, str],
    standing: Standing | str,
    version: Version | None,
) -> Agreement:
    agreement = lock(agreement.id)
    require_writing(actor, agreement.partnership)
    expect(version, agreement.version, lambda: pilot_of(agreement))
    agreement.standing = standing_of(standing)
    agreement.save()
    for key, text in clauses.items():
        _write_one(actor, agreement, key, text)
    _check_days(agreement, "ends")
    _enter_lines(actor, agreement, puts_in, clauses.get("begins", ""))
    touch(agreement)
    note("pilot_written", agreement.id, agreement, actor)
    return agreement


def pilot_of(agreement: Agreement) -> dict[str, Any]:
    """What stands on the page of a pilot, by field."""
    said = dict(agreement.clauses.values_list("key", "text"))
    asked = (one for one in BY_KEY.values() if one.is_in(Form.PILOT))
    texts = {one.key: said.get(one.key, "") for one in asked if one.kind != Kind.CONTRIBUTIONS}
    return {"standing": agreement.standing, **texts}


def _write_one(actor: Person, agreement: Agreement, key: str, text: str) -> None:
    """A clause of the page: whoever sends the page has looked at it, and it is in place. Nothing
    is written for a clause that was empty and stays so."""
    field, clause = _field(key), _clause(agreement, key)
    clause.agreement = agreement
    if clause._state.adding and not text.strip():
        return
    try:
        _put(clause, actor, *_checked(field, agreement, text, Level.FULLY))
    except DomainError as error:
        raise DomainError(error.message, field=key) from error


def _enter_lines(
    actor: Person, agreement: Agreement, puts_in: Mapping[uuid.UUID, str], begins: str
) -> None:
    parties = {one.id: one for one in policy.parties_of(agreement.partnership)}
    entered = set(agreement.contributions.values_list("party_id", flat=True))
    for party_id, words in puts_in.items():
        if party_id not in parties:
            raise NotHere
        if words.strip() and party_id not in entered:
            Contribution.objects.create(
                agreement=agreement,
                party=parties[party_id],
                resource=Resource.OTHER,
                words=typed.words(Contribution, "words", words, of=f"puts_in_{party_id.hex}"),
                due_on=date.fromisoformat(_day(begins)) if begins else None,
                entered_by=actor,
            )
