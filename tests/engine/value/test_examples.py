"""Value maps told in worked numbers, and wrong answers that the judge must catch."""

import doctest
import importlib
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from footbridge.engine.checks.value import (
    break_even_faults,
    draws_faults,
    payback_faults,
    scenario_faults,
    tornado_faults,
    worth_faults,
)
from footbridge.engine.value import (
    Adjustment,
    Band,
    Business,
    Doubt,
    Figure,
    Impacts,
    InputKind,
    InputsBasis,
    Looks,
    Move,
    NoRatio,
    NotReachable,
    Price,
    Remark,
    Share,
    Stakeholders,
    Timing,
    Why,
    additional,
    again,
    break_evens,
    business_return,
    differences,
    divide,
    divide_total,
    doubts,
    draw,
    from_snapshot,
    grid,
    number,
    payback,
    printed,
    printed_parts,
    run,
    scenario,
    snapshot,
    tornado,
    worth,
)
from footbridge.engine.value.examples import befriending, employment
from tests.engine.value.maps import a_map, money, row

PARTS = (
    "", ".figures", ".worth", ".ranges", ".draws", ".partners", ".remarks", ".steps", ".runs",
)  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
def test_the_examples_hold(part: str) -> None:
    result = doctest.testmod(importlib.import_module(f"footbridge.engine.value{part}"))
    assert result.attempted > 0
    assert result.failed == 0


def test_the_page_about_it_holds() -> None:
    page = Path(__file__).parents[3] / "docs/engine/value.md"
    result = doctest.testfile(str(page), module_relative=False)
    assert result.attempted > 0
    assert result.failed == 0


# The published numbers.


def test_an_employment_programme_returns_one_point_four_four() -> None:
    found = worth(employment())
    assert [printed(found.impact, 0), printed(found.present, 0)] == [214_200, 359_070]
    assert printed(found.rows[0].years[1].present, 0) == 144_870
    assert printed(found.ratio) == Decimal("1.44")
    assert printed(found.net_present, 0) == 109_070
    assert printed(found.net_ratio) == Decimal("0.44")


def test_the_same_with_the_first_flow_a_year_later_returns_less() -> None:
    found = worth(employment(start=Timing.AFTER))
    assert printed(found.ratio, 4) == Decimal("1.3877")
    assert [year.at for year in found.rows[0].years] == [1, 2]


def test_befriending_returns_less_than_was_put_in_and_that_is_shown() -> None:
    found = worth(befriending())
    assert found.impact == 48_620
    assert printed(found.ratio) == Decimal("0.81")
    assert printed(found.net_ratio) == Decimal("-0.19")


def test_the_ratio_is_exact_to_every_digit_that_is_printed() -> None:
    ratio = worth(employment()).ratio
    exact = Decimal("214200") * (1 + Decimal("0.7") / Decimal("1.035")) / 250_000
    assert str(printed(ratio, 25)) == str(printed(exact, 25)) == "1.4362782608695652173913043"


# Missing is not nought.


@pytest.mark.parametrize(
    ("missing", "why"),
    [
        ({"quantity": None}, Why.NO_QUANTITY),
        ({"price": None}, Why.NO_PRICE),
        ({"deadweight": None}, Why.NO_DEADWEIGHT),
        ({"displacement": None}, Why.NO_DISPLACEMENT),
        ({"attribution": None}, Why.NO_ATTRIBUTION),
        ({"years": 2}, Why.NO_DROP_OFF),
        ({"attribution": Share.of(0)}, Why.ZERO_WITHOUT_REASON),
        ({"leakage": Share.of(0, reason="  ")}, Why.ZERO_WITHOUT_REASON),
        ({"material": False}, Why.NOT_MATERIAL),
        ({"looks": Looks.FORECAST}, Why.OTHER_KIND),
        ({"price": Price("p", Figure.of(1), currency="EUR")}, Why.OTHER_CURRENCY),
        ({"price": Price("p", Figure.of(1), year=2019)}, Why.OTHER_YEAR),
    ],
)
def test_what_is_missing_leaves_the_row_out_and_says_why(
    missing: dict[str, object], why: Why
) -> None:
    found = worth(a_map(row(**missing), row("other")))
    assert [(one.key, one.why) for one in found.left_out] == [("work", (why,))]
    assert [one.key for one in found.rows] == ["other"]
    assert worth_faults(a_map(row(**missing), row("other")), found) == []


def test_a_drop_off_is_not_asked_of_what_lasts_one_year() -> None:
    assert worth(a_map(row(years=1))).left_out == ()


