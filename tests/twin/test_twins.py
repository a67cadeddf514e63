"""Nothing that anyone can see depends on somebody under the radar; and the detector sees leaks."""

from __future__ import annotations

import pytest

from tests.twin import hidden
from tests.twin.children import Order, run
from tests.twin.leaks import LEAKS
from tests.twin.run import Tally
from tests.twin.script import OBSERVERS

PAIRS, EACH = 20, 3


@pytest.fixture(scope="module")
def tally() -> Tally:
    """Twenty pairs, three observers each, every planted leak: the run that each change passes."""
    return run(Order(PAIRS, observers=EACH))


def test_both_worlds_are_equal_to_the_byte(tally: Tally) -> None:
    assert tally.differing == []
    assert tally.pairs == PAIRS
    assert tally.observations >= PAIRS * EACH
    assert set(tally.observers) == {one.name for one in OBSERVERS}


def test_every_route_and_operation_was_asked(tally: Tally) -> None:
    from tests.twin import surface

    named = {route for route, _view in surface.routes()}
    assert sorted(named - set(tally.routes) - set(surface.NEVER_ASKED)) == []


def test_every_planted_leak_turns_it_red(tally: Tally) -> None:
    missed = [name for name, by in tally.leaks.items() if not by]
    assert missed == []
    assert sorted(tally.leaks) == sorted(one.name for one in LEAKS)
    assert len(LEAKS) >= 80


def test_the_hidden_person_reaches_every_page_of_theirs(tally: Tally) -> None:
    unreached = [route for route, times in tally.door.items() if not times]
    assert sorted(set(unreached) - hidden.NOT_BY_WALKING) == []


def test_every_action_of_the_veil_stands_in_the_grammar() -> None:
    assert hidden.unnamed_actions() == set()
    actors = hidden.actions_of_hidden_people()
    assert actors - set(hidden.GRAMMAR) - hidden.WAYS_IN_AND_OUT == set()
    assert len(actors) > 8


def test_leaks_are_named_once() -> None:
    names = [one.name for one in LEAKS]
    assert len(set(names)) == len(names)
