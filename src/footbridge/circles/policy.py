"""Who is shown which circle, who may do what in it, and the limits that hold for all.

Closed means closed: a circle is shown to those in it, and, as far as they need it to answer, to
those who are asked. Hosts of its chapter know that it exists and how many are in it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from footbridge.circles.models import Answer, Call, Circle, Membership
from footbridge.circles.states import FEWEST, MOST, Belonging
from footbridge.core import clock
from footbridge.core.audience import Operator
from footbridge.network.queries import kept_apart_from
from footbridge.people.models import Affiliation, Chapter, Person
from footbridge.people.policy import Viewer, current, homes_of, may_host

ASKED_PURPOSE, CALL_PURPOSE = "circle", "circle-call"

# Who is asked can answer for so long; until then a no looks like waiting.
ANSWERED_WITHIN = timedelta(days=14)
# Nobody is asked into the same circle again sooner than that, whatever they said.
RESTS_FOR = timedelta(days=90)
# A circle that has not found enough people by then ends by itself.
FORMS_WITHIN = timedelta(days=60)
# Who was in a circle at its end can read it for so long; then it is deleted.
READABLE_FOR = timedelta(days=180)
# A call and its answers go so long after its day.
CALLS_KEPT_FOR = timedelta(days=90)
CALL_PERIOD, MOST_CALLS = timedelta(days=30), 2
LONGEST_CALL = timedelta(days=60)


# Who sees what.


def visible_to(viewer: Viewer) -> QuerySet[Circle]:
    """A circle is shown to those in it; one that ended, to those who were in it then."""
    circles = Circle.objects.select_related("chapter", "cause", "formed_by")
    if isinstance(viewer, Operator):
        return circles
    return circles.filter(Exists(_memberships_of(viewer).filter(belonging=Belonging.IN)))


def _memberships_of(person: Person) -> QuerySet[Membership]:
    return Membership.objects.filter(circle=OuterRef("pk"), person=person)


def asked_into(viewer: Viewer) -> QuerySet[Membership]:
    """What someone is asked to join and can still answer."""
    if isinstance(viewer, Operator):
        return Membership.objects.none()
    return waiting().filter(person=viewer, belonging=Belonging.INVITED, circle__ended_at=None)


def waiting() -> QuerySet[Membership]:
    """Those who were asked not long ago and are not in. Who said no is among them until the date
    for answers, so that it tells nothing."""
    rows = Membership.objects.select_related("circle__chapter", "circle__cause", "asked_by")
    return rows.filter(
        belonging__in=(Belonging.INVITED, Belonging.DECLINED),
        asked_at__gt=clock.now() - ANSWERED_WITHIN,
    )


def counted_for(host: Viewer) -> QuerySet[Circle]:
    """The circles of someone's chapters that go on, as hosts may know them: by name, cause and
    count."""
    circles = Circle.objects.select_related("chapter", "cause").filter(ended_at=None)
    return circles if isinstance(host, Operator) else circles.filter(chapter__in=homes_of(host))


def calls_visible_to(viewer: Viewer) -> QuerySet[Call]:
    """A call is shown to those in its circle."""
    calls = Call.objects.select_related("circle__chapter", "asker")
    return calls.filter(circle__in=visible_to(viewer).values("id"))


def answers_visible_to(viewer: Viewer) -> QuerySet[Answer]:
    """Answers go to whoever asked; one's own, to oneself."""
    answers = Answer.objects.select_related("person", "call")
    if isinstance(viewer, Operator):
        return answers
    return answers.filter(Q(call__asker=viewer) | Q(person=viewer))


# Who may do what.


def is_in(actor: Viewer, circle_id: uuid.UUID | None) -> bool:
    """Whether someone is in a circle; the operator looks after all."""
    if isinstance(actor, Operator):
        return True
    rows = Membership.objects.filter(circle=circle_id, person=actor, belonging=Belonging.IN)
    return rows.exists()


def may_form(actor: Viewer, chapter: Chapter) -> bool:
    """Members form circles at home, hosts in the chapters that they look after."""
    if isinstance(actor, Operator) or may_host(actor, chapter):
        return True
    return actor.has_joined and actor.chapter_id == chapter.id


