"""What can go wrong, in words that are fit to show.

Rooms raise these; doors turn them into pages, JSON and exit codes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class DomainError(Exception):
    """Something a person asked for cannot be done; the message says why and what to do."""

    code = "refused"
    status = 400

    def __init__(self, message: str = "", *, field: str = "") -> None:
        super().__init__(message)
        self.message = str(message)
        self.field = field


class NotHere(DomainError):
    """Missing, foreign and hidden answer exactly alike, so this carries no details."""

    code = "not_found"
    status = 404


class NotAllowed(DomainError):
    """The person may see the thing but not do this to it."""

    code = "not_allowed"
    status = 403


class Conflict(DomainError):
    """Someone else was first, or the thing has moved on since the page was opened."""

    code = "conflict"
    status = 409


class Overtaken(Conflict):
    """What was being edited has changed since it was opened: nothing was written.

    `theirs` is what stands there now, by field, and `version` the number under which it stands:
    whoever has seen both may save their own over it by naming that version. Without a version
    there is nothing left to save over; what stands there is shown and what was typed is kept.
    """

    code = "overtaken"

    def __init__(
        self, message: str, *, theirs: Mapping[str, Any], version: int | str | None = None
    ) -> None:
        super().__init__(message)
        self.theirs = dict(theirs)
        self.version = version


class LimitReached(DomainError):
    """A budget that protects people is used up; the message says when it refills."""

    code = "limit"
    status = 429


class LinkNotValid(DomainError):
    """A signed link that is altered, expired or meant for something else."""

    code = "link"
    status = 410
