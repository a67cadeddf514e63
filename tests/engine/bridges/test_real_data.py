"""Among 54 leaders of 11 agencies, the stronger a tie, the less it leads across agencies."""

import csv
import os
from pathlib import Path

import pytest

from footbridge.engine.bridges import bridging
from footbridge.engine.ties import Ties

DATA = Path(
    os.environ.get("FOOTBRIDGE_DATA") or Path(__file__).resolve().parents[4] / "shared/data"
)
FOLDER = DATA / "inter-agency-collaboration"


@pytest.mark.data
@pytest.mark.skipif(not FOLDER.is_dir(), reason=f"{FOLDER} is not here")
@pytest.mark.parametrize(("level", "share"), [("1", 0.74), ("4", 0.28)])
def test_stronger_ties_cross_agencies_less(level: str, share: float) -> None:
    with (FOLDER / "dhhs-nodes.csv").open(encoding="utf-8") as file:
        agency = [int(row["agency"]) for row in csv.DictReader(file)]
    with (FOLDER / "dhhs-ties.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["collab"] == level]
    a, b = ([int(row[end]) - 1 for row in rows] for end in "ab")
    found = bridging(Ties.build(54, a, b, [0.5] * len(rows)), agency)
    assert found.share == pytest.approx(share, abs=0.006)
    assert found.expected is not None
    assert found.expected > found.share
