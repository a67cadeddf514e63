"""What the tests of funding have in common: lines and grants, all of them invented."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from footbridge.core.words import fold
from footbridge.exchange.models import Care, Cause
from footbridge.funding import actions
from footbridge.funding.models import Line
from footbridge.funding.said import GrantSaid, LineSaid
from footbridge.people.models import Chapter, Member, Person, Place
from tests.cast import Cast

IN_SUMMER = datetime(2026, 6, 30, 21, 59, tzinfo=UTC)
LAST_WEEK = date(2026, 2, 20)


def said(title: str = "Clean water for villages", **more: Any) -> LineSaid:
    """A grant for water in Colombia, of a foundation that there is not."""
    usual: dict[str, Any] = {
        "source": "The foundation's page",
        "funder": "Fundación Río Claro",
        "money": "grant",
        "places": ("CO",),
        "amount_from": Decimal(5000),
        "amount_to": Decimal(20000),
        "currency": "USD",
        "deadline": IN_SUMMER,
        "conditions": "For organisations younger than five years.",
        "url": "https://rio-claro.example/agua",
        "source_url": "https://rio-claro.example/",
        "checked_on": LAST_WEEK,
    }
    return LineSaid(title=title, **usual | more)


def line(cast: Cast, title: str = "Clean water for villages", **more: Any) -> Line:
    """The same, kept by Hana."""
    return actions.add_line(actor=cast.host, chapter=cast.chapter, said=said(title, **more))


def grant(recipient: str = "Casa del Agua", **more: Any) -> GrantSaid:
    """Something given to somebody, neither of whom there is."""
    usual: dict[str, Any] = {
        "funder": "Fundación Río Claro",
        "amount": Decimal("12000.50"),
        "currency": "USD",
        "awarded_on": date(2025, 3, 4),
        "source": "grants.csv",
        "source_row": 2,
        "title": "Wells and water tanks in villages",
        "identifier": f"360G-test-{fold(recipient).replace(' ', '-')}",
    }
    return GrantSaid(recipient=recipient, **usual | more)


def granted(cast: Cast, *grants: GrantSaid, chapter: Chapter | None = None) -> None:
    """These are on record, brought by Hana."""
    actions.take_in_grants(actor=cast.host, chapter=chapter or cast.chapter, grants=grants)


def bogota() -> Place:
    """A town in a country with few lines."""
    found, _new = Place.objects.get_or_create(
        key="test:Bogotá",
        defaults={
            "name": "Bogotá", "country": "CO", "latitude": 4.61, "longitude": -74.08,
            "timezone": "America/Bogota",
        },
    )  # fmt: skip
    return found


def entrepreneur(cast: Cast) -> Person:
    """Luz, who tries something out in Bogotá."""
    return cast.person("Luz Emprendedora", place=bogota(), stage="trying")


def works_for(member: Member, goal: int) -> Cause:
    """A member works for a goal."""
    cause = Cause.objects.get(number=goal)
    Care.objects.get_or_create(member_id=member.id, cause=cause)
    return cause
