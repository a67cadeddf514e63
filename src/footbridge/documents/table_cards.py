"""Cards for the tables: two on a page, to be cut apart and laid on each table, round by round."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from footbridge.documents.typesetting import typeset


@dataclass(frozen=True)
class TableCard:
    """One table in one round: the number to be seen from across the room, who sits there, and
    what they talk about."""

    number: int
    round: str
    names: tuple[str, ...]
    prompt: str = ""


@dataclass(frozen=True)
class TableCards:
    """The cards of a session, in the order in which they are printed."""

    language: str
    title: str
    table: str
    none: str
    cards: tuple[TableCard, ...]

    def to_pdf(self) -> bytes:
        """Two cards of A5 on each A4; a page that says so where there are none."""
        return typeset("table_cards", asdict(self), language=self.language)
