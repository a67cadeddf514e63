"""What pages cost with a large network: CPU time through the WSGI application, one process, SQLite.

    python -m benchmarks.pages [--full]

The database is made once (10,000 members, with --full 100,000, which takes minutes) in
$FOOTBRIDGE_BENCH_HOME or a folder for temporary files, and kept for the next run. Beside each page
stands a floor, not a rival: the least that a Django page with sessions can do for the same rows,
built here (`FLOORS`). The goals in milliseconds are those of a well-kept Django application with
such pages (Healthchecks: sign-in 7.2, list of twenty 15.5, write 13.3), times 1.4, 1.3 and 1.15.
Pages and floors are asked in turn; the median is told.
"""

from __future__ import annotations

import io
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Row = dict[str, Any]
ROUNDS = 15
SIGN_IN, LIST, WRITE, SEARCH = 7.2 * 1.4, 15.5 * 1.3, 13.3 * 1.15, 20.0
ROOT = Path(__file__).resolve().parents[1]


def run(quick: bool) -> list[Row]:
    """The rows of the table, measured in a process of their own."""
    n = 10_000 if quick else 100_000
    home = Path(os.environ.get("FOOTBRIDGE_BENCH_HOME", "")) if _is_told() else _own_home(n)
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.pages", "--measure", str(n)],
        env=_environment(home),
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    rows: list[Row] = json.loads(done.stdout.splitlines()[-1])
    return rows + starting(home, rows[0]["size"])


def _is_told() -> bool:
    return bool(os.environ.get("FOOTBRIDGE_BENCH_HOME"))


def _own_home(n: int) -> Path:
    return Path(tempfile.gettempdir()) / f"footbridge-bench-{n}"


def _environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if "FOOTBRIDGE" not in name}
    return {
        **kept,
        "FOOTBRIDGE_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "footbridge.config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }


def measure(n: int) -> list[Row]:
    """Pages and floors in turn, in this process."""
    from benchmarks.populate import open_database, populate

    open_database()
    from footbridge.insight import network
    from footbridge.people.models import Member

    if not Member.objects.exists():
        populate(n)
    network.current()
    visitor = Visitor()
    size = f"{Member.objects.count():,}"
    rows = [_row(visitor, size, *page) for page in pages(visitor)]
    return [*rows, _searching(visitor, size)]


class Visitor:
    """A member who is signed in, and asks the application for pages."""

    def __init__(self) -> None:
        from django.test import Client

        from footbridge.config.wsgi import application
        from footbridge.people.models import Account, Person

        self.application: Any = application
        joined = Person.objects.filter(standing="joined", hosting=None).order_by("id")
        self.person, self.other = joined[0], joined[1]
        account, _ = Account.objects.get_or_create(email=self.person.email)
        Person.objects.filter(id=self.person.id).update(account=account)
        client = Client()
        client.force_login(account)
        self.cookies = {name: one.value for name, one in client.cookies.items()}
        self.said = 0

    def get(self, path: str, *, anonymous: bool = False) -> str:
        """The page at a path, which must be there."""
        status, page = self._ask("GET", path, b"", {} if anonymous else self.cookies)
        if status != 200:
            raise RuntimeError(f"{path} answered {status}")
        return page

    def open_a_need(self) -> None:
        """Send the form of a need; a new sentence each time."""
        self.said += 1
        form = f"{self.form}&text=We+need+{self.said}+cold+stores+{time.time_ns()}"
        status, page = self._ask("POST", "/needs-and-offers/need/", form.encode(), self.cookies)
        if status not in (302, 303):
            raise RuntimeError(f"opening a need answered {status}: {page[:500]}")

    @property
    def form(self) -> str:
        if not hasattr(self, "_token"):
            found = re.search('csrfmiddlewaretoken" value="([^"]+)"', self._form_page())
            self._token = found.group(1) if found else ""
        return f"csrfmiddlewaretoken={self._token}&owner={self.person.id}"

    def _form_page(self) -> str:
        return self.get("/needs-and-offers/need/")

    def _ask(self, method: str, path: str, body: bytes, cookies: dict[str, str]) -> tuple[int, str]:
        path, _, query = path.partition("?")
        told: dict[str, Any] = {}

        def start_response(status: str, headers: list[tuple[str, str]], *_more: Any) -> None:
            told["status"] = int(status.split()[0])
            self._keep(headers, cookies)

        environ = {
            "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query,
            "SERVER_NAME": "localhost", "SERVER_PORT": "8000", "HTTP_HOST": "localhost",
            "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body), "wsgi.errors": sys.stderr,
            "CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(body)),
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "REMOTE_ADDR": "127.0.0.1",
        }  # fmt: skip
        answer = self.application(environ, start_response)
        page = b"".join(answer)
        answer.close()
        return told["status"], page.decode()

    def _keep(self, headers: list[tuple[str, str]], cookies: dict[str, str]) -> None:
        for name, value in headers:
            if name.lower() == "set-cookie" and cookies is self.cookies:
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]


