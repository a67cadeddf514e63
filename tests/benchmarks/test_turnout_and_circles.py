"""The rehearsals run on a few made-up hosts and people, and their rows can be printed."""

import pytest

from benchmarks import __main__ as gather
from benchmarks import circles, turnout
from benchmarks.turnout_hosts import SESSIONS


def test_a_host_is_forecast_from_the_past_only_and_every_forecaster_is_scored() -> None:
    scores = turnout.calibrate(1)
    names = {name for part, name in scores if part == "all sessions"}
    assert names == set(turnout.FORECASTERS)
    assert {len(scores["all sessions", name].inside) for name in names} == {SESSIONS}
    row = turnout.honest("all sessions", scores, 1)
    assert "% inside" in gather.as_table([row])


def test_every_policy_plays_the_same_season() -> None:
    tallies = turnout.seasons(1)
    assert {name for _, name in tallies} == {policy.name for policy in turnout.POLICIES}
    assert {tally.sessions for tally in tallies.values()} == {turnout.SEASON}
    evened = tallies[10, "even out, accept limit"]
    everyone = tallies[10, "invite everyone"]
    assert evened.invited < everyone.invited
    assert evened.over <= everyone.over


def test_circles_are_judged_before_they_are_timed_and_compared_in_quality() -> None:
    pytest.importorskip("sklearn")
    row = circles.circles(300)
    assert row["ours_ms"] > 0
    assert row["peers"]["KMeans"] > 0
    assert "KMeans" in row["work"]
    assert row["met"] in (True, False)
