"""Small groups that last: around a cause, of people who build together, for an assignment.

>>> from footbridge.engine import circles
>>> people = circles.People.of([{1}] * 8, sector=[0, 0, 1, 1, 2, 2, 3, 3])
>>> [circle.sectors for circle in circles.form(people, size=4).circles]
[(0, 1, 2, 3), (0, 1, 2, 3)]
>>> circles.team([1, 2], [{1}, {2}, {1, 2}]).members
(2,)
"""

from footbridge.engine.circles.assign import LARGEST, SMALLEST
from footbridge.engine.circles.building import BuilderCircle, builders
from footbridge.engine.circles.forming import Circle, Circles, LeftOver, Why, form
from footbridge.engine.circles.mixing import mixed
from footbridge.engine.circles.people import People
from footbridge.engine.circles.reaching import Reach, Reached, reach
from footbridge.engine.circles.teams import Team, team

__all__ = [
    "LARGEST",
    "SMALLEST",
    "BuilderCircle",
    "Circle",
    "Circles",
    "LeftOver",
    "People",
    "Reach",
    "Reached",
    "Team",
    "Why",
    "builders",
    "form",
    "mixed",
    "reach",
    "team",
]
