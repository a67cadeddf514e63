"""The demo network: an invented harbour city and a second chapter abroad.

What is in it lies in `content` as plain tables. Loading it means acting it out: whoever says
something there says it here, on their day, through the same actions as anyone else.
"""

from footbridge.demo.loading import Loaded, load
from footbridge.demo.removing import wipe

__all__ = ["Loaded", "load", "wipe"]
