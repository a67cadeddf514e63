"""What the tests of introductions have in common: one story, told as far as needed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from footbridge.core import clock
from footbridge.introductions import actions, queries
from footbridge.introductions.models import Introduction
from footbridge.introductions.states import Outcome, State
from footbridge.mail.models import Message
from footbridge.network.models import Preference, Tie
from footbridge.network.states import Strength, Wish
from footbridge.people.models import Person
from tests.cast import Cast

NOTE = {
    "who_i_am": "I run the food bank at the harbour.",
    "why_you": "You know how to keep food cold at night.",
    "what_i_ask": "Two nights of cold storage a week.",
    "how_long": "20 minutes",
    "your_gain": "Fewer empty pallets, and a story to tell.",
}


def tie(teller: Person, other: Person) -> Tie:
    return Tie.objects.create(teller=teller, other=other, strength=Strength.KNOW)


def avoid(owner: Person, about: Person) -> Preference:
    return Preference.objects.create(owner=owner, about=about, wish=Wish.AVOID)


def drafted(cast: Cast, **people: Person) -> Introduction:
    three = {"seeker": cast.seeker, "connector": cast.connector, "target": cast.target} | people
    if not Tie.objects.filter(teller=three["connector"], other=three["seeker"]).exists():
        tie(three["connector"], three["seeker"])
    return actions.draft(
        actor=three["seeker"], target=three["target"], connector=three["connector"], **NOTE
    )


def asked(cast: Cast, **people: Person) -> Introduction:
    introduction = drafted(cast, **people)
    return actions.ask(actor=introduction.seeker, introduction=introduction)


def passed_on(cast: Cast, **people: Person) -> Introduction:
    introduction = asked(cast, **people)
    return actions.agree(actor=introduction.connector, introduction=introduction)


def introduced(cast: Cast, **people: Person) -> Introduction:
    introduction = passed_on(cast, **people)
    return actions.agree(actor=introduction.target, introduction=introduction)


def closed(cast: Cast) -> Introduction:
    introduction = introduced(cast)
    return actions.report(
        actor=cast.seeker, introduction=introduction, outcome=Outcome.MET, words="Good talk."
    )


def refused_by_connector(cast: Cast) -> Introduction:
    introduction = asked(cast)
    return actions.decline(actor=cast.connector, introduction=introduction)


def refused_by_target(cast: Cast) -> Introduction:
    introduction = passed_on(cast)
    return actions.decline(actor=cast.target, introduction=introduction)


def withdrawn(cast: Cast) -> Introduction:
    return actions.withdraw(actor=cast.seeker, introduction=passed_on(cast))


def run_out(cast: Cast) -> Introduction:
    introduction = passed_on(cast)
    with clock.held_at(clock.now() + timedelta(days=15)):
        actions.end_what_ran_out()
    introduction.refresh_from_db()
    return introduction


def pair(cast: Cast, **note: str) -> Introduction:
    """A host's pair: Rosa first, then Ivo, who is only on the list."""
    words = {"why_you": "Both of you feed people.", **note}
    return actions.introduce_pair(actor=cast.host, one=cast.seeker, other=cast.listed, **words)


def letters(kind: str = "") -> list[Message]:
    sent = Message.objects.filter(kind__startswith=f"introduction_{kind}")
    return list(sent.order_by("created_at", "to_name"))


def kinds() -> list[tuple[str, str]]:
    """Which letter went to whom, without the word that they share."""
    return sorted((m.kind.removeprefix("introduction_"), m.to_name) for m in letters())


def seen_by(viewer: Person, introduction: Introduction) -> queries.IntroductionCard:
    return queries.get_card(viewer, introduction.id)


STORIES: dict[str, tuple[Callable[[Cast], Introduction], State]] = {
    "draft": (drafted, State.DRAFT),
    "asked": (asked, State.ASKED_CONNECTOR),
    "passed on": (passed_on, State.ASKED_TARGET),
    "introduced": (introduced, State.INTRODUCED),
    "closed": (closed, State.CLOSED),
    "refused by the connector": (refused_by_connector, State.NOT_NOW),
    "refused by the one sought": (refused_by_target, State.NOT_NOW),
    "run out": (run_out, State.EXPIRED),
    "withdrawn": (withdrawn, State.WITHDRAWN),
}
