from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ExchangeConfig(AppConfig):
    name = "footbridge.exchange"

    def ready(self) -> None:
        from footbridge.core import jobs
        from footbridge.exchange import personal
        from footbridge.exchange.actions import remind_owners
        from footbridge.people import personal_data

        post_migrate.connect(_load_vocabulary, sender=self)
        personal_data.register("exchange", personal.export, personal.erase)
        jobs.every(3600, remind_owners)


def _load_vocabulary(using: str = "default", **_options: Any) -> None:
    """The shipped words are part of the schema: each migration brings them up to date."""
    from footbridge.exchange.actions import load_shipped_vocabulary

    load_shipped_vocabulary(using)
