"""Measure speed beside the peers, print the tables, keep the figures.

    python -m benchmarks [--full]

Each sibling module with a `run(quick)` gives rows; those that are not there, or whose peers are not
installed, are named and left out. `bench.json` goes into $FOOTBRIDGE_HOME (default ./var).
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import pathlib
import platform
import time
from typing import Any

Row = dict[str, Any]
MODULES = (
    "rank",
    "chains",
    "imports",
    "turnout",
    "circles",
    "pages",
    "veil",
    "tables",
    "shares",
    "bridges",
    "value",
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--full", action="store_true", help="also a million people; takes long")
    full = parser.parse_args().full
    results = {name: rows for name in MODULES if (rows := measured(name, quick=not full))}
    path = keep(results, full)
    print(f"\nKept in {path}")
    return 0 if results else 1


def measured(name: str, *, quick: bool) -> list[Row]:
    """The rows of one module; none, with a line that says why, where it cannot run."""
    try:
        module = importlib.import_module(f"benchmarks.{name}")
    except ModuleNotFoundError as missing:
        print(f"{name}: left out, {missing.name} is not here")
        return []
    began = time.perf_counter()
    rows: list[Row] = module.run(quick)
    print(f"\n{name}, measured in {time.perf_counter() - began:.0f} s")
    print(as_table(rows))
    return rows


def as_table(rows: list[Row]) -> str:
    """Work, size, ours, each peer with how many times slower it was, the goal and whether met."""
    lines = ["| work | size | ours | peers | goal | met |", "|---|---|---|---|---|---|"]
    for row in rows:
        cells = (
            row["work"],
            row["size"],
            ours_of(row),
            peers_of(row),
            row["goal"],
            "yes" if row["met"] else "no",
        )
        lines.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    return "\n".join(lines)


def ours_of(row: Row) -> str:
    if "ours_said" in row:
        return str(row["ours_said"])
    if "ours_mb" in row:
        return f"{row['ours_mb']} MB"
    text = spoken(row["ours_ms"])
    if "ours_p95_ms" in row:
        text += f" (p95 {spoken(row['ours_p95_ms'])}, worst {spoken(row['ours_worst_ms'])})"
    return text


def peers_of(row: Row) -> str:
    if "peers_said" in row:
        return " · ".join(f"{name}: {said}" for name, said in row["peers_said"].items())
    ratios = row.get("ratios", {})
    return " · ".join(
        f"{name} {spoken(ms)} ({ratios.get(name, ms / row['ours_ms']):,.1f} ×)"
        for name, ms in row["peers"].items()
        if ms is not None
    )


def spoken(ms: float) -> str:
    """Three figures in the unit that suits.

    >>> spoken(0.8312), spoken(1234.5), spoken(200_000)
    ('0.831 ms', '1.23 s', '200 s')
    """
    if ms < 1000:
        return f"{ms:.3g} ms"
    return f"{float(f'{ms / 1000:.3g}'):g} s"


def keep(results: dict[str, list[Row]], full: bool) -> pathlib.Path:
    home = pathlib.Path(os.environ.get("FOOTBRIDGE_HOME", "var"))
    home.mkdir(parents=True, exist_ok=True)
    path = home / "bench.json"
    machine = {
        "when": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "processor": processor(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "full": full,
    }
    path.write_text(json.dumps({"machine": machine, "results": results}, indent=1, default=plain))
    return path


def processor() -> str:
    told = pathlib.Path("/proc/cpuinfo")
    lines = told.read_text().splitlines() if told.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def plain(value: Any) -> Any:
    """NumPy's numbers as Python's, for JSON."""
    return value.item()


if __name__ == "__main__":
    raise SystemExit(main())
