"""A PostgreSQL of one's own, which syncs to the disk as it is shipped to, and can be crashed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.processes import children, kill_with_children


def programs() -> Path | None:
    """The folder of the newest server programs of this machine."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name)
    return next((path for path in reversed(found) if (path / "initdb").exists()), None)


class Cluster:
    """One server in a folder, reached by a socket in it."""

    def __init__(self, folder: Path) -> None:
        found = programs()
        assert found is not None, "no PostgreSQL on this machine"
        self.programs, self.folder = found, folder
        self._run("initdb", "-D", self.data, "-A", "trust", "-U", "footbridge", "--encoding=UTF8",
                  "--locale=C.UTF-8")  # fmt: skip

    @property
    def data(self) -> str:
        return str(self.folder / "data")

    def _run(self, program: str, *words: str) -> None:
        """As whoever may run it: PostgreSQL refuses to be root."""
        as_whom = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        done = subprocess.run(
            [*as_whom, str(self.programs / program), *words],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd="/",
        )  # fmt: skip
        assert done.returncode == 0, done.stderr + self._said()

    def _said(self) -> str:
        log = self.folder / "log"
        return log.read_text()[-2000:] if log.exists() else ""

    def start(self) -> None:
        """It is there once it answers, with what it had to mend mended."""
        said = f"-c listen_addresses='' -c unix_socket_directories={self.folder} -c fsync=on"
        log = str(self.folder / "log")
        self._run("pg_ctl", "-D", self.data, "-w", "-t", "120", "-l", log, "-o", said, "start")

    def kill(self) -> None:
        """All of its processes at once, without warning."""
        kill_with_children(self._pid())
        # As after a power cut: the processes are gone, and not merely waiting to be buried.
        for left in (self._pid_file, self.folder / ".s.PGSQL.5432.lock"):
            left.unlink(missing_ok=True)

    def kill_one_backend(self) -> None:
        """One of its processes: the server drops everyone, and recovers by itself."""
        working = [
            pid
            for pid in children(self._pid())
            if b"idle" in _title(pid) or b"INSERT" in _title(pid)
        ]
        for pid in working[:1]:
            os.kill(pid, 9)

    @property
    def is_up(self) -> bool:
        return self._pid_file.exists()

    @property
    def _pid_file(self) -> Path:
        return self.folder / "data" / "postmaster.pid"

    def _pid(self) -> int:
        return int(self._pid_file.read_text().split()[0])

    def stop(self) -> None:
        """At once, without writing anything back."""
        self._run("pg_ctl", "-D", self.data, "-m", "immediate", "stop")

    def make(self, name: str, like: str = "template0") -> str:
        """A new database; returns its address."""
        where = ["-h", str(self.folder), "-U", "footbridge"]
        self._run("createdb", *where, "-T", like, name)
        return f"postgresql://footbridge@/{name}?host={self.folder}"

    def drop(self, name: str) -> None:
        self._run("dropdb", "-h", str(self.folder), "-U", "footbridge", "--if-exists", name)


def _title(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A server for as long as the block runs."""
    folder = Path(tempfile.mkdtemp(prefix="footbridge-pg-", dir="/tmp"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    made = Cluster(folder)
    made.start()
    try:
        yield made
    finally:
        if made.is_up:
            made.kill()
        shutil.rmtree(folder, ignore_errors=True)
