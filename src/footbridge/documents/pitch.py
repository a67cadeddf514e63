"""What somebody says to another side, on one page: all of it for the one who prepares; or the page
that is handed over, with a story, who decides, and one thing to ask for."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from footbridge.documents.typesetting import typeset


@dataclass(frozen=True)
class Said:
    """One thing that is said, under its heading."""

    label: str
    words: str


@dataclass(frozen=True)
class PitchPage:
    """One page. `kicker` stands small above the title: who speaks. `story` and `ask` stand large,
    `winners` and `sides` side by side, `parts` and `last` below one another; `foot` says whose
    page it is."""

    language: str
    kicker: str
    title: str
    facts: tuple[Said, ...]
    ask: Said
    winners: tuple[Said, ...]
    foot: str
    story: str = ""
    parts: tuple[Said, ...] = ()
    sides: tuple[Said, ...] = ()
    last: tuple[Said, ...] = ()

    def to_pdf(self) -> bytes:
        """The page, A4, in letters as large as the words allow."""
        return typeset("pitch", asdict(self), language=self.language)
