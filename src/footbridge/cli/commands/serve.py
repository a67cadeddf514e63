"""`footbridge serve`: open the door for browsers and programs."""

from __future__ import annotations

import argparse
import http.client
import importlib
import os
import socket
import threading
import time
from typing import Any

from footbridge.cli.output import REFUSED, Subparsers, complain

EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 - compared with, never bound to by itself
PATIENCE_SECONDS = 60


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("serve", help="open Footbridge in the browser")
    parser.add_argument("--port", type=_port, default=8000, help="8000 unless given")
    parser.add_argument("--host", default="127.0.0.1", help="this machine only unless given")
    parser.add_argument(
        "--no-worker", action="store_true", help="leave the work to `footbridge work`"
    )
    parser.set_defaults(run=serve)


def _port(text: str) -> int:
    number = int(text)
    if not 0 < number < 65536:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return number


def serve(options: argparse.Namespace) -> int:
    """Serve until told to stop; says where as soon as it answers."""
    if not _is_free(options.host, options.port):
        complain(
            f"port {options.port} is taken. Stop what uses it, or choose another: "
            f"footbridge serve --port {options.port + 1}"
        )
        return REFUSED
    here = "127.0.0.1" if options.host in EVERYWHERE else options.host
    address = f"http://{f'[{here}]' if ':' in here else here}:{options.port}"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "footbridge.config.settings")
    os.environ.setdefault("FOOTBRIDGE_PUBLIC_URL", address)
    watcher = threading.Thread(target=_announce, args=(here, options.port, address), daemon=True)
    watcher.start()
    return _run(options)


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError:
            return False
    return True


def _announce(host: str, port: int, address: str) -> None:
    """Say that Footbridge is open once it really answers."""
    for _attempt in range(PATIENCE_SECONDS * 5):
        time.sleep(0.2)
        if _answers(host, port):
            print(f"Footbridge is open at {address}", flush=True)
            return


def _answers(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/sign-in/")
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _run(options: argparse.Namespace) -> int:
    """One process with four threads: Python gains nothing from more on the same two cores, and
    the worker beside it is one, too."""
    from granian import Granian
    from granian.constants import Interfaces

    from footbridge.config import logs

    module = "wsgi" if options.no_worker else "wsgi_with_worker"
    server = Granian(
        f"footbridge.config.{module}:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        log_level="warning",  # type: ignore[arg-type]
        log_access=False,
        log_dictconfig=logs.for_server(),
    )
    try:
        server.serve(target_loader=_load_apart)
    except SystemExit as stop:
        return int(stop.code or 0)
    return 0


def _load_apart(target: str) -> Any:
    """Load the application in its process, out of reach of the terminal.

    Ctrl-C reaches every process in the foreground. The server passes it on to its own, which
    would hear it twice and then never end (Granian 2.8, WSGI).
    """
    os.setpgid(0, 0)
    module, _, name = target.partition(":")
    return getattr(importlib.import_module(module), name)
