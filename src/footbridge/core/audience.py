"""Who is looking. Rooms ask it first, and nobody is implied."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Operator:
    """Whoever runs the installation, at its console: may read all that is not encrypted for
    someone, and is named as such in the journal."""


OPERATOR = Operator()
