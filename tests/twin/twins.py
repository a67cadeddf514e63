"""Worlds paired, observed and compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any

from django.core import mail

from tests.twin import behind, dictionary, hidden, network, surface
from tests.twin.asking import Answer, logging_heard
from tests.twin.databases import World, Worlds
from tests.twin.hidden import REFERENCES, STORIES, Story
from tests.twin.network import Stage
from tests.twin.script import SHORT, Observer, Script, Size, Wanted, work
from tests.twin.still import START, act

# News is passed on, a seat is offered because of it, a letter about that is sent.
TURNS_OF_WORK = 3

Planted = Callable[[Stage], AbstractContextManager[object]]


@dataclass(frozen=True)
class Difference:
    """Something that differs between two worlds: where, and what."""

    where: str
    what: str
    one: str = ""
    other: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.what}\n    - {self.one[:300]}\n    + {self.other[:300]}"


@dataclass
class Seen:
    """All that an observer saw in one world, and all that lay behind it afterwards."""

    answers: list[Answer]
    tables: dict[str, list[str]]
    letters: list[str]
    files: dict[str, bytes]


@dataclass
class Family:
    """Worlds of one seed that begin alike: a base, and what each story made of it."""

    worlds: Worlds
    seed: str
    was_listed: bool
    at_boundary: bool = True
    stage: Stage = field(init=False)
    base: World = field(init=False)
    told: dict[str, World] = field(default_factory=dict)
    ids: tuple[str, ...] = ()
    # Mail that left, and lines of the log, while a story happened.
    left: dict[str, list[str]] = field(default_factory=dict)
    logged: dict[str, list[str]] = field(default_factory=dict)
    # What the reference is like before anybody looks.
    resting: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.base = self.worlds.empty()
        with self.worlds.opened(self.base):
            self.stage = network.build(
                self.seed, listed=self.was_listed, at_boundary=self.at_boundary
            )
        self.ids = self._ids_of_the_hidden()

    def _ids_of_the_hidden(self) -> tuple[str, ...]:
        """The same in every story of the family, since their draws are their own."""
        first = STORIES[self.was_listed][0]
        with self.worlds.opened(self.world_of(first)):
            found = list(hidden.ids_of_the_hidden())
        with self.worlds.opened(self.base):
            others = set(hidden.ids_of_the_hidden())
        former = (str(self.stage.listed.id),) if self.stage.listed else ()
        return (*former, *(one for one in found if one not in others))

    def world_of(self, story: Story) -> World:
        """The world after the story, before anybody looked on."""
        if story.name not in self.told:
            world = self.worlds.copy(self.base)
            with self.worlds.opened(world), logging_heard() as lines:
                mail.outbox = []
                tell(self.stage, story)
                self.left[story.name] = behind.letters_sent(self.stage)
            self.logged[story.name] = list(lines)
            self.told[story.name] = world
        return self.told[story.name]

    def close(self) -> None:
        """None of its worlds is needed any longer."""
        for world in (self.base, *self.told.values()):
            self.worlds.drop(world)

    @property
    def reference(self) -> Story:
        return REFERENCES[self.was_listed]

    @property
    def stories(self) -> tuple[Story, ...]:
        return STORIES[self.was_listed]


@dataclass
class Watch:
    """How somebody looks on."""

    observer: Observer
    size: Size = SHORT
    turn: int = 0
    wanted: Wanted = lambda _route: True
    # How many requests at most; None for as many as the script has.
    most: int | None = None


def observe(family: Family, story: Story, watch: Watch, planted: Planted | None = None) -> Seen:
    """Have an observer go through a fresh copy of a story's world."""
    stage = family.stage
    plant = planted(stage) if planted else nullcontext()
    with plant:
        world = _fresh(family, story, planted)
        with family.worlds.opened(world):
            mail.outbox = [] if planted is None else mail.outbox
            script = _script(family, story, watch)
            answers = script.run(watch.most)
            seen = Seen(
                answers,
                behind.tables(stage) | {"sealed": behind.sealed_letters(stage)},
                behind.letters_sent(stage),
                behind.files(),
            )
        family.worlds.drop(world)
    return seen


def _fresh(family: Family, story: Story, planted: Planted | None) -> World:
    """With a leak planted, the story is told anew: it may leak while it happens."""
    if planted is None:
        return family.worlds.copy(family.world_of(story))
    world = family.worlds.copy(family.base)
    with family.worlds.opened(world):
        mail.outbox = []
        tell(family.stage, story)
    return world


def tell(stage: Stage, story: Story) -> None:
    """Have a story happen, and the worker do what follows from it; and then what follows from
    that: nothing may be left for whoever acts next, for somebody unseen acts in one world alone."""
    hidden.tell(stage, story)
    for turn in range(TURNS_OF_WORK):
        with act(stage.seed, "worker:after the story", turn, moment=START):
            work()


def _script(family: Family, story: Story, watch: Watch) -> Script:
    stage = family.stage
    known = dictionary.of(stage.profile, family.ids)
    with act(family.seed, "links", 0):
        gaps = surface.gaps_of(stage, family.ids)
    script = Script(stage, watch.observer, known, gaps, watch.size, watch.turn, watch.wanted)
    if story.door:
        from tests.twin.door import Walk

        script.between = Walk(stage, gaps).between
    return script


# Comparing.


def differences(one: Seen, other: Seen) -> Iterator[Difference]:
    """Every byte that differs, and every cost."""
    for first, second in zip(one.answers, other.answers):
        yield from _between(first, second)
    if len(one.answers) != len(other.answers):
        yield Difference(
            "script", "took another way", str(len(one.answers)), str(len(other.answers))
        )
    yield from _rows(one.tables, other.tables)
    if one.letters != other.letters:
        yield Difference("mail", "differs", *_first(one.letters, other.letters))
    for name in sorted(set(one.files) | set(other.files)):
        if one.files.get(name) != other.files.get(name):
            yield Difference("files", name)


def _between(one: Answer, other: Answer) -> Iterator[Difference]:
    where = one.asked
    if one.asked != other.asked:
        yield Difference(where, "another question", one.asked, other.asked)
    if one.status != other.status:
        yield Difference(where, "status", str(one.status), str(other.status))
    if one.headers != other.headers:
        yield Difference(where, "headers", *_first(list(one.headers), list(other.headers)))
    if one.body != other.body:
        lines = one.text.splitlines(), other.text.splitlines()
        yield Difference(where, "body", *_first(*lines))
    if one.cost != other.cost:
        lines = one.cost.splitlines(), other.cost.splitlines()
        yield Difference(where, "cost", *_first(*lines))
    if one.logged != other.logged:
        yield Difference(where, "log", str(one.logged), str(other.logged))


def _rows(one: dict[str, list[str]], other: dict[str, list[str]]) -> Iterator[Difference]:
    for table in sorted(set(one) | set(other)):
        first, second = one.get(table, []), other.get(table, [])
        if first != second:
            yield Difference("rows", table, *_first(first, second))


def _first(one: list[object], other: list[object]) -> tuple[str, str]:
    """The first place at which two lists differ."""
    for first, second in zip(one, other):
        if first != second:
            return str(first), str(second)
    return (
        f"{len(one)}: {one[len(other)] if len(one) > len(other) else ''}",
        f"{len(other)}: {other[len(one)] if len(other) > len(one) else ''}",
    )
