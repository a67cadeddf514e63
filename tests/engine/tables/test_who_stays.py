"""One stays at each table as its host while the others move on: a hard rule, and judged as one."""

from __future__ import annotations

import numpy as np
import pytest

from footbridge.engine import tables
from footbridge.engine.checks import tables as judge
from footbridge.engine.tables.seating import Seating


def room(n: int, seed: int = 0) -> tables.Wanted:
    """People who gain something by meeting, drawn from a seed."""
    gain = np.random.default_rng(seed).random((n, n)) * 3
    return tables.Wanted.build(gain + gain.T)


@pytest.mark.parametrize(
    ("people", "size", "rounds"), [(16, 4, 3), (23, 5, 3), (40, 5, 4), (9, 3, 2), (6, 6, 2)]
)
def test_who_stays_is_at_the_same_table_in_each_round(people: int, size: int, rounds: int) -> None:
    wanted = room(people, people)
    hosts = tuple(range(people - 1, people - 1 - -(-people // size), -1))
    found = tables.seat(wanted, size, rounds, stays=hosts)
    assert judge.faults(wanted, found, size, rounds, stays=hosts) == []
    for one in found.rounds:
        assert [host in table for host, table in zip(hosts, one.people)] == [True] * len(hosts)


def test_the_others_meet_each_other_and_each_host_once_where_that_can_be() -> None:
    wanted = tables.Wanted.build(np.zeros((16, 16)))
    found = tables.seat(wanted, 4, 3, stays=(0, 1, 2, 3))
    assert found.repeats == 0


def test_fewer_hosts_than_tables_leave_the_other_tables_to_the_guests() -> None:
    wanted = room(15)
    found = tables.seat(wanted, 5, 3, stays=(14,))
    assert judge.faults(wanted, found, 5, 3, stays=(14,)) == []
    assert all(14 in one.people[0] for one in found.rounds)


def test_who_stays_still_never_sits_with_somebody_they_must_not_meet() -> None:
    never = np.zeros((12, 12), bool)
    never[0, 5] = never[5, 0] = never[1, 6] = never[6, 1] = True
    wanted = tables.Wanted.build(room(12).gain, never)
    found = tables.seat(wanted, 4, 3, stays=(0, 1, 2))
    assert judge.faults(wanted, found, 4, 3, stays=(0, 1, 2)) == []


def test_who_stays_does_so_from_the_next_round_on_where_some_have_begun() -> None:
    wanted = room(8)
    begun = tables.seat(wanted, 4, 1).rounds[0].people
    hosts = (begun[0][0], begun[1][0])
    found = tables.seat(wanted, 4, 3, fixed=[begun], stays=hosts)
    assert judge.faults(wanted, found, 4, 3, fixed=[begun], stays=hosts) == []


@pytest.mark.parametrize("stays", [(0, 0), (9,), (0, 1, 2)])
def test_who_stays_exists_once_and_has_a_table(stays: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="stay"):
        tables.seat(room(8), 4, 2, stays=stays)


def test_the_judge_sees_who_does_not_stay() -> None:
    wanted = room(8)
    found = tables.seat(wanted, 4, 2, stays=(0, 7))
    one, two = found.rounds
    turned = Seating(
        (one, tables.Round(two.tables[::-1], two.unseated, two.gain, two.repeats, two.value)),
        found.least_repeats,
    )
    assert judge.faults(wanted, turned, 4, 2, stays=(0, 7)) == [
        "round 1: 0 does not stay at table 0",
        "round 1: 7 does not stay at table 1",
    ]
