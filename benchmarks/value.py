"""Value maps drawn many times beside what one would otherwise write, and the reckoning itself.

    python -m benchmarks.value [--draws 100000]

Peers draw the same triangles with their own routines and come to the same band: plain Python, a row
at a time; pandas, a column for each figure. Asserted first. Times are CPU time of all threads.
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from footbridge.engine.checks.value import draws_faults, worth_faults
from footbridge.engine.value import (
    Field,
    Figure,
    Input,
    InputKind,
    Outcome,
    Price,
    Share,
    Stakeholders,
    ValueMap,
    draw,
    tornado,
    worth,
)
from footbridge.engine.value import (
    run as kept_run,
)

Row = dict[str, Any]
TURNS = 5
SHARES = ("deadweight", "displacement", "attribution")


def made_up(rows: int, years: int = 5, *, certain_years: bool = False) -> ValueMap:
    """Every figure of every outcome has a range: quantity, price, three shares, drop-off."""
    ranges = {"deadweight": ("0.3", "0.2", "0.5"), "displacement": ("0.1", "0.05", "0.2")}
    ranges["attribution"] = ("0.25", "0.1", "0.4")
    shares = {name: Share.of(*three) for name, three in ranges.items()}
    drop_off = Share.of("0.3") if certain_years else Share.of("0.3", "0.2", "0.6")
    outcomes = tuple(
        Outcome(
            f"o{at}",
            "people",
            Figure.of(50 + at, 40, 80 + 2 * at),
            Price(f"p{at}", Figure.of(500 + at, 300, 900 + at)),
            drop_off=drop_off,
            years=years,
            **shares,
        )
        for at in range(rows)
    )
    grant = Input(
        "grant", "funder", InputKind.CASH, Figure.of(1), Price("grant", Figure.of(20_000 * rows))
    )
    return ValueMap(outcomes, (grant,), (Stakeholders("people"), Stakeholders("funder")))


def of_row(of: ValueMap, row: Outcome, name: str) -> Figure:
    if name == "price":
        assert row.price is not None
        return of.figures[Field("price", row.price.key, "value")]
    return of.figures[Field("outcome", row.key, name)]


NAMES = ("quantity", "price", *SHARES, "drop_off")


def in_python(of: ValueMap, number: int) -> list[float]:
    """A loop over draws, outcomes and years, with `random.triangular`."""
    dice, rate = random.Random(1), float(of.discount_rate.best)
    invested = float(worth(of).invested)
    rows = [
        [
            (float(figure.low), float(figure.high), float(figure.best))
            for figure in (of_row(of, row, name) for name in NAMES)
        ]
        for row in of.outcomes
    ]
    years = of.outcomes[0].years
    ratios = []
    for _ in range(number):
        total = 0.0
        for figures in rows:
            quantity, price, dead, moved, others, lost = (
                dice.triangular(*three) for three in figures
            )
            flow = quantity * price * (1 - dead) * (1 - moved) * (1 - others)
            for year in range(years):
                total += flow / (1 + rate) ** year
                flow *= 1 - lost
        ratios.append(total / invested)
    return ratios


def in_pandas(of: ValueMap, number: int) -> Any:
    """A frame with a column for each figure, drawn by NumPy."""
    import pandas

    rng, rate = np.random.default_rng(1), float(of.discount_rate.best)
    invested, total = float(worth(of).invested), 0.0
    for row in of.outcomes:
        drawn = {}
        for name in NAMES:
            figure = of_row(of, row, name)
            low, best, high = float(figure.low), float(figure.best), float(figure.high)
            drawn[name] = rng.triangular(low, best, high, number) if low < high else best
        frame = pandas.DataFrame(drawn, index=range(number))
        flow = frame["quantity"] * frame["price"]
        for name in SHARES:
            flow = flow * (1 - frame[name])
        for year in range(row.years):
            total = total + flow * (1 - frame["drop_off"]) ** year / (1 + rate) ** year
    return total / invested


def drawing(rows: int, number: int, goal: float | None) -> Row:
    """Draws of one map, beside a tenth as many in plain Python, times ten."""
    of = made_up(rows)
    assert_right(of, number)
    work: dict[str, Callable[[], object]] = {"ours": lambda: draw(of, number=number)}
    work["random numbers alone (NumPy's triangular)"] = lambda: random_alone(rows, number)
    if importlib.util.find_spec("pandas"):
        work["pandas"] = lambda: in_pandas(of, number)
    took = in_turns(work)
    few = max(number // 20, 1000)
    began = time.process_time()
    plain = in_python(of, few)
    took["Python"] = (time.process_time() - began) * 1000 * number / few
    ours = draw(of, number=number)
    assert ours is not None
    assert abs(statistics.median(plain) / ours.median - 1) < 0.05
    told = took.pop("ours")
    wanted = f"<= {goal:g} ms" if goal else "faster than pandas"
    return {
        "work": f"value map, {number:,} draws × {rows} outcomes × 5 years, 10–90 % band",
        "size": f"{len(of.uncertain)} figures with a range",
        "ours_ms": round(told, 1),
        "peers": {name: round(ms, 1) for name, ms in took.items()},
        "goal": wanted,
        "met": told <= goal if goal else told < took.get("pandas", told + 1),
    }


def random_alone(rows: int, number: int) -> object:
    return np.random.default_rng(1).triangular(0.1, 0.3, 0.7, rows * len(NAMES) * number)


def assert_right(of: ValueMap, number: int) -> None:
    """The judge knows mean and spread where years are certain; the peers' band is ours."""
    steady = made_up(len(of.outcomes), certain_years=True)
    found = draw(steady, number=number)
    assert found is not None
    assert draws_faults(steady, found) == []
    ours = draw(of, number=number)
    assert ours is not None
    if importlib.util.find_spec("pandas"):
        low, high = np.quantile(in_pandas(of, number), [0.1, 0.9])
        assert abs(ours.band[0] / low - 1) < 0.01
        assert abs(ours.band[1] / high - 1) < 0.01


