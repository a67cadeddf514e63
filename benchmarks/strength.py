"""What tie strength is worth on public data: which ties live on, which come, whom people trust.

    python -m benchmarks.strength [--data FOLDER]

FOLDER holds workplace-contacts, debian-web-of-trust and inter-agency-collaboration; by default
$FOOTBRIDGE_DATA, else ../shared/data. What is absent is left out. Only NumPy and the engine.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import os
import pathlib
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

import numpy as np

from footbridge.engine.chains import warmest
from footbridge.engine.strength import (
    EVIDENCE,
    HALF_LIFE_DAYS,
    LEVEL,
    Act,
    Word,
    coming_ties,
    strengths,
)
from footbridge.engine.ties import Ties, widely_vouched

Row = dict[str, object]
CUT = date(2014, 1, 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=pathlib.Path, default=data_folder())
    print(as_table(run(parser.parse_args().data)))


def data_folder() -> pathlib.Path:
    beside = pathlib.Path(__file__).resolve().parents[2] / "shared" / "data"
    return pathlib.Path(os.environ.get("FOOTBRIDGE_DATA", beside))


def run(data: pathlib.Path) -> list[Row]:
    """One row per measure and score: {"question", "measure", "score", "value", "cases"}."""
    parts: list[tuple[str, Callable[[pathlib.Path], list[Row]]]] = [
        ("workplace-contacts", still_alive),
        ("debian-web-of-trust", new_ties),
        ("debian-web-of-trust", partial(trusted, question="vouches, in words and renewals")),
        ("inter-agency-collaboration", agencies),
    ]
    return [row for name, part in parts if (data / name).is_dir() for row in part(data / name)]


def as_table(rows: list[Row]) -> str:
    lines = ["| question | score | measure | value | cases |", "|---|---|---|---|---|"]
    for row in rows:
        cells = (row["question"], row["score"], row["measure"], f"{row['value']:.3f}", row["cases"])
        lines.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    return "\n".join(lines)


def still_alive(folder: pathlib.Path) -> list[Row]:
    """Pairs that met in the first 60 % of the time: do they meet again in the rest?

    Half-lives are made for years; here the part that is known stands for two of them.
    """
    contacts = np.array(
        [[int(r["t_seconds"]), int(r["a"]), int(r["b"])] for r in _rows(folder / "contacts.csv.gz")]
    )
    when, pair = contacts[:, 0].astype(float), _pair_numbers(contacts[:, 1], contacts[:, 2])
    cut = when.min() + 0.6 * (when.max() - when.min())
    early, ties = when < cut, int(pair.max()) + 1
    met = np.unique(pair[early])
    alive = np.isin(met, pair[~early])
    age = (cut - when[early]) / (cut - when.min()) * 2 * HALF_LIFE_DAYS[Act.SESSION]
    volume = np.bincount(pair[early], minlength=ties)[met]
    last = np.full(ties, np.inf)
    np.minimum.at(last, pair[early], age)
    ours = strengths(ties, pair[early], age, EVIDENCE[Act.SESSION], HALF_LIFE_DAYS[Act.SESSION])
    scores = {"tie strength": ours[met], "time together": volume, "most recent": -last[met]}
    return [
        _row("ties still alive", name, "AUC", auc(s, alive), len(met)) for name, s in scores.items()
    ]


def new_ties(folder: pathlib.Path) -> list[Row]:
    """Pairs without a vouch before the cut, both present then: does one come after it?"""
    vouches = [
        (int(r["from_id"]), int(r["to_id"]), _day(r["first_signed"]), _day(r["last_signed"]))
        for r in _rows(folder / "vouches.csv.gz")
    ]
    n = max(max(a, b) for a, b, _, _ in vouches) + 1
    early = [(a, b, last if last < CUT else first) for a, b, first, last in vouches if first < CUT]
    tied, coming = np.zeros((n, n)), np.zeros((n, n), bool)
    lively = np.zeros(n)
    for a, b, when in early:
        tied[a, b] = tied[b, a] = 1
        left = 0.5 ** ((CUT - when).days / HALF_LIFE_DAYS[Act.SESSION])
        lively[[a, b]] += left
    for a, b, first, _ in vouches:
        if first >= CUT:
            coming[a, b] = coming[b, a] = True
    a, b = np.triu_indices(n, 1)
    known = tied.sum(axis=1)
    asked = (known[a] > 0) & (known[b] > 0) & (tied[a, b] == 0)
    a, b = a[asked], b[asked]
    mutual = (tied @ tied)[a, b]
    scores = {
        "coming_ties": coming_ties(lively[a], lively[b], mutual),
        "product of degrees": known[a] * known[b],
        "acquaintances in common": mutual,
        "Adamic-Adar": ((tied / np.log(np.maximum(known, 2))) @ tied)[a, b],
    }
    truth = coming[a, b]
    return [
        _row("new ties, Debian", name, "AUC", auc(s, truth), len(a)) for name, s in scores.items()
    ]


def trusted(folder: pathlib.Path, question: str) -> list[Row]:
    """Hide one vouch at a time; does the rest of the network tell how far it went?

    How far: positive above casual above generic, and each further day of signing above the first.
    """
    level = {"generic": 0, "casual": 1, "positive": 2}
    vouches = [
        (
            int(r["from_id"]),
            int(r["to_id"]),
            level[r["certification"]] + 3 * (int(r["distinct_days_signed"]) - 1),
        )
        for r in _rows(folder / "vouches.csv.gz")
    ]
    words = [Word.KNOW, Word.WORKED_TOGETHER, Word.TRUST]
    said = [LEVEL[words[min(far, 2)]] for _, _, far in vouches]
    return _hidden_one_by_one(question, vouches, said, 1500)


def agencies(folder: pathlib.Path) -> list[Row]:
    """Hide one tie of the 447 at a time; does the rest tell its level, 1 to 4?"""
    rows = [(int(r["a"]), int(r["b"]), int(r["collab"])) for r in _rows(folder / "dhhs-ties.csv")]
    said = [list(LEVEL.values())[level - 1] for _, _, level in rows]
    return _hidden_one_by_one("collaboration levels, 11 agencies", rows, said, len(rows))


def _hidden_one_by_one(
    question: str, told: list[tuple[int, int, int]], said: list[float], most: int
) -> list[Row]:
    n = max(max(a, b) for a, b, _ in told) + 1
    strength = np.array(said)
    a, b = np.array([t[0] for t in told]), np.array([t[1] for t in told])
    weight = np.bincount(b, strength, n) + np.bincount(a, strength, n)
    chosen = np.random.default_rng(3).permutation(len(told))[:most]
    path, wide = [], []
    for at in chosen.tolist():
        one, other = int(a[at]), int(b[at])
        rest = ~(((a == one) & (b == other)) | ((a == other) & (b == one)))
        ties = Ties.build(n, a[rest], b[rest], strength[rest], vouched=widely_vouched(weight))
        best = warmest(ties, one, other, k=1)
        path.append(best[0].strength if best else 0.0)
        wide.append(float(widely_vouched(weight[other] - strength[at])))
    truth = np.array([told[at][2] for at in chosen])
    scores = {
        "warmest chain × how widely vouched for": np.array(path) * wide,
        "warmest chain": np.array(path),
        "how widely vouched for": np.array(wide),
    }
    return [
        _row(question, name, "Spearman", spearman(score, truth), len(truth))
        for name, score in scores.items()
    ]


def auc(score: np.ndarray, truth: np.ndarray) -> float:
    """Chance that a true case scores above a false one; equal scores count half."""
    true = int(truth.sum())
    return float((ranks(score)[truth].sum() - true * (true + 1) / 2) / (true * (len(truth) - true)))


def spearman(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.corrcoef(ranks(a), ranks(b))[0, 1])


def ranks(values: np.ndarray) -> np.ndarray:
    """Ranks from 1; equal values share the mean of theirs."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(count) - (count - 1) / 2)[place]


def _row(question: str, score: str, measure: str, value: float, cases: int) -> Row:
    return {
        "question": question,
        "score": score,
        "measure": measure,
        "value": value,
        "cases": cases,
    }


def _pair_numbers(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    key = np.minimum(a, b) * (1 << 32) + np.maximum(a, b)
    return np.unique(key, return_inverse=True)[1]


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _rows(path: pathlib.Path) -> Iterator[dict[str, str]]:
    packed = path.suffix == ".gz"
    with (gzip.open if packed else open)(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


if __name__ == "__main__":
    main()
