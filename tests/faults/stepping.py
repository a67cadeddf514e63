"""Run on a home: take the pending steps, and die without warning at the statement of a number.

Prints how many statements there were, where it lives to.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

import django


def main(at: int) -> None:
    from django.db import connection

    from footbridge.core import migrating

    seen = 0

    def count(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal seen
        seen += 1
        if seen == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        migrating.migrate()
    print(seen)


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))
