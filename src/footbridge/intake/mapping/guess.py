"""Guessing what the columns of a sheet mean: from their titles first, from their cells where the
titles are silent or ambiguous, and from what kind of sheet they make together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from footbridge.intake.mapping.contents import (
    Column,
    agrees,
    columns_of,
    is_email,
    is_organisation_name,
    is_person_name,
    is_yes_or_no,
    looks_like_coordinates,
    telling,
)
from footbridge.intake.mapping.fields import GATHERED, Field, Kind, Shape
from footbridge.intake.mapping.mapping import Guess, Mapping
from footbridge.intake.mapping.shapes import ALLOWED, shape_of
from footbridge.intake.mapping.values.cells import word_set
from footbridge.intake.mapping.values.sectors import is_sector_word
from footbridge.intake.mapping.words import fields_by_title, fold
from footbridge.intake.reading.said import Said, said
from footbridge.intake.reading.sheet import Sheet

SURE, LIKELY, PERHAPS = 0.95, 0.75, 0.6
CLOSE_ENOUGH = 90

# Titles that are a whole name, or only the missing half of one, by what stands beside them.
NAME_TITLES = frozenset({"name", "names", "nombre", "nom", "nome", "naam"})

# Last words that say nothing of whose name, which number, what kind.
TOO_GENERAL = word_set(
    """
    name names id type url link title code number no nr value description level status org a
    b i j x by in to from of note notes comment ref key group text per list date
    """
)
# The first words of nested titles that still describe the row itself.
SAME_SUBJECT = word_set(
    """
    location address contact place geo coordinates organisation organization person member
    """
)

_PERSON_SIGNS = frozenset(
    {
        Field.GIVEN_NAME,
        Field.FAMILY_NAME,
        Field.ROLE,
        Field.LANGUAGES,
        Field.HEADLINE,
        Field.PROFILE_URL,
    }
)
_ORGANISATION_SIGNS = frozenset(
    {
        Field.ORGANISATION_ID, Field.CHARITY_NUMBER, Field.COMPANY_NUMBER, Field.LEGAL_FORM,
        Field.SECTOR, Field.WEBSITE, Field.SIZE, Field.INCOME, Field.FORMER_NAMES, Field.FOUNDED,
        Field.GROUP,
    }
)  # fmt: skip

# What a list is called that holds people, or organisations, and nothing else.
PEOPLE = word_set(
    """
    people persons person volunteers participants attendees mentors staff alumni founders
    personas voluntarios participantes asistentes mentoras mentores
    personnes benevoles participants
    personen teilnehmer teilnehmende freiwillige
    pessoas voluntarios persone volontari deelnemers vrijwilligers
    """
)
ORGANISATIONS = word_set(
    """
    organisations organizations organisation organization orgs companies company businesses
    charities ngos associations
    organizaciones empresas asociaciones entidades
    entreprises associations organismes
    organisationen unternehmen firmen vereine
    organizacoes associacoes organizzazioni imprese associazioni organisaties bedrijven
    """
)

_ENDS = frozenset({Field.TIE_FROM, Field.TIE_TO})
_BY_TITLE = frozenset({"The title says so.", "The title ends with “{words}”."})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A field that a title may mean."""

    field: Field
    confidence: float
    why: Said


def guess_sheet(sheet: Sheet, sample: int = 500) -> Mapping:
    """Guess from a sheet that is open: its header, its first rows and its kind of file."""
    rows = [row.cells for row in sheet.sample(sample) if not row.refusal and not row.left_out]
    return guess(sheet.header, rows, form=sheet.form, called=sheet.name)


def guess(
    header: Sequence[str], rows: Sequence[Sequence[str]], *, form: str = "", called: str = ""
) -> Mapping:
    """Guess from a header and sample rows, and from what the sheet is called.

    >>> mapping = guess(["Nom", "Ville", "Courriel"], [["Awa Diop", "Dakar", "awa@example.org"]])
    >>> [column.field.value for column in mapping.columns]
    ['person_name', 'place', 'email']
    """
    columns = columns_of(header, rows)
    candidates = [_candidates(column) for column in columns]
    shape, why = shape_of(
        columns, [[option.field for option in options] for options in candidates], form
    )
    chosen = [_choose(column, options, shape) for column, options in zip(columns, candidates)]
    chosen = _names_settled(columns, chosen, shape)
    chosen = _ties_settled(chosen, shape)
    chosen = _coordinates_settled(columns, chosen)
    chosen = _lesser_guesses_left_out(chosen)
    kind = _kind(columns, chosen, shape)
    if (told := _kind_told(columns, chosen, called)) and _is_open(kind, shape):
        kind, why = told
    return Mapping(tuple(header), tuple(chosen), shape, kind, why).with_sample(rows)


def _candidates(column: Column) -> list[Candidate]:
    """The fields a title may mean, by the whole title, by its last words, or by likeness."""
    folded = fold(column.title)
    known = fields_by_title()
    if folded in known:
        why = said("The title says so.")
        return [Candidate(option, SURE, why) for option in known[folded]]
    ending = _known_ending(column.title, folded)
    if ending:
        why = said("The title ends with “{words}”.", words=ending)
        return [Candidate(option, LIKELY, why) for option in known[ending]]
    return _alike(folded)


