"""Opening and closing needs and offers, and keeping the vocabulary."""

from __future__ import annotations


def load_shipped_vocabulary(using: str = "default") -> None:
    """Bring the shipped skills and causes up to date."""
