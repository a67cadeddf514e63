"""What hosts say of sessions, series and run-sheets, made fit to keep; or refused in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from footbridge.core import clock, times, typed
from footbridge.core.errors import DomainError
from footbridge.core.words import clean_line
from footbridge.meetings.formats import LONGEST, most_seats
from footbridge.meetings.models import Session
from footbridge.people import tidy
from footbridge.people.models import Chapter

SHORTEST = 5
MOST_READING = 10
Value = TypeVar("Value")


def time_to_come(said: Any) -> datetime:
    """A moment to come, with its time zone."""
    if not isinstance(said, datetime) or said.tzinfo is None:
        raise DomainError(_("Give a day and a time."), field="starts_at")
    moment = said.astimezone(UTC)
    if moment <= clock.now():
        raise DomainError(_("Choose a time to come."), field="starts_at")
    return moment


def timezone(said: Any) -> str:
    """A time zone that is known by this name."""
    return times.zone(clean_line(str(said or ""))).key


def language(said: Any) -> str:
    """One language code."""
    try:
        found = tidy.languages([str(said or "")])[0]
    except DomainError as error:
        raise DomainError(error.message, field="language") from error
    if len(found) > 10:
        raise DomainError(_("This is not a language code."), field="language")
    return found


def number(said: Any, field: str, least: int, most: int) -> int:
    """A whole number between two others."""
    try:
        found = int(said)
    except (TypeError, ValueError, OverflowError):
        found = least - 1
    if not least <= found <= most:
        raise DomainError(
            _("Choose a number from %(least)d to %(most)d.") % {"least": least, "most": most},
            field=field,
        )
    return found


def minutes(said: Any) -> int:
    """How long a session lasts."""
    return number(said, "minutes", SHORTEST, LONGEST)


def cap(said: Any, format: str) -> int:
    """How many seats there are; a micro café has at most ten."""
    found = number(said, "cap", 1, 10_000)
    most = most_seats(format)
    if found > most:
        words_for = _("A session of this kind has at most %(most)d seats.")
        raise DomainError(words_for % {"most": most}, field="cap")
    return found


def quorum(said: Any, seats: int) -> int:
    """The fewest people with whom it is worth while; not more than there are seats."""
    found = number(said, "quorum", 1, 10_000)
    if found > seats:
        raise DomainError(
            _("The fewest people cannot be more than there are seats."), field="quorum"
        )
    return found


def reading(said: Any) -> list[dict[str, str]]:
    """What to read before: words and a web address each."""
    entries = list(said or ()) if isinstance(said, Iterable) and not isinstance(said, str) else []
    if len(entries) > MOST_READING:
        words_for = _("Name at most %(most)d things to read.")
        raise DomainError(words_for % {"most": MOST_READING}, field="reading")
    return [_to_read(one) for one in entries]


def _to_read(said: Any) -> dict[str, str]:
    pair = (said.get("words"), said.get("url")) if isinstance(said, dict) else tuple(said)
    text, url = (*pair, None)[:2]
    address = typed.words(Session, "online_link", url, of="reading")
    if not address:
        raise DomainError(_("Give the web address of what to read."), field="reading")
    return {"words": clean_line(str(text or ""))[:200] or address, "url": address}


def of_chapter(thing: Any, chapter: Chapter, field: str) -> Any:
    """A series or a run-sheet of the same chapter, or none."""
    if thing is not None and thing.chapter_id != chapter.id:
        raise DomainError(_("This belongs to another chapter."), field=field)
    return thing


def tidied(said: dict[str, Any], how: dict[str, Callable[[Any], Value]]) -> dict[str, Value]:
    """Each thing said, tidied; TypeError for one that nobody can say."""
    if unknown := set(said) - set(how):
        raise TypeError(f"not editable: {sorted(unknown)}")
    return {field: how[field](value) for field, value in said.items()}
