"""Who may open a page: each view declares it, and a route without a declaration does not start."""

from __future__ import annotations

import enum
from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


class Audience(enum.Enum):
    """The audiences that a view can be declared for, from widest to narrowest."""

    EVERYONE = "everyone"
    LINK = "whoever holds the signed link"
    MEMBERS = "signed-in members"
    HIDDEN = "people under the radar"
    HOSTS = "hosts of a chapter and their deputies"
    OPERATORS = "operators of this installation"


def access(audience: Audience) -> Callable[[View], View]:
    """Declare the audience of a view."""

    def declare(view: View) -> View:
        view.audience = audience  # type: ignore[attr-defined]
        return view

    return declare


def declared(view: Callable[..., Any]) -> Audience | None:
    """The audience that a view (or the class behind it) was declared for, if any."""
    found = getattr(view, "audience", None) or getattr(
        getattr(view, "view_class", None), "audience", None
    )
    return found if isinstance(found, Audience) else None
