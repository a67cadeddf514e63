"""The present network, held by each process and renewed when news comes.

A small one is built anew while the page waits, so that every answer knows what was said a moment
ago. A large one is built by the worker in a process of its own, and pages use the last one; what
the asking side said since is read from its own rows (`asker.py`), and whoever is shown is read
again.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
import uuid

from django.conf import settings
from django.db.models import Count, Max, Q

from footbridge.core import clock
from footbridge.insight import files, rows
from footbridge.insight.version import Network
from footbridge.insight.words import WordIndex
from footbridge.journal.models import Entry
from footbridge.journal.queries import revision
from footbridge.people.models import Member

# Up to here a network is built anew while the page waits.
SMALL = 1_500
# A large one is built again after so many times the time that it took: a fifth of one core.
RESTS_FOR = 4.0


def current() -> Network:
    """The network as of the last thing that happened; a large one may lag behind."""
    return _holder.current()


def news_of(network: Network, *people: uuid.UUID) -> tuple[int, int]:
    """How often some people did something, or something was done to them, since this version of a
    large network was built, and the last entry of it; (0, 0) for a small one, which holds all."""
    if network.size <= SMALL:
        return 0, 0
    since = Entry.objects.filter(id__gt=network.newest_entry)
    theirs = since.filter(Q(actor__in=people) | Q(subject__in=people)).order_by()
    found = theirs.aggregate(times=Count("id"), last=Max("id"))
    return found["times"], found["last"] or 0


def refresh() -> int:
    """Have the next version of a large network built. For the worker; any number may ask. What is
    left of a network that is no longer large goes."""
    if Member.objects.count() <= SMALL:
        return files.forget()
    if not _is_due():
        return 0
    return _build_apart()


def forget() -> None:
    """Drop what this process holds. For tests, where one process sees many databases."""
    _holder.forget()


def build() -> Network:
    """The network built from the rows."""
    newest = _revision()
    read = rows.read()
    return Network(newest, read, WordIndex.build(read))


def build_and_keep(*, wait: bool = False) -> int:
    """Build the network for every process of this machine, unless another one is at it."""
    with files.only_builder(wait=wait) as mine:
        if not mine or (_is_on_disk(_revision()) and wait):
            return 0
        began = time.perf_counter()
        network = build()
        files.keep(network, seconds=time.perf_counter() - began)
    return 1


class _Holder:
    """Holds the newest network of this process. Two pages never build the same one twice."""

    def __init__(self) -> None:
        self._held: Network | None = None
        self._version = ""
        self._building = threading.Lock()

    def current(self) -> Network:
        held = self._held
        if held is not None and held.size > SMALL:
            return self._newer_on_disk(held)
        newest = _revision()
        if held is not None and held.revision == newest:
            return held
        with self._building:
            if self._held is None or self._held.revision != newest:
                self._held = self._renewed(newest)
            return self._held

    def forget(self) -> None:
        self._held, self._version = None, ""

    def _newer_on_disk(self, held: Network) -> Network:
        """What the worker built since, if anything."""
        version = files.newest()
        if version and version != self._version and (opened := files.open_newest()):
            self._held, self._version = opened, version
            return opened
        return held

    def _renewed(self, newest: str) -> Network:
        if Member.objects.count() <= SMALL:
            return build()
        version, opened = files.newest(), files.open_newest()
        if opened is None:
            build_and_keep(wait=True)
            version, opened = files.newest(), files.open_newest()
        self._version = version
        return opened or build()


_holder = _Holder()


def _revision() -> str:
    """What happened last, and on which day: pauses and needs end by themselves."""
    return f"{revision()}@{clock.today():%Y-%m-%d}"


def _is_on_disk(newest: str) -> bool:
    kept = files.open_newest()
    return kept is not None and kept.revision == newest


def _is_due() -> bool:
    age, cost = files.age_and_cost()
    return age > RESTS_FOR * cost and not _is_on_disk(_revision())


def _build_apart() -> int:
    """Build in a process of its own, which gives way to all others: pages never wait for it."""
    settings_module = os.environ.get("DJANGO_SETTINGS_MODULE", settings.SETTINGS_MODULE)
    done = subprocess.run(
        [sys.executable, "-m", "footbridge.insight"],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": settings_module},
        check=True,
    )
    return int(done.returncode == 0)
