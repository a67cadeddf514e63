"""The detector is tested: every leak that is planted must turn it red."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tests.twin.leaks import LEAKS, Leak
from tests.twin.script import OBSERVERS, Size
from tests.twin.twins import Difference, Family, Watch, differences, observe

THOROUGH = Size(things=2, turns=4, searches=40, burst=6, one_in=1)


@dataclass(frozen=True)
class Caught:
    """A leak, and the first things by which it showed."""

    leak: Leak
    by: tuple[Difference, ...]
    requests: int


def planted(family: Family, leak: Leak) -> Caught:
    """Run the script over the part of the surface where a leak shows, with it planted in both
    worlds. What is not meant to show by its cost must show otherwise."""
    story = next(one for one in family.stories if one.name == leak.story)
    observer = next(one for one in OBSERVERS if one.name == leak.observer)
    size = replace(THOROUGH, turns=18) if observer.token else THOROUGH
    watch = Watch(observer, size, wanted=leak.is_where)
    one = observe(family, family.reference, watch, leak.plant)
    other = observe(family, story, watch, leak.plant)
    found = tuple(
        found for found in differences(one, other) if (found.what == "cost") == leak.only_costs
    )
    return Caught(leak, found[:3], len(one.answers) + len(other.answers))


def leaks_for(*, was_listed: bool) -> list[Leak]:
    """Those that show in worlds where somebody was listed before, or was not."""
    return [one for one in LEAKS if one.was_listed == was_listed]
