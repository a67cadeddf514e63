"""Processes of one machine share one version of a large network."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PREPARE = """
from benchmarks.populate import open_database, populate
open_database()
populate(60)
"""
OPEN = """
import django; django.setup()
from footbridge.insight import files, network
network.SMALL = 10
"""
ANSWER = """
from footbridge.core.audience import OPERATOR
from footbridge.insight import queries
from footbridge.people.models import Person
one = Person.objects.filter(standing="joined").order_by("id").first()
said = [(found.card.id.hex, found.score) for found in queries.suggest(one, one)]
print(files.newest(), said)
"""
BUILD_AND_DIE = """
import os
with files.only_builder() as mine:
    print(mine, flush=True)
    (files.folder() / "new-half").mkdir()
    os.kill(os.getpid(), 9)
"""
REFRESH = "print(network.refresh())"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    assert run(folder, PREPARE).returncode == 0
    return folder


def start(home: Path, script: str) -> subprocess.Popen[str]:
    root = Path(__file__).resolve().parents[3]
    kept = {name: value for name, value in os.environ.items() if "FOOTBRIDGE" not in name}
    environment = {
        **kept,
        "FOOTBRIDGE_HOME": str(home),
        "PYTHONPATH": f"{root / 'src'}:{root}",
        "DJANGO_SETTINGS_MODULE": "footbridge.config.settings",
    }
    return subprocess.Popen(
        [sys.executable, "-c", script], env=environment, text=True, stdout=subprocess.PIPE
    )


def run(home: Path, script: str) -> subprocess.CompletedProcess[str]:
    process = start(home, script)
    said, _ = process.communicate(timeout=120)
    return subprocess.CompletedProcess(script, process.returncode, said)


def test_two_processes_that_start_at_once_build_once_and_answer_alike(home: Path) -> None:
    both = [start(home, OPEN + ANSWER) for _ in range(2)]
    said = [process.communicate(timeout=120)[0] for process in both]
    assert said[0] == said[1]
    assert len(said[0].split()[0]) == 32
    assert "(" in said[0]


def test_the_worker_builds_in_a_process_of_its_own_and_pages_open_it(home: Path) -> None:
    before = run(home, OPEN + ANSWER).stdout.split()[0]
    news = (
        "from footbridge.people.models import Person\n"
        "from footbridge.people import actions\n"
        "one = Person.objects.filter(standing='joined').order_by('id').last()\n"
        "actions.be_findable_by_email(actor=one, findable=not one.findable_by_email)\n"
        "network.RESTS_FOR = 0.0\n"
    )
    assert run(home, OPEN + news + REFRESH).stdout.split() == ["1"]
    assert run(home, OPEN + REFRESH).stdout.split() == ["0"]
    assert run(home, OPEN + ANSWER).stdout.split()[0] != before


def test_a_builder_that_is_killed_lets_go_and_loses_nothing(home: Path) -> None:
    before = run(home, OPEN + ANSWER).stdout
    killed = run(home, OPEN + BUILD_AND_DIE)
    assert (killed.returncode, killed.stdout) == (-9, "True\n")
    assert run(home, OPEN + ANSWER).stdout == before
    again = run(home, OPEN + "print(network.build_and_keep())")
    assert again.stdout == "1\n"
    assert [path.name for path in (home / "snapshots").rglob("new-*")] == []
