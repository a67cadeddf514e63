"""What one passes through, who lived the same; somebody to talk to; one's own network; where
organisations work."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Annotated, Any

from ninja import Field, Router, Schema, Status

from footbridge.api import schemas
from footbridge.api.auth import Call
from footbridge.core.errors import NotHere
from footbridge.exchange import policy as exchange_policy
from footbridge.exchange import queries as exchange
from footbridge.insight.company import company_for
from footbridge.insight.entry import entry_contacts
from footbridge.insight.guides import guides_for
from footbridge.insight.scan import scan
from footbridge.people import actions as people_actions
from footbridge.people import queries as people
from footbridge.transitions import actions, queries
from footbridge.transitions.cards import transition_card

router = Router(tags=["transitions"])

REFUSALS = schemas.refusals(400, 403, 404, 409, 429)
ListVersion = Annotated[str | None, Field(max_length=20)]


class Transition(Schema):
    """What somebody passes or passed through, as far as the caller may know it."""

    id: uuid.UUID
    person: schemas.Member
    passage: str
    point: str
    since: date | None
    is_over: bool
    motives: list[str]
    words: str
    shown: str
    glad_to_be_asked: bool
    is_mine: bool
    version: int


class NewTransition(Schema):
    """What one passes through. Only what it is has to be said; nobody is told."""

    passage: str = Field(max_length=20)
    point: str = Field("amidst", max_length=20)
    since: date | None = None
    is_over: bool = False
    motives: list[Annotated[str, Field(max_length=20)]] = Field([], max_length=10)
    words: str = Field("", max_length=4000)
    shown: str = Field("asked", max_length=20)
    glad_to_be_asked: bool = False


class ChangedTransition(NewTransition):
    """The same, said anew."""

    version: schemas.Version = None


class TransitionStep(Schema):
    """One step of a list, with what one wrote."""

    key: str
    title: str
    help: str
    words: str
    is_done: bool


class TransitionList(Schema):
    """The list that fits a passage. Nobody else reads it."""

    steps: list[TransitionStep]
    version: str


class WrittenStep(Schema):
    """What one writes at a step."""

    words: str = Field("", max_length=8000)
    is_done: bool = False


class WrittenList(Schema):
    """Some steps by their key; the others stay as they are."""

    steps: dict[str, WrittenStep] = Field(max_length=20)
    version: ListVersion = None


class Guide(Schema):
    """Somebody who lived the same, why they fit, and what is missing."""

    person: schemas.Member
    lived: Transition
    score: float
    reasons: list[schemas.Reason]
    missing: list[schemas.Missing]
    near_miss: bool
    may_be_asked: bool


class Guides(Schema):
    """Guides, best first, and the hosts of one's chapter."""

    found: list[Guide]
    hosts: list[schemas.Member]


class NewGuideAsk(Schema):
    """What one would like to ask, and about which of one's passages."""

    transition: uuid.UUID
    words: str = Field(max_length=2000)


class GuideAsk(Schema):
    """A question to a guide, as the caller may know it."""

    id: uuid.UUID
    role: str
    other: schemas.Member
    words: str
    state: str
    asked_at: datetime
    answer_by: datetime
    about: Transition | None
    email: str
    moves: list[str]


class Company(Schema):
    """One person to talk to. `lived` can be asked directly, `through` brings the two together."""

    person: schemas.Member
    reasons: list[schemas.Reason]
    lived: uuid.UUID | None
    transition: uuid.UUID | None
    through: schemas.Member | None


class KnownPerson(Schema):
    """Somebody in one's own network."""

    name: str
    position: str
    organisation: str
    member: schemas.Member | None


class NetworkCluster(Schema):
    """People whom one knows who have something in common."""

    kind: str
    about: str
    people: list[KnownPerson]
    total: int
    members: int
    organisations: int


class NetworkScan(Schema):
    """One's own network, for oneself alone."""

    clusters: list[NetworkCluster]
    contacts: int
    ties: int


