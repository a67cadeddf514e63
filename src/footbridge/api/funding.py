"""What one can apply for, who funds, and who funded others alike."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from ninja import Field, Query, Router, Schema, Status

from footbridge.api import schemas
from footbridge.api.auth import Call
from footbridge.api.host import _hosted
from footbridge.core.errors import NotHere
from footbridge.funding import actions, queries
from footbridge.funding.finding import Wishes
from footbridge.funding.said import LineSaid
from footbridge.people import queries as people

router = Router(tags=["funding"])

REFUSALS = schemas.refusals(400, 403, 404, 409)
Amount = Annotated[Decimal, Field(max_digits=18, decimal_places=2)]
Code = Annotated[str, Field(max_length=3)]
Key = Annotated[str, Field(max_length=200)]


class FundingLine(Schema):
    """Money that one can apply for elsewhere, and where that is known from."""

    id: uuid.UUID
    title: str
    funder: str
    funder_id: uuid.UUID | None
    money: str
    places: list[str]
    where_spent: str
    favours_scarce: bool
    stages: list[str]
    causes: list[str]
    amount_from: Decimal | None
    amount_to: Decimal | None
    currency: str
    deadline: datetime | None
    timezone: str
    is_rolling: bool
    conditions: str
    url: str
    source: str
    source_url: str
    checked_on: date
    checked_by: str
    is_open: bool
    version: int


class FundingLack(Schema):
    """Something that a line lacks; where it is not hard, something to know."""

    code: str
    text: str
    is_hard: bool


class FundingMatch(Schema):
    """A line for somebody: what fits, what is missing."""

    line: FundingLine
    fits: list[str]
    missing: list[FundingLack]
    near_miss: bool


class FundingFound(Schema):
    """The lines that fit, and near misses behind the last of them."""

    items: list[FundingMatch]
    near: list[FundingMatch]
    total: int
    page: int
    pages: int
    country: str
    for_country: int
    widened_to: str


class FundingWishes(Schema):
    """What one looks for; nothing said means anything."""

    country: Annotated[str, Field(max_length=60)] = ""
    stage: schemas.Stage = ""
    money: Annotated[str, Field(max_length=10)] = ""
    cause: Key = ""
    amount: Annotated[Decimal, Field(gt=0, max_digits=17, decimal_places=2)] | None = None
    currency: Code = ""
    ready_on: date | None = None
    text: Annotated[str, Field(max_length=200)] = ""
    page: schemas.PageNumber = 1


class NewFundingLine(Schema):
    """A line as whoever keeps it says; `places` are countries or larger areas, by code or name."""

    title: Annotated[str, Field(min_length=1, max_length=300)]
    source: Annotated[str, Field(min_length=1, max_length=300)]
    funder: schemas.Short = ""
    funder_id: uuid.UUID | None = None
    money: Annotated[str, Field(max_length=10)] = "grant"
    places: Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=250)] = []
    where_spent: Annotated[str, Field(max_length=300)] = ""
    favours_scarce: bool = False
    stages: Annotated[list[Annotated[str, Field(max_length=10)]], Field(max_length=10)] = []
    causes: Annotated[list[Key], Field(max_length=30)] = []
    amount_from: Amount | None = None
    amount_to: Amount | None = None
    currency: Code = ""
    deadline: datetime | None = None
    timezone: Annotated[str, Field(max_length=60)] = "UTC"
    is_rolling: bool = False
    conditions: Annotated[str, Field(max_length=2000)] = ""
    url: Annotated[str, Field(max_length=500)] = ""
    source_url: Annotated[str, Field(max_length=500)] = ""
    checked_on: date | None = None
    version: schemas.Version = None


class GrantRecord(Schema):
    """What was given to whom, and the row that says so."""

    funder: str
    funder_id: uuid.UUID | None
    recipient: str
    recipient_id: uuid.UUID | None
    amount: Decimal
    currency: str
    awarded_on: date
    title: str
    programme: str
    place: str
    country: str
    identifier: str
    source: str
    source_url: str
    source_row: int


class SupportingGrant(Schema):
    """A grant that bears a funder out, and in what its recipient is alike."""

    grant: GrantRecord
    why: list[str]


class FunderOfAlike(Schema):
    """Somebody who funded organisations alike."""

    name: str
    organisation_id: uuid.UUID | None
    reasons: list[str]
    amounts: list[str]
    years: str
    grants: list[SupportingGrant]
    has_funded_you: bool
    near_miss: bool


class FundedAlikeAnswer(Schema):
    """Who funded organisations alike, and from how many grants that was made."""

    name: str
    funders: list[FunderOfAlike]
    compared: int
    is_widened: bool


class FundingOrganisation(Schema):
    """What an organisation funds."""

    organisation_id: uuid.UUID
    name: str
    kind: str
    gives: str
    money: list[str]
    home: str
    place: str
    version: int


class SaidOfFunder(Schema):
    """What those say of an organisation who act for it."""

    kind: Annotated[str, Field(max_length=10)]
    gives: schemas.Short = ""
    money: Annotated[list[Annotated[str, Field(max_length=10)]], Field(max_length=10)] = []
    home: Annotated[str, Field(max_length=500)] = ""
    version: schemas.Version = None


LineAnswer = {200: FundingLine, **REFUSALS}


@router.get("/funding", response={200: FundingFound, **REFUSALS})
def find_funding(
    request: Call, wishes: Query[FundingWishes], member: uuid.UUID | None = None
) -> Any:
    """What there is for oneself, or for an organisation one acts for."""
    person = request.person
    asker = people.get(person, member or person.id)
    if asker.id != person.id and asker.id not in {one.id for one in people.acted_for_by(person)}:
        raise NotHere
    said = wishes.dict(exclude={"page", "country"})
    wished = Wishes(country=queries.country_named(wishes.country), **said)
    found = queries.find(person, wished, asker=asker, page=wishes.page)
    names = ("near", "total", "page", "pages", "country", "for_country", "widened_to")
    return {"items": found.matches, **{name: getattr(found, name) for name in names}}


@router.get("/funding/{line_id}", response=LineAnswer)
def funding_line(request: Call, line_id: uuid.UUID) -> Any:
    """One line."""
    return queries.get_card(request.person, line_id)


@router.post("/chapters/{chapter_id}/funding", response={201: FundingLine, **REFUSALS})
def add_line(request: Call, chapter_id: uuid.UUID, said: NewFundingLine) -> Any:
    """Add a line that one can stand behind."""
    person = request.person
    chapter = _hosted(request, chapter_id)
    made = actions.add_line(actor=person, chapter=chapter, said=_line(request, said))
    return Status(201, queries.get_card(person, made.id))


@router.put("/funding/{line_id}", response=LineAnswer)
def change_line(request: Call, line_id: uuid.UUID, said: NewFundingLine) -> Any:
    """Correct a line of a chapter that one looks after."""
    person = request.person
    line = queries.to_look_after(person, line_id)
    actions.change_line(actor=person, line=line, said=_line(request, said), version=said.version)
    return queries.get_card(person, line.id)


def _line(request: Call, said: NewFundingLine) -> LineSaid:
    funder = people.get(request.person, said.funder_id) if said.funder_id else None
    if funder is not None and funder.is_person:
        raise NotHere
    plain = said.dict(exclude={"places", "stages", "causes", "version"})
    return LineSaid(
        **plain,
        places=queries.places_named(";".join(said.places)),
        stages=tuple(said.stages),
        causes=queries.causes_by_keys(said.causes),
    )


@router.post("/funding/{line_id}/checked", response=LineAnswer)
def check_line(request: Call, line_id: uuid.UUID) -> Any:
    """Say that one looked today, and that it is so."""
    return _mark(request, line_id, actions.check_line)


@router.post("/funding/{line_id}/close", response=LineAnswer)
def close_line(request: Call, line_id: uuid.UUID) -> Any:
    """Say that it is over."""
    return _mark(request, line_id, actions.close_line)


@router.post("/funding/{line_id}/open", response=LineAnswer)
def open_line(request: Call, line_id: uuid.UUID) -> Any:
    """Say that it is open after all."""
    return _mark(request, line_id, actions.open_line)


def _mark(request: Call, line_id: uuid.UUID, act: Any) -> Any:
    act(actor=request.person, line=queries.to_look_after(request.person, line_id))
    return queries.get_card(request.person, line_id)


@router.get("/funders", response={200: list[FundingOrganisation], **REFUSALS})
def funders(
    request: Call,
    kind: str = Query("", max_length=10),
    country: str = Query("", max_length=60),
) -> Any:
    """The organisations here that fund others."""
    return queries.funders(request.person, kind=kind, country=queries.country_named(country))


@router.get(
    "/organisations/{organisation_id}/funder", response={200: FundingOrganisation, **REFUSALS}
)
def funder(request: Call, organisation_id: uuid.UUID) -> Any:
    """What an organisation funds."""
    found = queries.funder_of(request.person, people.get(request.person, organisation_id))
    if found is None:
        raise NotHere
    return found


@router.put(
    "/organisations/{organisation_id}/funder", response={200: FundingOrganisation, **REFUSALS}
)
def describe_funder(request: Call, organisation_id: uuid.UUID, said: SaidOfFunder) -> Any:
    """Say what an organisation funds for which one acts."""
    organisation = _organisation(request, organisation_id)
    actions.describe_funder(actor=request.person, organisation=organisation, **said.dict())
    return queries.funder_of(request.person, organisation)


@router.delete("/organisations/{organisation_id}/funder", response={204: None, **REFUSALS})
def withdraw_funder(request: Call, organisation_id: uuid.UUID) -> Any:
    """Say that it funds nobody."""
    organisation = _organisation(request, organisation_id)
    actions.withdraw_funder(actor=request.person, organisation=organisation)
    return Status(204, None)


def _organisation(request: Call, organisation_id: uuid.UUID) -> Any:
    return people.as_organisation(people.get(request.person, organisation_id))


@router.get("/members/{member_id}/funded-alike", response={200: FundedAlikeAnswer, **REFUSALS})
def funded_alike(request: Call, member_id: uuid.UUID) -> Any:
    """Who funded organisations like this one, near it, with the grants that say so."""
    return queries.funded_alike(request.person, people.get(request.person, member_id))
