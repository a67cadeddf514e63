"""Agreements: beginning and writing one, what each puts in, versions and their approvals."""

from __future__ import annotations

import uuid
from typing import Any

from ninja import Router, Status

from footbridge.agreements import actions, queries
from footbridge.api import agreement_schemas as shapes
from footbridge.api import schemas
from footbridge.api.auth import Call
from footbridge.partnerships import queries as partnerships

router = Router(tags=["agreements"])

REFUSALS = schemas.refusals(400, 403, 404, 409, 429)
Answer = {200: shapes.PartnershipAgreement, **REFUSALS}
SharesAnswer = {200: shapes.SharesSideBySide, **REFUSALS}
VersionAnswer = {200: shapes.AgreementVersion, **REFUSALS}
_ONE = "/partnerships/{partnership_id}/agreement"
_VERSION = f"{_ONE}/versions/{{version_number}}"


@router.post(_ONE, response={201: shapes.PartnershipAgreement, **REFUSALS})
def begin_agreement(request: Call, partnership_id: uuid.UUID, said: shapes.NewAgreement) -> Any:
    """Begin the agreement of a partnership; beginning it twice gives the same one."""
    partnership = partnerships.get(request.person, partnership_id)
    actions.begin(actor=request.person, partnership=partnership, **said.dict())
    return Status(201, queries.get_card(request.person, partnership_id))


@router.get(_ONE, response=Answer)
def agreement(request: Call, partnership_id: uuid.UUID) -> Any:
    """The agreement as it stands, for those who stand for a party."""
    return queries.get_card(request.person, partnership_id)


@router.put(f"{_ONE}/terms", response=Answer)
def agreement_terms(request: Call, partnership_id: uuid.UUID, said: shapes.AgreementTerms) -> Any:
    """Say what it is meant to be, and in which language it is set."""
    return _act(request, partnership_id, actions.set_terms, **said.dict())


@router.post(f"{_ONE}/grow", response=Answer)
def grow(request: Call, partnership_id: uuid.UUID) -> Any:
    """Make a full agreement of a pilot; all that was written stays."""
    return _act(request, partnership_id, actions.grow)


@router.put(f"{_ONE}/pilot", response=Answer)
def write_pilot(request: Call, partnership_id: uuid.UUID, said: shapes.WrittenPilot) -> Any:
    """Write the page of a pilot in one go."""
    return _act(request, partnership_id, actions.write_pilot, **said.dict())


@router.get(f"{_ONE}/clauses/{{clause_key}}", response={200: shapes.AgreementClause, **REFUSALS})
def clause(request: Call, partnership_id: uuid.UUID, clause_key: str) -> Any:
    """One clause, and how it read before."""
    return queries.clause(request.person, queries.get(request.person, partnership_id), clause_key)


@router.put(f"{_ONE}/clauses/{{clause_key}}", response={200: shapes.AgreementClause, **REFUSALS})
def write_clause(
    request: Call, partnership_id: uuid.UUID, clause_key: str, said: shapes.WrittenClause
) -> Any:
    """Write one clause, and say how far it is."""
    found = queries.get(request.person, partnership_id)
    actions.write_clause(actor=request.person, agreement=found, key=clause_key, **said.dict())
    return queries.clause(request.person, found, clause_key)


def _act(request: Call, partnership_id: uuid.UUID, act: Any, **said: Any) -> Any:
    person = request.person
    act(actor=person, agreement=queries.get(person, partnership_id), **said)
    return queries.get_card(person, partnership_id)


# What each puts in.


@router.get(f"{_ONE}/contributions", response=SharesAnswer)
def contributions(request: Call, partnership_id: uuid.UUID) -> Any:
    """Who puts in what, risks what and gets what, and what is worth a talk."""
    return queries.shares(request.person, queries.get(request.person, partnership_id))


@router.post(f"{_ONE}/contributions", response=SharesAnswer)
def add_contribution(request: Call, partnership_id: uuid.UUID, said: shapes.NewContribution) -> Any:
    """Enter what a party puts in."""
    return _share(request, partnership_id, actions.add_contribution, **said.dict())


@router.put(f"{_ONE}/contributions/{{contribution_id}}", response=SharesAnswer)
def edit_contribution(
    request: Call,
    partnership_id: uuid.UUID,
    contribution_id: uuid.UUID,
    said: shapes.ChangedContribution,
) -> Any:
    """Change what a party puts in."""
    row = _contribution(request, partnership_id, contribution_id)
    act = actions.edit_contribution
    return _share(request, partnership_id, act, contribution=row, **said.dict())


@router.delete(f"{_ONE}/contributions/{{contribution_id}}", response=SharesAnswer)
def remove_contribution(
    request: Call, partnership_id: uuid.UUID, contribution_id: uuid.UUID
) -> Any:
    """Take it out; versions that were made keep it."""
    row = _contribution(request, partnership_id, contribution_id)
    return _share(request, partnership_id, actions.remove_contribution, contribution=row)


@router.put(f"{_ONE}/capacity", response=SharesAnswer)
def say_capacity(request: Call, partnership_id: uuid.UUID, said: shapes.SaidCapacity) -> Any:
    """Say how many hours a month one's own party has for this."""
    return _share(request, partnership_id, actions.say_capacity, **said.dict())


@router.put(f"{_ONE}/rates", response=SharesAnswer)
def say_rate(request: Call, partnership_id: uuid.UUID, said: shapes.SaidRate) -> Any:
    """Say at what rate a currency is counted, since when and by whose word."""
    return _share(request, partnership_id, actions.say_rate, **said.dict())


def _contribution(request: Call, partnership_id: uuid.UUID, wanted: uuid.UUID) -> Any:
    found = queries.get(request.person, partnership_id)
    return queries.get_contribution(request.person, found, wanted)


def _share(request: Call, partnership_id: uuid.UUID, act: Any, **said: Any) -> Any:
    person = request.person
    found = queries.get(person, partnership_id)
    act(actor=person, agreement=found, **said)
    return queries.shares(person, found)


# Versions.


@router.post(f"{_ONE}/versions", response=Answer)
def freeze(request: Call, partnership_id: uuid.UUID, said: shapes.FrozenFrom) -> Any:
    """Make a version of what stands there; whoever signs for each party is asked."""
    return _act(request, partnership_id, actions.freeze, **said.dict())


@router.get(_VERSION, response=VersionAnswer)
def version(request: Call, partnership_id: uuid.UUID, version_number: str) -> Any:
    """One version, how it differs from the one before, and who approved it."""
    found = queries.get(request.person, partnership_id)
    return queries.version_card(request.person, found, version_number)


@router.get(f"{_VERSION}/text", response={200: shapes.AgreementText, **REFUSALS})
def version_text(request: Call, partnership_id: uuid.UUID, version_number: str) -> Any:
    """One version as plain text, in its own language."""
    found = queries.get(request.person, partnership_id)
    frozen = queries.get_version(request.person, found, version_number)
    return {"text": queries.as_text(queries.sheet_of(request.person, found, frozen))}


@router.post(f"{_VERSION}/approve", response=VersionAnswer)
def approve(request: Call, partnership_id: uuid.UUID, version_number: str) -> Any:
    """Say yes to a version for the parties that one signs for."""
    found = queries.get(request.person, partnership_id)
    frozen = queries.get_version(request.person, found, version_number)
    actions.approve(actor=request.person, version=frozen)
    return queries.version_card(request.person, found, version_number)
