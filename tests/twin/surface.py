"""Everything that can be asked: routes and operations with something in each gap, links, forms.

Nothing is listed here that the product could list itself; what it lists and nobody here knows how
to fill is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.urls import Resolver404, resolve

from footbridge.people.queries.doorways import path_of
from footbridge.web.routes import routes
from tests.badinput.surface import asked_for as names_in_code
from tests.doors.web.world import bare
from tests.matrix.surface import GAP, documentation, operations
from tests.twin.dictionary import Dictionary
from tests.twin.network import SLUG_OF_THE_HIDDEN, Stage

API = "/api/"
METHODS = ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE")
ABSENT = "00000000-0000-4000-8000-00000000abcd"
# Gaps that name something which only somebody under the radar, or who met them, has: what an
# observer puts there is an id that they cannot have come by honestly.
OF_THE_VEIL = ("approach_id", "yes_id", "line", "peer_id")

__all__ = ["API", "asked_for", "routes"]


# Gaps that name no thing of ours: a word, or the number of a passkey that nobody has.
_FIXED = {("str", "kind"): "need", ("int", "pk"): "1"}


# What stands in the gaps.


@dataclass(frozen=True)
class Gaps:
    """Something for each gap of an address."""

    known: Mapping[str, str]
    tokens: Mapping[str, str]
    hidden: tuple[str, ...]
    # Addresses that somebody was handed, and no page leads to.
    handed: tuple[str, ...] = ()

    def fill(self, route: str, *, hidden: int | None = None) -> str:
        """The address of something that is there; with `hidden`, of the hidden person instead."""
        filled = GAP.sub(lambda gap: self._value(route, gap[1] or "str", gap[2], hidden), route)
        return re.sub(r"{(\w+)}", lambda gap: self._value(route, "uuid", gap[1], hidden), filled)

    def _value(self, route: str, kind: str, name: str, hidden: int | None) -> str:
        if (kind, name) == ("str", "token"):
            return self._token(route)
        if (kind, name) in _FIXED:
            return _FIXED[kind, name]
        if name in ("slug", "call_slug", "clause_key", "version_number"):
            return SLUG_OF_THE_HIDDEN if hidden is not None else self.known[name]
        if kind != "uuid" and name not in OF_THE_VEIL:
            raise AssertionError(_unknown(kind, name, route))
        if name in OF_THE_VEIL or hidden is not None:
            ids = [one for one in self.hidden if "@" not in one] or [ABSENT]
            return ids[(hidden or 0) % len(ids)]
        if name not in self.known:
            raise AssertionError(_unknown(kind, name, route))
        return self.known[name]

    def _token(self, route: str) -> str:
        """A good link where there is one; else one that was made for something else."""
        start = route[: route.index("<")]
        token = self.tokens.get(start) or next(iter(self.tokens.values()))
        return bare(token)


def _unknown(kind: str, name: str, route: str) -> str:
    return f"nobody said what stands in <{kind}:{name}> of {route}: see tests/twin/surface.py"


def gaps_of(stage: Stage, hidden: tuple[str, ...]) -> Gaps:
    """What is there in the network of this stage."""
    things = stage.things
    known = {name: str(one) for name, one in things.ids().items()}
    known |= {"need_id": str(things.need.id), "offer_id": str(things.offer.id)}
    handed = (path_of(things.vetted), path_of(things.personal))
    return Gaps(known, things.tokens(), hidden, handed)


@cache
def asked_for() -> list[str]:
    """Every name that the code of the pages asks a request for."""
    return names_in_code()


@cache
def pages() -> list[str]:
    """Every route but those of the API's operations."""
    operated = {route for _method, route, _operation in calls()}
    named = dict.fromkeys(route for route, _view in routes())
    return [one for one in named if GAP.sub(r"{\2}", one) not in operated]


def route_of(path: str) -> str:
    """The route that an address leads to, with gaps instead of things."""
    return _route_of(urlsplit(path).path)


@lru_cache(100_000)
def _route_of(path: str) -> str:
    try:
        return "/" + resolve(path).route
    except Resolver404:
        return "?"


# What a page offers: links and forms.


@dataclass
class Control:
    """One control of a form, with what is chosen or could be."""

    name: str
    kind: str
    value: str = ""
    options: list[str] = field(default_factory=list)


