"""Many pairs, one after another, and what came of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.twin import behind, planting
from tests.twin.databases import Worlds
from tests.twin.door import Walk, own_routes
from tests.twin.hidden import REFERENCES, Story
from tests.twin.script import OBSERVERS, Observer, Size
from tests.twin.still import real_time
from tests.twin.surface import gaps_of, route_of
from tests.twin.twins import Difference, Family, Seen, Watch, differences, observe

Say = Callable[[str], None]
# Each network is told in so many stories, so that twenty pairs make four networks.
AT_ONCE = 5


@dataclass
class Tally:
    """What was asked, and what came of it. Values that JSON knows, so that runs add up."""

    pairs: int = 0
    observations: int = 0
    requests: int = 0
    compared_bytes: int = 0
    seconds: float = 0.0
    seeds: list[str] = field(default_factory=list)
    stories: dict[str, int] = field(default_factory=dict)
    observers: dict[str, int] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    differing: list[str] = field(default_factory=list)
    leaks: dict[str, list[str]] = field(default_factory=dict)
    door: dict[str, int] = field(default_factory=dict)
    routes: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Two runs as one."""
        for name, theirs in asdict(other).items():
            mine = getattr(self, name)
            if isinstance(mine, list):
                setattr(self, name, [*mine, *(one for one in theirs if one not in mine)])
            elif name in ("leaks", "door"):
                mine.update(
                    {key: value for key, value in theirs.items() if value or key not in mine}
                )
            elif isinstance(mine, dict):
                for key, value in theirs.items():
                    mine[key] = mine.get(key, 0) + value
            else:
                setattr(self, name, mine + theirs)

    def as_json(self) -> str:
        return json.dumps(asdict(self))


@dataclass(frozen=True)
class Task:
    """How many pairs, seen by how many; and which share of them is this process's."""

    pairs: int
    seed: str = "twin"
    observers: int = 3
    size: Size = field(default_factory=Size)
    leaks: bool = True
    share: int = 0
    of: int = 1
    # Where each network's figures are kept, so that a run that was broken off goes on from there.
    kept: Path | None = None


def run(worlds: Worlds, task: Task, say: Say = print) -> Tally:
    """All pairs and planted leaks of this share; those whose figures are kept are not run anew."""
    tally = Tally()
    for number, count in _families(task):
        path = task.kept and task.kept / f"{number}-{count}.json"
        if path and path.exists():
            tally.add(read(path))
            continue
        figures = _one_family(worlds, number, count, task, say)
        if path:
            write(figures, path)
        tally.add(figures)
    return tally


