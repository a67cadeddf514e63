"""The peers of value maps draw the same thing, and their rows can be printed."""

import statistics

import pytest

from benchmarks import __main__ as gather
from benchmarks import value
from footbridge.engine.value import draw


def test_the_peers_come_to_the_same_median() -> None:
    of = value.made_up(3, 2)
    ours = draw(of, number=20_000)
    assert ours is not None
    assert statistics.median(value.in_python(of, 4_000)) == pytest.approx(ours.median, rel=0.05)
    pytest.importorskip("pandas")
    assert value.in_pandas(of, 20_000).median() == pytest.approx(ours.median, rel=0.02)


def test_the_reckoning_is_judged_before_it_is_timed() -> None:
    row = value.reckoning(rows=4, years=2)
    assert row["met"] is True
    assert "fifty digits" in gather.as_table([row])
