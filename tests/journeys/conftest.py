"""A real browser in front of a real server; whatever goes wrong behind a page fails the test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.urls import resolve
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from footbridge.mail.models import Message
from footbridge.people import actions as people
from footbridge.people.models import Person

# The browser's driver keeps an event loop in this thread; our own queries are not async.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

NAMES = ("chromium", "chromium-browser", "google-chrome")
NOT_FOUND = (
    "Browser tests are skipped: no Chromium found. Install one, or say where it is in CHROMIUM."
)
PATIENCE = 15_000


def chromium() -> str:
    """Where a Chromium is on this machine, or nothing."""
    named = os.environ.get("CHROMIUM", "")
    found = (shutil.which(name) for name in (named, *NAMES) if name)
    return next((path for path in found if path), "")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    ours = [item for item in items if item.get_closest_marker("browser")]
    if not ours or chromium():
        return
    if os.environ.get("FOOTBRIDGE_REQUIRE_BROWSER") == "1":
        raise pytest.UsageError("no Chromium found, and FOOTBRIDGE_REQUIRE_BROWSER=1 asks for one")
    for item in ours:
        item.add_marker(pytest.mark.skip(reason=NOT_FOUND))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    if any(NOT_FOUND in str(report.longrepr) for report in skipped):
        terminalreporter.write_line(NOT_FOUND)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all journeys; each of them opens it afresh."""
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium(), args=as_root)
        yield found
        found.close()


@pytest.fixture
def site(live_server: Any, settings: Any) -> str:
    """The address of the running server, which is also what links in messages begin with."""
    settings.PUBLIC_URL = live_server.url
    # Doors are built at the first request; nobody in front of a browser waits for that.
    resolve("/")
    return str(live_server.url)


class Visitor:
    """Someone in front of a browser of their own."""

    def __init__(self, context: BrowserContext, site: str, also: Iterable[str] = ()) -> None:
        self.site = site
        self.expected = (site, *also, "data:", "blob:")
        self.context = context
        self.troubles: list[str] = []
        self.page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self._listen(self.page)

    def _listen(self, page: Page) -> None:
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))
        page.on("request", self._asked)
        page.on("response", self._answered)

    def _heard(self, message: Any) -> None:
        # A page that says 400 beside a field is no trouble; the browser logs each of them.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.troubles.append(f"console: {message.text}")

    def _asked(self, request: Any) -> None:
        if not request.url.startswith(self.expected):
            self.troubles.append(f"another origin: {request.url}")

    def _answered(self, response: Any) -> None:
        is_page = response.request.resource_type in ("document", "xhr", "fetch")
        if response.status >= 500 or (response.status >= 400 and not is_page):
            self.troubles.append(f"{response.status}: {response.url}")

    def open(self, path: str) -> Page:
        """Go to a page of the site, given whole or by its path."""
        self.page.goto(path if path.startswith("http") else self.site + path)
        return self.page

    def sign_in(self, person: Person) -> None:
        """Be someone, without the detour of a code."""
        from django.conf import settings
        from django.test import Client

        client = Client()
        client.force_login(people.account_for(person))
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": self.site}]
        )

    def press(self, name: str) -> None:
        """Press the first button of this name and wait for the page that answers, which may be
        at the same address."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name).first.click()

    def tap(self, name: str) -> None:
        """Press a button that changes a part of the page, and wait for that part."""
        with self.page.expect_response(lambda answer: answer.request.method == "POST"):
            self.page.get_by_role("button", name=name).first.click()
        self.page.wait_for_load_state("networkidle")

    def follow(self, name: str) -> None:
        """Follow the first link of this name to its page."""
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=name).first.click()

    def title(self) -> str:
        """What the page says it is."""
        return self.page.get_by_role("heading", level=1).inner_text()

    def sees(self, words: str) -> bool:
        """Whether these words stand in the page, in sight."""
        return words in self.page.locator("main").inner_text()


Visit = Callable[..., Visitor]


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Visit]:
    """Sit down in front of a browser: with or without script, narrow or wide, light or dark; `also`
    names other web sites that are part of the story."""
    visitors: list[Visitor] = []

    def sit_down(
        *, script: bool = True, width: int = 1280, also: Iterable[str] = (), **options: Any
    ) -> Visitor:
        context = browser.new_context(
            java_script_enabled=script,
            viewport={"width": width, "height": 900},
            locale=options.pop("locale", "en-GB"),
            **options,
        )
        visitors.append(Visitor(context, site, also))
        return visitors[-1]

    yield sit_down
    troubles = [trouble for visitor in visitors for trouble in visitor.troubles]
    for visitor in visitors:
        visitor.context.close()
    assert troubles == []


@pytest.fixture
def work_off(worker: Callable[[], int]) -> Callable[[], None]:
    """Do what the worker would do meanwhile: pass on news, take up imports."""
    from footbridge.intake import actions as intake

    def work() -> None:
        while worker() or intake.run_due():
            pass

    return work


def link_to(person: Person, words: str = "") -> str:
    """The link in the latest message to someone, as a host would copy it from the outbox."""
    letters = Message.objects.filter(to_person=person.id).order_by("-created_at")
    urls = [link["url"] for letter in letters for link in letter.links if words in link["words"]]
    return str(urls[0])
