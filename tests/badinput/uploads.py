"""Every upload, handed every file; what was taken in is tried, brought in and looked at."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.badinput.aftermath import look_after
from tests.badinput.files import MAKERS, NAMES, File, called, hostile_list
from tests.badinput.sending import Request, Sender
from tests.badinput.stage import Stage
from tests.badinput.strings import HOSTILE
from tests.badinput.surface import Target, targets
from tests.badinput.tally import Tally

# A million rows take longer than a page.
LONGEST = 60.0
SPOILT_AFTER = 40
WAY_OUT = Path("/tmp/footbridge-way-out.csv")


def run(stage: Stage, tally: Tally, count: int, seed: int) -> None:
    """Hand over every file once, and more of the hostile ones until so many requests were made."""
    chance = random.Random(f"uploads {seed}")
    sender = Sender(tally, longest=LONGEST)
    places = [one for one in targets(stage) if any(c.kind == "file" for c in one.controls)]
    tally.checked("places that take a file", len(places))
    tally.checked("kinds of files", len(MAKERS))
    for number, (kind, file) in enumerate(_files(chance)):
        if number >= len(MAKERS) + len(NAMES) + len(HOSTILE) and tally.sent >= count:
            break
        if number and number % SPOILT_AFTER == 0:
            look_after(stage, tally)
            stage.rebuild()
        for target in _chosen(places, kind, number):
            _hand_over(stage, sender, target, kind, file)
    look_after(stage, tally)
    _nothing_got_out(tally)


def _files(chance: random.Random) -> Iterator[tuple[str, File]]:
    """Each kind, each name, each list of hostile cells; then lists by chance."""
    for maker in MAKERS:
        yield called(maker), maker()
    for name in NAMES:
        yield "odd names", File(name, b"Name,Email\nAda,ada@example.org\n")
    for kind in HOSTILE:
        yield "hostile cells", hostile_list(kind)
    while True:
        yield (
            "hostile cells",
            hostile_list(chance.choice(sorted(HOSTILE)), sign=chance.choice(",;\t")),
        )


def _chosen(places: list[Target], kind: str, number: int) -> list[Target]:
    """Each place in turn; once the host's list, which does most with a file, and once another."""
    hosts = [one for one in places if one.role == "host" and "import" in one.path]
    others = [one for one in places if one not in hosts]
    return [*hosts[:1], *([others[number % len(others)]] if others else [])]


def _hand_over(stage: Stage, sender: Sender, target: Target, kind: str, file: File) -> None:
    browser = stage.browser(target.role)
    control = next(one for one in target.controls if one.kind == "file")
    given = SimpleUploadedFile("x", file.content)
    given._name = file.name or "x"  # as it came over the wire; Django tidies it again
    answer = sender.send(browser, Request("POST", target.path, kind, fields={control.name: given}))
    if answer is not None and "/host/imports/" in answer.headers.get("Location", ""):
        _bring_in(sender, browser, answer.headers["Location"])


def _bring_in(sender: Sender, browser: Client, path: str) -> None:
    """Go all the way with a list that was taken in."""
    for step in ("", "check/", "bring-in/", "", "refused.csv", "progress/"):
        method = "POST" if step in ("check/", "bring-in/") else "GET"
        sender.send(browser, Request(method, path + step, "a list brought in"))


def _nothing_got_out(tally: Tally) -> None:
    """No file was written beside the folder that is ours."""
    tally.checked("places outside looked at", 2)
    if WAY_OUT.exists():
        tally.fault("a file was written outside", str(WAY_OUT))
    odd = [path for path in Path(settings.HOME).rglob("*") if path.is_symlink()]
    if odd:
        tally.fault("a link was unpacked", odd)
