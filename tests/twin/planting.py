"""The detector is tested: every leak that is planted must turn it red."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tests.twin.leaks import LEAKS, Leak
from tests.twin.script import OBSERVERS, Size
from tests.twin.twins import Difference, Family, Watch, differences, observe

THOROUGH = Size(things=2, turns=4, searches=40, burst=6, one_in=1)
# Most leaks show in so many requests; the whole is asked where they do not.
FIRST = (10, 40)


@dataclass(frozen=True)
class Caught:
    """A leak, and the first things by which it showed."""

    leak: Leak
    by: tuple[Difference, ...]
    requests: int


def planted(family: Family, leak: Leak) -> Caught:
    """Run the script over the part of the surface where a leak shows, with it planted in both
    worlds: the first requests, and where it does not show in these, all of them. What is not
    meant to show by its cost must show otherwise."""
    requests = 0
    for most in (*FIRST, None):
        found, asked = _compared(family, leak, most)
        requests += asked
        if found:
            break
    return Caught(leak, found[:3], requests)


def _compared(family: Family, leak: Leak, most: int | None) -> tuple[tuple[Difference, ...], int]:
    """By what it showed, and after how many requests."""
    story = next(one for one in family.stories if one.name == leak.story)
    observer = next(one for one in OBSERVERS if one.name == leak.observer)
    size = replace(THOROUGH, turns=18) if observer.token else THOROUGH
    watch = Watch(observer, size, wanted=leak.is_where, most=most)
    one = observe(family, family.reference, watch, leak.plant)
    other = observe(family, story, watch, leak.plant)
    found = tuple(
        found for found in differences(one, other) if (found.what == "cost") == leak.only_costs
    )
    return found, len(one.answers) + len(other.answers)


def leaks_for(*, was_listed: bool) -> list[Leak]:
    """Those that show in worlds where somebody was listed before, or was not."""
    return [one for one in LEAKS if one.was_listed == was_listed]
