"""An independent judge of circles, builder circles, teams and reach.

It shares no code with the solvers: it reads the input and the answer as plain lists and sets, and
where there are few people it tries every possibility.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import combinations, product

from footbridge.engine.circles import (
    BuilderCircle,
    Circle,
    Circles,
    LeftOver,
    People,
    Reach,
    Team,
    Why,
)
from footbridge.engine.ties import Ties

Pairs = Collection[tuple[int, int]]
CLOSE = 1e-5


def circle_faults(people: People, answer: Circles, never: Pairs = ()) -> list[str]:
    """What is wrong with circles, in words; an empty list is a clean bill.

    >>> people = People.of([{1}, {1}, {1}, {1}])
    >>> circle_faults(people, Circles((Circle((0, 1, 2), 1, (1,), (), 3),), (), 4))
    ['(0, 1, 2): 3 people', '[3] are neither in a circle nor left over']
    """
    found = [fault for one in answer.circles for fault in _faults_of(people, one, never)]
    seated = [one for circle in answer.circles for one in circle.members]
    told = seated + [one.person for one in answer.left]
    if len(set(told)) < len(told):
        found.append("somebody is named twice")
    if forgotten := sorted(set(range(len(people))) - set(told)):
        found.append(f"{forgotten} are neither in a circle nor left over")
    if list(answer.circles) != sorted(answer.circles, key=lambda one: (one.cause, one.members)):
        found.append("circles do not come by cause and members")
    found += [fault for one in answer.left for fault in _left_faults(people, answer, one, never)]
    sharing = len(seated) / len(people) if len(people) else 1.0
    if abs(answer.sharing - sharing) > CLOSE:
        found.append(f"{sharing:.4f} share a cause with all of their circle")
    return found


def most_seated(people: People) -> int:
    """The most people who can be in circles at all, by trying every choice of causes."""
    choices = [(None, *_causes(people, one)) for one in range(len(people))]
    best = 0
    for chosen in product(*choices):
        sizes = [chosen.count(cause) for cause in set(chosen) - {None}]
        best = max(best, sum(size for size in sizes if size >= 4))
    return best


def builder_faults(
    worked: Ties,
    roles: Sequence[Iterable[int]],
    answer: Sequence[BuilderCircle],
    *,
    size: int = 5,
    wanted: Iterable[int] = (),
    around: int | None = None,
    leave_out: Collection[int] = (),
    never: Pairs = (),
) -> list[str]:
    """What is wrong with builder circles."""
    asked = sorted(set(wanted))
    found = []
    everyone = [one for circle in answer for one in circle.members]
    if len(set(everyone)) < len(everyone):
        found.append("somebody is in two circles")
    for circle in answer:
        members = circle.members
        if not 3 <= len(members) <= size:
            found.append(f"{members}: {len(members)} people")
        if set(members) & set(leave_out):
            found.append(f"{members}: somebody was to be left out")
        if _apart(members, never):
            found.append(f"{members}: two must never meet")
        if around is not None and around not in members:
            found.append(f"{members}: {around} is not in it")
        if not _connected(worked, members):
            found.append(f"{members}: not all have worked together")
        warmth, share = _worth(worked, roles, members, asked)
        if abs(circle.warmth - warmth) > CLOSE or abs(circle.score - warmth - share) > CLOSE:
            found.append(f"{members}: warmth is {warmth:.6f}, score {warmth + share:.6f}")
        have = {role: tuple(one for one in members if role in set(roles[one])) for role in asked}
        if circle.roles != tuple((role, who) for role, who in have.items() if who):
            found.append(f"{members}: roles are {have}")
        if circle.missing != tuple(role for role, who in have.items() if not who):
            found.append(f"{members}: other roles are missing")
    return found


def best_builders(
    worked: Ties, roles: Sequence[Iterable[int]], *, size: int, wanted: Iterable[int] = ()
) -> float | None:
    """The best score of any connected circle of exactly this size, by trying all."""
    asked = sorted(set(wanted))
    scores = [
        sum(_worth(worked, roles, members, asked))
        for members in combinations(range(worked.members), size)
        if _connected(worked, members)
    ]
    return max(scores, default=None)


def team_faults(
    needed: Iterable[int],
    skills: Sequence[Iterable[int]],
    answer: Team,
    *,
    available: Sequence[bool] | None = None,
    organisation: Sequence[int] | None = None,
    hours: Sequence[float] | None = None,
    exhaustive: bool = True,
) -> list[str]:
    """What is wrong with a team: skills, figures and, by trying all, size and order.

    >>> alone = Team((0,), ((1,),), (2,), 1, 1)
    >>> team_faults([1, 2], [{1}, {2}], alone)
    ['[2] could be had', 'the best team is (0, 1), not (0,)']
    """
    wanted = sorted(set(needed))
    free = [one for one in range(len(skills)) if available is None or available[one]]
    can = {one: set(skills[one]) & set(wanted) for one in free}
    coverable = set().union(*can.values()) if can else set()
    staff = {one: _employer(organisation, one) for one in free}
    found = []
    if not set(answer.members) <= set(free):
        return ["somebody is not available"]
    had = set().union(*(can[one] for one in answer.members)) if answer.members else set()
    if coverable - had:
        found.append(f"{sorted(coverable - had)} could be had")
    if answer.covers != tuple(tuple(sorted(can[one])) for one in answer.members):
        found.append("what each covers is something else")
    if set(answer.missing) != set(wanted) - coverable and not coverable - had:
        found.append("other skills are missing")
    if answer.organisations != len({staff[one] for one in answer.members}):
        found.append("from another number of organisations")
    if answer.least > len(answer.members):
        found.append("the bound is above the team")
    if exhaustive:
        best = _best_team(can, coverable, staff, hours)
        if best != answer.members:
            found.append(f"the best team is {best}, not {answer.members}")
        if answer.least > len(best):
            found.append(f"a team of {len(best)} is below the bound")
    return found


def reach_faults(
    circle: Collection[int],
    ties: Ties,
    answer: Reach,
    *,
    sector: Sequence[int] | None = None,
    organisation: Sequence[int] | None = None,
    leave_out: Collection[int] = (),
    top: int | None = None,
) -> list[str]:
    """What is wrong with a reach, tie by tie."""
    known: dict[int, dict[int, float]] = {}
    for member in set(circle):
        for other, strength in _row(ties, member).items():
            if other not in circle and other not in leave_out:
                known.setdefault(other, {})[member] = strength
    order = sorted(known, key=lambda one: (-max(known[one].values()), -len(known[one]), one))
    given = [one.person for one in answer.people]
    found = []
    if given != order[:top]:
        found.append(f"{order[:top]} are reached, not {given}")
    for one in answer.people:
        true = sorted(known.get(one.person, {}).items(), key=lambda step: (-step[1], step[0]))
        if [member for member, _ in one.through] != [member for member, _ in true]:
            found.append(f"{one.person} is known to {true}")
        elif any(abs(a[1] - b[1]) > CLOSE for a, b in zip(one.through, true)):
            found.append(f"{one.person} is known as well as {true}")
    if answer.count != len(known):
        found.append(f"{len(known)} are reached")
    if answer.sectors != _counts(sector[one] for one in known) if sector else answer.sectors:
        found.append("other sectors are reached")
    of = organisation
    if answer.organisations != _counts(of[one] for one in known) if of else answer.organisations:
        found.append("other organisations are reached")
    if answer.only_through != _counts(next(iter(by)) for by in known.values() if len(by) == 1):
        found.append("others are known to one member only")
    return found


def _faults_of(people: People, circle: Circle, never: Pairs) -> Iterator[str]:
    members = circle.members
    if not 4 <= len(members) <= 8:
        yield f"{members}: {len(members)} people"
    shared = set.intersection(*(_causes(people, one) for one in members))
    if circle.cause not in shared:
        yield f"{members}: not all care for {circle.cause}"
    if circle.shared != tuple(sorted(shared)):
        yield f"{members}: all care for {sorted(shared)}"
    if _apart(members, never):
        yield f"{members}: two must never meet"
    sectors = {int(people.sector[one]) for one in members} - {-1}
    if circle.sectors != tuple(sorted(sectors)):
        yield f"{members}: sectors are {sorted(sectors)}"
    staff = {int(people.organisation[one]) for one in members} - {-1}
    alone = sum(int(people.organisation[one]) == -1 for one in members)
    if circle.organisations != len(staff) + alone:
        yield f"{members}: {len(staff) + alone} organisations"


def _left_faults(people: People, answer: Circles, left: LeftOver, never: Pairs) -> Iterator[str]:
    """The reason is true, and nobody is left over who could simply sit down."""
    causes = _causes(people, left.person)
    enough = {
        cause
        for cause in causes
        if sum(cause in _causes(people, one) for one in range(len(people))) >= 4
    }
    if (left.why is Why.NO_CAUSE) != (not causes):
        yield f"{left.person}: states {len(causes)} causes"
    if (left.why is Why.TOO_FEW) != (bool(causes) and not enough):
        yield f"{left.person}: {sorted(enough)} are cared for by four or more"
    if left.why is Why.APART and not never:
        yield f"{left.person}: nobody has to be kept apart"
    for circle in answer.circles:
        room = circle.cause in causes and len(circle.members) < 8
        if room and not _apart((*circle.members, left.person), never):
            yield f"{left.person}: could join {circle.members}"


def _causes(people: People, person: int) -> set[int]:
    start, stop = int(people.indptr[person]), int(people.indptr[person + 1])
    return {int(people.causes[at]) for at in range(start, stop)}


def _apart(members: Iterable[int], never: Pairs) -> bool:
    here = set(members)
    return any(a in here and b in here and a != b for a, b in never)


def _row(ties: Ties, member: int) -> dict[int, float]:
    span = range(int(ties.indptr[member]), int(ties.indptr[member + 1]))
    return {int(ties.neighbours[at]): float(ties.strength[at]) for at in span}


def _connected(worked: Ties, members: Sequence[int]) -> bool:
    seen, waiting = {members[0]}, [members[0]]
    while waiting:
        near = set(_row(worked, waiting.pop())) & set(members) - seen
        seen |= near
        waiting += near
    return len(seen) == len(members)


def _worth(
    worked: Ties, roles: Sequence[Iterable[int]], members: Sequence[int], asked: list[int]
) -> tuple[float, float]:
    pairs = list(combinations(members, 2))
    warmth = math.fsum(_row(worked, a).get(b, 0.0) for a, b in pairs) / len(pairs)
    have = {role for one in members for role in roles[one]} if roles else set()
    return warmth, len(have & set(asked)) / len(asked) if asked else 0.0


def _employer(organisation: Sequence[int] | None, person: int) -> tuple[str, int]:
    if organisation is None or organisation[person] < 0:
        return ("alone", person)
    return ("of", int(organisation[person]))


def _best_team(
    can: dict[int, set[int]],
    goal: set[int],
    staff: dict[int, tuple[str, int]],
    hours: Sequence[float] | None,
) -> tuple[int, ...]:
    def key(members: tuple[int, ...]) -> tuple[int, float, tuple[int, ...]]:
        repeats = len(members) - len({staff[one] for one in members})
        return repeats, -math.fsum(hours[one] for one in members) if hours else 0.0, members

    for size in range(len(goal) + 1):
        teams = [
            members
            for members in combinations(sorted(can), size)
            if goal <= set().union(*(can[one] for one in members))
        ]
        if teams:
            return min(teams, key=key)
    return ()


def _counts(codes: Iterable[int]) -> tuple[tuple[int, int], ...]:
    seen = [int(code) for code in codes if code >= 0]
    pairs = {(code, seen.count(code)) for code in seen}
    return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))
