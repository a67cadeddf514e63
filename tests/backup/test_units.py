"""The files that have a backup taken every night see nothing but their own two folders."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
SERVICE = DEPLOY / "footbridge-backup.service"
TIMER = DEPLOY / "footbridge-backup.timer"


def _said(unit: Path) -> set[str]:
    lines = (line.strip() for line in unit.read_text().splitlines())
    return {line for line in lines if line and not line.startswith(("#", "["))}


def test_the_backup_has_no_right_that_the_worker_has_not() -> None:
    worker = _said(DEPLOY / "systemd" / "footbridge-worker.service")
    further = _said(SERVICE) - worker
    assert {line.partition("=")[0] for line in further} == {
        *("Description", "Documentation", "After", "Type", "StateDirectory"),
        *("ExecStart", "Nice", "IOSchedulingClass", "SyslogIdentifier"),
    }
    assert {"UMask=0077", "StateDirectoryMode=0700", "ProtectSystem=strict"} <= _said(SERVICE)


def test_it_keeps_so_many_and_writes_no_keys() -> None:
    [line] = [line for line in _said(SERVICE) if line.startswith("ExecStart=")]
    assert line.endswith("footbridge backup /var/lib/footbridge-backups --keep 7")


def test_systemd_takes_the_files(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd on this machine")
    for unit in (SERVICE, TIMER):
        program = "/opt/footbridge/.venv/bin/footbridge"
        (tmp_path / unit.name).write_text(unit.read_text().replace(program, "/bin/true"))
    done = subprocess.run(
        ["systemd-analyze", "verify", str(tmp_path / TIMER.name)], capture_output=True, text=True
    )
    about_it = [line for line in done.stderr.splitlines() if "footbridge-backup" in line]
    assert (done.returncode, about_it) == (0, [])
    [when] = [line for line in _said(TIMER) if line.startswith("OnCalendar=")]
    words = ["systemd-analyze", "calendar", when.removeprefix("OnCalendar=")]
    assert subprocess.run(words, capture_output=True).returncode == 0
