"""Leaks planted on purpose: each must turn the detector red, or the detector is blind to its kind.

A leak that was ever found in the product joins the list.
"""

from tests.twin.leaks import answered, behind, carried, counted, gathered
from tests.twin.leaks.planting import LEAKS, Leak

__all__ = ["LEAKS", "Leak", "answered", "behind", "carried", "counted", "gathered"]
