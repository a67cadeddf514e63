"""What the tests of agreements have in common: the two sides agree on a pilot."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from footbridge.agreements import actions, queries
from footbridge.agreements.fields import Kind, fields_of
from footbridge.agreements.models import Agreement, Version
from footbridge.agreements.states import Form
from footbridge.mail.models import Message
from footbridge.partnerships.models import Partnership, Party
from footbridge.people.models import Person
from tests.cast import Cast
from tests.rooms.partnerships import story as partnerships

PILOT = {
    "people": "For the food bank: Rosa; in her absence Ada. For the cold chain: Lena; then Tariq.",
    "purpose": "Soup reaches the north side twice a week, still cold.",
    "interests": "The food bank wants nights without waste. The cold chain wants full vans.",
    "activities": "The cold chain carries forty boxes every Tuesday; the food bank fills them.",
    "begins": "2026-04-07",
    "ends": "2026-06-30",
    "stake": "At most 400 euros and thirty hours for each.",
    "money": "No money flows between us; each bears its own costs.",
    "review": "2026-06-02",
    "stop": "We stop if two deliveries in a row arrive warm.",
}


def begun(cast: Cast, **said: Any) -> Agreement:
    """Rosa begins the agreement of a partnership that both sides are in."""
    one = said.pop("partnership", None) or partnerships.both_in(cast)
    return actions.begin(actor=cast.seeker, partnership=one, **{"form": "pilot", **said})


def party(one: Agreement, position: int) -> Party:
    return partnerships.party(one.partnership, position)


def filled(cast: Cast, **said: Any) -> Agreement:
    """The page of the pilot is filled by Rosa, with a line for each side."""
    one = begun(cast, **said)
    return fill(cast.seeker, one)


def fill(actor: Person, one: Agreement) -> Agreement:
    """Whatever nothing starts without."""
    parties = one.partnership.parties.all()
    return actions.write_pilot(
        actor=actor,
        agreement=one,
        clauses=PILOT,
        puts_in={each.id: f"What {each.called} puts in" for each in parties},
        standing="non_binding",
    )


def frozen(cast: Cast, **said: Any) -> Version:
    return actions.freeze(actor=cast.seeker, agreement=filled(cast, **said))


def approved(cast: Cast, **said: Any) -> Version:
    """Both sides have said yes."""
    version = frozen(cast, **said)
    for person in (cast.seeker, cast.target):
        actions.approve(actor=person, version=version)
    return version


def agree_on(partnership: Partnership, *people: Person) -> Version:
    """Have a partnership of any parties agree on a pilot: these people sign for them."""
    one = actions.begin(actor=people[0], partnership=partnership, form="pilot")
    version = actions.freeze(actor=people[0], agreement=fill(people[0], one))
    for person in people:
        actions.approve(actor=person, version=version)
    return version


def full(cast: Cast, **said: Any) -> Agreement:
    """A full agreement in which everything is said."""
    one = actions.grow(actor=cast.seeker, agreement=filled(cast, **said))
    for field in fields_of(Form.FULL):
        if field.kind == Kind.WORDS and field.key not in PILOT:
            text = f"What we say about {field.key}."
            actions.write_clause(actor=cast.seeker, agreement=one, key=field.key, text=text)
    return fresh(one)


def contribution(one: Agreement, position: int, **said: Any) -> dict[str, Any]:
    """What a side puts in, unless a test says otherwise."""
    return {
        "agreement": one,
        "party": party(one, position).id,
        "resource": "time",
        "words": "A van and its driver",
        "hours_a_month": Decimal(12),
        "due_on": date(2026, 4, 7),
        "risk": "The van breaks down",
        "risk_weight": 2,
        "reward": "A name in the north side",
        "reward_weight": 1,
        **said,
    }


def on_stage(cast: Cast, one: Partnership) -> Partnership:
    """One contribution, the purpose, a version that nobody has approved, and a change since."""
    made = begun(cast, partnership=one)
    said = {"actor": cast.seeker, "agreement": made}
    actions.write_clause(**said, key="purpose", text="Soup for all")
    actions.set_terms(**said, standing="non_binding", language="en")
    actions.add_contribution(actor=cast.seeker, **contribution(made, 0))
    actions.freeze(**said)
    actions.write_clause(**said, key="stop", text="No soup")
    return partnerships.fresh(one)


def fresh(one: Agreement) -> Agreement:
    return Agreement.objects.select_related("partnership").get(id=one.id)


def link_of(reader: Person, kind: str = "agreement_to_approve") -> str:
    """The path of the link in the newest letter of a kind."""
    row = Message.objects.filter(to_person=reader.id, kind=kind).latest("created_at")
    return str(row.links[0]["url"]).split("//", 1)[1].partition("/")[2]


def token_of(reader: Person, kind: str = "agreement_to_approve") -> str:
    return link_of(reader, kind).removeprefix("approve/").strip("/")


def text_of(cast: Cast, one: Agreement, key: str) -> str:
    return queries.clause(cast.seeker, one, key).text
