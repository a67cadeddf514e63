"""What is printed for an evening, in the language of the session: run-sheet, cards, badges."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from footbridge import documents as paper
from footbridge.core.access import Audience, access
from footbridge.documents.run_sheet import RunSheetWords
from footbridge.meetings import queries
from footbridge.meetings.formats import Step
from footbridge.meetings.states import Gathering, Part
from footbridge.people import queries as people
from footbridge.people.cards import MemberCard
from footbridge.web.host.sessions import comes, run_by
from footbridge.web.pictures import SECTORS, sector_word
from footbridge.web.templatetags.times import day_of, hours_of, programme, time_of

Printed = paper.RunSheet | paper.TableCards | paper.Badges


@require_GET
@access(Audience.MEMBERS)
def run_sheet(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """The evening step by step, with who sits where, for somebody without a screen."""
    return _printed(request, session_id, "run-sheet", _run_sheet)


@require_GET
@access(Audience.MEMBERS)
def table_cards(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """A card for each table in each round that is still to come."""
    return _printed(request, session_id, "table-cards", _table_cards)


@require_GET
@access(Audience.MEMBERS)
def badges(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """A badge for each who comes, and empty ones for those who walk in."""
    return _printed(request, session_id, "badges", _badges)


def _printed(
    request: HttpRequest,
    session_id: uuid.UUID,
    name: str,
    written: Callable[[Any, Any, Any], Printed],
) -> HttpResponse:
    """The file's name is the same for every session: it stays behind in a folder of downloads."""
    person = request.person  # type: ignore[attr-defined]
    found = run_by(request, session_id)
    with translation.override(found.language):
        document = written(person, found, queries.card(person, found))
    response = HttpResponse(document.to_pdf(), content_type="application/pdf")
    response["Content-Language"] = found.language
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


# The run-sheet.


def _run_sheet(person: Any, session: Any, card: Any) -> paper.RunSheet:
    return paper.RunSheet(
        language=session.language,
        kicker=f"{card.chapter_name} · {card.format_words}",
        title=card.title,
        question=card.question,
        facts=tuple(_facts(card)),
        parts=tuple(_parts(queries.seats(person, session))),
        steps=tuple(_step(card, begins, step) for begins, step in programme(card)),
        rounds=tuple(_round(card, one) for one in queries.rounds(person, session)),
        words=_words(),
    )


def _words() -> RunSheetWords:
    return RunSheetWords(
        steps=_("How the time goes"),
        rounds=_("Who sits with whom"),
        no_rounds=_("No tables have been made yet."),
        left_over=_("Without a table"),
        notes=_("Notes"),
    )


def _facts(card: Any) -> Iterator[paper.Fact]:
    yield paper.Fact(_("When"), f"{day_of(card)}, {hours_of(card)}")
    if card.where:
        yield paper.Fact(_("Where"), card.where)
    if card.online_link:
        yield paper.Fact(_("Online"), card.online_link)


def _parts(seats: list[Any]) -> Iterator[paper.Part]:
    for part in Part:
        names = tuple(seat.name for seat in seats if seat.part == part and comes(seat))
        if names and part != Part.GUEST:
            yield paper.Part(str(part.label), names)


def _step(card: Any, begins: datetime, step: Step) -> paper.Step:
    begins_at = time_of(begins, card.timezone)
    return paper.Step(begins_at, _lasts(step.minutes), step.title, _how(step), step.prompt)


def _how(step: Step) -> str:
    words = str(step.gathering.label)
    if step.gathering != Gathering.TABLES or not step.size:
        return words
    return words + ", " + _("%(n)s at each") % {"n": step.size}


def _lasts(minutes: int) -> str:
    return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}


def _round(card: Any, one: Any) -> paper.Round:
    tables = tuple(paper.Table(table.number, table.names) for table in one.tables)
    return paper.Round(_title(one), _when(card, one), tables, one.left_over)


def _title(one: Any) -> str:
    return one.title or _("Round %(number)d") % {"number": one.number}


def _when(card: Any, one: Any) -> str:
    """The hour at which it began, or at which its turn comes, and how long it takes."""
    planned = [begins for begins, _step in programme(card)]
    begins = one.started_at or (planned[one.step] if one.step < len(planned) else None)
    hour = [time_of(begins, card.timezone)] if begins else []
    return " · ".join([*hour, _lasts(one.minutes)])


# The cards on the tables.


def _table_cards(person: Any, session: Any, card: Any) -> paper.TableCards:
    rounds = queries.rounds(person, session)
    to_come = [one for one in rounds if one.ended_at is None] or rounds
    return paper.TableCards(
        language=session.language,
        title=card.title,
        table=_("Table"),
        none=_("No tables have been made yet."),
        cards=tuple(_in_piles(card, to_come)),
    )


def _in_piles(card: Any, rounds: list[Any]) -> Iterator[paper.TableCard]:
    """Table after table, so that each gets its pile with the first round on top."""
    laid = [(table, one) for one in rounds for table in one.tables]
    for table, one in sorted(laid, key=lambda pair: (pair[0].number, pair[1].number)):
        when = f"{_title(one)} · {_when(card, one)}"
        yield paper.TableCard(table.number, when, table.names, one.prompt)


# Badges.


def _badges(person: Any, session: Any, card: Any) -> paper.Badges:
    coming = [seat for seat in queries.seats(person, session) if comes(seat)]
    shown = people.as_members_see(person, [seat.person.id for seat in coming if seat.person])
    return paper.Badges(
        language=session.language,
        document=_("Name badges: %(title)s") % {"title": card.title},
        title=card.title,
        badges=tuple(
            _badge(seat, shown.get(seat.person.id) if seat.person else None)
            for seat in sorted(coming, key=lambda one: one.name.casefold())
        ),
    )


def _badge(seat: Any, shown: MemberCard | None) -> paper.Badge:
    """Everybody in the room reads it: where somebody comes from stands there if all members may
    know it, and whoever prints it."""
    part = "" if seat.part == Part.GUEST else seat.part_words
    if shown is None:
        return paper.Badge(seat.name, part=part)
    return paper.Badge(seat.name, shown.organisation, part, _sign(shown.sector))


def _sign(key: str) -> paper.Sign | None:
    drawn, word = SECTORS.get(key), sector_word(key, _)
    if drawn is None:
        return None
    return paper.Sign(word, word[:1].upper(), drawn.outline, drawn.colour, drawn.letter_colour)