def _one_family(worlds: Worlds, number: int, count: int, task: Task, say: Say) -> Tally:
    began, tally = real_time(), Tally()
    family = Family(worlds, f"{task.seed}-{number}", number % 2 == 1, number // 4 % 2 == 0)
    tally.seeds.append(family.seed)
    _compare(family, number, count, task, tally, say)
    if task.leaks and number < 2 * task.of:
        _plant(family, task, tally, say)
    family.close()
    tally.seconds = real_time() - began
    return tally


def _families(task: Task) -> Iterator[tuple[int, int]]:
    """Numbers of families in this share, each with how many pairs are asked of it. Two next to
    each other, one of either kind, belong to one share."""
    left, number = task.pairs, 0
    while left > 0 or (task.leaks and number < 2 * task.of):
        count = max(0, min(left, AT_ONCE))
        if number // 2 % task.of == task.share:
            yield number, count
        left -= count
        number += 1


def _compare(family: Family, number: int, count: int, task: Task, tally: Tally, say: Say) -> None:
    stories = _some(family.stories, number, count)
    tally.pairs += len(stories)
    for story in stories:
        tally.stories[story.name] = tally.stories.get(story.name, 0) + 1
        _note(tally, family, story, "behind the pages", _at_rest(family, story))
        if story.door:
            _walk_the_door(family, story, tally)
    for observer in _chosen(number, task.observers) if stories else ():
        watch = Watch(observer, task.size, turn=number)
        reference = observe(family, family.reference, watch)
        _count(tally, observer, reference)
        for story in stories:
            seen = observe(family, story, watch)
            _count(tally, observer, seen)
            found = list(differences(reference, seen))
            _note(tally, family, story, observer.name, found)
        say(f"{family.seed}: {observer.name}, {len(reference.answers)} requests each, "
            f"{len(stories)} pairs, {len(tally.differing)} differences so far")  # fmt: skip


def _some(stories: tuple[Story, ...], number: int, count: int) -> list[Story]:
    """So many stories of a family, others for the next one of its kind."""
    start = number // 2 * AT_ONCE
    return [stories[(start + n) % len(stories)] for n in range(count)]


def _chosen(number: int, count: int) -> list[Observer]:
    """Some observers, others for each family, so that all have their turn."""
    each = min(count, len(OBSERVERS))
    return [OBSERVERS[(number * count + n) % len(OBSERVERS)] for n in range(each)]


def _count(tally: Tally, observer: Observer, seen: Seen) -> None:
    tally.observations += 1
    tally.requests += len(seen.answers)
    tally.compared_bytes += sum(len(one.body) for one in seen.answers)
    tally.observers[observer.name] = tally.observers.get(observer.name, 0) + 1
    for answer in seen.answers:
        status = str(answer.status)
        tally.statuses[status] = tally.statuses.get(status, 0) + 1
        route = route_of(answer.asked.split()[1])
        if route not in tally.routes:
            tally.routes.append(route)


def _note(tally: Tally, family: Family, story: Story, who: str, found: list[Difference]) -> None:
    for one in found[:20]:
        tally.differing.append(f"[{family.seed}] {story.name}, {who}: {one}")


def _at_rest(family: Family, story: Story) -> list[Difference]:
    """What lies in the tables, files, logs and archives before anybody looks."""
    if "" not in family.resting:
        family.resting[""] = behind.at_rest(family, family.reference)
    reference = family.resting[""]
    return [
        Difference(name, "at rest", *_first_line(reference.get(name), found))
        for name, found in behind.at_rest(family, story).items()
        if found != reference.get(name)
    ] + [Difference("canary", one) for one in behind.canaries_of(family, story)]


def _first_line(one: object, other: object) -> tuple[str, str]:
    first, second = str(one), str(other)
    at = next((n for n, (a, b) in enumerate(zip(first, second)) if a != b), 0)
    return first[max(0, at - 60) : at + 200], second[max(0, at - 60) : at + 200]


def _walk_the_door(family: Family, story: Story, tally: Tally) -> None:
    """That the hidden person reaches each of their own routes."""
    world = family.worlds.copy(family.world_of(story))
    with family.worlds.opened(world):
        answers = Walk(family.stage, gaps_of(family.stage, family.ids)).whole()
    family.worlds.drop(world)
    for route in own_routes():
        tally.door.setdefault(route, 0)
    for answer in answers:
        route = route_of(answer.asked.split()[1])
        if route in tally.door and answer.status < 400:
            tally.door[route] += 1


def _plant(family: Family, task: Task, tally: Tally, say: Say) -> None:
    for number, leak in enumerate(planting.leaks_for(was_listed=family.was_listed)):
        if number % task.of != task.share:
            continue
        found = planting.planted(family, leak)
        tally.leaks[leak.name] = [f"{one.where}: {one.what}" for one in found.by]
        tally.requests += found.requests
        if not found.by:
            say(f"NOT CAUGHT: {leak.name}")
    say(f"{family.seed}: leaks caught so far {sum(map(bool, tally.leaks.values()))} "
        f"of {len(tally.leaks)}")  # fmt: skip


def references() -> list[str]:
    """With what each pair is compared."""
    return [one.name for one in REFERENCES.values()]


def write(tally: Tally, path: Path) -> None:
    """Whole or not at all: a run may be broken off at any moment."""
    unfinished = path.with_suffix(".part")
    unfinished.write_text(tally.as_json())
    unfinished.replace(path)


def read(path: Path) -> Tally:
    return Tally(**json.loads(path.read_text()))
