"""What a flood leaves behind at an open call, and what it costs whoever looks at the answers.

    python -m benchmarks.flood [POSTS]

A script posts to the form that stands on other web sites, then to the page that sends, from one
network and from as many networks as posts; people answer in between and use their links. Then
the call is given 2,000 answers of members, and its owner turns the pages. CPU time of one thread,
in a database of its own that is thrown away.
"""

from __future__ import annotations

import ipaddress
import os
import re
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

POSTS, PEOPLE, MEMBERS = 5_000, 20, 2_000
TEXT = "We would do it with two bicycles and a cold box. " * 20


def main() -> int:
    posts = int(sys.argv[1]) if len(sys.argv) > 1 else POSTS
    with tempfile.TemporaryDirectory() as home:
        os.environ["FOOTBRIDGE_HOME"] = str(Path(home))
        _open_database()
        for line in measure(posts):
            print(line)
    return 0


def _open_database() -> None:
    import logging

    from benchmarks.populate import open_database

    open_database()
    logging.disable(logging.WARNING)


def measure(posts: int) -> Iterable[str]:
    """A line for each figure."""
    from footbridge.calls import limits

    owner = _owner()
    yield _flooded(
        "the form on other web sites", _opened(owner), posts, _onto_the_form, spread=True
    )
    yield _flooded("sent from one network", _opened(owner), posts, _sends, spread=False)
    yield _flooded("sent from many networks", _opened(owner), posts, _sends, spread=True)
    yield f"bound of a call: {limits.MOST_WAITING} that wait for their link"
    yield _read(owner, _opened(owner))


def _owner() -> Any:
    from footbridge.people import actions as people
    from footbridge.people.models import Affiliation, Chapter, Organisation, Person

    chapter = Chapter.objects.create(name="Harbour")
    owner = Organisation.objects.create(
        kind="organisation", name="Cold Chain", folded="cold chain", chapter=chapter
    )
    said = {"kind": "person", "standing": "joined", "chapter": chapter}
    lena = Person.objects.create(name="Lena", folded="lena", email="lena@example.org", **said)
    Affiliation.objects.create(person=lena, organisation=owner)
    people.account_for(lena)
    return lena


def _opened(lena: Any) -> Any:
    from footbridge.calls import actions
    from footbridge.people import queries as people

    [owner] = people.acted_for_by(lena)
    call = actions.draft(actor=lena, owner=owner, kind="brief", title="Surplus food at night")
    said = {
        "outcome": "No pallet is thrown away.", "good_answer": "What you would do first.",
        "decided_by": "The depot", "is_remote": True, "reward": "paid",
        "audience": "everyone", "answers_from": "anyone",
    }  # fmt: skip
    call = actions.shape(actor=lena, call=call, said=said)
    return actions.open_call(actor=lena, call=call)


# The flood.


def _flooded(what: str, call: Any, posts: int, send: Callable[..., int], *, spread: bool) -> str:
    """Posts of a script, and a person every so often who uses their link at once."""
    from django.core.cache import cache

    from footbridge.calls.models import Answer
    from footbridge.calls.states import AnswerState

    answers: Counter[int] = Counter()
    spent, asked, back = [], 0, 0
    for number in range(posts):
        began = time.process_time()
        answers[send(call, number, _network(number if spread else 0))] += 1
        spent.append((time.process_time() - began) * 1000)
        if number % (posts // PEOPLE) == 0:
            asked += 1
            back += not _answered_by_somebody(call, number)
        cache.clear()
    rows = Answer.objects.filter(call=call)
    kept = rows.exclude(state=AnswerState.DRAFT).count()
    return (
        f"{what}: {posts:,} posts, answered {dict(answers)}; {rows.count():,} rows left; "
        f"{kept} of {asked} people's answers sent, {back} came back with their words; "
        f"a post {statistics.median(spent):.1f} ms, the last hundred "
        f"{statistics.median(spent[-100:]):.1f} ms"
    )


def _network(number: int) -> str:
    return str(ipaddress.IPv4Address("10.0.0.0") + number)


def _client(network: str) -> Any:
    from django.test import Client

    return Client(REMOTE_ADDR=network, HTTP_HOST="localhost")


def _onto_the_form(call: Any, number: int, network: str) -> int:
    status: int = _client(network).post(f"/calls/{call.slug}/continue/", _typed(number)).status_code
    return status


def _sends(call: Any, number: int, network: str) -> int:
    """As a script does that has read the page once and keeps its stamp."""
    said = _typed(number) | {"stamp": _stamp(call)}
    status: int = _client(network).post(f"/calls/{call.slug}/answer/", said).status_code
    return status


def _typed(number: int) -> dict[str, str]:
    return {"name": f"Program {number}", "email": f"p{number}@example.test", "text": TEXT}


_stamps: dict[str, str] = {}


def _stamp(call: Any) -> str:
    if call.slug not in _stamps:
        page = _client("192.0.2.1").get(f"/calls/{call.slug}/answer/").content.decode()
        found = re.search('name="stamp" value="([^"]+)"', page)
        _stamps[call.slug] = found.group(1) if found else ""
        time.sleep(2.1)
    return _stamps[call.slug]


def _answered_by_somebody(call: Any, number: int) -> bool:
    """Somebody writes, opens the letter and sends it; whether that went through. Who is told to
    come back later finds every word on the page."""
    from footbridge.calls.models import Answer
    from footbridge.calls.queries.by_link import answer_path

    visitor = _client(str(ipaddress.IPv4Address("172.16.0.0") + number))
    said = _typed(number) | {"name": "Somebody", "email": f"somebody{number}@example.test"}
    said |= {"stamp": _stamp(call)}
    answer = visitor.post(f"/calls/{call.slug}/answer/", said)
    if answer.status_code != 302:
        if said["email"] not in answer.content.decode():
            raise RuntimeError("what somebody typed was lost")
        return False
    row = Answer.objects.get(email=said["email"], call=call)
    sent: int = visitor.post(answer_path(row), {"move": "send"}).status_code
    return sent == 302


# The owner.


def _read(lena: Any, call: Any) -> str:
    """The list of 2,000 answers: its first page, its last, those that wait."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from footbridge.people import actions as people

    _answered_by_members(call)
    client = _client("192.0.2.1")
    client.force_login(people.account_for(lena))
    page = f"/find/calls/{call.slug}/answers/"
    told = []
    for query in ("", "?page=100", "?state=waiting"):
        with CaptureQueriesContext(connection) as seen:
            client.get(page + query)
        asked, spent = len(seen), []
        for _round in range(9):
            began = time.process_time()
            client.get(page + query)
            spent.append((time.process_time() - began) * 1000)
        told.append(f"{query or 'first page'} {statistics.median(spent):.0f} ms, {asked} queries")
    return f"{MEMBERS:,} answers: " + "; ".join(told)


def _answered_by_members(call: Any) -> None:
    from footbridge.calls.models import Answer
    from footbridge.core import clock
    from footbridge.people.models import Person

    said = {"kind": "person", "standing": "joined", "chapter": call.chapter}
    people = Person.objects.bulk_create(
        Person(name=f"Guest {n:04}", folded=f"guest {n:04}", email=f"g{n}@example.org", **said)
        for n in range(MEMBERS)
    )
    now = clock.now()
    Answer.objects.bulk_create(
        Answer(
            call=call, member=one, by=one, text=TEXT, state="sent", sent_at=now,
            due_at=now + timedelta(days=14),
        )
        for one in people
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
