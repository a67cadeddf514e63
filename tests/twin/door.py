"""The hidden person's own walk, while others look on: every page, every form, one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.test import Client

from footbridge.core.access import Audience, declared
from footbridge.veil.models import StandingYes
from footbridge.web.routes import routes
from tests.twin import dictionary, hidden
from tests.twin.asking import Answer, ask
from tests.twin.network import CONFIDANTS, Stage
from tests.twin.script import ENDINGS, Observer, Script, Size
from tests.twin.still import act
from tests.twin.surface import Form, Gaps

OWN = Observer("hidden")
# What lets the one whom it names learn of them.
TURNING_TO = ("/glad/<", "/card/")
EVERY = 3


def own_routes() -> set[str]:
    """The routes for people under the radar alone."""
    audience = getattr(Audience, "HIDDEN", None)
    return {route for route, view in routes() if audience and declared(view) is audience}


class _Own(Script):
    """The same script in the hands of the hidden person."""

    moment: datetime | None = None

    def _sign_in(self) -> None:
        self.client = hidden.browser(self.stage.profile)

    def _come_in(self) -> None:
        with act(self.stage.seed, "hidden:in", self.number):
            self.client = hidden.browser(self.stage.profile)

    def _now(self) -> datetime:
        return self.moment or super()._now()

    def _send(self, form: Form, said: dict[str, Any], told: str) -> Iterator[Answer]:
        """Whom they turn to themself learns of them, and could not look on any longer: so it is
        never somebody who does."""
        turns_to = any(one in form.route for one in TURNING_TO)
        if not (turns_to and any(one in form.action for one in self._names_of_others())):
            yield from super()._send(form, said, told)

    def _names_of_others(self) -> list[str]:
        known = [self.stage.people[one].id for one in CONFIDANTS]
        others = StandingYes.objects.exclude(person__in=known).values_list("id", "person_id")
        looking = [one.id for name, one in self.stage.people.items() if name not in CONFIDANTS]
        return [str(one) for one in (*looking, *(one for pair in others for one in pair))]

    def steps(self) -> Iterator[Answer]:
        self._come_in()
        yield from self._walk()
        yield from self._use()
        yield from self._look_again()


@dataclass
class Walk:
    """Goes one step on after every few steps of whoever looks on, at the same moment; and signs
    in anew whenever somebody begins to insist on an address."""

    stage: Stage
    gaps: Gaps
    answers: list[Answer] = field(default_factory=list)
    _own: _Own | None = None
    _steps: Iterator[Answer] | None = None

    def between(self, number: int, moment: datetime, told: str) -> None:
        if told == "insisting, 0":
            with act(self.stage.seed, "hidden:signs in", number, moment=moment):
                sign_in_by_form(self.stage)
        if number % EVERY:
            return
        if self._own is None or self._steps is None:
            self._own = self._self()
            self._steps = self._own.steps()
        self._own.moment = moment
        answer = next(self._steps, None)
        if answer is not None:
            self.answers.append(answer)

    def whole(self) -> list[Answer]:
        """The whole way at once."""
        return list(self._self().steps())

    def _self(self) -> _Own:
        known = dictionary.of(self.stage.profile, ())
        mine = own_routes()
        return _Own(
            self.stage, OWN, known, self.gaps, Size(turns=1),
            wanted=lambda route: not route.startswith(ENDINGS) and route in (mine or {"/"}),
        )  # fmt: skip


def sign_in_by_form(stage: Stage) -> Answer:
    """Ask for a code with one's own address, as anybody does, from one's own network."""
    client = Client(raise_request_exception=False, REMOTE_ADDR="198.51.100.7")
    answer = ask(client, "POST", "/sign-in/", {"email": stage.profile.address})
    client.session.flush()
    return answer
