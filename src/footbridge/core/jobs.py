"""The kinds of work that the worker does, registered by the rooms that know how."""

from __future__ import annotations

import time
from collections.abc import Callable

Job = Callable[[], int]

_jobs: list[tuple[Job, float]] = []
_last_run: dict[Job, float] = {}


def every(seconds: float, job: Job) -> None:
    """Have the worker call a function about that often. It returns how much it did, claims what
    it works on, and may be called by several workers at once."""
    if all(known is not job for known, _ in _jobs):
        _jobs.append((job, seconds))


def due_jobs() -> list[Job]:
    """The jobs whose time has come, in the order they were registered."""
    now = time.monotonic()
    due = [job for job, seconds in _jobs if now - _last_run.get(job, -1e9) >= seconds]
    _last_run.update(dict.fromkeys(due, now))
    return due
