"""What the tests of calls have in common: Lena's firm looks for somebody, Rosa answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from footbridge.calls import actions
from footbridge.calls.models import Answer, Call
from footbridge.core import clock
from footbridge.mail.models import Message
from footbridge.people.models import Member, Person
from tests.cast import Cast


def local(*parts: int) -> datetime:
    """A moment as a clock on the wall shows it, and as it is typed into a form."""
    return datetime(*parts, tzinfo=UTC).replace(tzinfo=None)  # type: ignore[misc, arg-type]


TITLE = "Surplus food, picked up at night"
# A fortnight after every test begins.
DEADLINE = local(2026, 3, 16, 17)
ANSWER = "We pick up with two bicycles every night and bring it to three kitchens."
WHOLE: dict[str, Any] = {
    "outcome": "No pallet of good food is thrown away at our depot by autumn.",
    "good_answer": "What you would do in the first month, and what you need from us.",
    "decided_by": "The operations lead and the works council",
    "size_words": "Two evenings a week",
    "is_remote": True,
    "reward": "paid",
    "reward_words": "Per night",
    "amount_from": 500,
    "amount_to": 900,
    "currency": "EUR",
    "deadline": DEADLINE,
    "timezone": "UTC",
    "reply_days": 10,
}


def drafted(cast: Cast, **said: Any) -> Call:
    """A draft of Lena's firm, whole unless something else is said."""
    kind = said.pop("kind", "brief")
    owner, actor = said.pop("owner", cast.cold_chain), said.pop("actor", cast.target)
    title = said.pop("title", TITLE)
    call = actions.draft(actor=actor, owner=owner, kind=kind, title=title)
    return actions.shape(actor=actor, call=call, said={**WHOLE, **said})


def opened(cast: Cast, **said: Any) -> Call:
    """A call that takes answers."""
    actor = said.get("actor", cast.target)
    return actions.open_call(actor=actor, call=drafted(cast, **said))


def written(cast: Cast, call: Call, **said: Any) -> Answer:
    """What Rosa, or somebody else, wrote and did not send."""
    actor: Person = said.pop("actor", None) or cast.seeker
    member: Member = said.pop("member", None) or actor
    return actions.write(
        actor=actor, call=call, member=member, text=said.pop("text", ANSWER), **said
    )


def answered(cast: Cast, call: Call, **said: Any) -> Answer:
    """What Rosa, or somebody else, sent."""
    actor: Person = said.get("actor") or cast.seeker
    return actions.send(actor=actor, answer=written(cast, call, **said))


def many_answers(cast: Cast, call: Call, many: int) -> list[Answer]:
    """So many answers of so many people, written straight into the table."""
    first = Person.objects.filter(name__startswith="Guest").count()
    people = Person.objects.bulk_create(_guest(cast, first + n) for n in range(many))
    now = clock.now()
    due = now + timedelta(days=24)
    return Answer.objects.bulk_create(
        Answer(call=call, member=one, by=one, text=ANSWER, state="sent", sent_at=now, due_at=due)
        for one in people
    )


def _guest(cast: Cast, number: int) -> Person:
    name = f"Guest {number:04}"
    return Person(
        kind="person",
        name=name,
        folded=name.lower(),
        email=f"guest{number}@example.org",
        standing="joined",
        chapter=cast.chapter,
    )


def after_deadline(days: float = 0.01) -> datetime:
    """A moment so many days after the deadline."""
    return DEADLINE.replace(tzinfo=UTC) + timedelta(days=days)


def letters(kind: str = "call_") -> list[str]:
    """The kinds of letters about calls that were written, in order of their names."""
    return sorted(Message.objects.filter(kind__startswith=kind).values_list("kind", flat=True))


def letters_to(person: Person, kind: str = "call_") -> list[Message]:
    return list(Message.objects.filter(to_person=person.id, kind__startswith=kind).order_by("id"))
