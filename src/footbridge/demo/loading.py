"""Acting the whole story out, day by day, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import override

from footbridge.core import clock, ids
from footbridge.core.errors import Conflict
from footbridge.demo.afterwards import afterwards
from footbridge.demo.agreeing import agreeing
from footbridge.demo.assigning import assigning
from footbridge.demo.calls import calls
from footbridge.demo.circles import circles
from footbridge.demo.funding import funding
from footbridge.demo.giving import giving
from footbridge.demo.hidden import standing_yeses, under_the_radar
from footbridge.demo.lived_work import lived_work
from footbridge.demo.meetings import meetings
from footbridge.demo.newcomers import newcomers, own_wishes
from footbridge.demo.partnering import partnering
from footbridge.demo.passages import passages
from footbridge.demo.preparing import preparing
from footbridge.demo.removing import wipe
from footbridge.demo.sessions import sessions
from footbridge.demo.showing import showing
from footbridge.demo.stage import Event, Stage
from footbridge.demo.talks import talks
from footbridge.demo.voices import causes, postings, ties
from footbridge.journal import actions as journal
from footbridge.mail import actions as mail
from footbridge.mail import queries as letters
from footbridge.mail.states import MessageState
from footbridge.people import demo

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Loaded:
    """What was put on stage."""

    chapters: int
    organisations: int
    people: int
    introductions: int
    sessions: int


def load(progress: Progress = lambda _done, _total: None, *, again: bool = False) -> Loaded:
    """Load the demo network as of today. Refused where real people are, or where it is already
    and shall not be loaded again."""
    if demo.has_real_people():
        raise Conflict("there are real people here, and the demo is never mixed with them")
    if demo.has_demo() and not again:
        raise Conflict("the demo is loaded already: --again loads it afresh, --wipe removes it")
    with transaction.atomic(), override("en"):
        if again:
            wipe()
        return _act_out(Stage(), progress)


def _act_out(stage: Stage, progress: Progress) -> Loaded:
    events = sorted(_events(stage), key=lambda event: -event.days)
    for number, event in enumerate(events, 1):
        stage.play(event)
        if event.is_news:
            _spread_the_news(stage, event)
        progress(number, len(events))
    _spread_the_news(stage, Event(0, "last", clock.now))
    _pass_on_letters(stage)
    return Loaded(
        chapters=len(stage.chapters),
        organisations=len(stage.organisations),
        people=len(stage.people),
        introductions=len(stage.introductions),
        sessions=len(stage.sessions),
    )


def _events(stage: Stage) -> Iterator[Event]:
    yield from newcomers(stage)
    yield from causes(stage)
    yield from own_wishes(stage)
    yield from ties(stage)
    yield from postings(stage)
    yield from meetings(stage)
    yield from sessions(stage)
    yield from talks(stage)
    yield from afterwards(stage)
    yield from showing(stage)
    yield from circles(stage)
    yield from giving(stage)
    yield from assigning(stage)
    yield from partnering(stage)
    yield from agreeing(stage)
    yield from passages(stage)
    yield from calls(stage)
    yield from funding(stage)
    yield from lived_work(stage)
    yield from preparing(stage)
    yield from standing_yeses(stage)
    yield from under_the_radar(stage)


def _spread_the_news(stage: Stage, event: Event) -> None:
    """Letters are written when the thing happened of which they tell, not all of them today."""
    with clock.held_at(stage.at(event.days)), ids.repeatable(f"demo:news:{event.key}"):
        journal.deliver_due()


def _pass_on_letters(stage: Stage) -> None:
    """Nothing of this is ever mailed. Without a mail server the newest letters wait, as they
    would for a host who passes them on by hand."""
    waiting = letters.outbox().filter(state=MessageState.WAITING)
    if not settings.EMAIL_HOST:
        waiting = waiting.filter(created_at__lt=stage.at(3))
    for letter in waiting:
        with clock.held_at(letter.created_at):
            mail.mark_passed_on(letter.id)
