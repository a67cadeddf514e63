"""Reading single cells: each reader returns what it understood, how it mended it, or why not."""

from __future__ import annotations
