from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ExchangeConfig(AppConfig):
    name = "footbridge.exchange"

    def ready(self) -> None:
        post_migrate.connect(_load_vocabulary, sender=self)


def _load_vocabulary(using: str = "default", **_options: Any) -> None:
    """The shipped skills and causes are part of the schema: each migration brings them up to date."""
    from footbridge.exchange.actions import load_shipped_vocabulary

    load_shipped_vocabulary(using)
