"""The figures of a run, as the page that is kept with the documentation."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tests.twin.run import Tally, references

LIMITS = """\
- Whoever is root on the running host can read its memory and the key file. Whoever watches the
  hidden person's own network sees them visit the site. Whoever reads their mailbox sees their
  codes come in.
- Time is counted, not measured: statements, rows read, hashes and messages of each request are
  compared; work of the processor alone, without any of these, is not.
- The worker's own duration is not compared, only what comes of its work.
- Two things are left out of every comparison, each for a reason. *Who looks first*: whoever asks
  first after news waits until the network is built anew; here it is built before each question,
  as the worker does in a large network. *What is theirs alone*: the hidden person's log-in
  identity, which names nobody, its sessions, and sealed messages to them and to whom they met.
  Nothing else is masked: ids, tokens, secrets and the clock follow from who acts.
- Whom the hidden person met, who vouched for them and who was sent a card know of them, and do
  not look on.
- Coming out from under the radar is meant to be seen, so no pair ends with it.
- Another person under the radar looks on as well, one who is not verified. Two who are both
  verified and both glad of it see each other's yes: that is what they asked for.
- Two worlds show what the software gives away, not what people do: what a host remembers, what was
  printed or taken home before, mail that had left, backups until they are too old to be kept, and
  when somebody goes. These stand in [under-the-radar.md](under-the-radar.md).
- Pages are asked in one process, one after another. Requests at the same moment, a network so
  large that its snapshot lies on disk, a request sent twice under one key, the proxy before the
  server and what a browser does with a page are not part of it.
"""


def page(runs: dict[str, Tally], how: str) -> str:
    """The report on one or two databases."""
    limits = ["## Honest limits", "", LIMITS]
    parts = [*_head(how), *_figures(runs), *_leaks(runs), *_details(runs), *limits]
    return "\n".join(parts)


def _head(how: str) -> list[str]:
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    return [
        "# What others can see of somebody under the radar",
        "",
        "The promise: *nothing that anyone can see depends on you.* Twin worlds try to break it: "
        "two databases from one seed that differ in the hidden person alone, the same adaptive "
        "script run by the same observer over both, and every byte and every cost compared.",
        "",
        f"Written by a run on {today}. To repeat it: `{how}`. Do not edit by hand.",
        "",
    ]


def _figures(runs: dict[str, Tally]) -> list[str]:
    names = list(runs)
    lines = [f"| | {' | '.join(names)} |", f"|---|{'---|' * len(names)}"]
    told = {
        "pairs of worlds": lambda one: f"{one.pairs:,}",
        "observations of a world": lambda one: f"{one.observations:,}",
        "requests": lambda one: f"{one.requests:,}",
        "bytes of pages and answers compared": lambda one: f"{one.compared_bytes:,}",
        "routes and operations asked": lambda one: f"{len(one.routes)}",
        "**differences**": lambda one: f"**{len(one.differing)}**",
        "planted leaks caught": lambda one: f"{_caught(one)} of {len(one.leaks)}",
        "seconds of one core": lambda one: f"{one.seconds:,.0f}",
    }
    for words, value in told.items():
        lines.append(f"| {words} | {' | '.join(value(one) for one in runs.values())} |")
    return [*lines, ""]


def _caught(one: Tally) -> int:
    return sum(map(bool, one.leaks.values()))


def _leaks(runs: dict[str, Tally]) -> list[str]:
    tally = next(iter(runs.values()))
    if not tally.leaks:
        return []
    lines = ["## Leaks planted to test the detector", "", "| leak | first seen by |", "|---|---|"]
    for name, by in sorted(tally.leaks.items()):
        first = by[0].replace("|", "\\|")[:90] if by else "**not caught**"
        lines.append(f"| {name} | {first} |")
    return [*lines, ""]


def _details(runs: dict[str, Tally]) -> list[str]:
    lines = []
    for name, tally in runs.items():
        lines += [f"## {name}: who looked on, at what", ""]
        lines += [f"Seeds: {_short(tally.seeds)}.", ""]
        lines += [f"Compared with: {', '.join(references())}.", ""]
        lines += ["| story | pairs |", "|---|---|"]
        lines += [f"| {story} | {count} |" for story, count in sorted(tally.stories.items())]
        lines += ["", "| observer | worlds seen |", "|---|---|"]
        lines += [f"| {who} | {count} |" for who, count in sorted(tally.observers.items())]
        answers = ", ".join(f"{count:,} × {code}" for code, count in sorted(tally.statuses.items()))
        lines += ["", f"Answers: {answers}.", ""]
        if tally.differing:
            lines += ["Differences:", "", *(f"- `{one}`" for one in tally.differing[:50]), ""]
    return lines


def _short(seeds: list[str]) -> str:
    if len(seeds) < 8:
        return ", ".join(seeds)
    return f"{seeds[0]} … {seeds[-1]} ({len(seeds)} networks)"


def write(runs: dict[str, Tally], path: Path, how: str) -> None:
    path.write_text(page(runs, how).rstrip() + "\n")
