"""The script of an observer: look at everything, use everything, type all they know of the hidden
person everywhere, look at everything again. What is found decides what is asked next."""

from __future__ import annotations

import json
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice, zip_longest
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from footbridge.core import jobs
from footbridge.people import actions as people
from footbridge.people.models import Account, Person
from footbridge.veil import queries
from tests.twin import surface
from tests.twin.asking import Answer, ask
from tests.twin.dictionary import Dictionary
from tests.twin.network import Stage
from tests.twin.still import BETWEEN_ACTS, START, act
from tests.twin.surface import Form, Gaps

# After so many acts the worker does all of its work, not only what it does each second.
OFTEN = 40
TURNS_OF_CALLS = 4
BACKEND = "footbridge.people.signed_in.SignedIn"
# What ends an observer's stay comes last. A route that does so and is not named is an error.
ENDINGS = (
    "/you/data/erase/",
    "/sign-out/",
    "/you/hide/",
    "/under-the-radar/data/erase/",
    "/under-the-radar/come-out/",
)


@dataclass(frozen=True)
class Observer:
    """Somebody who looks on: signed in as one of the people, with a program, or as nobody."""

    name: str
    person: str = ""
    token: str = ""
    parts: tuple[Observer, ...] = ()
    # Another one under the radar, who knows nobody there.
    hidden: bool = False

    @property
    def signs_in(self) -> bool:
        return bool(self.person) or self.hidden


_ALONE = (
    Observer("anonymous"),
    Observer("co-worker", "co-worker"),
    Observer("employer's administrator", "employer"),
    Observer("same city and skill", "alike"),
    Observer("has the address in their contacts", "importer"),
    Observer("knew them", "tied"),
    Observer("host", "host"),
    Observer("deputy", "deputy"),
    Observer("of another chapter", "other chapter"),
    Observer("program", token="seeker"),
    Observer("under the radar, too", hidden=True),
)
OBSERVERS = (
    *_ALONE,
    Observer("three together", parts=(_ALONE[1], _ALONE[6], _ALONE[8])),
)


@dataclass(frozen=True)
class Size:
    """How much of everything is asked."""

    things: int = 1
    turns: int = 1
    searches: int = 4
    burst: int = 6
    # Of what is asked by other means, bare or again, one in so many; the turn says which.
    one_in: int = 3


SHORT = Size()
FULL = Size(things=2, turns=6, searches=40, burst=12, one_in=1)
Between = Callable[[int, datetime, str], None]
Wanted = Callable[[str], bool]


