"""What planted leaks have in common: a patch of the product that looks behind the veil."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any
from unittest import mock

from django.utils.module_loading import import_string

from footbridge.veil import queries, store
from footbridge.veil.guard import Service, lifted
from footbridge.veil.models import Hidden
from footbridge.veil.profile import Profile
from tests.twin.network import PROFILES, Stage

Plant = Callable[[Stage], AbstractContextManager[object]]
Changed = Callable[..., Any]


@dataclass(frozen=True)
class Leak:
    """A leak by name, who could see it and where, and how it is planted."""

    name: str
    observer: str
    routes: tuple[str, ...]
    plant: Plant
    story: str = "hidden, idle"
    # Whether nothing but its cost shows; every other leak must show in what can be read.
    only_costs: bool = False

    def is_where(self, route: str) -> bool:
        """Whether it may show on a route; "$" ends one that is meant alone."""
        return any(
            route == one[:-1] if one.endswith("$") else route.startswith(one) for one in self.routes
        )

    @property
    def was_listed(self) -> bool:
        return "hidden instead of deleted" in self.story


LEAKS: list[Leak] = []


def leak(
    name: str,
    observer: str,
    *routes: str,
    story: str = "hidden, idle",
    only_costs: bool = False,
) -> Callable[[Plant], Plant]:
    """Put a leak on the list."""

    def register(plant: Plant) -> Plant:
        LEAKS.append(Leak(name, observer, routes, plant, story, only_costs))
        return plant

    return register


def profiles() -> list[Profile]:
    """Those under the radar in whom the worlds differ; others may be so in every world."""
    with lifted(Service.OPERATOR):
        everyone = [store.profile_in(row) for row in Hidden.objects.order_by("id")]
    told_of = {one.address for one in PROFILES}
    return [one for one in everyone if one.address in told_of]


def how_many() -> int:
    return len(profiles())


def is_hidden(address: str) -> bool:
    """Whether somebody under the radar has this address."""
    return queries.account_at(address) is not None


def words() -> str:
    """All that anybody under the radar says of themself."""
    return " ".join(
        " ".join([one.name, one.headline, one.about, *one.needs, *one.offers]) for one in profiles()
    ).lower()


@contextmanager
def changed(path: str, change: Changed) -> Iterator[None]:
    """A function of the product, with what it returns changed: `change(result, *args)`."""
    original = import_string(path)

    @wraps(original)
    def leaking(*args: Any, **named: Any) -> Any:
        return change(original(*args, **named), *args, **named)

    with mock.patch(path, leaking):
        yield


@contextmanager
def before(path: str, look: Changed) -> Iterator[None]:
    """A function of the product that looks behind the veil first: `look(*args)`."""
    original = import_string(path)

    @wraps(original)
    def leaking(*args: Any, **named: Any) -> Any:
        look(*args, **named)
        return original(*args, **named)

    with mock.patch(path, leaking):
        yield


@contextmanager
def every_answer(change: Callable[[Any, Any], None]) -> Iterator[None]:
    """Each answer that goes out: `change(request, response)`."""
    from footbridge.web.middleware import WhoIsLooking

    original = WhoIsLooking.__call__

    def leaking(self: Any, request: Any) -> Any:
        response = original(self, request)
        change(request, response)
        return response

    with mock.patch.object(WhoIsLooking, "__call__", leaking):
        yield


def append(response: Any, text: str) -> None:
    """More words at the end of a page."""
    if not getattr(response, "streaming", False):
        response.content = response.content + text.encode()


def together(*plants: AbstractContextManager[object]) -> AbstractContextManager[object]:
    stack = ExitStack()
    for plant in plants:
        stack.enter_context(plant)
    return stack
