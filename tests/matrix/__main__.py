"""`python -m tests.matrix`: write down anew what follows from the declarations, and what the server
answers today. With `--declared` only the former, which takes a moment; all of it takes minutes."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

os.environ["DJANGO_SETTINGS_MODULE"] = "footbridge.config.settings_test"


def main() -> int:
    import django

    django.setup()
    from tests.matrix import tables

    if "--declared" not in sys.argv:
        with _a_database():
            _write_what_is_answered()
    _write_what_is_declared()
    print(f"{tables.cells():,} cells are written down.", flush=True)
    return 0


def _write_what_is_declared() -> None:
    from tests.matrix import permissions, tables

    tables.PAGES.write_text(tables.of_pages())
    tables.OPERATIONS.write_text(tables.of_operations())
    permissions.PAGE.write_text(permissions.as_page())


def _write_what_is_answered() -> None:
    from tests.matrix import overposting, reading, seen
    from tests.matrix.acts import acts
    from tests.matrix.opened import opened

    logging.disable(logging.WARNING)
    with opened() as stage:
        found = seen.by_everyone(stage, say=lambda role: print(role, flush=True))
        for name, path in seen.PATHS.items():
            path.write_text(seen.as_csv(name, found))
    with opened() as stage:
        judged = overposting.judge(stage, acts(stage))
        overposting.WRITES_FILE.write_text(overposting.as_csv(judged))
    reading.PAGE.write_text(reading.as_page())


@contextmanager
def _a_database() -> Iterator[None]:
    from django.db import connection
    from django.test.utils import setup_test_environment, teardown_test_environment

    from tests.quick import find_static_files_once

    setup_test_environment()
    find_static_files_once()
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)
        teardown_test_environment()


if __name__ == "__main__":
    raise SystemExit(main())
