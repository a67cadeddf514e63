"""Footbridge: a self-hosted home for networks that cross sectors."""

__version__ = "0.1.0"
