"""Charts: what they show, that they say it too, and that no words can break them."""

from __future__ import annotations

import doctest
import importlib
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footbridge.web.pictures import (
    Beam,
    Goal,
    Point,
    Svg,
    Swing,
    indicator_line,
    tornado,
    waterfall,
)
from footbridge.web.pictures.chart import WIDE, Scale

BEAMS = (
    Beam("All that changed", 510_000, "510,000"),
    Beam("Would have happened anyway", -204_000, "−204,000"),
    Beam("Others' part", -91_800, "−91,800"),
    Beam("Ours", 0, "214,200", is_sum=True),
)


@pytest.mark.parametrize("part", ["chart", "waterfall", "tornado", "indicator"])
def test_the_examples_hold(part: str) -> None:
    result = doctest.testmod(importlib.import_module(f"footbridge.web.pictures.{part}"))
    assert result.attempted > 0
    assert result.failed == 0


def parts(drawn: Svg, kind: str) -> list[ElementTree.Element]:
    found = ElementTree.fromstring(drawn).iter()
    return [one for one in found if kind in one.get("class", "").split()]


def span(one: ElementTree.Element) -> tuple[float, float]:
    left = float(one.get("x", "nan"))
    return left, left + float(one.get("width", "nan"))


def described(drawn: Svg) -> str:
    return ElementTree.fromstring(drawn).findtext("desc") or ""


def test_each_step_of_a_waterfall_begins_where_the_one_before_ended() -> None:
    bars = [span(one) for one in parts(waterfall("Where it went", BEAMS), "chart-bar")]
    assert bars[1][1] == pytest.approx(bars[0][1], abs=0.2)
    assert bars[2][1] == pytest.approx(bars[1][0], abs=0.2)
    assert bars[3] == pytest.approx((bars[0][0], bars[2][0]), abs=0.2)


def test_what_is_taken_away_is_hollow_and_what_is_left_is_a_sum() -> None:
    drawn = waterfall("Where it went", BEAMS)
    assert [one.get("fill") for one in parts(drawn, "chart-less")] == ["none", "none"]
    assert len(parts(drawn, "chart-sum")) == len(parts(drawn, "chart-more")) == 1


def test_a_waterfall_below_nought_stays_inside_the_drawing() -> None:
    drawn = waterfall("Loss", [Beam("A", 3, "3"), Beam("B", -10, "−10"), Beam("C", 1, "1")])
    axis = parts(drawn, "chart-axis")[0].get("d", "")
    bars = [span(one) for one in parts(drawn, "chart-bar")]
    assert min(left for left, _ in bars) >= 0
    assert max(right for _, right in bars) <= WIDE
    assert float(axis[1:].split()[0]) == pytest.approx(bars[0][0], abs=0.2)


def test_a_tornado_shows_both_ends_around_what_one_believes() -> None:
    swings = [Swing("Deadweight", 1.9, 0.9, "1.9 to 0.9"), Swing("People", 1.2, 1.6, "1.2 to 1.6")]
    drawn = tornado("What it hangs on", swings, 1.44, "1.44", mark_said="1.00")
    axis = float(parts(drawn, "chart-axis")[0].get("d", "")[1:].split()[0])
    (low, other_low), (high, other_high) = parts(drawn, "chart-low"), parts(drawn, "chart-high")
    assert span(low)[0] == pytest.approx(axis) == pytest.approx(span(high)[1], abs=0.2)
    assert span(other_low)[1] == pytest.approx(axis) == pytest.approx(span(other_high)[0], abs=0.2)
    assert parts(drawn, "chart-mark")
    assert "Deadweight: 1.9 to 0.9." in described(drawn)


def test_a_line_breaks_where_nothing_was_measured() -> None:
    seen = [
        Point(date(2026, month, 1), value, "not measured" if value is None else f"{value} meals")
        for month, value in ((1, 10), (2, 12), (3, None), (4, 20), (5, 22))
    ]
    drawn = indicator_line(
        "Meals", seen, Goal(8, "Began at 8"), Goal(30, "To be 30", date(2026, 9, 1))
    )
    assert parts(drawn, "chart-line")[0].get("d", "").count("M") == 2
    assert len(parts(drawn, "chart-point")) == 4
    assert len(parts(drawn, "chart-ring")) == 1
    assert "2026-03-01: not measured." in described(drawn)
    points = [float(one.get("cy", "nan")) for one in parts(drawn, "chart-point")]
    assert points == sorted(points, reverse=True)


def test_one_figure_or_a_target_alone_can_be_drawn_and_nothing_cannot() -> None:
    assert parts(indicator_line("A", [Point(date(2026, 1, 1), 5, "5")]), "chart-point")
    assert parts(indicator_line("A", [], target=Goal(5, "5")), "chart-target")
    with pytest.raises(ValueError, match="needs a value"):
        indicator_line("A", [Point(date(2026, 1, 1), None, "not measured")])
    with pytest.raises(ValueError, match="needs a step"):
        waterfall("A", [])


def test_a_scale_holds_a_value_that_is_the_only_one() -> None:
    assert Scale.over([5, 5], 0, 10).at(5) == 5


any_words = st.text(max_size=120)
any_value = st.floats(-1e12, 1e12, allow_nan=False)
beams = st.builds(Beam, any_words, any_value, any_words, st.booleans())


@settings(max_examples=60, deadline=None)
@given(
    any_words,
    st.lists(beams, min_size=1, max_size=6),
    st.lists(st.builds(Swing, any_words, any_value, any_value, any_words), max_size=6),
    any_value,
)
def test_no_words_and_no_values_break_a_chart(
    title: str, beams: list[Beam], swings: list[Swing], middle: float
) -> None:
    for drawn in (
        waterfall(title, beams),
        tornado(title, swings, middle, title),
        indicator_line(title, [Point(date(2026, 1, 1), middle, title)], Goal(0, title)),
    ):
        whole = ElementTree.fromstring(drawn)
        assert whole.find("title") is not None
        assert whole.get("role") == "img"
        for one in parts(drawn, "chart-bar"):
            assert span(one)[0] >= -0.2
            assert span(one)[1] <= WIDE + 0.2
        assert isinstance(drawn, Svg)
