"""What is printed: for an evening the run-sheet, the cards on the tables, the badges; an agreement;
a pitch.

Plain values in, a PDF as bytes out. Nothing here knows people, sessions or languages: every word
comes in as it is to stand on the page. The same values give the same bytes, wherever the fonts
that are shipped know each letter.
"""

from footbridge.documents.agreement import Agreement, agreement_from
from footbridge.documents.badges import Badge, Badges
from footbridge.documents.pitch import PitchPage, Said
from footbridge.documents.run_sheet import Fact, Part, Round, RunSheet, Step, Table
from footbridge.documents.signs import Sign
from footbridge.documents.table_cards import TableCard, TableCards

__all__ = [
    "Agreement",
    "Badge",
    "Badges",
    "Fact",
    "Part",
    "PitchPage",
    "Round",
    "RunSheet",
    "Said",
    "Sign",
    "Step",
    "Table",
    "TableCard",
    "TableCards",
    "agreement_from",
]