def _known_ending(title: str, folded: str) -> str:
    """“Company postcode” is a postcode; but the name of a repository is nobody's name."""
    words = folded.split()
    nested = "." in title and words[0] not in SAME_SUBJECT
    for count in (3, 2, 1):
        ending = " ".join(words[-count:])
        if len(words) > count and ending in fields_by_title() and not nested:
            return "" if ending in TOO_GENERAL else ending
    return ""


def _alike(folded: str) -> list[Candidate]:
    if len(folded) < 5:
        return []
    found = process.extractOne(
        folded, fields_by_title().keys(), scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH
    )
    if found is None:
        return []
    why = said("The title is nearly “{words}”.", words=found[0])
    return [Candidate(option, PERHAPS, why) for option in fields_by_title()[found[0]]]


def _choose(column: Column, options: list[Candidate], shape: Shape) -> Guess:
    allowed = ALLOWED[shape]
    end = next((option for option in options if option.field in _ENDS), None)
    if shape is Shape.TIES and end is not None:
        # Numbers of members may look like dates: in a list of ties, “to” is the other end.
        return Guess(end.field, end.confidence, end.why)
    fitting = [
        option for option in options if option.field in allowed and agrees(option.field, column)
    ]
    best = _best_of(column, fitting)
    if best is not None:
        return Guess(best.field, best.confidence, best.why)
    if any(option.field is Field.LEAVE_OUT for option in options):
        return Guess(Field.LEAVE_OUT, SURE, said("This is not needed here."))
    return _by_contents(column, options, shape)


def _best_of(column: Column, fitting: list[Candidate]) -> Candidate | None:
    """The first fitting meaning, unless the cells plainly speak for another one."""
    if not fitting:
        return None
    if len(fitting) > 1 and (told := telling(column)) is not None:
        for option in fitting:
            if option.field is told[0]:
                return option
    if fitting[0].field is Field.TAGS and column.share(is_sector_word) >= 0.6:
        return Candidate(Field.SECTOR, PERHAPS, said("Most cells are kinds of organisation."))
    if fitting[0].field is Field.PERSON_NAME and column.share(is_email) >= 0.6:
        return Candidate(Field.EMAIL, LIKELY, said("The cells are e-mail addresses."))
    return fitting[0]


def _lesser_guesses_left_out(chosen: list[Guess]) -> list[Guess]:
    """A column known by its cells alone gives way to one that has the title for it."""
    titled = {guess.field for guess in chosen if guess.why.template in _BY_TITLE}
    left = said("Another column has the title for it.")
    return [
        Guess(Field.LEAVE_OUT, 0.5, left)
        if guess.why.template not in _BY_TITLE
        and guess.field in titled
        and guess.field not in GATHERED
        else guess
        for guess in chosen
    ]


def _by_contents(column: Column, options: list[Candidate], shape: Shape) -> Guess:
    told = telling(column)
    allowed = ALLOWED[shape]
    if told is not None and told[0] in allowed:
        meaning, share, words = told
        percent = round(100 * share)
        why = said("{percent}% of the cells are {kind}.", percent=percent, kind=said(words))
        return Guess(meaning, round(PERHAPS + 0.3 * share * (not options), 2), why)
    if shape is Shape.NODES and column.cells and column.share(is_yes_or_no) == 1.0:
        why = said("A yes/no column: those who say yes offer “{title}”.", title=column.title)
        return Guess(Field.OFFER_IF_YES, PERHAPS, why)
    if options:
        return Guess(Field.LEAVE_OUT, 0.4, said("The cells are not what the title says."))
    return Guess(Field.LEAVE_OUT, 0.3, said("Neither the title nor the cells say what this is."))


def _names_settled(columns: list[Column], chosen: list[Guess], shape: Shape) -> list[Guess]:
    """Decide whose name a column called “name” holds, by the columns beside it and its cells."""
    settled = list(chosen)
    for place, column in enumerate(columns):
        is_open = settled[place].field is Field.MEMBER_NAME or fold(column.title) in NAME_TITLES
        if is_open and shape not in (Shape.VOCABULARY, Shape.NODES, Shape.TIES, Shape.GRANTS):
            beside = {guess.field for at, guess in enumerate(settled) if at != place}
            meaning, why = _whose_name(column, beside)
            settled[place] = Guess(meaning, min(settled[place].confidence, 0.9), why)
    return settled


