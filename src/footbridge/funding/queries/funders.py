"""Organisations that fund, and what they gave or were given, each with its source."""

from __future__ import annotations

from footbridge.funding.cards import FunderCard, GrantCard, funder_card, grant_card
from footbridge.funding.policy import funders_visible_to, grants_visible_to
from footbridge.people.models import Member
from footbridge.people.policy import Viewer

MOST_SHOWN = 20
MOST_FUNDERS = 200


def funders(viewer: Viewer, *, kind: str = "", country: str = "") -> list[FunderCard]:
    """The organisations here that fund others, by name."""
    rows = funders_visible_to(viewer).order_by("organisation__folded", "id")
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(organisation__place__country=country) if country else rows
    return [funder_card(one) for one in rows[:MOST_FUNDERS]]


def funder_of(viewer: Viewer, organisation: Member) -> FunderCard | None:
    """What an organisation funds, if it does."""
    found = funders_visible_to(viewer).filter(organisation=organisation.id).first()
    return funder_card(found) if found else None


def grants_given(viewer: Viewer, organisation: Member) -> list[GrantCard]:
    """What an organisation gave to whom, the latest first."""
    rows = grants_visible_to(viewer).filter(funder=organisation.id)
    return [grant_card(one) for one in rows.select_related("place", "cause")[:MOST_SHOWN]]


def grants_received(viewer: Viewer, organisation: Member) -> list[GrantCard]:
    """What an organisation was given by whom, the latest first."""
    rows = grants_visible_to(viewer).filter(recipient=organisation.id)
    return [grant_card(one) for one in rows.select_related("place", "cause")[:MOST_SHOWN]]
