"""How long an import takes, beside one that asks the database about each row, in the same run.

    python -m benchmarks.imports [--quick]

A list of people (organisation, role, place, languages, need, offer, causes) and a list of ties
between them, from CSV files to rows, each row with its verdict; on SQLite, each size in a process
of its own, so that its memory is its own. Memory is what the process itself fills, looked at twenty
times a second: pages of the database that SQLite maps into view, up to 128 MB, are the machine's
file cache, which takes them back whenever it needs them. The peer does per row what we do per
thousand: `update_or_create` through Django's ORM, of people, organisations, roles, needs, offers
and ties, in one transaction per thousand rows. It reads no skills from sentences, looks up no
places, and keeps no verdicts. It is timed on a part of the list; the rest is extrapolated.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

FULL, SMALL, QUICK = 50_000, 10_000, 2_000
PEER_ROWS = 2_000
GOAL_SECONDS = 60
# Memory may grow by this from the small list to the full one: a few bytes for each row.
GOAL_MEGABYTES = 100

THINGS = (
    "cold storage", "a van", "bookkeeping", "grant writing", "a kitchen", "volunteers",
    "web design", "translation into Spanish", "legal advice", "a meeting room", "data analysis",
)  # fmt: skip
DAYS = ("Mondays", "Tuesdays", "the spring fair", "the youth club", "weekends", "March")
TOWNS = ("Leeds", "Porto", "Lyon", "Sevilla", "Leipzig", "Gdansk", "Nairobi", "Bristol")
WORDS = ("strong", "weak", "know")


def run(quick: bool) -> list[dict[str, Any]]:
    """Rows of the table; `quick` takes a short list."""
    sizes = (QUICK,) if quick else (SMALL, FULL)
    measured = [_apart(size) for size in sizes]
    rows = [_time_row(one) for one in measured[-1:]]
    return rows if quick else [*rows, _memory_row(*measured)]


def _time_row(one: dict[str, Any]) -> dict[str, Any]:
    per_row = one["peer_ms"] / one["peer_rows"] * one["size"]
    return {
        "work": "import people with ties, needs and offers: wall, with a verdict per row"
        f" ({one['cpu_ms'] / 1000:.0f} s of CPU)",
        "size": one["size"],
        "ours_ms": round(one["wall_ms"]),
        "peers": {"per-row upsert": round(per_row)},
        "goal": f"<= {GOAL_SECONDS} s for {FULL:,} people",
        "met": one["wall_ms"] / one["size"] <= GOAL_SECONDS * 1000 / FULL,
    }


def _memory_row(small: dict[str, Any], full: dict[str, Any]) -> dict[str, Any]:
    grown = full["peak_mb"] - small["peak_mb"]
    return {
        "work": f"import: peak memory of its own, beyond that of {small['size']:,} people",
        "size": full["size"],
        "ours_mb": round(grown),
        "peers": {},
        "goal": f"<= {GOAL_MEGABYTES} MB",
        "met": grown <= GOAL_MEGABYTES,
    }


def _apart(size: int) -> dict[str, Any]:
    """Measure one size in a process and a home of its own."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "FOOTBRIDGE_HOME": home}
        environment["DJANGO_SETTINGS_MODULE"] = "footbridge.config.settings"
        environment.pop("FOOTBRIDGE_DATABASE_URL", None)
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.imports", "--apart", str(size)],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _measure(size: int) -> dict[str, Any]:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    home = Path(os.environ["FOOTBRIDGE_HOME"])
    people, ties = home / "people.csv", home / "ties.csv"
    people.write_text("".join(_people(size)))
    ties.write_text("".join(_ties(size)))
    with _watched_memory() as seen:
        wall, cpu = _import(people, ties, size)
    count = min(PEER_ROWS, size)
    return {
        "size": size,
        "wall_ms": wall,
        "cpu_ms": cpu,
        "peak_mb": max(seen),
        "peer_rows": count,
        "peer_ms": _upsert_row_by_row(count),
    }


@contextmanager
def _watched_memory() -> Iterator[list[float]]:
    """How many megabytes the process held at each look, from now until the block ends."""
    seen = [_own_megabytes()]
    over = threading.Event()

    def look() -> None:
        while not over.wait(0.05):
            seen.append(_own_megabytes())

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield seen
    finally:
        over.set()
        watcher.join()


