"""Who would do better alone? A split is stable if no group could make more than it is given.

The list of groups that could is the answer that matters; words are made elsewhere. `stable_split`
looks for a split without such a group, and where there is none, proves it.

With up to twenty parties every group is looked at. Beyond, a split can be checked if the game is
said in `Pieces`: the group that is tempted most is found by an integer program; under a ceiling by
climbing from many groups, which finds temptations and cannot prove that there is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from footbridge.engine.shares.game import MOST, Game, Members, Pieces, Values, sums_over_groups

Ints = NDArray[np.int64]

CLOSE = 1e-9
"""Less than this part of the largest value is noise."""
ROUNDS = 500
"""So many times at most the linear program is given further groups."""
AT_ONCE = 40
"""So many groups it is given at a time."""
STARTS = 60
"""Where groups are climbed to, from so many of the pieces besides each party and all but each."""


@dataclass(frozen=True, slots=True)
class Tempted:
    """A group that would do better alone.

    group    its members, ascending; one party is a group too
    could    what it could make alone
    given    what the split gives it
    """

    group: Members
    could: float
    given: float

    @property
    def gap(self) -> float:
        """How much better it would do."""
        return self.could - self.given


@dataclass(frozen=True, slots=True)
class Check:
    """A split held against what groups could do alone.

    tempted    those who would do better alone, by how much, then smaller groups, then by number
    count      how many there are; None where only the worst were looked for (more than 20 parties)
    undivided  what all make together, less what is given out; below 0: more than there is
    stable     nobody is tempted, and just what there is, is divided
    proven     False for more than 20 parties under a ceiling: others may be tempted
    """

    tempted: tuple[Tempted, ...]
    count: int | None
    undivided: float
    stable: bool
    proven: bool = True


@dataclass(frozen=True, slots=True)
class StableSplit:
    """Whether any split leaves nobody tempted.

    exists  there is one
    shares  the split in which the group that is tempted most is tempted least
    strain  by how much it is; below 0: so much every group is better off than alone
    proof   where there is none: (group, weight), in which every party's weights add up to 1 and
            Σ weight · value is more than all make together
    """

    exists: bool
    shares: tuple[float, ...]
    strain: float
    proof: tuple[tuple[Members, float], ...]


def better_alone(
    game: Game | Pieces, shares: Sequence[float], *, most: int = 20, within: float | None = None
) -> Check:
    """The groups that would do better alone under a split; at most `most` of them.

    A gap of up to `within` (default: a billionth of the largest value) is none; say 0.01 times the
    number of parties where shares were rounded to cents. ValueError for shares of another number
    of parties, shares that are not numbers, and a `Game`'s size that cannot be looked at.

    >>> check = better_alone(Game.listed([0, 0, 0, 1, 1, 0, 1]), [2 / 3, 1 / 6, 1 / 6])
    >>> [(one.group, round(one.gap, 4)) for one in check.tempted]
    [((0, 1), 0.1667), ((0, 2), 0.1667)]
    >>> better_alone(Game.listed([0, 0, 0, 1, 1, 0, 1]), [1, 0, 0]).stable
    True
    """
    given = np.asarray(shares, np.float64)
    if given.shape != (game.parties,) or not np.isfinite(given).all():
        raise ValueError(f"shares are a number for each of {game.parties} parties")
    least = _noise(game) if within is None else within
    undivided = game.total - float(given.sum())
    if game.parties <= MOST:
        tempted, count = _by_looking(_table(game), given, most, least)
        return Check(tempted, count, undivided, not count and abs(undivided) <= least)
    pieces = _pieces(game)
    if pieces.ceiling is not None:
        return Check(_by_climbing(pieces, given, most, least), None, undivided, False, False)
    tempted = _by_program(pieces, given, most, least)
    return Check(tempted, None, undivided, not tempted and abs(undivided) <= least)


def stable_split(game: Game | Pieces) -> StableSplit:
    """A split in which no group would do better alone, or the proof that there is none.

    One linear program: the smallest e with Σ shares = what all make, and for every other group
    Σ shares ≥ its value − e. It begins with few groups and is given those that its answer tempts
    most, until none is tempted by more than e; then it is solved for all of them. Where e is above
    0 the program's prices are the proof (Bondareva 1963, Shapley 1967).

    One party alone: it has everything. Needs SciPy. ValueError for more than twenty parties,
    RuntimeError should the solver fail.

    >>> stable_split(Game.listed([0, 0, 0, 8, 8, 8, 9])).exists
    False
    >>> stable_split(Game.listed([0, 0, 0, 1, 1, 0, 1])).shares
    (1.0, 0.0, 0.0)
    """
    if game.parties == 1:
        return StableSplit(True, (game.total,), 0.0, ())
    table, groups = _table(game), _first_groups(game.parties)
    for _ in range(ROUNDS):
        shares, strain, weights = _program(table, groups)
        fresh = [one for one in _most_tempted(table, shares, strain) if one not in groups]
        if not fresh:
            return _told(table, shares, strain, groups, weights)
        groups = [*groups, *fresh]
    raise RuntimeError("the search for a stable split did not come to an end")


def _table(game: Game | Pieces) -> Game:
    return game.game() if isinstance(game, Pieces) else game


def _pieces(game: Game | Pieces) -> Pieces:
    if isinstance(game, Game):
        raise ValueError(f"every group is looked at for up to {MOST} parties only")
    return game


def _noise(game: Game | Pieces) -> float:
    if isinstance(game, Game):
        return CLOSE * max(1.0, float(np.abs(game.values).max()))
    sizes = [*game.alone, *(value for _, value in game.together)]
    return CLOSE * max(1.0, sum(map(abs, sizes)))


def _gaps(game: Game, given: Values) -> Values:
    """float64[2**n]: what each group could make beyond what it is given; nobody, and all: −inf."""
    gaps = game.values - sums_over_groups(given)
    gaps[[0, -1]] = -np.inf
    return gaps


def _by_looking(
    game: Game, given: Values, most: int, least: float
) -> tuple[tuple[Tempted, ...], int]:
    gaps = _gaps(game, given)
    over = np.flatnonzero(gaps > least)
    widest = _widest(over, gaps, most)
    size = np.bitwise_count(widest.astype(np.uint32))
    turned = _reversed_bits(widest, game.parties)
    order = widest[np.lexsort((turned, size, -np.round(gaps[widest], 9)))][: max(most, 0)]
    groups = [_group(int(at)) for at in order]
    return tuple(_tempted(game, group, given) for group in groups), len(over)


def _widest(over: Ints, gaps: Values, most: int) -> Ints:
    """Of many places those with the widest gaps, and all that are as wide as the last of them."""
    if not 0 < most < len(over):
        return over
    last = np.partition(gaps[over], -most)[-most]
    widest: Ints = over[gaps[over] >= last - 1e-9]
    return widest


def _reversed_bits(places: Ints, n: int) -> Ints:
    """Of groups of one size, who comes first by their members' numbers has the largest of these."""
    turned = np.zeros_like(places)
    for one in range(n):
        turned |= (places >> one & 1) << (n - 1 - one)
    return -turned


