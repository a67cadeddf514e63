"""What the tests of circles have in common: four people of different places around one cause."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from footbridge.circles import actions
from footbridge.circles.models import Call, Circle, Membership
from footbridge.core import clock
from footbridge.mail.models import Message
from footbridge.people.models import Person
from footbridge.people.states import Sector
from tests.cast import Cast

DAY = timedelta(days=1)


def peers(cast: Cast) -> list[Person]:
    """Rosa, Kofi and Lena, each from another place, and Mo from a fourth."""
    fourth = Person.objects.filter(name="Mo Fourth").first()
    if fourth is None:
        school = cast.organisation("Harbour School", Sector.ACADEMIC)
        fourth = cast.person("Mo Fourth", at=school)
    return [cast.seeker, cast.connector, cast.target, fourth]


def formed(cast: Cast, those: list[Person] | None = None, **said: Any) -> Circle:
    """Rosa forms a circle and asks the others into it."""
    everyone = those or peers(cast)
    said = {
        "actor": everyone[0],
        "chapter": cast.chapter,
        "name": "Cold food",
        "people": everyone[1:],
        **said,
    }
    return actions.form(**said)


def standing(cast: Cast, those: list[Person] | None = None, **said: Any) -> Circle:
    """The same, and everybody has said yes."""
    circle = formed(cast, those, **said)
    for row in circle.memberships.filter(joined_at=None).order_by("asked_at", "id"):
        actions.join(actor=row.person, circle=circle)
    return fresh(circle)


def of(cast: Cast, many: int) -> Circle:
    """A standing circle of so many."""
    people = peers(cast) + [cast.person(f"Guest {n}") for n in range(5, many + 1)]
    return standing(cast, people[:many])


def called(circle: Circle, asker: Person, **said: Any) -> Call:
    """A call for a room by the end of the week."""
    said = {"text": "Who has a room on Friday?", "until": clock.today() + 5 * DAY, **said}
    return actions.call(actor=asker, circle=circle, **said)


def fresh(circle: Circle) -> Circle:
    return Circle.objects.select_related("chapter", "cause").get(id=circle.id)


def belonging(circle: Circle, person: Person) -> str:
    return Membership.objects.get(circle=circle, person=person.id).belonging


def kinds(person: Person) -> list[str]:
    """The letters that someone got, by kind."""
    rows = Message.objects.filter(to_person=person.id)
    return sorted(rows.values_list("kind", flat=True))
