"""The drills in their order, each with what it needs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.faults import disks
from tests.faults.backups import back_up_under_load
from tests.faults.crashing import crash_postgresql
from tests.faults.home import ROOT, Home, copied
from tests.faults.killing import kill_the_server
from tests.faults.migrating import earlier, interrupt_the_steps
from tests.faults.outcome import Outcome
from tests.faults.postgres import Cluster, cluster, programs
from tests.faults.power import cut_the_power
from tests.faults.sizes import Sizes

PROGRAMS = 4


class NotHere(Exception):
    """This machine lacks what a drill needs; the message says what."""


@dataclass
class Ground:
    """A folder, and installations in it that are made when first called for."""

    folder: Path
    sizes: Sizes
    cluster: Cluster | None = None

    @cached_property
    def home(self) -> Home:
        """On SQLite: the steps taken, some people in it, each with a program of theirs."""
        return self._staged(Home(self._new("home")))

    @cached_property
    def tokens(self) -> list[str]:
        return self.home.stage(PROGRAMS)

    def _staged(self, home: Home) -> Home:
        home.run("migrate")
        return home

    def _new(self, name: str) -> Path:
        path = self.folder / name
        path.mkdir(parents=True)
        return path

    def copy(self, name: str) -> Home:
        """The home once more, with the people in it."""
        assert self.tokens
        return copied(self.home, self._new(name))

    def on_postgresql(self, name: str, like: str = "template0") -> Home:
        """A home with an empty database of its own, or one like another."""
        if self.cluster is None:
            raise NotHere("no PostgreSQL on this machine (apt install postgresql)")
        return Home(self._new(name), self.cluster.make(name, like))

    def populated(self, home: Home) -> Home:
        """The demo network, and back to the first steps."""
        home.run("migrate")
        home.run("demo")
        earlier(home)
        return home


@contextmanager
def ground(sizes: Sizes) -> Iterator[Ground]:
    """A folder, and where it can be had a PostgreSQL, for as long as the block runs."""
    folder = Path(tempfile.mkdtemp(prefix="footbridge-faults-", dir="/tmp"))
    try:
        if programs() is None:
            yield Ground(folder, sizes)
        else:
            with cluster() as made:
                yield Ground(folder, sizes, made)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def server_killed(on: Ground) -> Outcome:
    return kill_the_server(on.copy("killed"), on.tokens, on.sizes.kills)


def power_cut(on: Ground) -> Outcome:
    if shutil.which("strace") is None:
        raise NotHere("no strace on this machine (apt install strace)")
    return cut_the_power(on.copy("power"), on.sizes.power_cuts, on.folder / "cuts")


def postgresql_crashed(on: Ground) -> Outcome:
    home = on.on_postgresql("crashed")
    home.run("migrate")
    assert on.cluster is not None
    return crash_postgresql(home, home.stage(PROGRAMS), on.cluster, on.sizes.crashes)


def disk_full(on: Ground) -> Outcome:
    _may_mount()
    return disks.fill_the_disk(on.home, on.tokens[0], on.folder)


def disk_read_only(on: Ground) -> Outcome:
    _may_mount()
    return disks.stop_the_writes(on.home, on.tokens[0], on.folder)


def _may_mount() -> None:
    if not disks.can_mount():
        raise NotHere("only root may mount a disk for the test")


def backup_on_sqlite(on: Ground) -> Outcome:
    number = on.sizes.backups
    elsewhere = lambda path: Home(_made(path))  # noqa: E731
    home = on.copy("backed-up")
    return back_up_under_load(home, number, on.folder / "backups", elsewhere=elsewhere)


def backup_on_postgresql(on: Ground) -> Outcome:
    home = on.on_postgresql("written")
    home.run("migrate")
    home.stage(PROGRAMS)

    def elsewhere(path: Path) -> Home:
        return on.on_postgresql(f"pg_{path.name}")

    number = on.sizes.backups
    return back_up_under_load(home, number, on.folder / "dumps", elsewhere=elsewhere)


def _made(path: Path) -> Path:
    path.mkdir(parents=True)
    return path


def steps_on_sqlite(on: Ground) -> Outcome:
    before = on.populated(Home(on._new("populated")))

    def again(number: int) -> Home:
        return copied(before, on._new(f"steps{number}"))

    return interrupt_the_steps(before, on.sizes.migrations, again=again)


def steps_on_postgresql(on: Ground) -> Outcome:
    before = on.populated(on.on_postgresql("populated_pg"))

    def again(number: int) -> Home:
        return on.on_postgresql(f"steps_pg{number}", like="populated_pg")

    return interrupt_the_steps(before, on.sizes.migrations, again=again)


def mail(on: Ground) -> Outcome:
    """A mail server that is down, slow and refusing; workers killed between sending and marking."""
    said = _tests(
        "tests/rooms/mail/test_servers_and_workers.py",
        FOOTBRIDGE_MAIL_KILLS=str(on.sizes.mail_kills),
        FOOTBRIDGE_MAILS=str(on.sizes.mails),
    )
    found = re.search(
        r"mails (\d+), kills (\d+), lost (\d+), came twice (\d+), under another name (\d+)", said
    )
    assert found, said
    mails, kills, lost, twice, other = map(int, found.groups())
    words = f"{twice} came twice under the same name"
    return Outcome("worker killed at mail", f"{kills} kills", mails, mails, lost, 0, other, words)


def double_submits(on: Ground) -> Outcome:
    """Twenty-five requests by twelve threads each, from pages and from programs."""
    asked = "test_twenty_five_keys_by_twelve_threads_leave_twenty_five_rows"
    files = [f"tests/nothing_lost/test_{name}_count_once.py" for name in ("forms", "calls")]
    _tests(*[f"{file}::{asked}" for file in files])
    return Outcome("double submits", "2 x 25 keys, 12 threads", 50, 50, 0, 0, 0)


def concurrent_edits(on: Ground) -> Outcome:
    file = "tests/nothing_lost/test_edits_meet.py"
    said = _tests(f"{file}::test_of_four_hundred_edits_at_once_each_acknowledged_one_is_found")
    found = re.search(r"edits acknowledged (\d+), found (\d+), (conflicts on the way \d+)", said)
    assert found, said
    told, there = int(found[1]), int(found[2])
    return Outcome("concurrent edits", f"{told} edits", told, there, told - there, 0, 0, found[3])


def clock_jumps(on: Ground) -> Outcome:
    said = _tests("tests/faults/test_clocks.py")
    found = re.search(r"clock jumps (\d+), letters (\d+), arrived (\d+), twice (\d+)", said)
    assert found, said
    jumps, letters, arrived, twice = map(int, found.groups())
    return Outcome("clock jumps", f"{jumps} jumps", letters, arrived, letters - arrived, 0, twice)


def _tests(*names: str, **more: str) -> str:
    """Run tests in a process of their own, on SQLite; what they print."""
    kept = {name: value for name, value in os.environ.items() if "FOOTBRIDGE" not in name}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-s", "-p", "no:randomly", *names],
        env=kept | more,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    return done.stdout


DRILLS: dict[str, Callable[[Ground], Outcome]] = {
    drill.__name__: drill
    for drill in (
        server_killed,
        power_cut,
        postgresql_crashed,
        disk_full,
        disk_read_only,
        backup_on_sqlite,
        backup_on_postgresql,
        steps_on_sqlite,
        steps_on_postgresql,
        mail,
        double_submits,
        concurrent_edits,
        clock_jumps,
    )
}
# Tests of their own already: `make faults` calls them, the tests need not twice.
TESTED_ELSEWHERE = {"double_submits", "concurrent_edits", "clock_jumps"}