class PlaceOfWork(Schema):
    """A place where an organisation works, and through whom if not itself."""

    name: str
    country: str
    through: schemas.Member | None
    people: list[schemas.Member]


class EntryContact(Schema):
    """Whom to turn to first, and why."""

    member: schemas.Member
    role: str
    reasons: list[str]


class Operates(Schema):
    """An organisation's group, where it works, and whom to turn to first."""

    head: schemas.Member | None
    affiliates: list[schemas.Member]
    sites: list[PlaceOfWork]
    contacts: list[EntryContact]
    version: str


class NewSites(Schema):
    """All places where an organisation works besides its seat."""

    places: list[Annotated[str, Field(max_length=200)]] = Field(max_length=100)
    version: ListVersion = None


# One's own passages.


@router.get("/transitions", response={200: list[Transition], **schemas.NOT_SIGNED})
def transitions(request: Call) -> Any:
    """What one passes or passed through."""
    return queries.mine(request.person)


@router.post("/transitions", response={201: Transition, **REFUSALS})
def say_transition(request: Call, said: NewTransition) -> Any:
    """Say what one passes through. Nobody is told."""
    made = actions.say(actor=request.person, said=actions.Said(**said.dict()))
    return Status(201, _card(request, made.id))


@router.get("/transitions/{transition_id}", response={200: Transition, **REFUSALS})
def transition(request: Call, transition_id: uuid.UUID) -> Any:
    """One passage, as far as its person lets the caller know."""
    return transition_card(request.person, queries.get(request.person, transition_id))


@router.patch("/transitions/{transition_id}", response={200: Transition, **REFUSALS})
def change_transition(request: Call, transition_id: uuid.UUID, said: ChangedTransition) -> Any:
    """Say it anew."""
    actions.edit(
        actor=request.person,
        transition=queries.get_own(request.person, transition_id),
        said=actions.Said(**said.dict(exclude={"version"})),
        version=said.version,
    )
    return _card(request, transition_id)


@router.api_operation(["DELETE"], "/transitions/{transition_id}", response={204: None, **REFUSALS})
def forget_transition(request: Call, transition_id: uuid.UUID) -> Any:
    """Take it back, with all that was written."""
    found = queries.get_own(request.person, transition_id)
    actions.forget(actor=request.person, transition=found)
    return Status(204, None)


def _card(request: Call, transition_id: uuid.UUID) -> Any:
    return transition_card(request.person, queries.get_own(request.person, transition_id))


@router.get("/transitions/{transition_id}/list", response={200: TransitionList, **REFUSALS})
def transition_list(request: Call, transition_id: uuid.UUID) -> Any:
    """The list to work through, with what one wrote."""
    return queries.list_of(request.person, queries.get_own(request.person, transition_id))


@router.put("/transitions/{transition_id}/list", response={200: TransitionList, **REFUSALS})
def write_list(request: Call, transition_id: uuid.UUID, said: WrittenList) -> Any:
    """Write at some of its steps."""
    found = queries.get_own(request.person, transition_id)
    steps = {key: actions.Wrote(one.words, one.is_done) for key, one in said.steps.items()}
    actions.write_list(actor=request.person, transition=found, steps=steps, version=said.version)
    return queries.list_of(request.person, found)


# Guides.


@router.get("/transitions/{transition_id}/guides", response={200: Guides, **REFUSALS})
def guides(request: Call, transition_id: uuid.UUID, top: schemas.Top = 5) -> Any:
    """Who lived the same as one of one's own passages."""
    found = queries.get_own(request.person, transition_id)
    answer = guides_for(request.person, found, top=top)
    return {"found": [_guide(one) for one in answer.found], "hosts": answer.hosts}


def _guide(one: Any) -> dict[str, Any]:
    return {**vars(one), "person": one.card}


