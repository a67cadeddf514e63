"""An evening on paper to try every document with, as long and as full as wanted."""

from __future__ import annotations

from typing import Any

from footbridge.documents import (
    Badge,
    Badges,
    Fact,
    Part,
    Round,
    RunSheet,
    Sign,
    Step,
    Table,
    TableCard,
    TableCards,
)
from footbridge.documents.run_sheet import RunSheetWords

WORDS = RunSheetWords(
    steps="How the time goes",
    rounds="Who sits with whom",
    no_rounds="No tables have been made yet.",
    left_over="Without a table",
    notes="Notes",
)
NONPROFIT = Sign(
    "Nonprofit", "N", "M12 1A11 11 0 0 1 12 23A11 11 0 0 1 12 1Z", "#1e9e6e", "#14130f"
)
PROMPT = "Talk about the question. Nobody reports back."


def guests(many: int) -> tuple[str, ...]:
    return tuple(f"Guest {number:03}" for number in range(many))


def tables(names: tuple[str, ...], size: int = 4) -> tuple[Table, ...]:
    groups = [names[at : at + size] for at in range(0, len(names), size)]
    return tuple(Table(number, group) for number, group in enumerate(groups, start=1))


def rounds(names: tuple[str, ...], many: int = 3) -> tuple[Round, ...]:
    return tuple(
        Round(f"Round {number}", f"18:{10 + 15 * number} · 15 minutes", tables(names))
        for number in range(1, many + 1)
        if names
    )


def run_sheet(names: tuple[str, ...] = (), **said: Any) -> RunSheet:
    told: dict[str, Any] = {
        "language": "en",
        "kicker": "Harbour chapter · Micro café",
        "title": "Thursday at the harbour",
        "question": "What did you stop doing?",
        "facts": (Fact("When", "Thursday, 5 March 2026, 18:30 to 20:10, Porto time"),),
        "parts": (Part("Note keeper", names[:1]),) if names else (),
        "steps": (Step("18:30", "10 minutes", "Welcome", "Everyone together", PROMPT),),
        "rounds": rounds(names),
        "words": WORDS,
    }
    return RunSheet(**(told | said))


def table_cards(names: tuple[str, ...] = (), prompt: str = PROMPT, size: int = 4) -> TableCards:
    cards = tuple(
        TableCard(table.number, "Round 1 · 18:40", table.names, prompt)
        for table in tables(names, size)
    )
    return TableCards("en", "Thursday at the harbour", "Table", WORDS.no_rounds, cards)


def badges(*badges: Badge) -> Badges:
    return Badges("en", "Name badges: Thursday", "Thursday at the harbour", badges)
