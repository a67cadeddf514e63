"""What stands behind each door of the navigation: one line of links under the head of the page."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

# By door: the address and the name of each page that one comes back to.
PLACES = {
    "find": (
        ("web:find", _("Whom to meet")),
        ("web:exchange", _("Needs and offers")),
        ("web:calls", _("Open calls")),
        ("web:funding", _("Funding")),
        ("web:expertise", _("What people can do")),
        ("web:guides", _("Who lived the same")),
        ("web:pitches", _("Before a talk")),
        ("web:directory", _("By name")),
    ),
    "introduce": (("web:introduce", _("Introductions")), ("web:ties", _("Whom you know"))),
    "meet": (
        ("web:meet", _("Sessions")),
        ("web:circles", _("Circles")),
        ("web:time", _("Time")),
        ("web:assignments", _("Assignments")),
    ),
}


@dataclass(frozen=True)
class Place:
    """A link of the line; `here` is "page" on the page itself, "true" on one behind it."""

    href: str
    label: str
    here: str


def places(section: str, path: str) -> list[Place]:
    """The line of a door, with where somebody is; none where there is but one page."""
    named = [(reverse(name), str(label)) for name, label in PLACES.get(section, ())]
    behind = max((href for href, _label in named if path.startswith(href)), key=len, default="")
    return [Place(href, label, _here(href, behind, path)) for href, label in named]


def _here(href: str, behind: str, path: str) -> str:
    if href != behind:
        return ""
    return "page" if href == path else "true"