def _group(at: int) -> Members:
    return tuple(one for one in range(at.bit_length()) if at >> one & 1)


def _tempted(game: Game | Pieces, group: Members, given: Values) -> Tempted:
    return Tempted(group, game.value(group), float(given[list(group)].sum()))


def _first_groups(n: int) -> list[Members]:
    """Each alone, and all but one: with these the program has a finite answer."""
    alone = [(one,) for one in range(n)]
    others = [tuple(other for other in range(n) if other != one) for one in range(n)]
    return list(dict.fromkeys([*alone, *others]))


def _program(game: Game, groups: Sequence[Members]) -> tuple[Values, float, list[float]]:
    """Shares, strain and each group's price: min e over shares that give all what all make."""
    from scipy import optimize

    n = game.parties
    inside = np.zeros((len(groups), n + 1))
    for at, group in enumerate(groups):
        inside[at, [*group, n]] = 1.0
    scale = max(1.0, max(abs(game.value(group)) for group in groups), abs(game.total))
    worth = np.array([game.value(group) for group in groups]) / scale
    everybody = np.append(np.ones(n), 0.0)[None, :]
    solved = optimize.linprog(
        np.append(np.zeros(n), 1.0),
        A_ub=-inside,
        b_ub=-worth,
        A_eq=everybody,
        b_eq=[game.total / scale],
        bounds=(None, None),
        method="highs",
    )
    if not solved.success:
        raise RuntimeError(f"the linear program was not solved: {solved.message}")
    prices = np.maximum(-solved.ineqlin.marginals, 0.0)
    return solved.x[:n] * scale, float(solved.x[n]) * scale, prices.tolist()


def _most_tempted(game: Game, shares: Values, strain: float) -> list[Members]:
    """The groups that are tempted by more than the strain, the most tempted first."""
    gaps = _gaps(game, shares)
    over = np.flatnonzero(gaps > strain + 10 * _noise(game))
    worst = over[np.argsort(-gaps[over], kind="stable")][:AT_ONCE]
    return [_group(int(at)) for at in worst]


