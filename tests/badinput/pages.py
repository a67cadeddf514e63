"""Hostile texts and numbers in every field of every form, in every parameter, path and header."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import quote

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.badinput.aftermath import look_after
from tests.badinput.figures import TYPED
from tests.badinput.sending import Request, Sender
from tests.badinput.stage import PEOPLE, Stage
from tests.badinput.strings import HOSTILE
from tests.badinput.surface import Control, Target, asked_for, pages, targets
from tests.badinput.tally import Tally

# After so many requests the network is looked over and built anew.
SPOILT_AFTER = 800
# A quarter of all goes to where nobody looks: gaps in addresses, headers, cookies.
ELSEWHERE = 4

VALUES = {**HOSTILE, "number": TYPED}
COOKIES = ("footbridge_session", "csrftoken", "footbridge_language", "footbridge_theme", "messages")
HEADERS = (
    *("HTTP_HOST", "HTTP_REFERER", "HTTP_ORIGIN", "HTTP_USER_AGENT", "HTTP_ACCEPT"),
    *("HTTP_ACCEPT_LANGUAGE", "HTTP_ACCEPT_ENCODING", "HTTP_RANGE", "HTTP_IF_NONE_MATCH"),
    *("HTTP_IF_MODIFIED_SINCE", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST"),
    *("HTTP_X_FORWARDED_PROTO", "HTTP_AUTHORIZATION", "HTTP_HX_REQUEST", "HTTP_HX_TARGET"),
    *("HTTP_HX_CURRENT_URL", "HTTP_HX_PROMPT", "HTTP_X_CSRFTOKEN", "HTTP_COOKIE", "HTTP_EXPECT"),
    *("HTTP_X_HTTP_METHOD_OVERRIDE", "HTTP_IDEMPOTENCY_KEY", "HTTP_TRANSFER_ENCODING"),
)
# What the server takes for the head of a request (waitress: `max_request_header_size`).
LONGEST_ADDRESS = 262_144
METHODS = ("GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "")


def run(stage: Stage, tally: Tally, count: int, seed: int) -> None:
    """Send so many requests to the pages, each target in its turn."""
    chance = random.Random(f"pages {seed}")
    sender = Sender(tally)
    found = targets(stage)
    tally.checked("places where something can be sent", len(found))
    tally.checked("controls and parameters", sum(len(one.controls) for one in found))
    for number, (target, request) in zip(range(count), _requests(stage, found, chance)):
        if number and number % SPOILT_AFTER == 0:
            look_after(stage, tally)
            stage.rebuild()
        sender.send(stage.browser(target), request)
    look_after(stage, tally)


def _requests(
    stage: Stage, found: list[Target], chance: random.Random
) -> Iterator[tuple[str, Request]]:
    bare = set(asked_for())
    # What stands on a page goes further than a route with all names at once.
    seen = [one for one in found if {control.name for control in one.controls} != bare]
    forms = [one for one in found if one.controls] + 2 * [one for one in seen if one.controls]
    while True:
        chance.shuffle(forms)
        for number, target in enumerate(forms):
            yield target.role, _to_form(target, chance)
            if number % ELSEWHERE == 0:
                yield chance.choice(PEOPLE), _elsewhere(stage, chance)


# To the fields of a form or the parameters of a page.


def _to_form(target: Target, chance: random.Random) -> Request:
    said: dict[str, object] = dict(target.usual())
    kind = chance.choice(sorted(VALUES))
    for control in _chosen(target.controls, chance):
        said[control.name] = _hostile(control, kind, chance)
    _bend(said, chance)
    if target.method == "GET":
        said = _fitting(said)
    return Request(target.method, target.path, kind, fields=said)


def _fitting(said: dict[str, object]) -> dict[str, object]:
    """As much of it as an address may be long: a server reads no longer one."""
    kept, room = {}, LONGEST_ADDRESS
    for name, value in said.items():
        room -= len(quote(str(value)))
        if room < 0 and kept:
            break
        kept[name] = value
    return kept


def _chosen(controls: list[Control], chance: random.Random) -> list[Control]:
    """Mostly one; sometimes each."""
    return controls if chance.random() < 0.15 else [chance.choice(controls)]


def _hostile(control: Control, kind: str, chance: random.Random) -> object:
    value = chance.choice(VALUES[kind])
    if control.kind == "file":
        return SimpleUploadedFile(_file_name(value), value.encode("utf-8", "replace"))
    return [value, chance.choice(VALUES[kind])] if chance.random() < 0.05 else value


def _file_name(value: str) -> str:
    """Of a path only the end is sent, as browsers do; some values have none."""
    name = PurePosixPath(value[:100].replace("\x00", "")).name
    return name if name.strip(".") else "x"


def _bend(said: dict[str, object], chance: random.Random) -> None:
    """Now and then a field is missing, or one is there that nobody asked for."""
    if said and chance.random() < 0.1:
        said.pop(chance.choice(sorted(said)))
    if chance.random() < 0.1:
        said[chance.choice(HOSTILE["reserved name"])] = "x"


# To the gaps of an address, to headers, cookies and methods.


def _elsewhere(stage: Stage, chance: random.Random) -> Request:
    route = chance.choice(pages())[0]
    path = stage.address(route)
    kind = chance.choice(sorted(VALUES))
    value = chance.choice(VALUES[kind])[:4000]
    where = chance.choice((_in_path, _in_query, _in_header, _in_cookie, _by_method))
    return where(route, path, kind, value, chance)


def _in_path(_route: str, path: str, kind: str, value: str, chance: random.Random) -> Request:
    parts = path.strip("/").split("/")
    at = chance.randrange(len(parts))
    parts[at] = quote(value, safe="", errors="replace") or "%00"
    method = chance.choice(("GET", "POST"))
    return Request(method, "/" + "/".join(parts) + "/", f"path: {kind}")


def _in_query(_route: str, path: str, kind: str, value: str, chance: random.Random) -> Request:
    name = chance.choice(
        ("page", "next", "q", "verdict", "for", "all", "one", "through", value[:50])
    )
    said = quote(value, safe="", errors="replace")
    raw = chance.choice((f"{quote(name, errors='replace')}={said}", said, "%", "%ff=%fe", "&&=&=="))
    return Request(chance.choice(("GET", "POST")), path, f"query: {kind}", query=raw)


def _in_header(_route: str, path: str, kind: str, value: str, chance: random.Random) -> Request:
    # What a server hands on: bytes read as Latin-1, without line ends.
    said = value.encode("utf-8", "replace").decode("latin-1")
    said = said.replace("\r", "").replace("\n", "").replace("\x00", "")
    method = chance.choice(("GET", "POST"))
    return Request(method, path, f"header: {kind}", headers={chance.choice(HEADERS): said})


def _in_cookie(_route: str, path: str, kind: str, value: str, chance: random.Random) -> Request:
    said = value.encode("utf-8", "replace").decode("latin-1")
    said = said.replace("\r", "").replace("\n", "").replace("\x00", "")
    return Request("GET", path, f"cookie: {kind}", cookies={chance.choice(COOKIES): said})


def _by_method(_route: str, path: str, kind: str, value: str, chance: random.Random) -> Request:
    body = value.encode("utf-8", "replace")
    method = chance.choice(METHODS)
    return Request(method, path, f"method: {kind}", body=body, content_type="text/plain")