def pages(visitor: Visitor) -> list[tuple[str, Callable[[], Any], str, float]]:
    """What is measured: the work, how to ask, which floor stands beside it, the goal in ms."""
    return [
        ("today", lambda: visitor.get("/"), "list", LIST),
        ("find: ten suggestions with reasons", lambda: visitor.get("/find/"), "list", LIST),
        ("directory, first page", lambda: visitor.get("/find/people/"), "list", LIST),
        (
            "a member's page",
            lambda: visitor.get(f"/members/{visitor.other.id}/"), "list", LIST,
        ),
        (
            "ways to a member",
            lambda: visitor.get(f"/members/{visitor.other.id}/ways/"), "list", LIST,
        ),
        ("sign-in page", lambda: visitor.get("/sign-in/", anonymous=True), "form", SIGN_IN),
        ("open a need (write)", visitor.open_a_need, "write", WRITE),
    ]  # fmt: skip


def _row(
    visitor: Visitor, size: str, work: str, ask: Callable[[], Any], floor: str, goal: float
) -> Row:
    ours, bare = in_turn(ask, lambda: FLOORS[floor](visitor))
    return {
        "work": work,
        "size": size,
        "ours_ms": ours,
        "peers": {f"bare Django {floor}": bare},
        "goal": f"≤ {goal:.1f} ms",
        "met": ours <= goal,
        "queries": queries(ask),
    }


def in_turn(*asked: Callable[[], Any]) -> list[float]:
    """The median CPU milliseconds of each, asked one after the other, after two for warmth."""
    spent: list[list[float]] = [[] for _ in asked]
    for round_ in range(ROUNDS + 2):
        for times, ask in zip(spent, asked, strict=True):
            began = time.process_time()
            ask()
            if round_ > 1:
                times.append((time.process_time() - began) * 1000)
    return [statistics.median(times) for times in spent]


