"""A row that describes a person, an organisation, or a person in an organisation."""

from __future__ import annotations

from footbridge.core.words import clean_line
from footbridge.intake.interpret import cells
from footbridge.intake.interpret.records import (
    Identity,
    MemberSaid,
    RoleSaid,
    RowSaid,
    TieSaid,
)
from footbridge.intake.mapping import Field, MappedRow, Shape
from footbridge.intake.mapping import Kind as RowKind
from footbridge.intake.mapping.values.cells import split_aligned, split_many
from footbridge.intake.mapping.values.numbers import read_boolean
from footbridge.intake.mapping.values.sectors import sector_of_name
from footbridge.intake.reading import said
from footbridge.network.states import Strength, TieKind
from footbridge.people.states import Kind

_WORDS_FOR_ORGANISATION = ("org", "compan", "empres", "entrepris", "verein", "firm", "instit")
_PERSON_NAMES = (Field.PERSON_NAME, Field.GIVEN_NAME, Field.FAMILY_NAME)
_NAMES = (*_PERSON_NAMES, Field.MEMBER_NAME, Field.ORGANISATION_NAME)


def read_member_row(said_row: RowSaid, row: MappedRow, scheme: str) -> None:
    """Fill in what a row says of members."""
    said_row.chapter = clean_line(row.text(Field.CHAPTER))[:120]
    person = _person(said_row, row, scheme)
    organisation = _organisation(said_row, row, scheme, beside=person)
    said_row.members = [member for member in (person, organisation) if member is not None]
    if not said_row.members:
        said_row.refusal = said("There is neither a name nor an e-mail address in this row.")
        return
    if person is not None and organisation is not None:
        said_row.roles.append(_role(said_row, row))
    _mentions(said_row, row)


def _person(said_row: RowSaid, row: MappedRow, scheme: str) -> MemberSaid | None:
    if _is_about_organisation(row):
        return None
    addresses, called = cells.addresses(row, said_row.repairs)
    ids = _list_id(row, scheme)
    name = cells.name(_name_of_person(row) or called, said_row.repairs)
    name = name or _stand_in(said_row, row, addresses, ids)
    if not name:
        return None
    repairs = said_row.repairs
    alone = not _organisation_name(row)
    return MemberSaid(
        kind=Kind.PERSON,
        name=name,
        email=addresses[0] if addresses else "",
        ids=(*ids, *cells.mailboxes(addresses[1:])),
        headline=cells.line(_headline(row, alone), cells.LONGEST_LINE, repairs),
        about=cells.prose(row, Field.DESCRIPTION, repairs),
        sector=cells.sector(row, "", (), repairs) if alone else "",
        stage=cells.stage(row, repairs) if alone else "",
        website=cells.website(_own_page(row, alone), repairs),
        place=cells.place(row, repairs),
        languages=cells.languages(row, repairs),
        causes=cells.causes(row),
        tags=cells.names(row, Field.TAGS),
        needs=cells.postings(row, Field.NEED, repairs),
        offers=cells.postings(row, Field.OFFER, repairs),
    )


def _is_about_organisation(row: MappedRow) -> bool:
    """What the row says of itself comes first, then what the sheet is."""
    kind = row.text(Field.MEMBER_KIND).casefold()
    if kind:
        return kind.startswith(_WORDS_FOR_ORGANISATION)
    if row.mapping.kind is not RowKind.UNKNOWN:
        return row.mapping.kind is RowKind.ORGANISATION
    if any(row.text(field) for field in (*_PERSON_NAMES, Field.EMAIL)):
        return False
    name = row.text(Field.MEMBER_NAME)
    return (not name and bool(row.text(Field.ORGANISATION_NAME))) or sector_of_name(
        name
    ) is not None


def _name_of_person(row: MappedRow) -> str:
    whole = row.text(Field.PERSON_NAME)
    halves = f"{row.text(Field.GIVEN_NAME)} {row.text(Field.FAMILY_NAME)}".strip()
    return whole or halves or row.text(Field.MEMBER_NAME)


def _stand_in(
    said_row: RowSaid, row: MappedRow, addresses: list[str], ids: tuple[Identity, ...]
) -> str:
    """Without a name, an address or a number stands for it; said where the list has names."""
    found = addresses[0].partition("@")[0] if addresses else ids[0][1] if ids else ""
    if found and any(field in row.mapping for field in _NAMES):
        said_row.repairs.append(said("There is no name; “{text}” stands for it.", text=found))
    return found


def _list_id(row: MappedRow, scheme: str) -> tuple[Identity, ...]:
    number = clean_line(row.text(Field.MEMBER_ID))[:200]
    return ((scheme, number),) if number else ()


def _headline(row: MappedRow, alone: bool) -> str:
    """What someone is, where no organisation says in what."""
    return row.text(Field.HEADLINE) or (row.text(Field.ROLE) if alone else "")


def _own_page(row: MappedRow, alone: bool) -> str:
    return row.text(Field.PROFILE_URL) or (row.text(Field.WEBSITE) if alone else "")


def _organisation_name(row: MappedRow) -> str:
    name = row.text(Field.ORGANISATION_NAME)
    if not name and _is_about_organisation(row):
        name = row.text(Field.MEMBER_NAME)
    return clean_line(name)


