"""`python -m tests.matrix`: write down anew what follows from the declarations."""

from __future__ import annotations

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "footbridge.config.settings_test"


def main() -> int:
    import django

    django.setup()
    from tests.matrix import permissions, tables

    tables.PAGES.write_text(tables.of_pages())
    tables.OPERATIONS.write_text(tables.of_operations())
    permissions.PAGE.write_text(permissions.as_page())
    print(f"{tables.cells():,} cells are written down.", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
