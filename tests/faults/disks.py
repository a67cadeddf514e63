"""A full disk and a disk that takes no more writes: refused in words, read as before, nothing torn.

Each needs a file system of its own, which only root may mount.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from tests.faults.home import Home, Server, copied, serving, wait_until
from tests.faults.outcome import Outcome

MEGABYTES = 24
LETS_GO_WITHIN = 20.0


def can_mount() -> bool:
    return os.geteuid() == 0 and subprocess.run(["unshare", "-m", "true"]).returncode == 0


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A file system of a few megabytes for as long as the block runs."""
    folder.mkdir(parents=True)
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(folder)], check=True
    )
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill_the_disk(home: Home, token: str, work: Path) -> Outcome:
    """Writes are refused while there is no room, and taken again once there is."""
    with small_disk(work / "full") as folder:
        return _drill("disk full", copied(home, folder), token, _filled, _emptied)


def stop_the_writes(home: Home, token: str, work: Path) -> Outcome:
    """The machine comes back with a disk that is mounted for reading only, and is mended later."""
    with small_disk(work / "read-only") as folder:
        return _drill("disk read-only", copied(home, folder), token, _read_only, _writable)


def _filled(server: Server) -> None:
    filler = server.home.folder / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))


def _emptied(server: Server) -> None:
    (server.home.folder / "filler").unlink()


def _read_only(server: Server) -> None:
    """With what the kill left in the log, and once more after the log was folded in."""
    server.kill()
    _remount(server.home, "ro")
    server.start()
    assert server.get("/sign-in/")[0] == 200
    server.kill()
    _remount(server.home, "rw")
    wait_until(partial(_log_is_folded_in, server.home), "the log is folded in")
    _remount(server.home, "ro")
    server.start()


def _log_is_folded_in(home: Home) -> bool:
    """Whoever closes the database last does it: we, once what was killed has let go of it."""
    home.ask("SELECT 1 FROM exchange_need")
    return not list(home.folder.glob("*-wal"))


def _writable(server: Server) -> None:
    server.kill()
    _remount(server.home, "rw")
    server.start()


def _remount(home: Home, how: str) -> None:
    """What was killed lets go of its files only when its turn comes: until then they are busy."""
    command = ["mount", "-o", f"remount,{how}", str(home.folder)]
    deadline = time.monotonic() + LETS_GO_WITHIN
    while subprocess.run(command, check=False, capture_output=True).returncode:
        if time.monotonic() > deadline:
            raise TimeoutError(f"{home.folder} stayed busy")
        time.sleep(0.1)


def _drill(
    drill: str,
    home: Home,
    token: str,
    hurt: Callable[[Server], None],
    heal: Callable[[Server], None],
) -> Outcome:
    with serving(home, worker=False) as server:
        told = _written(server, token, "before", 5)
        hurt(server)
        refused = [_write(server, token, f"meanwhile, day {n}") for n in range(40)]
        told += [text for text, status, _again in refused if status == 201]
        reads = [server.get("/api/v1/me", token)[0] for _each in range(5)]
        reads += [server.get(path)[0] for path in ("/sign-in/", "/api/v1/openapi.json")]
        heal(server)
        told += _written(server, token, "after", 5)
    there = home.texts()
    ailing = home.torn()
    said = [(status, again) for _text, status, again in refused if status != 201]
    mistaken = {one for one in said if one[0] != 503 or not one[1]}
    words = [f"{len(said)} refused {sorted(set(said))}", f"read meanwhile {sorted(set(reads))}"]
    torn = len(ailing) + len(mistaken) + sum(status != 200 for status in reads) + (not said)
    return Outcome(
        drill, "once", len(told), len(set(told) & set(there)), len(set(told) - set(there)), torn,
        len(there) - len(set(there)), ", ".join(words + ailing),
    )  # fmt: skip


def _written(server: Server, token: str, when: str, count: int) -> list[str]:
    done = [_write(server, token, f"{when}, day {n}") for n in range(count)]
    assert {status for _text, status, _again in done} == {201}, done
    return [text for text, _status, _again in done]


def _write(server: Server, token: str, when: str) -> tuple[str, int, str]:
    """The words, the answer, and when to come again."""
    text = f"Cold storage {when}: " + "two nights a week, near the harbour. " * 8
    text = text.strip()
    status, headers, _body = server.post("/api/v1/needs", token, when, {"text": text})
    return text, status, headers.get("Retry-After", "")