def test_everything_that_is_missing_is_listed_together() -> None:
    found = worth(a_map(row(quantity=None, deadweight=None, years=3)))
    assert found.left_out[0].why == (Why.NO_QUANTITY, Why.NO_DEADWEIGHT, Why.NO_DROP_OFF)
    assert found.no_ratio is NoRatio.NO_OUTCOMES
    assert found.ratio is None


def test_a_stakeholder_left_out_takes_their_outcomes_along() -> None:
    groups = (Stakeholders("people", included=False), Stakeholders("funder"))
    of = a_map(row(), stakeholders=groups)
    assert worth(of).left_out[0].why == (Why.STAKEHOLDER_EXCLUDED,)
    assert Doubt(Remark.EXCLUDED_WITHOUT_REASON, ("people",)) in doubts(of)


def test_nothing_put_in_gives_no_ratio_and_says_so() -> None:
    found = worth(a_map(row(), inputs=()))
    assert (found.ratio, found.net_ratio, found.no_ratio) == (None, None, NoRatio.NOTHING_PUT_IN)
    assert found.present == 214_200
    of = a_map(row(quantity=Figure.of(60, 50, 70)), inputs=())
    assert (tornado(of), scenario(of), break_evens(of), draw(of, number=100)) == (
        (),
        None,
        (),
        None,
    )
    assert payback(of).simple is payback(of).discounted is None


def test_an_input_that_may_be_nothing_has_no_bar_and_leaves_no_range() -> None:
    of = a_map(row(), inputs=(money(price=Price("m", Figure.of(5, 0, 9))),))
    assert scenario(of) is None
    assert tornado(of) == ()
    assert tornado_faults(of, tornado(of)) == scenario_faults(of, None) == []


def test_an_input_that_nobody_knows_gives_no_ratio() -> None:
    found = worth(a_map(row(), inputs=(money(), money(key="hours", quantity=None))))
    assert found.no_ratio is NoRatio.INPUT_UNKNOWN
    assert [(one.key, one.why) for one in found.uncounted] == [("hours", (Why.NO_QUANTITY,))]


# Who and what counts.


def test_volunteers_stand_below_the_line_unless_the_report_says_otherwise() -> None:
    hours = money("12.50", "hours", kind=InputKind.VOLUNTEER_TIME, quantity=Figure.of(2_000))
    of = a_map(row(), inputs=(money(), hours))
    assert worth(of).invested == 275_000
    narrower = replace(of, inputs_basis=InputsBasis.WITHOUT_VOLUNTEERS)
    assert worth(narrower).invested == 250_000
    assert [one.counted for one in worth(narrower).inputs] == [True, False]
    assert Doubt(Remark.BASIS_WITHOUT_REASON) in doubts(narrower)
    assert Doubt(Remark.BASIS_WITHOUT_REASON) not in doubts(
        replace(narrower, inputs_basis_reason="the funder's form asks for money only")
    )


def test_a_harm_is_a_negative_quantity_and_lessens_the_ratio() -> None:
    harm = row("lost shops", quantity=Figure.of(-10), intended=False)
    found = worth(a_map(row(), harm))
    assert found.rows[1].present == -35_700
    assert found.present == 214_200 - 35_700
    assert Remark.NO_HARM not in {one.remark for one in doubts(a_map(row(), harm))}


def test_leakage_and_substitution_lessen_it_where_they_are_given() -> None:
    more = row(leakage=Share.of("0.1"), substitution=Share.of("0.5"))
    assert worth(a_map(more)).impact == Decimal("96390")


def test_another_currency_counts_once_it_was_converted_at_a_stored_rate() -> None:
    abroad = Price(
        "p",
        Figure.of(10_000),
        currency="EUR",
        year=2022,
        adjusted=(
            Adjustment(Move.EXCHANGE, Decimal("0.85"), "GBP", "2026-03-31", "central bank"),
            Adjustment(Move.PRICES, Decimal("1.1"), "2026", source="consumer prices"),
        ),
    )
    of = a_map(row(price=abroad), currency="GBP", price_year=2026)
    assert worth(of).rows[0].gross == 60 * 9_350
    half_way = replace(abroad, adjusted=abroad.adjusted[:1])
    assert of.why_not(row(price=half_way)) == (Why.OTHER_YEAR,)


