"""Rows that name two members: ties, and grants from a funder to a recipient."""

from __future__ import annotations

from footbridge.core.words import clean_line
from footbridge.intake.interpret import cells
from footbridge.intake.interpret.records import MemberSaid, RowSaid, TieSaid
from footbridge.intake.mapping import Field, MappedRow
from footbridge.intake.reading import said
from footbridge.network.states import Strength, TieKind
from footbridge.people.states import Kind


def read_tie_row(said_row: RowSaid, row: MappedRow) -> None:
    """Fill in who is tied to whom; the ends are looked up when everyone is known."""
    teller, other = clean_line(row.text(Field.TIE_FROM)), clean_line(row.text(Field.TIE_TO))
    strength = row.strength()
    if not teller or not other:
        said_row.refusal = said("A tie has two ends; one of them is missing.")
    elif teller.casefold() == other.casefold():
        said_row.refusal = said("“{name}” is tied to itself.", name=teller[:80])
    elif strength.refused is not None:
        said_row.refusal = strength.refused
    else:
        repairs = said_row.repairs
        word = cells.taken(strength, repairs) or Strength.KNOW
        how = cells.line(row.text(Field.HOW), cells.LONGEST_LINE, repairs)
        since = cells.day(row, Field.SINCE, repairs)
        confirmed = cells.day(row, Field.LAST_CONFIRMED, repairs)
        said_row.ties.append(
            TieSaid(teller[:200], other[:200], TieKind.KNOWS, Strength(word), how, since, confirmed)
        )


def read_grant_row(said_row: RowSaid, row: MappedRow, scheme: str) -> None:
    """Fill in a funder, a recipient and that one funded the other, since when."""
    funder = _party(said_row, row, Field.FUNDER_NAME, Field.FUNDER_ID)
    recipient = _party(said_row, row, Field.RECIPIENT_NAME, Field.RECIPIENT_ID)
    if recipient is None or funder is None:
        which = "recipient" if recipient is None else "funder"
        said_row.refusal = (
            said("There is no recipient in this row.")
            if which == "recipient"
            else said("There is no funder in this row.")
        )
        return
    _describe_recipient(said_row, row, recipient)
    cells.taken(row.money(), said_row.repairs)
    said_row.members = [funder, recipient]
    if funder.name == recipient.name or set(funder.ids) & set(recipient.ids):
        said_row.repairs.append(said("“{name}” is tied to itself.", name=funder.name[:80]))
        return
    day = cells.day(row, Field.AWARD_DATE, said_row.repairs)
    how = cells.line(row.text(Field.PROGRAMME), cells.LONGEST_LINE, said_row.repairs)
    tie = TieSaid(0, 1, TieKind.FUNDS, Strength.WORKED_TOGETHER, how, day, day)
    said_row.ties.append(tie)


def _party(said_row: RowSaid, row: MappedRow, called: Field, number: Field) -> MemberSaid | None:
    ids = cells.register_ids(row, number)
    name = cells.name(row.text(called), said_row.repairs) or (ids[0][1] if ids else "")
    if not name:
        return None
    sector = cells.sector_told_by(name, ids)
    return MemberSaid(Kind.ORGANISATION, name, is_subject=False, ids=ids, sector=sector)


def _describe_recipient(said_row: RowSaid, row: MappedRow, recipient: MemberSaid) -> None:
    repairs = said_row.repairs
    numbers = cells.register_ids(row, Field.CHARITY_NUMBER, Field.COMPANY_NUMBER)
    recipient.ids = tuple(dict.fromkeys((*recipient.ids, *numbers)))
    recipient.sector = cells.sector(row, recipient.name, recipient.ids, repairs)
    recipient.legal_form = cells.line(row.text(Field.LEGAL_FORM), cells.LONGEST_LEGAL_FORM, repairs)
    recipient.place = cells.place(row, repairs)
    recipient.website = cells.website(row.text(Field.WEBSITE), repairs)
    recipient.causes = cells.causes(row)
