"""What happens without anyone asking: news delivered, mail handed over, imports run, time passing.

All work is rows in the database. Each piece is claimed before it is done and marked when it is
done, so that any number of workers may run and a killed one loses nothing.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from django.db import close_old_connections

from footbridge.core.jobs import due_jobs

_log = logging.getLogger(__name__)

PAUSE_SECONDS = 1.0


def run_once() -> int:
    """Do all that is due now; returns how many pieces of work were done."""
    return sum(_attempt(job) for job in due_jobs())


def run_until(stopped: Callable[[], bool]) -> None:
    """Keep working; rest a little when there was nothing to do."""
    while not stopped():
        close_old_connections()
        if not run_once():
            time.sleep(PAUSE_SECONDS)


def start_beside() -> threading.Thread:
    """Work in a thread of the web process."""
    thread = threading.Thread(target=run_until, args=(lambda: False,), daemon=True, name="worker")
    thread.start()
    return thread


def _attempt(job: Callable[[], int]) -> int:
    try:
        return job()
    except Exception:  # one failing kind of work must not stop the others
        _log.exception("%s failed", getattr(job, "__qualname__", job))
        return 0
