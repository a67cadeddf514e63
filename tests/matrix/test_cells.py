"""Every cell of the matrix, asked of the server."""

from __future__ import annotations

import pytest

from tests.matrix import seen
from tests.matrix.cells import KINDS, Played, play
from tests.matrix.expect import call_rows, is_nothing, page_rows
from tests.matrix.rules import CALL_ROLES, PAGE_ROLES
from tests.matrix.stage import THINGS, Stage
from tests.matrix.test_tables import WRITE

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", PAGE_ROLES)
def test_pages_answer_as_they_declare(stage: Stage, role: str) -> None:
    played = list(play(stage, page_rows(), role, stage.browser(role)))
    judge(played)
    assert seen.differences(role, seen.of(stage, played), by_call=False) == [], WRITE


@pytest.mark.parametrize("role", CALL_ROLES)
def test_operations_answer_as_they_declare(stage: Stage, role: str) -> None:
    for client in stage.programs(role):
        played = list(play(stage, call_rows(), role, client))
        judge(played)
        assert seen.differences(role, seen.of(stage, played), by_call=True) == [], WRITE


def judge(played: list[Played]) -> None:
    """Nothing deviates, nothing denied changes a row, nothing hidden differs from what is not."""
    assert len(played) > 500
    assert [str(one) for one in played if one.found != one.expected] == []
    assert [str(one) for one in played if one.answer.changed] == []
    assert differing(played) == []


def differing(played: list[Played]) -> list[str]:
    """What someone may not see and yet tells apart from what is not there: to the last byte, and by
    the statements behind it. (Who sees a thing elsewhere knows that it is there.)"""
    absent = {
        (one.row.route, one.row.method, kind_of(one)): one.answer
        for one in played
        if is_nothing(one.row.thing)
    }
    found = []
    for one in played:
        if is_nothing(one.row.thing) or one.expected != "404":
            continue
        nothing = absent.get((one.row.route, one.row.method, kind_of(one)))
        if nothing is not None and not one.answer.looks_like(nothing, is_known=is_known(one)):
            found.append(str(one))
    return found


def kind_of(one: Played) -> str:
    return next((kind for (_gap, name), kind in KINDS.items() if name == one.row.thing), "")


def is_known(one: Played) -> bool:
    """Whether a role stands to the thing in any relation."""
    things = [thing for gap in THINGS.values() for thing in gap if thing.name == one.row.thing]
    return any(thing.relations_of(one.role) for thing in things)
