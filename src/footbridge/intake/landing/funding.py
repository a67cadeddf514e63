"""What one can apply for, and what was given to whom: each kept with the row that says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from footbridge.core import times
from footbridge.funding import actions as funding
from footbridge.funding.actions.bulk import Landed
from footbridge.funding.said import END_OF_DAY, GrantSaid, LineSaid
from footbridge.intake.interpret import GrantRead, LineRead, PlaceSaid, RowSaid
from footbridge.intake.landing.scene import Scene
from footbridge.intake.landing.vocabulary import found_place
from footbridge.intake.mapping import Shape
from footbridge.intake.reading import said
from footbridge.intake.sheets import KnownFrom, Opened, known_from
from footbridge.people.gazetteer import Found


class FundingLanding:
    """Lands blocks of rows about money; nobody comes on a list by them."""

    def __init__(self, scene: Scene, sheets: Sequence[Mapping[str, Any]]) -> None:
        self._scene = scene
        self._sheets = sheets
        # In a trial nothing is written: what came before in the file is kept in mind.
        self._seen: set[int] = set()

    def land(self, opened: Opened, rows: list[RowSaid]) -> None:
        """Add, change or know again what each row says."""
        source = known_from(self._sheets[opened.index])
        usable = [row for row in rows if row.refusal is None]
        if opened.mapping.shape is Shape.FUNDING_LINES:
            self._land_lines([row for row in usable if row.line is not None], source)
        else:
            self._land_grants([row for row in usable if row.grant is not None], source)

    def _land_lines(self, rows: list[RowSaid], source: KnownFrom) -> None:
        lines = [row.line for row in rows if row.line is not None]
        self._scene.vocabulary.learn_causes(cause for one in lines for cause in one.causes)
        told = [self._line(one, source) for one in lines]
        outcomes = funding.take_in_lines(
            actor=self._scene.actor,
            chapter=self._scene.chapter,
            lines=told,
            is_trial=self._scene.is_trial,
        )
        for row, line, outcome in zip(rows, told, outcomes, strict=True):
            if outcome.landed is None:
                row.refusal = said("{why}", why=outcome.why_not)
            else:
                self._count("lines", outcome.landed, line.key)

    def _line(self, read: LineRead, source: KnownFrom) -> LineSaid:
        chapter = self._scene.chapter
        causes = (self._scene.vocabulary.cause(cause) for cause in read.causes)
        return LineSaid(
            title=read.title,
            funder=read.funder,
            money=read.money,
            places=read.places,
            where_spent=read.where_spent,
            favours_scarce=read.favours_scarce,
            stages=read.stages,
            causes=tuple(dict.fromkeys(cause for cause in causes if cause)),
            amount_from=read.amount_from,
            amount_to=read.amount_to,
            currency=read.currency,
            deadline=_moment(read, chapter.timezone),
            timezone=chapter.timezone,
            is_rolling=read.is_rolling,
            conditions=read.conditions,
            url=read.url,
            source=read.source or source.name,
            source_url=read.source_url or source.url,
            checked_on=read.checked_on or source.day,
        )

    def _land_grants(self, rows: list[RowSaid], source: KnownFrom) -> None:
        grants = [(row, row.grant) for row in rows if row.grant is not None]
        vocabulary = self._scene.vocabulary
        vocabulary.learn_causes(one.cause for _row, one in grants if one.cause is not None)
        places: dict[PlaceSaid, Found | None] = {}
        for row, one in grants:
            if one.place is not None and one.place not in places:
                places[one.place] = found_place(one.place, row.repairs)
        vocabulary.places(place for place in places.values() if place is not None)
        told = [
            self._grant(row, one, source, places.get(one.place) if one.place else None)
            for row, one in grants
        ]
        landed = funding.take_in_grants(
            actor=self._scene.actor,
            chapter=self._scene.chapter,
            grants=told,
            is_trial=self._scene.is_trial,
        )
        for grant, what in zip(told, landed, strict=True):
            self._count("grants", what, grant.key)

    def _grant(
        self, row: RowSaid, read: GrantRead, source: KnownFrom, place: Found | None
    ) -> GrantSaid:
        cause = self._scene.vocabulary.cause(read.cause) if read.cause else None
        return GrantSaid(
            funder=read.funder,
            recipient=read.recipient,
            amount=read.amount,
            currency=read.currency,
            awarded_on=read.awarded_on,
            source=(read.source or source.name)[:300],
            source_row=row.number,
            source_url=read.source_url or source.url,
            funder_number=read.funder_number,
            recipient_number=next(iter(read.recipient_numbers), ""),
            recipient_numbers=read.recipient_numbers,
            title=read.title,
            about=read.about,
            programme=read.programme,
            place=self._scene.vocabulary.place(place),
            place_said=_words_of(read.place),
            cause=cause,
            cause_said=read.cause.label if read.cause else "",
            identifier=read.identifier,
        )

    def _count(self, what: str, landed: Landed, key: str) -> None:
        again = int(key[:15], 16) in self._seen
        self._seen.add(int(key[:15], 16))
        known = landed == Landed.KNOWN or (again and landed == Landed.NEW)
        self._scene.count(f"known_{what}" if known else f"{landed}_{what}")


def _words_of(place: PlaceSaid | None) -> str:
    if place is None:
        return ""
    words = (place.text, place.postcode, place.region, place.country)
    return ", ".join(filter(None, (*words, str(place.latitude or ""), str(place.longitude or ""))))


def _moment(read: LineRead, timezone: str) -> datetime | None:
    """The deadline, by the clocks of the chapter that keeps the line."""
    if read.day is None:
        return None
    return datetime.combine(read.day, read.hour or END_OF_DAY, times.zone(timezone))
