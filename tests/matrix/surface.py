"""Everything that can be asked of the server, found by walking the URLconf: nothing is listed."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from footbridge.core.access import Audience, declared
from footbridge.web.routes import audience_of_library, routes

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
SAFE = ("GET", "HEAD", "OPTIONS")
GAP = re.compile(r"<(?:(\w+):)?(\w+)>")


@dataclass(frozen=True)
class Page:
    """One route of ours: who may open it, and by which methods."""

    route: str
    audience: Audience
    methods: tuple[str, ...]

    @property
    def gaps(self) -> tuple[tuple[str, str], ...]:
        """What stands in the address, as (kind, name)."""
        return gaps_in(self.route)


@dataclass(frozen=True)
class Path:
    """One address of the API with the methods that have an operation there."""

    route: str
    methods: tuple[str, ...]

    @property
    def gaps(self) -> tuple[tuple[str, str], ...]:
        return tuple(("uuid", name) for name in re.findall(r"{(\w+)}", self.route))


# What stands in an address besides ids.
WORDS = {
    ("str", "token"),
    ("str", "kind"),
    ("slug", "slug"),
    ("slug", "call_slug"),
    ("slug", "clause_key"),
    ("slug", "version_number"),
}


def gaps_in(route: str) -> tuple[tuple[str, str], ...]:
    """The gaps of a route; a kind that is not known is an error, not a blind spot."""
    found = tuple((kind or "str", name) for kind, name in GAP.findall(route))
    for kind, name in found:
        if kind != "uuid" and (kind, name) not in WORDS:
            raise AssertionError(f"nobody said what stands in <{kind}:{name}> of {route}")
    return found


def pages() -> list[Page]:
    """Our own routes, in the order of the URLconf."""
    found = []
    for route, view in routes():
        if audience_of_library(view) is not None:
            continue
        audience = declared(view)
        assert audience is not None, f"{route} declares no audience"
        found.append(Page(route, audience, methods_of(view)))
        gaps_in(route)
    return found


def methods_of(view: Callable[..., Any]) -> tuple[str, ...]:
    """The methods that a view declares by its decorator or has as a class; all, if silent."""
    behind = getattr(view, "view_class", None)
    if behind is not None:
        return tuple(m for m in METHODS if hasattr(behind, m.lower()) or _as_get(behind, m))
    return tuple(inspect.getclosurevars(view).nonlocals.get("request_method_list", METHODS))


def _as_get(behind: type, method: str) -> bool:
    return method == "HEAD" and hasattr(behind, "get")


def libraries() -> list[tuple[str, Callable[..., Any]]]:
    """Routes whose views a library brings, the API's own aside."""
    return [
        (route, view)
        for route, view in routes()
        if audience_of_library(view) is not None and not route.startswith("/api/")
    ]


def paths() -> list[Path]:
    """Every address of the API with its operations, from the API's own documentation."""
    found: dict[str, list[str]] = {}
    for method, route, _operation in operations():
        found.setdefault(route, []).append(method)
    return [
        Path(route, tuple(method for method in METHODS if method in methods))
        for route, methods in found.items()
    ]


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    """Each operation as (method, address, what the documentation says of it)."""
    return [
        (method.upper(), route, operation)
        for route, methods in documentation()["paths"].items()
        for method, operation in methods.items()
    ]


def documentation() -> dict[str, Any]:
    """The OpenAPI document."""
    from footbridge.api.v1 import api

    return dict(api.get_openapi_schema(path_prefix="/api/v1/"))


def api_routes() -> list[str]:
    """The API's routes as the URLconf has them, to be compared with its operations."""
    found = []
    for route, _view in routes():
        if route.startswith("/api/"):
            found.append(GAP.sub(lambda gap: f"{{{gap[2]}}}", route))
    return list(dict.fromkeys(found))
