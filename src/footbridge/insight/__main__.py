"""Build the network of this moment for every process of this machine; the worker calls it."""

from __future__ import annotations

import os


def main() -> None:
    import django

    if hasattr(os, "nice"):
        os.nice(10)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "footbridge.config.settings")
    django.setup()

    from footbridge.insight.network import build_and_keep

    build_and_keep()


if __name__ == "__main__":
    main()
