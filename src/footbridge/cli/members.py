"""Members as they are named on a command line."""

from __future__ import annotations

from typing import Any

from footbridge.core.audience import OPERATOR
from footbridge.core.errors import DomainError
from footbridge.people import queries


def named(name_or_email: str) -> Any:
    """The member whom a name, an address or an id stands for, or a refusal that says so."""
    found = queries.find(OPERATOR, name_or_email)
    if found is None:
        raise DomainError(f"nobody here is called «{name_or_email}»")
    return found