def test_the_same_people_credited_twice_is_noticed() -> None:
    health = Price("visits", Figure.of(40), covers=("health services",), source="s")
    calm = Price("calm", Figure.of(500), covers=("health services", "sleep"), source="s")
    of = a_map(row("a", price=health), row("b", price=calm), row("c"))
    found = [one.about for one in doubts(of) if one.remark is Remark.DOUBLE_COUNT]
    assert found == [("a", "b")]
    same = Price("one", Figure.of(40), source="s")
    of = a_map(row("a", price=same), row("b", price=same))
    assert Doubt(Remark.DOUBLE_COUNT, ("a", "b")) in doubts(of)


def test_a_careful_map_leaves_nothing_to_ask() -> None:
    harm = row("noise", quantity=Figure.of(-3, -5, -1))
    assert doubts(a_map(row(), harm, inputs=(money(100_000),))) == ()


def test_outcomes_that_end_before_the_money_is_back_are_noticed() -> None:
    assert Doubt(Remark.PAYS_BACK_TOO_LATE) in doubts(befriending())
    found = payback(befriending())
    assert printed(found.simple) == Decimal("14.81")
    assert (found.discounted, found.lasts) == (None, 12)


# What is refused.


@pytest.mark.parametrize(
    ("refused", "because"),
    [
        (lambda: Share.of(40), "between 0 and 1"),
        (lambda: Share.of("-0.1"), "between 0 and 1"),
        (lambda: Share.of("0.5", "0.2", "1.5"), "between 0 and 1"),
        (lambda: number("forty"), "is not a number"),
        (lambda: number("1,5"), "is not a number"),
        (lambda: number("NaN"), "is not a number up to"),
        (lambda: number("1e99"), "is not a number up to"),
        (lambda: number("0." + "1" * 20), "digits after the point"),
        (lambda: number(0.1), "is a float"),
        (lambda: number(True), "is not a number"),
        (lambda: Figure.of(5, 6, 7), "does not lie between"),
        (lambda: row(years=0), "1 to 100 whole years"),
        (lambda: money(quantity=Figure.of(-1)), "0 or more"),
        (lambda: Price("p", Figure.of(-1)), "a harm is a negative quantity"),
        (lambda: Adjustment(Move.EXCHANGE, Decimal(0), "GBP"), "more than 0"),
        (lambda: Adjustment(Move.PRICES, Decimal(1), "soon"), "to a year"),
        (lambda: a_map(row(), row()), "given twice"),
        (lambda: a_map(row(stakeholders="nobody")), "not in the map"),
        (lambda: a_map(row(), discount_rate=Figure.of(2)), "discount rate"),
        (
            lambda: a_map(row(), row("b", price=Price("price of work", Figure.of(1)))),
            "two prices called",
        ),
        (lambda: draw(employment(), number=5), "between 100 and"),
        (lambda: draw(employment(), seed=-1), "0 or more"),
        (
            lambda: worth(employment(), {next(iter(a_map(row("x")).figures)): Decimal(1)}),
            "no figure",
        ),
        (lambda: divide(Decimal(1), {"a": "0.5", "b": "0.4"}), "exactly 1"),
        (lambda: divide(Decimal(1), {"a": "1.5", "b": "-0.5"}), "between 0 and 1"),
        (lambda: divide_total(1, 2, {"a": 1}), "outsiders"),
        (lambda: Business.of(gross_margin=20), "gross margin"),
        (lambda: Business.of(hours=-1), "0 or more"),
        (lambda: Impacts.of(1, leakage=2), "between 0 and 1"),
        (lambda: grid(Decimal(1), [-1], [0]), "all of themselves"),
        (lambda: from_snapshot("{}"), "no snapshot"),
        (lambda: from_snapshot('{"format":9}'), "another format"),
        (lambda: from_snapshot('{"format":1,"colour":"red"}'), "does not know"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(refused, because: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=because):
        refused()


# Ranges.


def test_a_low_deadweight_raises_the_ratio_and_the_widest_bar_stands_first() -> None:
    of = employment(quantity=(60, 55, 65), deadweight=("0.4", "0.2", "0.6"))
    bars = tornado(of)
    assert [bar.field.name for bar in bars] == ["deadweight", "quantity"]
    assert bars[0].at_low > bars[0].at_high
    found = scenario(of)
    assert found is not None
    assert [printed(one) for one in (found.low, found.best, found.high)] == [
        Decimal("0.88"), Decimal("1.44"), Decimal("2.07"),
    ]  # fmt: skip


def test_a_price_that_rows_share_moves_for_all_of_them() -> None:
    price = Price("shared", Figure.of(10, 5, 20), source="s")
    of = a_map(row("a", price=price), row("b", price=price))
    assert [bar.field.key for bar in tornado(of)] == ["shared"]
    assert tornado(of)[0].at_high == 2 * worth(of).ratio


def test_the_two_way_grid_is_one_multiplication() -> None:
    ratio = Decimal("1.44")
    told = grid(ratio, ["-0.1", 0, "0.1"], ["-0.25", 0, "0.25"])
    assert told[1] == (Decimal("1.08"), ratio, Decimal("1.80"))
    assert printed(told[0][0]) == Decimal("1.20")
    assert printed(told[2][2]) == Decimal("1.64")


def test_break_even_says_how_far_each_figure_may_move_or_that_it_cannot() -> None:
    found = {one.name: one for one in break_evens(employment())}
    assert printed(found["quantity"].value) == Decimal("41.77")
    assert printed(found["deadweight"].value, 4) == Decimal("0.5823")
    below = {one.name: one for one in break_evens(befriending())}
    assert below["attribution"].not_reachable is NotReachable.BELOW_NOUGHT
    assert printed(below["deadweight"].value, 4) == Decimal("0.1979")


def test_a_row_that_is_not_needed_has_no_break_even() -> None:
    of = a_map(row("large"), row("small", quantity=Figure.of(1)), inputs=(money(100_000),))
    told = {(one.outcome, one.name): one.not_reachable for one in break_evens(of)}
    assert told["small", "quantity"] is NotReachable.OTHER_SIGN
    assert told["small", "deadweight"] is NotReachable.ABOVE_ALL
    nothing = a_map(row(), row("none", quantity=Figure.of(0)))
    told = {(one.outcome, one.name): one.not_reachable for one in break_evens(nothing)}
    assert told["none", "price"] is told["none", "deadweight"] is NotReachable.WORTH_NOTHING


# Draws.


PINNED = [1.171547, 1.70138, 1.435221, 1.43598]


def test_the_same_seed_gives_the_same_draws_for_ever() -> None:
    found = draw(employment(deadweight=("0.4", "0.2", "0.6")), number=50_000, seed=1)
    assert found is not None
    assert [round(one, 6) for one in (*found.band, found.median, found.mean)] == PINNED
    other = draw(employment(deadweight=("0.4", "0.2", "0.6")), number=50_000, seed=2)
    assert other is not None
    assert other.band != found.band


def test_fewer_draws_are_the_first_of_more() -> None:
    of = employment(quantity=(60, 1, 90))
    seen: list[tuple[int, int]] = []
    few = draw(of, number=4096, seed=5, progress=lambda done, all_: seen.append((done, all_)))
    many = draw(of, number=9000, seed=5, progress=lambda done, all_: seen.append((done, all_)))
    assert seen == [(4096, 4096), (4096, 9000), (8192, 9000), (9000, 9000)]
    assert few is not None
    assert many is not None
    assert many.ends[0] <= few.ends[0]


def test_what_progress_raises_ends_the_work() -> None:
    def enough(done: int, number: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        draw(employment(), number=10_000, progress=enough)


def test_without_ranges_every_draw_is_the_ratio() -> None:
    found = draw(employment(), number=100)
    assert found is not None
    assert np.ptp(found.ends) == 0
    assert found.mean == pytest.approx(1.43628, abs=1e-5)
    assert found.below_one == 0


def test_a_range_that_begins_or_ends_at_the_best_is_drawn_from_one_side() -> None:
    for three in ((60, 60, 90), (60, 30, 60)):
        of = employment(quantity=three)
        found = draw(of, number=30_000, seed=4)
        assert found is not None
        assert draws_faults(of, found) == []
        assert found.mean == pytest.approx(float(worth(of).ratio) * sum(three) / 180, rel=0.01)


# Bands, partners, business, regions.


def test_a_judged_share_is_no_finer_than_five_bands() -> None:
    assert [band.share for band in Band] == [0, Decimal("0.25"), Decimal("0.5"), Decimal("0.75"), 1]
    nothing = Share.judged(Band.NONE, reason="nobody else works here")
    assert (nothing.figure.low, nothing.figure.high) == (0, Decimal("0.125"))
    assert Share.judged(Band.NONE).is_unexplained_zero


def test_outsiders_go_first_and_partners_divide_the_rest() -> None:
    parts = divide_total(1_000, "0.3", {"a": "0.25", "b": "0.75"})
    assert parts == {"a": 175, "b": 525}
    found = worth(employment())
    ours = divide(found.impact, {"bakery": "0.5", "food bank": "0.5"})
    assert sum(ours.values()) == found.impact == 214_200


def test_printed_parts_of_a_loss_sum_as_well() -> None:
    parts = {"a": Decimal("-0.125"), "b": Decimal("-0.125"), "c": Decimal("0.1")}
    told = printed_parts(parts)
    assert sum(told.values()) == printed(sum(parts.values())) == Decimal("-0.15")


def test_a_partners_return_counts_turnover_at_gross_margin_and_hours_as_cost() -> None:
    found = business_return(
        Business.of(turnover=10_000, gross_margin="0.3", money=500, hours=50, hourly_cost=20)
    )
    assert (found.benefit, found.cost, found.net, found.roi) == (3_000, 1_500, 1_500, 1)
    assert business_return(Business.of(other_gains=5)).roi is None


def test_additional_is_what_is_more_than_in_the_reference_case() -> None:
    plain = Impacts.of(100)
    assert additional(plain, plain) == 0
    assert additional(Impacts.of(100, "0.2", "0.25", "0.5", 2), Impacts.of(30, "0.5")) == 45


# Runs.


def test_a_run_keeps_its_input_word_for_word_with_decimal_strings() -> None:
    kept = run(employment(deadweight=("0.40", "0.2", "0.60")))
    told = json.loads(kept.snapshot)
    assert told["outcomes"][0]["deadweight"]["figure"] == {
        "best": "0.4", "high": "0.6", "low": "0.2",
    }  # fmt: skip
    assert len(kept.digest) == 64
    assert not [one for one in _values(json.loads(kept.results)) if isinstance(one, float)]
    assert snapshot(from_snapshot(kept.snapshot)) == kept.snapshot


def _values(told: object) -> list[object]:
    if isinstance(told, dict):
        return [one for value in told.values() for one in _values(value)]
    if isinstance(told, list):
        return [one for value in told for one in _values(value)]
    return [told]


def test_a_run_of_another_engine_is_calculated_again_and_told_apart() -> None:
    kept = run(employment(quantity=(60, 50, 70)), draws=1_000, seed=9)
    told = json.loads(kept.results)
    told["ratio"] = "1.5"
    old = replace(kept, engine_version="0", results=json.dumps(told))
    today, changes = again(old)
    assert today == kept
    assert [(one.where, one.before, one.after) for one in changes] == [
        ("engine_version", "0", kept.engine_version),
        ("result/ratio", "1.5", "1.43627826087"),
    ]


def test_a_snapshot_that_was_changed_is_not_calculated_again() -> None:
    kept = run(employment())
    with pytest.raises(ValueError, match="not the one"):
        again(replace(kept, snapshot=kept.snapshot.replace("8500", "9500")))


def test_a_row_that_comes_or_goes_is_told_by_its_key() -> None:
    told = differences(run(a_map(row())), run(a_map(row(), row("more"))))
    assert {one.where for one in told if one.where.endswith("/quantity/best")} == {
        "input/outcomes/more/quantity/best"
    }


# The judge.


def test_the_judge_sees_wrong_answers() -> None:
    of = employment(quantity=(60, 50, 70), deadweight=("0.4", "0.2", "0.6"))
    found, bars, best = worth(of), tornado(of), scenario(of)
    assert best is not None
    wrong = Decimal("1.4362")
    assert worth_faults(of, replace(found, ratio=wrong))
    assert worth_faults(of, replace(found, rows=()))
    assert worth_faults(of, replace(found, ratio=None))
    assert worth_faults(a_map(row(quantity=None)), replace(found, left_out=()))
    assert tornado_faults(of, bars[::-1]) == ["a wider bar stands below a narrower one"]
    assert tornado_faults(of, bars[:1])
    assert tornado_faults(of, (replace(bars[0], at_low=wrong), bars[1]))
    assert scenario_faults(of, replace(best, low=wrong))
    assert scenario_faults(of, None)
    evens = break_evens(of)
    assert break_even_faults(of, (replace(evens[0], value=wrong),))
    assert break_even_faults(
        of, (replace(evens[0], value=None, not_reachable=NotReachable.OTHER_SIGN),)
    )
    assert payback_faults(of, replace(payback(of), discounted=14))
    drawn = draw(of, number=10_000)
    assert drawn is not None
    assert draws_faults(of, drawn) == []
    assert draws_faults(of, replace(drawn, mean=drawn.mean * 1.02))
    assert draws_faults(of, replace(drawn, band=(drawn.band[0], drawn.band[0] + 0.01)))


def test_a_map_of_two_hundred_rows_is_calculated() -> None:
    rows = [row(f"o{at}", quantity=Figure.of(at, at - 1, at + 1)) for at in range(1, 201)]
    of = a_map(*rows)
    assert len(tornado(of)) == 200
    assert worth(of).impact == 3_570 * sum(range(1, 201))
