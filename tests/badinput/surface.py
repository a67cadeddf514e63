"""Everything that can be sent to a page: found by walking, so that what is new is found, too.

Targets come from three places: the forms on the pages as each person sees them, the routes of the
URLconf, and the names that the code of the pages asks a request for.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import footbridge.web
from footbridge.web.routes import routes
from tests.badinput.stage import PEOPLE, Stage

WEB = Path(footbridge.web.__file__).parent
API = "/api/"
# Names that the sign-in library asks for; its code is not ours to read.
OF_LIBRARIES = ("next", "code", "email", "login", "process", "language", "action_add", "passkey")


@dataclass
class Control:
    """One control of a form: what it is called, what it is, what a person might put there."""

    name: str
    kind: str
    value: str

    @property
    def is_secret(self) -> bool:
        """The token against forgery is tried by tests of its own."""
        return self.name == "csrfmiddlewaretoken"


@dataclass
class Target:
    """A place where something can be sent, by one of the people."""

    role: str
    method: str
    route: str
    path: str
    controls: list[Control] = field(default_factory=list)

    def usual(self) -> dict[str, str]:
        """What a person would send."""
        return {one.name: one.value for one in self.controls}


_found_before: dict[int, list[Target]] = {}


def targets(stage: Stage) -> list[Target]:
    """Every form that anyone sees, and every route with every name that the code knows. The same
    seed builds the same network, so what was found once is there again."""
    if stage.seed not in _found_before:
        _found_before[stage.seed] = _targets(stage)
    return _found_before[stage.seed]


def _targets(stage: Stage) -> list[Target]:
    found = {_key(target): target for target in _forms(stage)}
    for target in _bare_routes(stage):
        found.setdefault(_key(target), target)
    return [found[key] for key in sorted(found)]


def _key(target: Target) -> tuple[str, ...]:
    names = ",".join(sorted(one.name for one in target.controls))
    return target.role, target.method, target.route, names


def _forms(stage: Stage) -> Iterator[Target]:
    for role in PEOPLE:
        browser = stage.browser(role)
        for route, _view in pages():
            answer = browser.get(stage.address(route) + _usual_query(stage, route))
            if "html" not in answer.headers.get("Content-Type", "") or answer.streaming:
                continue
            for form in forms_in(answer.content.decode()):
                yield _as_target(form, role, stage.address(route))


def pages() -> list[tuple[str, object]]:
    """Every route but those of the API, in a fixed order."""
    return sorted((one for one in routes() if not one[0].startswith(API)), key=lambda one: one[0])


def _usual_query(stage: Stage, route: str) -> str:
    cast = stage.world.cast
    return {
        "/members/<uuid:member_id>/ask/": f"?through={cast.connector.id}",
        "/host/<uuid:chapter_id>/introduce/": f"?one={cast.seeker.id}&other={cast.target.id}",
    }.get(route, "")


@dataclass
class Form:
    """A form as it stands on a page."""

    method: str
    action: str
    controls: list[Control] = field(default_factory=list)


def forms_in(page: str) -> list[Form]:
    """Every form on a page; links with a query count as forms that ask."""
    reader = _FormReader()
    reader.feed(page)
    return reader.forms


class _FormReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._open: Control | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(said.get("method", "get").upper(), said.get("action", "")))
        elif tag == "a" and "?" in said.get("href", ""):
            self.forms.append(_of_link(said["href"]))
        elif self.forms and said.get("name") and tag in _CONTROLS:
            kind = said.get("type", "text") if tag in ("input", "button") else tag
            self._open = self._add(Control(said["name"], kind, said.get("value", "")))
        elif tag == "option" and self._open and ("selected" in said or not self._open.value):
            self._open.value = said.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._open and self._open.kind == "textarea":
            self._open.value = data.strip()

    def handle_endtag(self, tag: str) -> None:
        if tag in ("select", "textarea"):
            self._open = None

    def _add(self, control: Control) -> Control:
        known = {one.name: one for one in self.forms[-1].controls}
        if control.name in known:
            return known[control.name]
        self.forms[-1].controls.append(control)
        return control


_CONTROLS = ("input", "select", "textarea", "button")


def _of_link(href: str) -> Form:
    parts = urlsplit(href)
    asked = parse_qs(parts.query, keep_blank_values=True)
    controls = [Control(name, "text", values[0]) for name, values in asked.items()]
    return Form("GET", parts.path, controls)


def _as_target(form: Form, role: str, page: str) -> Target:
    path = urlsplit(form.action).path or page
    for control in form.controls:
        control.value = control.value or _plausible(control)
    route = re.sub(r"[0-9a-f-]{36}", "<id>", path)
    return Target(role, form.method, route, path, [c for c in form.controls if not c.is_secret])


def _plausible(control: Control) -> str:
    by_kind = {"date": "2026-05-01", "number": "3", "email": "new@example.org", "checkbox": "on"}
    by_kind["url"] = "https://example.org/"
    return by_kind.get(control.kind, "Some words of mine")


def _bare_routes(stage: Stage) -> Iterator[Target]:
    """Each route with each name that the code of the pages asks for, seen or not."""
    names = [Control(name, "text", "Some words of mine") for name in asked_for()]
    for route, _view in pages():
        path = stage.address(route)
        taken = stage.browser("host").options(path).headers.get("Allow", "GET, POST")
        for role in ("anonymous", "member", "host"):
            for method in ("GET", "POST"):
                if method in taken:
                    yield Target(role, method, route, path, list(names))


def asked_for() -> list[str]:
    """Every name that the code of the pages asks a request for, and every field of its forms."""
    names = set(OF_LIBRARIES)
    for path in sorted(WEB.rglob("*.py")):
        tree = ast.parse(path.read_text())
        names |= {name for node in ast.walk(tree) for name in _names_in(node)}
    return sorted(names)


def _names_in(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call):
        called = ast.unparse(node.func)
        if re.search(r"\.(GET|POST|COOKIES|FILES)\.get(list)?$", called) or called == "id_in":
            yield from _texts(node.args)
    elif isinstance(node, ast.Subscript) and re.search(r"\.(GET|POST)$", ast.unparse(node.value)):
        yield from _texts([node.slice])
    elif isinstance(node, ast.Compare) and re.search(
        r"\.(GET|POST)$", ast.unparse(node.comparators[0])
    ):
        yield from _texts([node.left])
    elif isinstance(node, ast.ClassDef) and node.name.endswith("Form"):
        yield from (
            target.id
            for line in node.body
            if isinstance(line, ast.Assign)
            for target in line.targets
            if isinstance(target, ast.Name) and target.id != "field_order"
        )


def _texts(nodes: list[ast.expr]) -> Iterator[str]:
    for node in nodes:
        for inner in ast.walk(node):
            if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                yield inner.value