def may_ask(actor: Viewer, circle: Circle) -> bool:
    """Those in it ask others; so does who formed it, until it stands."""
    if circle.is_over:
        return False
    return is_in(actor, circle.id) or (_formed(actor, circle) and not circle.stands)


def _formed(actor: Viewer, circle: Circle) -> bool:
    return isinstance(actor, Person) and circle.formed_by_id == actor.id


def may_end(actor: Viewer, circle: Circle) -> bool:
    """Whoever formed it and is in it; where they are not, any of its members. Who formed one that
    does not stand yet may call it off."""
    if isinstance(actor, Operator):
        return True
    if _formed(actor, circle):
        return not circle.stands or is_in(actor, circle.id)
    founder_is_in = inside(circle).filter(person=circle.formed_by_id).exists()
    return is_in(actor, circle.id) and not founder_is_in


def names_shown_to(host: Viewer, circle: Circle) -> bool:
    """A host knows by name who is in a circle that they formed, or are in."""
    return _formed(host, circle) or is_in(host, circle.id)


# Who can be together.


def may_be_asked(person: Person, chapter: Chapter) -> bool:
    """Members who do not pause; those of another chapter unless they wish to stay in theirs."""
    at_home = person.chapter_id == chapter.id
    return person.has_joined and not person.is_paused and (at_home or person.beyond_chapter)


def was_asked_lately(person: Person, circle: Circle) -> bool:
    """Whether someone was asked into this circle, or left it, not long ago."""
    rows = Membership.objects.filter(circle=circle, person=person)
    since = clock.now() - RESTS_FOR
    return rows.filter(Q(asked_at__gt=since) | Q(gone_at__gt=since)).exists()


def are_kept_apart(people: Iterable[Person]) -> bool:
    """Whether any of these asked never to be brought together with another of them. Whose wish it
    is remains a secret."""
    found = list(people)
    ids = {person.id for person in found}
    return any(kept_apart_from(person) & ids for person in found)


def colleagues(people: Iterable[Person]) -> list[Affiliation]:
    """What two of these who work for the same organisation today are there; nothing where no two
    do."""
    rows = Affiliation.objects.filter(current(), person__in=[person.id for person in people])
    first: dict[uuid.UUID, Affiliation] = {}
    for row in rows.select_related("person", "organisation").order_by("person__folded", "id"):
        other = first.setdefault(row.organisation_id, row)
        if other.person_id != row.person_id:
            return [other, row]
    return []


# How many, and until when.


def inside(circle: Circle) -> QuerySet[Membership]:
    """Those in a circle, in the order in which they joined."""
    rows = Membership.objects.filter(circle=circle, belonging=Belonging.IN)
    return rows.select_related("person__chapter", "asked_by").order_by("joined_at", "id")


def places_left(circle: Circle) -> int:
    """How many more can be asked: a circle has at most eight, with those who are asked."""
    asked = waiting().filter(circle=circle).count()
    return max(0, MOST - inside(circle).count() - asked)


def enough(circle: Circle) -> bool:
    """Whether as many are in it as a circle needs to stand."""
    return inside(circle).count() >= FEWEST[circle.kind]


def answer_until(membership: Membership) -> datetime:
    """Until when somebody can answer that they are asked."""
    return membership.asked_at + ANSWERED_WITHIN


def readable_until(circle: Circle) -> datetime | None:
    """Until when a circle that ended can be read."""
    return circle.ended_at + READABLE_FOR if circle.ended_at else None


def next_call_by(actor: Person, circle: Circle) -> datetime | None:
    """When somebody may call on the circle again; None if now."""
    since = clock.now() - CALL_PERIOD
    mine = Call.objects.filter(circle=circle, asker=actor, made_at__gt=since)
    moments = list(mine.order_by("-made_at").values_list("made_at", flat=True)[:MOST_CALLS])
    return moments[-1] + CALL_PERIOD if len(moments) == MOST_CALLS else None