def _own_megabytes() -> float:
    """Of Linux; elsewhere the peak so far, with whatever files are mapped."""
    status = Path("/proc/self/status")
    if not status.exists():
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
    return int(lines["RssAnon"].split()[0]) / 1024


def _import(people: Path, ties: Path, size: int) -> tuple[float, float]:
    from footbridge.core.audience import OPERATOR
    from footbridge.intake import actions
    from footbridge.people.actions import create_chapter

    chapter = create_chapter(actor=OPERATOR, name="Bench")
    wall, cpu = perf_counter(), process_time()
    given = [actions.Given(people, "people.csv"), actions.Given(ties, "ties.csv")]
    batch = actions.read_files(actor=OPERATOR, chapter=chapter, files=given)
    batch = actions.start(actor=OPERATOR, batch=batch, wait=True)
    spent = (perf_counter() - wall) * 1000, (process_time() - cpu) * 1000
    expected = {"new_people": size, "ties": size, "needs": size, "offers": size, "refused": 0}
    assert {name: batch.counts[name] for name in expected} == expected, batch.counts
    return spent


def _people(size: int) -> Iterator[str]:
    chance = random.Random(1)
    yield "id,Name,Email,Organisation,Role,City,Languages,Need,Offer,Causes\n"
    for number in range(size):
        pick = chance.choice
        yield (
            f"{number},Person {number:x} Lima,p{number}@x.example,Firm {number % (size // 5)}"
            f',Director,{pick(TOWNS)},"en, fr",We need {pick(THINGS)} for {pick(DAYS)},'
            f"{pick(THINGS)} on {pick(DAYS)},SDG {chance.randint(1, 17)}\n"
        )


def _ties(size: int) -> Iterator[str]:
    chance = random.Random(2)
    yield "from,to,strength,since\n"
    for number in range(size):
        other = (number + 1 + chance.randrange(size - 1)) % size
        yield f"{number},{other},{chance.choice(WORDS)},2020-0{1 + number % 9}-11\n"


def _upsert_row_by_row(count: int) -> float:
    """The usual loop: for each row, look up and create or change, one object after the other."""
    from django.db import transaction

    from footbridge.people.models import Chapter

    chapter = Chapter.objects.create(name="Row by row")
    begun = perf_counter()
    for start in range(0, count, 1000):
        with transaction.atomic():
            for number in range(start, min(start + 1000, count)):
                _upsert(chapter, number, count)
    with transaction.atomic():
        for number in range(count):
            _upsert_tie(number, count)
    return (perf_counter() - begun) * 1000


def _upsert(chapter: Any, number: int, count: int) -> None:
    from footbridge.exchange.models import Need, Offer
    from footbridge.people.models import Affiliation, Organisation, Person

    name = f"Employer {number % max(1, count // 5)}"
    organisation, _new = Organisation.objects.update_or_create(
        kind="organisation", name=name, folded=name.lower(), defaults={"chapter": chapter}
    )
    said = {"name": f"Person {number}", "folded": f"person {number}", "chapter": chapter}
    person, _new = Person.objects.update_or_create(
        email=f"q{number}@x.example", defaults={**said, "kind": "person", "standing": "known"}
    )
    Affiliation.objects.update_or_create(person=person, organisation=organisation, role="Director")
    for kind in (Need, Offer):
        kind.objects.update_or_create(
            owner=person, text_key="x" * 32, defaults={"text": "A van on Mondays"}
        )


def _upsert_tie(number: int, count: int) -> None:
    from footbridge.network.models import Tie
    from footbridge.people.models import Person

    teller = Person.objects.get(email=f"q{number}@x.example")
    other = Person.objects.get(email=f"q{(number + 1) % count}@x.example")
    Tie.objects.update_or_create(teller=teller, other=other, defaults={"strength": "know"})


if __name__ == "__main__":
    if "--apart" in sys.argv:
        print(json.dumps(_measure(int(sys.argv[-1]))))
    else:
        for line in run("--quick" in sys.argv):
            print(line)
