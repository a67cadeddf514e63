"""What one row of a list says, free of any database: members, what they are to each other, ties."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal

from footbridge.intake.mapping.values.causes import CauseRead
from footbridge.intake.reading import Said
from footbridge.network.states import Strength, TieKind
from footbridge.people.states import Kind

Identity = tuple[str, str]

REGISTER = "org-id"
"""The scheme of numbers that a public register gives: they stand for one organisation anywhere."""

MAILBOX = "email"
"""The scheme of further addresses of a person, and of the mailbox of an organisation."""


@dataclass(frozen=True, slots=True)
class PlaceSaid:
    """Where someone is, in the list's words."""

    text: str = ""
    postcode: str = ""
    region: str = ""
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class PostingSaid:
    """A need or an offer; `tags` where it was a list of single words."""

    text: str
    tags: tuple[str, ...] = ()


@dataclass(slots=True)
class MemberSaid:
    """A person or an organisation as the row describes them.

    `is_subject` says that the row is about them; one who is only mentioned gains what was blank,
    but what is known of them is not changed.
    """

    kind: Kind
    name: str
    is_subject: bool = True
    email: str = ""
    ids: tuple[Identity, ...] = ()
    headline: str = ""
    about: str = ""
    sector: str = ""
    stage: str = ""
    size: str = ""
    legal_form: str = ""
    website: str = ""
    group: str = ""
    place: PlaceSaid | None = None
    languages: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    works_in: tuple[str, ...] = ()
    causes: tuple[CauseRead, ...] = ()
    tags: tuple[str, ...] = ()
    needs: tuple[PostingSaid, ...] = ()
    offers: tuple[PostingSaid, ...] = ()

    @property
    def is_person(self) -> bool:
        return self.kind == Kind.PERSON


@dataclass(frozen=True, slots=True)
class RoleSaid:
    """What a person is in an organisation; both by their place among the row's members."""

    person: int
    organisation: int
    role: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class TieSaid:
    """Who is tied to whom. An end is a place among the row's members, or words to look up."""

    teller: int | str
    other: int | str
    kind: TieKind = TieKind.KNOWS
    strength: Strength = Strength.KNOW
    how: str = ""
    since: date | None = None
    last_confirmed: date | None = None

    @property
    def is_between_members_of_the_row(self) -> bool:
        return isinstance(self.teller, int) and isinstance(self.other, int)


@dataclass(frozen=True, slots=True)
class GrantRead:
    """What a funder gave to a recipient; both are among no members."""

    funder: str
    recipient: str
    amount: Decimal
    currency: str
    awarded_on: date
    funder_number: str = ""
    recipient_numbers: tuple[str, ...] = ()
    title: str = ""
    about: str = ""
    programme: str = ""
    identifier: str = ""
    place: PlaceSaid | None = None
    cause: CauseRead | None = None
    source: str = ""
    source_url: str = ""


@dataclass(frozen=True, slots=True)
class LineRead:
    """Money that one can apply for; `day` and `hour` are those of the deadline."""

    title: str
    funder: str
    money: str
    places: tuple[str, ...] = ()
    where_spent: str = ""
    favours_scarce: bool = False
    stages: tuple[str, ...] = ()
    causes: tuple[CauseRead, ...] = ()
    amount_from: Decimal | None = None
    amount_to: Decimal | None = None
    currency: str = ""
    day: date | None = None
    hour: time | None = None
    is_rolling: bool = False
    conditions: str = ""
    url: str = ""
    source: str = ""
    source_url: str = ""
    checked_on: date | None = None


@dataclass(slots=True)
class RowSaid:
    """All that a row says, how it was mended, or why it cannot be used."""

    number: int
    cells: tuple[str, ...]
    members: list[MemberSaid] = field(default_factory=list)
    roles: list[RoleSaid] = field(default_factory=list)
    ties: list[TieSaid] = field(default_factory=list)
    chapter: str = ""
    grant: GrantRead | None = None
    line: LineRead | None = None
    repairs: list[Said] = field(default_factory=list)
    refusal: Said | None = None
