"""What is checked in is what follows today, and the enumeration has no blind spot."""

from __future__ import annotations

import pytest

from tests.matrix import reading, tables
from tests.matrix.expect import is_nothing, things_of
from tests.matrix.permissions import PAGE, as_page
from tests.matrix.rules import AUDIENCES, DONE_BY, DONE_BY_ROLE, IN_TURN, SEEN_BY, SEEN_ON
from tests.matrix.stage import THINGS
from tests.matrix.surface import api_routes, gaps_in, operations, pages, paths

WRITE = "it has changed: look at the difference, then run python -m tests.matrix"


def test_the_tables_are_those_of_today() -> None:
    assert tables.PAGES.read_text() == tables.of_pages(), WRITE
    assert tables.OPERATIONS.read_text() == tables.of_operations(), WRITE


def test_the_page_of_permissions_is_that_of_today() -> None:
    assert PAGE.read_text() == as_page(), WRITE


def test_the_page_of_what_is_read_follows_from_its_tables() -> None:
    assert reading.PAGE.read_text() == reading.as_page(), WRITE


def test_nothing_that_is_open_is_left_out() -> None:
    assert len(pages()) > 70
    assert tables.cells() > 20_000
    undocumented = set(api_routes()) - {path.route for path in paths()}
    # The documentation itself, and the root, at which nothing stands.
    assert undocumented == {"/api/v1/openapi.json", "/api/v1/"}


def test_a_gap_that_nobody_declared_is_an_error() -> None:
    for route in ("/x/<int:number>/", "/x/<slug:name>/", "/x/<str:word>/", "/x/<word>/"):
        with pytest.raises(AssertionError, match="nobody said"):
            gaps_in(route)
    with pytest.raises(AssertionError, match="nobody said"):
        things_of((("uuid", "unheard_of_id"),))
    with pytest.raises(AssertionError, match="nobody said"):
        things_of((("uuid", "need_id"), ("uuid", "tie_id")))


def test_no_rule_is_about_something_that_is_gone() -> None:
    acts = {page.route for page in pages()} | {f"{m} {route}" for m, route, _ in operations()}
    for rules in (SEEN_ON, DONE_BY, DONE_BY_ROLE, IN_TURN):
        assert set(rules) - acts == set()
    gaps = {name for one in (*pages(), *paths()) for _kind, name in one.gaps}
    assert set(SEEN_BY) == set(THINGS)
    assert set(SEEN_BY) - gaps == set()


def test_each_thing_has_someone_to_whom_it_is_another_s_and_one_that_is_not_there() -> None:
    for page in pages():
        if page.gaps and page.gaps != (("str", "token"),):
            things = things_of(page.gaps)
            assert any(is_nothing(thing.name) for thing in things)
            assert len(things) > 1


def test_every_audience_has_its_roles() -> None:
    assert {page.audience for page in pages()} <= set(AUDIENCES)