@router.post("/guides/{lived_id}/ask", response={201: GuideAsk, **REFUSALS})
def ask_guide(request: Call, lived_id: uuid.UUID, said: NewGuideAsk) -> Any:
    """Ask somebody who is glad to be asked for a talk."""
    person = request.person
    made = actions.ask(
        actor=person,
        lived=queries.get_lived(person, lived_id),
        transition=queries.get_own(person, said.transition),
        words=said.words,
    )
    return Status(201, _ask(request, made.id))


@router.get("/guide-asks", response={200: list[GuideAsk], **schemas.NOT_SIGNED})
def guide_asks(request: Call) -> Any:
    """One's questions to guides, and those to oneself."""
    return queries.asks_of(request.person)


@router.get("/guide-asks/{ask_id}", response={200: GuideAsk, **REFUSALS})
def guide_ask(request: Call, ask_id: uuid.UUID) -> Any:
    """One question."""
    return _ask(request, ask_id)


@router.post("/guide-asks/{ask_id}/agree", response={200: GuideAsk, **REFUSALS})
def agree_to_talk(request: Call, ask_id: uuid.UUID) -> Any:
    """Say yes: both get each other's address."""
    return _act(request, ask_id, actions.agree)


@router.post("/guide-asks/{ask_id}/not-now", response={200: GuideAsk, **REFUSALS})
def not_now_to_talk(request: Call, ask_id: uuid.UUID) -> Any:
    """Not now; it is never told as a no."""
    return _act(request, ask_id, actions.not_now)


@router.post("/guide-asks/{ask_id}/withdraw", response={200: GuideAsk, **REFUSALS})
def withdraw_question(request: Call, ask_id: uuid.UUID) -> Any:
    """Take the question back."""
    return _act(request, ask_id, actions.withdraw)


def _act(request: Call, ask_id: uuid.UUID, act: Any) -> Any:
    act(actor=request.person, ask=queries.get_ask(request.person, ask_id))
    return _ask(request, ask_id)


def _ask(request: Call, ask_id: uuid.UUID) -> Any:
    return queries.ask_card_of(request.person, queries.get_ask(request.person, ask_id))


# Somebody to talk to.


@router.get("/needs/{need_id}/company", response={200: Company, **REFUSALS})
def company(request: Call, need_id: uuid.UUID) -> Any:
    """One person to talk to, for a need of one's own."""
    person = request.person
    need = exchange.get_need(person, need_id)
    if not exchange_policy.may_open(person, need.owner):
        raise NotHere
    found = company_for(person, need)
    if found is None:
        raise NotHere
    return {**vars(found), "person": found.card}


# One's own network.


@router.get("/contacts/scan", response={200: NetworkScan, **schemas.NOT_SIGNED})
def contacts_scan(request: Call) -> Any:
    """Where the people whom one knows could be brought together. Nothing of it is kept."""
    return scan(request.person)


# Where organisations work.


@router.get("/organisations/{organisation_id}/operates", response={200: Operates, **REFUSALS})
def operates(request: Call, organisation_id: uuid.UUID) -> Any:
    """An organisation's group, where it works, and whom to turn to first."""
    person = request.person
    found = _organisation(request, organisation_id)
    group = people.group_of(person, found)
    return {
        "head": group.head,
        "affiliates": group.affiliates,
        "sites": people.works_in(person, found),
        "contacts": entry_contacts(person, found),
        "version": people.places_said(person, found).version,
    }


@router.put("/organisations/{organisation_id}/operates", response={200: Operates, **REFUSALS})
def work_in(request: Call, organisation_id: uuid.UUID, said: NewSites) -> Any:
    """Say all places where an organisation that one acts for works besides its seat."""
    found = _organisation(request, organisation_id)
    people_actions.work_in(
        actor=request.person, organisation=found, names=said.places, version=said.version
    )
    return operates(request, organisation_id)


def _organisation(request: Call, organisation_id: uuid.UUID) -> Any:
    found = people.get(request.person, organisation_id)
    if found.is_person:
        raise NotHere
    return found