@dataclass
class Script:
    """One observer at work in one world."""

    stage: Stage
    observer: Observer
    known: Dictionary
    gaps: Gaps
    size: Size = SHORT
    turn: int = 0
    wanted: Wanted = lambda _route: True
    between: Between = lambda *_: None
    number: int = 0
    seen: Counter[str] = field(default_factory=Counter)
    forms: dict[tuple[str, ...], Form] = field(default_factory=dict)
    asked: set[tuple[str, ...]] = field(default_factory=set)
    searches: dict[str, set[str]] = field(default_factory=dict)
    client: Client = field(default_factory=Client)
    account: str = ""

    def run(self, most: int | None = None) -> list[Answer]:
        """Everything that came back, or the first so many answers."""
        return list(islice(self._together() if self.observer.parts else self.steps(), most))

    def _together(self) -> Iterator[Answer]:
        """Each in turn, in one world: what one does may show to another."""
        each = [
            Script(
                self.stage, one, self.known, self.gaps, self.size, self.turn, self.wanted
            ).steps()
            for one in self.observer.parts
        ]
        return (answer for row in zip_longest(*each) for answer in row if answer is not None)

    def steps(self) -> Iterator[Answer]:
        self._come_in()
        if self.observer.token:
            yield from self._calls()
            return
        yield from self._walk()
        yield from self._use()
        yield from self._search()
        yield from self._try_bare()
        yield from self._insist()
        yield from self._look_again()
        yield from self._end()

    # Coming in, and asking.

    def _come_in(self) -> None:
        self.client = Client(raise_request_exception=False)
        with act(self.stage.seed, f"{self.observer.name}:in", self.number):
            if self.observer.token:
                secret = self.stage.secrets[self.observer.token]
                self.client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
            elif self.observer.signs_in:
                self._sign_in()

    def _sign_in(self) -> None:
        account = self._own_account()
        self.account = str(account.id)
        self.client.force_login(account, backend=BACKEND)

    def _own_account(self) -> Account:
        if self.observer.hidden:
            return Account.objects.get(id=self.stage.things.hidden.id)
        person = Person.objects.get(id=self.stage.people[self.observer.person].id)
        return people.account_for(person)

    def _ask(
        self,
        method: str,
        path: str,
        said: Any = None,
        *,
        moment: datetime | None = None,
        **more: Any,
    ) -> Answer:
        self.number += 1
        at = moment or self._now()
        self.between(self.number, at, more.get("told", ""))
        with act(self.stage.seed, self.observer.name, self.number, moment=at):
            warm()
            answer = ask(self.client, method, path, said, **more)
        if method not in ("GET", "HEAD", "OPTIONS"):
            self._afterwards(answer)
        return answer

    def _now(self) -> datetime:
        return START + self.number * BETWEEN_ACTS

    def _afterwards(self, answer: Answer) -> None:
        """What the worker makes of it; and back in, if that was the way out."""
        with act(self.stage.seed, f"{self.observer.name}:worker", self.number):
            work() if self.number % OFTEN == 0 else work_at_once()
            if self.observer.token or self._is_themself():
                return
        if self.observer.signs_in and surface.route_of(answer.asked.split()[1]) not in ENDINGS:
            assert self._is_still_here(), (
                f"{answer.asked} ended the stay of an observer: name it in ENDINGS"
            )
            self._come_in()
        elif not self.observer.signs_in:
            self._come_in()

    def _is_still_here(self) -> bool:
        if self.observer.hidden:
            return queries.self_for(self._own_account()) is not None
        return Person.objects.filter(id=self.stage.people[self.observer.person].id).exists()

    def _is_themself(self) -> bool:
        """Nobody else has signed in in their place, nor are they out."""
        if settings.SESSION_COOKIE_NAME not in self.client.cookies:
            return not self.observer.signs_in
        account = self.client.session.get(SESSION_KEY, "")
        return bool(account) == self.observer.signs_in and account == self.account

    # Looking at everything.

    def _walk(self) -> Iterator[Answer]:
        """From page to page, breadth first; then whatever no link leads to."""
        queue = deque(["/", *self.gaps.handed])
        rest = deque(surface.pages())
        while queue or rest:
            path = queue.popleft() if queue else self._unseen(rest.popleft())
            if path and self._is_new(path):
                answer = self._ask("GET", path)
                queue.extend(self._found_on(answer, path))
                yield answer
                yield from self._by_other_means(path)

    def _unseen(self, route: str) -> str:
        path = self.gaps.fill(route)
        return "" if self.seen[surface.route_of(path)] else path

    def _is_new(self, path: str) -> bool:
        route = surface.route_of(path)
        if not self.wanted(route):
            return False
        for name in surface.query_in(path):
            self.searches.setdefault(urlsplit(path).path, set()).add(name)
        key = f"{route}?{','.join(sorted(surface.query_in(path)))}"
        self.seen[route] += 1
        self.seen[key] += 1
        is_again = self.asked.intersection({("GET", path)})
        self.asked.add(("GET", path))
        return not is_again and self.seen[key] <= self.size.things

    def _found_on(self, answer: Answer, path: str) -> list[str]:
        """Links on a page, its forms kept for later."""
        if answer.leads_to.startswith("/"):
            return [answer.leads_to]
        if not answer.is_page:
            return []
        text = answer.text
        for form in surface.forms_in(text, path):
            self.forms.setdefault(form.key, form)
        return surface.links_in(text)

    def _by_other_means(self, path: str) -> Iterator[Answer]:
        """The same address as a fragment, by other methods, and with the hidden person in it;
        each in its turn, so that over the observers each address is asked by each."""
        route = surface.route_of(path)
        if self.size.one_in > 1 and (self.seen[route] + len(route) + self.turn) % 2:
            return
        for way in self._in_turn(("HX", "HEAD", "OPTIONS"), len(route)):
            if way == "HX":
                yield self._ask("GET", path, headers={"HX-Request": "true"}, told="as a fragment")
            else:
                yield self._ask(way, path)
        if "<" in route and "token" not in route:
            for hidden in self._in_turn(tuple(range(self.size.one_in)), len(route)):
                other = self.gaps.fill(route, hidden=self.turn + hidden)
                if other != path:
                    yield self._ask("GET", other, told="of the hidden person")

    def _in_turn(self, all_of_them: tuple[Any, ...], place: int) -> tuple[Any, ...]:
        """All of them in a full run, else one; each has its turn."""
        if self.size.one_in == 1:
            return all_of_them
        return (all_of_them[(place + self.turn) % len(all_of_them)],)

    def _is_due(self, place: int) -> bool:
        return (place + self.turn) % self.size.one_in == 0

    # Using everything.

    def _use(self) -> Iterator[Answer]:
        """Each form as it stands, then with everything about the hidden person; forms that come
        up meanwhile, too."""
        done: set[tuple[str, ...]] = set()
        while waiting := [form for key, form in self.forms.items() if key not in done]:
            for form in waiting:
                done.add(form.key)
                if self.wanted(form.route) and not form.route.startswith(ENDINGS):
                    yield from self._fill_in(form)

    def _fill_in(self, form: Form) -> Iterator[Answer]:
        if form.method == "GET":
            names = {one.name for one in form.controls if one.kind in ("text", "search")}
            self.searches.setdefault(urlsplit(form.action).path, set()).update(names)
            return
        if self.size.one_in == 1 or self._is_due(len(form.key) + len(form.route)):
            yield from self._send(form, surface.usual(form), "as it stands")
        for turn in range(self.size.turns):
            number = self.turn * self.size.turns + turn
            said = surface.about_the_hidden(form, self.known, number)
            yield from self._send(form, said, f"about the hidden person, {turn}")
            if self.size.turns == 1 and form.identifies and number % 2:
                said = surface.about_the_hidden(form, self.known, number - 1)
                yield from self._send(form, said, "by name and address alone")

    def _send(self, form: Form, said: dict[str, Any], told: str) -> Iterator[Answer]:
        """Send it, and look where it leads."""
        for control in form.controls:
            if control.kind == "file":
                text = self.known.as_list.encode()
                said = said | {control.name: SimpleUploadedFile("list.csv", text, "text/csv")}
        answer = self._ask("POST", form.action, said, told=told)
        yield answer
        path = answer.leads_to if answer.leads_to.startswith("/") else ""
        self._found_on(answer, form.action)
        if path and (self.size.one_in == 1 or ("after", path) not in self.asked):
            self.asked.add(("after", path))
            then = self._ask("GET", path, told=f"after {form.action}")
            self._found_on(then, path)
            yield then

    def _search(self) -> Iterator[Answer]:
        """Every question that a page takes, about the hidden person."""
        for path, names in sorted(self.searches.items()):
            if not self.wanted(surface.route_of(path)):
                continue
            for name in sorted(names):
                for text in self._some(self.known.everything):
                    yield self._ask("GET", f"{path}?{urlencode({name: text})}")

    def _some(self, values: tuple[str, ...]) -> list[str]:
        start = self.turn * self.size.searches
        count = min(self.size.searches, len(values))
        return [values[(start + n) % len(values)] for n in range(count)]

    def _try_bare(self) -> Iterator[Answer]:
        """Every route with every name that the code asks for, whether a page shows a form or
        not; and the methods that no page uses."""
        names = surface.asked_for()
        for number, route in enumerate(surface.pages()):
            if not self.wanted(route) or route.startswith(ENDINGS) or not self._is_due(number):
                continue
            hidden = None if (number + self.turn) % 2 else self.turn
            path = self.gaps.fill(route, hidden=hidden)
            for text in self._in_turn(self._one_of_each(), number):
                said = dict.fromkeys(names, text)
                if "<" not in route:
                    yield self._ask("GET", f"{path}?{urlencode(said)}", told="with every name")
            yield self._ask("POST", path, said, told="with every name")

    def _one_of_each(self) -> tuple[str, ...]:
        known = self.known
        return (known.names[0], known.addresses[0], known.words[0], *known.ids[:1])

    def _insist(self) -> Iterator[Answer]:
        """Whatever asks for an address is asked for the same one many times within a moment."""
        asking = [one for one in self.forms.values() if one.identifies and one.method == "POST"]
        for place, form in enumerate(asking):
            if not self.wanted(form.route) or form.route.startswith(ENDINGS):
                continue
            if place and not self._is_due(place):
                continue
            said = surface.usual(form) | {
                one.name: self.known.addresses[0]
                for one in form.controls
                if one.kind == "email" or "email" in one.name
            }
            moment = START + (self.number + 1) * BETWEEN_ACTS
            for again in range(self.size.burst):
                yield self._ask(
                    "POST", form.action, said, told=f"insisting, {again}", moment=moment
                )

    def _look_again(self) -> Iterator[Answer]:
        """Everything that was seen, after all that was done."""
        for number, route in enumerate(surface.pages()):
            if "<" in route or not self.wanted(route) or route.startswith(ENDINGS):
                continue
            if self._is_due(number):
                yield self._ask("GET", route, told="again")

    def _end(self) -> Iterator[Answer]:
        for form in list(self.forms.values()):
            if form.method == "POST" and form.route.startswith(ENDINGS) and self.wanted(form.route):
                said = surface.about_the_hidden(form, self.known, self.turn)
                yield self._ask("POST", form.action, said, told="the end")

    # As a program.

    def _calls(self) -> Iterator[Answer]:
        """Every operation: with something that is there, then about the hidden person."""
        for turn in range(max(TURNS_OF_CALLS, self.size.turns)):
            for method, route, operation in surface.calls():
                if self.wanted(route):
                    yield self._call(method, route, operation, self.turn * 2 + turn)

    def _call(self, method: str, route: str, operation: dict[str, Any], turn: int) -> Answer:
        path = self.gaps.fill(route, hidden=turn // 2 if turn % 2 else None)
        query = surface.query_of(operation, self.known, turn)
        body = surface.body_for(operation, self.known, self.gaps, turn)
        path += f"?{urlencode(query)}" if query else ""
        said = None if body is None else json.dumps(body)
        return self._ask(method, path, said, json=True)


def warm() -> None:
    """Whoever looks first after news waits until the network is built anew; that it was somebody
    under the radar who looked first is what no comparison of two answers can leave out. So it is
    built before each question, as the worker does in a large network."""
    from footbridge.insight import network

    network.current()


def work_at_once() -> int:
    """What the worker does within a second or two."""
    return sum(job() for job, seconds in jobs._jobs if seconds <= 1)


def work() -> int:
    """All that the worker has to do at this moment."""
    return sum(job() for job, _seconds in jobs._jobs)
