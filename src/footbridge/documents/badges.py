"""Name badges: ten on a page, and a page without names for those who walk in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from footbridge.documents.signs import Sign
from footbridge.documents.typesetting import typeset


@dataclass(frozen=True)
class Badge:
    """One person's: the name large, where they come from, what they do tonight."""

    name: str
    organisation: str = ""
    part: str = ""
    sign: Sign | None = None

    def to_data(self) -> dict[str, Any]:
        """The badge as the template takes it."""
        return {
            "name": self.name,
            "organisation": self.organisation,
            "part": self.part,
            "sign": self.sign.to_data() if self.sign else None,
        }


@dataclass(frozen=True)
class Badges:
    """The badges of a session; `title` stands small on each."""

    language: str
    document: str
    title: str
    badges: tuple[Badge, ...]

    def to_pdf(self) -> bytes:
        """Ten of 90 by 55 mm on each A4, the last page empty but for the title."""
        data = {
            "document": self.document,
            "title": self.title,
            "badges": [badge.to_data() for badge in self.badges],
        }
        return typeset("badges", data, language=self.language)