def queries(ask: Callable[[], Any]) -> int:
    """How many queries one answer takes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as seen:
        ask()
    return len(seen)


def _searching(visitor: Visitor, size: str) -> Row:
    """The directory with words and a typing error, beside a scan with LIKE over the same members;
    twenty rows and few take the same number of queries."""
    many, few = "rosa+director", f"{visitor.other.name.replace(' ', '+')}x"

    def ours() -> None:
        visitor.get(f"/find/people/?q={many}")
        visitor.get(f"/find/people/?q={few}")

    counts = {queries(lambda q=q: visitor.get(f"/find/people/?q={q}")) for q in (many, few)}
    both, scan = in_turn(ours, _scan)
    return {
        "work": "directory search, a typing error forgiven, whole page",
        "size": size,
        "ours_ms": both / 2,
        "peers": {"LIKE scan, no page, no typing error": scan},
        "goal": f"≤ {SEARCH:.0f} ms, queries constant",
        "met": both / 2 <= SEARCH and len(counts) == 1,
        "queries": sorted(counts),
    }


def _scan() -> None:
    """Twenty members with two words somewhere in name, headline, role or organisation, by LIKE."""
    from django.db.models import Q

    from footbridge.people.models import Member

    found = Member.objects.all()
    for word in ("rosa", "director"):
        anywhere = (
            Q(folded__contains=word) | Q(headline__icontains=word)
            | Q(affiliations__role__icontains=word)
            | Q(affiliations__organisation__folded__contains=word)
        )  # fmt: skip
        found = found.filter(anywhere)
    rows = found.distinct().order_by("folded")
    rows.count()
    list(rows[:20])


# The floors: a page that looks up who is signed in and shows twenty names; an empty form with its
# protection; a row written in a transaction and a redirection. Each is what Django itself costs.


def _bare_list(visitor: Visitor) -> None:
    from django.template import engines

    from footbridge.people.models import Account, Member, Person

    account = Account.objects.get(email=visitor.person.email)
    person = Person.objects.get(account=account)
    members = Member.objects.select_related("place").filter(chapter=person.chapter_id)
    template = engines["django"].from_string(
        "<title>x</title>{% for m in members %}<p>{{ m.name }} {{ m.place.name }}</p>{% endfor %}"
    )
    template.render({"members": members.order_by("folded")[:20]})


def _bare_form(_visitor: Visitor) -> None:
    from django import forms
    from django.template import engines
    from django.test import RequestFactory

    class SignIn(forms.Form):
        email = forms.EmailField()

    request = RequestFactory().get("/sign-in/")
    template = engines["django"].from_string("<form>{% csrf_token %}{{ form }}</form>")
    template.render({"form": SignIn()}, request)


def _bare_write(visitor: Visitor) -> None:
    from django.db import transaction

    from footbridge.people.models import Account, Person

    with transaction.atomic():
        account = Account.objects.get(email=visitor.person.email)
        person = Person.objects.select_for_update().get(account=account)
        person.save(update_fields=["headline"])


FLOORS = {"list": _bare_list, "form": _bare_form, "write": _bare_write}

ENGINE = """
import sys
from pathlib import Path
from footbridge.engine import fit
from footbridge.engine.snapshot import Snapshot
found = Snapshot.open(next(Path(sys.argv[1]).rglob("members.snapshot")))
assert len(fit.rank(found, 0, k=10)) > 0
"""
WHOLE = """
import django; django.setup()
from footbridge.insight import queries
from footbridge.people.models import Person
one = Person.objects.filter(standing="joined").order_by("id").first()
assert queries.suggest(one, one)
"""
DJANGO = """
import numpy, django; django.setup()
from footbridge.people.models import Person
assert Person.objects.filter(standing="joined").order_by("id").first()
"""


def starting(home: Path, size: str) -> list[Row]:
    """From the start of a process to its first answer, in wall time."""
    scripts = {"engine": ENGINE, "numpy": "import numpy", "whole": WHOLE, "django": DJANGO}
    took: dict[str, list[float]] = {name: [] for name in scripts}
    for _ in range(5):
        for name, script in scripts.items():
            began = time.perf_counter()
            subprocess.run(
                [sys.executable, "-c", script, str(home / "snapshots")],
                env=_environment(home), check=True, cwd=ROOT,
            )  # fmt: skip
            took[name].append((time.perf_counter() - began) * 1000)
    ms = {name: statistics.median(times) for name, times in took.items()}
    return [
        _start_row("process start to first ranking (engine)", size, ms, "engine", "numpy"),
        _start_row("process start to first suggestions (whole)", size, ms, "whole", "django"),
    ]


def _start_row(work: str, size: str, ms: dict[str, float], ours: str, beside: str) -> Row:
    names = {"numpy": "import numpy", "django": "import numpy, Django and one row"}
    return {
        "work": work,
        "size": size,
        "ours_ms": ms[ours],
        "peers": {names[beside]: ms[beside]},
        "goal": f"≤ 1.5 × {names[beside]}",
        "met": ms[ours] <= 1.5 * ms[beside],
    }


def main() -> int:
    if "--measure" in sys.argv:
        print(json.dumps(measure(int(sys.argv[-1]))))
        return 0
    from benchmarks.__main__ import as_table

    print(as_table(run(quick="--full" not in sys.argv)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
