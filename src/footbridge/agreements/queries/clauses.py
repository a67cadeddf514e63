"""An agreement as it stands: its clauses under five headings, and how far each is."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import replace

from django.utils.formats import date_format

from footbridge.agreements import policy
from footbridge.agreements.cards import AgreementCard, ClauseCard, HeadingCard, WordingCard
from footbridge.agreements.fields import BY_KEY, Field, Kind, day_in, fields_of, words_of
from footbridge.agreements.freezing import content_of, contributions_level, digest_of
from footbridge.agreements.models import Agreement, Clause
from footbridge.agreements.policy import visible_to
from footbridge.agreements.queries.versions import lines_of
from footbridge.agreements.scoring import score
from footbridge.agreements.states import Form, Heading, Level, Standing
from footbridge.core.errors import NotHere
from footbridge.core.versions import NOT_THERE
from footbridge.people.policy import Viewer


def get(viewer: Viewer, partnership_id: uuid.UUID | str) -> Agreement:
    """The agreement of a partnership, or NotHere: missing and foreign answer alike."""
    found = visible_to(viewer).filter(partnership_id=partnership_id).first()
    if found is None:
        raise NotHere
    return found


def find(viewer: Viewer, partnership_id: uuid.UUID | str) -> Agreement | None:
    """The agreement of a partnership, if it has one that the viewer may read."""
    return visible_to(viewer).filter(partnership_id=partnership_id).first()


def get_card(viewer: Viewer, partnership_id: uuid.UUID | str) -> AgreementCard:
    """The card of a partnership's agreement, or NotHere."""
    return card(viewer, get(viewer, partnership_id))


def card(viewer: Viewer, one: Agreement) -> AgreementCard:
    """An agreement as those who stand for its parties read it."""
    clauses = _clauses(one)
    levels = {each.key: each.level for each in clauses}
    scored = score(one.form, levels)
    versions = lines_of(viewer, one)
    return AgreementCard(
        id=one.id,
        partnership_id=one.partnership_id,
        title=one.partnership.title,
        form=one.form,
        form_words=str(Form(one.form).label),
        standing=one.standing,
        standing_words=str(Standing(one.standing).label),
        language=one.language,
        headings=tuple(_headings(clauses)),
        percent=scored.percent,
        reached=scored.reached,
        relevant=scored.relevant,
        blocking=tuple(words_of(key).title for key in scored.blocking),
        versions=tuple(versions),
        changed_since=bool(versions) and versions[0].digest != digest_of(content_of(one)),
        moves=tuple(policy.moves(viewer, one)),
        version=one.version,
    )


def _clauses(one: Agreement) -> list[ClauseCard]:
    rows = {row.key: row for row in one.clauses.select_related("changed_by")}
    parties = list(policy.parties_of(one.partnership))
    found = []
    for field in fields_of(one.form):
        row = rows.get(field.key)
        made = _clause_card(field, one, row)
        if field.kind == Kind.CONTRIBUTIONS:
            made = _with_level(made, contributions_level(one, parties))
        found.append(made)
    return found


def _clause_card(
    field: Field, one: Agreement, row: Clause | None, wordings: Iterable[WordingCard] = ()
) -> ClauseCard:
    words = words_of(field.key)
    level = Level(row.level) if row else Level.MISSING
    return ClauseCard(
        key=field.key,
        title=words.title,
        question=words.question,
        hint=words.hint,
        example=words.example,
        kind=field.kind.value,
        text=row.text if row else "",
        shown=shown(field, row.text) if row else "",
        level=level.value,
        level_words=str(level.label),
        is_blocking=field.is_blocking(one.form),
        for_a_lawyer=field.law,
        changed_by=row.changed_by.name if row and row.changed_by else "",
        changed_at=row.changed_at if row else None,
        version=row.version if row else NOT_THERE,
        wordings=tuple(wordings),
    )


def _with_level(made: ClauseCard, level: Level) -> ClauseCard:
    return replace(made, level=level.value, level_words=str(level.label))


def shown(field: Field, text: str) -> str:
    """A clause as it is read: a day in the reader's way of writing days."""
    day = day_in(field, text)
    return date_format(day, "DATE_FORMAT") if day else text


def _headings(clauses: list[ClauseCard]) -> Iterable[HeadingCard]:
    for heading in Heading:
        under = [one for one in clauses if BY_KEY[one.key].heading == heading]
        if under:
            yield HeadingCard(heading.value, str(heading.label), tuple(under))


def clause(viewer: Viewer, one: Agreement, key: str) -> ClauseCard:
    """One clause with how it read before, or NotHere."""
    field = BY_KEY.get(key)
    if field is None or field.kind == Kind.CONTRIBUTIONS or not field.is_in(one.form):
        raise NotHere
    row = one.clauses.select_related("changed_by").filter(key=key).first()
    return _clause_card(field, one, row, _wordings(field, row) if row else ())


def _wordings(field: Field, row: Clause) -> Iterable[WordingCard]:
    for one in row.wordings.select_related("by"):
        yield WordingCard(
            number=one.number,
            text=shown(field, one.text),
            level_words=str(Level(one.level).label),
            by=one.by.name if one.by else "",
            at=one.at,
        )