def _told(
    game: Game,
    shares: Values,
    strain: float,
    groups: Sequence[Members],
    weights: Sequence[float],
) -> StableSplit:
    plain = tuple(round(share, 9) + 0.0 for share in shares.tolist())
    if strain <= 10 * _noise(game):
        return StableSplit(True, plain, strain, ())
    of_each = sum(weight for group, weight in zip(groups, weights) if 0 in group)
    parts = [(group, round(weight / of_each, 9)) for group, weight in zip(groups, weights)]
    return StableSplit(False, plain, strain, tuple(sorted(one for one in parts if one[1] > 0)))


def _by_program(pieces: Pieces, given: Values, most: int, least: float) -> tuple[Tempted, ...]:
    """The groups of more than twenty parties that are tempted most, one after the other."""
    found: list[Tempted] = []
    while len(found) < most:
        one = _tempted(pieces, _worst(pieces, given, [one.group for one in found]), given)
        if one.gap <= least:
            break
        found.append(one)
    return tuple(found)


def _worst(pieces: Pieces, given: Values, but: Sequence[Members]) -> Members:
    """The group with the largest gap, other than these and all: an integer program.

    A column 0 or 1 for each party (in the group) and for each piece (there). A piece that adds is
    there only if all its members are; one that takes away, as soon as all are.
    """
    from scipy import optimize

    n, columns = pieces.parties, pieces.parties + len(pieces.together)
    rows = [*_rows_of_pieces(pieces), *_rows_of_groups(n, but)]
    lost = given - np.array(pieces.alone)
    solved = optimize.milp(
        np.concatenate((lost, [-value for _, value in pieces.together])),
        constraints=optimize.LinearConstraint(
            _matrix(rows, columns), ub=[limit for _, limit in rows]
        ),
        integrality=np.ones(columns),
        bounds=optimize.Bounds(0.0, 1.0),
        options={"mip_rel_gap": 0.0},
    )
    if solved.x is None:
        raise RuntimeError(f"the integer program was not solved: {solved.message}")
    return tuple(int(one) for one in np.flatnonzero(solved.x[:n] > 0.5))


Row = tuple[dict[int, float], float]
"""Entries by column, and what they may add up to at most."""


def _rows_of_pieces(pieces: Pieces) -> list[Row]:
    rows: list[Row] = []
    for at, (members, value) in enumerate(pieces.together, pieces.parties):
        if value > 0:
            rows += [({at: 1.0, one: -1.0}, 0.0) for one in members]
        else:
            rows += [({**dict.fromkeys(members, 1.0), at: -1.0}, len(members) - 1.0)]
    return rows


def _rows_of_groups(n: int, but: Sequence[Members]) -> list[Row]:
    """Somebody, not everybody, and none of the groups that are known."""
    everybody = range(n)
    return [
        (dict.fromkeys(everybody, 1.0), n - 1.0),
        (dict.fromkeys(everybody, -1.0), -1.0),
        *(
            ({one: 1.0 if one in group else -1.0 for one in everybody}, len(group) - 1.0)
            for group in but
        ),
    ]


def _matrix(rows: Sequence[Row], columns: int) -> Any:
    from scipy import sparse

    entries = [
        (at, column, value) for at, (row, _) in enumerate(rows) for column, value in row.items()
    ]
    at, column, value = zip(*entries)
    return sparse.csr_matrix((value, (at, column)), shape=(len(rows), columns))


def _by_climbing(pieces: Pieces, given: Values, most: int, least: float) -> tuple[Tempted, ...]:
    """Tempted groups met on the way from many groups, one party in or out at a time, to such whose
    gap no single change widens."""
    met: set[Members] = set()
    for start in _starts(pieces):
        here = start
        while True:
            flips = here ^ np.vstack(
                (np.zeros((1, len(here)), bool), np.eye(len(here), dtype=bool))
            )
            inside = flips.sum(axis=1)
            gaps = np.where(
                (inside > 0) & (inside < len(here)), pieces.worth(flips) - flips @ given, -np.inf
            )
            best = int(np.argmax(np.round(gaps, 9)))
            if best == 0:
                break
            here = flips[best]
        met.add(tuple(int(one) for one in np.flatnonzero(here)))
    tempted = [one for group in met if (one := _tempted(pieces, group, given)).gap > least]
    return tuple(sorted(tempted, key=_by_gap)[: max(most, 0)])


def _starts(pieces: Pieces) -> list[np.ndarray]:
    n = pieces.parties
    groups = [*_first_groups(n), *(members for members, _ in pieces.together[:STARTS])]
    return [np.isin(np.arange(n), group) for group in groups if len(group) < n]


def _by_gap(one: Tempted) -> tuple[float, int, Members]:
    return -round(one.gap, 9), len(one.group), one.group
