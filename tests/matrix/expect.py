"""What follows from the declarations: the answer to each role, method and thing.

in        the page or the operation answers as itself: what was asked for, a way on, or in
          which field something is wrong; never a refusal to this person
sign-in   sent to sign in first
radar     sent to their own page, since they are under the radar
401       no good token
403       seen, but not to be done by them; or one step is missing before anything opens
no        seen, but not their turn: 403, or 409 where the time for it has passed
404       nothing here, for them
405       not by this method
410       a link that is not good, or no longer
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from footbridge.core.access import Audience
from tests.matrix.rules import (
    ALIKE_FOR_ALL,
    AUDIENCES,
    BEGUN_WITH_NOTHING,
    CALL_ROLES,
    DONE_BY,
    DONE_BY_ROLE,
    IN_TURN,
    MEMBERS,
    OF_A_DEMO,
    PAGE_ROLES,
    SEEN_BY,
    SEEN_ON,
    UNDER_THE_RADAR,
    WAITING,
)
from tests.matrix.stage import THINGS, TOKENS, Thing
from tests.matrix.surface import METHODS, SAFE, Page, Path, pages, paths

NOTHING = "nothing that is there"
_OF_A_PARTNERSHIP = {
    "party_id",
    "representative_id",
    "entry_id",
    "promise_id",
    "document_id",
    "cost_id",
    "contribution_id",
    "clause_key",
    "version_number",
}
# What stands in an address together with one of these is found through it.
IMPLIED_BY = {
    "session_id": {"seat_id"},
    "circle_id": {"step_id"},
    "call_slug": {"answer_id"},
    "partnership_id": _OF_A_PARTNERSHIP,
    "party_id": {"representative_id"},
}


@dataclass(frozen=True)
class Row:
    """One address with one thing in it, asked by one method: what each role is answered."""

    route: str
    thing: str
    method: str
    answers: tuple[tuple[str, str], ...]


def page_rows() -> Iterator[Row]:
    """Every row of the pages."""
    for page in pages():
        for thing, method in _asked(things_of(page.gaps), page.methods):
            answers = tuple((role, of_page(page, method, role, thing)) for role in PAGE_ROLES)
            yield Row(page.route, thing.name, method, answers)


def call_rows() -> Iterator[Row]:
    """Every row of the API."""
    for path in paths():
        for thing, method in _asked(things_of(path.gaps), path.methods):
            answers = tuple((role, of_call(path, method, role, thing)) for role in CALL_ROLES)
            yield Row(path.route, thing.name, method, answers)


def _asked(things: tuple[Thing, ...], has: tuple[str, ...]) -> Iterator[tuple[Thing, str]]:
    """Each thing by each method there is. A method that there is not is refused before anything is
    looked up: the first thing shows that it is, and what is not there, that it tells nothing."""
    few = (things[0], things[-1]) if len(things) > 1 else things
    for thing in things:
        yield from ((thing, method) for method in METHODS if method in has or thing in few)


def things_of(gaps: tuple[tuple[str, str], ...]) -> tuple[Thing, ...]:
    """What is put into an address, by its gaps; a gap that nobody declared is an error."""
    names = _told_by(gaps)
    if not names:
        return (Thing(""),)
    assert len(names) == 1, f"nobody said how {names} belong together"
    if names == ["token"]:
        return tuple(Thing(name) for name in TOKENS)
    if names[0] not in THINGS or names[0] not in SEEN_BY:
        raise AssertionError(f"nobody said what a {names[0]} is, and whose: see stage and rules")
    things = THINGS[names[0]]
    return (*things, *(nothing(kind) for kind in dict.fromkeys(thing.kind for thing in things)))


def _told_by(gaps: tuple[tuple[str, str], ...]) -> list[str]:
    """The gaps that say which thing is meant; a seat says in which session it is."""
    names = [name for _kind, name in gaps if name != "kind"]
    return [name for name in names if not IMPLIED_BY.get(name, set()) & set(names)]


def nothing(kind: str) -> Thing:
    """What is not there, to be compared with what is of the same kind."""
    return Thing(NOTHING if kind == "need" else f"{NOTHING}, as a kind of {kind}", kind=kind)


def is_nothing(thing: str) -> bool:
    return thing.startswith(NOTHING)


def of_page(page: Page, method: str, role: str, thing: Thing) -> str:
    """What a page answers: first the audience decides, then the method, then whose it is."""
    if role not in AUDIENCES[page.audience]:
        return _outside(role)
    if method not in page.methods:
        return "405"
    if page.route in OF_A_DEMO:
        return "404"
    if thing.name in TOKENS:
        return "in" if thing.name == "good" else "410"
    gap = _gap(page.gaps)
    return _of_thing(gap, page.route, page.route, method, role, thing) if gap else "in"


def _outside(role: str) -> str:
    if role in WAITING:
        return "403"
    if role in UNDER_THE_RADAR:
        return "radar"
    return "404" if role in MEMBERS else "sign-in"


def of_call(path: Path, method: str, role: str, thing: Thing) -> str:
    """What the API answers: first the method decides, then the token, then whose it is."""
    if method not in path.methods:
        return "405"
    if role not in AUDIENCES[Audience.MEMBERS]:
        return "401"
    gap, act = _gap(path.gaps), f"{method} {path.route}"
    if act in BEGUN_WITH_NOTHING:
        return "404"
    if not gap:
        return "in" if role in DONE_BY_ROLE.get(act, AUDIENCES[Audience.MEMBERS]) else "403"
    return _of_thing(gap, path.route, act, method, role, thing)


def _gap(gaps: tuple[tuple[str, str], ...]) -> str:
    return next((name for name in _told_by(gaps) if name != "token"), "")


def _of_thing(gap: str, route: str, act: str, method: str, role: str, thing: Thing) -> str:
    if route in ALIKE_FOR_ALL:
        return "in"
    relations = thing.relations_of(role)
    if not relations & SEEN_ON.get(act, SEEN_BY[gap]):
        return "404"
    if act in IN_TURN and method not in SAFE:
        return "in" if relations & IN_TURN[act].get(thing.name, frozenset()) else "no"
    may = act not in DONE_BY or method in SAFE or relations & DONE_BY[act]
    return "in" if may else "403"
