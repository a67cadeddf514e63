"""From a row of cells to what it says: pure, so that a trial and an import read alike."""

from __future__ import annotations

from footbridge.intake.interpret.funding import read_grant_record, read_line_row
from footbridge.intake.interpret.members import read_member_row
from footbridge.intake.interpret.pairs import read_grant_row, read_tie_row
from footbridge.intake.interpret.records import (
    MAILBOX,
    REGISTER,
    GrantRead,
    Identity,
    LineRead,
    MemberSaid,
    PlaceSaid,
    PostingSaid,
    RoleSaid,
    RowSaid,
    TieSaid,
)
from footbridge.intake.mapping import Mapping, Shape
from footbridge.intake.reading import Row, said

__all__ = [
    "MAILBOX", "REGISTER", "GrantRead", "Identity", "LineRead", "MemberSaid", "PlaceSaid",
    "PostingSaid", "RoleSaid", "RowSaid", "TieSaid", "interpret",
]  # fmt: skip


def interpret(mapping: Mapping, row: Row, scheme: str) -> RowSaid:
    """What a row says, how it was mended, or why it cannot be used.

    `scheme` names the numbering of this list: a number says who is meant within it only.
    """
    told = RowSaid(row.number, row.cells, repairs=list(row.repairs), refusal=row.refusal)
    if row.left_out is not None:
        told.repairs.append(row.left_out)
    elif row.refusal is None:
        _read(told, mapping, row, scheme)
    return told


def _read(told: RowSaid, mapping: Mapping, row: Row, scheme: str) -> None:
    fields = mapping.row(row.cells)
    if mapping.shape is Shape.TIES:
        read_tie_row(told, fields)
    elif mapping.shape is Shape.GRANTS:
        read_grant_row(told, fields, scheme)
    elif mapping.shape is Shape.GRANT_RECORDS:
        read_grant_record(told, fields)
    elif mapping.shape is Shape.FUNDING_LINES:
        read_line_row(told, fields)
    elif mapping.shape is Shape.VOCABULARY:
        _read_term_row(told, row)
    else:
        read_member_row(told, fields, scheme)


def _read_term_row(told: RowSaid, row: Row) -> None:
    if not any(row.cells):
        told.refusal = said("There is no word in this row.")
