"""A browser as far as forms go: it opens a page, finds the form, and sends what it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, TypeVar

from django.db import connection
from django.test import Client

from footbridge.core import clock
from footbridge.people import actions as people
from footbridge.people.models import Person

Result = TypeVar("Result")
BACKEND = "footbridge.people.signed_in.SignedIn"


@dataclass
class Form:
    """A form with what its controls hold."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.inside: Form | None = None
        self.area = ""
        self.choice = ""

    def handle_starttag(self, tag: str, found: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in found}
        if tag == "form":
            self.inside = Form(said.get("action", ""))
            if said.get("method") == "post":
                self.forms.append(self.inside)
        elif tag == "option" and self.inside is not None and self.choice and "selected" in said:
            self.inside.fields[self.choice] = said.get("value", "")
        elif self.inside is None or not said.get("name"):
            return
        elif tag == "select":
            self.choice = said["name"]
        elif tag == "textarea":
            self.area = said["name"]
            self.inside.fields[self.area] = ""
        elif tag == "input" and said.get("type") not in ("checkbox", "radio", "submit", "file"):
            self.inside.fields[said["name"]] = said.get("value", "")
        elif tag == "input" and "checked" in said:
            self.inside.fields[said["name"]] = said.get("value", "on")

    def handle_data(self, text: str) -> None:
        if self.inside is not None and self.area:
            self.inside.fields[self.area] += text

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""
        elif tag == "select":
            self.choice = ""
        elif tag == "form":
            self.inside = None


def forms_in(page: bytes) -> list[Form]:
    """Every form on a page that sends something."""
    reader = _Forms()
    reader.feed(page.decode())
    return reader.forms


def form_with(page: bytes, name: str) -> Form:
    """The form that has a control of this name."""
    return next(form for form in forms_in(page) if name in form.fields)


def signed_in(person: Person) -> Client:
    """Someone's browser, which holds a cookie against forgery and is held to it."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(people.account_for(person), backend=BACKEND)
    return client


def another_tab(client: Client) -> Client:
    """The same browser once more: the same cookies."""
    tab = Client(enforce_csrf_checks=True, raise_request_exception=False)
    tab.cookies = client.cookies.copy()
    return tab


def opened(client: Client, path: str, name: str, /, **typed: Any) -> Form:
    """The form of a page that has a control of this name, with something typed into it."""
    form = form_with(client.get(path).content, name)
    form.action = form.action or path
    form.fields |= typed
    return form


def at_once(act: Callable[[Any], Result], each: Iterable[Any], threads: int) -> list[Result]:
    """Do it for each, so many at a time, over connections of their own."""

    moment = clock.now()

    def alone(one: Any) -> Result:
        try:
            with clock.held_at(moment):
                return act(one)
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(alone, each))
