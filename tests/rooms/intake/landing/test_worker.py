"""An import goes on after its worker was killed, and ends as if nothing had happened."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, connections

from footbridge.core import clock, ids
from footbridge.core.audience import OPERATOR
from footbridge.intake import actions, queries, sheets, work
from footbridge.intake.models import Batch, RowResult
from footbridge.network.models import Tie
from footbridge.people.models import Chapter, Host, Person
from tests.cast import Cast
from tests.rooms.intake.lists import bring_in, verdicts

ROWS = 60
PEOPLE = "Name,Email,Organisation,Need\n" + "".join(
    f"Person {n},{'no address' if n % 10 == 0 else f'p{n}@x.org'},Organisation {n % 7},Need {n}\n"
    for n in range(ROWS)
)
TIES = "from,to\n" + "".join(f"p{n}@x.org,p{n + 1}@x.org\n" for n in range(1, 9))

# Lands two blocks of ten rows, says so, and then hangs until it is killed.
WORKER = """
import sys, time
import django
django.setup()
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[2]
from django.db import connections
connections["default"].settings_dict["NAME"] = sys.argv[2]
from footbridge.intake import work
work.BLOCK = 10
keep = work._Work._keep_results
def hang(self, opened, rows, *, second_time):
    keep(self, opened, rows, second_time=second_time)
    if self._position >= 30:
        print("at it", flush=True)
        time.sleep(60)
work._Work._keep_results = hang
mine = work.claim(sys.argv[1])
work.carry_out(sys.argv[1], mine)
"""


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "BLOCK", 10)


def queued(chapter: Chapter) -> Batch:
    given = [actions.Given(PEOPLE.encode(), "p.csv"), actions.Given(TIES.encode(), "t.csv")]
    batch = actions.read_files(actor=OPERATOR, chapter=chapter, files=given)
    Batch.objects.filter(id=batch.id).update(state="waiting")
    return Batch.objects.get(id=batch.id)


def outcome() -> tuple[object, ...]:
    """Who is there, by name, and what was said of the rows; ids differ from run to run."""
    people = Person.objects.order_by("name").values_list(
        "name", "email", "affiliations__organisation__name", "needs__text"
    )
    ties = Tie.objects.order_by("teller__name", "other__name")
    return (
        list(people),
        list(ties.values_list("teller__name", "other__name", "strength")),
        list(RowResult.objects.order_by("sheet", "number").values_list("number", "notes")),
    )


@pytest.fixture
def kept_home() -> Iterator[None]:
    yield
    for batch in Batch.objects.all():
        sheets.forget(batch.id)


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_loses_nothing(kept_home: None) -> None:
    with clock.held_at(datetime.now(UTC)):
        batch = queued(Chapter.objects.create(name="Home"))
        worker = _start_worker(batch)
        assert worker.stdout is not None
        assert worker.stdout.readline() == "at it\n"
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
        stopped = Batch.objects.get(id=batch.id)
        assert (stopped.state, stopped.done) == ("running", 20)
        assert Person.objects.count() == 20
        assert actions.run_due() == 0
    with clock.held_at(datetime.now(UTC) + 2 * work.STALE):
        assert actions.run_due() == 1
        assert actions.run_due() == 0
    done = Batch.objects.get(id=batch.id)
    assert (done.state, done.error) == ("done", "")
    assert done.counts["new_people"] == ROWS
    assert sum(verdicts(done)) == ROWS + 8
    after_kill = outcome(), done.counts
    Person.objects.all().delete()
    Chapter.objects.all().delete()
    whole = bring_in(Chapter.objects.create(name="Home"), PEOPLE, TIES)
    assert (outcome(), whole.counts) == after_kill


def _start_worker(batch: Batch) -> subprocess.Popen[str]:
    name = str(connection.settings_dict["NAME"])
    return subprocess.Popen(
        [sys.executable, "-c", WORKER, str(batch.id), name],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "footbridge.config.settings_test"},
    )


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_do_the_same_import_at_once(kept_home: None) -> None:
    batch = queued(Chapter.objects.create(name="Home"))
    claims: list[object] = []
    barrier = threading.Barrier(4)

    def grab() -> None:
        barrier.wait()
        claims.append(work.claim(batch.id))
        connections.close_all()

    threads = [threading.Thread(target=grab) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(claim is not None for claim in claims) == 1


@pytest.mark.django_db
def test_a_worker_that_was_given_up_for_dead_stops_when_it_wakes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    batch = queued(Chapter.objects.create(name="Home"))
    mine = work.claim(batch.id)
    assert mine is not None
    with clock.held_at(clock.now() + timedelta(minutes=5)):
        other = work.claim(batch.id)
        assert other is not None
        work.carry_out(batch.id, mine)
        assert not Person.objects.exists()
        work.carry_out(batch.id, other)
    assert Person.objects.count() == ROWS


@pytest.mark.django_db
def test_progress_is_told_as_it_goes() -> None:
    batch = queued(Chapter.objects.create(name="Home"))
    heard: list[tuple[int, int]] = []
    seen: list[int] = []

    def told(done: int, total: int) -> None:
        heard.append((done, total))
        seen.append(queries.progress(OPERATOR, batch.id).done)

    done = actions.run_now(batch, told)
    assert [done for done, _total in heard] == [10, 20, 30, 40, 50, 60, 68]
    assert seen == [10, 20, 30, 40, 50, 60, 68]
    progress = queries.progress(OPERATOR, done.id)
    assert (progress.percent, progress.at_work) == (100, False)


@pytest.mark.django_db
def test_who_no_longer_hosts_the_chapter_does_not_import_into_it(cast: Cast) -> None:
    given = [actions.Given(PEOPLE.encode(), "p.csv")]
    batch = actions.read_files(actor=cast.host, chapter=cast.chapter, files=given)
    Batch.objects.filter(id=batch.id).update(state="waiting")
    Host.objects.all().delete()
    assert actions.run_due() == 1
    failed = Batch.objects.get(id=batch.id)
    assert failed.state == "failed"
    assert "Only the hosts" in failed.error


@pytest.mark.django_db
def test_files_and_rows_of_old_imports_are_forgotten() -> None:
    batch = bring_in(Chapter.objects.create(name="Home"), PEOPLE)
    assert sheets.folder(batch.id).exists()
    assert actions.forget_old() == 0
    with clock.held_at(clock.now() + timedelta(days=31)):
        assert actions.forget_old() == 1
    assert not sheets.folder(batch.id).exists()
    assert not RowResult.objects.exists()
    assert queries.get_batch(OPERATOR, batch.id).counts["accepted"] == 54


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_the_same_people_at_once_make_each_person_once(kept_home: None) -> None:
    chapter = Chapter.objects.create(name="Home")
    batches = [queued(chapter), queued(chapter)]
    barrier = threading.Barrier(2)

    def run(batch: Batch) -> None:
        with ids.repeatable(str(batch.id)):
            barrier.wait()
            actions.run_now(batch)
        connections.close_all()

    threads = [threading.Thread(target=run, args=(batch,)) for batch in batches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [Batch.objects.get(id=batch.id).state for batch in batches] == ["done", "done"]
    assert Person.objects.count() == ROWS
