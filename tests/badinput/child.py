"""One or several parts, in a process of its own with a ceiling on memory and time.

    python -m tests.badinput.child PARTS COUNT SEED REPORT

What blows up ends here with a fault in the report, not with the machine.
"""

from __future__ import annotations

import json
import logging
import os
import resource
import sys
import time
import warnings
from importlib import import_module
from pathlib import Path
from typing import Any

# Of a hundred requests, so many go to each part.
SHARES = {"pages": 34, "api": 34, "bodies": 30, "uploads": 2}
# Address space of a child; what it starts itself (a workbook's reader) sets its own.
MEMORY = 3_000_000_000


def main(parts: list[str], count: int, seed: int, report: str) -> int:
    """Run some parts against a database of their own and write down what was seen of each."""
    _stay_small()
    _set_up(parts)
    from django.test.utils import setup_databases, teardown_databases

    made = setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
    try:
        said = {}
        for part in parts:
            said[part] = _against(part, share_of(part, count), seed)
            Path(report).write_text(json.dumps(said))
    finally:
        teardown_databases(made, verbosity=0)
    return 0


def share_of(part: str, count: int) -> int:
    """How many of all requests go to a part."""
    return max(1, count * SHARES[part] // 100)


def _stay_small() -> None:
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, hard))


def _set_up(parts: list[str]) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "footbridge.config.settings_test"
    os.environ.pop("FOOTBRIDGE_TEST_HOME", None)
    if "FOOTBRIDGE_DATABASE_URL" in os.environ:
        name = os.environ.get("FOOTBRIDGE_TEST_DB", "test_footbridge")
        os.environ["FOOTBRIDGE_TEST_DB"] = f"{name}_bad_{parts[0]}"
    warnings.simplefilter("ignore")
    import django
    from django.test.utils import setup_test_environment

    from tests.quick import find_static_files_once

    django.setup()
    logging.disable(logging.CRITICAL)
    setup_test_environment()
    find_static_files_once()


def _against(part: str, count: int, seed: int) -> dict[str, Any]:
    from tests.badinput.stage import Stage
    from tests.badinput.tally import Tally

    tally = Tally()
    began, busy = time.monotonic(), time.process_time()
    import_module(f"tests.badinput.{part}").run(Stage(seed), tally, count, seed)
    tally.checked("seconds", round(time.monotonic() - began))
    tally.checked("processor seconds", round(time.process_time() - busy))
    tally.checked("largest memory (MB)", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000)
    return tally.as_dict()


if __name__ == "__main__":
    chosen, count, seed, report = sys.argv[1:5]
    raise SystemExit(main(chosen.split(","), int(count), int(seed), report))
