"""The real program in a process of its own: opened, used, stopped."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PROGRAM = [sys.executable, "-m", "footbridge.cli"]


def environment(home: Path) -> dict[str, str]:
    """What the program is told: a folder of its own, and nothing of the tests."""
    kept = {name: value for name, value in os.environ.items() if "FOOTBRIDGE" not in name}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    source = str(Path(__file__).resolve().parents[3] / "src")
    return {**kept, "FOOTBRIDGE_HOME": str(home), "PYTHONPATH": source}


def run(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, *words], env=environment(home), capture_output=True, text=True, timeout=120
    )


@contextmanager
def running(home: Path, *words: str) -> Iterator[subprocess.Popen[str]]:
    """The program, running; stopped at the end should it not have ended by itself."""
    process = subprocess.Popen(
        [*PROGRAM, *words],
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=20)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database that is up to date."""
    folder = tmp_path_factory.mktemp("home")
    done = run(folder, "migrate")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("The database is ready (")
    return folder


@pytest.fixture
def port() -> int:
    """A port that nobody uses."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        number: int = taken.getsockname()[1]
        return number


def test_migrating_again_is_quiet(home: Path) -> None:
    again = run(home, "migrate")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")


def test_without_a_database_the_way_to_one_is_told(tmp_path: Path) -> None:
    refused = run(tmp_path, "link", "a@example.org")
    assert refused.returncode == 1
    assert refused.stdout == ""
    assert refused.stderr.startswith("footbridge: the database is not ready (no such table")
    assert refused.stderr.endswith("Try: footbridge migrate\n")


def test_check_asks_for_the_steps_that_are_missing(tmp_path: Path) -> None:
    found = run(tmp_path, "check", "--json")
    assert found.returncode == 1
    assert json.loads(found.stdout)["findings"][0]["about"] == "database"


@pytest.mark.parametrize("words", [(), ("--no-worker",)])
def test_it_serves_says_where_and_ends_cleanly(
    home: Path, port: int, words: tuple[str, ...]
) -> None:
    with running(home, "serve", "--port", str(port), *words) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        assert first == f"Footbridge is open at http://127.0.0.1:{port}\n"
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in/", timeout=20) as page:
            assert page.status == 200
        os.killpg(process.pid, signal.SIGINT)  # as Ctrl-C does
        assert process.wait(timeout=30) == 0
        assert process.stdout.read() == ""


def test_a_port_that_is_taken_is_named(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        refused = run(home, "serve", "--port", str(number))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == (
        f"footbridge: port {number} is taken. Stop what uses it, or choose another: "
        f"footbridge serve --port {number + 1}\n"
    )


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_the_worker_ends_when_told_to(home: Path, sign: signal.Signals) -> None:
    with running(home, "work") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "Footbridge is at work. Stop it with Ctrl-C.\n"
        process.send_signal(sign)
        assert process.wait(timeout=20) == 0
        assert process.stdout.read() == ""
