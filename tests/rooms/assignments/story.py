"""What the tests of assignments have in common: Rosa's food bank gives one, Lena leads it, Ada and
Ben are in the team."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from footbridge.assignments import actions
from footbridge.assignments.models import Assignment, Part
from footbridge.assignments.states import Role
from footbridge.calls.models import Answer, Call
from footbridge.calls.states import AnswerState, Kind, State
from footbridge.core import clock, ids
from footbridge.exchange import actions as exchange
from footbridge.exchange.models import Edition, Skill
from footbridge.mail.models import Message
from footbridge.people.models import Person
from tests.cast import Cast

TITLE = "Cold storage for the north side"
OUTCOME = "Soup reaches the north side twice a week, still cold"
SCOPE = "Find who has cold storage at night and what they need for it"
MARKS = {"outcome": 4, "promises": 5, "heard": 3, "again": 4}


def terms(**said: Any) -> dict[str, Any]:
    """What is agreed, unless a test says otherwise."""
    return {
        "kind": "partner",
        "title": TITLE,
        "scope": SCOPE,
        "outcome": OUTCOME,
        "begins": date(2026, 3, 3),
        "ends": date(2026, 5, 1),
        **said,
    }


def begun(cast: Cast, **said: Any) -> Assignment:
    """Rosa asks Lena to lead an assignment for the food bank."""
    said = {"actor": cast.seeker, "client": cast.food_bank, "lead": cast.target, **said}
    return actions.begin(**terms(**said))


def agreed(cast: Cast, **said: Any) -> Assignment:
    assignment = begun(cast, **said)
    actions.accept(actor=cast.target, assignment=assignment)
    return fresh(assignment)


def under_way(cast: Cast, *members: Person, **said: Any) -> Assignment:
    """The work goes on, with these people in the team as well."""
    assignment = agreed(cast, **said)
    for person in members:
        joins(cast, assignment, person)
    return actions.start(actor=cast.target, assignment=assignment)


def joins(cast: Cast, assignment: Assignment, person: Person, role: Role = Role.MEMBER) -> Part:
    """Lena asks somebody in, and they say yes."""
    actions.ask(actor=cast.target, assignment=assignment, person=person, role=role)
    return actions.accept(actor=person, assignment=assignment)


def delivered(cast: Cast, *members: Person, **said: Any) -> Assignment:
    assignment = under_way(cast, *members, **said)
    return actions.deliver(actor=cast.target, assignment=assignment)


def reviewed(cast: Cast, *members: Person, **said: Any) -> Assignment:
    """Both sides have looked back."""
    assignment = delivered(cast, *members, **said)
    for person in (cast.seeker, cast.target):
        reviews(person, assignment, keep=f"What {person.name} would keep", may_be_quoted=True)
    return fresh(assignment)


def reviews(person: Person, assignment: Assignment, **said: Any) -> Any:
    marks = said.pop("marks", MARKS)
    return actions.review(actor=person, assignment=assignment, marks=marks, **said)


def closed(cast: Cast, *members: Person, **said: Any) -> Assignment:
    assignment = reviewed(cast, *members, **said)
    return actions.close(actor=cast.seeker, assignment=assignment)


def hours(person: Person, assignment: Assignment, minutes: int = 90, **said: Any) -> Any:
    said.setdefault("month", clock.today())
    return actions.tell_hours(actor=person, assignment=assignment, minutes=minutes, **said)


def skill(key: str = "nets") -> Skill:
    """A skill that nobody's words are mistaken for."""
    exchange.load_shipped_vocabulary()
    known = Skill.objects.filter(key=f"own-{key}").first()
    if known:
        return known
    # What was worked out from the words of another test is of an edition that has passed.
    Edition.objects.update(code=ids.new_id())
    return Skill.objects.create(key=f"own-{key}", labels={"en": key})


def chosen_answer(cast: Cast, **said: Any) -> Answer:
    """Lena's answer to a call of the food bank was chosen."""
    call = Call.objects.create(
        kind=Kind.ASSIGNMENT,
        owner=cast.food_bank,
        steward=cast.seeker,
        chapter=cast.chapter,
        title=TITLE,
        outcome=OUTCOME,
        good_answer=SCOPE,
        state=State.CLOSED,
        opened_at=clock.now(),
    )
    author = {"member": cast.target, "by": cast.target, "text": "We have two cold rooms", **said}
    sent = clock.now() - timedelta(days=1)
    return Answer.objects.create(call=call, state=AnswerState.CHOSEN, sent_at=sent, **author)


def letters(to: Person | None = None) -> list[str]:
    """The kinds of letters about assignments, by name: the clock stands still."""
    rows = Message.objects.order_by("kind", "id")
    rows = rows.filter(to_person=to.id) if to else rows
    kinds = rows.values_list("kind", flat=True)
    return [kind for kind in kinds if kind.startswith(("part_", "assignment_"))]


def letter(kind: str, to: Person) -> Message:
    return Message.objects.filter(kind=kind, to_person=to.id).latest("created_at")


def fresh(assignment: Assignment) -> Assignment:
    return Assignment.objects.get(id=assignment.id)


def part(assignment: Assignment, person: Person) -> Part:
    return Part.objects.get(assignment=assignment, person=person)
