"""An agreement as a director finds it on the desk: clauses by number, who puts in what, who said
yes, and at the foot of each page between whom, which version, and the sum to compare copies by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from footbridge.documents.typesetting import typeset


@dataclass(frozen=True)
class Agreement:
    """`sheet` holds all that stands on it, in the order of the page: language and direction, form,
    title, names, standing, version, sections with their clauses, the parties with what each puts
    in, rates, approvals, and the labels."""

    language: str
    sheet: Mapping[str, Any]

    def to_pdf(self) -> bytes:
        """The pages, A4."""
        return typeset("agreement", self.sheet, language=self.language)


def agreement_from(sheet: Any) -> Agreement:
    """An agreement from any dataclass of plain values with these fields."""
    return Agreement(language=sheet.language, sheet=asdict(sheet))