@dataclass
class Form:
    """A form as it stands on a page."""

    method: str
    action: str
    controls: list[Control] = field(default_factory=list)

    @property
    def route(self) -> str:
        return route_of(self.action)

    @property
    def key(self) -> tuple[str, ...]:
        return (self.method, self.route, *sorted({one.name for one in self.controls}))

    @property
    def identifies(self) -> bool:
        """Whether somebody's address is asked for."""
        return any(one.kind == "email" or "email" in one.name for one in self.controls)


_LINK = re.compile(r'(?:href|hx-get)="(/[^"#]*)')
_FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
_SECRET = ("csrfmiddlewaretoken", "once")


def links_in(text: str) -> list[str]:
    """Where a page leads within the site, files aside."""
    found = (unescape(one) for one in _LINK.findall(text))
    return [one for one in dict.fromkeys(found) if not one.startswith("/static/")]


def forms_in(text: str, page: str) -> Iterator[Form]:
    """Every form on a page."""
    for chunk in _FORM.findall(text):
        reader = _Reader(page)
        reader.feed(chunk)
        if reader.form is not None:
            yield reader.form


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.form: Form | None = None
        self._open: Control | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = said.get("action") or self.page
            self.form = Form(said.get("method", "get").upper(), action)
        elif tag == "option" and self._open is not None:
            self._open.options.append(said.get("value", ""))
            if "selected" in said:
                self._open.value = said.get("value", "")
        elif tag in ("input", "select", "textarea", "button") and said.get("name"):
            self._control(tag, said)

    def _control(self, tag: str, said: dict[str, str]) -> None:
        if self.form is None or said["name"] in _SECRET:
            return
        kind = said.get("type", "text" if tag == "input" else "submit")
        kind = kind if tag in ("input", "button") else tag
        known = {one.name: one for one in self.form.controls}
        control = known.get(said["name"])
        if control is None:
            control = Control(said["name"], kind, said.get("value", ""))
            self.form.controls.append(control)
        if kind in ("radio", "checkbox", "submit"):
            control.options.append(said.get("value", ""))
            if "checked" in said:
                control.value = said.get("value", "")
        self._open = control

    def handle_data(self, data: str) -> None:
        if self._open is not None and self._open.kind == "textarea":
            self._open.value = data.strip()

    def handle_endtag(self, tag: str) -> None:
        if tag in ("select", "textarea"):
            self._open = None


# What is put into a form.

_BY_NAME = {
    "place": "Porto",
    "near": "Porto",
    "until": "2026-05-01",
    "since": "2025-05-01",
    "domain": "elsewhere.test",
    "website": "https://elsewhere.test/",
    "code": "ABC123",
    "cells": "Name,Email\nNina Nobody,nina@elsewhere.test\n",
}
_BY_KIND = {
    "email": "someone.new@elsewhere.test",
    "date": "2026-05-01",
    "number": "3",
    "url": "https://elsewhere.test/",
    "textarea": "Some words of mine",
    "search": "storage",
}


def usual(form: Form) -> dict[str, str]:
    """What a person would send who has nothing on their mind."""
    return {one.name: _usual(one) for one in form.controls if one.kind != "file"}


def _usual(control: Control) -> str:
    if control.value:
        return control.value
    offered = [one for one in control.options if one]
    if control.kind in ("select", "radio", "checkbox", "submit"):
        return offered[0] if offered else ("on" if control.kind == "checkbox" else "")
    if control.name in _BY_NAME:
        return _BY_NAME[control.name]
    if "name" in control.name:
        return "Nina Nobody"
    return _BY_KIND.get(control.kind, "Some words of mine")


