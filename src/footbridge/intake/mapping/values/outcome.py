"""What came of reading one cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from footbridge.intake.reading.said import Said

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """A value, perhaps mended, or the reason why there is none; an empty cell is neither."""

    value: T | None = None
    repaired: Said | None = None
    refused: Said | None = None

    @property
    def is_empty(self) -> bool:
        """There was nothing in the cell."""
        return self.value is None and self.refused is None