def _whose_name(column: Column, beside: set[Field]) -> tuple[Field, Said]:
    if Field.GIVEN_NAME in beside and Field.FAMILY_NAME not in beside:
        return Field.FAMILY_NAME, said("Given names stand beside it.")
    if Field.FAMILY_NAME in beside and Field.GIVEN_NAME not in beside:
        return Field.GIVEN_NAME, said("Family names stand beside it.")
    organisations = column.share(is_organisation_name)
    if Field.ORGANISATION_NAME in beside:
        return Field.PERSON_NAME, said("Organisations stand in a column of their own.")
    if Field.GIVEN_NAME in beside and organisations < 0.3:
        return Field.PERSON_NAME, said("Given and family names stand beside it.")
    if beside & {Field.PERSON_NAME, Field.GIVEN_NAME}:
        return Field.ORGANISATION_NAME, said("People stand in a column of their own.")
    people_signs, organisation_signs = (
        len(beside & _PERSON_SIGNS),
        len(beside & _ORGANISATION_SIGNS),
    )
    if organisations >= 0.3 or organisation_signs > people_signs:
        return Field.ORGANISATION_NAME, said("The columns beside it describe organisations.")
    if people_signs > organisation_signs:
        return Field.PERSON_NAME, said("The columns beside it describe people.")
    if column.share(is_person_name) >= 0.7:
        return Field.PERSON_NAME, said("Most cells look like names of people.")
    return Field.MEMBER_NAME, said("These may be people or organisations.")


def _ties_settled(chosen: list[Guess], shape: Shape) -> list[Guess]:
    """In a list of members, “knows” names the other end of a tie."""
    if shape is Shape.TIES:
        return chosen
    return [
        Guess(Field.OTHER_PERSON, guess.confidence, guess.why)
        if guess.field is Field.TIE_TO
        else guess
        for guess in chosen
    ]


def _coordinates_settled(columns: list[Column], chosen: list[Guess]) -> list[Guess]:
    """Two neighbouring columns of decimal degrees are latitude and longitude."""
    settled = list(chosen)
    open_ones = {at for at, guess in enumerate(chosen) if guess.field is Field.LEAVE_OUT}
    for at in range(len(columns) - 1):
        pair = columns[at : at + 2]
        if (
            {at, at + 1} <= open_ones
            and all(map(looks_like_coordinates, pair))
            and agrees(Field.LATITUDE, pair[0])
        ):
            why = said("Two columns of decimal degrees stand side by side.")
            settled[at] = Guess(Field.LATITUDE, PERHAPS, why)
            settled[at + 1] = Guess(Field.LONGITUDE, PERHAPS, why)
            break
    return settled


def _kind(columns: list[Column], chosen: list[Guess], shape: Shape) -> Kind:
    """Whom the rows describe, from the fields that were found."""
    found = {guess.field for guess in chosen}
    if shape is Shape.CONTACTS:
        return Kind.PERSON
    if shape not in (Shape.MEMBERS, Shape.NODES):
        return Kind.UNKNOWN
    person = bool(found & {Field.PERSON_NAME, Field.GIVEN_NAME, Field.FAMILY_NAME})
    organisation = Field.ORGANISATION_NAME in found
    if shape is Shape.NODES:
        return _kind_of_nodes(found)
    if person and organisation:
        return Kind.BOTH
    if person or (
        not organisation and found & {Field.LANGUAGES, Field.HEADLINE, Field.ROLE, Field.EMAIL}
    ):
        return Kind.BOTH if organisation else Kind.PERSON
    if organisation and found & {Field.EMAIL, Field.ROLE} and Field.WEBSITE not in found:
        return Kind.BOTH if Field.ROLE in found else Kind.ORGANISATION
    return Kind.ORGANISATION if organisation or found & _ORGANISATION_SIGNS else Kind.UNKNOWN


def _is_open(kind: Kind, shape: Shape) -> bool:
    """Whether the columns alone leave it open whom the rows describe."""
    return shape is Shape.NODES or (shape is Shape.MEMBERS and kind is Kind.UNKNOWN)


def _kind_told(columns: list[Column], chosen: list[Guess], called: str) -> tuple[Kind, Said] | None:
    """Whose names stand in a column that does not say so: what the sheet is called tells first,
    then what the names look like."""
    fields = [guess.field for guess in chosen]
    if Field.MEMBER_NAME not in fields or {Field.MEMBER_KIND, Field.ORGANISATION_NAME} & {*fields}:
        return None
    words = set(fold(called).replace("_", " ").split())
    people, organisations = bool(words & PEOPLE), bool(words & ORGANISATIONS)
    if people != organisations:
        if people:
            return Kind.PERSON, said("Each row is a person: the list is called so.")
        return Kind.ORGANISATION, said("Each row is an organisation: the list is called so.")
    names = columns[fields.index(Field.MEMBER_NAME)]
    if names.share(is_organisation_name) >= 0.3:
        return Kind.ORGANISATION, said("Each row is an organisation: the names look like it.")
    if names.share(is_person_name) >= 0.7:
        return Kind.PERSON, said("Each row is a person: the names look like it.")
    return None


def _kind_of_nodes(found: set[Field]) -> Kind:
    """Who belongs to an organisation is a person; who has a state and programmes is none."""
    if Field.ORGANISATION_NAME in found:
        return Kind.PERSON
    places = {Field.REGION, Field.PLACE, Field.COUNTRY, Field.POSTCODE, Field.OFFER_IF_YES}
    return Kind.ORGANISATION if found & places else Kind.UNKNOWN
