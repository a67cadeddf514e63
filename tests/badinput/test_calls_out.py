"""Nothing in the program calls out but mail: no page, no room, no import fetches anything."""

from __future__ import annotations

import ast
import socket
from pathlib import Path
from typing import Any

import pytest

import footbridge
from tests.badinput.stage import filled_in
from tests.badinput.surface import pages
from tests.cast import Cast
from tests.doors.web.world import build

PACKAGE = Path(footbridge.__file__).parent
CALLERS = {
    "requests", "httpx", "urllib3", "aiohttp", "urllib.request", "http.client", "socket", "ssl",
    "smtplib", "poplib", "imaplib", "ftplib", "telnetlib", "xmlrpc", "webbrowser", "pycurl",
    "asyncio", "socketserver", "websockets", "dns", "paramiko",
}  # fmt: skip
# `serve` looks whether its own port is free and whether the page opens; mail goes to its server.
# Nothing else asks anyone.
MAY_CALL = {"cli/commands/serve.py": {"http.client", "socket"}, "mail/actions.py": {"smtplib"}}


def imported(path: Path) -> set[str]:
    """Every module that a file names in an import, wherever in the file."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{name.name}" for name in node.names}
    return found


def callers_in(path: Path) -> set[str]:
    """Which of them can open a connection."""
    return {
        caller
        for caller in CALLERS
        for name in imported(path)
        if name == caller or name.startswith(caller + ".")
    }


def test_no_file_can_call_out_but_those_named_here() -> None:
    found = {
        str(path.relative_to(PACKAGE)): callers_in(path)
        for path in PACKAGE.rglob("*.py")
        if callers_in(path)
    }
    assert found == MAY_CALL


def test_serve_asks_this_machine_only() -> None:
    text = (PACKAGE / "cli/commands/serve.py").read_text()
    for line in text.splitlines():
        if "HTTPConnection(" in line or ".connect" in line or ".bind(" in line:
            assert "host" in line or "127.0.0.1" in line, line


@pytest.mark.django_db
def test_no_page_calls_out_while_it_is_made(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    world = build(cast)
    client = world.client("host")
    client.get("/")  # the database is connected to before anyone is watched
    called: list[Any] = []

    def refuse(_self: socket.socket, where: Any) -> None:
        called.append(where)
        raise OSError("nothing calls out")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *where, **_more: called.append(where))
    links = world.tokens()
    opened = sum(
        client.get(filled_in(route, world.ids(), links)).status_code == 200
        for route, _view in pages()
        if "(" not in route
    )
    assert opened > 35
    assert called == []
