"""Every route and the audience that it declares; the server does not start with one undeclared."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, URLResolver, get_resolver

from footbridge.core.access import Audience, declared

# Views that a library brings cannot carry our decorator; each library is declared here, once.
# allauth asks for sign-in by itself where its page needs it; the API checks every operation.
_LIBRARIES = {
    "allauth.account": Audience.EVERYONE,
    "allauth.mfa": Audience.EVERYONE,
    "django.views.i18n": Audience.EVERYONE,
    "ninja": Audience.EVERYONE,
    "whitenoise": Audience.EVERYONE,
}


def is_about_passkeys(view: Callable[..., Any]) -> bool:
    """Whether a view is one of the library that keeps passkeys, which it numbers as they come."""
    return _module_of(view).startswith("allauth.mfa.")


def audience_of_library(view: Callable[..., Any]) -> Audience | None:
    """The audience of a view that a library brings."""
    module = _module_of(view) + "."
    return next((aud for name, aud in _LIBRARIES.items() if module.startswith(name + ".")), None)


def _module_of(view: Callable[..., Any]) -> str:
    behind = getattr(view, "view_class", None) or getattr(view, "func", view)
    return str(getattr(behind, "__module__", ""))


def routes() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Each route of the site as (pattern, view)."""
    yield from _walk(get_resolver().url_patterns, "/")


def _walk(patterns: Any, prefix: str) -> Iterator[tuple[str, Callable[..., Any]]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern), pattern.callback


def refuse_undeclared() -> None:
    """Stop the start if any route has not said who may open it."""
    undeclared = [
        route for route, view in routes() if not (declared(view) or audience_of_library(view))
    ]
    if undeclared:
        raise ImproperlyConfigured(f"Routes without @access: {', '.join(sorted(undeclared))}")
