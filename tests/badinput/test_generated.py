"""The whole attack in its short form: thousands of requests that nobody should send."""

from __future__ import annotations

import os

from tests.badinput.__main__ import attack, faults, sent, server_errors
from tests.badinput.child import SHARES
from tests.badinput.files import MAKERS

COUNT = int(os.environ.get("FOOTBRIDGE_BADINPUT", "2000"))
SEED = int(os.environ.get("FOOTBRIDGE_BADINPUT_SEED", "1"))


def test_whatever_is_sent_the_answer_is_in_words_and_what_is_kept_is_whole() -> None:
    report = attack(COUNT, SEED, (("pages", "bodies", "uploads"), ("api",)))
    assert faults(report) == []
    assert server_errors(report) == 0
    assert set(report) == set(SHARES)
    assert sent(report) >= COUNT
    assert report["uploads"]["checks"]["kinds of files"] == len(MAKERS)
    assert sum(part["checks"].get("exported cells (csv)", 0) for part in report.values()) > 100
    for part in report.values():
        assert part["checks"]["rows"] > 100
        assert part["checks"]["pages looked at afterwards"] > 100
