"""The run-sheet: all that somebody needs who runs an evening with no screen at hand."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from footbridge.documents.typesetting import typeset


@dataclass(frozen=True)
class Fact:
    """A line of the head: when, where."""

    label: str
    words: str


@dataclass(frozen=True)
class Part:
    """Who does what besides taking part."""

    label: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """One step, with the hour at which its turn comes and how people gather in it."""

    begins: str
    lasts: str
    title: str
    how: str
    prompt: str = ""


@dataclass(frozen=True)
class Table:
    """A table in a round."""

    number: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class Round:
    """One seating: its tables, and a sentence for each who found no place."""

    title: str
    when: str
    tables: tuple[Table, ...]
    left_over: tuple[str, ...] = ()


@dataclass(frozen=True)
class RunSheetWords:
    """The headings, in the language of the session."""

    steps: str
    rounds: str
    no_rounds: str
    left_over: str
    notes: str


@dataclass(frozen=True)
class RunSheet:
    """An evening on paper. `kicker` stands small above the title: whose evening it is."""

    language: str
    kicker: str
    title: str
    question: str
    facts: tuple[Fact, ...]
    parts: tuple[Part, ...]
    steps: tuple[Step, ...]
    rounds: tuple[Round, ...]
    words: RunSheetWords

    def to_pdf(self) -> bytes:
        """The pages, A4: head, steps, rounds, room for notes."""
        return typeset("run_sheet", asdict(self), language=self.language)
