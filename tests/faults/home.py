"""A real installation in a folder of its own, with the shipped settings, and its server."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from tests.faults.processes import free_port, kill_with_children, wait_until

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = [sys.executable, "-m", "footbridge.cli"]


@dataclass(frozen=True)
class Home:
    """A folder, and the address of a PostgreSQL database where it is not SQLite's."""

    folder: Path
    url: str = ""

    @property
    def database(self) -> Path:
        return self.folder / "footbridge.sqlite3"

    @property
    def kind(self) -> str:
        return "PostgreSQL" if self.url else "SQLite"

    def environment(self) -> dict[str, str]:
        """What its programs are told: nothing of the tests."""
        kept = {name: value for name, value in os.environ.items() if "FOOTBRIDGE" not in name}
        kept |= {"FOOTBRIDGE_HOME": str(self.folder), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
        kept |= {"FOOTBRIDGE_PUBLIC_URL": "http://127.0.0.1", "OPENBLAS_NUM_THREADS": "1"}
        kept["DJANGO_SETTINGS_MODULE"] = "footbridge.config.settings"
        return kept | ({"FOOTBRIDGE_DATABASE_URL": self.url} if self.url else {})

    def run(self, *words: str) -> str:
        """What a command of ours prints; AssertionError with its complaint where it refuses."""
        done = self.try_to(*words)
        assert done.returncode == 0, f"footbridge {' '.join(words)}: {done.stderr}{done.stdout}"
        return done.stdout

    def try_to(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self._finished([*PROGRAM, *words])

    def script(self, module: str, *words: str) -> subprocess.CompletedProcess[str]:
        """Run one of the scripts beside this file."""
        return self._finished([sys.executable, "-m", f"tests.faults.{module}", *words])

    def _finished(self, words: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            words, env=self.environment(), capture_output=True, text=True, timeout=600, cwd=ROOT
        )

    def stage(self, people: int) -> list[str]:
        """Have so many people join; returns the tokens of their programs."""
        done = self.script("stage", str(people))
        assert done.returncode == 0, done.stderr
        tokens: list[str] = json.loads(done.stdout)
        return tokens

    def ask(self, statement: str) -> list[tuple[Any, ...]]:
        """What the database answers, past all of our own code."""
        if self.url:
            with closing(psycopg.connect(self.url)) as opened:
                return opened.execute(statement).fetchall()  # type: ignore[arg-type]
        with closing(sqlite3.connect(self.database, timeout=20)) as opened:
            return opened.execute(statement).fetchall()

    def texts(self) -> list[str]:
        """The words of every need that was written."""
        return [row[0] for row in self.ask("SELECT text FROM exchange_need")]

    def torn(self) -> list[str]:
        """Whatever is damaged or half done."""
        damaged = self._damaged_postgresql() if self.url else damaged_sqlite(self.database)
        return damaged + [what for what, ask in HALF_DONE.items() if self.ask(ask)[0][0]]

    def _damaged_postgresql(self) -> list[str]:
        """Every table and index, by PostgreSQL's own checker."""
        said = conninfo_to_dict(self.url)
        where = [f"--host={said['host']}", f"--username={said['user']}", str(said["dbname"])]
        checked = subprocess.run(
            ["pg_amcheck", "--install-missing", "--heapallindexed", *where],
            env=os.environ | {"PATH": f"{_postgresql_programs()}:{os.environ['PATH']}"},
            capture_output=True,
            text=True,
        )
        words = (checked.stderr + checked.stdout).strip()
        return [words[:200] or "pg_amcheck"] if checked.returncode or words else []


# A need, its line in the journal and the receipt of its request are one transaction.
HALF_DONE = {
    "a need without its line in the journal": """
        SELECT count(*) FROM exchange_need n WHERE NOT EXISTS (SELECT 1 FROM journal_entry e
        WHERE e.subject = n.id AND e.verb = 'exchange.need_opened')""",
    "a line in the journal without its need": """
        SELECT count(*) FROM journal_entry e WHERE e.verb = 'exchange.need_opened'
        AND NOT EXISTS (SELECT 1 FROM exchange_need n WHERE e.subject = n.id)""",
    "a receipt without an answer": "SELECT count(*) FROM journal_receipt WHERE answer IS NULL",
}


def damaged_sqlite(path: Path) -> list[str]:
    """What SQLite finds wrong with its pages, indexes and references."""
    try:
        with closing(sqlite3.connect(path, timeout=20)) as opened:
            said = [row[0] for row in opened.execute("PRAGMA integrity_check")]
            astray = opened.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError as error:
        return [str(error)]
    return [line for line in said if line != "ok"] + [f"astray: {row}" for row in astray]


def _postgresql_programs() -> str:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return str(found[-1]) if found else ""


def copied(home: Home, folder: Path) -> Home:
    """The same installation once more, while nobody writes."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in home.folder.glob("*.key"):
        (folder / path.name).write_bytes(path.read_bytes())
    target = Home(folder)
    opened = closing(sqlite3.connect(home.database)), closing(sqlite3.connect(target.database))
    with opened[0] as there, opened[1] as here:
        there.backup(here)
    return target


class Server:
    """`footbridge serve` on a home; started, killed and started again on one port."""

    def __init__(self, home: Home, *, worker: bool = True, limits: Any = None) -> None:
        self.home, self.port = home, free_port()
        self.words = ["serve", "--port", str(self.port), *([] if worker else ["--no-worker"])]
        self.limits = limits
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            [*PROGRAM, *self.words],
            env=self.home.environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=self.limits,
            cwd=ROOT,
        )
        wait_until(self.answers, "the server answers")

    def answers(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, "the server has ended by itself"
        with contextlib.suppress(OSError, http.client.HTTPException):
            return bool(self.get("/sign-in/")[0])
        return False

    def kill(self) -> None:
        """Without warning: the server, what it started, and so the worker."""
        assert self.process is not None
        kill_with_children(self.process.pid)
        self.process.wait()

    def get(self, path: str, token: str = "") -> tuple[int, Any, bytes]:
        return self._request("GET", path, token)

    def post(
        self, path: str, token: str, key: str, body: dict[str, Any], method: str = "POST"
    ) -> tuple[int, Any, bytes]:
        headers = {"Idempotency-Key": key, "Content-Type": "application/json"}
        return self._request(method, path, token, json.dumps(body), headers)

    def _request(
        self, method: str, path: str, token: str, body: str = "", more: Any = None
    ) -> tuple[int, Any, bytes]:
        opened = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        signed = {"Authorization": f"Bearer {token}"} if token else {}
        try:
            opened.request(method, path, body or None, signed | (more or {}))
            answer = opened.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            opened.close()


@contextmanager
def serving(home: Home, **more: Any) -> Iterator[Server]:
    """A server for as long as the block runs."""
    server = Server(home, **more)
    try:
        server.start()
        yield server
    finally:
        if server.process is not None and server.process.poll() is None:
            server.kill()