def reckoning(rows: int = 200, years: int = 10) -> Row:
    """All of a large map: ratio, range, tornado, break-evens, payback, snapshot, exactly."""
    of = made_up(rows, years)
    assert worth_faults(of, worth(of)) == []
    took = in_turns(
        {"ours": lambda: kept_run(of), "tornado by whole maps": lambda: one_by_one(of)}, turns=3
    )
    assert len(tornado(of)) == len(of.uncertain)
    return {
        "work": f"everything about a map of {rows} outcomes × {years} years, fifty digits",
        "size": f"{len(of.uncertain):,} figures with a range",
        "ours_ms": round(took["ours"], 1),
        "peers": {
            "its tornado with the whole map for each bar": round(
                took["tornado by whole maps"] * len(of.uncertain) / 20, 1
            )
        },
        "goal": "<= 1 s",
        "met": took["ours"] <= 1000,
    }


def one_by_one(of: ValueMap) -> None:
    """The first twenty bars of a tornado with the map calculated anew for both ends of each."""
    for field in list(of.uncertain)[:20]:
        for end in (of.figures[field].low, of.figures[field].high):
            worth(of, {field: end})


def in_turns(work: dict[str, Callable[[], object]], turns: int = TURNS) -> dict[str, float]:
    """Median CPU milliseconds of each, A B A B, after one turn that does not count."""
    took: dict[str, list[float]] = {name: [] for name in work}
    for turn in range(turns + 1):
        for name, one in work.items():
            began = time.process_time()
            one()
            if turn:
                took[name].append((time.process_time() - began) * 1000)
    return {name: statistics.median(ms) for name, ms in took.items()}


def run_all(number: int) -> list[Row]:
    return [drawing(12, number, 166 * number / 100_000), drawing(30, number, None), reckoning()]


def run(quick: bool) -> list[Row]:
    """Rows for `python -m benchmarks`."""
    return run_all(100_000 if quick else 1_000_000)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--draws", type=int, default=100_000)
    for row in run_all(parser.parse_args().draws):
        print(row)


if __name__ == "__main__":
    main()
