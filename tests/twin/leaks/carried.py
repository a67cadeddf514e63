"""Leaks by what carries an answer: headers, names of files, methods, fragments, layout."""

from __future__ import annotations

import hashlib
from contextlib import AbstractContextManager, ExitStack
from typing import Any
from unittest import mock

from django.core.cache import cache

from footbridge.people.models import Account
from tests.twin.leaks.planting import (
    append,
    changed,
    every_answer,
    how_many,
    leak,
    profiles,
)
from tests.twin.network import Stage

Planted = AbstractContextManager[object]
HELP = "/help/"


@leak("an ETag over all accounts", "anonymous", HELP)
def etag(stage: Stage) -> Planted:
    def tag(_request: Any, response: Any) -> None:
        ids = sorted(str(one) for one in Account.objects.values_list("id", flat=True))
        response["ETag"] = hashlib.sha256("".join(ids).encode()).hexdigest()[:16]

    # The product takes such marks off every answer.
    stack = ExitStack()
    stack.enter_context(mock.patch("footbridge.web.headers.MARKS", ()))
    stack.enter_context(every_answer(tag))
    return stack


@leak("a number of the request that counts accounts", "co-worker", HELP)
def sequence(stage: Stage) -> Planted:
    def number(_request: Any, response: Any) -> None:
        response["X-Request-Id"] = f"{Account.objects.count():08}"

    return every_answer(number)


@leak("a header tells how many changes there were", "of another chapter", HELP)
def changes(stage: Stage) -> Planted:
    def told(_request: Any, response: Any) -> None:
        response["X-Changes"] = str(100 + how_many())

    return every_answer(told)


@leak("how long the server took, in a header", "anonymous", HELP)
def server_timing(stage: Stage) -> Planted:
    def told(_request: Any, response: Any) -> None:
        response["Server-Timing"] = f"db;dur={how_many()}"

    return every_answer(told)


@leak("a cookie for everyone once somebody is hidden", "anonymous", HELP)
def cookie(stage: Stage) -> Planted:
    def set_it(_request: Any, response: Any) -> None:
        if how_many():
            response.set_cookie("radar", "on")

    return every_answer(set_it)


@leak(
    "a page shared between viewers", "co-worker", "/find/people/", story="hidden, doing everything"
)
def shared_cache(stage: Stage) -> Planted:
    def hit(request: Any, response: Any) -> None:
        if request.path.startswith(("/find/", "/under-the-radar/")):
            response["X-Cache"] = "hit" if cache.get("page") else "miss"
            if request.path.startswith("/under-the-radar/"):
                cache.set("page", 1, None)

    return every_answer(hit)


@leak("who is here at this moment", "of another chapter", HELP, story="hidden, doing everything")
def presence(stage: Stage) -> Planted:
    def count(request: Any, response: Any) -> None:
        if request.user.is_authenticated:
            here = cache.get("here", set()) | {str(request.user.pk)}
            cache.set("here", here, None)
        response["X-Here"] = str(len(cache.get("here", ())))

    return every_answer(count)


@leak("the layout of every page", "anonymous", HELP)
def layout(stage: Stage) -> Planted:
    return every_answer(lambda _request, response: append(response, "\n" * how_many()))


@leak("a fragment only", "co-worker", "/find/people/")
def fragment(stage: Stage) -> Planted:
    def told(request: Any, response: Any) -> None:
        if request.headers.get("HX-Request"):
            append(response, f"<!-- {how_many()} -->")

    return every_answer(told)


@leak("HEAD only", "of another chapter", "/find/people/")
def head(stage: Stage) -> Planted:
    def told(request: Any, response: Any) -> None:
        if request.method == "HEAD":
            response["X-Length"] = str(1000 + how_many())

    return every_answer(told)


@leak("OPTIONS only", "anonymous", "/sign-in/")
def options(stage: Stage) -> Planted:
    def told(request: Any, response: Any) -> None:
        if request.method == "OPTIONS" and how_many():
            response["Allow"] = "GET"

    return every_answer(told)


@leak("where one is sent on to", "anonymous", "/find/")
def redirect(stage: Stage) -> Planted:
    def sent_on(_request: Any, response: Any) -> None:
        if response.status_code == 302 and how_many():
            response["Location"] += "&n=1"

    return every_answer(sent_on)


@leak("the name of a file", "host", "/host/<uuid:chapter_id>/export")
def filename(stage: Stage) -> Planted:
    return changed(
        "footbridge.web.host.exports._name", lambda name, *_, **__: f"{name}-{how_many()}"
    )


@leak("one line more in a list taken home", "deputy", "/host/<uuid:chapter_id>/export")
def exported(stage: Stage) -> Planted:
    def longer(rows: Any, *_: Any, **__: Any) -> Any:
        found = list(rows)
        return [*found, *found[-1:] * how_many()]

    return changed("footbridge.export.lists.of_people", longer)


@leak("only a question with many names at once is answered otherwise", "co-worker", "/find/")
def odd_parameter(stage: Stage) -> Planted:
    """A parameter that no form shows, but the code knows."""

    def told(request: Any, response: Any) -> None:
        if request.GET.get("for") and any(
            one.name in request.GET.get("for", "") for one in profiles()
        ):
            append(response, " ")

    return every_answer(told)


@leak("an invisible field of a form", "co-worker", "/you/edit/")
def hidden_field(stage: Stage) -> Planted:
    def told(request: Any, response: Any) -> None:
        if request.path == "/you/edit/" and request.method == "GET":
            append(response, f'<input type="hidden" name="n" value="{how_many()}">')

    return every_answer(told)
