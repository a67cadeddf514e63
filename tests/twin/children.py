"""A run in processes of their own: one for each core and database, so that nothing that they
replace in the product or in the libraries is ever seen by another test."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.quick import at_once
from tests.twin.run import Tally, read

ROOT = Path(__file__).resolve().parents[2]
DATABASE = "FOOTBRIDGE_DATABASE_URL"


@dataclass(frozen=True)
class Order:
    """What is to be run."""

    pairs: int
    observers: int = 3
    seed: str = "twin"
    full: bool = False
    leaks: bool = True
    processes: int = at_once()
    # A folder for figures as they come, so that a run that was broken off goes on from there.
    kept: Path | None = None


def run(order: Order, *, database: str | None = None) -> Tally:
    """Run all shares at once and add them up. `database` is a URL, empty for SQLite; left out,
    it is whatever the environment names. Seconds are those of all processes together."""
    with tempfile.TemporaryDirectory(prefix="footbridge-twin-figures-") as folder:
        paths = [Path(folder) / f"{share}.json" for share in range(order.processes)]
        started = [
            subprocess.Popen(
                _command(order, share, path, _kept(order, database)),
                cwd=ROOT,
                env=_env(share, database),
            )
            for share, path in enumerate(paths)
        ]
        failed = [child.wait() for child in started]
        if any(failed):
            raise RuntimeError(f"the run broke off: {failed}")
        total = Tally()
        for path in paths:
            total.add(read(path))
    return total


def _kept(order: Order, database: str | None) -> Path | None:
    """The folder of this order's figures: of another one, on another database, or of other code,
    they would say nothing."""
    if order.kept is None:
        return None
    kind = "postgresql" if database else "sqlite"
    told = [kind, order.seed, f"{order.observers}-observers", f"{order.processes}-shares"]
    told += ["full"] if order.full else []
    told += [] if order.leaks else ["without-leaks"]
    folder = order.kept / code_of_today() / "-".join(told)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def code_of_today() -> str:
    """A word that changes with the product or with the script that looks on."""
    said = hashlib.sha256()
    for folder in (ROOT / "src" / "footbridge", ROOT / "tests"):
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".py", ".html", ".txt", ".json", ".csv") and path.is_file():
                said.update(f"{path.relative_to(ROOT)} {path.stat().st_size} ".encode())
                said.update(path.read_bytes())
    return said.hexdigest()[:12]


def _command(order: Order, share: int, path: Path, kept: Path | None) -> list[str]:
    told = ["--pairs", str(order.pairs), "--observers", str(order.observers)]
    told += ["--seed", order.seed, "--share", str(share), "--of", str(order.processes)]
    told += ["--full"] if order.full else []
    told += [] if order.leaks else ["--without-leaks"]
    told += ["--kept", str(kept)] if kept else []
    return [sys.executable, "-m", "tests.twin", *told, "--figures", str(path)]


def _env(share: int, database: str | None) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "FOOTBRIDGE_TEST_HOME"}
    if database is not None:
        kept[DATABASE] = database
    name = kept.get("FOOTBRIDGE_TEST_DB", "test_footbridge")
    return kept | {
        "FOOTBRIDGE_TEST_DB": f"{name}_twins{share}",
        "DJANGO_SETTINGS_MODULE": "footbridge.config.settings_test",
        "PYTHONPATH": os.pathsep.join(
            [kept.get("FOOTBRIDGE_TWIN_SRC", str(ROOT / "src")), str(ROOT)]
        ),
        "PYTHONHASHSEED": "0",
    }