def _organisation(
    said_row: RowSaid, row: MappedRow, scheme: str, *, beside: MemberSaid | None
) -> MemberSaid | None:
    repairs = said_row.repairs
    ids = cells.register_ids(row, Field.ORGANISATION_ID, Field.CHARITY_NUMBER, Field.COMPANY_NUMBER)
    is_subject = beside is None
    if is_subject:
        ids = (*ids, *_list_id(row, scheme), *_number_elsewhere(row, scheme))
    name = cells.name(_organisation_name(row), repairs)
    if not name and is_subject and ids:
        name = ids[0][1]
    if not name:
        return None
    organisation = MemberSaid(
        kind=Kind.ORGANISATION,
        name=name,
        is_subject=is_subject,
        ids=ids,
        sector=cells.sector(row, name, ids, repairs),
        stage=cells.stage(row, repairs),
        size=str(cells.taken(row.size(), repairs) or ""),
        legal_form=cells.line(row.text(Field.LEGAL_FORM), cells.LONGEST_LEGAL_FORM, repairs),
        website=cells.website(row.text(Field.WEBSITE), repairs),
        group=clean_line(row.text(Field.GROUP))[:200],
        place=beside.place if beside else cells.place(row, repairs),
        former_names=tuple(old for old in cells.names(row, Field.FORMER_NAMES) if old != name),
        works_in=cells.places(row, Field.WORKS_IN),
    )
    if is_subject:
        _say_the_rest(said_row, row, organisation)
    return organisation


def _number_elsewhere(row: MappedRow, scheme: str) -> tuple[Identity, ...]:
    """A number that no public register explains still finds the organisation in this list."""
    text = clean_line(row.text(Field.ORGANISATION_ID))[:200]
    known = cells.register_ids(row, Field.ORGANISATION_ID)
    return ((scheme, text),) if text and not known else ()


def _say_the_rest(said_row: RowSaid, row: MappedRow, organisation: MemberSaid) -> None:
    """What a row that is about an organisation says of it."""
    repairs = said_row.repairs
    addresses, _called = cells.addresses(row, repairs)
    organisation.ids = (*organisation.ids, *cells.mailboxes(addresses))
    organisation.headline = cells.line(row.text(Field.HEADLINE), cells.LONGEST_LINE, repairs)
    organisation.about = cells.prose(row, Field.DESCRIPTION, repairs)
    organisation.languages = cells.languages(row, repairs)
    organisation.causes = cells.causes(row)
    organisation.tags = cells.names(row, Field.TAGS)
    organisation.needs = cells.postings(row, Field.NEED, repairs)
    organisation.offers = cells.postings(row, Field.OFFER, repairs)
    if row.text(Field.ACTIVE) and read_boolean(row.text(Field.ACTIVE)).value is False:
        repairs.append(said("The list says that it is no longer active; it was taken over."))


def _role(said_row: RowSaid, row: MappedRow) -> RoleSaid:
    repairs = said_row.repairs
    dated = row.mapping.shape is not Shape.CONTACTS
    since = cells.any_day(row, Field.SINCE, repairs) if dated else None
    until = cells.any_day(row, Field.UNTIL, repairs) if dated else None
    if since and until and until < since:
        repairs.append(said("The end is before the beginning; the end was left out."))
        until = None
    role = cells.line(row.text(Field.ROLE), cells.LONGEST_LINE, repairs)
    return RoleSaid(0, 1, role, since, until)


def _mentions(said_row: RowSaid, row: MappedRow) -> None:
    """Others whom the row names: people its subject knows, organisations it works with."""
    outcome = row.strength()
    strength = cells.taken(outcome, said_row.repairs)
    if outcome.refused is None:
        _people_known(said_row, row, strength)
    _organisations_beside(said_row, row)


def _people_known(said_row: RowSaid, row: MappedRow, strength: str | None) -> None:
    texts = [row.text(Field.OTHER_EMAIL) or row.text(Field.OTHER_PERSON), row.text(Field.TIE_TO)]
    others = [each for text in texts for each in split_many(text, commas=True)]
    if not others:
        return
    how = cells.line(row.text(Field.HOW), cells.LONGEST_LINE, said_row.repairs)
    confirmed = cells.day(row, Field.LAST_CONFIRMED, said_row.repairs)
    for other in dict.fromkeys(map(clean_line, others)):
        tie = TieSaid(
            0, other, TieKind.KNOWS, Strength(strength or Strength.KNOW), how, None, confirmed
        )
        said_row.ties.append(tie)


def _organisations_beside(said_row: RowSaid, row: MappedRow) -> None:
    """Each with what it is to the one the row is about; a funder funds it."""
    names = split_aligned(row.text(Field.OTHER_ORGANISATION))
    parts = split_aligned(row.text(Field.HOW))
    subject = said_row.members[0]
    for place, text in enumerate(names):
        name = cells.name(text, said_row.repairs)
        if not name or name == subject.name:
            continue
        how = clean_line(parts[place] if place < len(parts) else "")[:200]
        said_row.members.append(
            MemberSaid(
                kind=Kind.ORGANISATION,
                name=name,
                is_subject=False,
                sector=str(sector_of_name(name) or ""),
            )
        )
        said_row.ties.append(_tie_beside(len(said_row.members) - 1, how))


def _tie_beside(other: int, how: str) -> TieSaid:
    if "fund" in how.casefold() or "donor" in how.casefold():
        return TieSaid(other, 0, TieKind.FUNDS, Strength.WORKED_TOGETHER, how)
    return TieSaid(0, other, TieKind.PARTNERS, Strength.WORKED_TOGETHER, how)