def about_the_hidden(form: Form, known: Dictionary, turn: int) -> dict[str, str]:
    """The same form with everything in it about the hidden person; each turn is another. In
    every other one only names and addresses are, so that nothing else is wrong with it."""
    said = {}
    if turn % 2 == 0:
        return usual(form) | {
            one.name: _about(one, known, turn // 2, 0)
            for one in form.controls
            if one.kind in ("email", "search") or _NAMES_SOMEBODY.search(one.name)
        }
    for place, control in enumerate(one for one in form.controls if one.kind != "file"):
        said[control.name] = _about(control, known, turn, place)
    return said


_NAMES_SOMEBODY = re.compile(r"name|email|address|cells|person|^q$")


def _about(control: Control, known: Dictionary, turn: int, place: int) -> str:
    names, addresses, texts = known.names, known.addresses, known.texts
    if control.kind == "email" or "email" in control.name or "address" in control.name:
        return addresses[turn % len(addresses)]
    if control.name in ("cells", "text") and control.kind == "textarea":
        return known.as_list if turn % 2 == 0 else texts[(turn + place) % len(texts)]
    if "name" in control.name:
        return names[turn % len(names)]
    if re.fullmatch(r"[0-9a-f-]{36}", _usual(control)):
        return known.ids[turn // 2 % len(known.ids)] if turn % 2 and known.ids else _usual(control)
    if control.kind in ("text", "search", "textarea", "url"):
        return texts[(turn * 3 + place) % len(texts)]
    return _usual(control)


# The API.


def body_for(operation: dict[str, Any], known: Dictionary, gaps: Gaps, turn: int) -> Any:
    """A body that the documentation allows, with everything in it about the hidden person."""
    content = operation.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema")
    return None if schema is None else _said_to(_meant(schema), "", known, gaps, turn)


def _meant(schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        return dict(_document()["components"]["schemas"][name])
    for several in ("anyOf", "allOf", "oneOf"):
        if several in schema:
            return _meant(schema[several][0])
    return schema


_held: dict[str, Any] = {}


def _document() -> dict[str, Any]:
    if not _held:
        _held.update(documentation())
    return _held


def _said_to(schema: dict[str, Any], name: str, known: Dictionary, gaps: Gaps, turn: int) -> Any:
    kind = schema.get("type", "object" if "properties" in schema else "string")
    if "enum" in schema:
        return schema["enum"][turn % len(schema["enum"])]
    if kind == "object":
        parts = schema.get("properties", {})
        return {one: _said_to(_meant(parts[one]), one, known, gaps, turn) for one in parts}
    if kind == "array":
        return [_said_to(_meant(schema.get("items", {})), name, known, gaps, turn)]
    if kind in ("integer", "number"):
        return 3
    if kind == "boolean":
        return turn % 2 == 0
    if schema.get("format") == "uuid":
        named = {"other": "member_id", "one": "member_id"}.get(name, f"{name}_id")
        hidden = [one for one in known.ids if "@" not in one]
        there = gaps.known.get(named, gaps.known["member_id"])
        return hidden[turn // 2 % len(hidden)] if turn % 2 and hidden else there
    if schema.get("format") in ("date", "date-time"):
        return "2026-05-01"
    control = Control(name, "email" if "email" in name else "text")
    return _about(control, known, turn, len(name))


@cache
def calls() -> list[tuple[str, str, dict[str, Any]]]:
    """Each operation of the API, once."""
    return operations()


def query_of(operation: dict[str, Any], known: Dictionary, turn: int) -> dict[str, str]:
    """Every parameter of an operation, filled."""
    named = [one for one in operation.get("parameters", []) if one["in"] == "query"]
    strange = [one["name"] for one in operation.get("parameters", []) if one["in"] not in _PLACES]
    assert not strange, f"nobody said what stands in {strange}: see tests/twin/surface.py"
    if turn % 3 == 0:
        return {}
    said = {}
    for place, one in enumerate(named):
        value = _parameter(
            _meant(one.get("schema", {})), one["name"], known, turn + turn // 3 + place
        )
        if value is not None:
            said[one["name"]] = value
    return said


_PLACES = ("query", "path")


def _parameter(schema: dict[str, Any], name: str, known: Dictionary, turn: int) -> str | None:
    kind = schema.get("type", "string")
    if "enum" in schema or kind == "boolean":
        return None
    if kind in ("integer", "number"):
        return "1"
    if schema.get("format") == "uuid":
        return None
    return known.texts[turn % len(known.texts)]


def query_in(link: str) -> list[str]:
    """The names that a link asks by."""
    return [name for name, _value in parse_qsl(urlsplit(link).query, keep_blank_values=True)]


# Routes that no observer may follow to the end; see script.ENDINGS.
NEVER_ASKED: tuple[str, ...] = ("/under-the-radar/data/erase/", "/under-the-radar/come-out/")
